import type { Migration } from '@autobroker/platform/database';

/**
 * The market as the vehicle service tells of it. `facts` is null while only the price or the leaving of a car has been heard
 * of. Numbers that are filtered on are clamped to their column; `facts` keeps what was said.
 */
export const market: Migration = {
  id: '0001-market',
  up: `
create table pricing.market_cars (
  vehicle_id uuid primary key,
  tenant_id uuid,
  version integer not null check (version >= 0),
  facts_version integer not null,
  price_version integer not null,
  presence_version integer not null,
  status text not null,
  comparable boolean not null,
  doubt text,
  make text,
  model text,
  make_key text,
  model_key text,
  trim_key text,
  year smallint,
  mileage_km integer,
  grade smallint,
  fuel text,
  gearbox text,
  body text,
  country text,
  lat double precision,
  lon double precision,
  price_amount bigint check (price_amount >= 0),
  price_currency text,
  price_ref bigint,
  price_ref_currency text,
  listed_at timestamptz,
  left_at timestamptz,
  left_reason text check (left_reason in ('sold', 'withdrawn', 'deleted')),
  left_version integer not null default 0,
  updated_at timestamptz not null,
  vin text,
  vin_flags text[] not null default '{}',
  relist_count integer not null default 0,
  sources text[] not null default '{}',
  facts jsonb,
  offers jsonb,
  offers_version integer not null default 0,
  offers_at timestamptz,
  moments jsonb not null default '[]',
  constraint market_cars_known check ((facts is null) = (make_key is null) and (facts is null) = (listed_at is null)),
  constraint market_cars_priced check ((price_amount is null) = (price_currency is null)),
  constraint market_cars_left check ((left_at is null) = (left_reason is null))
);
create index market_cars_alike on pricing.market_cars (make_key, model_key, country, price_currency, grade, year, mileage_km)
  where comparable and left_at is null;
create index market_cars_of_trim on pricing.market_cars (make_key, model_key, trim_key, country, price_currency, grade, year, mileage_km)
  where comparable and left_at is null and trim_key is not null;
create index market_cars_gone_alike on pricing.market_cars (make_key, model_key, country, price_currency, grade, left_at)
  where comparable and left_at is not null;
create index market_cars_by_listed on pricing.market_cars (listed_at, vehicle_id) where tenant_id is null and facts is not null and price_ref is not null;
create index market_cars_for_sale on pricing.market_cars (vehicle_id) where left_at is null and facts is not null;
create index market_cars_in_model on pricing.market_cars (make_key, model_key, year) where left_at is null and tenant_id is null and facts is not null;
create index market_cars_of_make on pricing.market_cars (make_key, vehicle_id) where tenant_id is null and facts is not null;
create index market_cars_to_retire on pricing.market_cars (left_at) where comparable and left_at is not null;

create table pricing.market_offers (
  listing_id uuid primary key,
  vehicle_id uuid not null,
  source text not null,
  external_id text not null,
  url text,
  auction boolean not null,
  active boolean not null,
  price_amount bigint,
  price_currency text,
  price_kind text,
  doubtful boolean not null default false,
  told_at timestamptz not null,
  constraint market_offers_priced check ((price_amount is null) = (price_currency is null))
);
create index market_offers_of_vehicle on pricing.market_offers (vehicle_id);
create index market_offers_by_key on pricing.market_offers (source, external_id);

create table pricing.market_segments (
  id integer generated always as identity primary key,
  country text not null,
  currency text not null,
  make_key text not null,
  model_key text not null,
  year smallint not null,
  kind text not null,
  grade smallint not null,
  constraint market_segments_key unique (make_key, model_key, year, country, currency, kind, grade)
);

create table pricing.market_counts (
  segment_id integer not null,
  source text not null,
  measure smallint not null,
  x integer not null,
  y smallint not null,
  n integer not null,
  primary key (segment_id, measure, source, x, y)
);
create index market_counts_of_measure on pricing.market_counts (measure, x, segment_id) include (y, n);
`,
};
