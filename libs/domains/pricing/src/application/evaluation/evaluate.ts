import { fieldOf, segmentsOf, type Table, textOf } from '../model/table';
import { optionsFor, trainPriceModel } from '../model/train';
import { planColumns, numberIn, type PlanRequest, type RawTable, tableFrom } from './columns';

export interface Scores {
  readonly mae: number;
  readonly mape: number;
  readonly mdape: number;
  readonly r2: number;
}

export interface Evaluation extends Scores {
  readonly n_train: number;
  readonly n_test: number;
  /** Rows without a usable target, in either file. */
  readonly skipped: number;
  readonly coverage80: number;
  readonly segments: readonly { readonly make: string; readonly n: number; readonly coverage80: number }[];
  readonly baseline: Scores;
  readonly seconds: number;
}

export interface EvaluationRequest extends PlanRequest {
  readonly train: RawTable;
  readonly test: RawTable;
  readonly seed: number;
  readonly now: () => number;
}

const lastBit = 1e-9;

/** Trains on one table, is asked about the other, and says how far off it was; null where there is nothing to learn from. */
export function evaluate(request: EvaluationRequest): Evaluation | null {
  const began = request.now();
  const plan = planColumns(request.train, request);
  const [train, test] = [withTarget(request.train, request.target), withTarget(request.test, request.target)];
  if (train.prices.length < 2) return null;
  const model = trainPriceModel(tableFrom(train.raw, plan), train.prices, optionsFor(train.prices.length, request.seed));
  const table = tableFrom(test.raw, plan);
  const predicted = model.predict(table);
  // Where everything costs the same, both ends are that price but for the last bit.
  const within = predicted.map(([low, , , , high], row) => (test.prices[row] ?? 0) >= low * (1 - lastBit) && (test.prices[row] ?? 0) <= high * (1 + lastBit));
  const share = (rows: readonly number[]): number => round((rows.filter((row) => within[row] === true).length / Math.max(1, rows.length)) * 100, 2);
  const rows = predicted.map((_, row) => row);
  const segments = segmentsOf(table);
  const baseline = medians(tableFrom(train.raw, plan), train.prices, table);
  return {
    n_train: train.prices.length,
    n_test: test.prices.length,
    skipped: train.skipped + test.skipped,
    ...scoresOf(predicted.map(([, , middle]) => middle), test.prices),
    coverage80: share(rows),
    segments: [...Map.groupBy(rows, (row) => segments[row] ?? '')].map(([make, of]) => ({ make, n: of.length, coverage80: share(of) })).sort((a, b) => b.n - a.n || (a.make < b.make ? -1 : 1)),
    baseline: scoresOf(baseline, test.prices),
    seconds: round((request.now() - began) / 1_000, 1),
  };
}

const round = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places;

/** Only rows with a price above nothing can be learned from or judged by. */
function withTarget(raw: RawTable, target: string): { raw: RawTable; prices: Float64Array; skipped: number } {
  const at = raw.names.indexOf(target);
  const kept = raw.rows.filter((row) => (numberIn(row[at] ?? '') ?? 0) > 0);
  return { raw: { names: raw.names, rows: kept }, prices: Float64Array.from(kept, (row) => numberIn(row[at] ?? '') ?? 0), skipped: raw.rows.length - kept.length };
}

export function scoresOf(predicted: readonly number[], prices: Float64Array): Scores {
  const n = prices.length;
  if (n === 0) return { mae: 0, mape: 0, mdape: 0, r2: 0 };
  const off = predicted.map((value, row) => Math.abs(value - (prices[row] ?? 0)));
  const relative = Float64Array.from(off, (error, row) => error / (prices[row] ?? 1)).sort();
  const mean = prices.reduce((sum, price) => sum + price, 0) / n;
  const total = prices.reduce((sum, price) => sum + (price - mean) ** 2, 0);
  const left = off.reduce((sum, error) => sum + error ** 2, 0);
  const half = n >> 1;
  const median = n % 2 === 1 ? (relative[half] ?? 0) : ((relative[half - 1] ?? 0) + (relative[half] ?? 0)) / 2;
  return {
    mae: round(off.reduce((sum, error) => sum + error, 0) / n, 2),
    mape: round((relative.reduce((sum, error) => sum + error, 0) / n) * 100, 2),
    mdape: round(median * 100, 2),
    r2: total === 0 ? 0 : round(1 - left / total, 4),
  };
}

/** What anybody could do with a table: the median by make, model and year, and by less where nothing is known of those. */
function medians(train: Table, prices: Float64Array, test: Table): number[] {
  const [make, model, year] = [fieldOf(train, 'make'), fieldOf(train, 'model'), fieldOf(train, 'year')];
  const keys = (table: Table, of: readonly number[]): string[] => Array.from({ length: table.rows }, (_, row) => of.map((column) => textOf(table.columns[column]?.[row])).join('\u0001'));
  const tables = [[make, model, year], [make, model], [make], []].map((of) => {
    const known = of.filter((column) => column >= 0);
    const groups = Map.groupBy(keys(train, known).map((key, row) => ({ key, price: prices[row] ?? 0 })), ({ key }) => key);
    return { asked: keys(test, known), medians: new Map([...groups].map(([key, rows]) => [key, middleOf(rows.map(({ price }) => price))])) };
  });
  return Array.from({ length: test.rows }, (_, row) => tables.map(({ asked, medians: known }) => known.get(asked[row] ?? '')).find((value) => value !== undefined) ?? 0);
}

function middleOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}

/** A share of the rows kept out, drawn at random: for whoever has one file only. */
export function holdOut(raw: RawTable, share: number, order: ArrayLike<number>): { train: RawTable; test: RawTable } {
  const rows = Array.from(order, (row) => raw.rows[row] ?? []);
  const held = Math.round(rows.length * share);
  return { train: { names: raw.names, rows: rows.slice(held) }, test: { names: raw.names, rows: rows.slice(0, held) } };
}
