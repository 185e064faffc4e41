import { Inject, Injectable } from '@nestjs/common';
import { opportunitiesConfig, type OpportunitiesConfig } from '../../application/opportunities/config';
import { type CarAtPrice, type CostKind, type KnownCosts, LandedCosts } from '../../application/opportunities/ports';

const unknown: readonly CostKind[] = ['sales_tax', 'title_fee', 'registration_fee', 'transportation_cost'];

/**
 * Where no rule says what a car costs beyond its price: the price itself, and an allowance for the rest as a range. The rest is
 * told to be unknown, line by line, and weighs against the deal.
 */
@Injectable()
export class AllowanceCosts extends LandedCosts {
  constructor(@Inject(opportunitiesConfig.token) private readonly config: OpportunitiesConfig) {
    super();
  }

  override of(cars: readonly CarAtPrice[]): Promise<ReadonlyMap<string, KnownCosts>> {
    const share = this.config.costAllowancePercent / 100;
    return Promise.resolve(
      new Map(
        cars.map(({ car, price: { amount } }) => {
          const [likely, high] = [Math.round((amount * share) / 2), Math.round(amount * share)];
          const lines: KnownCosts['lines'] = [
            { kind: 'purchase_price', code: 'purchase_price', low: amount, likely: amount, high: amount, rule: null, source: null },
            { kind: 'other', code: 'allowance', low: 0, likely, high, rule: 'allowance', source: 'configuration' },
          ];
          return [car.vehicleId, { low: amount, likely: amount + likely, high: amount + high, lines, unknown }];
        }),
      ),
    );
  }
}
