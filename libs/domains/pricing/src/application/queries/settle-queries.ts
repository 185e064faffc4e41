import { Inject, Injectable } from '@nestjs/common';
import { priceQueryCompleted, priceQueryFailed } from '@autobroker/contracts';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { metrics } from '@autobroker/platform/telemetry';
import type { MarketCar } from '../../domain/market-car';
import type { NormalizedFilters } from '../../domain/queries/filters';
import type { QueryPrice } from '../../domain/queries/price-of-query';
import { type Ending, endingOf, isOver, nextStep, type ScrapeState } from '../../domain/queries/query-state';
import { rankCars, type RankedLot, rankLots, type RankedMatch } from '../../domain/queries/ranking';
import { MarketCars } from '../ports';
import { priceQueryConfig, type PriceQueryConfig } from './config';
import { type PriceQuery, PriceQueries, QueryMarket } from './ports';
import { QueryPrices, reach } from './query-prices';

const ended = metrics.counter({ name: 'price_queries_total', help: 'Price queries by how they ended', labels: ['status', 'scrape'] });
const system = { kind: 'system', id: 'pricing.price-queries' } as const;
const atOnce = 100;

interface Findings {
  readonly price: QueryPrice;
  readonly cars: readonly RankedMatch[];
  readonly lots: readonly RankedLot[];
}

export type Settled = 'finished' | 'waiting' | 'over';

/** Goes on with queries that can go on: when all that was captured has arrived, or when its time is over. */
@Injectable()
export class SettleQueries {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly queries: PriceQueries,
    private readonly market: QueryMarket,
    private readonly cars: MarketCars,
    private readonly prices: QueryPrices,
    @Inject(priceQueryConfig.token) private readonly config: PriceQueryConfig,
  ) {}

  async due(signal?: AbortSignal): Promise<{ readonly finished: number }> {
    let finished = 0;
    for (const id of await this.queries.toSettle(this.db.clock.now(), atOnce)) {
      signal?.throwIfAborted();
      if ((await this.one(id)) === 'finished') finished += 1;
    }
    return { finished };
  }

  async one(id: string): Promise<Settled> {
    const query = await this.queries.find(id);
    if (query === null || isOver(query.status)) return 'over';
    const { vehicleIds, ...arrivals } = await this.queries.arrivals(id);
    const step = nextStep({ ...query, ...arrivals }, this.db.clock.now());
    if (step.kind === 'wait') return 'waiting';
    const findings = await this.look(query.filters, vehicleIds);
    const finished = await this.db.transaction((tx) => this.finish(tx, id, step.scrape, findings));
    if (finished) await this.prices.learn(query.filters, findings.price);
    return finished ? 'finished' : 'over';
  }

  private async look(filters: NormalizedFilters, captured: readonly string[]): Promise<Findings> {
    const like = await this.market.candidates(filters, reach.years, reach.cars);
    const known = new Set(like.map(({ vehicleId }) => vehicleId));
    // What was found for this question belongs to it even where it is called another model.
    const found = (await this.cars.byIds(captured.filter((id) => !known.has(id)))).filter((car: MarketCar) => car.ownerTenantId === null);
    const all = [...like, ...found];
    return { price: this.prices.from(like, filters), cars: rankCars(all, filters, this.config.similar), lots: rankLots(all, filters, this.config.similar) };
  }

  private async finish(tx: Tx, id: string, scrape: ScrapeState, { price, cars, lots }: Findings): Promise<boolean> {
    const query = await this.queries.lock(tx, id);
    if (query === null || isOver(query.status)) return false;
    const now = this.db.clock.now();
    const ending = endingOf(scrape, price.comparables > 0 || cars.length > 0 || lots.length > 0);
    const currency = price.average === null ? null : this.prices.currency;
    await this.queries.change(tx, id, { status: ending.status, scrape, dueAt: null, completedAt: now, price, currency, failureReason: ending.status === 'failed' ? ending.reason : null }, now);
    await this.queries.saveResults(tx, id, cars, lots, now);
    await tx.audit({
      actor: system,
      action: `price_query.${ending.status}`,
      object: { type: 'price_query', id },
      tenantId: query.tenantId,
      before: { status: query.status, scrape: query.scrape },
      after: { status: ending.status, scrape, similar: cars.length, auction_listings: lots.length },
    });
    await this.tell(tx, query, ending, scrape, { price, cars, lots }, now);
    ended.inc({ status: ending.status, scrape });
    return true;
  }

  private async tell(tx: Tx, query: PriceQuery, ending: Ending, scrape: ScrapeState, { price, cars, lots }: Findings, now: Date): Promise<void> {
    const to = { key: query.id, tenantId: query.tenantId };
    const who = { query_id: query.id, user_ids: await this.queries.askers(tx, query.id) };
    if (ending.status === 'failed') {
      await tx.publish(priceQueryFailed, { ...to, data: { ...who, reason: ending.reason, failed_at: now.toISOString() } });
      return;
    }
    const money = (amount: number | null) => (amount === null ? null : { amount, currency: this.prices.currency });
    await tx.publish(priceQueryCompleted, {
      ...to,
      data: {
        ...who,
        scrape,
        average_price: money(price.average),
        median_price: money(price.median),
        confidence: price.confidence,
        similar: cars.length,
        auction_listings: lots.length,
        completed_at: now.toISOString(),
      },
    });
  }
}
