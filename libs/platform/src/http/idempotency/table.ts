/**
 * DDL of the table that remembers answers of POST requests, for the migrations of each service. `schema` is a schema
 * name of the platform's own, never a value from outside.
 */
export const idempotencyTable = (schema: string): string => `
create table ${schema}.idempotency_key (
  scope text not null,
  route text not null,
  key text not null,
  owner uuid not null,
  request_hash bytea not null,
  locked_until timestamptz,
  status smallint,
  answer bytea,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (scope, route, key),
  check ((status is null) = (answer is null))
);
create index idempotency_key_expires_at on ${schema}.idempotency_key (expires_at);
`;
