import type { Database } from '@autobroker/platform/database';
import { slowPace } from '../domain/patience';

/** What waits for its turn, and where the turns are kept. */
export interface Turns {
  readonly table: 'documents' | 'signature_requests';
  readonly tries: string;
  readonly tryAt: string;
  /** When a row is due, and which rows are meant. */
  readonly due: string;
  readonly among: string;
  /** Which of them, `d`, come on at the slow pace after the last of the patience. The others never again. */
  readonly forEver: 'true' | 'false' | `d.${string}`;
}

export const ownTurns = (table: Turns['table'], forEver: Turns['forEver'] = 'false'): Turns => ({ table, tries: 'tries', tryAt: 'try_at', due: 'try_at', among: 'true', forEver });

/**
 * Takes the rows whose turn it is, the longest waiting first. Each comes again after the next of `patience`'s seconds, behind
 * all others.
 */
export function takeDue<Row extends object>(db: Database, { table, tries, tryAt, due, among, forEver }: Turns, columns: string, [at, patience, limit]: readonly [at: Date, patience: readonly number[], limit: number]): Promise<Row[]> {
  const next = `coalesce(($2::int[])[d.${tries} + 1], case when ${forEver} then ${slowPace} end)`;
  return db.query<Row>(
    `with due as (select id from documents.${table} where ${among} and ${due} <= $1 order by ${due}, id limit $3 for update skip locked)
     update documents.${table} d set ${tries} = d.${tries} + 1, ${tryAt} = $1::timestamptz + ${next} * interval '1 second'
       from due where d.id = due.id returning ${columns}`,
    [at, patience, limit],
  );
}
