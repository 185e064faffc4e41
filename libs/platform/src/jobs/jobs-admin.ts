import { metrics } from '../telemetry';
import { classOf, priorityNumber, priorities, type Priority } from './job-classes';
import type { JobStore, RunningJob, StoredQueue } from './job-store';
import { givenId } from './jobs';

export interface QueueView {
  readonly name: string;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly failed: number;
  readonly completed: number;
  /** How long the job that has waited longest has done so. */
  readonly oldestWaitingMs: number | null;
}

export interface DeadJob {
  /** As stored in the queue: what `replay` takes. */
  readonly id: string;
  readonly jobId: string;
  readonly name: string;
  readonly reason: string;
  readonly attempts: number;
  readonly enqueuedAt: string;
  readonly failedAt: string | null;
  readonly priority: Priority;
}

export interface ScheduleView {
  readonly queue: string;
  readonly key: string;
  readonly job: string;
  readonly cron: string | null;
  readonly everyMs: number | null;
  readonly nextRunAt: string | null;
}

const instant = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

/** What operators see of the queues, and what they may do with dead jobs. */
export class JobsAdmin {
  constructor(
    private readonly store: JobStore,
    private readonly names: () => readonly string[],
  ) {}

  async overview(): Promise<QueueView[]> {
    return Promise.all([...this.names()].sort().map(async (name) => this.view(await this.store.queue(name))));
  }

  async dead(queueName: string, page: { readonly offset: number; readonly limit: number }): Promise<{ items: DeadJob[]; total: number }> {
    const queue = await this.known(queueName);
    const [jobs, total] = await Promise.all([
      queue.getFailed(page.offset, page.offset + page.limit - 1),
      queue.getFailedCount(),
    ]);
    return { items: jobs.map(deadJob), total };
  }

  /** Gives a dead job all its attempts again; false when there is none of that id. */
  async replay(queueName: string, id: string): Promise<boolean> {
    const job = await (await this.known(queueName)).getJob(id);
    if (job === undefined || !(await job.isFailed())) return false;
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    return true;
  }

  /** At most `limit` of them, the longest dead first; gives how many. */
  async replayAll(queueName: string, limit = 1_000): Promise<number> {
    const queue = await this.known(queueName);
    const jobs = await queue.getJobs(['failed'], 0, limit - 1, true);
    let replayed = 0;
    for (const job of jobs) if (job.id !== undefined && (await this.replay(queueName, job.id))) replayed += 1;
    return replayed;
  }

  async discard(queueName: string, id: string): Promise<boolean> {
    const job = await (await this.known(queueName)).getJob(id);
    if (job === undefined || !(await job.isFailed())) return false;
    await job.remove();
    return true;
  }

  async schedules(): Promise<ScheduleView[]> {
    const views = await Promise.all(
      this.names().map(async (name) => {
        const queue = await this.store.queue(name);
        return (await queue.getJobSchedulers()).map((scheduler) => ({
          queue: name,
          key: scheduler.key,
          job: scheduler.name,
          cron: scheduler.pattern ?? null,
          everyMs: scheduler.every === undefined ? null : Number(scheduler.every),
          nextRunAt: instant(scheduler.next),
        }));
      }),
    );
    return views.flat();
  }

  isQueue(name: string): boolean {
    return this.names().includes(name);
  }

  connections(): Promise<number> {
    return this.store.backend.connections();
  }

  /** Depth and age of the queues on /metrics; asked when they are scraped. */
  watch(): void {
    metrics.gauge({
      name: 'job_queue_depth',
      help: 'Jobs in a queue, by state',
      labels: ['queue', 'state'],
      collect: async (gauge) => {
        const age = metrics.gauge({ name: 'job_queue_oldest_seconds', help: 'How long the oldest waiting job has waited', labels: ['queue'] });
        for (const view of await this.overview()) {
          for (const state of ['waiting', 'active', 'delayed', 'failed'] as const) gauge.set(view[state], { queue: view.name, state });
          age.set((view.oldestWaitingMs ?? 0) / 1_000, { queue: view.name });
        }
      },
    });
    metrics.gauge({
      name: 'job_connections',
      help: 'Connections that this process holds for its jobs',
      collect: async (gauge) => gauge.set(await this.connections()),
    });
  }

  private known(name: string): Promise<StoredQueue> {
    classOf(name);
    if (!this.isQueue(name)) throw new Error(`there is no queue ${name}`);
    return this.store.queue(name);
  }

  private async view(queue: StoredQueue): Promise<QueueView> {
    const counts = await queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed', 'completed');
    const waiting = (counts.waiting ?? 0) + (counts.prioritized ?? 0);
    const oldest = waiting === 0 ? [] : await queue.getJobs(['waiting', 'prioritized'], 0, 0, true);
    const since = oldest.map((job) => job.timestamp + job.delay).sort((a, b) => a - b)[0];
    return {
      name: queue.name,
      waiting,
      active: counts.active ?? 0,
      delayed: counts.delayed ?? 0,
      failed: counts.failed ?? 0,
      completed: counts.completed ?? 0,
      oldestWaitingMs: since === undefined ? null : Math.max(0, Date.now() - since),
    };
  }
}

const deadJob = (job: RunningJob): DeadJob => ({
  id: job.id ?? '',
  jobId: givenId(job.id ?? ''),
  name: job.name,
  reason: job.failedReason,
  attempts: job.attemptsMade,
  enqueuedAt: new Date(job.timestamp).toISOString(),
  failedAt: instant(job.finishedOn),
  priority: priorities.find((name) => priorityNumber[name] === job.priority) ?? 'normal',
});
