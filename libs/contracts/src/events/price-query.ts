import { z } from 'zod';
import { defineEvent } from '../event';
import { idSchema, moneySchema, timestampSchema } from '../schemas';

/** How the ad-hoc scrape of a query ended; `skipped` where it could have found nothing. */
export const queryScrapeStates = ['requested', 'completed', 'failed', 'timed_out', 'skipped'] as const;
export const queryFailureReasons = ['scrape_failed', 'scrape_timed_out'] as const;

const queryId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b63';
/** Everybody who has asked exactly this: one query answers them all. */
const userIds = z.array(idSchema).max(1_000);

export const priceQueryCompleted = defineEvent({
  type: 'price_query.completed.v1',
  service: 'pricing',
  summary: 'A price query has its answer: the price, similar cars and auction listings are at /price-queries/{id}.',
  data: z.strictObject({
    query_id: idSchema,
    user_ids: userIds,
    scrape: z.enum(queryScrapeStates),
    average_price: moneySchema.nullable(),
    median_price: moneySchema.nullable(),
    /** 0 to 1. */
    confidence: z.number().min(0).max(1),
    similar: z.int().nonnegative(),
    auction_listings: z.int().nonnegative(),
    completed_at: timestampSchema,
  }),
  fixture: {
    query_id: queryId,
    user_ids: ['0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a'],
    scrape: 'completed',
    average_price: { amount: 2_145_000, currency: 'EUR' },
    median_price: { amount: 2_099_000, currency: 'EUR' },
    confidence: 0.82,
    similar: 20,
    auction_listings: 7,
    completed_at: '2026-11-20T12:02:00.000Z',
  },
});

export const priceQueryFailed = defineEvent({
  type: 'price_query.failed.v1',
  service: 'pricing',
  summary: 'A price query has no answer: nothing like it is known, and nothing could be found.',
  data: z.strictObject({ query_id: idSchema, user_ids: userIds, reason: z.enum(queryFailureReasons), failed_at: timestampSchema }),
  fixture: { query_id: queryId, user_ids: ['0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a'], reason: 'scrape_timed_out', failed_at: '2026-11-20T12:12:00.000Z' },
});
