import { AsyncLocalStorage } from 'node:async_hooks';
import { UnrecoverableError, WaitingError, Worker, type IQueueBackend, type JobProgress } from 'bullmq';
import { errors, logger, metrics, trace } from '../telemetry';
import type { JobContext, JobDef, JobInput, JobProcessor } from './define-job';
import { JobStoppedError, JobTimeoutError, runWithin } from './job-attempt';
import { backoffDelay, priorityNumber, settingsOf, type ClassSettings, type Overrides } from './job-classes';
import type { JobStore, RunningJob, StoredJob } from './job-store';
import { givenId, storedId, type HandOptions, type JobHands } from './jobs';
import { Places } from './places';

type StoredWorker = Worker<StoredJob, unknown, string, IQueueBackend, JobProgress, object>;

export interface RunnerOptions {
  readonly overrides?: Overrides;
  /** After how long a job whose process has died is given to another one. */
  readonly lockMs?: number;
  /** How long `drain` waits for running jobs before it aborts them. */
  readonly drainMs?: number;
}

const log = logger('jobs');
const seconds = metrics.histogram({
  name: 'job_run_seconds',
  help: 'Time of one attempt of a job, by queue, job and outcome (ok, failed, timeout, poison, stopped)',
  labels: ['queue', 'job', 'outcome'],
  buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 3_600],
});
const died = metrics.counter({ name: 'jobs_dead_total', help: 'Jobs that failed for good', labels: ['queue', 'job'] });
const recovered = metrics.counter({ name: 'jobs_stalled_total', help: 'Jobs taken over from a process that died', labels: ['queue'] });

interface Handler {
  readonly def: JobDef;
  readonly processor: JobProcessor;
}

interface Attempt {
  readonly queue: string;
  readonly name: string;
  readonly id: string;
  readonly number: number;
  readonly of: number;
  readonly parent: string | null;
}

/** Works the queues of a process: one BullMQ worker a queue, whatever the number of its jobs. */
export class JobRunner implements JobHands {
  private readonly handlers = new Map<string, Map<string, Handler>>();
  private readonly workers: StoredWorker[] = [];
  private readonly places = new Map<string, Places>();
  /** A task that was taken on belongs to nobody's request any more. */
  private readonly apart = AsyncLocalStorage.snapshot();
  private readonly stopping = new AbortController();
  private active = 0;

  constructor(
    private readonly store: JobStore,
    private readonly options: RunnerOptions = {},
  ) {}

  register(def: JobDef, processor: JobProcessor): void {
    const ofQueue = this.handlers.get(def.queue) ?? new Map<string, Handler>();
    if (ofQueue.has(def.name)) throw new Error(`job ${def.queue}/${def.name} has two handlers`);
    ofQueue.set(def.name, { def, processor });
    this.handlers.set(def.queue, ofQueue);
  }

  queues(): string[] {
    return [...this.handlers.keys()];
  }

  async start(): Promise<void> {
    await this.store.backend.ready();
    for (const queue of this.queues()) {
      const settings = settingsOf(queue, this.options.overrides);
      const places = new Places(settings.concurrency);
      this.places.set(queue, places);
      this.workers.push(this.work(queue, settings, places));
    }
    await Promise.all(this.workers.map((worker) => worker.waitUntilReady()));
  }

  get running(): number {
    return this.active;
  }

  /** Takes no new jobs, lets the running ones end, and aborts those that take too long: they run again elsewhere. */
  async drain(): Promise<void> {
    const impatience = setTimeout(() => this.stopping.abort(), this.options.drainMs ?? 20_000);
    impatience.unref();
    await Promise.all([...this.workers.splice(0).map((worker) => worker.close()), ...[...this.places.values()].map((one) => one.drain())]);
    clearTimeout(impatience);
  }

  /** An attempt before those that the queue gives it: what fails here is tried again from there. */
  takeOn<D extends JobDef>(job: D, data: JobInput<D>, { jobId, priority, queue }: HandOptions): boolean {
    const handler = this.handlers.get(job.queue)?.get(job.name);
    const places = this.places.get(job.queue);
    if (handler === undefined || places === undefined) return false;
    const settings = settingsOf(job.queue, this.options.overrides);
    const attempt: Attempt = { queue: job.queue, name: job.name, id: jobId, number: 1, of: settings.attempts + 1, parent: trace.traceparent() };
    const handOver = (delayMs: number): Promise<void> => queue(delayMs).catch((error: unknown) => log.error({ err: error, queue: job.queue, job: job.name, job_id: jobId }, 'a job could not be enqueued'));
    const run = async (): Promise<void> => {
      try {
        await this.perform(attempt, () => this.handle(settings, attempt, handler, handler.def.data.parse(data), async () => undefined));
      } catch (error) {
        await handOver(error instanceof JobStoppedError ? 0 : backoffDelay(settings, 1));
      }
    };
    const turn = { id: storedId(job, jobId), rank: priorityNumber[priority ?? settings.priority] };
    return places.take({ ...turn, name: `${job.name} ${JSON.stringify(data)}`, run: () => this.apart(run), handOver: () => handOver(0) });
  }

  private work(queue: string, settings: ClassSettings, places: Places): StoredWorker {
    const lockMs = this.options.lockMs ?? 30_000;
    const worker: StoredWorker = new Worker<StoredJob, unknown, string, IQueueBackend, JobProgress, object>(
      queue,
      (job, token) => this.inTurn(places, settings, job, token, () => this.attempt(queue, settings, job)),
      {
        connection: {},
        concurrency: settings.concurrency,
        lockDuration: lockMs,
        stalledInterval: lockMs,
        // A job that outlives several processes is more likely to kill them than to be unlucky.
        maxStalledCount: 3,
        drainDelay: this.store.backend.reliedOnS,
        runRetryDelay: 1_000,
        settings: { backoffStrategy: (attemptsMade) => backoffDelay(settings, attemptsMade) },
      },
      this.store.backend.factory,
    );
    worker.on('error', (error) => log.warn({ err: error, queue }, 'queue cannot be worked at the moment'));
    worker.on('stalled', (jobId) => {
      recovered.inc({ queue });
      log.warn({ queue, job_id: jobId }, 'job taken over from a process that died');
    });
    worker.on('failed', (job, error) => {
      if (job === undefined || job.finishedOn === undefined) return;
      died.inc({ queue, job: job.name });
      errors.report(error, 'jobs', { queue, job: job.name, job_id: job.id ?? '' });
    });
    return worker;
  }

  private async inTurn(places: Places, settings: ClassSettings, job: RunningJob, token: string | undefined, work: () => Promise<unknown>): Promise<unknown> {
    try {
      return await places.within({ id: job.id ?? '', rank: job.opts.priority ?? priorityNumber[settings.priority] }, work);
    } catch (error) {
      if (error instanceof JobStoppedError) await giveBack(job, token);
      throw error;
    }
  }

  private attempt(queue: string, settings: ClassSettings, job: RunningJob): Promise<unknown> {
    const attempt: Attempt = { queue, name: job.name, id: givenId(job.id ?? ''), number: job.attemptsMade + 1, of: job.opts.attempts ?? 1, parent: typeof job.data?.trace === 'string' ? job.data.trace : null };
    return this.perform(attempt, async () => {
      const handler = this.handlers.get(queue)?.get(job.name);
      if (handler === undefined) return this.withoutHandler(queue, job);
      return this.handle(settings, attempt, handler, parseData(handler.def, job), (value) => job.updateProgress(value));
    });
  }

  private handle({ timeoutMs }: ClassSettings, { id: jobId, number: attempt, of: attempts }: Attempt, { processor }: Handler, data: unknown, progress: JobContext['progress']): Promise<unknown> {
    return runWithin(timeoutMs, this.stopping.signal, (signal) => processor.run(data, { jobId, attempt, attempts, signal, progress }));
  }

  private async perform({ queue, name, id, number, of, parent }: Attempt, work: () => Promise<unknown>): Promise<unknown> {
    const started = performance.now();
    let outcome = 'failed';
    this.active += 1;
    try {
      const result = await trace.run({ name: `job ${queue}/${name}`, parent, attributes: { 'job.id': id } }, work);
      outcome = 'ok';
      return result === undefined ? null : result;
    } catch (error) {
      if (error instanceof UnrecoverableError) outcome = 'poison';
      else if (error instanceof JobTimeoutError) outcome = 'timeout';
      else if (error instanceof JobStoppedError) outcome = 'stopped';
      if (outcome === 'stopped') throw error;
      const facts = { err: error, queue, job: name, job_id: id, attempt: number, outcome };
      // One that is tried again by itself is no reason to look.
      if (outcome !== 'poison' && number < of) log.info(facts, 'job attempt failed; another follows');
      else log.warn(facts, 'job attempt failed');
      throw error;
    } finally {
      this.active -= 1;
      seconds.observe((performance.now() - started) / 1_000, { queue, job: name, outcome });
    }
  }

  private async withoutHandler(queue: string, job: RunningJob): Promise<unknown> {
    if (job.repeatJobKey !== undefined && (await (await this.store.queue(queue)).getJobScheduler(job.repeatJobKey)) === undefined) {
      return 'the schedule of this turn was removed';
    }
    // During a roll-out an older process may meet a newer job: another attempt may find a newer process.
    throw new Error(`no handler for job ${queue}/${job.name} in this process`);
  }
}

/** That the process stops is not the job's fault: it goes back to the queue with the attempt not counted. */
const giveBack = async (job: RunningJob, token: string | undefined): Promise<never> => {
  await job.moveToWait(token);
  throw new WaitingError();
};

const parseData = (def: JobDef, job: RunningJob): unknown => {
  const parsed = def.data.safeParse(job.data?.data);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(data)'} ${issue.message}`).join('; ');
  throw new UnrecoverableError(`the data does not fit the job: ${where}`);
};
