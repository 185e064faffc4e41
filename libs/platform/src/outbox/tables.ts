/** One forward step of a schema; the shape that the database folder's migrator runs. */
export interface OutboxMigration {
  readonly id: string;
  readonly up: string;
}

const schemaPattern = /^[a-z][a-z0-9_]{0,40}$/;

/** Schema names end up inside SQL, so nothing but a plain lower-case name gets through. */
export function assertSchemaName(schema: string): string {
  if (!schemaPattern.test(schema)) throw new Error(`${JSON.stringify(schema)} is not a schema name`);
  return schema;
}

/** May read every service's outbox. Only the messaging folder reads across schemas, and it does so by this role. */
export const eventsRole = 'autobroker_events';

/**
 * The tables of events, per service: what it says (outbox) and what its consumers have done (inbox, offsets, deferred,
 * dead letters).
 */
export function messagingTables(schema: string): OutboxMigration[] {
  assertSchemaName(schema);
  return [
    { id: 'messaging-0001-outbox', up: outbox(schema) },
    { id: 'messaging-0002-consumers', up: consumers(schema) },
    { id: 'messaging-0003-events-role', up: role(schema) },
    { id: 'messaging-0004-starts', up: starts(schema) },
    { id: 'messaging-0005-due', up: due(schema) },
    { id: 'messaging-0006-news', up: news(schema) },
  ];
}

/*
 * Positions are handed out in the order of publication, but transactions commit in any order. A reader that simply
 * remembered the last position it saw would skip an event whose transaction was still open when a later one committed.
 *
 * So a transaction announces itself before it takes its first position: a shared advisory lock, held until it ends, whose
 * number is the last position issued by then. A reader asks outbox_horizon() how far it may go: what was issued is read
 * first, then the announcements. Who is not announced by then takes higher positions than `issued`; who is announced holds
 * the horizon at its announcement; who has ended is visible to the next statement. Hence nothing is passed over.
 *
 * Compared with the usual bound (the oldest transaction id still running) this waits for publishers only, not for every
 * long transaction of the server, it keeps the order per key when an old transaction publishes late, and positions survive
 * dump and restore, which transaction ids do not.
 */
const outbox = (schema: string): string => `
create sequence ${schema}.outbox_position_seq as bigint;

create table ${schema}.outbox (
  position    bigint primary key,
  id          uuid not null,
  type        text not null,
  version     integer not null,
  key         text not null,
  tenant_id   uuid,
  occurred_at timestamptz not null,
  trace       text,
  data        jsonb not null
);
alter sequence ${schema}.outbox_position_seq owned by ${schema}.outbox.position;

create function ${schema}.outbox_position() returns bigint language plpgsql volatile as $body$
declare
  own text := pg_current_xact_id()::text;
begin
  if current_setting('autobroker.publishing_${schema}', true) is distinct from own then
    perform pg_advisory_xact_lock_shared(
      '${schema}.outbox'::regclass::oid::integer,
      (coalesce(pg_sequence_last_value('${schema}.outbox_position_seq'), 0) & 2147483647)::integer
    );
    -- local to the (sub)transaction, exactly as the lock is
    perform set_config('autobroker.publishing_${schema}', own, true);
  end if;
  return nextval('${schema}.outbox_position_seq');
end
$body$;

alter table ${schema}.outbox alter column position set default ${schema}.outbox_position();

create function ${schema}.outbox_horizon() returns bigint language plpgsql volatile as $body$
declare
  issued bigint;
  oldest bigint;
begin
  issued := coalesce(pg_sequence_last_value('${schema}.outbox_position_seq'), 0);
  -- locks carry 31 bits: the distance back from "issued" is what they tell
  select min(issued - greatest(((issued - l.objid::bigint + 1073741824) & 2147483647) - 1073741824, 0)) into oldest
    from pg_locks l
   where l.locktype = 'advisory' and l.objsubid = 2 and l.mode = 'ShareLock' and l.granted
     and l.classid = '${schema}.outbox'::regclass::oid
     and l.database = (select d.oid from pg_database d where d.datname = current_database());
  return least(issued, oldest);
end
$body$;
`;

const consumers = (schema: string): string => `
create table ${schema}.inbox (
  consumer    text not null,
  event_id    uuid not null,
  source      text not null,
  occurred_at timestamptz not null,
  handled_at  timestamptz not null default now(),
  primary key (consumer, event_id)
);
create index inbox_handled_at on ${schema}.inbox using brin (handled_at);

create table ${schema}.consumer_offset (
  consumer   text not null,
  source     text not null,
  position   bigint not null,
  updated_at timestamptz not null default now(),
  primary key (consumer, source)
) with (fillfactor = 50);

create table ${schema}.deferred (
  seq             bigint generated always as identity primary key,
  consumer        text not null,
  source          text not null,
  key             text not null,
  event_id        uuid not null,
  event           jsonb not null,
  attempts        integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error      text,
  deferred_at     timestamptz not null default now()
);
create index deferred_key on ${schema}.deferred (consumer, source, key, seq);
create index deferred_due on ${schema}.deferred (consumer, next_attempt_at);

create table ${schema}.dead_letter (
  id          uuid primary key,
  consumer    text not null,
  source      text not null,
  reason      text not null check (reason in ('failed', 'invalid')),
  event_id    uuid,
  type        text,
  key         text,
  tenant_id   uuid,
  event       jsonb,
  raw         text,
  error       text not null,
  attempts    integer not null,
  occurred_at timestamptz,
  dead_at     timestamptz not null default now(),
  check (event is not null or raw is not null)
);
create index dead_letter_consumer on ${schema}.dead_letter (consumer, dead_at);
`;

/*
 * An event whose handler ends the whole process leaves no trace in its transaction. So it is written down beforehand where
 * a process starts to work, and in how many starts in a row it was not got past.
 */
const starts = (schema: string): string => `
alter table ${schema}.consumer_offset
  add column started_from bigint,
  add column starts       integer not null default 0,
  add column started_at   timestamptz;
alter table ${schema}.deferred add column starts integer not null default 0;
`;

/** When something is due, and no more: one statement asks for all services of a process. */
const due = (schema: string): string => `
grant select (consumer, source, key, seq, next_attempt_at) on ${schema}.deferred to ${eventsRole};
`;

/*
 * How far one may read, and what lies before that, in one call. Each statement of such a function sees what was committed
 * when it began: the events are looked for after the horizon is known, and whoever has ended by then is seen. Where each
 * position that was issued is there already, nobody who has one is still at work, and no lock need be looked at.
 * More than `far` is not read. Of the types in `wanted` the whole event is given, where there are more than `near` of
 * those in `told` only; of the others the type.
 */
const news = (schema: string): string => `
create function ${schema}.outbox_news(seen bigint, far bigint, near bigint, wanted text[], told text[], most integer)
returns table (issued bigint, horizon bigint, "position" bigint, type text, id uuid, version integer, key text, tenant_id uuid, occurred_at timestamptz, trace text, data jsonb)
language plpgsql volatile rows 10 as $body$
declare
  whole text[];
begin
  issued := coalesce(pg_sequence_last_value('${schema}.outbox_position_seq'), 0);
  if issued > seen and issued - seen <= near and issued - seen = (select count(*) from ${schema}.outbox o where o.position > seen and o.position <= outbox_news.issued) then
    horizon := issued;
  else
    horizon := ${schema}.outbox_horizon();
  end if;
  if horizon > seen and horizon - seen <= far then
    whole := case when horizon - seen <= near then wanted else told end;
    return query
      select outbox_news.issued, outbox_news.horizon, o.position, o.type, e.*
        from ${schema}.outbox o
        left join lateral (select o.id, o.version, o.key, o.tenant_id, o.occurred_at, o.trace, o.data where o.type = any(whole)) e on true
       where o.position > seen and o.position <= outbox_news.horizon order by o.position limit most;
    if found then
      return;
    end if;
  end if;
  return next;
end
$body$;
`;

// Roles belong to the whole server, so that two databases may create this one at the same moment.
const role = (schema: string): string => `
do $body$
begin
  if not exists (select 1 from pg_roles where rolname = '${eventsRole}') then
    create role ${eventsRole} nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end
$body$;
grant usage on schema ${schema} to ${eventsRole};
grant select on ${schema}.outbox, ${schema}.consumer_offset to ${eventsRole};
grant select on sequence ${schema}.outbox_position_seq to ${eventsRole};
`;
