import { german } from './makes-germany';
import type { MakeRow } from './row';

export const makeRows: readonly MakeRow[] = [...german];
