import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { type RevaluationPlace, Revaluations } from '../application/valuation/ports';

/** A page takes a second at most: what has told of none for so long is of a process that died. */
export const revaluationDiesAfterMs = 30_000;
/** What was valued longer ago than this is valued again by who goes on. */
const forgottenAfterMs = 60 * 60_000;

const beginSql = `
with others as (delete from pricing.revaluations where id <> $1)
insert into pricing.revaluations as r (id, told_at) values ($1, $2)
on conflict (id) do update set told_at = excluded.told_at, after = case when r.told_at >= $3 then r.after end,
  valued = case when r.told_at >= $3 then r.valued else 0 end, changed = case when r.told_at >= $3 then r.changed else 0 end
returning r.after, r.valued, r.changed`;

@Injectable()
export class SqlRevaluations extends Revaluations {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async begin(id: string, now: Date): Promise<RevaluationPlace> {
    const [row] = await this.db.query<RevaluationPlace>(beginSql, [id, now, new Date(now.getTime() - forgottenAfterMs)]);
    return row ?? { after: null, valued: 0, changed: 0 };
  }

  override async reached(tx: Tx, id: string, { after, valued, changed }: RevaluationPlace, now: Date): Promise<boolean> {
    const rows = await tx.query('update pricing.revaluations set after = $2, valued = $3, changed = $4, told_at = $5 where id = $1 returning id', [id, after, valued, changed, now], { name: 'revaluations-reached' });
    return rows.length > 0;
  }

  override async over(tx: Tx, id: string): Promise<void> {
    await tx.query('delete from pricing.revaluations where id = $1', [id]);
  }
}
