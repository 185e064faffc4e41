import { BoostedTrees, columnsOf, type Columns } from '@autobroker/gbt';
import { z } from 'zod';
import type { Calibration } from './calibration';
import { Encoder, sumFeature, sumOf } from './encoder';
import { levels } from './levels';
import { segmentsOf, type Table } from './table';

export { levels } from './levels';

/** Quantiles of one car, lowest first, in the units of the prices that were learned from. */
export type Quantiles = readonly [number, number, number, number, number];

const modelSchema = z.object({
  format: z.literal('autobroker-price-model'),
  version: z.literal(1),
  rows: z.int(),
  narrower: z.number().min(0.5).max(1),
  encoder: z.unknown(),
  point: z.unknown(),
  quantiles: z.array(z.unknown()).length(levels.length),
  calibration: z.object({
    whole: z.array(z.number()),
    segments: z.record(z.string(), z.array(z.number())),
    coverage: z.record(z.string(), z.object({ cars: z.number(), coverage80: z.number() })),
  }),
});

/** What cars are worth, learned from what was asked for others. */
export class PriceModel {
  constructor(
    readonly encoder: Encoder,
    private readonly point: BoostedTrees,
    private readonly quantiles: readonly BoostedTrees[],
    readonly calibration: Calibration,
    readonly rows: number,
    /** How much narrower the spread is than it was where it was measured. */
    private readonly narrower: number,
  ) {}

  predict(table: Table): Quantiles[] {
    return this.predictEncoded(this.encoder.transform(table), segmentsOf(table));
  }

  private predictEncoded(features: Columns, segments: readonly string[]): Quantiles[] {
    const sums = sumOf(features);
    const point = this.point.predict(features).map((value, row) => value + (sums[row] ?? 0));
    const around = withPoint(features, point);
    const bins = this.quantiles[0]?.binned(around) ?? new Uint8Array(0);
    const offsets = this.quantiles.map((model) => model.predictBinned(bins, around.rows));
    return segments.map((segment, row) => {
      const moved = this.calibration.segments[segment] ?? this.calibration.whole;
      const spread = levels.map((_, index) => (offsets[index]?.[row] ?? 0) + (moved[index] ?? 0)).sort((a, b) => a - b);
      const middle = spread[levels.length >> 1] ?? 0;
      const [q10 = 0, q35 = 0, q50 = 0, q65 = 0, q90 = 0] = spread.map((value) => Math.exp((point[row] ?? 0) + middle + (value - middle) * this.narrower));
      return [q10, q35, q50, q65, q90];
    });
  }

  /** What each feature or field does to the price, in the logarithm; together with the base they are the point. */
  contributions(table: Table, row = 0): { readonly base: number; readonly parts: readonly { readonly feature: string; readonly effect: number }[] } {
    const features = this.encoder.transform(table);
    const trees = this.point.contributions(features.columns.map((column) => column[row] ?? Number.NaN));
    const sum = this.encoder.additive.partsOf(table, row);
    const ofTrees = features.names.map((feature, index) => ({ feature: feature === sumFeature ? 'model' : feature, effect: trees.parts[index] ?? 0 }));
    const ofSum = [...sum.parts].map(([column, effect]) => ({ feature: table.fields[column]?.name ?? '', effect }));
    return { base: trees.base + sum.base, parts: [...ofTrees, ...ofSum] };
  }

  toJson(): unknown {
    return {
      format: 'autobroker-price-model',
      version: 1,
      rows: this.rows,
      narrower: this.narrower,
      encoder: this.encoder.toJson(),
      point: this.point.toJson(),
      quantiles: this.quantiles.map((model) => model.toJson()),
      calibration: this.calibration,
    };
  }

  static fromJson(json: unknown): PriceModel {
    const { encoder, point, quantiles, calibration, rows, narrower } = modelSchema.parse(json);
    return new PriceModel(Encoder.fromJson(encoder), BoostedTrees.fromJson(point), quantiles.map((model) => BoostedTrees.fromJson(model)), calibration, rows, narrower);
  }
}

/** What the quantiles read: the features, and what the point says. */
export const withPoint = (features: Columns, point: Float64Array): Columns =>
  columnsOf([...features.names.map((name, index): [string, Float64Array] => [name, features.columns[index] ?? new Float64Array(0)]), ['point', point]]);
