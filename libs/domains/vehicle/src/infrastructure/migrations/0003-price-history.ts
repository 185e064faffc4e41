import { type Migration, partitionedByMonth } from '@autobroker/platform/database';

/** Every sighting that changed a price or a status. Kept for years and read by vehicle, so it is cut by month. */
export const priceHistory: Migration = {
  id: '0003-price-history',
  up: `
create table vehicle.price_history (
  id uuid not null,
  vehicle_id uuid not null,
  listing_id uuid,
  observed_at timestamptz not null,
  source text,
  change text not null check (change in ('first_seen', 'price', 'status', 'price_and_status')),
  status text not null,
  price_amount bigint check (price_amount >= 0),
  price_currency text check (price_currency ~ '^[A-Z]{3}$'),
  price_ref bigint check (price_ref >= 0),
  primary key (id, observed_at)
) partition by range (observed_at);
create index price_history_of_vehicle on vehicle.price_history (vehicle_id, observed_at desc, id desc);
${partitionedByMonth('vehicle.price_history')}`,
};
