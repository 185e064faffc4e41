import { Inject, Injectable } from '@nestjs/common';
import { paymentMethods, type SignerRole } from '@autobroker/kernel';
import { type Database, databaseOf, TenantRepository, type TenantScope, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { DocumentStore, type Numbered } from '../application/ports';
import type { DocumentRecord, StoredFile } from '../domain/document';
import type { InvoiceFigures } from '../domain/invoice/figures';
import { DocumentEntity } from './entities/document.entity';
import { takeDue } from './take-due';

class DocumentRows extends TenantRepository<DocumentEntity> {
  constructor() {
    super(DocumentEntity);
  }
}

const contextSchema = z.object({
  paymentId: z.string().optional(),
  method: z.enum(paymentMethods).optional(),
  amount: z.number().optional(),
  captureBefore: z.string().nullish(),
  at: z.string().optional(),
  credits: z.string().optional(),
});

@Injectable()
export class SqlDocumentStore extends DocumentStore {
  private readonly rows = new DocumentRows();

  constructor(@Inject(databaseOf('documents')) private readonly db: Database) {
    super();
  }

  override async plan(tx: Tx, document: Parameters<DocumentStore['plan']>[1]): Promise<boolean> {
    const { id, tenantId, orderId, buyerId, kind, occasion, version, language, replaces, reason, context, plannedAt } = document;
    const rows = await tx.query(
      `insert into documents.documents (id, tenant_id, order_id, buyer_id, kind, occasion, version, state, language, replaces, reason, context, planned_at, try_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'planned', $8, $9, $10, $11, $12, $12::timestamptz + interval '1 minute')
       on conflict (tenant_id, order_id, kind, occasion, version) do nothing returning id`,
      [id, tenantId, orderId, buyerId, kind, occasion, version, language, replaces, reason, JSON.stringify(context), plannedAt],
    );
    return rows.length > 0;
  }

  override async byId(scope: TenantScope, on: Database | Tx, id: string): Promise<DocumentRecord | null> {
    const row = await this.rows.findById(scope, on, id);
    return row === null ? null : recordOf(row);
  }

  override async lock(scope: TenantScope, tx: Tx, id: string): Promise<DocumentRecord | null> {
    const row = await this.rows.lockById(scope, tx, id);
    return row === null ? null : recordOf(row);
  }

  override async ofOrder(scope: TenantScope, on: Database | Tx, orderId: string): Promise<DocumentRecord[]> {
    return (await this.rows.find(scope, on, { orderId }, { order: { id: 'ASC' }, take: 500 })).map(recordOf);
  }

  override async successorOf(scope: TenantScope, on: Database | Tx, id: string): Promise<string | null> {
    const [row] = await on.query<{ id: string }>(
      `select id from documents.documents where replaces = $1 and state <> 'withdrawn' and ($2::uuid is null or tenant_id = $2) limit 1`,
      [id, scope.tenantId],
    );
    return row?.id ?? null;
  }

  override async nextNumber(tx: Tx, tenantId: string, series: string): Promise<number> {
    // The row stays locked until the caller's transaction ends: what is undone gives its number back.
    const [row] = await tx.query<{ last: number }>(
      `insert into documents.number_series (tenant_id, series, last) values ($1, $2, 1)
       on conflict (tenant_id, series) do update set last = number_series.last + 1 returning last`,
      [tenantId, series],
    );
    if (row === undefined) throw new Error(`series ${series} gave no number`);
    return row.last;
  }

  override async number(tx: Tx, id: string, numbered: Numbered): Promise<void> {
    await tx.query(
      `update documents.documents
          set state = 'numbered', number = $2, language = $3, buyer_id = $4, template_version = $5, figures = $6, content_sealed = $7, content_hash = $8,
              signers = $9, numbered_at = $10, kept_until = $11, problem = null
        where id = $1`,
      [id, numbered.number, numbered.language, numbered.buyerId, numbered.templateVersion, numbered.figures === null ? null : JSON.stringify(numbered.figures), numbered.contentSealed, numbered.contentHash, numbered.signers, numbered.at, numbered.keptUntil],
    );
  }

  override async issue(tx: Tx, id: string, { key, sha256, size }: StoredFile, at: Date): Promise<void> {
    await tx.query(`update documents.documents set state = 'issued', object_key = $2, sha256 = $3, size = $4, issued_at = $5, problem = null, tries = 0, try_at = null where id = $1`, [id, key, sha256, size, at]);
  }

  override async withdraw(tx: Tx, id: string, problem: string): Promise<void> {
    await tx.query(`update documents.documents set state = 'withdrawn', problem = $2, try_at = null where id = $1 and state = 'planned'`, [id, problem]);
  }

  override async blame(id: string, problem: string): Promise<void> {
    await this.db.query('update documents.documents set problem = $2 where id = $1', [id, problem.slice(0, 500)]);
  }

  override async blameOnce(tx: Tx, id: string, problem: string): Promise<boolean> {
    const rows = await tx.query('update documents.documents set problem = $2 where id = $1 and problem is distinct from $2 returning id', [id, problem]);
    return rows.length > 0;
  }

  override async content(id: string): Promise<string | null> {
    const [row] = await this.db.query<{ content_sealed: string | null }>('select content_sealed from documents.documents where id = $1', [id]);
    return row?.content_sealed ?? null;
  }

  override async signed(tx: Tx, id: string, role: SignerRole, at: Date): Promise<void> {
    // Once everybody has signed, the copy that shows it is owed.
    await tx.query(
      `update documents.documents
          set signed_by = array_append(signed_by, $2), tries = 0, try_at = case when array_append(signed_by, $2) @> signers then $3::timestamptz + interval '1 minute' end
        where id = $1 and not $2 = any (signed_by)`,
      [id, role, at],
    );
  }

  override async sealed(tx: Tx, id: string, { key, sha256, size }: StoredFile): Promise<void> {
    await tx.query('update documents.documents set signed_object_key = $2, signed_sha256 = $3, signed_size = $4, problem = null, try_at = null where id = $1', [id, key, sha256, size]);
  }

  override due(...turn: Parameters<DocumentStore['due']>): ReturnType<DocumentStore['due']> {
    return takeDue(this.db, 'documents', 't.id, t.tenant_id as "tenantId", t.state', turn);
  }

  override async hasten(tx: Tx, orderId: string, at: Date): Promise<void> {
    await tx.query(`update documents.documents set tries = 0, try_at = $2::timestamptz + interval '1 minute' where order_id = $1 and state = 'planned'`, [orderId, at]);
  }

  override async ofBuyer(tx: Tx, buyerId: string): Promise<(DocumentRecord & { keptUntil: Date | null })[]> {
    const rows = await tx.manager.find(DocumentEntity, { where: { buyerId }, order: { id: 'ASC' } });
    return rows.map((row) => ({ ...recordOf(row), keptUntil: row.keptUntil }));
  }

  override async erase(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.query('update documents.documents set content_sealed = null, erased_at = $2, try_at = null where id = $1', [id, at]);
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
}

function recordOf(row: DocumentEntity): DocumentRecord {
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
  };
}
