import type { Migration } from '@autobroker/platform/database';

/** Where the days on a paper begin and end: tax goes by the broker's day. */
export const zonesOfPapers: Migration = {
  id: '0004-zones-of-papers',
  up: 'alter table orders.papers add column time_zone text;',
};
