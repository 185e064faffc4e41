import { Inject, Injectable } from '@nestjs/common';
import { scrapeFailed, type ScrapeFilters } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import type { RunKind } from '../domain/run';
import { workRunJob } from './jobs';
import { Fetchers, type JobRow, Runs, Sources } from './ports';
import { SourceRegistry } from './source-plugin';

export interface RunsRequest {
  readonly origin: JobRow['origin'];
  readonly kind: RunKind;
  readonly sources: readonly string[];
  readonly filters?: ScrapeFilters;
  readonly queryId?: string | null;
  readonly searchId?: string | null;
  readonly maxResults?: number | null;
  readonly replayOf?: string | null;
}

export interface RequestedRuns {
  readonly jobId: string;
  /** Fewer than sources where a run of the kind is under way already, or a source is off. */
  readonly runs: readonly { readonly id: string; readonly source: string }[];
}

/** The job's name for the queue: each turn of a run has its own, so that a repeat is the same turn and no further one. */
export const turnId = (run: { readonly id: string; readonly attempt: number }): string => `${run.id}.${run.attempt}`;

/** Starts runs: their rows with the caller's transaction, their jobs after it. */
@Injectable()
export class RequestRuns {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly runs: Runs,
    private readonly sources: Sources,
    private readonly registry: SourceRegistry,
    private readonly fetchers: Fetchers,
    private readonly jobs: Jobs,
  ) {}

  /** Of these sources, those that can be read now: known, switched on, with an address, and not paused. */
  async readable(slugs: readonly string[], evenPaused = false): Promise<string[]> {
    const now = this.db.clock.now();
    const rows = new Map((await this.sources.all()).map((row) => [row.slug, row]));
    const found: string[] = [];
    for (const slug of new Set(slugs)) {
      const row = rows.get(slug);
      if (this.registry.find(slug) === undefined || row?.enabled === false) continue;
      if (!evenPaused && row?.pausedUntil != null && row.pausedUntil.getTime() > now.getTime()) continue;
      if ((await this.fetchers.address(slug)) !== null) found.push(slug);
    }
    return found;
  }

  /** For a run that waits and need not any more. */
  async wake(runId: string): Promise<void> {
    await this.jobs.enqueueEventually(workRunJob, { run_id: runId });
  }

  isBusy(source: string): Promise<boolean> {
    return this.runs.isBusy(source);
  }

  /** `readable` sources only; without any, a query or search hears at once that nothing will come. */
  async run(tx: Tx, request: RunsRequest): Promise<RequestedRuns> {
    const now = this.db.clock.now();
    const jobId = uuidv7(now);
    const job: JobRow = {
      id: jobId,
      origin: request.origin,
      queryId: request.queryId ?? null,
      searchId: request.searchId ?? null,
      filters: request.filters ?? {},
      sources: [...request.sources],
      maxResults: request.maxResults ?? null,
      state: 'running',
      reason: null,
      captured: 0,
      requestedAt: now,
      finishedAt: null,
    };
    await this.runs.insertJob(tx, job);
    const wanted = request.sources.map((source) => ({
      id: uuidv7(now),
      jobId,
      source,
      kind: request.kind,
      queryId: job.queryId,
      searchId: job.searchId,
      replayOf: request.replayOf ?? null,
      filters: job.filters,
      maxResults: job.maxResults,
      requestedAt: now,
    }));
    const taken = new Set(await this.runs.insert(tx, wanted));
    const runs = wanted.filter(({ id }) => taken.has(id));
    if (runs.length === 0) await this.nothingToRead(tx, job, now);
    // Should the process die between the commit and this, the rescue finds the run a minute later.
    tx.afterCommit(() => {
      for (const { id } of runs) void this.jobs.enqueueEventually(workRunJob, { run_id: id }, { jobId: turnId({ id, attempt: 0 }) });
    });
    return { jobId, runs };
  }

  private async nothingToRead(tx: Tx, job: JobRow, now: Date): Promise<void> {
    await this.runs.finishJob(tx, job.id, { state: 'failed', reason: 'no_source', captured: 0, finishedAt: now });
    if (job.queryId === null && job.searchId === null) return;
    await tx.publish(scrapeFailed, {
      key: job.queryId ?? job.searchId ?? job.id,
      tenantId: null,
      data: { query_id: job.queryId, search_id: job.searchId, reason: 'no_source', runs: [], failed_at: now.toISOString() },
    });
  }
}
