import { boost, BoostedTrees, type CategoryTable, categoryTable, columnsOf, type Columns, losses, orderedStatistic, statisticOf } from '@autobroker/gbt';
import { z } from 'zod';
import { type Field, fieldOf, fieldRoles, numberOf, rowsOf, type Table, textOf, tokensOf } from './table';

/** Rows worth of what is known of the wider group, mixed into what is known of the narrower. */
const weights = { plain: 8, joint: 5 } as const;
const mostTokens = 40;
const fewestOfToken = 0.004;

/** Groups that say more together than alone: each is read against the group before it. */
const joints: readonly (readonly (typeof fieldRoles)[number][])[] = [
  ['make', 'model'],
  ['make', 'model', 'trim'],
  ['make', 'model', 'year'],
  ['make', 'model', 'fuel', 'gearbox'],
  ['make', 'model', 'power'],
  ['make', 'model', 'body', 'fuel'],
];

interface Group {
  readonly name: string;
  /** Columns of the table that make up the group. */
  readonly of: readonly number[];
  /** The group whose statistic is the prior; null for that of all. */
  readonly within: string | null;
  /** Of the price, and of what the price is beyond what numbers explain. */
  readonly level: CategoryTable;
  readonly beyond: CategoryTable;
}

export interface Encoded {
  readonly encoder: Encoder;
  /** Of the rows that it was made from: no row's features have seen its own price. */
  readonly features: Columns;
}

/** Makes numbers of what is known of cars, in the same way for those that are learned from and those that are asked for. */
export class Encoder {
  private constructor(
    private readonly fields: readonly Field[],
    private readonly groups: readonly Group[],
    /** The number of each category that is frequent enough to have one. */
    private readonly codes: readonly { readonly column: number; readonly codes: ReadonlyMap<string, number> }[],
    private readonly tokens: readonly { readonly column: number; readonly words: readonly string[] }[],
    /** What numbers alone say; null where there are none. */
    private readonly plain: BoostedTrees | null,
  ) {}

  static fit(table: Table, logPrice: Float64Array, seed: number): Encoded {
    const numbers = numbersOf(table);
    const plain =
      numbers.names.length === 0 ? null : boost({ features: numbers, target: logPrice }, { trees: 60, learningRate: 0.15, maxLeaves: 16, minLeaf: 30, loss: losses.squared, seed });
    const explained = plain?.predict(numbers);
    const beyond = logPrice.map((value, row) => value - (explained?.[row] ?? 0));
    const groups: Group[] = [];
    const entries: [string, ArrayLike<number>][] = numbers.names.map((name, index) => [name, numbers.columns[index] ?? new Float64Array(0)]);
    const statistics = new Map<string, { level: Float64Array; beyond: Float64Array }>();
    for (const { name, of, within } of groupsOf(table)) {
      const keys = keysOf(table, of);
      const weight = within === null ? weights.plain : weights.joint;
      const wider = within === null ? undefined : statistics.get(within);
      const ordered = (target: Float64Array, priors: Float64Array | undefined, salt: number): Float64Array =>
        orderedStatistic(keys, target, { weight, seed: seed + salt, ...(priors === undefined ? {} : { priors }) });
      const levels = ordered(logPrice, wider?.level, groups.length * 2);
      const beyonds = ordered(beyond, wider?.beyond, groups.length * 2 + 1);
      statistics.set(name, { level: levels, beyond: beyonds });
      const group: Group = { name, of, within, level: categoryTable(keys, logPrice, weight), beyond: categoryTable(keys, beyond, weight) };
      groups.push(group);
      entries.push([`${name}:level`, levels], [`${name}:beyond`, beyonds], [`${name}:count`, keys.map((key) => Math.log1p((group.level.sums.get(key)?.[0] ?? 1) - 1))]);
    }
    const codes = table.fields.flatMap(({ kind }, column) => (kind === 'category' ? [{ column, codes: codesOf(table, column) }] : []));
    const tokens = table.fields.flatMap(({ kind }, column) => (kind === 'tokens' ? [{ column, words: wordsOf(table, column) }] : []));
    const encoder = new Encoder(table.fields, groups, codes, tokens, plain);
    entries.push(...encoder.codeColumns(table), ...encoder.tokenColumns(table));
    return { encoder, features: columnsOf(entries) };
  }

  transform(table: Table): Columns {
    const numbers = numbersOf(table);
    const entries: [string, ArrayLike<number>][] = numbers.names.map((name, index) => [name, numbers.columns[index] ?? new Float64Array(0)]);
    const statistics = new Map<string, { level: Float64Array; beyond: Float64Array }>();
    for (const group of this.groups) {
      const keys = keysOf(table, group.of);
      const wider = group.within === null ? undefined : statistics.get(group.within);
      const level = Float64Array.from(keys, (key, row) => statisticOf(group.level, key, wider?.level[row]));
      const beyond = Float64Array.from(keys, (key, row) => statisticOf(group.beyond, key, wider?.beyond[row]));
      statistics.set(group.name, { level, beyond });
      entries.push([`${group.name}:level`, level], [`${group.name}:beyond`, beyond], [`${group.name}:count`, keys.map((key) => Math.log1p(group.level.sums.get(key)?.[0] ?? 0))]);
    }
    entries.push(...this.codeColumns(table), ...this.tokenColumns(table));
    return columnsOf(entries);
  }

  /** Features whose numbers are names. */
  get categorical(): string[] {
    return this.codes.map(({ column }) => this.codeName(column));
  }

  /** How many cars of this group were learned from. */
  seen(group: string, table: Table, row = 0): number {
    const found = this.groups.find(({ name }) => name === group);
    if (found === undefined) return 0;
    return found.level.sums.get(keysOf(rowsOf(table, [row]), found.of)[0] ?? '')?.[0] ?? 0;
  }

  private codeName(column: number): string {
    return `${this.fields[column]?.name ?? ''}:which`;
  }

  private codeColumns(table: Table): [string, ArrayLike<number>][] {
    return this.codes.map(({ column, codes }) => [this.codeName(column), Float64Array.from(table.columns[column] ?? [], (cell) => codes.get(textOf(cell)) ?? Number.NaN)]);
  }

  private tokenColumns(table: Table): [string, ArrayLike<number>][] {
    return this.tokens.flatMap(({ column, words }): [string, ArrayLike<number>][] => {
      const name = table.fields[column]?.name ?? '';
      const lists = (table.columns[column] ?? []).map((cell) => new Set(tokensOf(cell)));
      return [
        [`${name}:how_many`, Float64Array.from(lists, (list) => list.size)],
        ...words.map((word): [string, Float64Array] => [`${name}=${word}`, Float64Array.from(lists, (list) => Number(list.has(word)))]),
      ];
    });
  }

  toJson(): EncoderJson {
    const table = ({ prior, weight, sums }: CategoryTable): EncoderJson['groups'][number]['level'] => ({ prior, weight, sums: [...sums].map(([key, [count, sum]]) => [key, count, sum]) });
    return {
      fields: [...this.fields],
      groups: this.groups.map(({ name, of, within, level, beyond }) => ({ name, of: [...of], within, level: table(level), beyond: table(beyond) })),
      codes: this.codes.map(({ column, codes }) => ({ column, codes: [...codes] })),
      tokens: this.tokens.map(({ column, words }) => ({ column, words: [...words] })),
      plain: this.plain?.toJson() ?? null,
    };
  }

  static fromJson(json: unknown): Encoder {
    const { fields, groups, codes, tokens, plain } = encoderSchema.parse(json);
    const table = ({ prior, weight, sums }: EncoderJson['groups'][number]['level']): CategoryTable => ({ prior, weight, sums: new Map(sums.map(([key, count, sum]) => [key, [count, sum]])) });
    return new Encoder(
      fields,
      groups.map((group) => ({ ...group, level: table(group.level), beyond: table(group.beyond) })),
      codes.map(({ column, codes: of }) => ({ column, codes: new Map(of) })),
      tokens,
      plain === null || plain === undefined ? null : BoostedTrees.fromJson(plain),
    );
  }
}

const statisticSchema = z.object({ prior: z.number(), weight: z.number(), sums: z.array(z.tuple([z.string(), z.number(), z.number()])) });
const encoderSchema = z.object({
  fields: z.array(z.object({ name: z.string(), kind: z.enum(['number', 'category', 'tokens']), role: z.enum(fieldRoles).nullable() })),
  groups: z.array(z.object({ name: z.string(), of: z.array(z.int()), within: z.string().nullable(), level: statisticSchema, beyond: statisticSchema })),
  codes: z.array(z.object({ column: z.int(), codes: z.array(z.tuple([z.string(), z.int()])) })),
  tokens: z.array(z.object({ column: z.int(), words: z.array(z.string()) })),
  plain: z.unknown(),
});
export type EncoderJson = z.output<typeof encoderSchema>;

function numbersOf(table: Table): Columns {
  const entries = table.fields.flatMap(({ name, kind }, index): [string, Float64Array][] => (kind === 'number' ? [[name, Float64Array.from(table.columns[index] ?? [], numberOf)]] : []));
  const [year, mileage] = [fieldOf(table, 'year'), fieldOf(table, 'mileage')];
  if (year >= 0 && mileage >= 0) {
    const newest = 2_030;
    const pace = Float64Array.from({ length: table.rows }, (_, row) => numberOf(table.columns[mileage]?.[row]) / Math.max(1, newest - numberOf(table.columns[year]?.[row])));
    entries.push(['pace', pace]);
  }
  return columnsOf(entries);
}

function groupsOf(table: Table): Pick<Group, 'name' | 'of' | 'within'>[] {
  const single = table.fields.flatMap(({ name, kind }, index) => (kind === 'number' ? [] : [{ name, of: [index], within: null }]));
  const joint = joints.flatMap((roles) => {
    const of = roles.map((role) => fieldOf(table, role));
    if (of.some((index) => index < 0)) return [];
    const wider = roles.length === 2 ? (table.fields[of[0] ?? 0]?.name ?? null) : 'make+model';
    return [{ name: roles.join('+'), of, within: wider }];
  });
  return [...single, ...joint];
}

function keysOf(table: Table, of: readonly number[]): string[] {
  return Array.from({ length: table.rows }, (_, row) => of.map((column) => textOf(table.columns[column]?.[row])).join('\u0001'));
}

const mostCodes = 250;

/** Frequent ones first; the rest have no number, and are told by their statistics alone. */
function codesOf(table: Table, column: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cell of table.columns[column] ?? []) counts.set(textOf(cell), (counts.get(textOf(cell)) ?? 0) + 1);
  const frequent = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, mostCodes);
  return new Map(frequent.map(([word], code) => [word, code]));
}

function wordsOf(table: Table, column: number): string[] {
  const counts = new Map<string, number>();
  for (const cell of table.columns[column] ?? []) for (const token of tokensOf(cell)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= Math.max(5, table.rows * fewestOfToken) && count < table.rows)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, mostTokens)
    .map(([word]) => word);
}
