import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, lockNames, type Tx } from '@autobroker/platform/database';
import { type RevaluationAttempt, type RevaluationPlace, Revaluations } from '../application/valuation/ports';

/** A page takes a second at most: what has told of none for so long is of a process that died. */
export const revaluationDiesAfterMs = 30_000;
/** What was valued longer ago than this is valued again by who goes on. */
const forgottenAfterMs = 60 * 60_000;

const beginSql = `
with others as (delete from pricing.revaluations where id <> $1)
insert into pricing.revaluations as r (id, told_at, attempt) values ($1, $2, $4)
on conflict (id) do update set told_at = excluded.told_at, attempt = excluded.attempt, after = case when r.told_at >= $3 then r.after end,
  valued = case when r.told_at >= $3 then r.valued else 0 end, changed = case when r.told_at >= $3 then r.changed else 0 end
returning r.after, r.valued, r.changed`;

@Injectable()
export class SqlRevaluations extends Revaluations {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async begin({ id, attempt }: RevaluationAttempt, now: Date): Promise<RevaluationPlace> {
    return this.db.transaction(async (tx) => {
      // Two that begin at once would not see each other's row, and both go on. The lock ends with this, not with the run.
      await lockNames(tx, 'pricing.revaluations');
      const [row] = await tx.query<RevaluationPlace>(beginSql, [id, now, new Date(now.getTime() - forgottenAfterMs), attempt]);
      return row ?? { after: null, valued: 0, changed: 0 };
    });
  }

  override async reached(tx: Tx, { id, attempt }: RevaluationAttempt, { after, valued, changed }: RevaluationPlace, now: Date): Promise<boolean> {
    const rows = await tx.query('update pricing.revaluations set after = $2, valued = $3, changed = $4, told_at = $5 where id = $1 and attempt = $6 returning id', [id, after, valued, changed, now, attempt], { name: 'revaluations-reached' });
    return rows.length > 0;
  }

  override async over(tx: Tx, { id, attempt }: RevaluationAttempt): Promise<void> {
    await tx.query('delete from pricing.revaluations where id = $1 and attempt = $2', [id, attempt]);
  }
}
