import { type Migration } from '@autobroker/platform/database';

/** What was captured and could not be taken in: kept as it was captured, until the rules are better or somebody gives it up. */
export const quarantine: Migration = {
  id: '0008-quarantine',
  up: `
create table vehicle.quarantine (
  id uuid primary key,
  tenant_id uuid,
  source text not null,
  external_id text not null,
  url text,
  state text not null check (state in ('waiting', 'accepted', 'superseded', 'discarded')),
  reasons text[] not null,
  details text[] not null,
  captured jsonb not null,
  captured_at timestamptz not null,
  first_seen_at timestamptz not null,
  attempts integer not null default 1 check (attempts > 0),
  tried_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  note text
);
create unique index quarantine_waiting on vehicle.quarantine (source, external_id, tenant_id) nulls not distinct where state = 'waiting';
create index quarantine_by_state on vehicle.quarantine (state, id);
create index quarantine_of_source on vehicle.quarantine (source, id);
create index quarantine_for_reason on vehicle.quarantine using gin (reasons) where state = 'waiting';
create index quarantine_resolved on vehicle.quarantine (resolved_at) where resolved_at is not null;
`,
};
