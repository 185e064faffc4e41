import { isUuid } from '@autobroker/kernel';
import { can } from '@autobroker/platform/auth';
import { decodeCursor, defineRoute, encodeCursor, Handle, Input, pageQuery, pageWindow, paginationOf, ProblemError, reply, stream, type InputOf } from '@autobroker/platform/http';
import { Controller } from '@nestjs/common';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { AuditPosition } from '../../application/ports';
import { ReadAuditLog, type AuditQuery } from '../../application/read-audit-log';
import { auditCsvHead, auditCsvRow, auditFilter, auditSchema, presentAudit } from '../schemas/audit';
import { callerOf } from '../support';

const tag = 'audit';
export const listAudit = defineRoute({
  tag, method: 'GET', path: '/audit-log', summary: 'Who did what, newest first', description: 'An admin sees the tenant’s entries, an operator all of them.',
  access: can('audit.read'), query: z.strictObject({ ...pageQuery.shape, ...auditFilter }),
  response: { status: 200, data: z.array(auditSchema), paginated: true }, errors: ['page_too_deep', 'invalid_cursor'],
});
export const exportAudit = defineRoute({
  tag, method: 'GET', path: '/audit-log/export', summary: 'The same as a file', description: 'At most 100,000 entries, newest first; narrow the time for more.',
  access: can('audit.read'), query: z.strictObject({ ...auditFilter, format: z.enum(['csv', 'jsonl']).default('jsonl') }),
  response: { status: 200, raw: 'application/x-ndjson', description: 'JSON lines, or CSV with `format=csv`' }, timeoutMs: null,
});

type Filter = z.output<z.ZodObject<typeof auditFilter>>;

@Controller()
export class AuditLogController {
  constructor(private readonly log: ReadAuditLog) {}

  @Handle(listAudit)
  async list(@Input() input: InputOf<typeof listAudit>) {
    const { page, per_page: perPage, cursor, ...filter } = input.query;
    const binding = ['audit', input.principal.tenantId, filter];
    const before = cursor === undefined ? null : positionIn(decodeCursor(cursor, binding));
    const { limit, offset } = before === null ? pageWindow(input.query) : { limit: perPage, offset: 0 };
    const found = await this.log.page(callerOf(input), queryOf(filter), { limit, offset, before });
    const nextCursor = found.next === null ? null : encodeCursor([found.next.at, found.next.id], binding);
    return reply(found.items.map(presentAudit), { pagination: paginationOf({ page, perPage, total: found.total, nextCursor }) });
  }

  @Handle(exportAudit)
  export(@Input() input: InputOf<typeof exportAudit>) {
    const { format, ...filter } = input.query;
    const rows = this.log.all(callerOf(input), queryOf(filter));
    const csv = format === 'csv';
    async function* lines(): AsyncGenerator<string> {
      if (csv) yield auditCsvHead;
      for await (const row of rows) yield csv ? auditCsvRow(row) : `${JSON.stringify(presentAudit(row))}\n`;
    }
    return stream(Readable.from(lines(), { objectMode: false }), csv ? 'text/csv; charset=utf-8' : 'application/x-ndjson', {
      headers: { 'content-disposition': `attachment; filename="audit-log.${format}"`, 'cache-control': 'no-store' },
    });
  }
}

const queryOf = (filter: Filter): AuditQuery => ({
  tenantId: filter.tenant_id,
  service: filter.service,
  actorId: filter.actor_id,
  action: filter.action,
  objectType: filter.object_type,
  objectId: filter.object_id,
  from: filter.from === undefined ? undefined : new Date(filter.from),
  to: filter.to === undefined ? undefined : new Date(filter.to),
});

function positionIn([at, id]: unknown[]): AuditPosition {
  if (typeof at !== 'string' || !isUuid(id)) throw new ProblemError('invalid_cursor');
  return { at, id };
}
