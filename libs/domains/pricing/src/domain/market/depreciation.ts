import type { CarKind } from './grade';

/** Cars of one age, at the middle of what is asked for them. */
export interface AgePoint {
  /** In years. */
  readonly age: number;
  readonly cars: number;
  readonly median: number;
}

export interface DepreciationPoint extends AgePoint {
  /** Of the price as new, in per cent: what is seen, and by the curve. */
  readonly retained: number;
  readonly fitted: number;
}

export interface Depreciation {
  readonly cars: number;
  /** Share of its value that a car loses in a year, in per cent. */
  readonly yearly: number;
  /** Lost after five years, in per cent. */
  readonly fiveYears: number;
  /** What is believed of such cars where the market says little, in per cent after five years. */
  readonly priorFiveYears: number;
  /** How much of the answer is the market's own, 0 to 1. */
  readonly ownShare: number;
  /** As new, by the curve. */
  readonly newPrice: number | null;
  readonly points: readonly DepreciationPoint[];
}

/** Lost in five years: public figures of 2025. */
const lostInFive: Readonly<Record<CarKind, number>> = { electric: 0.588, hybrid: 0.407, pickup: 0.404, suv: 0.489, other: 0.456 };

/** So much spread of ages, in car-years squared, says as much as what is believed. */
const priorWeight = 60;
/** Older cars lose no longer like others: they become rare, or scrap. */
const oldest = 15;

/**
 * The line through the logarithms of the middle prices by age, each age weighted by its cars, drawn to what is usual of such
 * cars as long as there are few.
 */
export function depreciationOf(points: readonly AgePoint[], kinds: readonly { readonly kind: CarKind; readonly n: number }[]): Depreciation {
  const prior = priorOf(kinds);
  const used = points.filter(({ age, cars, median }) => age >= 0 && age <= oldest && cars > 0 && median > 0).toSorted((a, b) => a.age - b.age);
  const cars = used.reduce((sum, point) => sum + point.cars, 0);
  const mean = (of: (point: AgePoint) => number): number => (cars === 0 ? 0 : used.reduce((sum, point) => sum + of(point) * point.cars, 0) / cars);
  const [middleAge, middleLog] = [mean(({ age }) => age), mean(({ median }) => Math.log(median))];
  const spread = used.reduce((sum, { age, cars: n }) => sum + n * (age - middleAge) ** 2, 0);
  const seen = used.reduce((sum, { age, cars: n, median }) => sum + n * (age - middleAge) * (Math.log(median) - middleLog), 0);
  const slope = Math.min(0, (seen + priorWeight * prior) / (spread + priorWeight));
  const asNew = cars === 0 ? null : Math.exp(middleLog - slope * middleAge);
  const percent = (share: number): number => Math.round(share * 1_000) / 10;
  return {
    cars,
    yearly: percent(1 - Math.exp(slope)),
    fiveYears: percent(1 - Math.exp(5 * slope)),
    priorFiveYears: percent(1 - Math.exp(5 * prior)),
    ownShare: Math.round((spread / (spread + priorWeight)) * 100) / 100,
    newPrice: asNew === null ? null : Math.round(asNew),
    points: asNew === null ? [] : used.map((point) => ({ ...point, retained: percent(point.median / asNew), fitted: percent(Math.exp(slope * point.age)) })),
  };
}

/** Yearly, as a logarithm; by the mix of cars. */
function priorOf(kinds: readonly { readonly kind: CarKind; readonly n: number }[]): number {
  const total = kinds.reduce((sum, { n }) => sum + n, 0);
  const yearly = (kind: CarKind): number => Math.log(1 - lostInFive[kind]) / 5;
  return total <= 0 ? yearly('other') : kinds.reduce((sum, { kind, n }) => sum + yearly(kind) * n, 0) / total;
}
