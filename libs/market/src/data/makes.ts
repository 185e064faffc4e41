import { american } from './makes-america';
import { asian } from './makes-asia';
import { frenchAndItalian } from './makes-france-italy';
import { german } from './makes-germany';
import { british, northernAndEastern } from './makes-rest';
import type { MakeRow } from './row';

export const makeRows: readonly MakeRow[] = [...german, ...frenchAndItalian, ...british, ...northernAndEastern, ...american, ...asian];
