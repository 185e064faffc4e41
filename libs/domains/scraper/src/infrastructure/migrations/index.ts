import type { Migration } from '@autobroker/platform/database';
import { sources } from './0001-sources';
import { runs } from './0002-runs';

/** In the order in which they are applied; one that has landed is never edited. */
export const scraperMigrations: readonly Migration[] = [sources, runs];
