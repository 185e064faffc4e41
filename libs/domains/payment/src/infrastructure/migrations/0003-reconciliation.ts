import type { Migration } from '@autobroker/platform/database';

export const reconciliation: Migration = {
  id: '0003-reconciliation',
  up: `
create table payment.reconciliations (
  id uuid primary key,
  provider text not null,
  day date not null,
  movements integer not null,
  breaks integer not null,
  started_at timestamptz not null,
  finished_at timestamptz not null
);
create index reconciliations_by_day on payment.reconciliations (provider, day, finished_at);

-- What does not fit, until somebody has said why.
create table payment.breaks (
  id uuid primary key,
  version integer not null,
  kind text not null,
  key text not null,
  tenant_id uuid,
  order_id uuid,
  payment_id uuid,
  provider text,
  provider_ref text,
  expected bigint,
  actual bigint,
  currency text,
  state text not null check (state in ('open', 'resolved')),
  note text,
  resolved_by text,
  found_at timestamptz not null,
  resolved_at timestamptz
);
create unique index breaks_once on payment.breaks (key) where state = 'open';
create index breaks_of_tenant on payment.breaks (tenant_id, id);
`,
};
