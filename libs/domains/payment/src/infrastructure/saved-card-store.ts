import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type TenantScope, type Tx } from '@autobroker/platform/database';
import { SavedCardStore } from '../application/ports-cards';
import type { SavedCard, SavedCardState } from '../domain/saved-card';
import { putRows } from './put-rows';

interface Row {
  readonly id: string;
  readonly tenant_id: string;
  readonly buyer_id: string;
  readonly version: number;
  readonly state: SavedCardState;
  readonly customer_ref: string | null;
  readonly session_ref: string | null;
  readonly method_ref: string | null;
  readonly url: string | null;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly exp_month: number | null;
  readonly exp_year: number | null;
  readonly expires_at: Date;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const cardOf = (row: Row): SavedCard => ({
  id: row.id,
  tenantId: row.tenant_id,
  buyerId: row.buyer_id,
  version: row.version,
  state: row.state,
  refs: { customer: row.customer_ref, session: row.session_ref, method: row.method_ref },
  url: row.url,
  card: row.brand === null || row.last4 === null || row.exp_month === null || row.exp_year === null ? null : { brand: row.brand, last4: row.last4, expMonth: row.exp_month, expYear: row.exp_year },
  expiresAt: row.expires_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const ofTenant = '($1::uuid is null or tenant_id = $1)';

@Injectable()
export class SqlSavedCardStore extends SavedCardStore {
  constructor(@Inject(databaseOf('payment')) private readonly db: Database) {
    super();
  }

  override put(tx: Tx, { refs, card, ...one }: SavedCard, lookAt: Date | null): Promise<void> {
    return putRows(tx, 'saved_cards', [
      {
        id: one.id,
        tenant_id: one.tenantId,
        buyer_id: one.buyerId,
        version: one.version,
        state: one.state,
        customer_ref: refs.customer,
        session_ref: refs.session,
        method_ref: refs.method,
        url: one.url,
        brand: card?.brand ?? null,
        last4: card?.last4 ?? null,
        exp_month: card?.expMonth ?? null,
        exp_year: card?.expYear ?? null,
        expires_at: one.expiresAt,
        look_at: lookAt,
        created_at: one.createdAt,
        updated_at: one.updatedAt,
      },
    ]);
  }

  override async lock(tx: Tx, scope: TenantScope, id: string): Promise<SavedCard | null> {
    const [row] = await tx.query<Row>(`select * from payment.saved_cards where ${ofTenant} and id = $2 for update`, [scope.tenantId, id]);
    return row === undefined ? null : cardOf(row);
  }

  override async find(scope: TenantScope, id: string): Promise<SavedCard | null> {
    const [row] = await this.db.query<Row>(`select * from payment.saved_cards where ${ofTenant} and id = $2`, [scope.tenantId, id]);
    return row === undefined ? null : cardOf(row);
  }

  override async ofBuyer(scope: TenantScope, buyerId: string): Promise<readonly SavedCard[]> {
    return this.many(`${ofTenant} and buyer_id = $2 and state in ('open', 'ready') order by id desc limit 100`, [scope.tenantId, buyerId]);
  }

  override async customerOf(scope: TenantScope, buyerId: string): Promise<string | null> {
    const [row] = await this.db.query<{ customer_ref: string }>(`select customer_ref from payment.saved_cards where ${ofTenant} and buyer_id = $2 and customer_ref is not null order by id desc limit 1`, [scope.tenantId, buyerId]);
    return row?.customer_ref ?? null;
  }

  override async bySession(refs: readonly string[]): Promise<readonly SavedCard[]> {
    return refs.length === 0 ? [] : this.many('session_ref = any($1)', [refs]);
  }

  override async toLookAt(now: Date, limit: number): Promise<readonly SavedCard[]> {
    return this.many('look_at <= $1 order by look_at limit $2', [now, limit]);
  }

  override async lockAllOf(tx: Tx, buyerId: string): Promise<readonly SavedCard[]> {
    const rows = await tx.query<Row>(`select * from payment.saved_cards where buyer_id = $1 and state not in ('removing', 'removed') order by id for update`, [buyerId]);
    return rows.map(cardOf);
  }

  private async many(where: string, values: readonly unknown[]): Promise<readonly SavedCard[]> {
    const rows = await this.db.query<Row>(`select * from payment.saved_cards where ${where}`, [...values]);
    return rows.map(cardOf);
  }
}
