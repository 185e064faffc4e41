import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

export const keepQuotesJob = defineJob({ name: 'keep-quotes', queue: 'pricing.maintenance', data: z.strictObject({}) });

/** Often, because doing nothing is cheap, and a key that is due to retire should not wait for a night. */
export const keepQuotesSchedule = defineSchedule({ key: 'keep-quotes', job: keepQuotesJob, everyMs: 10 * 60_000, data: {} });
