import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { assertSchemaName } from '../outbox';
import { grantRights, provisionSchemas, type ProvisionOptions } from './provision';
import { connectDirect, type ConnectionOptions } from './pool';
import type { Migration, ServiceSchema, SqlRunner } from './types';

/** One lock for the whole database: replicas of one release take turns, whatever they host. */
const lockKey = 7_216_003_518;
const askAgainMs = 50;

export interface AppliedMigration {
  readonly service: string;
  readonly id: string;
  readonly ms: number;
}

export interface MigrateOptions extends ProvisionOptions {
  /** Schemas that the processes of every service use besides their own. */
  readonly shared?: readonly string[];
  readonly log?: (line: string) => void;
}

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

type Schema = Pick<ServiceSchema, 'name' | 'migrations'>;

/** Brings the schemas of `services` forward, over a direct connection. Returns what it applied; nothing when all is current. */
export async function migrate(
  connection: ConnectionOptions,
  services: readonly Schema[],
  options: MigrateOptions = {},
): Promise<AppliedMigration[]> {
  for (const service of services) validate(service);
  const client = await connectDirect({ ...connection, retryMs: 30_000 });
  const sql = runnerOn(client);
  try {
    // A migration may take as long as it needs; so may the wait for another replica that is at it.
    await sql(`set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set timezone = 'UTC'`);
    await takeTurn(sql);
    const names = services.map((service) => service.name);
    await provisionSchemas(sql, names, options);
    const applied: AppliedMigration[] = [];
    for (const service of services) applied.push(...(await migrateOne(sql, service, options)));
    await grantRights(sql, names, options.shared);
    return applied;
  } finally {
    await client.end(); // the lock goes with the session
  }
}

/**
 * Asked for again and again, each time in a statement of its own: one that waited would have a snapshot, and an index that is
 * built concurrently waits for every snapshot before it, that of the process that waits for the builder among them.
 */
async function takeTurn(sql: SqlRunner): Promise<void> {
  for (;;) {
    const [turn] = await sql<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lockKey]);
    if (turn?.mine === true) return;
    await pause(askAgainMs);
  }
}

/** What would be applied; a readiness probe and `--check` ask this without changing anything. */
export async function pendingMigrations(connection: ConnectionOptions, services: readonly Schema[]): Promise<string[]> {
  const client = await connectDirect(connection);
  const sql = runnerOn(client);
  try {
    const pending: string[] = [];
    for (const service of services) {
      const [table] = await sql<{ found: boolean }>(`select to_regclass($1) is not null as found`, [
        `${service.name}.schema_migrations`,
      ]);
      const done = table?.found === true ? await appliedOf(sql, service.name) : new Map<string, string>();
      pending.push(...service.migrations.filter(({ id }) => !done.has(id)).map(({ id }) => `${service.name}/${id}`));
    }
    return pending;
  } finally {
    await client.end();
  }
}

async function migrateOne(sql: SqlRunner, service: Schema, options: MigrateOptions): Promise<AppliedMigration[]> {
  const { name } = service;
  await sql(`create table if not exists ${name}.schema_migrations (
    id text primary key, checksum text not null, applied_at timestamptz not null default now(), ms integer not null
  )`);
  const done = await appliedOf(sql, name);
  refuseRewrittenHistory(service, done);
  const applied: AppliedMigration[] = [];
  for (const migration of service.migrations) {
    if (done.has(migration.id)) continue;
    const start = performance.now();
    try {
      await apply(sql, name, migration, start);
    } catch (cause) {
      throw new MigrationError(
        `migration ${name}/${migration.id} failed: ${cause instanceof Error ? cause.message : ''}`,
        { cause },
      );
    }
    const ms = Math.round(performance.now() - start);
    options.log?.(`migrated ${name}/${migration.id} in ${ms} ms`);
    applied.push({ service: name, id: migration.id, ms });
  }
  return applied;
}

async function apply(sql: SqlRunner, schema: string, migration: Migration, start: number): Promise<void> {
  const record = async (): Promise<unknown> =>
    sql(`insert into ${schema}.schema_migrations (id, checksum, ms) values ($1, $2, $3)`, [
      migration.id,
      checksumOf(migration),
      Math.round(performance.now() - start),
    ]);
  const run = async (): Promise<unknown> => (typeof migration.up === 'string' ? sql(migration.up) : migration.up(sql));
  if (migration.transaction === false) {
    // It can't be undone as a whole, so it is written to be repeatable (`if not exists`).
    await run();
    await record();
    return;
  }
  await sql('begin');
  try {
    await run();
    await record();
    await sql('commit');
  } catch (error) {
    await sql('rollback').catch(() => undefined);
    throw error;
  }
}

async function appliedOf(sql: SqlRunner, schema: string): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; checksum: string }>(
    `select id, checksum from ${assertSchemaName(schema)}.schema_migrations`,
  );
  return new Map(rows.map((row) => [row.id, row.checksum]));
}

function refuseRewrittenHistory(service: Schema, done: ReadonlyMap<string, string>): void {
  const known = new Map(service.migrations.map((migration) => [migration.id, [checksumOf(migration), ...(migration.formerly ?? [])]]));
  for (const [id, checksum] of done) {
    const words = known.get(id);
    if (words === undefined)
      throw new MigrationError(`the database has migration ${service.name}/${id}, which this release does not know`);
    if (!words.includes(checksum))
      throw new MigrationError(`migration ${service.name}/${id} was changed after it had been applied`);
  }
}

function validate(service: Schema): void {
  assertSchemaName(service.name);
  const ids = new Set<string>();
  for (const { id } of service.migrations) {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(id)) throw new MigrationError(`${service.name}/${id} is not a migration id`);
    if (ids.has(id)) throw new MigrationError(`migration ${service.name}/${id} is listed twice`);
    ids.add(id);
  }
}

/** Line ends and the margin don't count, so that a formatter's touch is no change. */
export function checksumOf(migration: Migration): string {
  const text =
    typeof migration.up === 'string'
      ? migration.up
          .split(/\r?\n/)
          .map((line) => line.trim())
          .filter(Boolean)
          .join('\n')
      : `function:${migration.revision ?? '1'}`;
  return createHash('sha256')
    .update(`${migration.transaction === false ? 'bare' : 'tx'}\n${text}`)
    .digest('hex');
}

export const runnerOn =
  (client: Client): SqlRunner =>
  async <R>(sql: string, params?: unknown[]): Promise<R[]> => {
    const result = await client.query(sql, params);
    return (Array.isArray(result) ? [] : result.rows) as R[];
  };
