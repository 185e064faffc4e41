import { countrySchema, currencySchema, degradationReasons, idSchema, moneySchema, runCountsSchema, scrapeFailureReasons, scrapeFiltersSchema, timestampSchema } from '@autobroker/contracts';
import { mileageUnits } from '@autobroker/kernel';
import { z } from 'zod';
import { fetcherNames } from '../../application/source-plugin';
import { runKinds, runStates } from '../../domain/run';

export const slugSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/).meta({ description: 'Name of the source', example: 'autoscout24' });

export const politenessSchema = z
  .strictObject({
    per_minute: z.int().min(1).max(100_000).meta({ description: 'Requests a minute, of all workers together' }),
    delay_ms: z.strictObject({ min: z.int().min(0).max(600_000), max: z.int().min(0).max(600_000) }).refine(({ min, max }) => min <= max, { error: 'min is above max' }),
    parallel: z.int().min(1).max(16),
    per_day: z.int().min(1).max(10_000_000),
  })
  .meta({ id: 'Politeness' });

const progressPart = z.strictObject({ done: z.int(), waiting: z.int(), failed: z.int() });

export const runSchema = z
  .strictObject({
    id: idSchema,
    source: slugSchema,
    kind: z.enum(runKinds),
    state: z.enum(runStates),
    job_id: idSchema,
    query_id: idSchema.nullable(),
    search_id: idSchema.nullable(),
    replay_of: idSchema.nullable(),
    counts: runCountsSchema,
    list_complete: z.boolean().meta({ description: 'Whether the whole list could be read; only then is anything taken for gone' }),
    problem: z.string().nullable().meta({ description: 'The last thing that went wrong' }),
    attempt: z.int().meta({ description: 'How often a worker has taken it up' }),
    requested_at: timestampSchema,
    started_at: timestampSchema.nullable(),
    updated_at: timestampSchema,
    finished_at: timestampSchema.nullable(),
    progress: z.strictObject({ lists: progressPart, details: progressPart, checks: progressPart }).optional(),
  })
  .meta({ id: 'ScraperRun' });

export const budgetSchema = z
  .strictObject({
    scope: z.string(),
    requests: z.strictObject({ used: z.int(), limit: z.int() }),
    cost: moneySchema,
    cost_limit: moneySchema.nullable(),
  })
  .meta({ id: 'ScraperBudget' });

export const sourceSchema = z
  .strictObject({
    slug: slugSchema,
    version: z.int(),
    name: z.string(),
    kind: z.enum(['marketplace', 'auction', 'dealer']),
    country: countrySchema,
    currency: currencySchema.nullable(),
    mileage_unit: z.enum(mileageUnits).nullable(),
    locale: z.string(),
    enabled: z.boolean(),
    available: z.boolean().meta({ description: 'Whether it has an address in this installation' }),
    sandbox: z.boolean(),
    fetcher: z.enum(fetcherNames),
    cron: z.string(),
    politeness: politenessSchema,
    health: z.strictObject({
      status: z.enum(['unknown', 'healthy', 'degraded']),
      reasons: z.array(z.enum(degradationReasons)),
      since: timestampSchema.nullable(),
    }),
    paused: z.boolean(),
    paused_until: timestampSchema.nullable(),
    paused_by: z.enum(['health', 'staff']).nullable(),
    known_listings: z.int(),
    next_run_at: timestampSchema.nullable(),
    last_run_at: timestampSchema.nullable(),
    last_full_run_at: timestampSchema.nullable(),
    last_success_at: timestampSchema.nullable(),
    last_runs: z.array(runSchema),
    budgets: z.array(budgetSchema).optional(),
  })
  .meta({ id: 'ScraperSource' });

export const sourcePatchSchema = z.strictObject({
  enabled: z.boolean().optional(),
  cron: z.string().min(9).max(120).nullable().optional().meta({ description: 'Five fields, UTC; null for the source’s own rhythm' }),
  fetcher: z.enum(fetcherNames).nullable().optional(),
  politeness: politenessSchema.partial().optional(),
  paused: z.boolean().optional(),
  paused_until: timestampSchema.nullable().optional(),
});

export const startRunSchema = z.strictObject({ kind: z.enum(['full', 'incremental', 'check']).default('incremental') });

export const scrapeJobBody = z
  .strictObject({
    sources: z.array(slugSchema).min(1).max(50).nullable().optional().meta({ description: 'All that can be read when absent' }),
    filters: scrapeFiltersSchema.default({}),
    max_results: z.int().min(1).max(1_000).default(100).meta({ description: 'Of each source' }),
    checks: z
      .array(z.strictObject({ source: slugSchema, external_id: z.string().min(1).max(120) }))
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Single offers to look at instead: each is told as listing.checked' }),
  })
  .refine(({ checks, sources, filters }) => checks === undefined || (sources == null && Object.keys(filters).length === 0), { error: 'checks stand alone', path: ['checks'] });

export const scrapeJobSchema = z
  .strictObject({
    id: idSchema,
    origin: z.enum(['schedule', 'staff', 'query', 'search', 'probe', 'order']),
    state: z.enum(['running', 'completed', 'failed']),
    reason: z.enum(scrapeFailureReasons).nullable(),
    query_id: idSchema.nullable(),
    search_id: idSchema.nullable(),
    filters: scrapeFiltersSchema,
    sources: z.array(z.string()),
    max_results: z.int().nullable(),
    captured: z.int(),
    requested_at: timestampSchema,
    finished_at: timestampSchema.nullable(),
    runs: z.array(runSchema),
  })
  .meta({ id: 'ScrapeJob' });
