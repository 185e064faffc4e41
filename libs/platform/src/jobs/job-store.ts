import { type Job, Queue, type IQueueBackend } from 'bullmq';
import type { JobsBackend } from './backend';

/** What is stored of a job: its data and the trace of what caused it. */
export interface StoredJob {
  readonly data: unknown;
  readonly trace: string | null;
}

export type StoredQueue = Queue<StoredJob, unknown, string, StoredJob, unknown, string, IQueueBackend, object>;
export type RunningJob = Job<StoredJob, unknown>;

/** The queues of a process, made when first used. */
export class JobStore {
  private readonly queues = new Map<string, StoredQueue>();

  constructor(
    readonly backend: JobsBackend,
    private readonly onError: (queue: string, error: Error) => void,
  ) {}

  async queue(name: string): Promise<StoredQueue> {
    await this.backend.ready();
    const existing = this.queues.get(name);
    if (existing !== undefined) return existing;
    const queue: StoredQueue = new Queue<StoredJob, unknown, string, StoredJob, unknown, string, IQueueBackend, object>(
      name,
      { connection: {} },
      this.backend.factory,
    );
    queue.on('error', (error: Error) => this.onError(name, error));
    this.queues.set(name, queue);
    return queue;
  }

  /** Queues that this process has used. */
  used(): StoredQueue[] {
    return [...this.queues.values()];
  }

  async close(): Promise<void> {
    await Promise.all(this.used().map((queue) => queue.close()));
    this.queues.clear();
    await this.backend.close();
  }
}
