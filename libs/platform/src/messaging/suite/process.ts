import { defineEvent, type EventDef, type EventEnvelope } from '@autobroker/contracts';
import { z } from 'zod';
import { platformTables, type DatabaseHost, type ServiceSchema, type Tx } from '../../database';
import { defineConsumer, type ConsumerDef, type ConsumerOptions } from '../consumer-def';
import { Messaging } from '../messaging';
import { MessagingAdmin } from '../messaging-admin';
import type { Transport } from '../transport';

const data = z.strictObject({ n: z.int() });
const fixture = { n: 1 };

export const parcelSent = defineEvent({ type: 'parcel.sent.v1', service: 'depot', summary: 'A parcel left.', data, fixture });
export const parcelLost = defineEvent({ type: 'parcel.lost.v1', service: 'depot', summary: 'A parcel is gone.', data, fixture });
export const shelfEmptied = defineEvent({ type: 'shelf.emptied.v1', service: 'shelf', summary: 'A shelf is empty.', data, fixture });

const effects = (schema: string): string => `
create table ${schema}.effect (
  seq bigint generated always as identity primary key,
  consumer text not null, event_id uuid not null, key text not null, n int not null, at timestamptz not null default clock_timestamp()
);
create table ${schema}.counter (key text primary key, n int not null);
create table ${schema}.late_check (n int not null, constraint late_check_unique unique (n) deferrable initially deferred);
insert into ${schema}.late_check values (13);
`;

/** Two services that exist only for these suites. */
export const suiteServices: readonly ServiceSchema[] = ['depot', 'shelf'].map((name) => ({
  name,
  entities: [],
  migrations: [...platformTables(name), { id: '0001-effects', up: effects(name) }],
}));
export const suiteServiceNames = suiteServices.map(({ name }) => name);

export type EngineSettings = { readonly kind: 'postgres' } | { readonly kind: 'kafka'; readonly brokers: readonly string[]; readonly topicPrefix: string };

/** The engines that a transport needs, and the transports of as many processes as a test wants. */
export interface TransportEngine {
  /** For one process on this database. */
  transport(host: DatabaseHost): Transport;
  /** What a child process needs to make the same: JSON. */
  readonly settings: EngineSettings;
  close?(): Promise<void>;
}

export interface Effect {
  readonly event_id: string;
  readonly key: string;
  readonly n: number;
}

/** A parcel with this number kills the process of its own that handles it. */
export const deadlyNumber = 666;

export const numberOf = (event: EventEnvelope): number => data.parse(event.data).n;

type Work = (event: EventEnvelope, tx: Tx) => Promise<void>;

/** One process's worth of messaging. */
export class Process {
  readonly messaging: Messaging;
  readonly admin: MessagingAdmin;

  constructor(
    readonly host: DatabaseHost,
    engine: TransportEngine,
    consume = true,
  ) {
    this.messaging = new Messaging({ transport: engine.transport(host), consume, deferredPollMs: 500 });
    this.admin = new MessagingAdmin(
      this.messaging,
      suiteServiceNames.map((name) => host.of(name)),
    );
  }

  /** A consumer that records every effect in its transaction, after `before`. */
  consumer(def: ConsumerDef, before: Work = async () => undefined): this {
    this.messaging.register({
      def,
      db: this.host.of(def.service),
      handle: async (event, tx) => {
        await before(event, tx);
        await record(def, event, tx);
      },
    });
    return this;
  }

  /** The same for one that takes many at once; `before` comes before each event, alone or in a batch. */
  batchConsumer(def: ConsumerDef, before: Work = async () => undefined, onBatch: (size: number) => void = () => undefined): this {
    const handle: Work = async (event, tx) => {
      await before(event, tx);
      await record(def, event, tx);
    };
    this.messaging.register({
      def,
      db: this.host.of(def.service),
      handle,
      handleBatch: async (events, tx) => {
        onBatch(events.length);
        for (const event of events) await handle(event, tx);
      },
    });
    return this;
  }

  async start(): Promise<this> {
    await this.messaging.start();
    return this;
  }

  stop(): Promise<void> {
    return this.messaging.stop();
  }
}

export async function record(def: ConsumerDef, event: EventEnvelope, tx: Tx): Promise<void> {
  await tx.query(`insert into ${def.service}.effect (consumer, event_id, key, n) values ($1, $2, $3, $4)`, [
    def.name,
    event.id,
    event.key,
    numberOf(event),
  ]);
}

/** A consumer of parcels with quick second attempts. */
export const parcels = (name: string, more: Partial<ConsumerOptions<EventDef>> = {}): ConsumerDef =>
  defineConsumer<EventDef>({
    name: `depot.${name}`,
    on: [parcelSent],
    backoff: { firstMs: 30, factor: 1, maxMs: 30 },
    ...more,
  });

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for something to become true; the assertion that follows says what it was. */
export async function until(check: () => Promise<boolean> | boolean, timeoutMs = 10_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await check()) && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
}
