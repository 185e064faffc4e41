import { logger } from '../telemetry';
import type { ScheduleDef } from './define-job';
import { jobClassNames, settingsOf, type Overrides } from './job-classes';
import type { JobStore, StoredJob, StoredQueue } from './job-store';
import { optionsOf } from './jobs';

const log = logger('jobs.schedules');

/** Brings the schedules that are stored into line with those that the code defines. */
export class JobSchedules {
  constructor(
    private readonly store: JobStore,
    private readonly overrides: Overrides = {},
  ) {}

  /** `services` are those whose jobs this process works: only their queues are touched. */
  async reconcile(services: readonly string[], defs: readonly ScheduleDef[]): Promise<void> {
    for (const service of services) {
      for (const jobClass of jobClassNames) {
        const name = `${service}.${jobClass}`;
        await this.reconcileQueue(await this.store.queue(name), defs.filter((def) => def.job.queue === name));
      }
    }
  }

  private async reconcileQueue(queue: StoredQueue, defs: readonly ScheduleDef[]): Promise<void> {
    const stored = new Map((await queue.getJobSchedulers()).map((scheduler) => [scheduler.key, scheduler]));
    for (const def of defs) {
      const known = stored.get(def.key);
      stored.delete(def.key);
      const template: StoredJob = { data: def.data, trace: null };
      const same =
        known !== undefined &&
        known.name === def.job.name &&
        known.pattern === def.cron &&
        (known.every === undefined ? undefined : Number(known.every)) === def.everyMs &&
        JSON.stringify(known.template?.data) === JSON.stringify(template);
      // Writing an unchanged schedule again would move its next run: with frequent restarts it would never come.
      if (same) continue;
      await queue.upsertJobScheduler(def.key, def.cron === undefined ? { every: def.everyMs } : { pattern: def.cron, tz: 'UTC' }, {
        name: def.job.name,
        data: template,
        opts: optionsOf(settingsOf(queue.name, this.overrides)),
      });
      log.info({ queue: queue.name, schedule: def.key }, 'schedule written');
    }
    for (const key of stored.keys()) {
      await queue.removeJobScheduler(key);
      log.info({ queue: queue.name, schedule: key }, 'schedule removed: nothing defines it any more');
    }
  }
}
