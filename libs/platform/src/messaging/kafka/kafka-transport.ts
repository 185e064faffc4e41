import type { Client } from 'pg';
import { BroadcastHub } from '../broadcast-hub';
import { commitSignal, type CommitSignal } from '../../outbox';
import type { Database } from '../../database';
import { sourcesOf } from '../consumer-def';
import type { RegisteredConsumer } from '../event-run';
import { Isolation } from '../isolation';
import { Lane } from '../lane';
import { LaneWorker } from '../lane-worker';
import { spread } from '../loop';
import { Notifier, type News } from '../postgres/notifier';
import { OffsetWatch } from '../postgres/offset-watch';
import { OutboxReader, type EventsQuery } from '../postgres/outbox-reader';
import { Tail } from '../postgres/tail';
import type { RewindTarget, SourceLag, Transport, TransportPlan } from '../transport';
import type { KafkaConnection } from './connection';
import { KafkaReader } from './kafka-reader';
import { Relay } from './relay';
import { TopicLog } from './topic-log';
import { TopicTail } from './topic-tail';

export interface KafkaTransportOptions {
  readonly connection: KafkaConnection;
  readonly topicPrefix: string;
  readonly partitions: number;
  readonly replicas: number;
  /** Every service there is: a topic each. */
  readonly services: readonly string[];
  /** The services whose outboxes this process carries to Kafka. */
  readonly relay: readonly Database[];
  readonly query: EventsQuery;
  readonly connect: () => Promise<Client>;
  readonly signal?: CommitSignal;
}

/** How long a start waits for brokers that are away; the process comes up without them after that. */
const startPatienceMs = 10_000;

/** How often the stored offsets of all consumers are read. */
const offsetsMs = 5_000;

/**
 * After how long, at the latest, a consumer looks by itself beside being woken: a partition's new leader may not give out at
 * once what the one before it had shown to who waits at the end.
 */
const ownMs = 30_000;

/** Events go from the outboxes to Kafka, a topic per service, and consumers read them there. */
export class KafkaTransport implements Transport {
  readonly name = 'kafka';
  /** One connection waits at the ends of the topics; another fetches, so that it never queues behind the waiting. */
  private readonly tailReader: KafkaReader;
  private readonly reader: KafkaReader;
  private readonly outboxes: OutboxReader;
  private readonly notifier: Notifier;
  private readonly topics: ReadonlyMap<string, string>;
  private relays: Relay[] = [];
  private readonly workers: LaneWorker[] = [];
  private offsetWatch: OffsetWatch | undefined;
  private outboxTail: Tail | undefined;
  private topicTail: TopicTail | undefined;
  private unsubscribe: (() => void) | undefined;
  private plan: TransportPlan = {
    consumers: [],
    hub: new BroadcastHub(),
    isolation: new Isolation(),
    onDeferred: () => undefined,
    onDeferredElsewhere: () => undefined,
  };
  private stopping = false;

  constructor(private readonly options: KafkaTransportOptions) {
    this.tailReader = new KafkaReader(options.connection);
    this.reader = new KafkaReader(options.connection);
    this.outboxes = new OutboxReader(options.query);
    this.notifier = new Notifier({ connect: options.connect, onNotified: (news) => this.notified(news), onReconnected: () => this.outboxTail?.lostTrack() });
    this.topics = new Map(options.services.map((service) => [this.topicOf(service), service]));
  }

  async start(plan: TransportPlan): Promise<void> {
    this.plan = plan;
    await this.startRelays();
    this.topicTail = new TopicTail({
      reader: this.tailReader,
      hub: plan.hub,
      topics: this.topics,
      discover: () => this.discover(),
      onNew: (topic, partition, types) => {
        const log = logName(topic, partition);
        for (const worker of this.workers) if (worker.log === log && (types.has('*') || worker.hears(log, types))) worker.wake();
      },
    });
    await this.topicTail.start(startPatienceMs);
    this.offsetWatch = new OffsetWatch(this.outboxes, [...new Set(plan.consumers.map(({ def }) => def.service))].sort(), this.workers, offsetsMs);
    this.offsetWatch.start();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all([this.topicTail?.stop(), this.outboxTail?.stop(), this.offsetWatch?.stop(), ...this.workers.map((worker) => worker.stop())]);
    // After the consumers: what they have published in the meantime still leaves.
    await Promise.all(this.relays.map((relay) => relay.stop()));
    this.unsubscribe?.();
    await Promise.all([this.notifier.stop(), this.reader.close()]);
  }

  async health(): Promise<{ ok: boolean; detail?: string }> {
    try {
      await this.reader.ping();
      return { ok: true };
    } catch {
      return { ok: false, detail: 'Kafka does not answer; events wait in the outbox' };
    }
  }

  async lags(consumers: readonly RegisteredConsumer[]): Promise<Map<string, SourceLag[]>> {
    const found = new Map<string, SourceLag[]>();
    for (const consumer of consumers) found.set(consumer.def.name, await this.lag(consumer));
    return found;
  }

  private async lag(consumer: RegisteredConsumer): Promise<SourceLag[]> {
    const lags = new Map<string, number>();
    for (const lane of await this.lanesOf(consumer)) {
      const position = await lane.storedPosition();
      const behind = position === undefined ? 0 : (await lane.reader.behind(position)).count;
      lags.set(lane.identity.source, (lags.get(lane.identity.source) ?? 0) + behind);
    }
    return [...lags].map(([source, behind]) => ({ source, behind, oldest: null }));
  }

  async rewind(consumer: RegisteredConsumer, target: RewindTarget): Promise<void> {
    const { name, service } = consumer.def;
    for (const lane of await this.lanesOf(consumer)) {
      await lane.move(target, async (tx) => {
        if (target === 'now') return;
        await tx.query(`delete from ${service}.inbox where consumer = $1 and source = $2 and ($3::timestamptz is null or occurred_at >= $3)`, [
          name,
          lane.identity.source,
          target === 'beginning' ? null : target,
        ]);
      });
    }
    for (const worker of this.workers) if (worker.consumer === name) worker.reset();
    this.notifier.notify();
  }

  nudge(): void {
    this.notifier.notify('deferred');
  }

  /** The outboxes are followed only for the relays: broadcasts come from the topics. */
  private async startRelays(): Promise<void> {
    this.relays = this.options.relay.map((db) => new Relay(db, this.outboxes, this.options.connection, this.topicOf(db.schema)));
    const of = (source: string): Relay | undefined => this.relays.find((relay) => relay.source === source);
    const tail = new Tail(this.outboxes, {
      sources: this.relays.map((relay) => relay.source),
      hub: new BroadcastHub(),
      onNew: (source) => of(source)?.wake(),
      onAfresh: (source) => of(source)?.reset(),
      horizons: new Map(),
      telling: this.notifier,
      pollMs: { busy: 250, idle: 500 },
    });
    this.outboxTail = tail;
    this.unsubscribe = (this.options.signal ?? commitSignal).onCommitted(() => {
      tail.wake();
      this.notifier.announce();
    });
    this.notifier.start();
    await tail.start();
  }

  /** Topics and their partitions, with a lane for every consumer at each; run again, it adds what is new. */
  private async discover(): Promise<ReadonlyMap<string, number>> {
    const { partitions, replicas } = this.options;
    await this.tailReader.ensureTopics([...this.topics.keys()], { partitions, replicas });
    for (const relay of this.relays) relay.start();
    const counts = await this.tailReader.partitionsOf([...this.topics.keys()]);
    for (const consumer of this.plan.consumers) {
      for (const lane of this.lanes(consumer, counts)) {
        const { consumer: name, log } = lane.identity;
        if (this.stopping || this.workers.some((worker) => worker.consumer === name && worker.log === log)) continue;
        const worker = new LaneWorker(consumer, lane, this.plan, spread(ownMs));
        // Before the tail stands at the ends: a consumer of what comes next begins no later than that.
        await lane.storedPosition();
        this.workers.push(worker);
        worker.start();
      }
    }
    return counts;
  }

  private async lanesOf(consumer: RegisteredConsumer): Promise<Lane<TopicLog>[]> {
    return this.lanes(consumer, await this.reader.partitionsOf([...this.topics.keys()]));
  }

  private lanes(consumer: RegisteredConsumer, counts: ReadonlyMap<string, number>): Lane<TopicLog>[] {
    const { name, on, types, startFrom } = consumer.def;
    return sourcesOf(on, this.options.services).flatMap((source) => {
      const topic = this.topicOf(source);
      return Array.from({ length: counts.get(topic) ?? 0 }, (_, partition) => {
        const reader = new TopicLog(this.reader, topic, partition, source, new Set(types));
        return new Lane(consumer.db, reader, { consumer: name, source, log: logName(topic, partition), startFrom });
      });
    });
  }

  private notified(news: News): void {
    this.outboxTail?.wake();
    if (news === 'deferred') this.plan.onDeferredElsewhere();
  }

  private topicOf(service: string): string {
    return `${this.options.topicPrefix}.${service}`;
  }
}

/** The name of a partition among a consumer's offsets. */
const logName = (topic: string, partition: number): string => `kafka:${topic}/${partition}`;
