import type { PoolClient, QueryConfig } from 'pg';

export interface Statement extends QueryConfig<unknown[]> {
  readonly query_timeout?: number;
}

/** Sent in the way that can be chained: a text alone may be several statements. */
export const isExtended = ({ name, values = [] }: Statement): boolean => name !== undefined || values.length > 0;

/**
 * The rows of one statement. They are taken out of the driver's result: one that has become old keeps the next one alive, with
 * all its rows, and that the one after it, until the old generation is collected. Of what lists read a quarter became old.
 */
export async function rowsOf<R>(client: PoolClient, statement: Statement): Promise<R[]> {
  const result = await client.query(statement);
  const rows = result.rows as R[];
  result.rows = [];
  return rows;
}
