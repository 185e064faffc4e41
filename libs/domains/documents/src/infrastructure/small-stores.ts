import { Inject, Injectable } from '@nestjs/common';
import { orderPriceSchema } from '@autobroker/contracts';
import { buyerKinds, capacities, type DocumentKind, orderStates, sellerKinds, uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, TenantRepository, type TenantScope, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { SaleStore, type SignatureRecord, signatureMethods, SignatureStore, type StoredTemplate, TemplateStore } from '../application/ports';
import type { Sale } from '../application/sale';
import type { Branding } from '../domain/paper/paper';
import { languages } from '../domain/paper/paper';
import type { Template } from '../domain/paper/template';
import { SignatureEntity } from './entities/document.entity';
import { BrandingEntity, SaleEntity, TemplateEntity } from './entities/settings.entity';

const factsSchema = z.object({
  number: z.string(),
  capacity: z.enum(capacities),
  sellerKind: z.enum(sellerKinds),
  buyerKind: z.enum(buyerKinds),
  country: z.string(),
  region: z.string().nullable(),
  price: orderPriceSchema,
  dueAt: z.string().nullable(),
  cancelReason: z.string().nullable(),
});

@Injectable()
export class SqlSaleStore extends SaleStore {
  override async find(on: Database | Tx, orderId: string): Promise<Sale | null> {
    const row = await on.withManager((manager) => manager.findOneBy(SaleEntity, { orderId }));
    return row === null ? null : saleOf(row);
  }

  override async lock(tx: Tx, orderId: string): Promise<Sale | null> {
    const row = await tx.manager.findOne(SaleEntity, { where: { orderId }, lock: { mode: 'pessimistic_write' } });
    return row === null ? null : saleOf(row);
  }

  override async save(tx: Tx, sale: Sale, at: Date): Promise<void> {
    const { orderId, tenantId, buyerId, version, state, locale, facts, requestedAt, deliveredAt } = sale;
    await tx.manager.upsert(SaleEntity, { orderId, tenantId, buyerId, version, state, locale, facts: { ...facts }, requestedAt, deliveredAt, updatedAt: at }, ['orderId']);
  }
}

function saleOf({ orderId, tenantId, buyerId, version, state, locale, facts, requestedAt, deliveredAt }: SaleEntity): Sale {
  return { orderId, tenantId, buyerId, version, state: z.enum(orderStates).parse(state), locale: z.enum(languages).nullable().parse(locale), facts: factsSchema.parse(facts), requestedAt, deliveredAt };
}

class SignatureRows extends TenantRepository<SignatureEntity> {
  constructor() {
    super(SignatureEntity);
  }
}

@Injectable()
export class SqlSignatureStore extends SignatureStore {
  private readonly rows = new SignatureRows();

  override async insert(tx: Tx, signature: SignatureRecord): Promise<void> {
    await tx.manager.insert(SignatureEntity, { ...signature });
  }

  override async ofDocument(scope: TenantScope, on: Database | Tx, documentId: string): Promise<SignatureRecord[]> {
    const rows = await this.rows.find(scope, on, { documentId }, { order: { id: 'ASC' } });
    return rows.map(({ document: _document, ...row }) => ({ ...row, method: z.enum(signatureMethods).parse(row.method) }));
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
