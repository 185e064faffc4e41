import type { Database } from '@autobroker/platform/database';

/**
 * Takes the rows whose turn it is, the longest waiting first. Each comes again after the next of `patience`'s seconds, behind
 * all others; after the last it does not.
 */
export function takeDue<Row extends object>(db: Database, table: 'documents' | 'signature_requests', columns: string, [at, patience, limit]: readonly [at: Date, patience: readonly number[], limit: number]): Promise<Row[]> {
  return db.query<Row>(
    `with due as (select id from documents.${table} where try_at <= $1 order by try_at, id limit $3 for update skip locked)
     update documents.${table} t set tries = t.tries + 1, try_at = $1::timestamptz + ($2::int[])[t.tries + 1] * interval '1 second'
       from due where t.id = due.id returning ${columns}`,
    [at, patience, limit],
  );
}
