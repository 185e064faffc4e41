import { defineEvent, type EventDef } from '@autobroker/contracts';
import { SystemClock, uuidv7 } from '@autobroker/kernel';
import { z } from 'zod';
import { DatabaseHost, platformTables, type Database, type ServiceSchema, type Tx } from '../../database';
import { testDatabase, type TestDatabase } from '../../testing';
import { defineConsumer, type ConsumerDef, type ConsumerOptions } from '../consumer-def';
import type { EventEnvelope } from '@autobroker/contracts';
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

/** The engines that a transport needs, and the transports of as many processes as a test wants. */
export interface TransportEngine {
  /** For one process on this database. */
  transport(host: DatabaseHost): Transport;
  close?(): Promise<void>;
}

export interface Effect {
  readonly event_id: string;
  readonly key: string;
  readonly n: number;
}

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
    data.parse(event.data).n,
  ]);
}

/** A database of its own, and whatever processes a test starts on it. */
export class World {
  private readonly processes: Process[] = [];
  private readonly hosts: DatabaseHost[] = [];

  private constructor(
    readonly test: TestDatabase<SystemClock>,
    readonly engine: TransportEngine,
  ) {}

  static async open(makeEngine: () => Promise<TransportEngine>): Promise<World> {
    const test = await testDatabase({ services: suiteServices, clock: new SystemClock() });
    return new World(test, await makeEngine());
  }

  get depot(): Database {
    return this.test.of('depot');
  }

  process(consume = true): Process {
    const process = new Process(this.test.host, this.engine, consume);
    this.processes.push(process);
    return process;
  }

  /** A process with connections of its own. */
  async farProcess(): Promise<Process> {
    const host = await DatabaseHost.open({ url: this.test.url, applicationName: 'far', poolSize: 5 }, suiteServices);
    this.hosts.push(host);
    const process = new Process(host, this.engine);
    this.processes.push(process);
    return process;
  }

  publish(key: string, n: number, event: EventDef = parcelSent): Promise<string> {
    return this.test.of(event.service).transaction((tx) => tx.publish(event, { key, tenantId: null, data: { n } }));
  }

  publishMany(key: string, numbers: readonly number[]): Promise<string[]> {
    return this.depot.transaction((tx) =>
      tx.publishAll(
        parcelSent,
        numbers.map((n) => ({ key, tenantId: null, data: { n } })),
      ),
    );
  }

  effects(def: ConsumerDef): Promise<Effect[]> {
    return this.test.of(def.service).query<Effect>(`select event_id, key, n from ${def.service}.effect where consumer = $1 order by seq`, [def.name]);
  }

  /** What a consumer did for one key, in the order in which it did it. */
  async numbers(def: ConsumerDef, key?: string): Promise<number[]> {
    return (await this.effects(def)).filter((effect) => key === undefined || effect.key === key).map((effect) => effect.n);
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
    await this.engine.close?.();
    await Promise.all(this.hosts.map((host) => host.close()));
    await this.test.close();
  }
}

/** A consumer of parcels with quick second attempts. */
export const parcels = (name: string, more: Partial<ConsumerOptions<EventDef>> = {}): ConsumerDef =>
  defineConsumer<EventDef>({
    name: `depot.${name}`,
    on: [parcelSent],
    backoff: { firstMs: 30, factor: 1, maxMs: 30 },
    ...more,
  });

export const newKey = (): string => uuidv7();

/** Waits for something to become true; the assertion that follows says what it was. */
export async function until(check: () => Promise<boolean> | boolean, timeoutMs = 10_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await check()) && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10));
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const range = (count: number, from = 0): number[] => Array.from({ length: count }, (_, index) => from + index);
