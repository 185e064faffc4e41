import type { Migration } from '@autobroker/platform/database';

/** What is known of orders and of their payments, and what is asked of the providers. Amounts are minor units of the currency beside them. */
export const payments: Migration = {
  id: '0001-payments',
  up: `
create table payment.orders (
  id uuid primary key,
  tenant_id uuid not null,
  buyer_id uuid not null,
  number text not null,
  version integer not null,
  state text not null,
  resume_state text,
  currency text not null,
  total bigint not null,
  deposit bigint not null,
  lines jsonb not null,
  due_at timestamptz,
  is_inspection_begun boolean not null,
  is_contracted boolean not null,
  is_cancelled boolean not null,
  retain bigint not null,
  refund_due_at timestamptz,
  completed_at timestamptz,
  goodwill bigint not null,
  posted_lines jsonb not null,
  sale_postings integer not null,
  stuck_refunds bigint not null,
  payouts_planned_at timestamptz,
  settled_at timestamptz,
  closed_at timestamptz,
  closings integer not null
);
create index orders_of_tenant on payment.orders (tenant_id, id);

create table payment.payments (
  id uuid primary key,
  tenant_id uuid not null,
  order_id uuid not null references payment.orders (id),
  buyer_id uuid not null,
  leg text not null check (leg in ('deposit', 'balance')),
  method text not null check (method in ('card', 'bank_transfer', 'paypal')),
  provider text not null check (provider in ('stripe', 'paypal')),
  attempt integer not null,
  key text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  version integer not null,
  state text not null,
  session_ref text,
  intent_ref text,
  charge_ref text,
  customer_ref text,
  authorized bigint not null,
  captured bigint not null,
  refunded bigint not null,
  charged_back bigint not null,
  applied bigint not null,
  refunded_held bigint not null,
  is_released boolean not null,
  is_dead boolean not null,
  is_processing boolean not null,
  is_mismatched boolean not null,
  is_unknown boolean not null,
  given_up_for text,
  failure jsonb,
  action jsonb,
  capture_before timestamptz,
  as_of bigint not null,
  expires_at timestamptz not null,
  look_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  authorized_at timestamptz,
  captured_at timestamptz,
  constraint payments_amounts check (captured >= 0 and refunded between 0 and captured and authorized >= 0 and applied between 0 and captured and refunded_held between 0 and refunded)
);
create unique index payments_key on payment.payments (key);
create unique index payments_one_open on payment.payments (order_id, leg) where state in ('created', 'unknown', 'requires_action', 'processing');
create index payments_of_order on payment.payments (order_id, created_at);
create index payments_of_tenant on payment.payments (tenant_id, id);
create index payments_session on payment.payments (session_ref) where session_ref is not null;
create index payments_intent on payment.payments (intent_ref) where intent_ref is not null;
create index payments_charge on payment.payments (charge_ref) where charge_ref is not null;
create index payments_to_look_at on payment.payments (look_at) where look_at is not null;
create index payments_held on payment.payments (capture_before) where state = 'authorized' and capture_before is not null;

create table payment.operations (
  id uuid primary key,
  tenant_id uuid not null,
  order_id uuid not null references payment.orders (id),
  payment_id uuid not null references payment.payments (id),
  leg text not null,
  kind text not null check (kind in ('open', 'capture', 'void', 'cancel', 'confirm', 'refund', 'evidence')),
  key text not null,
  amount bigint,
  subject_id uuid,
  state text not null check (state in ('pending', 'done', 'refused', 'skipped')),
  attempts integer not null,
  due_at timestamptz,
  problem text,
  -- Refused, and not to be asked again before somebody has looked.
  is_blocking boolean not null,
  created_at timestamptz not null,
  done_at timestamptz,
  constraint operations_due check ((state = 'pending') = (due_at is not null))
);
create unique index operations_key on payment.operations (key);
create index operations_due on payment.operations (due_at) where due_at is not null;
create index operations_of_order on payment.operations (order_id);

-- The order in which providers are asked: a later answer counts more than an earlier one.
create sequence payment.looks;

create table payment.refund_requests (
  id uuid primary key,
  tenant_id uuid not null,
  order_id uuid not null references payment.orders (id),
  version integer not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  reason text not null,
  origin text not null check (origin in ('manual', 'cancellation', 'surplus', 'provider')),
  state text not null check (state in ('requested', 'refused', 'approved', 'succeeded', 'failed')),
  requested_by text,
  decided_by text,
  decision_note text,
  needs_second boolean not null,
  created_at timestamptz not null,
  decided_at timestamptz,
  settled_at timestamptz
);
create index refund_requests_of_tenant on payment.refund_requests (tenant_id, id);
create index refund_requests_of_order on payment.refund_requests (order_id);

create table payment.refund_parts (
  id uuid primary key,
  order_id uuid not null references payment.orders (id),
  request_id uuid not null references payment.refund_requests (id),
  payment_id uuid not null references payment.payments (id),
  amount bigint not null check (amount > 0),
  status text not null check (status in ('pending', 'submitted', 'succeeded', 'failed')),
  provider_ref text,
  from_held bigint not null,
  is_replaced boolean not null
);
create index refund_parts_of_order on payment.refund_parts (order_id);
create index refund_parts_ref on payment.refund_parts (provider_ref) where provider_ref is not null;

create table payment.refund_limits (
  tenant_id uuid not null,
  currency text not null,
  amount bigint not null check (amount >= 0),
  version integer not null,
  updated_at timestamptz not null,
  primary key (tenant_id, currency)
);

create table payment.disputes (
  id uuid primary key,
  tenant_id uuid not null,
  order_id uuid not null references payment.orders (id),
  payment_id uuid not null references payment.payments (id),
  provider text not null,
  ref text not null,
  version integer not null,
  amount bigint not null,
  currency text not null,
  reason text not null,
  status text not null check (status in ('opened', 'evidence_sent', 'won', 'lost', 'withdrawn')),
  due_by timestamptz,
  taken_back bigint not null,
  given_back bigint not null,
  evidence jsonb,
  opened_at timestamptz not null,
  changed_at timestamptz not null
);
create unique index disputes_ref on payment.disputes (provider, ref);
create index disputes_of_order on payment.disputes (order_id);
create index disputes_of_tenant on payment.disputes (tenant_id, id);

create table payment.payouts (
  id uuid primary key,
  tenant_id uuid not null,
  order_id uuid not null references payment.orders (id),
  payee text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  version integer not null,
  state text not null check (state in ('due', 'paid')),
  bank_reference text,
  created_at timestamptz not null,
  paid_at timestamptz
);
create unique index payouts_payee on payment.payouts (order_id, payee);
create index payouts_of_tenant on payment.payouts (tenant_id, id);

-- What providers have told, by its own id: once. Of what it says nothing is kept but whom it is about.
create table payment.provider_events (
  provider text not null,
  event_id text not null,
  type text not null,
  payment_id uuid,
  refs text[] not null,
  received_at timestamptz not null,
  claimed_until timestamptz,
  attempts integer not null default 0,
  processed_at timestamptz,
  outcome text,
  primary key (provider, event_id)
);
create index provider_events_waiting on payment.provider_events (received_at) where processed_at is null;
create index provider_events_by_age on payment.provider_events (processed_at) where processed_at is not null;

create table payment.webhook_endpoints (
  provider text not null,
  address text not null,
  -- The secret is sealed under it.
  id uuid not null,
  endpoint_ref text not null,
  secret text not null,
  created_at timestamptz not null,
  primary key (provider, address)
);
`,
};
