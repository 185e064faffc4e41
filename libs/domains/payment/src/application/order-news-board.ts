import { Injectable } from '@nestjs/common';

/** Somebody who waits for news of an order, for a while. What is told while they are busy is not missed. */
export class NewsListener {
  private hasCome = false;
  private isOver = false;
  private wake: (() => void) | null = null;
  private readonly timer: NodeJS.Timeout;

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
    this.isOver = true;
    this.leave(this);
    this.wake?.();
  }
}

/** Who waits for news of an order here is woken when they have been written down, and need not ask again and again. */
@Injectable()
export class OrderNewsBoard {
  private readonly waiting = new Map<string, Set<NewsListener>>();

  told(orderId: string): void {
    for (const listener of this.waiting.get(orderId) ?? []) listener.tell();
  }

  listen(orderId: string, withinMs: number): NewsListener {
    const listener = new NewsListener(withinMs, (one) => this.remove(orderId, one));
    this.waiting.set(orderId, (this.waiting.get(orderId) ?? new Set()).add(listener));
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
