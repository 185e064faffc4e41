import { uuidv7 } from '@autobroker/kernel';
import {
  JobDataError,
  Jobs,
  JobStore,
  type EnqueueOptions,
  type JobDef,
  type JobInput,
  type JobsBackend,
} from '../jobs';

export interface RecordedJob {
  readonly job: string;
  readonly queue: string;
  readonly id: string;
  readonly data: unknown;
  readonly options: EnqueueOptions;
}

const refuse = (): never => {
  throw new Error('a recorder has no queues');
};

/** What a recorder stands on: nothing. */
const nowhere: JobsBackend = {
  kind: 'postgres',
  reliedOnS: 1,
  factory: refuse,
  ready: () => Promise.resolve(),
  connections: () => Promise.resolve(0),
  ping: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

/** Takes the place of `Jobs` where a spec only asks what was enqueued: checks the data as the real one does and runs nothing. */
export class JobRecorder extends Jobs {
  private recorded: RecordedJob[] = [];

  constructor() {
    super(new JobStore(nowhere, () => undefined));
  }

  override enqueue<D extends JobDef>(job: D, data: JobInput<D>, options: EnqueueOptions = {}): Promise<string> {
    const parsed = job.data.safeParse(data);
    if (!parsed.success) return Promise.reject(new JobDataError(`${job.queue}/${job.name}: ${parsed.error.message}`));
    const id = options.jobId ?? uuidv7();
    // The same id twice is one job, as in the queue.
    const known = this.recorded.some((one) => one.job === job.name && one.id === id);
    if (!known) this.recorded.push({ job: job.name, queue: job.queue, id, data, options });
    return Promise.resolve(id);
  }

  all(): readonly RecordedJob[] {
    return this.recorded;
  }

  of<D extends JobDef>(job: D): JobInput<D>[] {
    return this.recorded.filter((one) => one.job === job.name).map((one) => job.data.parse(one.data) as JobInput<D>);
  }

  clear(): void {
    this.recorded = [];
  }
}

export const recordJobs = (): JobRecorder => new JobRecorder();
