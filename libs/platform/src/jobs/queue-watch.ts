import { logger } from '../telemetry';

const log = logger('jobs');

/** Which of these queues have something that a worker could take. */
export type Ready = (queues: readonly string[]) => Promise<readonly string[]>;

/**
 * Whoever waits for a job is told of it. Should that ever get lost, or the clock be set forward past a job's time, this finds
 * the job: it asks for all queues at which somebody in this process waits, at once.
 */
export class QueueWatch {
  /** By queue, how to end the waits there. */
  private readonly waits = new Map<string, Set<() => void>>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly ready: Ready,
    private readonly pollMs: number,
  ) {}

  async within<T>(queue: string, end: () => void, wait: () => Promise<T>): Promise<T> {
    const waits = this.waits.get(queue) ?? new Set();
    this.waits.set(queue, waits.add(end));
    this.later();
    try {
      return await wait();
    } finally {
      waits.delete(end);
      if (waits.size === 0 && this.waits.get(queue) === waits) this.waits.delete(queue);
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private later(): void {
    if (this.closed || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      void this.look().finally(() => {
        this.timer = undefined;
        if (this.waits.size > 0) this.later();
      });
    }, this.pollMs);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    if (this.waits.size === 0) return;
    try {
      for (const queue of await this.ready([...this.waits.keys()])) for (const end of this.waits.get(queue) ?? []) end();
    } catch (error) {
      // Whoever waits hears of a lost connection by itself.
      log.debug({ err: error }, 'the queues cannot be looked at');
    }
  }
}
