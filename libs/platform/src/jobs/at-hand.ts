/** More than this is not kept in memory: it goes into the queue, where other processes can take it. */
const room = 200;

export interface Task {
  /** The same work that has not begun yet is not taken on twice. */
  readonly name: string;
  /** The lower, the sooner; of equals, the first. */
  readonly rank: number;
  /** Never rejects. */
  readonly run: () => Promise<void>;
  /** It is not begun here any more. Never rejects. */
  readonly handOver: () => Promise<void>;
}

/** The tasks of one queue that this process does itself, a few at a time, the most urgent first. */
export class AtHand {
  private readonly waiting: Task[] = [];
  private readonly running = new Set<Promise<void>>();
  private closed = false;

  constructor(private readonly places: number) {}

  /** False where there is no room for it. */
  take(task: Task): boolean {
    if (this.closed || this.waiting.length >= room) return false;
    if (this.waiting.some(({ name }) => name === task.name)) return true;
    const before = this.waiting.findLastIndex(({ rank }) => rank <= task.rank);
    this.waiting.splice(before + 1, 0, task);
    this.next();
    return true;
  }

  /** Hands over what has not begun; resolves when the rest has ended. */
  async drain(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.running, ...this.waiting.splice(0).map((task) => task.handOver())]);
  }

  private next(): void {
    while (this.running.size < this.places) {
      const task = this.waiting.shift();
      if (task === undefined) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.running.add(promise);
      void task.run().finally(() => {
        this.running.delete(promise);
        resolve();
        this.next();
      });
    }
  }
}
