import type { Migration } from '@autobroker/platform/database';

/** Which orders hold or have sold a car: while one holds it, no source's word makes it anything else. */
export const saleHolds: Migration = {
  id: '0011-sale-holds',
  up: `
create table vehicle.sale_holds (
  order_id uuid primary key,
  vehicle_id uuid not null,
  version integer not null,
  state text not null check (state in ('holds', 'over', 'sold')),
  heard_at timestamptz not null
);
create index sale_holds_of_vehicle on vehicle.sale_holds (vehicle_id) where state <> 'over';
`,
};
