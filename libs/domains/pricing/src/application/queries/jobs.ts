import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

/** Goes on with one query as soon as it can; looks again while what was captured is on its way. */
export const settleQueryJob = defineJob({ name: 'settle-price-query', queue: 'pricing.default', data: z.strictObject({ query_id: z.uuid(), turn: z.int().nonnegative().default(0) }) });

export const sweepQueriesJob = defineJob({ name: 'sweep-price-queries', queue: 'pricing.default', data: z.strictObject({}) });
/** Deadlines, and queries whose job was lost with a process. */
export const sweepQueriesSchedule = defineSchedule({ key: 'price-queries', job: sweepQueriesJob, everyMs: 15_000, data: {} });

export const cleanUpQueriesJob = defineJob({ name: 'cleanup-price-queries', queue: 'pricing.maintenance', data: z.strictObject({}) });
export const nightlyQueryCleanUp = defineSchedule({ key: 'price-query-cleanup', job: cleanUpQueriesJob, cron: '20 2 * * *', data: {} });
