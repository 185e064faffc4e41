import type { Migration } from '@autobroker/platform/database';

/** In the order in which they are applied; one that has landed is never edited. */
export const scraperMigrations: readonly Migration[] = [];
