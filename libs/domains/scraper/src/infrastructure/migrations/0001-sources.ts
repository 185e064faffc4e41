import type { Migration } from '@autobroker/platform/database';

/** What is set and known of each source; its description is code. */
export const sources: Migration = {
  id: '0001-sources',
  up: `
create table scraper.sources (
  slug text primary key,
  version integer not null default 1,
  enabled boolean not null default true,
  cron text,
  fetcher text check (fetcher in ('direct', 'firecrawl')),
  politeness jsonb not null default '{}',
  health text not null default 'unknown' check (health in ('unknown', 'healthy', 'degraded')),
  health_reasons text[] not null default '{}',
  health_since timestamptz,
  paused_until timestamptz,
  paused_by text check (paused_by in ('health', 'staff')),
  pauses integer not null default 0,
  last_run_at timestamptz,
  last_full_run_at timestamptz,
  last_success_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table scraper.schedules (
  key text primary key,
  source text,
  search_id uuid,
  criteria jsonb,
  cron text not null,
  active boolean not null default true,
  next_run_at timestamptz not null,
  last_run_at timestamptz,
  updated_at timestamptz not null
);
create index schedules_due on scraper.schedules (next_run_at) where active;

create table scraper.known_listings (
  source text not null,
  external_id text not null,
  url text,
  content_hash text not null,
  status text not null check (status in ('active', 'reserved', 'sold', 'removed')),
  image_hash text,
  missing integer not null default 0,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_detail_at timestamptz,
  primary key (source, external_id)
);
create index known_listings_seen on scraper.known_listings (source, last_seen_at) where status in ('active', 'reserved');

create table scraper.pages (
  source text not null,
  request_key text not null,
  etag text,
  last_modified text,
  fetched_at timestamptz not null,
  primary key (source, request_key)
);
create index pages_fetched on scraper.pages (fetched_at);

create table scraper.robots (
  origin text primary key,
  status integer not null,
  body text not null,
  fetched_at timestamptz not null,
  expires_at timestamptz not null
);

create table scraper.rate_windows (
  key text primary key,
  bucket bigint not null default 0,
  current integer not null default 0,
  previous integer not null default 0,
  free_at timestamptz not null default '-infinity'
);

create table scraper.daily_usage (
  scope text not null,
  day date not null,
  used integer not null default 0,
  cost_amount bigint not null default 0,
  cost_currency text not null default 'USD',
  primary key (scope, day)
);

create table scraper.error_counts (
  source text not null,
  slot timestamptz not null,
  class text not null,
  errors integer not null default 0,
  primary key (source, slot, class)
);
`,
};
