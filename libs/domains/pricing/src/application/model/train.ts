import { type BinEdges, boost, type BoostedTrees, type BoostOptions, columnsOf, type Columns, losses, random, shuffled } from '@autobroker/gbt';
import { calibrate, type Calibration } from './calibration';
import { Encoder, sumOf } from './encoder';
import { levels } from './levels';
import { PriceModel, withPoint } from './price-model';
import { rowsOf, segmentsOf, type Table } from './table';

export interface TrainOptions {
  readonly seed: number;
  readonly folds: number;
  readonly point: Partial<BoostOptions>;
  readonly quantile: Partial<BoostOptions>;
}

/** More cars allow finer leaves and more of them; few cars are learned from more often. */
export function optionsFor(rows: number, seed = 1): TrainOptions {
  const large = rows >= 20_000;
  return {
    seed,
    folds: large ? 4 : 5,
    point: { trees: 700, learningRate: large ? 0.07 : 0.05, maxLeaves: large ? 56 : 24, minLeaf: 8, rowShare: 0.9, featureShare: 0.8, lambda: 1, patience: 30 },
    quantile: { trees: 70, learningRate: 0.1, maxLeaves: 12, minLeaf: Math.max(20, Math.min(150, Math.round(rows / 150))), rowShare: 0.8, featureShare: 0.7, lambda: 1 },
  };
}

interface Fold {
  readonly kept: Int32Array;
  readonly held: Int32Array;
}

function foldsOf(rows: number, count: number, seed: number): Fold[] {
  const order = shuffled(rows, random(seed));
  const some = Math.max(2, Math.min(count, rows));
  return Array.from({ length: some }, (_, fold) => ({ held: order.filter((_row, index) => index % some === fold), kept: order.filter((_row, index) => index % some !== fold) }));
}

const less = (values: Float64Array, others: Float64Array): Float64Array => values.map((value, row) => value - (others[row] ?? 0));

const pick = (values: Float64Array, rows: Int32Array): Float64Array => Float64Array.from(rows, (row) => values[row] ?? 0);

/** Errors fall about like a power of the number of cars: a small one where there are many of each model, a large one where few. */
const paces = { least: 0.06, most: 0.7 } as const;

/**
 * A point and quantiles around it. Every price that the quantiles learn from, and are calibrated by, is judged by a model
 * that has not seen it: folds make that possible without losing a car.
 */
export function trainPriceModel(table: Table, prices: Float64Array, options: TrainOptions = optionsFor(table.rows)): PriceModel {
  const { seed } = options;
  const logPrice = prices.map((price) => Math.log(price));
  const rows = table.rows;
  const outside = new Float64Array(rows);
  const held: { rows: Int32Array; features: Columns }[] = [];
  let best = 0;
  let pace: number = paces.least;
  const folds = foldsOf(rows, options.folds, seed);
  folds.forEach((fold, turn) => {
    const { encoder, features } = Encoder.fit(rowsOf(table, fold.kept), pick(logPrice, fold.kept), seed + turn);
    const asked = encoder.transform(rowsOf(table, fold.held));
    const validation = { features: asked, target: less(pick(logPrice, fold.held), sumOf(asked)) };
    const model = boost({ features, target: less(pick(logPrice, fold.kept), sumOf(features)) }, { ...options.point, loss: losses.squared, categorical: encoder.categorical, seed: seed + turn, validation });
    best += model.trees / folds.length;
    const sums = sumOf(asked);
    model.predict(asked).forEach((value, index) => (outside[fold.held[index] ?? 0] = value + (sums[index] ?? 0)));
    held.push({ rows: fold.held, features: asked });
    if (turn === 0) pace = paceOf(table, logPrice, fold, { ...options, point: { ...options.point, trees: model.trees } }, outside);
  });
  const { encoder, features } = Encoder.fit(table, logPrice, seed);
  const point = boost({ features, target: less(logPrice, sumOf(features)) }, { ...options.point, loss: losses.squared, categorical: encoder.categorical, seed, trees: Math.max(1, Math.round(best * 1.08)) });
  const around = withPoint(gathered(held, features, rows), outside);
  const residuals = logPrice.map((value, row) => value - (outside[row] ?? 0));
  const { quantiles, calibration } = spread(around, residuals, segmentsOf(table), options);
  // The models that are judged learned from fewer cars than the one that serves, which errs less.
  const narrower = ((folds.length - 1) / folds.length) ** pace;
  return new PriceModel(encoder, point, quantiles, calibration, rows, narrower);
}

/** How much better a model gets with twice the cars: one that learned from half of them is asked about the same cars. */
function paceOf(table: Table, logPrice: Float64Array, { kept, held }: Fold, options: TrainOptions, outside: Float64Array): number {
  const half = kept.subarray(0, Math.ceil(kept.length / 2));
  const { encoder, features } = Encoder.fit(rowsOf(table, half), pick(logPrice, half), options.seed);
  const model = boost({ features, target: less(pick(logPrice, half), sumOf(features)) }, { ...options.point, loss: losses.squared, categorical: encoder.categorical, seed: options.seed });
  const asked = encoder.transform(rowsOf(table, held));
  const sums = sumOf(asked);
  const answers = model.predict(asked).map((value, index) => value + (sums[index] ?? 0));
  const missed = (answer: (row: number, place: number) => number): number => held.reduce((sum, row, place) => sum + Math.abs((logPrice[row] ?? 0) - answer(row, place)), 0);
  const ratio = missed((_row, place) => answers[place] ?? 0) / Math.max(Number.MIN_VALUE, missed((row) => outside[row] ?? 0));
  return Math.max(paces.least, Math.min(paces.most, Math.log2(ratio)));
}

/** The features of every row as the fold saw them that it was kept out of. */
function gathered(held: readonly { rows: Int32Array; features: Columns }[], like: Columns, rows: number): Columns {
  const columns = like.names.map(() => new Float64Array(rows));
  for (const { rows: of, features } of held) {
    like.names.forEach((name, index) => {
      const column = features.columns[features.names.indexOf(name)];
      of.forEach((row, place) => {
        const target = columns[index];
        if (target !== undefined) target[row] = column?.[place] ?? Number.NaN;
      });
    });
  }
  return columnsOf(like.names.map((name, index) => [name, columns[index] ?? new Float64Array(rows)]));
}

const subset = (features: Columns, rows: Int32Array): Columns => columnsOf(features.names.map((name, index) => [name, pick(features.columns[index] ?? new Float64Array(0), rows)]));

function spread(features: Columns, residuals: Float64Array, segments: readonly string[], options: TrainOptions): { quantiles: BoostedTrees[]; calibration: Calibration } {
  const { seed } = options;
  const outside = levels.map(() => new Float64Array(residuals.length));
  let edges: readonly BinEdges[] | undefined;
  const quantiles = levels.map((level, index) => {
    const how = { ...options.quantile, loss: losses.quantile(level) };
    for (const { kept, held } of foldsOf(residuals.length, 3, seed + 17)) {
      const model = boost({ features: subset(features, kept), target: pick(residuals, kept) }, { ...how, seed: seed + index });
      model.predict(subset(features, held)).forEach((value, place) => {
        const column = outside[index];
        if (column !== undefined) column[held[place] ?? 0] = value;
      });
    }
    // One sorting into bins serves all levels.
    const model = boost({ features, target: residuals }, { ...how, seed: seed + index, ...(edges === undefined ? {} : { edges }) });
    edges = model.edges;
    return model;
  });
  return { quantiles, calibration: calibrate(residuals, outside, segments) };
}
