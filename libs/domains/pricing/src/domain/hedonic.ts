import { ageInYears } from './age';
import type { CarFacts } from './market-car';
import { effectiveSize } from './market/robust';
import { robustFit, type FitRow, type RobustFit, type SlopePrior } from './robust-fit';
import { studentQuantile } from './student';
import { quantileLevels, type PriceFactor, type PriceQuantiles } from './valuation';

/** A comparable car with its price in the minor units of the valuation's currency. */
export interface HedonicSample {
  readonly id: string;
  readonly facts: CarFacts;
  readonly price: number;
  /** How much it counts, 0 to 1. */
  readonly weight: number;
}

export interface HedonicEstimate {
  readonly quantiles: PriceQuantiles;
  readonly factors: readonly PriceFactor[];
  readonly effectiveComparables: number;
  /** Comparables that counted; outliers are not among them. */
  readonly used: readonly string[];
}

export type HedonicResult =
  | { readonly ok: true; readonly estimate: HedonicEstimate }
  | { readonly ok: false; readonly reason: 'too_few' | 'too_wide'; readonly effectiveComparables: number };

/** Fewer than these, weighted, are no market. */
export const fewestComparables = 8;
/** A car that may cost one price or three times as much has not been valued. */
const widestRatio = 3;
/** No market agrees better than this, however alike a few offers happen to be. */
const smallestScale = 0.04;
/** Of one fact, before it is used: fewer tell nothing of their own. */
const valuesPerColumn = 4;

interface Column {
  readonly factor: string;
  readonly prior: SlopePrior;
  readonly of: (facts: CarFacts) => number | null;
  readonly shown: (facts: CarFacts) => string | number | null;
}

/** Slopes of the log price, from common depreciation: about 45 % in five years and 75,000 km. */
const columnsFor = (car: CarFacts, at: Date): Column[] => [
  { factor: 'age', prior: { mean: -0.075, spread: 0.04 }, of: (facts) => ageInYears(facts, at), shown: (facts) => Math.round(ageInYears(facts, at) * 10) / 10 },
  { factor: 'mileage_km', prior: { mean: -0.03, spread: 0.02 }, of: ({ mileageKm }) => (mileageKm === null ? null : mileageKm / 10_000), shown: ({ mileageKm }) => mileageKm },
  { factor: 'power_kw', prior: { mean: 0.5, spread: 0.4 }, of: ({ powerKw }) => (powerKw === null || powerKw <= 0 ? null : Math.log(powerKw)), shown: ({ powerKw }) => powerKw },
  { factor: 'trim', prior: { mean: 0.05, spread: 0.1 }, of: ({ trim }) => (car.trim === null ? null : trim === null ? 0.5 : sameText(trim, car.trim) ? 1 : 0), shown: ({ trim }) => trim },
];

const sameText = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/**
 * What a car is worth by the comparables alone: a robust line through the logarithms of their prices, read off at the car.
 * Its quantiles widen with few comparables, with a car that lies outside of them, and with prices that disagree.
 */
export function hedonic(car: CarFacts, samples: readonly HedonicSample[], at: Date): HedonicResult {
  const priced = samples.filter(({ price, weight }) => Number.isFinite(price) && price > 0 && weight > 0);
  const effective = effectiveSize(priced.map(({ weight }) => weight));
  if (effective < fewestComparables) return { ok: false, reason: 'too_few', effectiveComparables: effective };
  const columns = usable(columnsFor(car, at), car, priced).slice(0, Math.max(1, Math.floor(effective / valuesPerColumn)));
  const fit = robustFit(rowsOf(columns, car, priced), columns.map(({ prior }) => prior), smallestScale);
  const used = priced.filter((_sample, index) => (fit.trust[index] ?? 0) > 0);
  const counted = effectiveSize(priced.map(({ weight }, index) => ((fit.trust[index] ?? 0) > 0 ? weight : 0)));
  if (counted < fewestComparables) return { ok: false, reason: 'too_few', effectiveComparables: counted };
  const quantiles = quantilesOf(fit);
  if (quantiles === null) return { ok: false, reason: 'too_wide', effectiveComparables: counted };
  return { ok: true, estimate: { quantiles, factors: factorsOf(columns, car, priced, fit, quantiles.q50), effectiveComparables: counted, used: used.map(({ id }) => id) } };
}

/** A fact counts when the car has it, half of the others have it, and it is not the same everywhere. */
function usable(columns: readonly Column[], car: CarFacts, samples: readonly HedonicSample[]): Column[] {
  return columns.filter(({ of }) => {
    const own = of(car);
    if (own === null) return false;
    const known = samples.map(({ facts }) => of(facts)).filter((value) => value !== null);
    return known.length * 2 >= samples.length && known.some((value) => Math.abs(value - own) > 1e-9);
  });
}

/** Measured from the car itself: the intercept is then the car's own log price, and its variance that of the answer. */
function rowsOf(columns: readonly Column[], car: CarFacts, samples: readonly HedonicSample[]): FitRow[] {
  const own = columns.map(({ of }) => of(car) ?? 0);
  const usual = columns.map((column) => meanOf(column, samples));
  return samples.map(({ facts, price, weight }) => ({
    x: columns.map(({ of }, index) => (of(facts) ?? usual[index] ?? 0) - (own[index] ?? 0)),
    y: Math.log(price),
    weight,
  }));
}

function meanOf({ of }: Column, samples: readonly HedonicSample[]): number {
  let [sum, weights] = [0, 0];
  for (const { facts, weight } of samples) {
    const value = of(facts);
    if (value === null) continue;
    sum += value * weight;
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights;
}

function quantilesOf(fit: RobustFit): PriceQuantiles | null {
  const spread = fit.scale * Math.sqrt(1 + fit.interceptVariance);
  const [q10 = 0, q35 = 0, q50 = 0, q65 = 0, q90 = 0] = quantileLevels.map((level) => Math.round(Math.exp(fit.intercept + spread * studentQuantile(level, fit.degrees))));
  const absurd = !Number.isSafeInteger(q90) || q10 < 1 || q90 / q10 > widestRatio;
  return absurd ? null : { q10, q35, q50, q65, q90 };
}

const factorsOf = (columns: readonly Column[], car: CarFacts, samples: readonly HedonicSample[], fit: RobustFit, q50: number): PriceFactor[] =>
  columns
    .map((column, index) => {
      const away = (column.of(car) ?? 0) - meanOf(column, samples);
      const effect = Math.round(q50 * (1 - Math.exp(-(fit.slopes[index] ?? 0) * away)));
      return { factor: column.factor, value: column.shown(car), effect };
    })
    .filter(({ effect }) => effect !== 0)
    .sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect));
