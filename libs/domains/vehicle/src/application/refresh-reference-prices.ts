import { Inject, Injectable } from '@nestjs/common';
import { isCurrencyCode } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { Catalogue } from './catalogue';
import { ReferencePrices } from './ports';

/** What a currency is measured with: large enough that rounding a single amount does not show in the rate. */
const yardstick = 1_000_000_000;
const batch = 2_000;

/**
 * Values every price anew at today's rates, so that filters and orders across currencies stay true. No version is counted
 * and no event said: nothing about any car has changed. Rows are taken in small batches, each its own transaction.
 */
@Injectable()
export class RefreshReferencePrices {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly prices: ReferencePrices,
    private readonly catalogue: Catalogue,
  ) {}

  async run(signal?: AbortSignal): Promise<{ readonly changed: number }> {
    const now = this.db.clock.now();
    const currencies = await this.db.query<{ currency: string }>(
      'select distinct price_currency as currency from vehicle.vehicles where price_currency is not null',
    );
    let changed = 0;
    for (const { currency } of currencies) {
      if (!isCurrencyCode(currency)) continue;
      const measure = this.prices.of({ amount: yardstick, currency }, now);
      const factor = measure === null ? null : measure.amount / yardstick;
      for (const table of ['vehicles', 'listings'] as const) changed += await this.revalue(table, currency, factor, signal);
    }
    if (changed > 0) this.catalogue.forgetAll();
    return { changed };
  }

  private async revalue(table: 'vehicles' | 'listings', currency: string, factor: number | null, signal?: AbortSignal): Promise<number> {
    let changed = 0;
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      signal?.throwIfAborted();
      const [done] = await this.db.query<{ last: string | null; seen: number; changed: number }>(
        `with page as (
           select id, price_amount, price_ref from vehicle.${table} where id > $1 and price_currency = $2 order by id limit $3
         ), changed as (
           update vehicle.${table} t set price_ref = round(p.price_amount * $4::numeric)
           from page p where t.id = p.id and t.price_amount = p.price_amount and t.price_currency = $2
             and t.price_ref is distinct from round(p.price_amount * $4::numeric)
           returning 1
         )
         select (select id from page order by id desc limit 1) as last, (select count(*)::integer from page) as seen,
                (select count(*)::integer from changed) as changed`,
        [after, currency, batch, factor],
      );
      changed += done?.changed ?? 0;
      if (done === undefined || done.last === null || done.seen < batch) return changed;
      after = done.last;
    }
  }
}
