import type { PriceQuantiles } from '../valuation';
import { normalBelow, spreadOf } from './price-distribution';
import type { SecondOpinion } from './risk';

/**
 * How far sellers stray from what their cars are worth, as a standard deviation of the logarithm. Who takes the largest
 * discounts of many cars takes the largest errors first: of a discount that the model claims, only as much is likely to be
 * real as sellers stray, held against how far the model errs.
 */
const sellersStray = 0.09;
/** A model errs further than its interval shows, in both directions and where it has seen a car's own price. */
const modelStrays = { ofSpread: 2, besides: 0.0025 } as const;
/** The middle of like cars, and what others say, as variances; of fewer they are larger. */
const opinionStrays: Readonly<Record<SecondOpinion['of'], number>> = { comparables: 0.03, outside: 0.01 };
const opinionFew = 8;
/** Sellers begin above the worth, and come down by about three per cent a month for as long as two and a half. */
const begins = 0.02;
const comesDown = { aDay: 0.001, days: 75 } as const;

const dayMs = 86_400_000;

export interface DiscountQuestion {
  readonly asking: number;
  readonly quantiles: PriceQuantiles;
  readonly secondOpinion: SecondOpinion | null;
  readonly listedAt: Date;
  readonly at: Date;
}

export interface LikelyDiscount {
  /** Of the logarithm of the price: 0.1 is about a tenth below what the car is worth. */
  readonly expected: number;
  /** The same in its own standard deviations. */
  readonly score: number;
  /** That the car is worth more than it costs, 0 to 1. */
  readonly chance: number;
}

/** What is left of a discount, when everybody who speaks of it counts for as much as he can know. */
export function likelyDiscount({ asking, quantiles, secondOpinion, listedAt, at }: DiscountQuestion): LikelyDiscount {
  const days = Math.min(comesDown.days, Math.max(0, (at.getTime() - listedAt.getTime()) / dayMs));
  const usual = begins - comesDown.aDay * days;
  const told = [{ log: Math.log(asking / quantiles.q50), precision: 1 / (modelStrays.ofSpread * spreadOf(quantiles) ** 2 + modelStrays.besides) }];
  if (secondOpinion !== null && secondOpinion.value > 0) {
    told.push({ log: Math.log(asking / secondOpinion.value), precision: 1 / (opinionStrays[secondOpinion.of] * (1 + opinionFew / Math.max(1, secondOpinion.effective))) });
  }
  const precision = told.reduce((sum, one) => sum + one.precision, 1 / sellersStray ** 2);
  const expected = -(usual + told.reduce((sum, { log, precision: weight }) => sum + (log - usual) * weight, 0) / precision);
  const score = expected * Math.sqrt(precision);
  return { expected, score, chance: normalBelow(score) };
}
