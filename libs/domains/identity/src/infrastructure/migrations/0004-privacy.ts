/* Consents are a log: a trigger keeps everybody, this service included, from rewriting what somebody agreed to. */
export const privacy = `
create table identity.consent_documents (
  id           uuid primary key,
  tenant_id    uuid references identity.tenants (id),
  kind         text not null,
  version      text not null,
  title        text not null,
  url          text not null,
  required     boolean not null,
  published_at timestamptz not null,
  constraint consent_documents_key unique nulls not distinct (tenant_id, kind, version)
);

create table identity.consent_log (
  id               uuid primary key,
  user_id          uuid not null references identity.users (id),
  tenant_id        uuid,
  kind             text not null,
  document_version text not null,
  granted          boolean not null,
  at               timestamptz not null
);
create index consent_log_user_idx on identity.consent_log (user_id, id);

create function identity.consent_log_is_append_only() returns trigger language plpgsql as $body$
begin
  raise exception 'consent_log is append-only';
end
$body$;
create trigger consent_log_append_only before update or delete on identity.consent_log
  for each row execute function identity.consent_log_is_append_only();

create table identity.privacy_exports (
  id           uuid primary key,
  user_id      uuid not null references identity.users (id),
  tenant_id    uuid,
  status       text not null,
  object_key   text,
  size_bytes   integer,
  requested_at timestamptz not null,
  completed_at timestamptz,
  expires_at   timestamptz,
  constraint privacy_exports_status_check check (status in ('queued', 'ready', 'failed', 'expired'))
);
create index privacy_exports_user_idx on identity.privacy_exports (user_id, id);
create index privacy_exports_expires_idx on identity.privacy_exports (expires_at) where status = 'ready';
`;
