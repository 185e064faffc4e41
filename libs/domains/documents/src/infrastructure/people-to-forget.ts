import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { PeopleToForget } from '../application/ports';

@Injectable()
export class SqlPeopleToForget extends PeopleToForget {
  constructor(@Inject(databaseOf('documents')) private readonly db: Database) {
    super();
  }

  override async add(tx: Tx, personId: string, at: Date): Promise<boolean> {
    const rows = await tx.query(`insert into documents.people_to_forget (person_id, asked_at, try_at) values ($1, $2, $2) on conflict (person_id) do nothing returning person_id`, [personId, at]);
    return rows.length > 0;
  }

  override async due(at: Date, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `with due as (select person_id from documents.people_to_forget where try_at <= $1 order by try_at, person_id limit $2 for update skip locked)
       update documents.people_to_forget p set try_at = $1::timestamptz + interval '1 minute' from due where p.person_id = due.person_id returning p.person_id as id`,
      [at, limit],
    );
    return rows.map(({ id }) => id);
  }

  override async isWaiting(personId: string): Promise<boolean> {
    return (await this.db.query('select 1 from documents.people_to_forget where person_id = $1', [personId])).length > 0;
  }

  override async isForgotten(personId: string): Promise<boolean> {
    return (await this.db.query('select 1 from documents.person_key where person_id = $1 and destroyed_at is not null', [personId])).length > 0;
  }

  override async done(tx: Tx, personId: string): Promise<void> {
    await tx.query('delete from documents.people_to_forget where person_id = $1', [personId]);
  }
}
