import { logger } from '../telemetry';

const log = logger('jobs.waiting');

/** More than this is not kept: memory must not grow with the length of an outage. */
const room = 10_000;

/** Work that is to be put into a queue whose store is away, in the order in which it came. */
export class WaitingRoom {
  private readonly held: (() => Promise<unknown>)[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly isAway: (error: unknown) => boolean,
    private readonly pauseMs = 1_000,
  ) {}

  get size(): number {
    return this.held.length;
  }

  hold(name: string, putIn: () => Promise<unknown>): void {
    if (this.held.length >= room) {
      log.error({ job: name, held: this.held.length }, 'the store of the jobs is away and too many wait: a job was dropped');
      return;
    }
    if (this.held.length === 0) log.warn({ job: name }, 'the store of the jobs is away: jobs wait in this process');
    this.held.push(putIn);
    this.later();
  }

  /** One attempt at everything that waits; stops at the first that the store does not take. */
  async empty(): Promise<void> {
    for (let next = this.held[0]; next !== undefined; next = this.held[0]) {
      try {
        await next();
      } catch (error) {
        if (this.isAway(error)) return;
        log.error({ err: error }, 'a job that waited could not be enqueued');
      }
      if (this.held[0] === next) this.held.shift();
      if (this.held.length === 0) log.info('the store of the jobs is back: nothing waits any more');
    }
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.held.length > 0) log.error({ lost: this.held.length }, 'this process ends with jobs that no store took');
    this.held.length = 0;
  }

  private later(): void {
    if (this.timer !== null) return;
    this.timer = setTimeout(() => {
      void this.empty().finally(() => {
        this.timer = null;
        if (this.held.length > 0) this.later();
      });
    }, this.pauseMs);
    this.timer.unref();
  }
}
