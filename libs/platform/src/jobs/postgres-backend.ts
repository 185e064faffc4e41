import { EventEmitter } from 'node:events';
import { assertSchemaCompatibility, type IQueueBackend, PostgresConnection, PostgresQueueBackend, type QueueBaseOptions, runMigrations } from 'bullmq';
import { Client, type ClientConfig } from 'pg';
import type { JobsBackend } from './backend';
import { preparing } from './preparing';
import { QueueWatch } from './queue-watch';

export interface PostgresBackendOptions {
  /** Must reach PostgreSQL itself or a pooler in session mode: jobs are announced by LISTEN. */
  readonly connection: { readonly connectionString: string; readonly ssl?: Exclude<ClientConfig['ssl'], undefined> };
  readonly schema?: string;
  /** Connections for statements; one more listens. */
  readonly poolSize?: number;
  /** After so long without an answer a connection is taken for lost. The server ends a statement before that. */
  readonly answerTimeoutMs?: number;
  /** How often it is looked for jobs that nobody was told of. */
  readonly watchMs?: number;
  readonly onError?: (error: Error) => void;
}

/**
 * BullMQ's own PostgreSQL backend gives each queue and each worker a pool and a listening connection of its own. Ours
 * share one of both, so that a process needs a handful of connections however many queues it works.
 */
class SharedBackend extends PostgresQueueBackend {
  private ended = false;
  private readonly listenAgain = (): void => void this.resubscribe();

  constructor(
    connection: PostgresConnection,
    queueName: string,
    /** Not only of the connection: how stalled jobs are treated stands in here. */
    private readonly settings: QueueBaseOptions<object>,
    private readonly watch: QueueWatch,
  ) {
    super(connection, queueName, { ...settings, connection: {} }, false);
    connection.on('listenerinvalidated', this.listenAgain);
  }

  override async close(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.connection.removeListener('listenerinvalidated', this.listenAgain);
    await this.disconnectBlocking();
  }

  override async disconnect(): Promise<void> {
    await this.close();
  }

  override forQueue(queueName: string): IQueueBackend {
    return new SharedBackend(this.connection, queueName, this.settings, this.watch);
  }

  override waitForJob(blockTimeout: number): ReturnType<PostgresQueueBackend['waitForJob']> {
    return this.watch.within(this.queueName, this.listenAgain, () => super.waitForJob(blockTimeout));
  }

  /** The listening connection was lost, or did not tell: ends the wait that hangs on it, and has the next one listen anew. */
  private async resubscribe(): Promise<void> {
    await this.disconnectBlocking();
    if (!this.ended) await this.reconnectBlocking();
  }
}

type ListenClient = Awaited<ReturnType<PostgresConnection['getListenClient']>>;

/** Several queues begin to listen at once, and a client of pg takes one statement after the other. */
const oneAtATime = (client: ListenClient): ListenClient => {
  const query = client.query.bind(client);
  let last: Promise<unknown> = Promise.resolve();
  client.query = <R>(text: string, params?: readonly unknown[]) => {
    const next = last.then(() => query<R>(text, params));
    last = next.catch(() => undefined);
    return next;
  };
  return client;
};

const readyQueues = `select q.name from unnest($1::text[]) as q (name)
  where (exists (select from job j where j.queue = q.name and j.state = 'waiting')
         or exists (select from job j where j.queue = q.name and j.state = 'delayed' and j.process_at_ms <= $2))
    and not exists (select from meta m where m.queue = q.name and m.field = 'paused' and m.value = '1')`;

/** A service's own login may not create schemas; then the migration step has done it, or the check says what is missing. */
const migrated = async (client: Client, schema: string): Promise<void> => {
  try {
    await runMigrations(client, schema);
  } catch (error) {
    if (!(typeof error === 'object' && error !== null && 'code' in error && error.code === '42501')) throw error;
    await client.query('rollback');
    await assertSchemaCompatibility(client, schema);
  }
};

/**
 * The migration step: makes or brings forward the tables of the jobs, and lets these roles work with them. Runs as the
 * owner; harmless to repeat.
 */
export const provisionPostgresJobs = async (
  connection: PostgresBackendOptions['connection'],
  roles: readonly string[],
  schema = 'bullmq',
): Promise<void> => {
  const client = new Client({ ...connection, application_name: 'autobroker jobs migration' });
  await client.connect();
  try {
    await runMigrations(client, schema);
    const to = [schema, ...roles].map((name) => client.escapeIdentifier(name));
    const [quoted, members] = [to[0], to.slice(1).join(', ')];
    if (members === '') return;
    await client.query(`
      grant usage on schema ${quoted} to ${members};
      grant select, insert, update, delete on all tables in schema ${quoted} to ${members};
      grant usage, select, update on all sequences in schema ${quoted} to ${members};
      grant execute on all functions in schema ${quoted} to ${members};
    `);
  } finally {
    await client.end();
  }
};

export const createPostgresJobsBackend = (options: PostgresBackendOptions): JobsBackend => {
  const schema = options.schema ?? 'bullmq';
  const poolSize = options.poolSize ?? 4;
  const name = `autobroker jobs ${process.pid}`;
  const connection = new PostgresConnection({
    ...options.connection,
    application_name: name,
    max: poolSize,
    query_timeout: options.answerTimeoutMs ?? 45_000,
    schema,
    keepAlive: true,
  });
  preparing(connection.pool);
  // Every waiting worker hangs a listener on the one connection.
  connection.setMaxListeners(0);
  connection.on('error', (error: Error) => options.onError?.(error));
  const listening = connection.getListenClient.bind(connection);
  const known = new WeakSet<object>();
  connection.getListenClient = async () => {
    const client = await listening();
    if (known.has(client)) return client;
    known.add(client);
    if (client instanceof EventEmitter) client.setMaxListeners(0);
    return oneAtATime(client);
  };

  const watch = new QueueWatch(async (queues) => {
    const { rows } = await connection.pool.query<{ name: string }>(readyQueues, [queues, Date.now()]);
    return rows.map((row) => row.name);
  }, options.watchMs ?? 10_000);

  let provisioned: Promise<void> | undefined;
  const provision = async (): Promise<void> => {
    const client = new Client({ ...options.connection, application_name: `${name} migration` });
    await client.connect();
    try {
      await migrated(client, schema);
    } finally {
      await client.end();
    }
    await connection.waitUntilReady();
  };

  return {
    kind: 'postgres',
    reliedOnS: 300,
    factory: (queueName, settings) => new SharedBackend(connection, queueName, settings, watch),
    ready: () => {
      provisioned ??= provision().catch((error: unknown) => {
        provisioned = undefined;
        throw error;
      });
      return provisioned;
    },
    connections: async () => {
      const { rows } = await connection.pool.query<{ n: number }>(
        'select count(*)::int as n from pg_stat_activity where application_name = $1',
        [name],
      );
      return rows[0]?.n ?? 0;
    },
    ping: async () => {
      await connection.pool.query('select 1');
    },
    close: () => {
      watch.close();
      return connection.close();
    },
  };
};
