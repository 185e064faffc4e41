import type { Migration } from '@autobroker/platform/database';

/** Offers that turned out to be of another car than they were taken for: quotes and orders of before name the old one. */
export const movedOffers: Migration = {
  id: '0005-moved-offers',
  up: `
create table orders.moved_offers (
  listing_id uuid primary key,
  vehicle_id uuid not null,
  moved_at timestamptz not null
);
`,
};
