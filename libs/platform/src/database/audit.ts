import type { auditRecorded, EventData } from '@autobroker/contracts';
import { arrays, type SqlPart } from '../outbox';
import type { AuditEntry, PublishInput } from './types';

export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly entry: AuditEntry;
}

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const columns = ['uuid', 'timestamptz', 'text', 'text', 'text', 'text', 'text', 'uuid', 'text', 'jsonb', 'jsonb', 'text', 'text'];

export const auditRows = (schema: string, rows: readonly AuditRow[]): SqlPart => ({
  name: 'audit',
  sql: (first) =>
    `insert into ${schema}.audit_log
       (id, at, actor_kind, actor_id, action, object_type, object_id, tenant_id, reason, before, after, ip, request_id)
     select * from unnest(${arrays(columns, first)})`,
  values: [
    rows.map((row) => row.id),
    rows.map((row) => row.at),
    rows.map((row) => row.entry.actor.kind),
    rows.map((row) => row.entry.actor.id),
    rows.map((row) => row.entry.action),
    rows.map((row) => row.entry.object.type),
    rows.map((row) => row.entry.object.id),
    rows.map((row) => row.entry.tenantId),
    rows.map((row) => row.entry.reason ?? null),
    rows.map((row) => json(row.entry.before)),
    rows.map((row) => json(row.entry.after)),
    rows.map((row) => row.entry.from?.ip ?? null),
    rows.map((row) => row.entry.from?.request_id ?? null),
  ],
});

/** The event that carries the row to identity, which serves the audit log of all services. */
export function auditEventOf(schema: string, { id, at, entry }: AuditRow): PublishInput<typeof auditRecorded> {
  const data: EventData<typeof auditRecorded> = {
    audit_id: id,
    service: schema,
    at: at.toISOString(),
    actor: { kind: entry.actor.kind, id: entry.actor.id },
    action: entry.action,
    object: { type: entry.object.type, id: entry.object.id },
    reason: entry.reason ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    from: { ip: entry.from?.ip ?? null, request_id: entry.from?.request_id ?? null },
  };
  return { key: `${entry.object.type}:${entry.object.id}`, tenantId: entry.tenantId, data };
}
