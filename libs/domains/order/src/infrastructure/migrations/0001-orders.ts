import { type Migration, partitionedByMonth } from '@autobroker/platform/database';

/** Orders with what holds their car, what happened to them, and when something falls due. */
export const orders: Migration = {
  id: '0001-orders',
  up: `
create sequence orders.number_blocks;

create table orders.orders (
  id uuid primary key,
  tenant_id uuid not null,
  number text not null,
  buyer_id uuid not null,
  placed_by uuid not null,
  vehicle_id uuid not null,
  listing_id uuid,
  version integer not null,
  state text not null check (state in ('requested', 'reserved', 'deposit_held', 'inspection', 'contracted', 'balance_paid', 'titling', 'in_transit', 'delivered', 'completed', 'cancelled', 'disputed')),
  holds_vehicle boolean not null,
  entered_at timestamptz not null,
  due_at timestamptz,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  total bigint not null check (total >= 0),
  content jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint orders_number unique (number)
);
-- One car, one order: whoever comes second is refused by this index, whatever the code thinks.
create unique index orders_holding on orders.orders (vehicle_id) where holds_vehicle;
create index orders_of_tenant on orders.orders (tenant_id, id);
create index orders_of_buyer on orders.orders (buyer_id, id);
create index orders_of_placer on orders.orders (placed_by, id);
create index orders_in_state on orders.orders (tenant_id, state, id);
create index orders_of_vehicle on orders.orders (vehicle_id, id);

-- A quote is good for one order, be it the first of it or a later price. Its token is kept: it is checked again before a car is held.
create table orders.used_quotes (
  quote_id uuid primary key,
  order_id uuid not null,
  token text not null,
  used_at timestamptz not null
);

create table orders.history (
  id uuid not null,
  at timestamptz not null,
  order_id uuid not null,
  tenant_id uuid not null,
  version integer not null,
  what text not null,
  from_state text,
  to_state text not null,
  actor_kind text not null,
  actor_id text,
  reason text,
  before jsonb not null,
  after jsonb not null,
  primary key (id, at)
) partition by range (at);
create index history_of_order on orders.history (order_id, version);
${partitionedByMonth('orders.history')}

-- What happened stays as it was told.
create function orders.history_is_kept() returns trigger language plpgsql as $body$
begin
  raise exception 'the history of orders is only added to';
end
$body$;
create trigger history_is_kept before update on orders.history for each row execute function orders.history_is_kept();

create table orders.deadlines (
  order_id uuid not null,
  kind text not null,
  due_at timestamptz not null,
  done_at timestamptz,
  primary key (order_id, kind)
);
create index deadlines_due on orders.deadlines (due_at) where done_at is null;
`,
};
