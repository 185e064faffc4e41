import { Inject, Injectable } from '@nestjs/common';
import { orderPriceSchema } from '@autobroker/contracts';
import { buyerKinds, capacities, type DocumentKind, orderStates, sellerKinds, uuidv7, vatTreatments } from '@autobroker/kernel';
import { type Database, databaseOf, TenantRepository, type TenantScope, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { SaleStore, type SignatureRecord, signatureMethods, SignatureStore, type StoredTemplate, TemplateStore } from '../application/ports';
import type { DocumentRecord } from '../domain/document';
import type { Sale } from '../application/sale';
import type { Branding } from '../domain/paper/paper';
import { languages } from '../domain/paper/paper';
import type { Template } from '../domain/paper/template';
import { BrandingEntity, type SaleEntity, TemplateEntity } from './entities/settings.entity';

const factsSchema = z.object({
  number: z.string(),
  capacity: z.enum(capacities),
  sellerKind: z.enum(sellerKinds),
  buyerKind: z.enum(buyerKinds),
  country: z.string(),
  region: z.string().nullable(),
  price: orderPriceSchema,
  // Sales of before do not say it.
  tax: z.object({ treatment: z.enum(vatTreatments), rate: z.number() }).nullable().default(null),
  dueAt: z.string().nullable(),
  cancelReason: z.string().nullable(),
});

type SaleRow = Omit<SaleEntity, 'updatedAt'>;

const saleSql = `select order_id as "orderId", tenant_id as "tenantId", buyer_id as "buyerId", version, state, locale, facts, requested_at as "requestedAt", delivered_at as "deliveredAt"
  from documents.sales where order_id = $1`;
const saveSaleSql = `insert into documents.sales (order_id, tenant_id, buyer_id, version, state, locale, facts, requested_at, delivered_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (order_id) do update set tenant_id = excluded.tenant_id, buyer_id = excluded.buyer_id, version = excluded.version, state = excluded.state, locale = excluded.locale, facts = excluded.facts,
    requested_at = excluded.requested_at, delivered_at = excluded.delivered_at, updated_at = excluded.updated_at`;

@Injectable()
export class SqlSaleStore extends SaleStore {
  override async find(on: Database | Tx, orderId: string): Promise<Sale | null> {
    const [row] = await on.query<SaleRow>(saleSql, [orderId], { name: 'documents-sale' });
    return row === undefined ? null : saleOf(row);
  }

  override async lock(tx: Tx, orderId: string): Promise<Sale | null> {
    const [row] = await tx.query<SaleRow>(`${saleSql} for update`, [orderId], { name: 'documents-sale-lock' });
    return row === undefined ? null : saleOf(row);
  }

  override async lockUnknown(tx: Tx, orderId: string): Promise<Sale | null> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('documents.sale ' || $1, 0))`, [orderId], { name: 'documents-sale-unknown' });
    return this.lock(tx, orderId);
  }

  override async ofBuyer(tx: Tx, buyerId: string): ReturnType<SaleStore['ofBuyer']> {
    const rows = await tx.query<Pick<SaleRow, 'orderId' | 'state'>>('select order_id as "orderId", state from documents.sales where buyer_id = $1', [buyerId]);
    return rows.map(({ orderId, state }) => ({ orderId, state: z.enum(orderStates).parse(state) }));
  }

  override save(tx: Tx, sale: Sale, at: Date): Promise<void> {
    const { orderId, tenantId, buyerId, version, state, locale, facts, requestedAt, deliveredAt } = sale;
    return tx.writeLater({ table: 'sales', what: 'save', sql: saveSaleSql, values: [orderId, tenantId, buyerId, version, state, locale, JSON.stringify(facts), requestedAt, deliveredAt, at] });
  }
}

export function saleOf({ orderId, tenantId, buyerId, version, state, locale, facts, requestedAt, deliveredAt }: SaleRow): Sale {
  return { orderId, tenantId, buyerId, version, state: z.enum(orderStates).parse(state), locale: z.enum(languages).nullable().parse(locale), facts: factsSchema.parse(facts), requestedAt, deliveredAt };
}

const signaturesSql = `select id, tenant_id as "tenantId", document_id as "documentId", role, method, signed_by as "signedBy", document_sha256 as "documentSha256", ip_hash as "ipHash", consent,
    evidence_sealed as "evidenceSealed", previous_hash as "previousHash", evidence_hash as "evidenceHash", signed_at as "signedAt"
  from documents.signatures where document_id = $1 and ($2::uuid is null or tenant_id = $2) order by id`;
const signatureSql = `insert into documents.signatures (id, tenant_id, document_id, role, method, signed_by, document_sha256, ip_hash, consent, evidence_sealed, previous_hash, evidence_hash, signed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;
const beforeSigningSql = `select
    (select id from documents.documents where replaces = $1 and state not in ('withdrawn', 'void') and ($2::uuid is null or tenant_id = $2) limit 1) as "replacedBy",
    (select evidence_hash from documents.signatures where document_id = $1 and ($2::uuid is null or tenant_id = $2) order by id desc limit 1) as "previousHash",
    exists (select 1 from documents.sales where order_id = $3 and state = 'cancelled') as "isCancelled"`;

@Injectable()
export class SqlSignatureStore extends SignatureStore {
  override insert(tx: Tx, signature: SignatureRecord): Promise<void> {
    const { id, tenantId, documentId, role, method, signedBy, documentSha256, ipHash, consent, evidenceSealed, previousHash, evidenceHash, signedAt } = signature;
    return tx.writeLater({ table: 'signatures', what: 'insert', sql: signatureSql, values: [id, tenantId, documentId, role, method, signedBy, documentSha256, ipHash, consent, evidenceSealed, previousHash, evidenceHash, signedAt] });
  }

  override async ofDocument(scope: TenantScope, on: Database | Tx, documentId: string): Promise<SignatureRecord[]> {
    const rows = await on.query<SignatureRecord>(signaturesSql, [documentId, scope.tenantId], { name: 'documents-signatures' });
    return rows.map((row) => ({ ...row, method: z.enum(signatureMethods).parse(row.method) }));
  }

  override async beforeSigning(scope: TenantScope, tx: Tx, { id, orderId }: Pick<DocumentRecord, 'id' | 'orderId'>): ReturnType<SignatureStore['beforeSigning']> {
    const [row] = await tx.query<Awaited<ReturnType<SignatureStore['beforeSigning']>>>(beforeSigningSql, [id, scope.tenantId, orderId], { name: 'documents-before-signing' });
    return row ?? { replacedBy: null, previousHash: null, isCancelled: false };
  }
}

class TemplateRows extends TenantRepository<TemplateEntity> {
  constructor() {
    super(TemplateEntity);
  }
}
class BrandingRows extends TenantRepository<BrandingEntity> {
  constructor() {
    super(BrandingEntity);
  }
}

@Injectable()
export class SqlTemplateStore extends TemplateStore {
  private readonly rows = new TemplateRows();
  private readonly brandings = new BrandingRows();

  constructor(@Inject(databaseOf('documents')) private readonly db: Database) {
    super();
  }

  override async latest(scope: TenantScope, on: Database | Tx, kind: DocumentKind): Promise<StoredTemplate | null> {
    const [row] = await this.rows.find(scope, on, { kind }, { order: { version: 'DESC' }, take: 1 });
    return row === undefined ? null : storedTemplate(row);
  }

  override async versions(scope: TenantScope, kind: DocumentKind): Promise<StoredTemplate[]> {
    return (await this.rows.find(scope, this.db, { kind }, { order: { version: 'DESC' }, take: 100 })).map(storedTemplate);
  }

  override async add(tx: Tx, { id, tenantId, template, createdBy, createdAt }: Parameters<TemplateStore['add']>[1]): Promise<void> {
    await tx.manager.insert(TemplateEntity, { id, tenantId, kind: template.kind, version: template.version, content: { ...template }, createdBy, createdAt });
  }

  override async branding(scope: TenantScope, on: Database | Tx): Promise<{ version: number; branding: Branding } | null> {
    const row = await this.brandings.findOne(scope, on, {});
    // Checked when it was written.
    return row === null ? null : { version: row.version, branding: row.content as Branding };
  }

  override async saveBranding(tx: Tx, tenantId: string, version: number, branding: Branding, at: Date): Promise<boolean> {
    const rows = await tx.query(
      `insert into documents.branding (id, tenant_id, version, content, updated_at) values ($1, $2, $3, $4, $5)
       on conflict (tenant_id) do update set version = $3, content = $4, updated_at = $5 where branding.version = $3 - 1 returning id`,
      [uuidv7(at), tenantId, version, JSON.stringify(branding), at],
    );
    return rows.length > 0;
  }
}

const storedTemplate = (row: TemplateEntity): StoredTemplate => ({ template: row.content as Template, createdAt: row.createdAt });
