import type { CarFacts } from './market-car';

/** What is so far from any car that a price would be made up. */
export const implausibilities = ['year', 'mileage', 'make', 'price'] as const;
export type Implausibility = (typeof implausibilities)[number];

export interface PlausibleCar {
  readonly facts: CarFacts;
  /** Facts that were left out of the calculation, because they can't be so. */
  readonly ignored: readonly string[];
}

export type Plausibility = { readonly ok: true; readonly car: PlausibleCar } | { readonly ok: false; readonly implausible: Implausibility };

const firstYear = 1900;
const mostKm = 1_500_000;
/** A car that has stood in a showroom for so long is no new one. */
const newForYears = 2;

/**
 * Whether a car can be valued by what is said of it. A model answers anything it is asked; this says which questions make
 * sense. A mileage of nothing on an old car is a field nobody filled in, and the car is valued without it.
 */
export function plausibleCar(facts: CarFacts, today: Date): Plausibility {
  const thisYear = today.getUTCFullYear();
  if (facts.make.trim() === '' || facts.model.trim() === '') return { ok: false, implausible: 'make' };
  if (!Number.isInteger(facts.year) || facts.year < firstYear || facts.year > thisYear + 1) return { ok: false, implausible: 'year' };
  const { mileageKm } = facts;
  if (mileageKm === null) return { ok: true, car: { facts, ignored: [] } };
  if (!Number.isFinite(mileageKm) || mileageKm < 0 || mileageKm > mostKm) return { ok: false, implausible: 'mileage' };
  const untold = mileageKm < 10 && thisYear - facts.year > newForYears && facts.condition !== 'new';
  return untold ? { ok: true, car: { facts: { ...facts, mileageKm: null }, ignored: ['mileage_km'] } } : { ok: true, car: { facts, ignored: [] } };
}

/** Prices that stand for a car: not a joke, a deposit or a telephone number. In minor units of the reference currency. */
export const isMarketPrice = (amount: number): boolean => Number.isFinite(amount) && amount >= 10_000 && amount <= 1_000_000_000_00;
