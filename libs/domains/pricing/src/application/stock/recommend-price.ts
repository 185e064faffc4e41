import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, scopeOf, systemScope } from '@autobroker/platform/database';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { recommendPrice, type RecommendedPrice } from '../../domain/recommended-price';
import { MarketOfCar } from '../valuation/market-of-car';
import { PriceOfCar, type PricedCar } from '../valuation/price-of-car';
import { PricingPolicies } from './policies';

export interface StockPrice {
  readonly priced: PricedCar;
  readonly policyVersion: number;
  readonly daysOnMarket: number;
  readonly daysOfSupply: number | null;
  /** Null where the car can't be valued. */
  readonly recommended: RecommendedPrice | null;
}

export interface StockQuestion {
  readonly vehicleId: string;
  /** Null for the operator, who sees every tenant's stock. */
  readonly tenantId: string | null;
  /** In minor units of the car's currency. */
  readonly cost: number | null;
}

const dayMs = 86_400_000;

/** What a tenant should ask for a car of its own, by its own rules. */
@Injectable()
export class RecommendPrice {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly prices: PriceOfCar,
    private readonly policies: PricingPolicies,
    private readonly market: MarketOfCar,
  ) {}

  async run({ vehicleId, tenantId, cost }: StockQuestion): Promise<Result<StockPrice, Refusal<'not_found'>>> {
    const scope = tenantId === null ? systemScope('an operator looks at the stock of any tenant') : scopeOf({ tenantId });
    const priced = await this.prices.find(vehicleId, scope.tenantId, scope.tenantId === null);
    const owner = priced?.car.ownerTenantId ?? null;
    if (priced === null || owner === null || (scope.tenantId !== null && owner !== scope.tenantId)) return refuse('not_found', 'There is no such vehicle in this stock.');
    const { version, policy } = await this.policies.of(scopeOf({ tenantId: owner }));
    const { car, valuation } = priced;
    const daysOnMarket = Math.max(0, Math.floor((this.db.clock.now().getTime() - car.listedAt.getTime()) / dayMs));
    const daysOfSupply = (await this.market.of(car, valuation.currency))?.daysOfSupply ?? null;
    const { quantiles, currency, asking } = valuation;
    const recommended = quantiles === null ? null : recommendPrice({ currency, quantiles, asking, cost, daysOnMarket, daysOfSupply }, policy);
    return ok({ priced, policyVersion: version, daysOnMarket, daysOfSupply, recommended });
  }
}
