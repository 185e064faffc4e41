import { Injectable } from '@nestjs/common';

/** News that are out and may still have to be written down by another process are looked for after so long, and then after twice as long each time. */
const firstAgainMs = 25;
/** So long ago at most were news told that may not be written down yet. */
const underWayMs = 5_000;

/** Somebody who waits for news of an order, for a while. What is told while they are busy is not missed. */
export class NewsListener {
  private hasCome = false;
  private isOver = false;
  private wake: (() => void) | null = null;
  private readonly timer: NodeJS.Timeout;
  private again: NodeJS.Timeout | undefined;

  constructor(
    withinMs: number,
    private readonly leave: (listener: NewsListener) => void,
  ) {
    this.timer = setTimeout(() => this.stop(), withinMs);
  }

  tell(): void {
    this.hasCome = true;
    this.wake?.();
  }

  /** News are out; when they are written down nobody may say here. Hardly yet: it is looked a moment later. */
  expect(afterMs = firstAgainMs): void {
    if (this.isOver) return;
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      this.tell();
      this.expect(afterMs * 2);
    }, afterMs);
  }

  /** True when something was told since the last time; false when the time is over. */
  async next(): Promise<boolean> {
    if (!this.hasCome && !this.isOver) await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = null;
    const hasCome = this.hasCome;
    this.hasCome = false;
    return hasCome;
  }

  stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.again);
    this.isOver = true;
    this.leave(this);
    this.wake?.();
  }
}

/** Who waits for news of an order here is woken when they have been written down, and need not ask again and again. */
@Injectable()
export class OrderNewsBoard {
  private readonly waiting = new Map<string, Set<NewsListener>>();
  /** Orders whose news were out a moment ago, each until it is forgotten. */
  private readonly out = new Map<string, NodeJS.Timeout>();

  /** Written down, here. */
  told(orderId: string): void {
    for (const listener of this.waiting.get(orderId) ?? []) listener.tell();
  }

  /** News are out that another process may write down, before this or after it: who waits looks until they are there. */
  announced(orderId: string): void {
    clearTimeout(this.out.get(orderId));
    this.out.set(orderId, setTimeout(() => this.out.delete(orderId), underWayMs).unref());
    for (const listener of this.waiting.get(orderId) ?? []) listener.expect();
  }

  listen(orderId: string, withinMs: number): NewsListener {
    const listener = new NewsListener(withinMs, (one) => this.remove(orderId, one));
    this.waiting.set(orderId, (this.waiting.get(orderId) ?? new Set()).add(listener));
    if (this.out.has(orderId)) listener.expect();
    return listener;
  }

  get size(): number {
    return this.waiting.size;
  }

  private remove(orderId: string, listener: NewsListener): void {
    const all = this.waiting.get(orderId);
    all?.delete(listener);
    if (all?.size === 0) this.waiting.delete(orderId);
  }
}
