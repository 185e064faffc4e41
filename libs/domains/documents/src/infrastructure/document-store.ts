import { Inject, Injectable } from '@nestjs/common';
import { paymentMethods, type SignerRole } from '@autobroker/kernel';
import { type Database, databaseOf, type TenantScope, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { DocumentStore, type Hastened, type Numbered } from '../application/ports';
import type { DocumentRecord, StoredFile } from '../domain/document';
import type { InvoiceFigures } from '../domain/invoice/figures';
import { DocumentEntity } from './entities/document.entity';
import { ownTurns, takeDue, type Turns } from './take-due';

/** Without what it says, which is long and sealed: that is read by itself, when a file is written. */
export type DocumentRow = Omit<DocumentEntity, 'replaced' | 'contentSealed' | 'keptUntil' | 'filesLeft' | 'filesTries' | 'filesTryAt' | 'tries' | 'tryAt'>;

const columns: Readonly<Record<keyof DocumentRow, string>> = {
  id: 'id',
  tenantId: 'tenant_id',
  orderId: 'order_id',
  buyerId: 'buyer_id',
  kind: 'kind',
  occasion: 'occasion',
  version: 'version',
  state: 'state',
  language: 'language',
  number: 'number',
  replaces: 'replaces',
  reason: 'reason',
  context: 'context',
  templateVersion: 'template_version',
  figures: 'figures',
  contentHash: 'content_hash',
  objectKey: 'object_key',
  sha256: 'sha256',
  size: 'size',
  signedObjectKey: 'signed_object_key',
  signedSha256: 'signed_sha256',
  signedSize: 'signed_size',
  signers: 'signers',
  signedBy: 'signed_by',
  problem: 'problem',
  plannedAt: 'planned_at',
  numberedAt: 'numbered_at',
  issuedAt: 'issued_at',
  erasedAt: 'erased_at',
  endedAt: 'ended_at',
};

/** Of `documents.documents d`, as a row of them is named here. */
export const documentColumns = Object.entries(columns)
  .map(([property, column]) => `d.${column} as "${property}"`)
  .join(', ');

const theirs = '($2::uuid is null or d.tenant_id = $2)';
const byIdSql = `select ${documentColumns} from documents.documents d where d.id = $1 and ${theirs}`;
const ofOrderSql = `select ${documentColumns} from documents.documents d where d.order_id = $1 and ${theirs} order by d.id limit 500`;
const ofSaleSql = `select s.buyer_id as "saleBuyerId", ${documentColumns} from documents.sales s left join documents.documents d on d.tenant_id = s.tenant_id and d.order_id = s.order_id
  where s.order_id = $1 and ($2::uuid is null or s.tenant_id = $2) order by d.id limit 500`;
const planSql = `insert into documents.documents (id, tenant_id, order_id, buyer_id, kind, occasion, version, state, language, replaces, reason, context, planned_at, try_at)
  select p.id, p.tenant_id, p.order_id, p.buyer_id, p.kind, p.occasion, p.version, 'planned', p.language, p.replaces, p.reason, p.context, p.planned_at, p.planned_at + interval '1 minute'
    from jsonb_to_recordset($1::jsonb) as p(id uuid, tenant_id uuid, order_id uuid, buyer_id uuid, kind text, occasion text, version integer, language text, replaces uuid, reason text, context jsonb, planned_at timestamptz)
  on conflict (tenant_id, order_id, kind, occasion, version) do nothing returning id`;

const numberSql = `update documents.documents
  set state = 'numbered', number = $2, language = $3, buyer_id = $4, template_version = $5, figures = $6, content_sealed = $7, content_hash = $8,
      signers = $9, numbered_at = $10, kept_until = $11, problem = null
  where id = $1`;
// Once everybody has signed, the copy that shows it is owed.
const signedSql = `update documents.documents
  set signed_by = array_append(signed_by, $2), tries = 0, try_at = case when array_append(signed_by, $2) @> signers then $3::timestamptz + interval '1 minute' end
  where id = $1 and not $2 = any (signed_by)`;

/** What has its number, or everybody's signature, is owed. */
const turnsOfPapers = ownTurns('documents', "d.state <> 'planned'");
const turnsOfFiles: Turns = { table: 'documents', tries: 'files_tries', tryAt: 'files_try_at', due: 'coalesce(files_try_at, erased_at)', among: 'files_left', forEver: 'true' };

const contextSchema = z.object({
  paymentId: z.string().optional(),
  method: z.enum(paymentMethods).optional(),
  amount: z.number().optional(),
  captureBefore: z.string().nullish(),
  at: z.string().optional(),
  credits: z.string().optional(),
  dueAt: z.string().nullish(),
});

@Injectable()
export class SqlDocumentStore extends DocumentStore {
  constructor(@Inject(databaseOf('documents')) private readonly db: Database) {
    super();
  }

  override async plan(tx: Tx, documents: Parameters<DocumentStore['plan']>[1]): Promise<string[]> {
    const planned = documents.map(({ id, tenantId, orderId, buyerId, kind, occasion, version, language, replaces, reason, context, plannedAt }) => ({
      ...{ id, kind, occasion, version, language, replaces, reason, context },
      ...{ tenant_id: tenantId, order_id: orderId, buyer_id: buyerId, planned_at: plannedAt },
    }));
    const rows = await tx.query<{ id: string }>(planSql, [JSON.stringify(planned)], { name: 'documents-plan' });
    return rows.map(({ id }) => id);
  }

  override async byId(scope: TenantScope, on: Database | Tx, id: string): Promise<DocumentRecord | null> {
    const [row] = await on.query<DocumentRow>(byIdSql, [id, scope.tenantId], { name: 'documents-by-id' });
    return row === undefined ? null : recordOf(row);
  }

  override async lock(scope: TenantScope, tx: Tx, id: string): Promise<DocumentRecord | null> {
    const [row] = await tx.query<DocumentRow>(`${byIdSql} for update`, [id, scope.tenantId], { name: 'documents-lock' });
    return row === undefined ? null : recordOf(row);
  }

  override async ofOrder(scope: TenantScope, on: Database | Tx, orderId: string): Promise<DocumentRecord[]> {
    return (await on.query<DocumentRow>(ofOrderSql, [orderId, scope.tenantId], { name: 'documents-of-order' })).map(recordOf);
  }

  override async ofSale(scope: TenantScope, orderId: string): ReturnType<DocumentStore['ofSale']> {
    const rows = await this.db.query<{ saleBuyerId: string } & (DocumentRow | { id: null })>(ofSaleSql, [orderId, scope.tenantId], { name: 'documents-of-sale' });
    const [first] = rows;
    return first === undefined ? null : { buyerId: first.saleBuyerId, documents: rows.flatMap((row) => (row.id === null ? [] : [recordOf(row)])) };
  }

  override async successorOf(scope: TenantScope, on: Database | Tx, id: string): Promise<string | null> {
    const [row] = await on.query<{ id: string }>(
      `select id from documents.documents where replaces = $1 and state not in ('withdrawn', 'void') and ($2::uuid is null or tenant_id = $2) limit 1`,
      [id, scope.tenantId],
      { name: 'documents-successor' },
    );
    return row?.id ?? null;
  }

  override async nextNumber(tx: Tx, tenantId: string, series: string): Promise<number> {
    // The row stays locked until the caller's transaction ends: what is undone gives its number back.
    const [row] = await tx.query<{ last: number }>(
      `insert into documents.number_series (tenant_id, series, last) values ($1, $2, 1)
       on conflict (tenant_id, series) do update set last = number_series.last + 1 returning last`,
      [tenantId, series],
      { name: 'documents-next-number' },
    );
    if (row === undefined) throw new Error(`series ${series} gave no number`);
    return row.last;
  }

  override number(tx: Tx, id: string, numbered: Numbered): Promise<void> {
    const { number, language, buyerId, templateVersion, figures, contentSealed, contentHash, signers, at, keptUntil } = numbered;
    return tx.writeLater({ table: 'documents', what: 'number', sql: numberSql, values: [id, number, language, buyerId, templateVersion, figures === null ? null : JSON.stringify(figures), contentSealed, contentHash, signers, at, keptUntil] });
  }

  override async issue(tx: Tx, id: string, { key, sha256, size }: StoredFile, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `update documents.documents set state = 'issued', object_key = $2, sha256 = $3, size = $4, issued_at = $5, problem = null, tries = 0, try_at = null
        where id = $1 and state = 'numbered' and erased_at is null returning id`,
      [id, key, sha256, size, at],
      { name: 'documents-issue' },
    );
    return rows.length > 0;
  }

  override async withdraw(tx: Tx, id: string, problem: string): Promise<void> {
    await tx.query(`update documents.documents set state = 'withdrawn', problem = $2, try_at = null where id = $1 and state = 'planned'`, [id, problem]);
  }

  override async end(tx: Tx, id: string, problem: string, at: Date): Promise<DocumentRecord['state'] | null> {
    const [row] = await tx.query<Pick<DocumentRecord, 'state'>>(
      `update documents.documents set state = case state when 'numbered' then 'void' else state end, problem = $2, ended_at = $3, tries = 0, try_at = null
        where id = $1 and ended_at is null and (state = 'numbered' or (state = 'issued' and signed_sha256 is null)) returning state`,
      [id, problem, at],
    );
    return row?.state ?? null;
  }

  override async blame(id: string, problem: string): Promise<void> {
    await this.db.query('update documents.documents set problem = $2 where id = $1', [id, problem.slice(0, 500)]);
  }

  override async blameOnce(tx: Tx, id: string, problem: string): Promise<boolean> {
    const rows = await tx.query('update documents.documents set problem = $2 where id = $1 and problem is distinct from $2 returning id', [id, problem]);
    return rows.length > 0;
  }

  override async content(id: string): Promise<string | null> {
    const [row] = await this.db.query<{ content_sealed: string | null }>('select content_sealed from documents.documents where id = $1', [id], { name: 'documents-content' });
    return row?.content_sealed ?? null;
  }

  override signed(tx: Tx, id: string, role: SignerRole, at: Date): Promise<void> {
    return tx.writeLater({ table: 'documents', what: 'signed', sql: signedSql, values: [id, role, at] });
  }

  override async sealed(tx: Tx, id: string, { key, sha256, size }: StoredFile): Promise<boolean> {
    const rows = await tx.query(
      'update documents.documents set signed_object_key = $2, signed_sha256 = $3, signed_size = $4, problem = null, try_at = null where id = $1 and signed_sha256 is null and erased_at is null returning id',
      [id, key, sha256, size],
      { name: 'documents-sealed' },
    );
    return rows.length > 0;
  }

  override due(...turn: Parameters<DocumentStore['due']>): ReturnType<DocumentStore['due']> {
    return takeDue(this.db, turnsOfPapers, 'd.id, d.tenant_id as "tenantId", d.kind, d.state, d.tries, d.problem', turn);
  }

  override overdue(tries: number): ReturnType<DocumentStore['overdue']> {
    return this.db.query(
      `select coalesce(problem, 'none') as problem, count(*)::int as count from documents.documents where try_at is not null and tries > $1 and state <> 'planned' group by 1`,
      [tries],
      { name: 'documents-overdue' },
    );
  }

  override hasten(tx: Tx, tenantId: string, orderId: string, at: Date): Promise<Hastened[]> {
    return tx.query<Hastened>(
      `update documents.documents set tries = 0, try_at = $3::timestamptz + interval '1 minute' where tenant_id = $1 and order_id = $2 and state = 'planned'
       returning id, tenant_id as "tenantId", kind`,
      [tenantId, orderId, at],
      { name: 'documents-hasten' },
    );
  }

  override async ofBuyer(tx: Tx, buyerId: string): ReturnType<DocumentStore['ofBuyer']> {
    const rows = await tx.manager.find(DocumentEntity, { where: { buyerId }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    return rows.map((row) => ({ ...recordOf(row), keptUntil: row.keptUntil, tryAt: row.tryAt, tries: row.tries }));
  }

  override async askSoon(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.query('update documents.documents set tries = 0, try_at = $2 where id = $1', [id, at]);
  }

  override async erase(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.query('update documents.documents set content_sealed = null, erased_at = $2, try_at = null, files_left = number is not null, files_tries = 0, files_try_at = $2 where id = $1', [id, at]);
    await tx.query('update documents.signatures set evidence_sealed = null, ip_hash = null where document_id = $1', [id]);
  }

  override async outlived(at: Date, limit: number): Promise<DocumentRecord[]> {
    const rows = await this.db.withManager((manager) =>
      manager
        .createQueryBuilder(DocumentEntity, 'row')
        .where('row.keptUntil <= :at and row.erasedAt is null')
        .andWhere('exists (select 1 from documents.person_key where person_id = row.buyerId and destroyed_at is not null)')
        .setParameters({ at })
        .orderBy('row.keptUntil')
        .limit(limit)
        .getMany(),
    );
    return rows.map(recordOf);
  }

  override async withFilesLeft(...turn: Parameters<DocumentStore['withFilesLeft']>): Promise<DocumentRecord[]> {
    return (await takeDue<DocumentRow>(this.db, turnsOfFiles, documentColumns, turn)).map(recordOf);
  }

  override async filesGone(id: string): Promise<void> {
    await this.db.query('update documents.documents set files_left = false where id = $1', [id]);
  }

  override async filesCame(id: string, at: Date): Promise<DocumentRecord | null> {
    const [row] = await this.db.query<DocumentRow>(`update documents.documents d set files_left = true, files_tries = 0, files_try_at = $2 where d.id = $1 and d.erased_at is not null returning ${documentColumns}`, [id, at]);
    return row === undefined ? null : recordOf(row);
  }
}

export function recordOf(row: DocumentRow): DocumentRecord {
  const { objectKey, sha256, size, signedObjectKey, signedSha256, signedSize } = row;
  return {
    id: row.id,
    tenantId: row.tenantId,
    orderId: row.orderId,
    buyerId: row.buyerId,
    kind: row.kind,
    occasion: row.occasion,
    version: row.version,
    state: row.state,
    language: row.language,
    number: row.number,
    replaces: row.replaces,
    reason: row.reason,
    context: contextSchema.parse(row.context),
    templateVersion: row.templateVersion,
    // Written by ourselves and by nobody else.
    figures: row.figures as InvoiceFigures | null,
    contentHash: row.contentHash,
    file: objectKey === null || sha256 === null || size === null ? null : { key: objectKey, sha256, size },
    signedFile: signedObjectKey === null || signedSha256 === null || signedSize === null ? null : { key: signedObjectKey, sha256: signedSha256, size: signedSize },
    signers: row.signers,
    signedBy: row.signedBy,
    problem: row.problem,
    plannedAt: row.plannedAt,
    numberedAt: row.numberedAt,
    issuedAt: row.issuedAt,
    erasedAt: row.erasedAt,
    endedAt: row.endedAt,
  };
}
