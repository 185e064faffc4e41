import { z } from 'zod';
import { fieldOf, type FieldRole, numberOf, type Table, textOf } from './table';

/** Rows' worth of nothing that is mixed into each effect: an effect of few cars is small. */
const shrinkage = { number: 2, name: 1.5 } as const;
const sweeps = 30;

/** Names that say more together: a trim means something else with every model. */
const joints: readonly (readonly FieldRole[])[] = [
  ['make', 'model'],
  ['make', 'model', 'trim'],
];

interface NumberEffect {
  readonly column: number;
  readonly mean: number;
  readonly scale: number;
  readonly slope: number;
  readonly curve: number;
}
interface NameEffect {
  readonly columns: readonly number[];
  readonly effects: ReadonlyMap<string, number>;
}

/**
 * The logarithm of a price as a sum: of what each name is worth, and of a slope and a curve for each number. Where a model
 * was seen a few times only, that says more of it than trees can find out.
 */
export class AdditivePrices {
  private constructor(
    private readonly base: number,
    private readonly numbers: readonly NumberEffect[],
    private readonly names: readonly NameEffect[],
  ) {}

  static fit(table: Table, logPrice: Float64Array): AdditivePrices {
    const base = logPrice.reduce((sum, value) => sum + value, 0) / Math.max(1, logPrice.length);
    const left = logPrice.map((value) => value - base);
    const numbers = table.fields.flatMap(({ kind }, column) => (kind === 'number' ? [new NumberFit(table, column)] : []));
    const names = groupsOf(table).map((columns) => new NameFit(table, columns));
    for (let sweep = 0; sweep < sweeps; sweep += 1) {
      for (const fit of names) fit.improve(left);
      for (const fit of numbers) fit.improve(left);
    }
    return new AdditivePrices(base, numbers.map((fit) => fit.effect), names.map((fit) => fit.effect));
  }

  predict(table: Table): Float64Array {
    const answers = new Float64Array(table.rows).fill(this.base);
    for (const { column, mean, scale, slope, curve } of this.numbers) {
      table.columns[column]?.forEach((cell, row) => {
        const x = standard(numberOf(cell), mean, scale);
        answers[row] = (answers[row] ?? 0) + slope * x + curve * (x * x - 1);
      });
    }
    for (const { columns, effects } of this.names) keysOf(table, columns).forEach((key, row) => (answers[row] = (answers[row] ?? 0) + (effects.get(key) ?? 0)));
    return answers;
  }

  /** What each field of a row adds; a joint name is told with the narrowest of its fields. */
  partsOf(table: Table, row: number): { readonly base: number; readonly parts: ReadonlyMap<number, number> } {
    const parts = new Map<number, number>();
    const add = (column: number, effect: number): void => void parts.set(column, (parts.get(column) ?? 0) + effect);
    for (const { column, mean, scale, slope, curve } of this.numbers) {
      const x = standard(numberOf(table.columns[column]?.[row]), mean, scale);
      add(column, slope * x + curve * (x * x - 1));
    }
    for (const { columns, effects } of this.names) add(columns.at(-1) ?? 0, effects.get(keyOf(table, columns, row)) ?? 0);
    return { base: this.base, parts };
  }

  toJson(): AdditiveJson {
    return { base: this.base, numbers: [...this.numbers], names: this.names.map(({ columns, effects }) => ({ columns: [...columns], effects: [...effects] })) };
  }

  static fromJson({ base, numbers, names }: AdditiveJson): AdditivePrices {
    return new AdditivePrices(base, numbers, names.map(({ columns, effects }) => ({ columns, effects: new Map(effects) })));
  }
}

export const additiveSchema = z.object({
  base: z.number(),
  numbers: z.array(z.object({ column: z.int(), mean: z.number(), scale: z.number(), slope: z.number(), curve: z.number() })),
  names: z.array(z.object({ columns: z.array(z.int()), effects: z.array(z.tuple([z.string(), z.number()])) })),
});
export type AdditiveJson = z.output<typeof additiveSchema>;

/** How far from the ordinary; what is not known, or absurdly far, is taken for ordinary or for far. */
const standard = (value: number, mean: number, scale: number): number => (Number.isNaN(value) ? 0 : Math.max(-4, Math.min(4, (value - mean) / scale)));

class NumberFit {
  private readonly x: Float64Array;
  private readonly mean: number;
  private readonly scale: number;
  private slope = 0;
  private curve = 0;

  constructor(
    table: Table,
    private readonly column: number,
  ) {
    const values = Float64Array.from(table.columns[column] ?? [], numberOf);
    const known = values.filter((value) => !Number.isNaN(value));
    const count = Math.max(1, known.length);
    this.mean = known.reduce((sum, value) => sum + value, 0) / count;
    this.scale = Math.sqrt(known.reduce((sum, value) => sum + (value - this.mean) ** 2, 0) / count) || 1;
    this.x = values.map((value) => standard(value, this.mean, this.scale));
  }

  improve(left: Float64Array): void {
    for (const power of [1, 2] as const) {
      let [above, below] = [0, shrinkage.number as number];
      const before = power === 1 ? this.slope : this.curve;
      for (let row = 0; row < left.length; row += 1) {
        const x = this.at(row, power);
        above += x * ((left[row] ?? 0) + before * x);
        below += x * x;
      }
      const now = above / below;
      for (let row = 0; row < left.length; row += 1) left[row] = (left[row] ?? 0) - (now - before) * this.at(row, power);
      if (power === 1) this.slope = now;
      else this.curve = now;
    }
  }

  private at(row: number, power: 1 | 2): number {
    const x = this.x[row] ?? 0;
    return power === 1 ? x : x * x - 1;
  }

  get effect(): NumberEffect {
    return { column: this.column, mean: this.mean, scale: this.scale, slope: this.slope, curve: this.curve };
  }
}

class NameFit {
  private readonly words: readonly string[];
  private readonly of: Int32Array;
  private readonly counts: Float64Array;
  private values: Float64Array;

  constructor(
    table: Table,
    private readonly columns: readonly number[],
  ) {
    const keys = keysOf(table, columns);
    this.words = [...new Set(keys)];
    const places = new Map(this.words.map((word, place) => [word, place]));
    this.of = Int32Array.from(keys, (key) => places.get(key) ?? 0);
    this.counts = new Float64Array(this.words.length);
    for (const place of this.of) this.counts[place] = (this.counts[place] ?? 0) + 1;
    this.values = new Float64Array(this.words.length);
  }

  improve(left: Float64Array): void {
    const sums = new Float64Array(this.words.length);
    for (let row = 0; row < left.length; row += 1) {
      const place = this.of[row] ?? 0;
      sums[place] = (sums[place] ?? 0) + (left[row] ?? 0) + (this.values[place] ?? 0);
    }
    const now = sums.map((sum, place) => sum / ((this.counts[place] ?? 0) + shrinkage.name));
    for (let row = 0; row < left.length; row += 1) left[row] = (left[row] ?? 0) - (now[this.of[row] ?? 0] ?? 0) + (this.values[this.of[row] ?? 0] ?? 0);
    this.values = now;
  }

  get effect(): NameEffect {
    return { columns: this.columns, effects: new Map(this.words.map((word, place) => [word, this.values[place] ?? 0])) };
  }
}

function groupsOf(table: Table): number[][] {
  const single = table.fields.flatMap(({ kind }, column) => (kind === 'category' ? [[column]] : []));
  const joint = joints.flatMap((roles) => {
    const columns = roles.map((role) => fieldOf(table, role));
    return columns.includes(-1) ? [] : [columns];
  });
  return [...single, ...joint];
}

function keysOf(table: Table, columns: readonly number[]): string[] {
  return Array.from({ length: table.rows }, (_, row) => keyOf(table, columns, row));
}

const keyOf = (table: Table, columns: readonly number[], row: number): string => columns.map((column) => textOf(table.columns[column]?.[row])).join('\u0001');
