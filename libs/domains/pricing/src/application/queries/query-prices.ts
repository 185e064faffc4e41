import { Inject, Injectable } from '@nestjs/common';
import type { CurrencyCode } from '@autobroker/kernel';
import { Cache, type Region } from '@autobroker/platform/cache';
import { ratesConfig, type RatesSettings } from '@autobroker/platform/money';
import { z } from 'zod';
import type { MarketCar } from '../../domain/market-car';
import { isPlain, type NormalizedFilters, priceKey } from '../../domain/queries/filters';
import { isPriced, pricedCar, priceOf, type QueryPrice } from '../../domain/queries/price-of-query';
import { QueryMarket } from './ports';

const dayMs = 86_400_000;
const keptSchema = z.object({ average: z.number().nullable(), median: z.number().nullable(), confidence: z.number(), comparables: z.int(), currency: z.string() });

/** Years to either side in which cars can be compared, and how many of them at the most. */
export const reach = { years: 2, cars: 500 } as const;

/** What a question comes to, from what is known at once. */
@Injectable()
export class QueryPrices {
  /** `price:make:model:year:color:damage` → average price, for a day. */
  private readonly kept: Region;
  readonly currency: CurrencyCode;

  constructor(
    @Inject(Cache) cache: Cache,
    private readonly market: QueryMarket,
    @Inject(ratesConfig.token) rates: RatesSettings,
  ) {
    this.kept = cache.region({ name: 'pricing.query-prices', ttlMs: dayMs, max: 20_000 });
    this.currency = rates.currency;
  }

  async of(filters: NormalizedFilters): Promise<QueryPrice> {
    const fresh = async (): Promise<QueryPrice> => this.from(await this.market.candidates(filters, reach.years, reach.cars), filters);
    if (!isPlain(filters)) return fresh();
    const key = priceKey(filters);
    const { currency, ...price } = keptSchema.parse(JSON.parse(await this.kept.getOrLoad(key, async () => this.text(await fresh()))));
    if (currency === this.currency) return price;
    // The installation has another currency since.
    await this.kept.delete(key);
    return fresh();
  }

  from(cars: readonly MarketCar[], filters: NormalizedFilters): QueryPrice {
    return priceOf(cars.filter((car) => car.leftAt === null && isPriced(car, filters)).map((car) => pricedCar(car, filters)));
  }

  /** A query that is complete knows better than what was kept. */
  async learn(filters: NormalizedFilters, price: QueryPrice): Promise<void> {
    if (!isPlain(filters)) return;
    await this.kept.delete(priceKey(filters));
    await this.kept.getOrLoad(priceKey(filters), () => Promise.resolve(this.text(price)));
  }

  private text(price: QueryPrice): string {
    return JSON.stringify({ ...price, currency: this.currency });
  }
}
