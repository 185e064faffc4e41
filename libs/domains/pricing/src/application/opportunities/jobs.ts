import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

/** Cars with a new valuation are looked at many at a time. */
export const findOpportunitiesJob = defineJob({ name: 'find-opportunities', queue: 'pricing.default', data: z.strictObject({}) });

/** What no job came for: a crash between the inbox and the queue, and what a long queue has left. */
export const findWaiting = defineSchedule({ key: 'find-opportunities', job: findOpportunitiesJob, everyMs: 60_000, data: {} });

export const sweepOpportunitiesJob = defineJob({ name: 'sweep-opportunities', queue: 'pricing.maintenance', data: z.strictObject({}) });

export const nightlyOpportunitySweep = defineSchedule({ key: 'sweep-opportunities', job: sweepOpportunitiesJob, cron: '20 2 * * *', data: {} });
