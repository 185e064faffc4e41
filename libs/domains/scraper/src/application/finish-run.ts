import { Inject, Injectable } from '@nestjs/common';
import { type EventData, listingChecked, scrapeCompleted, scrapeFailed } from '@autobroker/contracts';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { logger, metrics, recordSearch } from '@autobroker/platform/telemetry';
import { failureReason, isFinished, outcomeOf, type RunState } from '../domain/run';
import { checkedData } from './emit-listings';
import { JudgeHealth } from './judge-health';
import { Frontier, type RunRow, Runs, Sources } from './ports';
import { LeaseLostError, type Turn } from './turn';

const log = logger('scraper.runs');
const finished = metrics.counter({ name: 'scraper_runs_total', help: 'Finished runs, by source, kind and outcome', labels: ['source', 'kind', 'outcome'] });

type RunOutcome = EventData<typeof scrapeCompleted>['runs'][number];

const outcomeWord = (state: RunState): RunOutcome['outcome'] => (state === 'completed' || state === 'partial' || state === 'skipped' ? state : 'failed');

/** Ends a run, and with the last one of its job the job. */
@Injectable()
export class FinishRun {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly runs: Runs,
    private readonly frontier: Frontier,
    private readonly sources: Sources,
    private readonly health: JudgeHealth,
  ) {}

  async run(turn: Pick<Turn, 'run' | 'worker'>, forced: { readonly state: RunState; readonly problem: string } | null = null): Promise<RunState> {
    const progress = await this.frontier.progress(turn.run.id);
    const now = this.db.clock.now();
    const state = await this.db.transaction(async (tx) => {
      const run = await this.runs.lockMine(tx, turn.run.id, turn.worker);
      if (run === null) throw new LeaseLostError();
      const dropped = await this.frontier.dropWaiting(tx, run.id);
      const ended = forced?.state ?? outcomeOf({ counts: run.counts, pagesRead: progress.lists.done + (run.kind === 'verify' ? progress.checks.done : 0), cancelled: run.cancelRequested, dropped: dropped > 0 });
      await this.runs.change(tx, run.id, { state: ended, finishedAt: now, ...(forced === null ? {} : { problem: forced.problem }) }, now);
      await this.stamp(tx, { ...run, state: ended }, now);
      if (run.kind === 'verify') await this.tellUnknown(tx, run, now);
      await this.endJob(tx, run.jobId, now);
      finished.inc({ source: run.source, kind: run.kind, outcome: ended });
      const { counts } = run;
      log.info({ run: run.id, source: run.source, kind: run.kind, state: ended, counts, search: run.searchId, query: run.queryId }, 'run ended');
      return ended;
    });
    await this.health.run(turn.run.source, turn.run.kind);
    return state;
  }

  /** Whoever asked hears of every offer, also of those that could not be looked at. */
  private async tellUnknown(tx: Tx, run: RunRow, now: Date): Promise<void> {
    for (const { externalId, url } of await this.frontier.unanswered(tx, run.id)) {
      const data = checkedData({ source: run.source, externalId, url, reason: 'asked', status: 'unknown', price: null }, now);
      await tx.publish(listingChecked, { key: `${run.source}:${externalId}`.slice(0, 200), tenantId: null, data });
    }
  }

  private async stamp(tx: Tx, run: RunRow, now: Date): Promise<void> {
    if (run.kind === 'replay' || run.kind === 'verify' || run.state === 'skipped' || run.state === 'cancelled') return;
    const row = await this.sources.lock(tx, run.source);
    if (row === null) return;
    // A list that could not be read to its end has not told what is gone: the next run tries again.
    const good = run.state === 'completed' || (run.state === 'partial' && run.counts.captured > 0);
    await this.sources.change(
      tx,
      run.source,
      { lastRunAt: now, ...(good ? { lastSuccessAt: now } : {}), ...(good && run.kind === 'full' && run.listComplete ? { lastFullRunAt: run.startedAt ?? now } : {}) },
      now,
      false,
    );
  }

  /** The job is locked, so that of two runs that end together one sees that it is the last. */
  private async endJob(tx: Tx, jobId: string, now: Date): Promise<void> {
    const found = await this.runs.lockJob(tx, jobId);
    if (found === null || found.job.state !== 'running' || found.runs.some((run) => !isFinished(run.state))) return;
    const { job, runs } = found;
    const captured = runs.reduce((sum, run) => sum + run.counts.captured, 0);
    const told: RunOutcome[] = runs.slice(0, 50).map((run) => ({ run_id: run.id, source: run.source, outcome: outcomeWord(run.state), counts: { ...run.counts, failed: countsOf(run) } }));
    const any = runs.some((run) => run.state === 'completed' || run.state === 'partial');
    const reason = any ? null : runs.every((run) => run.state === 'skipped') ? 'no_source' : failureReason(runs.map(({ counts }) => counts));
    await this.runs.finishJob(tx, jobId, { state: any ? 'completed' : 'failed', reason, captured, finishedAt: now });
    const key = job.queryId ?? job.searchId ?? job.id;
    const ids = { query_id: job.queryId, search_id: job.searchId };
    if (reason === null) {
      const data = { ...ids, runs: told, captured, started_at: job.requestedAt.toISOString(), completed_at: now.toISOString() };
      await tx.publish(scrapeCompleted, { key, tenantId: null, data });
    } else {
      await tx.publish(scrapeFailed, { key, tenantId: null, data: { ...ids, reason, runs: told, failed_at: now.toISOString() } });
    }
    if (job.searchId !== null || job.queryId !== null) {
      const durationMs = now.getTime() - job.requestedAt.getTime();
      recordSearch({ searchId: job.searchId ?? job.queryId, kind: `scrape_${job.origin}`, durationMs, results: captured });
    }
  }
}

const countsOf = (run: RunRow): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const [name, count] of Object.entries(run.counts.failed)) if (count !== undefined) counts[name] = count;
  return counts;
};
