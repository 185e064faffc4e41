import type { Migration } from '@autobroker/platform/database';

/** What cars are worth, which models say so, and how tenants price their own stock. */
export const valuations: Migration = {
  id: '0002-valuations',
  up: `
create table pricing.model_versions (
  id uuid primary key,
  version integer not null default 1 check (version > 0),
  label text not null,
  status text not null check (status in ('candidate', 'active', 'retired', 'rejected')),
  reason text not null,
  trained_at timestamptz not null,
  learned_from timestamptz not null,
  learned_to timestamptz not null,
  cars_train integer not null check (cars_train >= 0),
  metrics jsonb not null,
  in_service jsonb,
  baseline jsonb,
  segments jsonb not null,
  distributions jsonb not null,
  artefact_key text not null,
  artefact_bytes integer not null check (artefact_bytes > 0),
  activated_at timestamptz,
  retired_at timestamptz,
  constraint model_versions_label unique (label)
);
create unique index model_versions_active on pricing.model_versions (status) where status = 'active';
create index model_versions_by_date on pricing.model_versions (trained_at desc, id desc);

create table pricing.model_health (
  id uuid primary key,
  at timestamptz not null,
  model_id uuid not null,
  cars integer not null check (cars >= 0),
  coverage80 real,
  stability jsonb not null,
  degraded text[] not null default '{}',
  constraint model_health_model_id_fkey foreign key (model_id) references pricing.model_versions (id) on delete cascade
);
create index model_health_of_model on pricing.model_health (model_id, at desc);

create table pricing.valuations (
  vehicle_id uuid primary key,
  version integer not null check (version > 0),
  vehicle_version integer not null check (vehicle_version > 0),
  tenant_id uuid,
  method text not null check (method in ('model', 'hedonic', 'none')),
  model_version text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  q10 bigint check (q10 > 0),
  q35 bigint,
  q50 bigint,
  q65 bigint,
  q90 bigint,
  asking bigint,
  rating text check (rating in ('great', 'good', 'fair', 'high', 'over')),
  unrated_reason text,
  position_percent real,
  effective_comparables real not null check (effective_comparables >= 0),
  comparables uuid[] not null default '{}',
  comparable_prices bigint[] not null default '{}',
  evidence jsonb not null,
  valued_at timestamptz not null,
  constraint valuations_whole check (q10 is null and q35 is null and q50 is null and q65 is null and q90 is null
    or q10 <= q35 and q35 <= q50 and q50 <= q65 and q65 <= q90),
  constraint valuations_none check ((method = 'none') = (q50 is null)),
  constraint valuations_rated check ((rating is null) <> (unrated_reason is null))
);
create index valuations_by_position on pricing.valuations (position_percent, vehicle_id) where position_percent is not null;
create index valuations_of_tenant on pricing.valuations (tenant_id) where tenant_id is not null;

create table pricing.valuation_queue (
  vehicle_id uuid primary key,
  vehicle_version integer not null check (vehicle_version > 0),
  queued_at timestamptz not null
);
create index valuation_queue_by_time on pricing.valuation_queue (queued_at, vehicle_id);

create table pricing.pricing_policies (
  id uuid primary key,
  tenant_id uuid not null,
  version integer not null default 1 check (version > 0),
  rules jsonb not null,
  updated_at timestamptz not null,
  constraint pricing_policies_tenant unique (tenant_id)
);
`,
};
