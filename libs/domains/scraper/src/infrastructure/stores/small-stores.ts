import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { DailyBudgets, dayOf } from '@autobroker/platform/vendors';
import { Backlog, History, type ScheduleRow, Schedules, Usage, type UsageRow } from '../../application/ports';

const columns = `key, source, search_id as "searchId", criteria, cron, active, next_run_at as "nextRunAt", last_run_at as "lastRunAt"`;

@Injectable()
export class SqlSchedules extends Schedules {
  constructor(@Inject(databaseOf('scraper')) private readonly db: Database) {
    super();
  }

  override async find(key: string): Promise<ScheduleRow | null> {
    const [row] = await this.db.query<ScheduleRow>(`select ${columns} from scraper.schedules where key = $1`, [key]);
    return row ?? null;
  }

  override async save(tx: Tx, row: ScheduleRow, now: Date): Promise<void> {
    await tx.query(
      `insert into scraper.schedules (key, source, search_id, criteria, cron, active, next_run_at, last_run_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (key) do update set criteria = excluded.criteria, cron = excluded.cron, active = excluded.active,
         next_run_at = excluded.next_run_at, last_run_at = excluded.last_run_at, updated_at = excluded.updated_at`,
      [row.key, row.source, row.searchId, row.criteria, row.cron, row.active, row.nextRunAt, row.lastRunAt, now],
    );
  }

  override async remove(tx: Tx, key: string): Promise<void> {
    await tx.query('delete from scraper.schedules where key = $1', [key]);
  }

  override async comesNext(tx: Tx, key: string, at: Date): Promise<void> {
    await tx.query('update scraper.schedules set next_run_at = $2 where key = $1', [key, at]);
  }

  override due(tx: Tx, now: Date, limit: number, except: readonly string[]): Promise<ScheduleRow[]> {
    return tx.query<ScheduleRow>(
      `select ${columns} from scraper.schedules where active and next_run_at <= $1 and key <> all($3) order by next_run_at limit $2 for update skip locked`,
      [now, limit, except],
    );
  }
}

@Injectable()
export class SqlUsage extends Usage {
  constructor(private readonly budgets: DailyBudgets) {
    super();
  }

  override today(scopes: readonly string[], now: Date): Promise<UsageRow[]> {
    return this.budgets.today(scopes, now);
  }
}

/** As far as it is worth counting. */
const countedTo = 50_000;

@Injectable()
export class OutboxBacklog extends Backlog {
  constructor(@Inject(databaseOf('scraper')) private readonly db: Database) {
    super();
  }

  override async size(): Promise<number | null> {
    // Consumers keep their offsets in their own schemas, and every service may read how far they are.
    const schemas = await this.db.query<{ schema: string }>(
      `select n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relname = 'consumer_offset' and c.relkind = 'r' and has_table_privilege(c.oid, 'select')`,
    );
    if (schemas.length === 0) return null;
    const offsets = schemas.map(({ schema }) => `select position from ${schema}.consumer_offset where source = $1`).join(' union all ');
    const [row] = await this.db.query<{ n: number | null }>(
      `with slowest as (select min(position) as position from (${offsets}) o)
       select case when (select position from slowest) is null then null
              else (select count(*)::integer from (select 1 from scraper.outbox where position > (select position from slowest) limit ${countedTo}) ahead) end as n`,
      [this.db.schema],
    );
    return row?.n ?? null;
  }
}

const chunk = 2_000;

@Injectable()
export class SqlHistory extends History {
  constructor(@Inject(databaseOf('scraper')) private readonly db: Database) {
    super();
  }

  override async forgetFrontier(finishedBefore: Date): Promise<number> {
    return this.inChunks(
      `delete from scraper.frontier where id in (
         select f.id from scraper.frontier f join scraper.runs r on r.id = f.run_id where r.finished_at < $1 limit ${chunk}) returning 1`,
      finishedBefore,
    );
  }

  override async forgetRuns(finishedBefore: Date): Promise<number> {
    // With their jobs, whose last run ended with them.
    return this.inChunks(`delete from scraper.scrape_jobs where id in (select id from scraper.scrape_jobs where finished_at < $1 limit ${chunk}) returning 1`, finishedBefore);
  }

  override async forgetCounters(before: Date): Promise<void> {
    await this.db.query('delete from scraper.error_counts where slot < $1', [before]);
    await this.db.query('delete from scraper.daily_usage where day < $1', [dayOf(before)]);
    await this.db.query('delete from scraper.pages where fetched_at < $1', [before]);
    await this.db.query('delete from scraper.robots where expires_at < $1', [before]);
  }

  private async inChunks(sql: string, before: Date): Promise<number> {
    for (let total = 0; ; ) {
      const { length } = await this.db.query(sql, [before]);
      total += length;
      if (length < chunk) return total;
    }
  }
}
