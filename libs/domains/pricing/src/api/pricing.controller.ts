import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, keptJson, ProblemError, reply } from '@autobroker/platform/http';
import { MarketCars } from '../application/ports';
import { MarketOfCar } from '../application/valuation/market-of-car';
import { PriceOfCar, type PricedCar } from '../application/valuation/price-of-car';
import { PricingCache } from '../application/valuation/pricing-cache';
import { evidenceJson, pricingJson } from './present-pricing';
import { getPricing } from './routes/pricing.routes';

/** The empty text is what a route gives an operator of no tenant. */
const tenantOf = (tenantId: string): string | null => (tenantId === '' ? null : tenantId);

/** The read that everybody waits for: what a car is worth. */
@Controller()
export class PricingController {
  constructor(
    private readonly cache: PricingCache,
    private readonly prices: PriceOfCar,
    private readonly cars: MarketCars,
    private readonly markets: MarketOfCar,
  ) {}

  @Handle(getPricing)
  get(@Input() { params, query, tenantId }: InputOf<typeof getPricing>) {
    const tenant = tenantOf(tenantId);
    if (query.include !== undefined) return this.withEvidence(params.id, tenant);
    const hit = this.cache.peek(params.id, tenant);
    return hit === undefined ? this.load(params.id, tenant) : keptJson(hit);
  }

  private async load(id: string, tenant: string | null) {
    const entry = await this.cache.find(id, tenant, async () => {
      const priced = await this.prices.find(id, tenant);
      return priced === null ? null : JSON.stringify(await this.json(priced));
    });
    if (entry === null) throw noSuchCar();
    return keptJson(entry);
  }

  private async json({ car, valuation }: PricedCar) {
    return pricingJson(valuation, await this.markets.of(car, valuation.currency), this.prices.isDegraded(valuation));
  }

  /** Rarely asked for, long, and as of now: not kept. */
  private async withEvidence(id: string, tenant: string | null) {
    const priced = await this.prices.findWithComparables(id, tenant);
    if (priced === null) throw noSuchCar();
    const { valuation, looked } = priced;
    const cars = new Map((await this.cars.byIds(valuation.comparables.map(({ vehicleId }) => vehicleId))).map((car) => [car.vehicleId, car]));
    return reply({ ...(await this.json(priced)), evidence: evidenceJson(valuation, cars, looked) });
  }
}

const noSuchCar = (): ProblemError => new ProblemError('not_found', 'There is no such vehicle.');
