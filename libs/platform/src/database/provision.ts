import { escapeIdentifier, escapeLiteral } from 'pg';
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
export async function provisionSchemas(
  sql: SqlRunner,
  services: readonly string[],
  options: ProvisionOptions = {},
): Promise<void> {
  for (const service of services) {
    const role = roleOf(service);
    await createRole(sql, role);
    const password = options.passwords?.[service];
    if (password !== undefined) {
      await sql(`alter role ${role} login password ${escapeLiteral(password)}`);
    }
    await sql(`create schema if not exists ${service}`);
    // The owner may step into the role (the all-in-one shape); with PostgreSQL 16+ creating it does not give that by itself.
    await makeMember(sql, role, 'current_user');
  }
  const [here] = await sql<{ database: string; owner: string }>(
    'select current_database()::text as database, current_user::text as owner',
  );
  if (here === undefined) throw new Error('the database does not say its name');
  await sql(timeLimits(here.database, [here.owner, ...services.map(roleOf)], options));
}

/** Gives each role what its schema holds by now, after the migrations; and what the shared schemas hold. */
export async function grantRights(
  sql: SqlRunner,
  services: readonly string[],
  shared: readonly string[] = [],
): Promise<void> {
  for (const service of services) {
    const role = roleOf(service);
    await sql(`
      grant usage on schema ${service} to ${role};
      grant select, insert, update, delete on all tables in schema ${service} to ${role};
      revoke insert, update, delete on ${service}.schema_migrations from ${role};
      grant usage, select, update on all sequences in schema ${service} to ${role};
      grant execute on all functions in schema ${service} to ${role};
    `);
    const [events] = await sql<{ found: boolean }>(
      'select exists (select 1 from pg_roles where rolname = $1) as found',
      [eventsRole],
    );
    if (events?.found === true) await makeMember(sql, eventsRole, role);
    for (const other of shared) if (other !== service) await makeMember(sql, roleOf(other), role);
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

/** As settings of the roles in this database, because PgBouncer refuses them as parameters of a connection. */
export function timeLimits(database: string, roles: readonly string[], options: ProvisionOptions = {}): string {
  const settings = {
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 60_000,
  };
  return roles
    .flatMap((role) =>
      Object.entries(settings).map(
        ([name, ms]) =>
          `alter role ${escapeIdentifier(role)} in database ${escapeIdentifier(database)} set ${name} = '${Math.trunc(ms)}ms';`,
      ),
    )
    .join('\n');
}
