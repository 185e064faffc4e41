import type { Tx } from '@autobroker/platform/database';

/** Writes rows of one table at once, with whatever else is written then: new ones are inserted, known ones changed. Their members are the columns. */
export async function putRows(tx: Tx, table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const list = columns.join(', ');
  const changed = columns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`).join(', ');
  await tx.writeLater({ table, what: 'put', sql: `insert into payment.${table} (${list}) select ${list} from jsonb_populate_recordset(null::payment.${table}, $1::jsonb) on conflict (id) do update set ${changed}`, values: [JSON.stringify(rows)] });
}
