import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

export const makeThumbnailsJob = defineJob({
  name: 'make-thumbnails',
  queue: 'vehicle.default',
  data: z.strictObject({ media_id: z.uuid() }),
});

export const maintainVehiclesJob = defineJob({ name: 'maintain', queue: 'vehicle.maintenance', data: z.strictObject({}) });

export const nightlyMaintenance = defineSchedule({ key: 'nightly', job: maintainVehiclesJob, cron: '0 2 * * *', data: {} });

export const refreshPricesJob = defineJob({ name: 'refresh-reference-prices', queue: 'vehicle.maintenance', data: z.strictObject({}) });

/** The European Central Bank publishes its rates around 16:00 CET. */
export const dailyPriceRefresh = defineSchedule({ key: 'reference-prices', job: refreshPricesJob, cron: '30 16 * * *', data: {} });
