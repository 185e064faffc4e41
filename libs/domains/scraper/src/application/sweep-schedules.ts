import { Inject, Injectable } from '@nestjs/common';
import type { SearchCriteria } from '@autobroker/contracts';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { logger } from '@autobroker/platform/telemetry';
import { scraperConfig, type ScraperConfig } from './config';
import { nextRun } from './cron';
import { workRunJob } from './jobs';
import { Runs, type ScheduleRow, Schedules, type SourceRow, Sources } from './ports';
import { RequestRuns, turnId } from './request-runs';
import { sourceKey } from './schedule-keys';
import { SourceRegistry } from './source-plugin';

const log = logger('scraper.schedules');
const hourMs = 3_600_000;
const batch = 20;

const soonMs = 5 * 60_000;

/**
 * What came of a due schedule. One whose source is being read stays due: the end of that run starts it. One that is paused
 * comes back when the pause is over.
 */
type Started = 'regular' | 'probe' | 'none' | 'busy' | Date;

/** What is due by now, by the platform's clock; two sweeps at once share the work. */
@Injectable()
export class SweepSchedules {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly schedules: Schedules,
    private readonly sources: Sources,
    private readonly registry: SourceRegistry,
    private readonly requests: RequestRuns,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  /** Sources and schedules of plug-ins that this installation has not seen before; a new source is due at once. */
  async prepare(): Promise<void> {
    const now = this.db.clock.now();
    await this.sources.ensure(this.registry.all().map(({ slug }) => slug), now);
    for (const row of await this.sources.all()) {
      const plugin = this.registry.find(row.slug);
      if (plugin === undefined) continue;
      const key = sourceKey(row.slug);
      if ((await this.schedules.find(key)) !== null) continue;
      const cron = row.cron ?? plugin.cron;
      await this.db.transaction((tx) =>
        this.schedules.save(tx, { key, source: row.slug, searchId: null, criteria: null, cron, active: row.enabled, nextRunAt: now, lastRunAt: null }, now),
      );
    }
  }

  async run(signal?: AbortSignal): Promise<{ readonly started: number }> {
    await this.prepare();
    let started = 0;
    const looked = new Set<string>();
    for (;;) {
      signal?.throwIfAborted();
      const turn = await this.sweepSome(looked);
      started += turn.started;
      if (turn.due < batch) return { started };
    }
  }

  private sweepSome(looked: Set<string>): Promise<{ readonly due: number; readonly started: number }> {
    return this.db.transaction(async (tx) => {
      const now = this.db.clock.now();
      const due = await this.schedules.due(tx, now, batch, [...looked]);
      let started = 0;
      for (const row of due) {
        looked.add(row.key);
        const what = row.source !== null ? await this.startSource(tx, row.source, now) : await this.startSearch(tx, row);
        if (what === 'busy') continue;
        const ran = what === 'regular' || what === 'probe';
        if (ran) started += 1;
        await this.schedules.save(tx, { ...row, nextRunAt: this.nextOf(row, what, now), lastRunAt: ran ? now : row.lastRunAt }, now);
      }
      return { due: due.length, started };
    });
  }

  /** What was missed meanwhile is made up for once, not as often as it was missed: the next time is after now. */
  private nextOf(row: ScheduleRow, what: Exclude<Started, 'busy'>, now: Date): Date {
    if (what instanceof Date) return what;
    const next = nextRun(row.cron, now);
    return row.source !== null && what !== 'regular' ? soonest(next, new Date(now.getTime() + soonMs)) : next;
  }

  private async startSource(tx: Tx, slug: string, now: Date): Promise<Started> {
    const row = await this.sources.find(slug);
    if (row === null || !row.enabled) return 'none';
    if (row.pausedUntil !== null && row.pausedUntil.getTime() > now.getTime()) return row.pausedBy === 'health' ? row.pausedUntil : 'none';
    if (await this.requests.isBusy(slug)) return 'busy';
    if ((await this.requests.readable([slug])).length === 0) return 'none';
    const kind = this.kindFor(row, now);
    const { runs } = await this.requests.run(tx, { origin: kind === 'check' ? 'probe' : 'schedule', kind, sources: [slug] });
    if (runs.length === 0) return 'busy';
    log.info({ source: slug, kind }, 'a scheduled run begins');
    return kind === 'check' ? 'probe' : 'regular';
  }

  /** After a pause a small probe comes first; the whole list once a day, and in between what is new. */
  private kindFor(row: SourceRow, now: Date): 'check' | 'full' | 'incremental' {
    if (row.pausedUntil !== null && row.pausedBy === 'health') return 'check';
    const full = row.lastFullRunAt === null || now.getTime() - row.lastFullRunAt.getTime() >= this.config.fullEveryHours * hourMs;
    return full ? 'full' : 'incremental';
  }

  private async startSearch(tx: Tx, row: ScheduleRow): Promise<Started> {
    if (row.searchId === null || row.criteria === null) return 'none';
    const { marketplaces, ...filters }: SearchCriteria = row.criteria;
    const wanted = marketplaces === undefined || marketplaces.length === 0 ? this.registry.all().map(({ slug }) => slug) : marketplaces;
    const sources = await this.requests.readable(wanted);
    const { runs } = await this.requests.run(tx, { origin: 'search', kind: 'search', sources, filters, searchId: row.searchId, maxResults: 500 });
    return runs.length > 0 ? 'regular' : 'none';
  }
}

const soonest = (a: Date, b: Date): Date => (a.getTime() < b.getTime() ? a : b);

/** Runs that nobody works on: their job was lost with a process, or with the store. */
@Injectable()
export class RescueRuns {
  constructor(
    private readonly runs: Runs,
    private readonly jobs: Jobs,
  ) {}

  async run(): Promise<{ readonly asked: number }> {
    const orphans = await this.runs.orphans(100);
    for (const run of orphans) await this.jobs.enqueue(workRunJob, { run_id: run.id }, { jobId: turnId(run) });
    return { asked: orphans.length };
  }
}
