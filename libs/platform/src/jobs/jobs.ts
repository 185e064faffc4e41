import { setTimeout as pause } from 'node:timers/promises';
import { uuidv7 } from '@autobroker/kernel';
import { trace } from '../telemetry';
import type { JobDef, JobInput } from './define-job';
import { priorityNumber, settingsOf, type ClassSettings, type Overrides, type Priority } from './job-classes';
import type { JobStore } from './job-store';
import { WaitingRoom } from './waiting-room';

export interface EnqueueOptions {
  /** The same id twice is one run, for as long as the finished job is remembered (a day; dead ones a month). */
  readonly jobId?: string;
  readonly delayMs?: number;
  readonly priority?: Priority;
}

export class JobDataError extends Error {
  override readonly name = 'JobDataError';
}

/** How long finished jobs are remembered: completed ones to refuse doubles, dead ones to be looked at and replayed. */
export const retention = {
  removeOnComplete: { age: 24 * 3_600, count: 10_000 },
  removeOnFail: { age: 30 * 24 * 3_600, count: 10_000 },
} as const;

/** In a queue ids must not clash between jobs, be mere digits, nor hold a colon. */
export const storedId = (job: JobDef, id: string): string =>
  `${job.name}~${id.replaceAll('~', '~0').replaceAll(':', '~1')}`;
export const givenId = (stored: string): string =>
  stored.slice(stored.indexOf('~') + 1).replaceAll('~1', ':').replaceAll('~0', '~');

/** Try again later with the same job id: it may have been enqueued or not. */
export class JobStoreAwayError extends Error {
  override readonly name = 'JobStoreAwayError';
  readonly code = 'job_store_away';
}

/** Does work in this process; false where it does not work the queue, or has no room. */
export interface JobHands {
  takeOn<D extends JobDef>(job: D, data: JobInput<D>, options: HandOptions): boolean;
}

export interface HandOptions {
  readonly jobId: string;
  readonly priority?: Priority | undefined;
  /** Puts it into the queue after all. */
  readonly queue: (delayMs: number) => Promise<void>;
}

const patienceMs = 5_000;
const maxIdLength = 240;

export const optionsOf = (settings: ClassSettings, priority: Priority = settings.priority) => ({
  attempts: settings.attempts,
  backoff: { type: 'doubling' },
  priority: priorityNumber[priority],
  stackTraceLimit: 5,
  ...retention,
});

/** Puts work into queues. */
export class Jobs {
  private readonly waiting = new WaitingRoom((error) => error instanceof JobStoreAwayError);

  constructor(
    private readonly store: JobStore,
    private readonly overrides: Overrides = {},
    private readonly hands: JobHands | null = null,
  ) {}

  /** Gives the id of the job, which is the existing one's when it was enqueued before. */
  async enqueue<D extends JobDef>(job: D, data: JobInput<D>, options: EnqueueOptions = {}): Promise<string> {
    const jobId = checked(job, data, options.jobId);
    const stored = { data, trace: trace.traceparent() };
    const settings = {
      ...optionsOf(settingsOf(job.queue, this.overrides), options.priority),
      jobId: storedId(job, jobId),
      ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
    };
    await inTime(this.store.queue(job.queue).then((queue) => queue.add(job.name, stored, settings)));
    return jobId;
  }

  /**
   * For work that follows from what is committed already: nobody can be told any more that it failed. While the store is away
   * it waits in this process. What must outlive the process as well needs a sweep that asks for it again.
   */
  async enqueueEventually<D extends JobDef>(job: D, data: JobInput<D>, options: EnqueueOptions = {}): Promise<string> {
    const jobId = options.jobId ?? uuidv7();
    const putIn = (): Promise<string> => this.enqueue(job, data, { ...options, jobId });
    try {
      return await putIn();
    } catch (error) {
      if (!(error instanceof JobStoreAwayError)) throw error;
      this.waiting.hold(job.name, putIn);
      return jobId;
    }
  }

  /**
   * The same, for what somebody may be waiting for: a process that works the queue does it at once, without the way through
   * the store. Only what fails, and what there is no room for, is put into the queue. Until then it stands nowhere but in what
   * was committed: only for work that a sweep asks for again.
   */
  async soon<D extends JobDef>(job: D, data: JobInput<D>, options: Pick<EnqueueOptions, 'jobId' | 'priority'> = {}): Promise<string> {
    const jobId = checked(job, data, options.jobId);
    const queue = async (delayMs: number): Promise<void> => {
      await this.enqueueEventually(job, data, { ...options, jobId, ...(delayMs > 0 ? { delayMs } : {}) });
    };
    if (this.hands?.takeOn(job, data, { jobId, priority: options.priority, queue }) !== true) await queue(0);
    return jobId;
  }

  /** A last attempt at what still waits. */
  async close(): Promise<void> {
    await this.waiting.empty();
    this.waiting.close();
  }
}

/** Its id; throws over data that does not fit the job. */
function checked<D extends JobDef>(job: D, data: JobInput<D>, jobId: string = uuidv7()): string {
  const parsed = job.data.safeParse(data);
  if (!parsed.success) {
    const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(data)'} ${issue.message}`).join('; ');
    throw new JobDataError(`${job.queue}/${job.name}: ${where}`);
  }
  if (jobId === '' || jobId.length > maxIdLength) throw new JobDataError(`a job id has 1 to ${maxIdLength} characters`);
  return jobId;
}

/** A store that is away must not hold up who enqueues. What arrives late after all is a repeat of the same job id. */
const inTime = async (work: Promise<unknown>): Promise<void> => {
  const controller = new AbortController();
  const late = pause(patienceMs, undefined, { signal: controller.signal, ref: false }).then(
    () => Promise.reject(new JobStoreAwayError(`the store of the jobs did not answer within ${patienceMs} ms`)),
    () => undefined,
  );
  try {
    await Promise.race([work, late]);
  } catch (error) {
    // The data was checked before: what fails here is the store.
    if (error instanceof JobStoreAwayError) throw error;
    throw new JobStoreAwayError('the store of the jobs did not take a job', { cause: error });
  } finally {
    controller.abort();
    work.catch(() => undefined);
  }
};
