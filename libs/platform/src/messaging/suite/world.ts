import type { EventDef } from '@autobroker/contracts';
import { SystemClock, uuidv7 } from '@autobroker/kernel';
import { Client } from 'pg';
import { DatabaseHost, type Database } from '../../database';
import { testDatabase, type TestDatabase } from '../../testing';
import type { ConsumerDef } from '../consumer-def';
import { parcelSent, Process, suiteServices, type Effect, type TransportEngine } from './process';

export * from './process';

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

  /** The same while the database may be away. */
  effectsWhenReachable(def: ConsumerDef): Promise<Effect[]> {
    return this.effects(def).catch(() => []);
  }

  /** Ends every connection to the database, as a restart of the server would. */
  async cutConnections(): Promise<void> {
    const client = new Client({ connectionString: this.test.superUrl });
    await client.connect();
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
    await client.end();
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

export const newKey = (): string => uuidv7();

export const range = (count: number, from = 0): number[] => Array.from({ length: count }, (_, index) => from + index);
