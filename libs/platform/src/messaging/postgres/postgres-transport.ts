import type { Client } from 'pg';
import { commitSignal, type CommitSignal } from '../../outbox';
import { sourcesOf } from '../consumer-def';
import type { RegisteredConsumer } from '../event-run';
import { Lane } from '../lane';
import { LaneWorker } from '../lane-worker';
import { spread } from '../loop';
import type { RewindTarget, SourceLag, Transport, TransportPlan } from '../transport';
import { Notifier, type News } from './notifier';
import { Offsets, OffsetWatch } from './offset-watch';
import { type Horizons, OutboxLog } from './outbox-log';
import { OutboxReader, type EventsQuery, type Place } from './outbox-reader';
import { Recent } from './recent';
import { Tail } from './tail';

/** How often the stored offsets of all consumers are read, and after how long, at the latest, a consumer looks by itself beside that. */
const offsetsMs = 5_000;
const ownMs = 120_000;

export interface PostgresTransportOptions {
  /** Reads with the rights of the events role. */
  readonly query: EventsQuery;
  /** A session of one's own, for LISTEN. */
  readonly connect: () => Promise<Client>;
  /** Every service whose outbox may be in this database. */
  readonly services: readonly string[];
  readonly signal?: CommitSignal;
  readonly pollMs?: { readonly busy: number; readonly idle: number };
}

/** Consumers read the outbox tables themselves: nothing but PostgreSQL is needed. */
export class PostgresTransport implements Transport {
  readonly name = 'postgres';
  private readonly reader: OutboxReader;
  private readonly notifier: Notifier;
  private readonly recent: Recent;
  private workers: LaneWorker[] = [];
  private tail: Tail | undefined;
  private unsubscribe: (() => void) | undefined;
  private offsetWatch: OffsetWatch | undefined;
  private onDeferredElsewhere: () => void = () => undefined;
  /** By source, the types that its consumers here hear. */
  private heard: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(private readonly options: PostgresTransportOptions) {
    this.recent = new Recent({ wanted: (source) => this.heard.get(source) ?? [], trusted: () => this.notifier.listening });
    this.reader = new OutboxReader(options.query);
    this.notifier = new Notifier({ connect: options.connect, onNotified: (news) => this.notified(news), onReconnected: () => this.tail?.lostTrack() });
  }

  async start(plan: TransportPlan): Promise<void> {
    this.onDeferredElsewhere = plan.onDeferredElsewhere;
    this.workers = plan.consumers.flatMap((consumer) =>
      this.sources(consumer).map((source) => new LaneWorker(consumer, this.lane(consumer, source), plan, spread(ownMs))),
    );
    this.heard = this.heardBy(plan.consumers);
    const tail = new Tail(this.reader, {
      sources: [...new Set([...this.options.services, ...this.workers.map((worker) => worker.log)])],
      hub: plan.hub,
      onNew: (source, types) => {
        for (const worker of this.workers) if (worker.hears(source, types)) worker.wake();
      },
      onAfresh: (source) => {
        for (const worker of this.workers) if (worker.log === source) worker.reset();
      },
      horizons: this.horizons,
      recent: this.recent,
      telling: this.notifier,
      pollMs: this.options.pollMs ?? { busy: 250, idle: 500 },
    });
    this.tail = tail;
    this.unsubscribe = (this.options.signal ?? commitSignal).onCommitted(() => {
      tail.wake();
      this.notifier.announce();
    });
    this.notifier.start();
    await tail.start();
    for (const worker of this.workers) worker.start();
    this.offsetWatch = new OffsetWatch(this.reader, servicesOf(plan.consumers), this.workers, offsetsMs);
    this.offsetWatch.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.tail?.stop(), this.offsetWatch?.stop(), ...this.workers.map((worker) => worker.stop())]);
    // Last: what the handlers have published in the meantime is still announced.
    this.unsubscribe?.();
    await this.notifier.stop();
  }

  async health(): Promise<{ ok: boolean; detail?: string }> {
    await this.options.query('select 1');
    return this.notifier.listening ? { ok: true } : { ok: true, detail: 'polling: not listening for notifications' };
  }

  async lags(consumers: readonly RegisteredConsumer[]): Promise<Map<string, SourceLag[]>> {
    const offsets = new Offsets(await this.reader.offsets(servicesOf(consumers)));
    const places: (Place & { readonly consumer: string })[] = [];
    const lags = new Map<string, SourceLag[]>();
    for (const consumer of consumers) {
      const { name, types } = consumer.def;
      lags.set(name, []);
      for (const source of this.sources(consumer)) {
        // One that never ran has to find out where it begins.
        const position = offsets.at(name, source) ?? (await this.lane(consumer, source).storedPosition());
        if (position === undefined) lags.get(name)?.push({ source, behind: 0, oldest: null });
        else places.push({ consumer: name, source, position, types });
      }
    }
    const found = await this.reader.behindAll(places);
    for (const [n, { consumer, source }] of places.entries()) lags.get(consumer)?.push({ source, behind: found[n]?.count ?? 0, oldest: found[n]?.oldest ?? null });
    return lags;
  }

  async rewind(consumer: RegisteredConsumer, target: RewindTarget): Promise<void> {
    const { name, service } = consumer.def;
    for (const source of this.sources(consumer)) {
      await this.lane(consumer, source).move(target, async (tx, position) => {
        await tx.query(
          `delete from ${service}.inbox i using ${source}.outbox o where i.consumer = $1 and i.event_id = o.id and o.position > $2`,
          [name, position],
        );
      });
    }
    for (const worker of this.workers) if (worker.consumer === name) worker.reset();
    this.notifier.notify();
  }

  nudge(): void {
    this.notifier.notify('deferred');
  }

  private notified(news: News): void {
    this.tail?.wake();
    if (news === 'deferred') this.onDeferredElsewhere();
  }

  private get horizons(): Horizons {
    return this.recent;
  }

  private heardBy(consumers: readonly RegisteredConsumer[]): Map<string, readonly string[]> {
    const heard = new Map<string, readonly string[]>();
    for (const consumer of consumers) {
      for (const source of this.sources(consumer)) heard.set(source, [...new Set([...(heard.get(source) ?? []), ...consumer.def.types])]);
    }
    return heard;
  }

  private sources(consumer: RegisteredConsumer): string[] {
    return sourcesOf(consumer.def.on, this.options.services);
  }

  private lane(consumer: RegisteredConsumer, source: string): Lane {
    const { name, types, startFrom } = consumer.def;
    return new Lane(consumer.db, new OutboxLog(this.reader, source, types, this.horizons, this.recent), { consumer: name, source, log: source, startFrom });
  }
}

const servicesOf = (consumers: readonly RegisteredConsumer[]): string[] => [...new Set(consumers.map(({ def }) => def.service))].sort();
