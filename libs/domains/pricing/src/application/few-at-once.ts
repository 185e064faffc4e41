/**
 * Runs of one job in this process: so many at once, and who comes while they are at it is told by the next one that ends. A
 * job that leaves some of a long queue to the next one, and comes by itself every minute besides, would otherwise come to
 * stand in every place of its queue, and hold up what shares it.
 */
export class FewAtOnce {
  private running = 0;
  private asked = false;

  constructor(private readonly most: number) {}

  /** Null where enough are at it. `asked`: somebody came meanwhile, whose work may have been passed over. */
  async run<T>(work: () => Promise<T>): Promise<{ readonly done: T; readonly asked: boolean } | null> {
    if (this.running >= this.most) {
      this.asked = true;
      return null;
    }
    this.running += 1;
    try {
      const done = await work();
      const asked = this.asked;
      this.asked = false;
      return { done, asked };
    } finally {
      this.running -= 1;
    }
  }
}
