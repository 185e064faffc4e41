import type { Database } from '@autobroker/platform/database';

/** What waits for its turn, and where the turns are kept. */
export interface Turns {
  readonly table: 'documents' | 'signature_requests';
  readonly tries: string;
  readonly tryAt: string;
  /** When a row is due, and which rows are meant. */
  readonly due: string;
  readonly among: string;
  /** After the last of the patience: never again, or ever again as rarely as that. */
  readonly forEver: boolean;
}

export const ownTurns = (table: Turns['table']): Turns => ({ table, tries: 'tries', tryAt: 'try_at', due: 'try_at', among: 'true', forEver: false });

/**
 * Takes the rows whose turn it is, the longest waiting first. Each comes again after the next of `patience`'s seconds, behind
 * all others.
 */
export function takeDue<Row extends object>(db: Database, { table, tries, tryAt, due, among, forEver }: Turns, columns: string, [at, patience, limit]: readonly [at: Date, patience: readonly number[], limit: number]): Promise<Row[]> {
  const next = forEver ? `least(d.${tries} + 1, cardinality($2::int[]))` : `d.${tries} + 1`;
  return db.query<Row>(
    `with due as (select id from documents.${table} where ${among} and ${due} <= $1 order by ${due}, id limit $3 for update skip locked)
     update documents.${table} d set ${tries} = d.${tries} + 1, ${tryAt} = $1::timestamptz + ($2::int[])[${next}] * interval '1 second'
       from due where d.id = due.id returning ${columns}`,
    [at, patience, limit],
  );
}
