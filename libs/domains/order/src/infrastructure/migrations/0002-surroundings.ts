import type { Migration } from '@autobroker/platform/database';

/** What orders know from other services' events, what is undone after a cancellation, and what waits for people. */
export const surroundings: Migration = {
  id: '0002-surroundings',
  up: `
create table orders.vehicles (
  vehicle_id uuid primary key,
  version integer not null,
  owner_tenant_id uuid,
  status text not null,
  price_amount bigint,
  price_currency text,
  car jsonb not null,
  offers jsonb not null,
  heard_at timestamptz not null
);

create table orders.offers (
  source text not null,
  external_id text not null,
  asked_at timestamptz not null,
  status text,
  price_amount bigint,
  price_currency text,
  checked_at timestamptz,
  primary key (source, external_id)
);

create table orders.papers (
  document_id uuid primary key,
  order_id uuid not null,
  kind text not null,
  version integer not null,
  issued_at timestamptz,
  signed_by text[] not null,
  complete boolean not null,
  signed_at timestamptz
);
create index papers_of_order on orders.papers (order_id);

create table orders.policies (
  id uuid primary key,
  tenant_id uuid not null,
  version integer not null,
  settings jsonb not null,
  updated_at timestamptz not null,
  constraint policies_of_tenant unique (tenant_id)
);

create table orders.parties (
  order_id uuid not null,
  role text not null check (role in ('buyer', 'seller')),
  tenant_id uuid not null,
  person_id uuid not null,
  sealed text not null,
  updated_at timestamptz not null,
  primary key (order_id, role)
);
create index parties_of_person on orders.parties (person_id);

create table orders.compensations (
  order_id uuid not null,
  kind text not null,
  tenant_id uuid not null,
  seq integer not null,
  state text not null check (state in ('pending', 'done', 'parked')),
  why text not null,
  error text,
  overdue_at timestamptz,
  begun_at timestamptz not null,
  done_at timestamptz,
  primary key (order_id, kind)
);
create index compensations_overdue on orders.compensations (overdue_at) where state = 'pending';

create table orders.ops_items (
  id uuid primary key,
  tenant_id uuid not null,
  order_id uuid not null,
  kind text not null,
  detail text not null,
  dedupe text not null,
  created_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  note text
);
create unique index ops_items_once on orders.ops_items (order_id, dedupe) where resolved_at is null;
create index ops_items_open on orders.ops_items (tenant_id, id) where resolved_at is null;
create index ops_items_of_tenant on orders.ops_items (tenant_id, id);
`,
};
