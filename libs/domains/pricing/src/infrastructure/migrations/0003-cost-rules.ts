import type { Migration } from '@autobroker/platform/database';

/** Rules of taxes and fees that an installation adds to those that come with the program. */
export const costRules: Migration = {
  id: '0003-cost-rules',
  up: `
create table pricing.cost_rules (
  id uuid primary key,
  key text not null,
  jurisdiction text not null,
  terms jsonb not null,
  currency text not null,
  valid_from date not null,
  valid_to date,
  source text not null,
  confidence text not null check (confidence in ('official', 'reported', 'unverified')),
  note text,
  added_at timestamptz not null,
  check (valid_to is null or valid_to >= valid_from)
);
create index cost_rules_by_key on pricing.cost_rules (key, valid_from);
`,
};
