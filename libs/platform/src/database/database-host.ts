import { SystemClock, type Clock } from '@autobroker/kernel';
import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import type { CircuitState } from '../resilience';
import { dataSourceOn } from './data-source';
import { Database } from './database';
import { migrate, pendingMigrations, type AppliedMigration, type MigrateOptions } from './migrator';
import { answerGraceMs, connectDirect, ConnectionPool, type ConnectionOptions, type TlsOptions } from './pool';
import { roleOf } from './provision';
import { QueryTimer, type QueryListener } from './query-timer';
import { ReplicaReader } from './replica';
import type { ServiceSchema } from './types';

export interface DatabaseSettings {
  readonly url: string;
  /** Past any pooler: LISTEN, session locks, migrations. The same as `url` without one. */
  readonly directUrl?: string | undefined;
  readonly replicaUrl?: string | undefined;
  readonly applicationName: string;
  readonly poolSize?: number;
  readonly prepared?: 'auto' | 'on' | 'off';
  readonly tls?: TlsOptions | undefined;
  readonly connectTimeoutMs?: number;
  /** How long the first connection is tried. */
  readonly startTimeoutMs?: number;
  readonly acquireRetryMs?: number;
  /** After so long without an answer a connection is taken for lost; by itself, a while after the limit of statements. */
  readonly answerTimeoutMs?: number;
  readonly replicaMaxLagMs?: number;
  readonly replicaCheckMs?: number;
}

export interface DatabaseHooks {
  readonly clock?: Clock;
  readonly onQuery?: QueryListener;
  readonly onConnectionError?: (error: unknown) => void;
  /** W3C traceparent of the work at hand, for the events it publishes. */
  readonly trace?: () => string | null;
}

export interface DatabaseHealth {
  readonly ok: boolean;
  readonly latencyMs: number;
  readonly circuit: CircuitState;
  readonly replica: 'none' | 'fresh' | 'away';
}

/** The one connection pool, and the one TypeORM data source, of a process; gives each hosted service its `Database`. */
export class DatabaseHost {
  private readonly databases = new Map<string, Database>();

  private constructor(
    private readonly settings: DatabaseSettings,
    private readonly services: readonly ServiceSchema[],
    readonly connections: ConnectionPool,
    readonly dataSource: DataSource,
    private readonly replica: ReplicaReader | undefined,
    private readonly hooks: DatabaseHooks,
  ) {}

  static async open(
    settings: DatabaseSettings,
    services: readonly ServiceSchema[],
    hooks: DatabaseHooks = {},
  ): Promise<DatabaseHost> {
    const options = connectionOptions(settings, settings.url);
    const first = await connectDirect({ ...options, retryMs: settings.startTimeoutMs ?? 30_000 });
    const answerTimeoutMs = settings.answerTimeoutMs ?? (await answerTimeout(first));
    await first.end();
    const onConnectionError = hooks.onConnectionError;
    const poolOptions = {
      ...options,
      // One for each service's role, and one for whom any is good enough.
      keep: services.length + 1,
      ...(answerTimeoutMs === undefined ? {} : { answerTimeoutMs }),
      ...(settings.poolSize === undefined ? {} : { poolSize: settings.poolSize }),
      ...(settings.acquireRetryMs === undefined ? {} : { acquireRetryMs: settings.acquireRetryMs }),
      ...(onConnectionError === undefined ? {} : { onConnectionError }),
    };
    const connections = new ConnectionPool(poolOptions);
    const dataSource = await dataSourceOn(
      connections.pool,
      services.flatMap((service) => [...service.entities]),
    );
    let replica: ReplicaReader | undefined;
    if (settings.replicaUrl !== undefined) {
      const pool = new ConnectionPool({ ...poolOptions, url: settings.replicaUrl, circuitName: 'database-replica' });
      replica = new ReplicaReader(pool, settings.replicaMaxLagMs ?? 5_000, settings.replicaCheckMs ?? 2_000);
      await replica.start();
    }
    return new DatabaseHost(settings, services, connections, dataSource, replica, hooks);
  }

  /** The database of one hosted service. */
  of(service: string): Database {
    let database = this.databases.get(service);
    if (database === undefined) {
      if (!this.services.some(({ name }) => name === service)) throw new Error(`this process does not host ${service}`);
      const pooled = this.settings.directUrl !== undefined && this.settings.directUrl !== this.settings.url;
      const prepared = this.settings.prepared ?? 'auto';
      database = new Database({
        schema: service,
        clock: this.hooks.clock ?? new SystemClock(),
        dataSource: this.dataSource,
        timer: new QueryTimer(service, this.hooks.onQuery),
        trace: this.hooks.trace ?? (() => null),
        connections: this.connections,
        replica: this.replica,
        prepared: prepared === 'auto' ? !pooled : prepared === 'on',
        sessions: !pooled,
        role: roleOf(service),
      });
      this.databases.set(service, database);
    }
    return database;
  }

  /** A connection of one's own, past any pooler, for LISTEN and session locks. The caller ends it. */
  connectDirect(retryMs = 0): Promise<Client> {
    return connectDirect({ ...this.direct(), retryMs });
  }

  migrate(options: MigrateOptions = {}): Promise<AppliedMigration[]> {
    return migrate(this.direct(), this.services, options);
  }

  /** What `migrate` would apply. */
  pending(): Promise<string[]> {
    return pendingMigrations(this.direct(), this.services);
  }

  async health(): Promise<DatabaseHealth> {
    const start = performance.now();
    const ok = await this.connections.pool.query('select 1').then(
      () => true,
      () => false,
    );
    return {
      ok,
      latencyMs: performance.now() - start,
      circuit: this.connections.circuit.state,
      replica: this.replica === undefined ? 'none' : this.replica.usable ? 'fresh' : 'away',
    };
  }

  /** Waits for what is under way, then closes every connection. */
  async close(): Promise<void> {
    await this.replica?.close();
    await this.connections.close();
  }

  private direct(): ConnectionOptions {
    return connectionOptions(this.settings, this.settings.directUrl ?? this.settings.url);
  }
}

/** As the server knows it: the limit is a setting of the login's. */
async function answerTimeout(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ ms: number }>(`select setting::int as ms from pg_settings where name = 'statement_timeout'`);
  const ms = rows[0]?.ms ?? 0;
  return ms === 0 ? undefined : ms + answerGraceMs;
}

const connectionOptions = (settings: DatabaseSettings, url: string): ConnectionOptions => ({
  url,
  applicationName: settings.applicationName,
  ...(settings.tls === undefined ? {} : { tls: settings.tls }),
  ...(settings.connectTimeoutMs === undefined ? {} : { connectTimeoutMs: settings.connectTimeoutMs }),
});
