/** What stands in one place: a number, words, or nothing. */
export type Cell = string | number | null;

export type FieldKind = 'number' | 'category' | 'tokens';

/** What a column means, where we know it: some meanings have features of their own. */
export const fieldRoles = ['make', 'model', 'trim', 'year', 'mileage', 'power', 'fuel', 'gearbox', 'body', 'country'] as const;
export type FieldRole = (typeof fieldRoles)[number];

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly role: FieldRole | null;
}

/** Cars as rows, whatever is known of them as columns. */
export interface Table {
  readonly fields: readonly Field[];
  readonly columns: readonly (readonly Cell[])[];
  readonly rows: number;
}

export const tableOf = (fields: readonly Field[], columns: readonly (readonly Cell[])[]): Table => ({ fields, columns, rows: columns[0]?.length ?? 0 });

/** Some of the rows, in the order that is given. */
export function rowsOf(table: Table, rows: ArrayLike<number>): Table {
  const indices = Array.from(rows);
  return { fields: table.fields, columns: table.columns.map((column) => indices.map((row) => column[row] ?? null)), rows: indices.length };
}

export function fieldOf(table: Pick<Table, 'fields'>, role: FieldRole): number {
  return table.fields.findIndex((field) => field.role === role);
}

export const textOf = (cell: Cell | undefined): string => (cell === null || cell === undefined ? '' : String(cell).trim().toLowerCase());

export const numberOf = (cell: Cell | undefined): number => (typeof cell === 'number' && Number.isFinite(cell) ? cell : Number.NaN);

/** The parts of a list that was written as text. */
export const tokensOf = (cell: Cell | undefined): string[] => [
  ...new Set(
    textOf(cell)
      .split(/[,;|/]+/u)
      .map((token) => token.trim())
      .filter((token) => token !== ''),
  ),
];

/** Cars are calibrated by their make. */
export function segmentsOf(table: Table): string[] {
  const make = fieldOf(table, 'make');
  return Array.from({ length: table.rows }, (_, row) => (make < 0 ? '' : textOf(table.columns[make]?.[row])));
}
