import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { type JobRow, type NewRun, type RunChange, type RunRow, Runs } from '../../application/ports';
import { noCounts } from '../../domain/run';

const columns = `id, job_id as "jobId", source, kind, state, query_id as "queryId", search_id as "searchId", replay_of as "replayOf", filters,
  max_results as "maxResults", counts, fields, next_seq as "nextSeq", planned, checks_planned as "checksPlanned",
  list_complete as "listComplete", cancel_requested as "cancelRequested", problem, attempt, requested_at as "requestedAt",
  started_at as "startedAt", updated_at as "updatedAt", finished_at as "finishedAt"`;

const jobColumns = `id, origin, query_id as "queryId", search_id as "searchId", filters, sources, max_results as "maxResults", state, reason,
  captured, requested_at as "requestedAt", finished_at as "finishedAt"`;

/** What may be changed of a run, and where it is kept. */
const changeable: { readonly [K in keyof RunChange]-?: string } = {
  state: 'state',
  counts: 'counts',
  fields: 'fields',
  nextSeq: 'next_seq',
  planned: 'planned',
  checksPlanned: 'checks_planned',
  listComplete: 'list_complete',
  problem: 'problem',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  cancelRequested: 'cancel_requested',
};
const isChangeable = (name: string): name is keyof RunChange => Object.hasOwn(changeable, name);

@Injectable()
export class SqlRuns extends Runs {
  constructor(@Inject(databaseOf('scraper')) private readonly db: Database) {
    super();
  }

  override async insertJob(tx: Tx, job: JobRow): Promise<void> {
    await tx.query(
      `insert into scraper.scrape_jobs (id, origin, query_id, search_id, filters, sources, max_results, state, reason, captured, requested_at, finished_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [job.id, job.origin, job.queryId, job.searchId, job.filters, job.sources, job.maxResults, job.state, job.reason, job.captured, job.requestedAt, job.finishedAt],
    );
  }

  override async insert(tx: Tx, runs: readonly NewRun[]): Promise<string[]> {
    const taken: string[] = [];
    for (const run of runs) {
      const rows = await tx.query<{ id: string }>(
        `insert into scraper.runs (id, job_id, source, kind, state, query_id, search_id, replay_of, filters, max_results, counts, requested_at, updated_at)
         values ($1, $2, $3, $4, 'queued', $5, $6, $7, $8, $9, $10, $11, $11)
         on conflict do nothing returning id`,
        [run.id, run.jobId, run.source, run.kind, run.queryId, run.searchId, run.replayOf, run.filters, run.maxResults, noCounts, run.requestedAt],
      );
      taken.push(...rows.map(({ id }) => id));
    }
    return taken;
  }

  override async lease(id: string, worker: string, forMs: number): Promise<RunRow | null> {
    // Leases are about processes that live and die, so they are in real time, as the database tells it.
    const [row] = await this.db.query<RunRow>(
      `update scraper.runs set leased_by = $2, leased_until = now() + $3 * interval '1 millisecond', attempt = attempt + 1, state = 'running',
              started_at = coalesce(started_at, $4), updated_at = $4
       where id = $1 and state in ('queued', 'running') and (leased_until is null or leased_until < now())
       returning ${columns}`,
      [id, worker, forMs, this.db.clock.now()],
    );
    return row ?? null;
  }

  override async renew(id: string, worker: string, forMs: number): Promise<boolean> {
    const rows = await this.db.query(
      `update scraper.runs set leased_until = now() + $3 * interval '1 millisecond' where id = $1 and leased_by = $2 and state = 'running' returning 1`,
      [id, worker, forMs],
    );
    return rows.length > 0;
  }

  override async release(id: string, worker: string): Promise<void> {
    await this.db.query('update scraper.runs set leased_by = null, leased_until = null where id = $1 and leased_by = $2', [id, worker]);
  }

  override async lockMine(tx: Tx, id: string, worker: string): Promise<RunRow | null> {
    const [row] = await tx.query<RunRow>(`select ${columns} from scraper.runs where id = $1 and leased_by = $2 and state = 'running' for update`, [id, worker]);
    return row ?? null;
  }

  override async lock(tx: Tx, id: string): Promise<RunRow | null> {
    const [row] = await tx.query<RunRow>(`select ${columns} from scraper.runs where id = $1 for update`, [id]);
    return row ?? null;
  }

  override async change(tx: Tx, id: string, change: RunChange, now: Date): Promise<void> {
    const values: unknown[] = [id, now];
    const sets = ['updated_at = $2'];
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined || !isChangeable(name)) continue;
      values.push(value);
      sets.push(`${changeable[name]} = $${values.length}`);
    }
    if (change.finishedAt !== undefined) sets.push('leased_by = null', 'leased_until = null');
    await tx.query(`update scraper.runs set ${sets.join(', ')} where id = $1`, values);
  }

  override async find(id: string): Promise<RunRow | null> {
    const [row] = await this.db.query<RunRow>(`select ${columns} from scraper.runs where id = $1`, [id]);
    return row ?? null;
  }

  override async list(source: string, page: { readonly limit: number; readonly offset: number }): Promise<{ readonly rows: RunRow[]; readonly total: number }> {
    const rows = await this.db.query<RunRow>(
      `select ${columns} from scraper.runs where source = $1 order by requested_at desc, id desc limit $2 offset $3`,
      [source, page.limit, page.offset],
    );
    const [count] = await this.db.query<{ total: number }>('select count(*)::integer as total from scraper.runs where source = $1', [source]);
    return { rows, total: count?.total ?? 0 };
  }

  override ofJob(jobId: string): Promise<RunRow[]> {
    return this.db.query<RunRow>(`select ${columns} from scraper.runs where job_id = $1 order by id`, [jobId]);
  }

  override async job(id: string): Promise<JobRow | null> {
    const [row] = await this.db.query<JobRow>(`select ${jobColumns} from scraper.scrape_jobs where id = $1`, [id]);
    return row ?? null;
  }

  override async lockJob(tx: Tx, id: string): Promise<{ readonly job: JobRow; readonly runs: RunRow[] } | null> {
    const [job] = await tx.query<JobRow>(`select ${jobColumns} from scraper.scrape_jobs where id = $1 for update`, [id]);
    if (job === undefined) return null;
    return { job, runs: await tx.query<RunRow>(`select ${columns} from scraper.runs where job_id = $1 order by id`, [id]) };
  }

  override async finishJob(tx: Tx, id: string, change: Pick<JobRow, 'state' | 'reason' | 'captured' | 'finishedAt'>): Promise<void> {
    await tx.query('update scraper.scrape_jobs set state = $2, reason = $3, captured = $4, finished_at = $5 where id = $1', [id, change.state, change.reason, change.captured, change.finishedAt]);
  }

  override async isBusy(source: string): Promise<boolean> {
    const rows = await this.db.query(`select 1 from scraper.runs where source = $1 and state in ('queued', 'running') and kind in ('full', 'incremental', 'check')`, [source]);
    return rows.length > 0;
  }

  override orphans(limit: number): Promise<Pick<RunRow, 'id' | 'attempt'>[]> {
    return this.db.query(
      `select id, attempt from scraper.runs where state in ('queued', 'running') and (leased_until is null or leased_until < now()) order by requested_at limit $1`,
      [limit],
    );
  }
}
