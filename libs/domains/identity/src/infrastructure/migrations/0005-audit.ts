import { partitionedByMonth } from '@autobroker/platform/database';

/* The audit log of every service, one row per `audit.recorded`. */
export const auditEntries = `
create table identity.audit_entries (
  id          uuid not null,
  at          timestamptz not null,
  service     text not null,
  tenant_id   uuid,
  actor_kind  text not null,
  actor_id    text,
  action      text not null,
  object_type text not null,
  object_id   text not null,
  reason      text,
  before      jsonb,
  after       jsonb,
  ip          text,
  request_id  text,
  primary key (id, at)
) partition by range (at);
create index audit_entries_at_idx on identity.audit_entries (at desc, id desc);
create index audit_entries_tenant_idx on identity.audit_entries (tenant_id, at desc, id desc);
create index audit_entries_object_idx on identity.audit_entries (object_type, object_id, at desc);
create index audit_entries_actor_idx on identity.audit_entries (actor_id, at desc);
${partitionedByMonth('identity.audit_entries')}
`;
