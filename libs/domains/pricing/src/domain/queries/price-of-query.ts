import { gradeOf, grades } from '../market/grade';
import type { MarketCar } from '../market-car';
import type { NormalizedFilters } from './filters';

/** A car that is for sale like the one that is asked about, at a price in the installation's currency. */
export interface PricedCar {
  readonly vehicleId: string;
  readonly amount: number;
  readonly yearsApart: number;
  /** As a share of the mileage that was asked about; null where either is unknown. */
  readonly milesApart: number | null;
}

export interface QueryPrice {
  readonly average: number | null;
  readonly median: number | null;
  /** 0 to 1; 0 says that nothing is known. */
  readonly confidence: number;
  readonly comparables: number;
}

export const noPrice: QueryPrice = { average: null, median: null, confidence: 0, comparables: 0 };

/** From so many on another car makes no difference to the confidence; with fewer the years are widened. */
const enough = 12;
const sparse = 4;
const yearSteps = [0, 1, 2] as const;
const mileageSteps = [0.25, 0.5, Number.POSITIVE_INFINITY] as const;
/** Beyond so many times the usual distance from the middle a price belongs to another kind of car, or is a slip. */
const outlier = 3.5;
const least = 0.02;
/** How far apart cars of a kind usually are: of one alone it can't be seen. */
const unknownSpread = 0.2;

/**
 * Who is asked about without a word of damage is a sound car. What a bid has got to is no price, nor is one that nobody means.
 */
export function isPriced(car: MarketCar, filters: NormalizedFilters): boolean {
  if (car.referencePrice === null || car.referencePrice.amount <= 0) return false;
  if (filters.damageType === null || filters.damageType === 'none' ? gradeOf(car.facts) !== grades.sound : car.facts.damageType !== filters.damageType) return false;
  if (filters.color !== null && car.facts.colour !== null && car.facts.colour !== filters.color) return false;
  if (filters.country !== null && car.facts.country !== filters.country) return false;
  const shown = car.offers.filter(({ price }) => price !== null);
  return shown.length === 0 || shown.some(({ priceKind, doubtful }) => priceKind !== 'bid' && doubtful !== true);
}

export function pricedCar(car: MarketCar, filters: NormalizedFilters): PricedCar {
  const { mileageKm } = car.facts;
  const year = filters.productionYear === null ? car.facts.year : (car.facts.productionYear ?? car.facts.year);
  return {
    vehicleId: car.vehicleId,
    amount: car.referencePrice?.amount ?? 0,
    yearsApart: Math.abs(year - (filters.productionYear ?? filters.year)),
    milesApart: filters.mileageKm === null || mileageKm === null ? null : Math.abs(mileageKm - filters.mileageKm) / Math.max(1_000, filters.mileageKm),
  };
}

/** The price of what is asked about: from the nearest cars that are enough, without those that stand out. */
export function priceOf(cars: readonly PricedCar[]): QueryPrice {
  const near = nearest(cars);
  if (near.cars.length === 0) return noPrice;
  const kept = withoutOutliers(near.cars.map(({ amount }) => amount));
  const median = medianOf(kept);
  const average = kept.reduce((sum, amount) => sum + amount, 0) / kept.length;
  return { average: Math.round(average), median: Math.round(median), confidence: confidenceOf(kept, median, near.widened), comparables: kept.length };
}

/** Same year and mileage first; wider while there are too few. */
function nearest(cars: readonly PricedCar[]): { readonly cars: readonly PricedCar[]; readonly widened: number } {
  const steps = mileageSteps.flatMap((share) => yearSteps.map((years) => ({ share, years })));
  let widened = 0;
  let found: readonly PricedCar[] = [];
  for (const [step, { share, years }] of steps.entries()) {
    const inReach = cars.filter((car) => car.yearsApart <= years && (car.milesApart === null || car.milesApart <= share));
    if (inReach.length > found.length) [found, widened] = [inReach, step];
    if (found.length >= sparse) break;
  }
  return { cars: found, widened: widened / (steps.length - 1) };
}

function withoutOutliers(amounts: readonly number[]): number[] {
  if (amounts.length < 3) return [...amounts];
  const middle = medianOf(amounts);
  const usual = medianOf(amounts.map((amount) => Math.abs(amount - middle))) * 1.4826;
  const reach = Math.max(usual * outlier, middle * least);
  return amounts.filter((amount) => Math.abs(amount - middle) <= reach);
}

/** Many, alike, and near to what was asked: sure. */
function confidenceOf(amounts: readonly number[], median: number, widened: number): number {
  const many = Math.min(1, Math.sqrt(amounts.length / enough));
  const spread = amounts.length < 2 ? unknownSpread : medianOf(amounts.map((amount) => Math.abs(amount - median))) / Math.max(1, median);
  const alike = Math.max(0, 1 - spread * 2);
  return Math.round(many * alike * (1 - 0.4 * widened) * 100) / 100;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}
