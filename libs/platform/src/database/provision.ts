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
    await makeMember(sql, role, 'current_user');
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
    if (events?.found === true) await makeMember(sql, eventsRole, role);
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

/** Memberships, too, are the whole server's: only what is missing is granted. */
async function makeMember(sql: SqlRunner, role: string, member: string): Promise<void> {
  const [is] = await sql<{ member: boolean }>(
    `select exists (
       select 1 from pg_auth_members m
        where m.roleid = '${role}'::regrole
          and m.member = ${member === 'current_user' ? '(select oid from pg_roles where rolname = current_user)' : `'${member}'::regrole`}
          and coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)) as member`,
  );
  if (is?.member !== true) await sql(`grant ${role} to ${member}`);
}

/** As settings of the role in this database, because PgBouncer refuses them as parameters of a connection. */
async function limits(sql: SqlRunner, role: string, options: ProvisionOptions): Promise<void> {
  const settings = {
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 60_000,
  };
  for (const [name, ms] of Object.entries(settings)) {
    // `alter role … in database` takes names only, and ours is known to the server alone.
    await sql(`do $body$ begin
      execute format('alter role ${role} in database %I set ${name} = %L', current_database(), '${ms}ms');
    end $body$`);
  }
}
