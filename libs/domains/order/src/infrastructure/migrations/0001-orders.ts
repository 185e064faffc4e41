import type { Migration } from '@autobroker/platform/database';

export const orders: Migration = {
  id: '0001-orders',
  up: `
create table orders.orders (
  id uuid primary key,
  tenant_id uuid not null,
  version integer not null,
  title text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index orders_of_tenant on orders.orders (tenant_id, id);
`,
};
