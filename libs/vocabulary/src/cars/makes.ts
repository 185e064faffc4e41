import { catalogue } from './catalogue';
import type { MakeEntry } from './parse';

/** Every make and its models. */
export const makes: readonly MakeEntry[] = catalogue().entries;
