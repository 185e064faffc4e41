import { listingStatuses } from '@autobroker/kernel';
import type { Migration } from '@autobroker/platform/database';

/** A vehicle's offers at its sources. Two tenants may each feed the same source's car into their own stock. */
export const listings: Migration = {
  id: '0002-listings',
  up: `
create table vehicle.listings (
  id uuid primary key,
  vehicle_id uuid not null references vehicle.vehicles (id) on delete cascade,
  tenant_id uuid,
  source text not null,
  external_id text not null,
  url text,
  auction_url text,
  status text not null check (status in (${listingStatuses.map((status) => `'${status}'`).join(', ')})),
  price_amount bigint check (price_amount >= 0),
  price_currency text check (price_currency ~ '^[A-Z]{3}$'),
  price_ref bigint check (price_ref >= 0),
  content_hash text not null,
  discovered_at timestamptz not null,
  normalized_at timestamptz not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  constraint listings_price_whole check ((price_amount is null) = (price_currency is null)),
  constraint listings_key unique nulls not distinct (source, external_id, tenant_id)
);
create index listings_of_vehicle on vehicle.listings (vehicle_id, id);
create index listings_by_seen on vehicle.listings (last_seen_at, id);
create index listings_by_price on vehicle.listings (price_ref, id);
create index listings_of_source on vehicle.listings (source, id);
`,
};
