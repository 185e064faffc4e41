import { z } from 'zod';
import type { AuditRecord } from '../../application/ports';
import { iso } from '../support';
import { idSchema, timestampSchema } from './common';

const word = z.string().min(1).max(120);
export const auditFilter = {
  tenant_id: idSchema.optional().meta({ description: 'Operators only; others always see their own' }),
  service: word.optional(),
  actor_id: word.optional(),
  action: word.optional().meta({ example: 'user.administered' }),
  object_type: word.optional(),
  object_id: word.optional(),
  from: z.iso.datetime().optional().meta({ description: 'At this moment or later' }),
  to: z.iso.datetime().optional().meta({ description: 'Before this moment' }),
};

export const auditSchema = z
  .strictObject({
    id: idSchema,
    at: timestampSchema,
    service: z.string(),
    tenant_id: idSchema.nullable(),
    actor: z.strictObject({ kind: z.string(), id: z.string().nullable() }),
    action: z.string(),
    object: z.strictObject({ type: z.string(), id: z.string() }),
    reason: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    from: z.strictObject({ ip: z.string().nullable(), request_id: z.string().nullable() }),
  })
  .meta({ id: 'AuditEntry' });

export const presentAudit = (row: AuditRecord): z.input<typeof auditSchema> => ({
  id: row.id,
  at: iso(row.at),
  service: row.service,
  tenant_id: row.tenantId,
  actor: { kind: row.actorKind, id: row.actorId },
  action: row.action,
  object: { type: row.objectType, id: row.objectId },
  reason: row.reason,
  before: row.before ?? null,
  after: row.after ?? null,
  from: { ip: row.ip, request_id: row.requestId },
});

/** A cell that a spreadsheet would run as a formula is made text. */
function cell(value: string | null): string {
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const auditCsvHead = 'id,at,service,tenant_id,actor_kind,actor_id,action,object_type,object_id,reason,before,after,ip,request_id\r\n';
export const auditCsvRow = (row: AuditRecord): string =>
  `${[
    row.id,
    iso(row.at),
    row.service,
    row.tenantId,
    row.actorKind,
    row.actorId,
    row.action,
    row.objectType,
    row.objectId,
    row.reason,
    row.before === null || row.before === undefined ? null : JSON.stringify(row.before),
    row.after === null || row.after === undefined ? null : JSON.stringify(row.after),
    row.ip,
    row.requestId,
  ]
    .map(cell)
    .join(',')}\r\n`;
