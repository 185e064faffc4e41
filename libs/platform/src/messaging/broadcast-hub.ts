import type { EventDef, EventEnvelope } from '@autobroker/contracts';
import { errors, logger } from '../telemetry';
import { deliver } from './delivery';
import { messagingMetrics } from './metrics';

const log = logger('messaging');

/** What every process sees for itself. */
export interface BroadcastSubscription {
  readonly name: string;
  readonly on: readonly EventDef[];
  handle(event: EventEnvelope): void | Promise<void>;
  onGap?(): void | Promise<void>;
}

type Item = { readonly event: EventEnvelope } | 'gap';

/** How many events may wait for one slow subscriber before it is told that it has missed some. */
const overflow = 10_000;

/** Hands broadcast events on, in order for each subscriber, without one being able to hold up another. */
export class BroadcastHub {
  private readonly queues: SubscriberQueue[] = [];

  add(subscription: BroadcastSubscription): () => void {
    const queue = new SubscriberQueue(subscription);
    this.queues.push(queue);
    return () => {
      const index = this.queues.indexOf(queue);
      if (index >= 0) this.queues.splice(index, 1);
    };
  }

  get events(): EventDef[] {
    return [...new Set(this.queues.flatMap((queue) => queue.subscription.on))];
  }

  get types(): string[] {
    return this.events.map((event) => event.type);
  }

  publish(source: string, message: unknown): void {
    const delivery = deliver(source, message);
    if (!delivery.valid) {
      // It was not an event, so nobody's cache can be stale by it; the consumers' dead letters hold it.
      log.warn({ source, type: delivery.type, reason: delivery.reason }, 'a broadcast event breaks its contract');
      return;
    }
    for (const queue of this.queues) if (queue.types.has(delivery.event.type)) queue.push({ event: delivery.event });
  }

  /** Some events may have gone by unseen. */
  gap(reason: string): void {
    if (this.queues.length === 0) return;
    messagingMetrics.gaps.inc();
    log.warn({ reason }, 'broadcast subscribers may have missed events');
    for (const queue of this.queues) queue.gap();
  }

  /** Resolves when everything handed in so far has been handled. */
  async drained(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.idle));
  }
}

class SubscriberQueue {
  readonly types: ReadonlySet<string>;
  idle: Promise<void> = Promise.resolve();
  private items: Item[] = [];
  private busy = false;

  constructor(readonly subscription: BroadcastSubscription) {
    this.types = new Set(subscription.on.map((event) => event.type));
  }

  push(item: Item): void {
    if (this.items.length >= overflow) return this.gap();
    this.items.push(item);
    if (!this.busy) this.idle = this.run();
  }

  /** After a gap everything is rebuilt, so what waits before it need not be handled any more. */
  gap(): void {
    this.items = ['gap'];
    if (!this.busy) this.idle = this.run();
  }

  private async run(): Promise<void> {
    this.busy = true;
    for (let item = this.items.shift(); item !== undefined; item = this.items.shift()) {
      try {
        // Awaited only where there is something to wait for: an invalidation takes effect at once.
        const pending = item === 'gap' ? this.subscription.onGap?.() : this.subscription.handle(item.event);
        if (pending !== undefined) await pending;
      } catch (error) {
        log.error({ subscriber: this.subscription.name, err: error }, 'a broadcast subscriber failed');
        errors.report(error);
        // It may hold something stale now: better to start afresh than to trust it.
        if (item !== 'gap') this.items.unshift('gap');
      }
    }
    this.busy = false;
  }
}
