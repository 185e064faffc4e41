import type { Migration } from '@autobroker/platform/database';
import { signingKeysTable } from '@autobroker/platform/signing';

/** What each tenant takes for its service, the quotes that were made, and the keys that sign them. */
export const quotes: Migration = {
  id: '0004-quotes',
  up: `
create table pricing.fee_schedules (
  id uuid primary key,
  tenant_id uuid not null,
  percent text not null,
  least bigint not null,
  most bigint,
  currency text not null,
  valid_from date not null,
  added_at timestamptz not null,
  constraint fee_schedules_from unique (tenant_id, currency, valid_from),
  constraint fee_schedules_bounds check (least >= 0 and (most is null or most >= least))
);

create table pricing.quotes (
  id uuid primary key,
  tenant_id uuid not null,
  buyer_id uuid not null,
  created_by uuid,
  vehicle_id uuid not null,
  total bigint not null check (total >= 0),
  currency text not null,
  content jsonb not null,
  token text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  constraint quotes_term check (expires_at > issued_at)
);
create index quotes_of_buyer on pricing.quotes (buyer_id, id);
create index quotes_of_maker on pricing.quotes (created_by, id);
create index quotes_by_end on pricing.quotes (expires_at);
${signingKeysTable('pricing')}`,
};
