import type { Migration } from '@autobroker/platform/database';

/**
 * Cars that can be bought for less than they bring. A car has one open opportunity at most; what a person does with it stands
 * beside it. `evidence` is what is shown of it, as it was when it was found.
 */
export const opportunities: Migration = {
  id: '0006-opportunities',
  up: `
create table pricing.opportunities (
  id uuid primary key,
  version integer not null default 1 check (version > 0),
  vehicle_id uuid not null,
  vehicle_version integer not null check (vehicle_version > 0),
  valuation_version integer not null check (valuation_version > 0),
  tenant_id uuid,
  make_key text not null,
  model_key text not null,
  year smallint not null,
  country text,
  lat double precision,
  lon double precision,
  sources text[] not null,
  damaged boolean not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  asking bigint not null check (asking > 0),
  market_value bigint not null check (market_value > 0),
  total_cost bigint not null check (total_cost > 0),
  profit bigint not null,
  profit_low bigint not null,
  profit_high bigint not null,
  reference_currency text not null,
  reference_price bigint not null,
  reference_profit bigint not null,
  score real not null check (score between 0 and 100),
  confidence real not null check (confidence between 0 and 1),
  probability real not null check (probability between 0 and 1),
  roi real not null,
  risk real not null check (risk between 0 and 1),
  evidence jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expired_at timestamptz,
  expired_reason text check (expired_reason in ('sold', 'withdrawn', 'deleted', 'not_for_sale', 'price_rose', 'value_fell', 'excluded')),
  constraint opportunities_found_once unique (vehicle_id, valuation_version),
  constraint opportunities_ended check ((expired_at is null) = (expired_reason is null))
);
create unique index opportunities_open on pricing.opportunities (vehicle_id) where expired_at is null;
create index opportunities_by_score on pricing.opportunities (score, id) where expired_at is null;
create index opportunities_by_profit on pricing.opportunities (reference_profit, id) where expired_at is null;
create index opportunities_by_roi on pricing.opportunities (roi, id) where expired_at is null;
create index opportunities_by_date on pricing.opportunities (created_at, id) where expired_at is null;
create index opportunities_of_model on pricing.opportunities (make_key, model_key);
create index opportunities_ended_at on pricing.opportunities (expired_at) where expired_at is not null;

create table pricing.opportunity_statuses (
  user_id uuid not null,
  opportunity_id uuid not null,
  tenant_id uuid,
  version integer not null default 1 check (version > 0),
  status text not null check (status in ('new', 'alerted', 'viewed', 'dismissed')),
  updated_at timestamptz not null,
  primary key (user_id, opportunity_id),
  constraint opportunity_statuses_opportunity_id_fkey foreign key (opportunity_id) references pricing.opportunities (id) on delete cascade
);
create index opportunity_statuses_of_opportunity on pricing.opportunity_statuses (opportunity_id);

create table pricing.opportunity_queue (
  vehicle_id uuid primary key,
  queued_at timestamptz not null
);
create index opportunity_queue_by_time on pricing.opportunity_queue (queued_at, vehicle_id);

create table pricing.odometer_peaks (
  vehicle_id uuid primary key,
  km integer not null check (km >= 0),
  at timestamptz not null
);
`,
};
