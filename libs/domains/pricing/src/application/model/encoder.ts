import { type CategoryTable, categoryTable, columnsOf, type Columns, heldOutStatistic, random, shuffled, statisticOf } from '@autobroker/gbt';
import { z } from 'zod';
import { AdditivePrices, additiveSchema } from './additive';
import { type Field, fieldOf, fieldRoles, numberOf, rowsOf, type Table, textOf, tokensOf } from './table';

/** Trees divide categories by themselves up to here; names beyond are told by what is known of their prices. */
const mostCodes = 250;
/** Rows' worth of all cars that is mixed into what is known of one name. */
const weight = 8;
const mostTokens = 40;
const fewestOfToken = 0.004;

interface Codes {
  readonly column: number;
  /** The number of each category that is frequent enough to have one. */
  readonly codes: ReadonlyMap<string, number>;
}
interface Statistic {
  readonly column: number;
  readonly level: CategoryTable;
}
interface Words {
  readonly column: number;
  readonly words: readonly string[];
}

/** The feature that is a first answer by itself: trees learn what is left of it. */
export const sumFeature = 'sum';

export const sumOf = (features: Columns): Float64Array => features.columns[features.names.indexOf(sumFeature)] ?? new Float64Array(features.rows);

export interface Encoded {
  readonly encoder: Encoder;
  /** Of the rows that it was made from: no row's features have seen its own price. */
  readonly features: Columns;
}

/** Makes numbers of what is known of cars, in the same way for those that are learned from and those that are asked for. */
export class Encoder {
  private constructor(
    private readonly fields: readonly Field[],
    private readonly codes: readonly Codes[],
    private readonly statistics: readonly Statistic[],
    private readonly tokens: readonly Words[],
    /** How many cars of each make, and of each model, were learned from. */
    private readonly counts: ReadonlyMap<string, number>,
    readonly additive: AdditivePrices,
  ) {}

  static fit(table: Table, logPrice: Float64Array, seed: number): Encoded {
    const codes: Codes[] = [];
    const statistics: Statistic[] = [];
    const tokens: Words[] = [];
    const levels: [string, Float64Array][] = [];
    table.fields.forEach(({ kind, name }, column) => {
      if (kind === 'number') return;
      if (kind === 'tokens') tokens.push({ column, words: wordsOf(table, column) });
      const texts = textsOf(table, column);
      const of = codesOf(texts);
      if (kind === 'category') codes.push({ column, codes: of.codes });
      if (!of.isWhole) {
        statistics.push({ column, level: categoryTable(texts, logPrice, weight) });
        levels.push([`${name}:level`, heldOutStatistic(texts, logPrice, { weight, seed: seed + column })]);
      }
    });
    const encoder = new Encoder(table.fields, codes, statistics, tokens, namesIn(table), AdditivePrices.fit(table, logPrice));
    return { encoder, features: columnsOf([...encoder.plainColumns(table), ...levels, [sumFeature, heldOutSums(table, logPrice, seed)]]) };
  }

  transform(table: Table): Columns {
    const levels = this.statistics.map(({ column, level }): [string, Float64Array] => [
      `${this.fields[column]?.name ?? ''}:level`,
      Float64Array.from(textsOf(table, column), (text) => statisticOf(level, text)),
    ]);
    return columnsOf([...this.plainColumns(table), ...levels, [sumFeature, this.additive.predict(table)]]);
  }

  /** Features whose numbers are names. */
  get categorical(): string[] {
    return this.codes.map(({ column }) => `${this.fields[column]?.name ?? ''}:which`);
  }

  /** How many cars with this make and model were learned from; with the make alone, without a model. */
  seen(make: string, model?: string): number {
    return this.counts.get(nameOf(textOf(make), model === undefined ? undefined : textOf(model))) ?? 0;
  }

  /** What does not depend on prices. */
  private plainColumns(table: Table): [string, Float64Array][] {
    const cells = (column: number) => table.columns[column] ?? [];
    const name = (column: number): string => this.fields[column]?.name ?? '';
    return [
      ...this.fields.flatMap(({ kind }, column): [string, Float64Array][] => (kind === 'number' ? [[name(column), Float64Array.from(cells(column), numberOf)]] : [])),
      ...this.codes.map(({ column, codes }): [string, Float64Array] => [`${name(column)}:which`, Float64Array.from(cells(column), (cell) => codes.get(textOf(cell)) ?? Number.NaN)]),
      ...this.tokens.flatMap(({ column, words }): [string, Float64Array][] => {
        const lists = cells(column).map((cell) => new Set(tokensOf(cell)));
        return [
          [`${name(column)}:how_many`, Float64Array.from(lists, (list) => list.size)],
          ...words.map((word): [string, Float64Array] => [`${name(column)}=${word}`, Float64Array.from(lists, (list) => Number(list.has(word)))]),
        ];
      }),
    ];
  }

  toJson(): EncoderJson {
    return {
      fields: [...this.fields],
      codes: this.codes.map(({ column, codes }) => ({ column, codes: [...codes] })),
      statistics: this.statistics.map(({ column, level: { prior, weight: of, sums } }) => ({ column, prior, weight: of, sums: [...sums].map(([key, [count, sum]]) => [key, count, sum]) })),
      tokens: this.tokens.map(({ column, words }) => ({ column, words: [...words] })),
      counts: [...this.counts],
      additive: this.additive.toJson(),
    };
  }

  static fromJson(json: unknown): Encoder {
    const { fields, codes, statistics, tokens, counts, additive } = encoderSchema.parse(json);
    return new Encoder(
      fields,
      codes.map(({ column, codes: of }) => ({ column, codes: new Map(of) })),
      statistics.map(({ column, prior, weight: of, sums }) => ({ column, level: { prior, weight: of, sums: new Map(sums.map(([key, count, sum]) => [key, [count, sum]])) } })),
      tokens,
      new Map(counts),
      AdditivePrices.fromJson(additive),
    );
  }
}

const encoderSchema = z.object({
  fields: z.array(z.object({ name: z.string(), kind: z.enum(['number', 'category', 'tokens']), role: z.enum(fieldRoles).nullable() })),
  codes: z.array(z.object({ column: z.int(), codes: z.array(z.tuple([z.string(), z.int()])) })),
  statistics: z.array(z.object({ column: z.int(), prior: z.number(), weight: z.number(), sums: z.array(z.tuple([z.string(), z.number(), z.number()])) })),
  tokens: z.array(z.object({ column: z.int(), words: z.array(z.string()) })),
  counts: z.array(z.tuple([z.string(), z.int()])),
  additive: additiveSchema,
});
export type EncoderJson = z.output<typeof encoderSchema>;

const sumFolds = 10;

/** Each row's sum from effects that were worked out without it. */
function heldOutSums(table: Table, logPrice: Float64Array, seed: number): Float64Array {
  const sums = new Float64Array(table.rows);
  const order = shuffled(table.rows, random(seed + 101));
  const folds = Math.max(2, Math.min(sumFolds, table.rows));
  for (let fold = 0; fold < folds; fold += 1) {
    const kept = order.filter((_row, place) => place % folds !== fold);
    const held = order.filter((_row, place) => place % folds === fold);
    const model = AdditivePrices.fit(rowsOf(table, kept), Float64Array.from(kept, (row) => logPrice[row] ?? 0));
    model.predict(rowsOf(table, held)).forEach((value, place) => (sums[held[place] ?? 0] = value));
  }
  return sums;
}

const nameOf = (make: string, model?: string): string => (model === undefined ? make : `${make}\u0001${model}`);

function namesIn(table: Table): Map<string, number> {
  const counts = new Map<string, number>();
  const [make, model] = [fieldOf(table, 'make'), fieldOf(table, 'model')].map((column) => table.columns[column]);
  for (let row = 0; row < table.rows; row += 1) {
    for (const name of [nameOf(textOf(make?.[row])), nameOf(textOf(make?.[row]), textOf(model?.[row]))]) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const textsOf = (table: Table, column: number): string[] => (table.columns[column] ?? []).map(textOf);

function countsOf(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}

/** Frequent ones first; the rest have no number. */
function codesOf(texts: readonly string[]): { codes: Map<string, number>; isWhole: boolean } {
  const counts = countsOf(texts);
  return { codes: new Map(counts.slice(0, mostCodes).map(([word], code) => [word, code])), isWhole: counts.length <= mostCodes };
}

function wordsOf(table: Table, column: number): string[] {
  const counts = countsOf((table.columns[column] ?? []).flatMap(tokensOf));
  const frequent = counts.filter(([, count]) => count >= Math.max(5, table.rows * fewestOfToken) && count < table.rows);
  return frequent.slice(0, mostTokens).map(([word]) => word);
}
