/** What a car is worth less because it was used more than it takes to look at it, as a row that can be corrected. */
export interface UsageRule {
  /** Driven by anybody who looks at a car: nothing is owed for it. */
  readonly freeKm: number;
  /** A car is worn out after so many: each of them is worth the same. */
  readonly lifeKm: number;
  /** A car that has run longer still wears, but not as if it were the last of it. */
  readonly leastKmLeft: number;
  readonly basis: string;
  readonly confidence: 'official' | 'secondary' | 'unverified';
}

export const usageRule: UsageRule = {
  freeKm: 50,
  lifeKm: 250_000,
  leastKmLeft: 50_000,
  basis: 'Directive 2011/83/EU Art. 14(2); by distance, in a straight line (house rule)',
  confidence: 'unverified',
};

export interface Usage {
  /** Of the car alone, in minor units. */
  readonly carPrice: number;
  readonly handedOverAtKm: number | null;
  readonly returnedAtKm: number | null;
  /** Who was not told of the right to withdraw owes nothing for use. */
  readonly withdrawalTold: boolean;
}

export interface ExcessUse {
  /** Beyond a look; null where nobody has said how far the car was driven. */
  readonly km: number | null;
  readonly amount: number;
}

/** To the nearest minor unit, half up; never more than the price of the car. */
export function excessUse({ carPrice, handedOverAtKm, returnedAtKm, withdrawalTold }: Usage, rule: UsageRule = usageRule): ExcessUse {
  if (handedOverAtKm === null || returnedAtKm === null) return { km: null, amount: 0 };
  const km = Math.max(0, returnedAtKm - handedOverAtKm - rule.freeKm);
  if (!withdrawalTold) return { km, amount: 0 };
  const kmLeft = Math.max(rule.leastKmLeft, rule.lifeKm - handedOverAtKm);
  return { km, amount: Math.min(carPrice, Math.floor((2 * carPrice * km + kmLeft) / (2 * kmLeft))) };
}
