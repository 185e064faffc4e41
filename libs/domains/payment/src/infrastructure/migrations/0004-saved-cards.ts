import type { Migration } from '@autobroker/platform/database';

/** Cards that buyers keep at the provider, and by which of them a payment is made. */
export const savedCards: Migration = {
  id: '0004-saved-cards',
  up: `
create table payment.saved_cards (
  id uuid primary key,
  tenant_id uuid not null,
  buyer_id uuid not null,
  version integer not null,
  state text not null check (state in ('created', 'open', 'ready', 'failed', 'removing', 'removed')),
  customer_ref text,
  session_ref text,
  method_ref text,
  url text,
  brand text,
  last4 text,
  exp_month integer,
  exp_year integer,
  expires_at timestamptz not null,
  look_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index saved_cards_of_buyer on payment.saved_cards (buyer_id, id);
create index saved_cards_session on payment.saved_cards (session_ref) where session_ref is not null;
create index saved_cards_to_look_at on payment.saved_cards (look_at) where look_at is not null;

alter table payment.payments add column saved_card_id uuid;
`,
};
