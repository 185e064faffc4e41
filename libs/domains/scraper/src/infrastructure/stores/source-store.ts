import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { type SourceChange, type SourceRow, Sources } from '../../application/ports';
import type { RunFacts } from '../../domain/health';
import type { ErrorClass } from '../../domain/run';

const columns = `slug, version, enabled, cron, fetcher, politeness, health, health_reasons as "healthReasons", health_since as "healthSince",
  paused_until as "pausedUntil", paused_by as "pausedBy", pauses, last_run_at as "lastRunAt", last_full_run_at as "lastFullRunAt",
  last_success_at as "lastSuccessAt", updated_at as "updatedAt"`;

const changeable: { readonly [K in keyof SourceChange]-?: string } = {
  enabled: 'enabled',
  cron: 'cron',
  fetcher: 'fetcher',
  politeness: 'politeness',
  health: 'health',
  healthReasons: 'health_reasons',
  healthSince: 'health_since',
  pausedUntil: 'paused_until',
  pausedBy: 'paused_by',
  pauses: 'pauses',
  lastRunAt: 'last_run_at',
  lastFullRunAt: 'last_full_run_at',
  lastSuccessAt: 'last_success_at',
};
const isChangeable = (name: string): name is keyof SourceChange => Object.hasOwn(changeable, name);

const hourMs = 3_600_000;
const judgedRuns = 30;

@Injectable()
export class SqlSources extends Sources {
  constructor(@Inject(databaseOf('scraper')) private readonly db: Database) {
    super();
  }

  override async ensure(slugs: readonly string[], now: Date): Promise<void> {
    await this.db.query(`insert into scraper.sources (slug, created_at, updated_at) select s, $2, $2 from unnest($1::text[]) as s on conflict do nothing`, [slugs, now]);
  }

  override all(): Promise<SourceRow[]> {
    return this.db.query<SourceRow>(`select ${columns} from scraper.sources order by slug`);
  }

  override async find(slug: string): Promise<SourceRow | null> {
    const [row] = await this.db.query<SourceRow>(`select ${columns} from scraper.sources where slug = $1`, [slug]);
    return row ?? null;
  }

  override async lock(tx: Tx, slug: string): Promise<SourceRow | null> {
    const [row] = await tx.query<SourceRow>(`select ${columns} from scraper.sources where slug = $1 for update`, [slug]);
    return row ?? null;
  }

  override async change(tx: Tx, slug: string, change: SourceChange, now: Date, seen: boolean): Promise<void> {
    const values: unknown[] = [slug, now];
    const sets = ['updated_at = $2', ...(seen ? ['version = version + 1'] : [])];
    for (const [name, value] of Object.entries(change)) {
      if (value === undefined || !isChangeable(name)) continue;
      values.push(value);
      sets.push(`${changeable[name]} = $${values.length}`);
    }
    await tx.query(`update scraper.sources set ${sets.join(', ')} where slug = $1`, values);
  }

  override async facts(slug: string, now: Date) {
    const errors = await this.db.query<{ class: ErrorClass; n: number }>(
      'select class, sum(errors)::integer as n from scraper.error_counts where source = $1 and slot > $2 group by class',
      [slug, new Date(now.getTime() - hourMs)],
    );
    const [seen] = await this.db.query<{ n: number | null }>(
      `select case when exists (select 1 from scraper.runs where source = $1 and kind in ('full', 'incremental') and state in ('completed', 'partial') and finished_at > $2)
              then (select count(*)::integer from scraper.known_listings where source = $1 and last_seen_at > $2) end as n`,
      [slug, new Date(now.getTime() - 24 * hourMs)],
    );
    const [first] = await this.db.query<{ at: Date | null }>(`select min(finished_at) as at from scraper.runs where source = $1`, [slug]);
    const runs = await this.db.query<RunFacts>(
      `select kind, state, counts, fields, finished_at as "finishedAt" from scraper.runs
       where source = $1 and state in ('completed', 'partial', 'failed') and kind in ('full', 'incremental', 'check') order by finished_at desc limit $2`,
      [slug, judgedRuns],
    );
    const errorsLastHour: Partial<Record<ErrorClass, number>> = {};
    for (const row of errors) errorsLastHour[row.class] = row.n;
    return { errorsLastHour, seenLastDay: seen?.n ?? null, firstRunAt: first?.at ?? null, runs };
  }

  override async countError(slug: string, error: ErrorClass, now: Date): Promise<void> {
    // Five minutes are fine enough for "within an hour", and few enough rows.
    const slot = new Date(Math.floor(now.getTime() / 300_000) * 300_000);
    await this.db.query(
      `insert into scraper.error_counts as e (source, slot, class, errors) values ($1, $2, $3, 1)
       on conflict (source, slot, class) do update set errors = e.errors + 1`,
      [slug, slot, error],
    );
  }
}
