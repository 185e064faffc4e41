import type { z } from 'zod';
import type { BudgetView, SourceView } from '../application/read-sources';
import type { JobRow, Progress, RunRow } from '../application/ports';
import type { Politeness } from '../application/source-plugin';
import { scrapeFailureReasons } from '@autobroker/contracts';
import type { budgetSchema, politenessSchema, runSchema, scrapeJobSchema, sourceSchema } from './schemas/source';

const at = (date: Date | null): string | null => date?.toISOString() ?? null;

export function runJson(run: RunRow, progress?: Progress): z.output<typeof runSchema> {
  const failed: Record<string, number> = {};
  for (const [name, count] of Object.entries(run.counts.failed)) if (count !== undefined) failed[name] = count;
  return {
    id: run.id,
    source: run.source,
    kind: run.kind,
    state: run.state,
    job_id: run.jobId,
    query_id: run.queryId,
    search_id: run.searchId,
    replay_of: run.replayOf,
    counts: { ...run.counts, failed },
    list_complete: run.listComplete,
    problem: run.problem,
    attempt: run.attempt,
    requested_at: run.requestedAt.toISOString(),
    started_at: at(run.startedAt),
    updated_at: run.updatedAt.toISOString(),
    finished_at: at(run.finishedAt),
    ...(progress === undefined ? {} : { progress }),
  };
}

export const budgetJson = ({ scope, requests, cost }: BudgetView): z.output<typeof budgetSchema> => ({
  scope,
  requests,
  cost: { amount: cost.amount, currency: cost.currency },
  cost_limit: cost.limit === null ? null : { amount: cost.limit, currency: cost.currency },
});

const politenessJson = ({ perMinute, delayMs, parallel, perDay }: Politeness): z.output<typeof politenessSchema> => ({
  per_minute: perMinute,
  delay_ms: { min: delayMs.minMs, max: delayMs.maxMs },
  parallel,
  per_day: perDay,
});

type PolitenessInput = { readonly [K in keyof z.output<typeof politenessSchema>]?: z.output<typeof politenessSchema>[K] | undefined };

export function politenessOf(input: PolitenessInput): Partial<Politeness> {
  return {
    ...(input.per_minute === undefined ? {} : { perMinute: input.per_minute }),
    ...(input.delay_ms === undefined ? {} : { delayMs: { minMs: input.delay_ms.min, maxMs: input.delay_ms.max } }),
    ...(input.parallel === undefined ? {} : { parallel: input.parallel }),
    ...(input.per_day === undefined ? {} : { perDay: input.per_day }),
  };
}

export function sourceJson(view: SourceView, now: Date, budgets?: readonly BudgetView[]): z.output<typeof sourceSchema> {
  const { plugin, row } = view;
  return {
    slug: plugin.slug,
    version: row.version,
    name: plugin.name,
    kind: plugin.kind,
    country: plugin.country,
    currency: plugin.currency,
    mileage_unit: plugin.unit,
    locale: plugin.locale,
    enabled: row.enabled,
    available: view.address !== null,
    sandbox: view.sandbox,
    fetcher: row.fetcher ?? plugin.fetcher,
    cron: row.cron ?? plugin.cron,
    politeness: politenessJson(view.politeness),
    health: { status: row.health, reasons: [...row.healthReasons], since: at(row.healthSince) },
    paused: row.pausedUntil !== null && row.pausedUntil.getTime() > now.getTime(),
    paused_until: at(row.pausedUntil),
    paused_by: row.pausedBy,
    known_listings: view.known,
    next_run_at: view.schedule?.active === true ? view.schedule.nextRunAt.toISOString() : null,
    last_run_at: at(row.lastRunAt),
    last_full_run_at: at(row.lastFullRunAt),
    last_success_at: at(row.lastSuccessAt),
    last_runs: view.lastRuns.map((run) => runJson(run)),
    ...(budgets === undefined ? {} : { budgets: budgets.map((budget) => budgetJson(budget)) }),
  };
}

export function jobJson(job: JobRow, runs: readonly RunRow[]): z.output<typeof scrapeJobSchema> {
  return {
    id: job.id,
    origin: job.origin,
    state: job.state,
    reason: scrapeFailureReasons.find((reason) => reason === job.reason) ?? null,
    query_id: job.queryId,
    search_id: job.searchId,
    filters: job.filters,
    sources: [...job.sources],
    max_results: job.maxResults,
    captured: job.state === 'running' ? runs.reduce((sum, run) => sum + run.counts.captured, 0) : job.captured,
    requested_at: job.requestedAt.toISOString(),
    finished_at: at(job.finishedAt),
    runs: runs.map((run) => runJson(run)),
  };
}
