import type { Migration } from '@autobroker/platform/database';

/** When somebody last looked at an offer and its source could not be read. */
export const unreadableOffers: Migration = {
  id: '0003-unreadable-offers',
  up: 'alter table orders.offers add column unreadable_at timestamptz;',
};
