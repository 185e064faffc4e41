import type { UsePolicy } from '../tenant-policy';

/** What a car is worth less because it was used more than it takes to look at it, with where that comes from. */
export interface UsageRule extends Pick<UsePolicy, 'freeKm' | 'lifeKm' | 'leastKmLeft'> {
  readonly basis: string;
  readonly confidence: 'official' | 'secondary' | 'unverified';
}

/** By a tenant's own figures. */
export const usageRule = ({ freeKm, lifeKm, leastKmLeft }: UsePolicy): UsageRule => ({
  freeKm,
  lifeKm,
  leastKmLeft,
  basis: 'Directive 2011/83/EU Art. 14(2); by distance, in a straight line (house rule)',
  confidence: 'unverified',
});

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
export function excessUse({ carPrice, handedOverAtKm, returnedAtKm, withdrawalTold }: Usage, rule: Pick<UsePolicy, 'freeKm' | 'lifeKm' | 'leastKmLeft'>): ExcessUse {
  if (handedOverAtKm === null || returnedAtKm === null) return { km: null, amount: 0 };
  const km = Math.max(0, returnedAtKm - handedOverAtKm - rule.freeKm);
  if (!withdrawalTold) return { km, amount: 0 };
  const kmLeft = Math.max(rule.leastKmLeft, rule.lifeKm - handedOverAtKm);
  return { km, amount: Math.min(carPrice, Math.floor((2 * carPrice * km + kmLeft) / (2 * kmLeft))) };
}
