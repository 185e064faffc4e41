/**
 * What the consumers of one process have in work. When a process dies, nobody knows which of that did it; so whatever was in
 * work at such a death is taken again only while nothing else is. Should the process die once more, that one is to blame.
 */
export class Isolation {
  private readonly inWork = new Set<Promise<unknown>>();
  private alone: Promise<void> | undefined;

  /** Does a piece of work beside others. */
  async among<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.alone !== undefined) await this.alone;
    const running = work();
    this.inWork.add(running);
    try {
      return await running;
    } finally {
      this.inWork.delete(running);
    }
  }

  /** Does a piece of work when all others have ended, and before others begin. */
  async apart<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.alone !== undefined) await this.alone;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.alone = promise;
    try {
      await Promise.allSettled(this.inWork);
      return await work();
    } finally {
      this.alone = undefined;
      resolve();
    }
  }
}
