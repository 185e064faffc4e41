/** The sandbox's time: the machine's, moved forward by whoever asks. */
export class SandboxClock {
  private readonly waiting = new Set<() => void>();

  constructor(
    private offset: number,
    private readonly real: () => number = Date.now,
  ) {}

  now(): Date {
    return new Date(this.real() + this.offset);
  }

  get offsetMs(): number {
    return this.offset;
  }

  /** Time never goes back: what has been sold would not be on offer again. */
  advance(ms: number): void {
    this.offset += Math.max(0, Math.round(ms));
    for (const wake of [...this.waiting]) wake();
  }

  /** Until the offset is another than the one known, the time is over or the asker has gone. */
  moved(known: number, waitMs: number, gone: AbortSignal): Promise<void> {
    if (known !== this.offset || waitMs <= 0 || gone.aborted) return Promise.resolve();
    return new Promise((done) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.waiting.delete(finish);
        gone.removeEventListener('abort', finish);
        done();
      };
      const timer = setTimeout(finish, waitMs);
      this.waiting.add(finish);
      gone.addEventListener('abort', finish, { once: true });
    });
  }

  /** Lets everybody go who still waits. */
  close(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
