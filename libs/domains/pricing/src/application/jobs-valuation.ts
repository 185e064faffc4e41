import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

/** Cars that changed are valued many at a time. */
export const valueChangedJob = defineJob({ name: 'value-changed', queue: 'pricing.default', data: z.strictObject({}) });

/** What no job came for: a crash between the inbox and the queue, or a car whose projection was late. */
export const valueWaiting = defineSchedule({ key: 'value-waiting', job: valueChangedJob, everyMs: 60_000, data: {} });

export const trainModelJob = defineJob({
  name: 'train-model',
  queue: 'pricing.analysis',
  data: z.strictObject({
    model_id: z.uuid().optional(),
    /** Only when the last training is of a market that was much smaller than today's. */
    if_grown: z.boolean().default(false),
  }),
});

export const nightlyTraining = defineSchedule({ key: 'nightly-training', job: trainModelJob, cron: '10 3 * * *', data: {} });

/** A fresh installation has no model, and soon many more cars than the first one has learned from. */
export const trainingAsItGrows = defineSchedule({ key: 'training-as-it-grows', job: trainModelJob, everyMs: 60_000, data: { if_grown: true }, atOnce: true });

export const revalueCatalogueJob = defineJob({
  name: 'revalue-catalogue',
  queue: 'pricing.analysis',
  data: z.strictObject({ because: z.enum(['model', 'nightly', 'operator']) }),
});

/** Markets and rates move though no car has changed. After the training, whatever came of it. */
export const nightlyRevaluation = defineSchedule({ key: 'nightly-revaluation', job: revalueCatalogueJob, cron: '10 4 * * *', data: { because: 'nightly' } });

export const sweepModelsJob = defineJob({ name: 'sweep-models', queue: 'pricing.maintenance', data: z.strictObject({}) });

export const nightlySweep = defineSchedule({ key: 'sweep-models', job: sweepModelsJob, cron: '50 2 * * *', data: {} });

export const watchModelJob = defineJob({ name: 'watch-model', queue: 'pricing.analysis', data: z.strictObject({}) });

export const watchModelDaily = defineSchedule({ key: 'watch-model', job: watchModelJob, cron: '40 * * * *', data: {} });
