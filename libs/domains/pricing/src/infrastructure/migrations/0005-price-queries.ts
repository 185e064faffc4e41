import type { Migration } from '@autobroker/platform/database';

/**
 * What people ask the price of, what was found for it, and what others say a car is worth. Money is in minor units beside its
 * currency; `due_at` is when a query goes on without whoever it waits for.
 */
export const priceQueries: Migration = {
  id: '0005-price-queries',
  up: `
create table pricing.price_queries (
  id uuid primary key,
  version integer not null default 1 check (version > 0),
  tenant_id uuid,
  user_id uuid,
  make text not null,
  model text not null,
  year integer not null,
  mileage integer check (mileage >= 0),
  mileage_unit text not null check (mileage_unit in ('km', 'mi')),
  color text,
  damage_type text,
  production_year integer,
  country text,
  normalized_filters jsonb not null,
  filters_hash text not null,
  average_price bigint,
  median_price bigint,
  price_currency text,
  price_confidence double precision not null default 0 check (price_confidence between 0 and 1),
  comparables integer not null default 0,
  status text not null check (status in ('pending', 'calculating', 'completed', 'failed')),
  scrape text not null check (scrape in ('requested', 'completed', 'failed', 'timed_out', 'skipped')),
  failure_reason text check (failure_reason in ('scrape_failed', 'scrape_timed_out')),
  captured integer not null default 0 check (captured >= 0),
  due_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  completed_at timestamptz,
  constraint price_queries_priced check ((average_price is null) = (median_price is null) and (average_price is null or price_currency is not null)),
  constraint price_queries_over check ((status in ('completed', 'failed')) = (completed_at is not null) and (completed_at is null) = (due_at is not null))
);
create index price_queries_of_car on pricing.price_queries (make, model, year);
create index price_queries_same on pricing.price_queries (filters_hash, created_at desc);
create index price_queries_due on pricing.price_queries (due_at) where due_at is not null;
create index price_queries_by_age on pricing.price_queries (created_at);

create table pricing.price_query_askers (
  price_query_id uuid not null references pricing.price_queries (id) on delete cascade,
  user_id uuid not null,
  asked_at timestamptz not null,
  primary key (price_query_id, user_id)
);
create index price_query_askers_of_user on pricing.price_query_askers (user_id, price_query_id desc);

create table pricing.price_query_captures (
  price_query_id uuid not null references pricing.price_queries (id) on delete cascade,
  source text not null,
  external_id text not null,
  seq integer not null,
  captured_at timestamptz not null,
  primary key (price_query_id, source, external_id, seq)
);

create table pricing.refused_listings (
  source text not null,
  external_id text not null,
  captured_at timestamptz not null,
  primary key (source, external_id)
);
create index refused_listings_by_age on pricing.refused_listings (captured_at);

create table pricing.similarity_matches (
  id uuid primary key,
  price_query_id uuid not null references pricing.price_queries (id) on delete cascade,
  vehicle_id uuid not null,
  similarity_score numeric(5, 2) not null,
  learned_score numeric(5, 2) not null,
  rank integer not null check (rank > 0),
  created_at timestamptz not null
);
create unique index similarity_matches_rank on pricing.similarity_matches (price_query_id, rank);
create index similarity_matches_vehicle on pricing.similarity_matches (vehicle_id);
create index similarity_matches_score on pricing.similarity_matches (similarity_score);

create table pricing.auction_listings (
  id uuid primary key,
  price_query_id uuid not null references pricing.price_queries (id) on delete cascade,
  vehicle_id uuid not null,
  auction_platform text not null,
  listing_url text,
  estimated_price bigint,
  price_currency text,
  price_basis text check (price_basis in ('buy_now', 'hammer', 'bid')),
  similarity_score numeric(5, 2) not null,
  rank integer not null check (rank > 0),
  created_at timestamptz not null,
  constraint auction_listings_priced check ((estimated_price is null) = (price_currency is null) and (estimated_price is null) = (price_basis is null))
);
create unique index auction_listings_rank on pricing.auction_listings (price_query_id, rank);
create index auction_listings_vehicle on pricing.auction_listings (vehicle_id);

create table pricing.external_valuations (
  vehicle_id uuid not null,
  source text not null check (source in ('kbb', 'edmunds', 'perplexity')),
  currency text,
  trade_in bigint,
  private_party bigint,
  retail bigint,
  low bigint,
  high bigint,
  vendor_ref text,
  trim text,
  trend text,
  summary text,
  citations text[] not null default '{}',
  fetched_at timestamptz,
  expires_at timestamptz,
  failure_kind text,
  failure_detail text,
  failed_at timestamptz,
  claimed_until timestamptz,
  primary key (vehicle_id, source),
  constraint external_valuations_said check ((fetched_at is null) = (currency is null) and (fetched_at is null) = (expires_at is null)),
  constraint external_valuations_failed check ((failed_at is null) = (failure_kind is null))
);
create index external_valuations_by_age on pricing.external_valuations (fetched_at);

create table pricing.regional_insights (
  country text not null,
  region text not null,
  demand text check (demand in ('low', 'balanced', 'high')),
  price_level double precision,
  days_to_sell integer,
  trend text,
  summary text,
  citations text[] not null default '{}',
  fetched_at timestamptz,
  expires_at timestamptz,
  failure_kind text,
  failure_detail text,
  failed_at timestamptz,
  claimed_until timestamptz,
  primary key (country, region),
  constraint regional_insights_said check ((fetched_at is null) = (expires_at is null)),
  constraint regional_insights_failed check ((failed_at is null) = (failure_kind is null))
);

create table pricing.daily_usage (
  scope text not null,
  day date not null,
  used integer not null default 0,
  cost_amount bigint not null default 0,
  cost_currency text not null default 'USD',
  primary key (scope, day)
);
`,
};
