import { Inject, Injectable } from '@nestjs/common';
import { capacities, isCurrencyCode, payees } from '@autobroker/kernel';
import { type Database, databaseOf, TenantRepository, type TenantScope, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { type Quote, type QuotePage, QuoteStore, type QuoteWindow } from '../../application/quotes/ports';
import { QuoteEntity } from '../entities/quote.entity';

const rule = z.object({ key: z.string(), version: z.string(), source: z.string(), confidence: z.string(), validFrom: z.string() }).nullable();
const content = z.object({
  listingId: z.string().nullable(),
  priceVersion: z.number(),
  askedPrice: z.number(),
  capacity: z.enum(capacities),
  destination: z.object({ country: z.string(), region: z.string().nullable() }),
  distanceMiles: z.number().nullable(),
  lines: z.array(z.object({ code: z.string(), label: z.string(), amount: z.number(), payee: z.enum(payees), because: z.string(), rule })),
  open: z.array(z.object({ code: z.string(), label: z.string(), least: z.number().nullable(), most: z.number().nullable(), because: z.string(), rule })),
});

const insertSql = `insert into pricing.quotes (id, tenant_id, buyer_id, created_by, vehicle_id, total, currency, content, token, issued_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

class QuoteRows extends TenantRepository<QuoteEntity> {
  constructor() {
    super(QuoteEntity);
  }

  listOf(scope: TenantScope, on: Database, userId: string, { limit, offset, after }: QuoteWindow): Promise<QuoteEntity[]> {
    return on.withManager((manager) => {
      const mine = this.builder(scope, manager).andWhere('(row.buyerId = :userId or row.createdBy = :userId)', { userId });
      if (after !== null) mine.andWhere('row.id < :after', { after });
      return mine.orderBy('row.id', 'DESC').limit(limit).offset(after === null ? offset : 0).getMany();
    });
  }
}

@Injectable()
export class SqlQuoteStore extends QuoteStore {
  private readonly rows = new QuoteRows();

  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override insert(scope: TenantScope, tx: Tx, quote: Quote): Promise<void> {
    const { id, tenantId, buyerId, createdBy, vehicleId, total, currency, token, issuedAt, expiresAt, ...rest } = quote;
    if (scope.tenantId !== null && scope.tenantId !== tenantId) throw new Error('the quote belongs to another tenant than the scope');
    return tx.writeLater({ table: 'quotes', what: 'insert', sql: insertSql, values: [id, tenantId, buyerId, createdBy, vehicleId, total, currency, JSON.stringify(rest), token, issuedAt, expiresAt] });
  }

  override async find(scope: TenantScope, id: string): Promise<Quote | null> {
    const row = await this.rows.findById(scope, this.db, id);
    return row === null ? null : quoteOf(row);
  }

  override async listOf(scope: TenantScope, userId: string, window: QuoteWindow): Promise<QuotePage> {
    const [rows, [count]] = await Promise.all([
      this.rows.listOf(scope, this.db, userId, { ...window, limit: window.limit + 1 }),
      this.db.query<{ n: number }>('select count(*)::integer as n from (select 1 from pricing.quotes where tenant_id = $1 and (buyer_id = $2 or created_by = $2) limit 10001) counted', [scope.tenantId, userId]),
    ]);
    const quotes = rows.slice(0, window.limit).map(quoteOf);
    return { quotes, total: count?.n ?? 0, next: rows.length > window.limit ? (quotes.at(-1)?.id ?? null) : null };
  }

  override async forgetPerson(tx: Tx, userId: string): Promise<{ readonly deleted: number; readonly kept: number }> {
    const deleted = await tx.query('delete from pricing.quotes where buyer_id = $1 returning 1', [userId]);
    const kept = await tx.query('update pricing.quotes set created_by = null where created_by = $1 returning 1', [userId]);
    return { deleted: deleted.length, kept: kept.length };
  }

  override async forget(tx: Tx, expiredBefore: Date, limit: number): Promise<number> {
    const rows = await tx.query<{ n: number }>(
      `with gone as (delete from pricing.quotes where id in (select id from pricing.quotes where expires_at < $1 order by expires_at limit $2) returning 1)
       select count(*)::integer as n from gone`,
      [expiredBefore, limit],
    );
    return rows[0]?.n ?? 0;
  }
}

function quoteOf(row: QuoteEntity): Quote {
  const { id, tenantId, buyerId, createdBy, vehicleId, currency, token, issuedAt, expiresAt } = row;
  if (!isCurrencyCode(currency)) throw new Error(`quote ${id} has no currency`);
  return { id, tenantId, buyerId, createdBy, vehicleId, currency, token, issuedAt, expiresAt, total: Number(row.total), ...content.parse(row.content) };
}
