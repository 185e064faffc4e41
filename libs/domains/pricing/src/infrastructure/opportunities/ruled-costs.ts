import { Injectable } from '@nestjs/common';
import { CostRules } from '../../application/costs/cost-rules';
import { costKindOf } from '../../application/opportunities/cost-kinds';
import { type CarAtPrice, type KnownCostLine, type KnownCosts, LandedCosts } from '../../application/opportunities/ports';
import { landedCost } from '../../domain/costs/landed';
import type { CostLine, CostQuestion } from '../../domain/costs/question';
import type { CostRule } from '../../domain/costs/rules';
import { AllowanceCosts } from './allowance-costs';

/**
 * What a car costs that is bought, registered and sold where it stands, by the rules of the place. Where there are none, an
 * allowance stands for them.
 */
@Injectable()
export class RuledCosts extends LandedCosts {
  constructor(
    private readonly rules: CostRules,
    private readonly allowance: AllowanceCosts,
  ) {
    super();
  }

  override async of(cars: readonly CarAtPrice[], at: Date): Promise<ReadonlyMap<string, KnownCosts>> {
    const day = at.toISOString().slice(0, 10);
    const [rules, otherwise] = [await this.rules.on(day), await this.allowance.of(cars)];
    return new Map(cars.flatMap((asked) => {
      const { vehicleId } = asked.car;
      const costs = ruledCosts(asked, day, rules) ?? otherwise.get(vehicleId);
      return costs === undefined ? [] : [[vehicleId, costs] as const];
    }));
  }
}

export function ruledCosts({ car, price }: CarAtPrice, day: string, rules: readonly CostRule[]): KnownCosts | null {
  const { country, region, mileageKm } = car.facts;
  if (country === null) return null;
  const house = car.offers.find(({ auction, active, source }) => auction && active && (source === 'copart' || source === 'iaai'))?.source;
  const question: CostQuestion = {
    price: price.amount,
    currency: price.currency,
    day,
    origin: country,
    destination: { country, region },
    buyer: 'business',
    buyerVatId: true,
    seller: house === undefined ? 'private' : 'auction',
    isNew: false,
    firstRegistration: null,
    mileageKm,
    tradeIn: 0,
    boughtFor: null,
    localRate: null,
    auction: house === undefined ? null : { house: house === 'copart' ? 'COPART' : 'IAAI', tier: 'standard', bid: 'live', title: null },
    miles: 0,
    transportMethod: 'formula',
    enclosed: false,
    inoperable: false,
    brokerFee: false,
  };
  const landed = landedCost(question, rules);
  if (!landed.ok) return null;
  const { lines, total } = landed.value;
  const unknown = new Set(lines.filter(({ amount }) => amount === null).map(({ code }) => costKindOf(code)));
  return { low: total.least, likely: Math.round((total.least + total.most) / 2), high: total.most, lines: lines.flatMap(lineJson), unknown: [...unknown] };
}

function lineJson({ amount, rule, code }: CostLine): KnownCostLine[] {
  if (amount === null) return [];
  return [{ kind: costKindOf(code), code, low: amount.least, likely: Math.round((amount.least + amount.most) / 2), high: amount.most, rule: rule?.key ?? null, source: rule?.source ?? null }];
}
