import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

/** One turn of a run. A long run hands on to a next turn before its time is over. */
export const workRunJob = defineJob({ name: 'work-run', queue: 'scraper.scraping', data: z.strictObject({ run_id: z.uuid() }) });

export const sweepJob = defineJob({
  name: 'sweep-schedules',
  queue: 'scraper.default',
  /** The time that was moved to: whoever sweeps waits until its own clock has heard of it. */
  data: z.strictObject({ moved_to: z.iso.datetime().optional() }),
});
/** What is due: by cron, per source and per saved search. */
export const sweepSchedule = defineSchedule({ key: 'sweep-schedules', job: sweepJob, cron: '*/15 * * * *', data: {}, atOnce: true });

export const rescueJob = defineJob({ name: 'rescue-runs', queue: 'scraper.default', data: z.strictObject({}) });
/** Runs whose job was lost with a process, and those whose next turn never came. */
export const rescueSchedule = defineSchedule({ key: 'rescue-runs', job: rescueJob, everyMs: 60_000, data: {} });

export const cleanUpJob = defineJob({ name: 'cleanup', queue: 'scraper.maintenance', data: z.strictObject({}) });
export const nightlyCleanUp = defineSchedule({ key: 'cleanup', job: cleanUpJob, cron: '0 2 * * *', data: {} });
