import type { Migration } from '@autobroker/platform/database';

/** Why listings are of one car, who said so, and how it is taken back. */
export const matching: Migration = {
  id: '0007-matching',
  up: `
create table vehicle.match_decisions (
  id uuid primary key,
  decided_at timestamptz not null,
  tenant_id uuid,
  listing_id uuid not null,
  vehicle_id uuid not null,
  other_vehicle_id uuid,
  outcome text not null check (outcome in ('joined', 'kept_apart', 'ambiguous', 'merged', 'split', 'reverted')),
  method text not null check (method in ('vin', 'stock_number', 'pictures', 'score', 'staff')),
  score real,
  why text[] not null,
  actor_kind text not null,
  actor_id text
);
create index match_decisions_of_vehicle on vehicle.match_decisions (vehicle_id, id);
create index match_decisions_of_other on vehicle.match_decisions (other_vehicle_id, id) where other_vehicle_id is not null;
create index match_decisions_by_time on vehicle.match_decisions (decided_at);

create table vehicle.vehicle_merges (
  id uuid primary key,
  kind text not null check (kind in ('merge', 'split')),
  tenant_id uuid,
  to_vehicle_id uuid not null,
  from_vehicle_id uuid not null,
  listing_ids uuid[] not null,
  reason text,
  actor_kind text not null,
  actor_id text,
  merged_at timestamptz not null,
  reverted_at timestamptz,
  reverted_by text
);
create index vehicle_merges_from on vehicle.vehicle_merges (from_vehicle_id, merged_at);
create index vehicle_merges_to on vehicle.vehicle_merges (to_vehicle_id, merged_at);

create table vehicle.match_rulings (
  listing_a uuid not null references vehicle.listings (id) on delete cascade,
  listing_b uuid not null references vehicle.listings (id) on delete cascade,
  kind text not null check (kind in ('apart', 'together')),
  merge_id uuid not null,
  ruled_at timestamptz not null,
  primary key (listing_a, listing_b),
  constraint match_rulings_in_order check (listing_a < listing_b)
);
create index match_rulings_of_b on vehicle.match_rulings (listing_b);
create index match_rulings_of_merge on vehicle.match_rulings (merge_id);
`,
};
