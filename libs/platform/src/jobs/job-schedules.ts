import { logger } from '../telemetry';
import type { ScheduleDef } from './define-job';
import { jobClassNames, settingsOf, type Overrides } from './job-classes';
import type { JobStore, StoredJob, StoredQueue } from './job-store';
import { optionsOf, storedId } from './jobs';

const log = logger('jobs.schedules');

/** Longer than a roll-out takes. */
export const reconcileEveryMs = 3_600_000;

export interface ScheduleOptions {
  /** How long a stored schedule must have been unknown to this process before it removes it. */
  readonly forgetAfterMs?: number;
  readonly now?: () => number;
}

/**
 * Brings the schedules that are stored into line with those that the code defines. Written at once; removed only by a
 * process that has not known them for a good while: during a roll-out a process of the release before starts anew now and
 * then, and must not take away what the next release has brought. Should it outlive the roll-out by that much, those of
 * the next release write theirs again when they look the next time.
 */
export class JobSchedules {
  private readonly unknownSince = new Map<string, number>();
  private readonly forgetAfterMs: number;
  private readonly now: () => number;

  constructor(
    private readonly store: JobStore,
    private readonly overrides: Overrides = {},
    options: ScheduleOptions = {},
  ) {
    this.forgetAfterMs = options.forgetAfterMs ?? reconcileEveryMs;
    this.now = options.now ?? (() => performance.now());
  }

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
      // Writing an unchanged schedule again would move its next run: with frequent restarts it would never come.
      if (known !== undefined && says(known, def, template)) continue;
      await this.write(queue, def, template);
      if (known === undefined && def.atOnce === true) await this.firstTurn(queue, def, template);
      log.info({ queue: queue.name, schedule: def.key }, 'schedule written');
    }
    for (const def of defs) this.unknownSince.delete(`${queue.name}/${def.key}`);
    for (const key of stored.keys()) if (this.forgotten(`${queue.name}/${key}`)) await this.remove(queue, key);
  }

  private async write(queue: StoredQueue, def: ScheduleDef, template: StoredJob): Promise<void> {
    const repeat = def.cron === undefined ? { every: def.everyMs } : { pattern: def.cron, tz: 'UTC' };
    const opts = optionsOf(settingsOf(queue.name, this.overrides));
    try {
      await queue.upsertJobScheduler(def.key, repeat, { name: def.job.name, data: template, opts });
    } catch (error) {
      // Of replicas that write the same schedule at the same moment, the store lets one through.
      const stored = await queue.getJobScheduler(def.key);
      if (stored === undefined || !says(stored, def, template)) throw error;
    }
  }

  /** Replicas that start together find it new together: the id makes one turn of theirs. */
  private async firstTurn(queue: StoredQueue, def: ScheduleDef, template: StoredJob): Promise<void> {
    await queue.add(def.job.name, template, { ...optionsOf(settingsOf(queue.name, this.overrides)), jobId: storedId(def.job, `first ${def.key}`) });
  }

  private forgotten(id: string): boolean {
    const since = this.unknownSince.get(id);
    if (since === undefined) this.unknownSince.set(id, this.now());
    return this.now() - (since ?? this.now()) >= this.forgetAfterMs;
  }

  private async remove(queue: StoredQueue, key: string): Promise<void> {
    await queue.removeJobScheduler(key);
    this.unknownSince.delete(`${queue.name}/${key}`);
    log.info({ queue: queue.name, schedule: key }, 'schedule removed: nothing defines it any more');
  }
}

type StoredSchedule = Awaited<ReturnType<StoredQueue['getJobSchedulers']>>[number];

const says = (stored: StoredSchedule, def: ScheduleDef, template: StoredJob): boolean =>
  stored.name === def.job.name &&
  stored.pattern === def.cron &&
  (stored.every === undefined ? undefined : Number(stored.every)) === def.everyMs &&
  JSON.stringify(stored.template?.data) === JSON.stringify(template);
