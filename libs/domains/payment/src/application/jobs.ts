import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

const queue = 'payment.payments';
const nothing = z.strictObject({});

/** One thing that is asked of a provider. */
export const runOperationJob = defineJob({ name: 'run-operation', queue, data: z.strictObject({ operation_id: z.uuid() }) });

/** What providers have told and nobody has looked after yet, many at a time. */
export const processEventsJob = defineJob({ name: 'process-events', queue, data: nothing });

/** What is still waiting for an answer that no webhook brought, and what no job came for. */
export const sweepPaymentsJob = defineJob({ name: 'sweep-payments', queue, data: nothing });
export const everyMinute = defineSchedule({ key: 'sweep-payments', job: sweepPaymentsJob, everyMs: 60_000, data: {} });

/** Holds that end within the day. */
export const watchHoldsJob = defineJob({ name: 'watch-holds', queue, data: nothing });
export const watchingHolds = defineSchedule({ key: 'watch-holds', job: watchHoldsJob, everyMs: 15 * 60_000, data: {} });

export const reconcileJob = defineJob({ name: 'reconcile', queue: 'payment.maintenance', data: z.strictObject({ provider: z.enum(['stripe', 'paypal']).optional(), day: z.iso.date().optional() }) });
export const everyNight = defineSchedule({ key: 'reconcile', job: reconcileJob, cron: '40 3 * * *', data: {} });

export const checkLedgerJob = defineJob({ name: 'check-ledger', queue: 'payment.maintenance', data: nothing });
export const checkingLedger = defineSchedule({ key: 'check-ledger', job: checkLedgerJob, cron: '10 4 * * *', data: {} });
