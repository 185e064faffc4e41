import type { Migration } from '@autobroker/platform/database';

export const payments: Migration = {
  id: '0001-payments',
  up: `
create table payment.payments (
  id uuid primary key,
  tenant_id uuid not null,
  version integer not null,
  title text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index payments_of_tenant on payment.payments (tenant_id, id);
`,
};
