import { Inject, Injectable } from '@nestjs/common';
import { Cache, type Region } from '@autobroker/platform/cache';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { z } from 'zod';
import { dayOf } from '../../domain/market/contributions';
import { gradeOf, grades, nameKey } from '../../domain/market/grade';
import { countOf, quantileOf } from '../../domain/market/price-sketch';
import { daysToSell, marketDaysSupply, supplyDays } from '../../domain/market/survival';
import type { MarketCar } from '../../domain/market-car';
import { MarketStatistics } from '../market/statistics';

const shape = z.object({
  available: z.number(),
  sold: z.number(),
  daysOfSupply: z.number().nullable(),
  daysToSell: z.number().nullable(),
  median: z.number().nullable(),
  currency: z.string().nullable(),
});

/** A car's model, in its country and currency. */
export type MarketOfModel = Readonly<z.output<typeof shape>>;

const ttlMs = 5 * 60_000;

/** How the market for a car's model is: counted, and asked for once in some minutes for all cars of it. */
@Injectable()
export class MarketOfCar {
  private readonly models: Region;

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    @Inject(Cache) cache: Cache,
    private readonly statistics: MarketStatistics,
  ) {
    this.models = cache.region({ name: 'pricing.market-of-model', ttlMs, negativeTtlMs: ttlMs, max: 20_000 });
  }

  /** Null where nothing is known of it. */
  async of({ facts, price }: MarketCar, currency: string): Promise<MarketOfModel | null> {
    if (facts.country === null) return null;
    const damaged = gradeOf(facts) === grades.damaged;
    const asked = price?.currency ?? currency;
    const key = [nameKey(facts.make), nameKey(facts.model), facts.country, asked, damaged].join('|').replaceAll('#', ' ');
    const { make, model, country } = facts;
    const found = await this.models.find(key, async () => {
      const markets = await this.statistics.supply({ make: [make], model: [model], country: [country], damaged }, dayOf(this.db.clock.now()), supplyDays);
      const mine = markets.find((market) => market.currency === asked);
      if (mine === undefined) return null;
      const available = countOf(mine.prices) + mine.unpriced;
      const known: MarketOfModel = {
        available,
        sold: mine.sold,
        daysOfSupply: marketDaysSupply(available, mine.sold),
        daysToSell: daysToSell(mine.lives).median,
        median: countOf(mine.prices) === 0 ? null : quantileOf(mine.prices, 0.5),
        currency: mine.currency,
      };
      return JSON.stringify(known);
    });
    return found === null ? null : shape.parse(JSON.parse(found.body));
  }
}
