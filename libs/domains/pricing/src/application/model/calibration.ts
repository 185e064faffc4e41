import { levels } from './levels';

/** By how much each quantile is moved, in the logarithm of the price, for a segment. */
export interface Calibration {
  readonly whole: readonly number[];
  readonly segments: Readonly<Record<string, readonly number[]>>;
  /** Realised on cars that were kept out: share within the outer quantiles after calibration. */
  readonly coverage: Readonly<Record<string, { readonly cars: number; readonly coverage80: number }>>;
}

/** So many cars of everything are mixed into what a segment says. */
const shrinkage = 120;
const fewest = 40;

function quantileOf(values: readonly number[], level: number): number {
  const sorted = Float64Array.from(values).sort();
  // The rank that holds for one more car of the same kind.
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(level * (sorted.length + 1)) - 1));
  return sorted[rank] ?? 0;
}

/**
 * Conformalised quantiles, by segment: each level is moved so that of the cars that were kept out exactly its share lies
 * below it. A segment with few cars is moved about as much as all are.
 */
export function calibrate(residuals: Float64Array, outside: readonly Float64Array[], segments: readonly string[]): Calibration {
  const rows = Array.from(residuals.keys());
  const offsets = (of: readonly number[]): number[] => levels.map((level, index) => quantileOf(of.map((row) => (residuals[row] ?? 0) - (outside[index]?.[row] ?? 0)), level));
  const whole = offsets(rows);
  const bySegment: Record<string, number[]> = {};
  const coverage: Record<string, { cars: number; coverage80: number }> = {};
  const last = levels.length - 1;
  for (const [segment, of] of Map.groupBy(rows, (row) => segments[row] ?? '')) {
    const own = of.length < fewest ? null : offsets(of);
    const mixed = whole.map((all, index) => (own === null ? all : (of.length * (own[index] ?? 0) + shrinkage * all) / (of.length + shrinkage)));
    if (own !== null) bySegment[segment] = mixed;
    const within = of.filter((row) => {
      const residual = residuals[row] ?? 0;
      return residual >= (outside[0]?.[row] ?? 0) + (mixed[0] ?? 0) && residual <= (outside[last]?.[row] ?? 0) + (mixed[last] ?? 0);
    }).length;
    if (of.length >= fewest) coverage[segment] = { cars: of.length, coverage80: within / of.length };
  }
  const inAll = Object.values(coverage).reduce((sum, { cars, coverage80 }) => sum + cars * coverage80, 0);
  const cars = Object.values(coverage).reduce((sum, each) => sum + each.cars, 0);
  coverage[''] = { cars: rows.length, coverage80: cars === 0 ? 0.8 : inAll / cars };
  return { whole, segments: bySegment, coverage };
}
