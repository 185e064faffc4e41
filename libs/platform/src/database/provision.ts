import { assertSchemaName, eventsRole } from '../outbox';
import type { SqlRunner } from './types';

/** The role whose rights a service has: everything inside its schema, nothing outside. */
export const roleOf = (service: string): string => `autobroker_${assertSchemaName(service)}`;

export interface ProvisionOptions {
  /** For the distributed shape, where each service logs in as itself. Without one its role can't log in. */
  readonly passwords?: Readonly<Record<string, string>>;
  readonly statementTimeoutMs?: number;
  readonly idleInTransactionTimeoutMs?: number;
}

/** Makes the schema and role of each service, before its migrations. Runs as the owner; harmless to repeat. */
export async function provisionSchemas(sql: SqlRunner, services: readonly string[], options: ProvisionOptions = {}): Promise<void> {
  for (const service of services) {
    const role = roleOf(service);
    await createRole(sql, role);
    const password = options.passwords?.[service];
    if (password !== undefined) {
      const [quoted] = await sql<{ literal: string }>('select quote_literal($1) as literal', [password]);
      await sql(`alter role ${role} login password ${quoted?.literal ?? ''}`);
    }
    await sql(`create schema if not exists ${service}`);
    await limits(sql, role, options);
    // The owner may step into the role (the all-in-one shape); with PostgreSQL 16+ creating it does not give that by itself.
    await sql(`grant ${role} to current_user`);
  }
  await limits(sql, 'current_user', options);
}

/** Gives each role what its schema holds by now, after the migrations. */
export async function grantRights(sql: SqlRunner, services: readonly string[]): Promise<void> {
  for (const service of services) {
    const role = roleOf(service);
    await sql(`
      grant usage on schema ${service} to ${role};
      grant select, insert, update, delete on all tables in schema ${service} to ${role};
      revoke insert, update, delete on ${service}.schema_migrations from ${role};
      grant usage, select, update on all sequences in schema ${service} to ${role};
      grant execute on all functions in schema ${service} to ${role};
    `);
    const [events] = await sql<{ found: boolean }>('select exists (select 1 from pg_roles where rolname = $1) as found', [eventsRole]);
    if (events?.found === true) await sql(`grant ${eventsRole} to ${role}`);
  }
}

/** Roles belong to the whole server: another database's provisioning may be at it in this very moment. */
async function createRole(sql: SqlRunner, role: string): Promise<void> {
  await sql(`
    do $body$
    begin
      if not exists (select 1 from pg_roles where rolname = '${role}') then
        create role ${role} nologin;
      end if;
    exception when duplicate_object or unique_violation then null;
    end
    $body$;
  `);
}

/** As settings of the role, because PgBouncer refuses them as parameters of a connection. */
async function limits(sql: SqlRunner, role: string, options: ProvisionOptions): Promise<void> {
  const statement = options.statementTimeoutMs ?? 30_000;
  const idle = options.idleInTransactionTimeoutMs ?? 60_000;
  const wanted = [`statement_timeout=${statement}ms`, `idle_in_transaction_session_timeout=${idle}ms`];
  const [has] = await sql<{ settings: string[] | null }>(
    `select (select s.setconfig from pg_db_role_setting s join pg_roles r on r.oid = s.setrole
              where r.rolname = ${role === 'current_user' ? 'current_user' : `'${role}'`} and s.setdatabase = 0) as settings`,
  );
  if (wanted.every((setting) => has?.settings?.includes(setting) === true)) return;
  await sql(`alter role ${role} set statement_timeout = '${statement}ms'`);
  await sql(`alter role ${role} set idle_in_transaction_session_timeout = '${idle}ms'`);
}
