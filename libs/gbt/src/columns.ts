/** A number that stands for «not known» in a column. */
export const missing = Number.NaN;

export type Column = Float64Array;

/** Features side by side, each a column with a value per row. */
export interface Columns {
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** Columns of one length, with names that differ. */
export function columnsOf(entries: readonly (readonly [string, ArrayLike<number>])[]): Columns {
  const rows = entries[0]?.[1].length ?? 0;
  const names = entries.map(([name]) => name);
  if (new Set(names).size !== names.length) throw new RangeError('two columns have the same name');
  const columns = entries.map(([name, values]) => {
    if (values.length !== rows) throw new RangeError(`column ${name} has ${values.length} values, the first has ${rows}`);
    return values instanceof Float64Array ? values : Float64Array.from(values);
  });
  return { names, columns, rows };
}
