import { BroadcastHub, type BroadcastSubscription } from './broadcast-hub';
import { DeferredRunner } from './deferred-runner';
import { DeferredWatch } from './deferred-watch';
import type { RegisteredConsumer } from './event-run';
import { Isolation } from './isolation';
import { spread } from './loop';
import { messagingMetrics } from './metrics';
import type { Transport } from './transport';

export interface MessagingOptions {
  readonly transport: Transport;
  /** False in a process that serves requests only: it broadcasts, but leaves the consumers to the workers. */
  readonly consume?: boolean;
  readonly deferredPollMs?: number;
  /** How often it is measured how far the consumers are behind. */
  readonly measureMs?: number;
}

/** A runner that nobody tells anything looks by itself once in the time of so many polls, at the latest. */
const ownLooks = 24;

/** The messaging of one process: its consumers, its broadcast subscribers, and the transport that serves them. */
export class Messaging {
  private readonly hub = new BroadcastHub();
  private readonly isolation = new Isolation();
  private readonly registered = new Map<string, RegisteredConsumer>();
  private readonly runners = new Map<string, DeferredRunner>();
  private watch: DeferredWatch | undefined;
  private measuring: NodeJS.Timeout | undefined;
  private state: 'new' | 'running' | 'stopped' = 'new';

  constructor(private readonly options: MessagingOptions) {}

  get transport(): Transport {
    return this.options.transport;
  }

  get consumers(): RegisteredConsumer[] {
    return [...this.registered.values()];
  }

  /** Before the start. */
  register(consumer: RegisteredConsumer): void {
    const { name, service } = consumer.def;
    if (this.state !== 'new') throw new Error(`consumer ${name} is registered after the start`);
    if (this.registered.has(name)) throw new Error(`two consumers are called ${name}`);
    if (consumer.db.schema !== service) throw new Error(`consumer ${name} needs the database of ${service}, not of ${consumer.db.schema}`);
    this.registered.set(name, consumer);
  }

  /** Before the start; returns how to end the subscription. */
  subscribe(subscription: BroadcastSubscription): () => void {
    if (this.state !== 'new') throw new Error(`${subscription.name} subscribes after the start`);
    return this.hub.add(subscription);
  }

  async start(): Promise<void> {
    if (this.state !== 'new') throw new Error('messaging was started before');
    this.state = 'running';
    const consumers = this.options.consume === false ? [] : this.consumers;
    const pollMs = this.options.deferredPollMs ?? 5_000;
    for (const consumer of consumers) this.runners.set(consumer.def.name, new DeferredRunner(consumer, this.isolation, spread(pollMs * ownLooks)));
    const watch = new DeferredWatch(consumers, this.runners, pollMs);
    this.watch = watch;
    await this.transport.start({
      consumers,
      hub: this.hub,
      isolation: this.isolation,
      onDeferred: (name) => this.runners.get(name)?.wake(),
      onDeferredElsewhere: () => watch.wake(),
    });
    for (const runner of this.runners.values()) runner.start();
    watch.start();
    this.measuring = setInterval(() => void this.measure(consumers), this.options.measureMs ?? 15_000).unref();
  }

  /** Takes no more events; resolves when those in hand are done. What is left waits for the next start. */
  async stop(): Promise<void> {
    if (this.state !== 'running') return;
    this.state = 'stopped';
    clearInterval(this.measuring);
    await Promise.all([this.transport.stop(), this.watch?.stop(), ...[...this.runners.values()].map((runner) => runner.stop())]);
    await this.hub.drained();
  }

  /** Wakes what waits for deferred events, here and in other processes. */
  nudgeDeferred(consumer: string): void {
    this.runners.get(consumer)?.wake();
    this.transport.nudge();
  }

  private async measure(consumers: readonly RegisteredConsumer[]): Promise<void> {
    // Whatever keeps it from being measured is reported where it matters; the gauge keeps what it last knew.
    const lags = await this.transport.lags(consumers).catch(() => []);
    for (const [consumer, ofSources] of lags) {
      for (const { source, behind } of ofSources) messagingMetrics.behind.set(behind, { consumer, source });
    }
  }
}
