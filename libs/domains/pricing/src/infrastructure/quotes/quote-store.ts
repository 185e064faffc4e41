import { Inject, Injectable } from '@nestjs/common';
import { capacities, isCurrencyCode, payees } from '@autobroker/kernel';
import { type Database, databaseOf, TenantRepository, type TenantScope, type Tx } from '@autobroker/platform/database';
import { z } from 'zod';
import { type Quote, QuoteStore } from '../../application/quotes/ports';
import { QuoteEntity } from '../entities/quote.entity';

const rule = z.object({ key: z.string(), version: z.string(), source: z.string(), confidence: z.string(), validFrom: z.string() }).nullable();
const content = z.object({
  createdBy: z.string(),
  listingId: z.string().nullable(),
  priceVersion: z.number(),
  capacity: z.enum(capacities),
  destination: z.object({ country: z.string(), region: z.string().nullable() }),
  distanceMiles: z.number().nullable(),
  lines: z.array(z.object({ code: z.string(), label: z.string(), amount: z.number(), payee: z.enum(payees), because: z.string(), rule })),
  open: z.array(z.object({ code: z.string(), label: z.string(), least: z.number().nullable(), most: z.number().nullable(), because: z.string(), rule })),
});

class QuoteRows extends TenantRepository<QuoteEntity> {
  constructor() {
    super(QuoteEntity);
  }
}

@Injectable()
export class SqlQuoteStore extends QuoteStore {
  private readonly rows = new QuoteRows();

  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override insert(scope: TenantScope, tx: Tx, quote: Quote): Promise<void> {
    const { id, tenantId, buyerId, vehicleId, total, currency, token, issuedAt, expiresAt, ...rest } = quote;
    return this.rows.insert(scope, tx, { id, tenantId, buyerId, vehicleId, total: String(total), currency, content: rest, token, issuedAt, expiresAt });
  }

  override async find(scope: TenantScope, id: string): Promise<Quote | null> {
    const row = await this.rows.findById(scope, this.db, id);
    return row === null ? null : quoteOf(row);
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
  const { id, tenantId, buyerId, vehicleId, currency, token, issuedAt, expiresAt } = row;
  if (!isCurrencyCode(currency)) throw new Error(`quote ${id} has no currency`);
  return { id, tenantId, buyerId, vehicleId, currency, token, issuedAt, expiresAt, total: Number(row.total), ...content.parse(row.content) };
}
