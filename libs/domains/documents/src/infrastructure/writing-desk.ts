import { Inject, Injectable } from '@nestjs/common';
import type { OrderState } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { type Desk, WritingDesk } from '../application/ports';
import type { Branding } from '../domain/paper/paper';
import type { Template } from '../domain/paper/template';
import { documentColumns, type DocumentRow, recordOf } from './document-store';
import { saleOf } from './small-stores';

/** As JSON has it: its times are texts. */
interface SaleJson {
  readonly order_id: string;
  readonly tenant_id: string;
  readonly buyer_id: string;
  readonly version: number;
  readonly state: string;
  readonly locale: string | null;
  readonly facts: unknown;
  readonly requested_at: string | null;
  readonly delivered_at: string | null;
}

/** Templates and letterheads were checked when they were written. */
interface DeskRow extends DocumentRow {
  readonly sale: SaleJson | null;
  readonly template: Template | null;
  readonly branding: Branding | null;
}

const deskSql = `select ${documentColumns}, to_jsonb(s) as sale,
    (select t.content from documents.templates t where t.tenant_id = d.tenant_id and t.kind = d.kind order by t.version desc limit 1) as template,
    (select b.content from documents.branding b where b.tenant_id = d.tenant_id) as branding
  from documents.documents d left join documents.sales s on s.order_id = d.order_id
  where d.id = $1`;

/** The second is looked for with what the first has given: it is locked after it. */
const lockSql = `with s as materialized (select order_id, version, state from documents.sales where order_id = $1 for update)
  select s.version as "saleVersion", s.state as "saleState", d.*
    from s cross join lateral (select ${documentColumns} from documents.documents d where d.id = $2 and d.order_id = s.order_id for update) d`;

const maybe = (text: string | null): Date | null => (text === null ? null : new Date(text));

@Injectable()
export class SqlWritingDesk extends WritingDesk {
  constructor(@Inject(databaseOf('documents')) private readonly db: Database) {
    super();
  }

  override async of(documentId: string): Promise<Desk | null> {
    const [row] = await this.db.query<DeskRow>(deskSql, [documentId], { name: 'documents-desk' });
    if (row === undefined) return null;
    const { sale, template, branding } = row;
    return { document: recordOf(row), sale: sale === null ? null : saleOfJson(sale), template, branding };
  }

  override async lock(tx: Tx, orderId: string, documentId: string): ReturnType<WritingDesk['lock']> {
    const [row] = await tx.query<DocumentRow & { saleVersion: number; saleState: OrderState }>(lockSql, [orderId, documentId], { name: 'documents-desk-lock' });
    return row === undefined ? null : { sale: { version: row.saleVersion, state: row.saleState }, document: recordOf(row) };
  }
}

const saleOfJson = (sale: SaleJson): NonNullable<Desk['sale']> =>
  saleOf({ ...sale, orderId: sale.order_id, tenantId: sale.tenant_id, buyerId: sale.buyer_id, requestedAt: maybe(sale.requested_at), deliveredAt: maybe(sale.delivered_at) });
