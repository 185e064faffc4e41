import { ManualClock, type Clock } from '@autobroker/kernel';
import { createHash, randomBytes } from 'node:crypto';
import { Client } from 'pg';
import {
  checksumOf,
  DatabaseHost,
  migrate,
  roleOf,
  timeLimits,
  type Database,
  type DatabaseHooks,
  type DatabaseSettings,
  type ServiceSchema,
} from '../database';
import { leaseTestServer, type TestServerLease } from './test-server';

export interface TestDatabaseOptions<C extends Clock> {
  readonly services: readonly ServiceSchema[];
  readonly clock?: C;
  readonly hooks?: DatabaseHooks;
  readonly settings?: Partial<DatabaseSettings>;
}

export interface TestDatabase<C extends Clock = ManualClock> {
  readonly host: DatabaseHost;
  /** The owner's connection string: for an app under test, or a second process. */
  readonly url: string;
  readonly superUrl: string;
  readonly clock: C;
  of(service: string): Database;
  close(): Promise<void>;
}

/** A database of one's own with the services' current schema: a copy of a template that is migrated once per state of the migrations. */
export function testDatabase(options: TestDatabaseOptions<ManualClock>): Promise<TestDatabase>;
export function testDatabase<C extends Clock>(options: TestDatabaseOptions<C> & { clock: C }): Promise<TestDatabase<C>>;
export async function testDatabase(options: TestDatabaseOptions<Clock>): Promise<TestDatabase<Clock>> {
  const { url, superUrl, drop } = await createTestDatabase(options.services);
  const clock = options.clock ?? new ManualClock();
  try {
    const host = await DatabaseHost.open(
      { url, applicationName: 'test', poolSize: 10, ...options.settings },
      options.services,
      {
        ...options.hooks,
        clock,
      },
    );
    return {
      host,
      url,
      superUrl,
      clock,
      of: (service) => host.of(service),
      close: async () => {
        await host.close();
        await drop();
      },
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** Only the database, without connections to it: for tests that start processes of their own. */
export async function createTestDatabase(
  services: readonly ServiceSchema[],
): Promise<{ url: string; superUrl: string; drop: () => Promise<void> }> {
  const lease = await leaseTestServer();
  try {
    const template = await templateOf(lease, services);
    const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
    await asSuper(lease, async (client) => {
      await client.query(`create database ${name} owner autobroker template ${template}`);
      // Settings of roles in a database are not copied with it.
      await client.query(timeLimits(name, ['autobroker', ...services.map((service) => roleOf(service.name))]));
    });
    return {
      url: withDatabase(lease.url, name),
      superUrl: withDatabase(lease.superUrl, name),
      drop: async () => {
        await asSuper(lease, (client) => client.query(`drop database if exists ${name} with (force)`)).finally(() =>
          lease.release(),
        );
      },
    };
  } catch (error) {
    lease.release();
    throw error;
  }
}

async function templateOf(lease: TestServerLease, services: readonly ServiceSchema[]): Promise<string> {
  if (services.length === 0) return 'template0';
  const state = services.map(({ name, migrations }) => [name, migrations.map((one) => [one.id, checksumOf(one)])]);
  const name = `template_${createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 20)}`;
  await asSuper(lease, async (client) => {
    // Everybody who needs this template waits here for the one who makes it.
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 1) return;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft} owner autobroker template template0`);
    await migrate({ url: withDatabase(lease.url, draft), applicationName: 'test-template' }, services);
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

async function asSuper<T>(lease: TestServerLease, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: withDatabase(lease.superUrl, 'postgres'),
    application_name: 'test-admin',
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
