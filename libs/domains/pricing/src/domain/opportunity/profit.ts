import type { PriceQuantiles } from '../valuation';
import { chanceAbove } from './price-distribution';

/** What a car costs until it stands where it is sold again, in minor units. */
export interface LandedRange {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

export interface ProfitEstimate {
  readonly expected: number;
  /** From the tenth part of the prices at the highest costs to the ninetieth at the lowest. */
  readonly low: number;
  readonly high: number;
  /** That it is more than nothing, 0 to 1. */
  readonly probability: number;
  /** On the cash that goes in. */
  readonly roi: number;
  /** Share of the selling price that standing and selling take. */
  readonly holding: number;
}

/** Who sells comes down a little, and pays for the place where the car is seen. */
const sellingShare = 0.03;
/** Of the price, a day: capital, place, and what the car loses meanwhile. */
const dailyShare = 0.0004;
const mostHolding = 0.15;
/** Where nobody knows how long such cars stand. */
export const usualDaysToSell = 45;

export const holdingShare = (daysToSell: number | null): number => Math.min(mostHolding, sellingShare + dailyShare * Math.max(0, daysToSell ?? usualDaysToSell));

/** So many points of the range of costs, each as likely as another. */
const costPoints = 5;

export function estimateProfit({ quantiles, landed, holding }: { readonly quantiles: PriceQuantiles; readonly landed: LandedRange; readonly holding: number }): ProfitEstimate {
  const kept = 1 - holding;
  const costs = Array.from({ length: costPoints }, (_none, point) => landed.low + ((landed.high - landed.low) * (point + 0.5)) / costPoints);
  const expected = Math.round(quantiles.q50 * kept) - landed.likely;
  return {
    expected,
    low: Math.round(quantiles.q10 * kept) - landed.high,
    high: Math.round(quantiles.q90 * kept) - landed.low,
    probability: costs.reduce((sum, cost) => sum + chanceAbove(quantiles, cost / kept), 0) / costPoints,
    roi: landed.likely > 0 ? expected / landed.likely : 0,
    holding,
  };
}
