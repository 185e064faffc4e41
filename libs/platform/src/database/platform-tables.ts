import { assertSchemaName, messagingTables } from '../outbox';
import { claimLostState } from './errors';
import { monthlyPartitionFunctions, partitionedByMonth } from './partitions';
import type { Migration } from './types';

/** The tables that every service has, in its own schema. A service lists them before its own migrations. */
export function platformTables(schema: string): Migration[] {
  assertSchemaName(schema);
  return [
    { id: 'platform-0001-partitions', up: monthlyPartitionFunctions(schema) },
    ...messagingTables(schema),
    { id: 'platform-0002-audit-log', up: auditLog(schema) },
    { id: 'platform-0003-idempotency', up: idempotency(schema) },
    { id: 'platform-0004-person-key', up: personKey(schema) },
    { id: 'platform-0005-idempotency-worked', up: idempotencyWorked(schema) },
  ];
}

const auditLog = (schema: string): string => `
create table ${schema}.audit_log (
  id          uuid not null,
  at          timestamptz not null,
  actor_kind  text not null check (actor_kind in ('anonymous', 'user', 'client', 'system')),
  actor_id    text,
  action      text not null,
  object_type text not null,
  object_id   text not null,
  tenant_id   uuid,
  reason      text,
  before      jsonb,
  after       jsonb,
  ip          text,
  request_id  text,
  primary key (id, at)
) partition by range (at);
create index audit_log_object on ${schema}.audit_log (object_type, object_id, at desc);
create index audit_log_tenant on ${schema}.audit_log (tenant_id, at desc);
${partitionedByMonth(`${schema}.audit_log`)}
`;

/** Answers of POST requests, for whoever sends the same Idempotency-Key again; read and written by the http folder. */
const idempotency = (schema: string): string => `
create table ${schema}.idempotency_key (
  scope        text not null,
  route        text not null,
  key          text not null,
  owner        uuid not null,
  request_hash bytea not null,
  locked_until timestamptz,
  status       smallint,
  answer       bytea,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  primary key (scope, route, key),
  check ((status is null) = (answer is null))
);
create index idempotency_key_expires_at on ${schema}.idempotency_key (expires_at);
`;

/**
 * Whether the work of a key was committed, and on which object: known even when no answer could be kept. The function runs
 * in the work's own transaction. It counts only where that has written something, and fails it where the claim is another's.
 */
const idempotencyWorked = (schema: string): string => `
alter table ${schema}.idempotency_key add column worked_at timestamptz, add column worked_on jsonb;

create function ${schema}.idempotency_worked(
  its_scope text, its_route text, its_key text, its_owner uuid, its_object jsonb, has_written boolean
) returns boolean language plpgsql volatile as $body$
begin
  if not has_written and pg_current_xact_id_if_assigned() is null then
    return false;
  end if;
  update ${schema}.idempotency_key
     set worked_at = coalesce(worked_at, now()), worked_on = coalesce(worked_on, its_object)
   where scope = its_scope and route = its_route and key = its_key and owner = its_owner;
  if not found then
    raise exception 'the claim was taken over' using errcode = '${claimLostState}';
  end if;
  return true;
end
$body$;
`;

const personKey = (schema: string): string => `
create table ${schema}.person_key (
  person_id     uuid primary key,
  master_key_id text,
  wrapped       bytea,
  created_at    timestamptz not null,
  rewrapped_at  timestamptz,
  destroyed_at  timestamptz,
  check ((wrapped is null) = (destroyed_at is not null) and (wrapped is null) = (master_key_id is null))
);
create index person_key_master on ${schema}.person_key (master_key_id) where wrapped is not null;
`;
