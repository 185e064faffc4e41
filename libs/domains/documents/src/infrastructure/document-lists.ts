import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type TenantScope } from '@autobroker/platform/database';
import { type DocumentFilter, DocumentLists, type ListWindow } from '../application/ports';
import { documentColumns, type DocumentRow, recordOf } from './document-store';

type ListedRow = DocumentRow & { readonly replacedBy: string | null };

const replacedBy = `(select s.id from documents.documents s where s.replaces = d.id and s.state not in ('withdrawn', 'void') limit 1)`;

@Injectable()
export class SqlDocumentLists extends DocumentLists {
  constructor(@Inject(databaseOf('documents')) private readonly db: Database) {
    super();
  }

  override async page({ tenantId }: TenantScope, { kinds, states, problem }: DocumentFilter, { limit, offset, after }: ListWindow): ReturnType<DocumentLists['page']> {
    // Said so, and not as a parameter, it finds the index of those that have one.
    const troubled = problem === null || problem === 'any' || problem === 'none' ? `$4::text is null` : `d.problem = $4`;
    const known = problem === 'none' ? 'd.problem is null' : problem === null ? 'true' : 'd.problem is not null';
    const where = `d.tenant_id = $1 and ($2::text[] is null or d.kind = any ($2)) and ($3::text[] is null or d.state = any ($3)) and ${troubled} and ${known}`;
    const params = [tenantId, kinds.length === 0 ? null : kinds, states.length === 0 ? null : states, troubled.startsWith('$4') ? null : problem];
    const [rows, [count]] = await Promise.all([
      this.db.query<ListedRow>(`select ${documentColumns}, ${replacedBy} as "replacedBy" from documents.documents d where ${where} and ($5::uuid is null or d.id < $5) order by d.id desc limit $6 offset $7`, [...params, after, limit + 1, after === null ? offset : 0]),
      this.db.query<{ n: number }>(`select count(*)::integer as n from (select 1 from documents.documents d where ${where} limit 10001) counted`, params),
    ]);
    const items = rows.slice(0, limit).map((row) => ({ ...recordOf(row), replacedBy: row.replacedBy }));
    return { items, total: count?.n ?? 0, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
