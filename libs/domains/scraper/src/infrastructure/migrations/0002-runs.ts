import type { Migration } from '@autobroker/platform/database';
import { runKinds, runStates } from '../../domain/run';

const oneOf = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** Runs, what each still has to read, and what was read as it came. */
export const runs: Migration = {
  id: '0002-runs',
  up: `
create table scraper.scrape_jobs (
  id uuid primary key,
  origin text not null check (origin in ('schedule', 'staff', 'query', 'search', 'probe', 'order')),
  query_id uuid,
  search_id uuid,
  filters jsonb not null,
  sources text[] not null,
  max_results integer,
  state text not null check (state in ('running', 'completed', 'failed')),
  reason text,
  captured integer not null default 0,
  requested_at timestamptz not null,
  finished_at timestamptz
);
create index scrape_jobs_query on scraper.scrape_jobs (query_id) where query_id is not null;
create index scrape_jobs_age on scraper.scrape_jobs (finished_at);

create table scraper.runs (
  id uuid primary key,
  job_id uuid not null references scraper.scrape_jobs (id) on delete cascade,
  source text not null,
  kind text not null check (kind in (${oneOf(runKinds)})),
  state text not null check (state in (${oneOf(runStates)})),
  query_id uuid,
  search_id uuid,
  replay_of uuid,
  filters jsonb not null,
  max_results integer,
  counts jsonb not null,
  fields jsonb not null default '{}',
  next_seq integer not null default 0,
  planned boolean not null default false,
  checks_planned boolean not null default false,
  list_complete boolean not null default true,
  cancel_requested boolean not null default false,
  problem text,
  attempt integer not null default 0,
  leased_by text,
  leased_until timestamptz,
  requested_at timestamptz not null,
  started_at timestamptz,
  updated_at timestamptz not null,
  finished_at timestamptz
);
create index runs_of_source on scraper.runs (source, requested_at desc);
create index runs_of_job on scraper.runs (job_id);
create index runs_open on scraper.runs (state) where state in ('queued', 'running');
-- Two sweeps at once, on two replicas, start one run.
create unique index runs_one_at_a_time on scraper.runs (source)
  where state in ('queued', 'running') and kind in ('full', 'incremental', 'check');

create table scraper.frontier (
  id bigint generated always as identity primary key,
  run_id uuid not null references scraper.runs (id) on delete cascade,
  key text not null,
  kind text not null check (kind in ('list', 'detail', 'emit', 'check')),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'dropped')),
  url text,
  external_id text,
  payload jsonb not null,
  attempts integer not null default 0,
  ready_at timestamptz not null default '-infinity',
  error_class text,
  capture_id uuid,
  constraint frontier_key unique (run_id, key)
);
create index frontier_waiting on scraper.frontier (run_id, id) where state = 'waiting';

create table scraper.captures (
  id uuid primary key,
  run_id uuid not null,
  source text not null,
  request_key text not null,
  kind text not null check (kind in ('list', 'detail', 'check')),
  url text not null,
  external_id text,
  status integer not null,
  content_type text,
  bytes integer not null,
  sha256 text not null,
  object_key text not null,
  key_id text not null,
  fetched_at timestamptz not null,
  expires_at timestamptz not null
);
create index captures_of_run on scraper.captures (run_id, request_key);
create index captures_expired on scraper.captures (expires_at);
`,
};
