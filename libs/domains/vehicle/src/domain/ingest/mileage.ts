import type { Mileage } from '../facts';
import { mileageKm } from '../units';
import type { Doubt } from './listing-facts';
import { nearTen } from './price';

export interface MileageCase {
  readonly mileage: Mileage;
  readonly year: number | null;
  readonly isNew: boolean;
  readonly previous: Mileage | null;
  readonly now: Date;
}

/** No car on the road has driven further; more is a slip of the keyboard. */
const mostKm = 2_000_000;
const mostKmAYear = 90_000;

/** Whether the number can be a mileage at all. */
export const isPossibleMileage = (mileage: Mileage): boolean => mileageKm(mileage) <= mostKm;

export function mileageDoubts({ mileage, year, isNew, previous, now }: MileageCase): Doubt[] {
  const km = mileageKm(mileage);
  const age = year === null ? null : Math.max(0, now.getUTCFullYear() - year);
  const found: Doubt[] = [];
  if (age !== null && km > (age + 1) * mostKmAYear) found.push('mileage_too_high');
  if (age !== null && age >= 4 && km < 500 && !isNew) found.push('mileage_too_low');
  if (previous !== null) {
    const before = mileageKm(previous);
    if (before > 0 && nearTen(km / before)) found.push('mileage_factor_ten');
    else if (km < before * 0.95 && before - km > 500) found.push('mileage_fell');
  }
  return found;
}

const suspicious: ReadonlySet<Doubt> = new Set<Doubt>(['mileage_too_high', 'mileage_too_low', 'mileage_factor_ten', 'mileage_fell', 'mileage_differs']);

export const isSuspiciousMileage = (doubts: readonly Doubt[]): boolean => doubts.some((doubt) => suspicious.has(doubt));
