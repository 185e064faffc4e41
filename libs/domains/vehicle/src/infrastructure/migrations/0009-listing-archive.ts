import type { Migration } from '@autobroker/platform/database';

/** Offers that ended long ago, as they were: out of the way of those that matter, and not lost. */
export const listingArchive: Migration = {
  id: '0009-listing-archive',
  up: `
create table vehicle.listing_archive (
  id uuid primary key,
  vehicle_id uuid not null,
  source text not null,
  external_id text not null,
  archived_at timestamptz not null,
  listing jsonb not null
);
create index listing_archive_of_vehicle on vehicle.listing_archive (vehicle_id);
create index listing_archive_by_key on vehicle.listing_archive (source, external_id);
create index listings_ended on vehicle.listings (last_seen_at) where status in ('sold', 'removed');
`,
};
