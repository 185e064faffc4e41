import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

export const retireComparablesJob = defineJob({ name: 'retire-comparables', queue: 'pricing.maintenance', data: z.strictObject({}) });

export const nightlyRetirement = defineSchedule({ key: 'retire-comparables', job: retireComparablesJob, cron: '20 2 * * *', data: {} });

/** What is counted event by event is right; that it is, is looked at once a week. */
export const recountMarketJob = defineJob({ name: 'recount-market', queue: 'pricing.maintenance', data: z.strictObject({}) });

export const weeklyRecount = defineSchedule({ key: 'recount-market', job: recountMarketJob, cron: '30 2 * * 0', data: {} });
