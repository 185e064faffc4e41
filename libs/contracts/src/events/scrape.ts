import { z } from 'zod';
import { defineEvent } from '../event';
import { idSchema, timestampSchema } from '../schemas';

/** What an ad-hoc scrape looks for. Words are as a person types them; each source translates them into its own search. */
export const scrapeFiltersSchema = z.strictObject({
  keywords: z.string().max(200).nullable().optional(),
  makes: z.array(z.string().min(1).max(80)).max(20).optional(),
  models: z.array(z.string().min(1).max(80)).max(20).optional(),
  year_min: z.int().optional(),
  year_max: z.int().optional(),
  price_min: z.int().nonnegative().optional(),
  price_max: z.int().nonnegative().optional(),
  /** Of the two prices. */
  currency: z.string().length(3).optional(),
  mileage_max_km: z.int().nonnegative().optional(),
  color: z.string().max(40).optional(),
  damage_type: z.string().max(40).optional(),
  locations: z.array(z.string().min(1).max(120)).max(20).optional(),
});
export type ScrapeFilters = z.output<typeof scrapeFiltersSchema>;

const queryId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b63';

export const scrapeRequested = defineEvent({
  type: 'scrape.requested.v1',
  service: 'pricing',
  summary: 'Somebody needs fresh listings for one question; the answer comes back under its query_id.',
  data: z.strictObject({
    query_id: idSchema,
    filters: scrapeFiltersSchema,
    /** Which sources; null for those that the installation asks by default (the auctions). */
    sources: z.array(z.string()).max(50).nullable(),
    max_results: z.int().min(1).max(1_000),
  }),
  fixture: {
    query_id: queryId,
    filters: { makes: ['BMW'], models: ['320d'], year_min: 2018, year_max: 2022 },
    sources: null,
    max_results: 100,
  },
});

/** What a run came to. */
export const runCountsSchema = z.strictObject({
  found: z.int().nonnegative(),
  new: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  gone: z.int().nonnegative(),
  captured: z.int().nonnegative(),
  /** By class of error. */
  failed: z.record(z.string(), z.int().nonnegative()),
});
export type RunCounts = z.output<typeof runCountsSchema>;

const runSchema = z.strictObject({ run_id: idSchema, source: z.string(), outcome: z.enum(['completed', 'partial', 'failed', 'skipped']), counts: runCountsSchema });

const counts: RunCounts = { found: 40, new: 12, changed: 3, unchanged: 25, gone: 0, captured: 40, failed: { timeout: 1 } };

export const scrapeCompleted = defineEvent({
  type: 'scrape.completed.v1',
  service: 'scraper',
  summary: 'All sources that were to be read for a query, a saved search or a schedule have been; for a query it follows its last capture.',
  data: z.strictObject({
    query_id: idSchema.nullable(),
    search_id: idSchema.nullable(),
    runs: z.array(runSchema).max(50),
    captured: z.int().nonnegative(),
    started_at: timestampSchema,
    completed_at: timestampSchema,
  }),
  fixture: {
    query_id: queryId,
    search_id: null,
    runs: [{ run_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b60', source: 'copart', outcome: 'completed', counts }],
    captured: 40,
    started_at: '2026-11-20T12:00:00.000Z',
    completed_at: '2026-11-20T12:01:30.000Z',
  },
});

export const scrapeFailureReasons = ['no_source', 'blocked', 'unreachable', 'budget_exhausted', 'timed_out', 'invalid_request', 'internal'] as const;

export const scrapeFailed = defineEvent({
  type: 'scrape.failed.v1',
  service: 'scraper',
  summary: 'None of the sources could be read: what was asked for will not come.',
  data: z.strictObject({
    query_id: idSchema.nullable(),
    search_id: idSchema.nullable(),
    reason: z.enum(scrapeFailureReasons),
    runs: z.array(runSchema).max(50),
    failed_at: timestampSchema,
  }),
  fixture: { query_id: queryId, search_id: null, reason: 'blocked', runs: [], failed_at: '2026-11-20T12:01:30.000Z' },
});

export const degradationReasons = ['stale', 'low_yield', 'blocked', 'selectors_rotten', 'errors', 'rate_limited', 'unreachable'] as const;

export const sourceDegraded = defineEvent({
  type: 'source.degraded.v1',
  service: 'scraper',
  summary: 'A source no longer gives what it used to; `paused` when it is left alone until somebody looks or its pause ends.',
  data: z.strictObject({
    source: z.string(),
    reasons: z.array(z.enum(degradationReasons)).min(1),
    paused: z.boolean(),
    /** Until when; null while somebody has to resume it. */
    paused_until: timestampSchema.nullable(),
    since: timestampSchema,
  }),
  fixture: {
    source: 'autotrader',
    reasons: ['selectors_rotten', 'low_yield'],
    paused: true,
    paused_until: '2026-11-20T18:00:00.000Z',
    since: '2026-11-20T12:00:00.000Z',
  },
});

export const sourceRecovered = defineEvent({
  type: 'source.recovered.v1',
  service: 'scraper',
  summary: 'A source that was degraded or paused works again.',
  data: z.strictObject({ source: z.string(), since: timestampSchema }),
  fixture: { source: 'autotrader', since: '2026-11-20T18:05:00.000Z' },
});
