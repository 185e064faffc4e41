import { JobStoppedError } from './job-attempt';

/** More than this is not kept in memory: it goes into the queue, where other processes can take it. */
const room = 200;

/** Whose turn it is: of one job only one attempt at a time. */
export interface Turn {
  readonly id: string;
  /** The lower, the sooner; of equals, the first. */
  readonly rank: number;
}

/** Work that a process does itself, without the way through the store. */
export interface Task extends Turn {
  /** The same work that has not begun yet is not taken on twice. */
  readonly name: string;
  /** Never rejects. */
  readonly run: () => Promise<void>;
  /** It is not begun here any more. Never rejects. */
  readonly handOver: () => Promise<void>;
}

interface Waiting extends Turn {
  /** Null for what the queue has given. */
  readonly name: string | null;
  readonly begin: (leave: () => void) => void;
  readonly turnAway: () => void | Promise<void>;
}

/**
 * The places of one queue in this process. What it does itself and what the queue gives it share them, and of one job not
 * both go on at once. In another process the same job may: handlers bear that, as they bear a job whose process has died.
 */
export class Places {
  private readonly waiting: Waiting[] = [];
  /** The jobs that have a place. */
  private readonly taken = new Set<string>();
  private readonly empty = Promise.withResolvers<void>();
  private closed = false;

  constructor(private readonly places: number) {}

  /** False where there is no room for it. */
  take({ id, rank, name, run, handOver }: Task): boolean {
    if (this.closed || this.waiting.length >= room) return false;
    if (this.waiting.some((other) => other.name === name)) return true;
    this.line({ id, rank, name, begin: (leave) => void run().finally(leave), turnAway: handOver });
    return true;
  }

  /** What the queue gives: it waits for a place, and for the end of the same job where that goes on already. */
  async within<T>({ id, rank }: Turn, work: () => Promise<T>): Promise<T> {
    const leave = await new Promise<() => void>((begin, reject) => {
      const turnAway = (): void => reject(new JobStoppedError('the process is stopping'));
      if (this.closed) turnAway();
      else this.line({ id, rank, name: null, begin, turnAway });
    });
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Hands over and gives back what has not begun; resolves when the rest has ended. */
  async drain(): Promise<void> {
    this.closed = true;
    const away = this.waiting.splice(0).map((one) => one.turnAway());
    this.next();
    await Promise.all([this.empty.promise, ...away]);
  }

  private line(one: Waiting): void {
    const before = this.waiting.findLastIndex(({ rank }) => rank <= one.rank);
    this.waiting.splice(before + 1, 0, one);
    this.next();
  }

  private next(): void {
    while (this.taken.size < this.places) {
      const at = this.waiting.findIndex(({ id }) => !this.taken.has(id));
      const [one] = at < 0 ? [] : this.waiting.splice(at, 1);
      if (one === undefined) break;
      this.taken.add(one.id);
      one.begin(() => {
        this.taken.delete(one.id);
        this.next();
      });
    }
    if (this.closed && this.taken.size === 0) this.empty.resolve();
  }
}
