import { type Cell, type Field, type FieldKind, type FieldRole, fieldRoles, tableOf, tokensOf, type Table } from '../model/table';

/** A file as it was read: each row by the names of its columns. */
export interface RawTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ColumnPlan {
  readonly fields: readonly Field[];
  /** Where each field is found, by name. */
  readonly from: readonly string[];
}

export interface PlanRequest {
  readonly target: string;
  /** Role → name of the column. */
  readonly map: Readonly<Record<string, string>>;
  readonly ignore: readonly string[];
}

const dayMs = 86_400_000;
const isoDay = /^\d{4}-\d{2}-\d{2}(?:[T ].*)?$/u;
const unknowns = new Set(['', 'n/a', 'na', 'nan', 'null', 'none', '-', '?', 'unknown']);

export const isUnknown = (text: string): boolean => unknowns.has(text.trim().toLowerCase());

/** As people write amounts: «$12,500», «51,000 mi.», «150 hp». The sign or the unit is the column's, and says nothing of the row. */
const dressed = /^(?:[$€£]|EUR|USD|GBP|CHF|CAD|AUD|NZD)?\s*([-+]?[\d.,]+)\s*(?:[$€£]|EUR|USD|GBP|CHF|CAD|AUD|NZD|kms?|mi|miles|hp|bhp|ps|kw|cc|ccm|l|mpg)?\.?$/iu;

/** A number as files write it, a day as days since 1970; null for anything else. */
export function numberIn(text: string): number | null {
  const whole = text.trim();
  const trimmed = dressed.exec(whole)?.[1] ?? whole;
  if (isoDay.test(trimmed)) {
    const time = Date.parse(trimmed.slice(0, 10));
    return Number.isNaN(time) ? null : time / dayMs;
  }
  const plain = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed;
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/iu.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

const textual: ReadonlySet<FieldRole> = new Set(['make', 'model', 'trim', 'fuel', 'gearbox', 'body', 'country']);

/** Decides from the data what each column is. Names of rows, and what never varies, tell nothing and are left out. */
export function planColumns(raw: RawTable, { target, map, ignore }: PlanRequest): ColumnPlan {
  const roles = new Map(Object.entries(map).map(([role, name]) => [name, role]));
  const left = new Set([target, ...ignore]);
  const fields: Field[] = [];
  const from: string[] = [];
  raw.names.forEach((name, index) => {
    if (left.has(name)) return;
    const role = fieldRoles.find((known) => known === roles.get(name)) ?? null;
    const values = raw.rows.map((row) => row[index] ?? '').filter((value) => !isUnknown(value));
    const kind = kindOf(values, role, raw.rows.length, roles.has(name));
    if (kind === null) return;
    fields.push({ name, kind, role });
    from.push(name);
  });
  return { fields, from };
}

function kindOf(values: readonly string[], role: FieldRole | null, rows: number, isMapped: boolean): FieldKind | null {
  const distinct = new Set(values);
  if (distinct.size <= 1) return null;
  if (role !== null && textual.has(role)) return 'category';
  const numbers = values.filter((value) => numberIn(value) !== null).length;
  const isNumeric = numbers >= values.length * 0.95;
  const isUnique = distinct.size > rows * 0.98;
  // A number in which every row has another one, without a fraction and in a close row, counts rows.
  if (isNumeric) return isUnique && !isMapped && isSerial(values) ? null : 'number';
  const lists = values.filter((value) => tokensOf(value).length > 1).length;
  if (lists > values.length * 0.1 && distinct.size > 30) return 'tokens';
  return isUnique && !isMapped ? null : 'category';
}

function isSerial(values: readonly string[]): boolean {
  const numbers = values.map((value) => numberIn(value) ?? 0);
  if (numbers.some((value) => !Number.isInteger(value))) return false;
  const [low, high] = numbers.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  return high - low > 0 && (numbers.length / (high - low + 1) > 0.2 || values.some((value) => value.length >= 12));
}

export function tableFrom(raw: RawTable, { fields, from }: ColumnPlan): Table {
  return tableOf(
    fields,
    fields.map(({ kind }, index) => {
      const at = raw.names.indexOf(from[index] ?? '');
      return raw.rows.map((row): Cell => cellOf(row[at] ?? '', kind));
    }),
  );
}

function cellOf(text: string, kind: FieldKind): Cell {
  if (isUnknown(text)) return null;
  return kind === 'number' ? numberIn(text) : text;
}
