import { effectiveSize } from './market/robust';

/** A linear fit that a few wrong values don't move, and that leans on what is known beforehand where data is thin. */

export interface FitRow {
  readonly x: readonly number[];
  readonly y: number;
  readonly weight: number;
}

/** What a slope is without any data, and how sure that is. */
export interface SlopePrior {
  readonly mean: number;
  readonly spread: number;
}

export interface RobustFit {
  readonly intercept: number;
  readonly slopes: readonly number[];
  /** Spread of the values around the line, outliers held down but not left out. */
  readonly scale: number;
  /** Spread of the intercept itself, as a share of `scale` squared. */
  readonly interceptVariance: number;
  /** Values left for judging the spread. */
  readonly degrees: number;
  /** By row: 0 for an outlier. */
  readonly trust: readonly number[];
}

const huberLimit = 1.345;
/** Mean of min(|z|, 1.345)² of a standard normal z. */
const huberVariance = 0.7102;
const outlierLimit = 3.5;
/** Spread of prices of one kind of car that the priors' spreads are measured against. */
const usualScale = 0.15;

/** Huber's weights on iteratively reweighted least squares, with a ridge towards the priors. */
export function robustFit(rows: readonly FitRow[], priors: readonly SlopePrior[], smallestScale: number, rounds = 25): RobustFit {
  const total = rows.reduce((sum, row) => sum + row.weight, 0);
  const effective = effectiveSize(rows.map((row) => row.weight));
  // Weights that sum to the number of values they are worth: the ridge must not depend on their unit.
  const weights = rows.map((row) => (row.weight / total) * effective);
  let trust = rows.map(() => 1);
  let fit = solve(rows, weights, trust, priors);
  let scale = smallestScale;
  for (let round = 0; round < rounds; round += 1) {
    const residuals = residualsOf(rows, fit.beta);
    scale = Math.max(smallestScale, 1.4826 * weightedMedian(residuals.map(Math.abs), weights));
    trust = residuals.map((residual) => trustIn(residual / scale));
    const next = solve(rows, weights, trust, priors);
    const moved = Math.max(...next.beta.map((value, index) => Math.abs(value - (fit.beta[index] ?? 0))));
    fit = next;
    if (moved < 1e-9) break;
  }
  const residuals = residualsOf(rows, fit.beta);
  const held = residuals.reduce((sum, residual, index) => sum + (weights[index] ?? 0) * Math.min(Math.abs(residual), huberLimit * scale) ** 2, 0);
  const used = rows.reduce((sum, row, index) => sum + (weights[index] ?? 0) * (trust[index] ?? 0) * quadratic(fit.inverse, [1, ...row.x]), 0);
  const degrees = Math.max(1, effective - used);
  const [intercept = 0, ...slopes] = fit.beta;
  return {
    intercept,
    slopes,
    scale: Math.max(smallestScale, Math.sqrt(held / huberVariance / degrees)),
    interceptVariance: fit.inverse[0]?.[0] ?? 0,
    degrees,
    trust,
  };
}

export function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  const sorted = values.map((value, index) => ({ value, weight: weights[index] ?? 0 })).sort((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let passed = 0;
  for (const { value, weight } of sorted) {
    passed += weight;
    if (passed >= half) return value;
  }
  return sorted.at(-1)?.value ?? 0;
}

const trustIn = (z: number): number => {
  const size = Math.abs(z);
  if (size > outlierLimit) return 0;
  return size <= huberLimit ? 1 : huberLimit / size;
};

const residualsOf = (rows: readonly FitRow[], beta: readonly number[]): number[] => rows.map(({ x, y }) => y - [1, ...x].reduce((sum, value, index) => sum + value * (beta[index] ?? 0), 0));

interface Solution {
  readonly beta: readonly number[];
  readonly inverse: readonly (readonly number[])[];
}

function solve(rows: readonly FitRow[], weights: readonly number[], trust: readonly number[], priors: readonly SlopePrior[]): Solution {
  const size = priors.length + 1;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const right = new Array<number>(size).fill(0);
  const add = (row: number, column: number, value: number): void => {
    const line = matrix[row];
    if (line !== undefined) line[column] = (line[column] ?? 0) + value;
  };
  rows.forEach(({ x, y }, index) => {
    const weight = (weights[index] ?? 0) * (trust[index] ?? 0);
    const full = [1, ...x];
    full.forEach((a, i) => {
      right[i] = (right[i] ?? 0) + weight * a * y;
      full.forEach((b, j) => add(i, j, weight * a * b));
    });
  });
  priors.forEach(({ mean, spread }, index) => {
    const pull = (usualScale / spread) ** 2;
    add(index + 1, index + 1, pull);
    right[index + 1] = (right[index + 1] ?? 0) + pull * mean;
  });
  // Whatever the rows, the intercept can be solved for.
  add(0, 0, 1e-9);
  const inverse = inverted(matrix);
  return { beta: inverse.map((line) => line.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0)), inverse };
}

const quadratic = (matrix: readonly (readonly number[])[], x: readonly number[]): number =>
  x.reduce((sum, value, index) => sum + value * (matrix[index] ?? []).reduce((inner, entry, column) => inner + entry * (x[column] ?? 0), 0), 0);

/** Gauss-Jordan with pivots; the ridge keeps these few rows and columns far from singular. */
function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const work = matrix.map((line, row) => [...line, ...line.map((_value, column) => (row === column ? 1 : 0))]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) if (Math.abs(work[row]?.[column] ?? 0) > Math.abs(work[pivot]?.[column] ?? 0)) pivot = row;
    const [top, chosen] = [work[column] ?? [], work[pivot] ?? []];
    work[column] = chosen;
    work[pivot] = top;
    const divisor = chosen[column] ?? 1;
    const line = chosen.map((value) => value / divisor);
    work[column] = line;
    for (let row = 0; row < size; row += 1) {
      const factor = work[row]?.[column] ?? 0;
      if (row !== column && factor !== 0) work[row] = (work[row] ?? []).map((value, index) => value - factor * (line[index] ?? 0));
    }
  }
  return work.map((line) => line.slice(size));
}
