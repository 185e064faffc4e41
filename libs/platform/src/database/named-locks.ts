import type { Tx } from './types';

/** Held by one transaction at a time until it ends, by name; of several, taken in the order given, which has to be everybody's. */
export async function lockNames(tx: Tx, ...names: readonly string[]): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended(n.name, 0)) from (select name from unnest($1::text[]) with ordinality as u(name, place) order by place offset 0) n', [names]);
}
