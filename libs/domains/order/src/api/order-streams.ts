import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { orderEvents, orderNoted, orderPriceChanged, orderResumed } from '@autobroker/contracts';
import { Broadcast, type EnvelopeOf } from '@autobroker/platform/messaging';
import { logger } from '@autobroker/platform/telemetry';
import { ReadOrders } from '../application/read-orders';
import type { Order } from '../domain/order';
import { entryJson } from './present-order';

const log = logger('orders.streams');
const watched = [...Object.values(orderEvents), orderNoted, orderPriceChanged, orderResumed] as const;
/** Proxies close what is silent for a minute. */
const pulseMs = 20_000;
/** An access token lives for a quarter of an hour: after that the client comes back with a new one and goes on where it was. */
const lifetimeMs = 15 * 60_000;
const perOrder = 50;

class Listener {
  private busy = false;
  private again = false;
  private readonly pulse: NodeJS.Timeout;
  private readonly end: NodeJS.Timeout;

  constructor(
    readonly order: Order,
    private after: number,
    private readonly reading: ReadOrders,
    readonly out: Readable,
  ) {
    this.pulse = setInterval(() => this.out.push(': still here\n\n'), pulseMs).unref();
    this.end = setTimeout(() => this.out.push(null), lifetimeMs).unref();
  }

  /** Tells what is new, in order and once, however often it is woken meanwhile. */
  async wake(): Promise<void> {
    this.again = true;
    if (this.busy) return;
    this.busy = true;
    try {
      while (this.again && !this.out.destroyed) {
        this.again = false;
        for (const entry of await this.reading.entries(this.order, this.after)) {
          this.after = entry.version;
          this.out.push(`id: ${entry.version}\nevent: ${entry.what}\ndata: ${JSON.stringify(entryJson(entry))}\n\n`);
        }
      }
    } catch (error) {
      // The client comes again and goes on after the last that it has seen.
      log.warn({ err: error }, 'a stream of an order ended early');
      this.out.push(null);
    } finally {
      this.busy = false;
    }
  }

  stop(): void {
    clearInterval(this.pulse);
    clearTimeout(this.end);
  }
}

/** Who is listening to which order in this process. Events only wake: what is told comes from the history. */
@Injectable()
@Broadcast(watched)
export class OrderStreams implements OnModuleDestroy {
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(private readonly reading: ReadOrders) {}

  handle({ data }: EnvelopeOf<(typeof watched)[number]>): void {
    for (const listener of this.listeners.get(data.order_id) ?? []) void listener.wake();
  }

  onGap(): void {
    for (const listeners of this.listeners.values()) for (const listener of listeners) void listener.wake();
  }

  /** Null where too many listen to this order already. */
  open(order: Order, after: number): Readable | null {
    const listeners = this.listeners.get(order.id) ?? new Set<Listener>();
    if (listeners.size >= perOrder) return null;
    const out = new Readable({ read: () => undefined });
    const listener = new Listener(order, after, this.reading, out);
    listeners.add(listener);
    this.listeners.set(order.id, listeners);
    out.once('close', () => this.close(order.id, listener));
    out.push('retry: 2000\n\n');
    void listener.wake();
    return out;
  }

  onModuleDestroy(): void {
    for (const listeners of this.listeners.values()) for (const { out } of listeners) out.push(null);
  }

  private close(orderId: string, listener: Listener): void {
    listener.stop();
    const listeners = this.listeners.get(orderId);
    listeners?.delete(listener);
    if (listeners?.size === 0) this.listeners.delete(orderId);
  }
}
