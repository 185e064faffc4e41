import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { type RevaluationPlace, Revaluations } from '../application/valuation/ports';

/** A page takes a second at most: what has told of none for so long is of a process that died. */
export const revaluationDiesAfterMs = 30_000;
/** What was valued longer ago than this is valued again by who goes on. */
const forgottenAfterMs = 60 * 60_000;

@Injectable()
export class SqlRevaluations extends Revaluations {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async begin(id: string, now: Date): Promise<RevaluationPlace> {
    await this.db.query('delete from pricing.revaluations where told_at < $1', [new Date(now.getTime() - forgottenAfterMs)]);
    const [row] = await this.db.query<RevaluationPlace>(
      `insert into pricing.revaluations as r (id, told_at) values ($1, $2)
       on conflict (id) do update set told_at = excluded.told_at returning r.after, r.valued, r.changed`,
      [id, now],
    );
    return row ?? { after: null, valued: 0, changed: 0 };
  }

  override async reached(tx: Tx, id: string, { after, valued, changed }: RevaluationPlace, now: Date): Promise<void> {
    await tx.query('update pricing.revaluations set after = $2, valued = $3, changed = $4, told_at = $5 where id = $1', [id, after, valued, changed, now], { name: 'revaluations-reached' });
  }

  override async over(tx: Tx, id: string): Promise<void> {
    await tx.query('delete from pricing.revaluations where id = $1', [id]);
  }
}
