import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

export const sweepOrdersJob = defineJob({ name: 'sweep-orders', queue: 'orders.default', data: z.strictObject({}) });
/** Doing nothing is cheap, and a car that nobody pays for is free again soon. */
export const sweepOrdersSchedule = defineSchedule({ key: 'sweep-orders', job: sweepOrdersJob, everyMs: 10_000, data: {} });

export const keepOrdersJob = defineJob({ name: 'keep-orders', queue: 'orders.maintenance', data: z.strictObject({}) });
export const keepOrdersSchedule = defineSchedule({ key: 'keep-orders', job: keepOrdersJob, everyMs: 6 * 3_600_000, data: {}, atOnce: true });
