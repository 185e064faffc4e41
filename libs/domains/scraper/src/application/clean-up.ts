import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, maintainMonths } from '@autobroker/platform/database';
import { scraperConfig, type ScraperConfig } from './config';
import { Captures, History, Sources } from './ports';

const dayMs = 86_400_000;
const batch = 500;

export interface CleanUpReport {
  readonly captures: number;
  readonly runs: number;
  readonly frontier: number;
}

/** The nightly round: captures past their retention, what finished runs still keep, counters of days gone by. */
@Injectable()
export class CleanUp {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly captures: Captures,
    private readonly sources: Sources,
    private readonly history: History,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  async run(signal?: AbortSignal): Promise<CleanUpReport> {
    const now = this.db.clock.now();
    await maintainMonths(this.db, now);
    let captures = 0;
    for (let removed = batch; removed === batch; ) {
      signal?.throwIfAborted();
      removed = await this.captures.removeExpired(now, batch);
      captures += removed;
    }
    for (const { slug } of await this.sources.all()) {
      signal?.throwIfAborted();
      captures += await this.captures.removeStray(slug, now);
    }
    // The way a run went is worth keeping for a few days, its statistics for longer.
    const frontier = await this.history.forgetFrontier(new Date(now.getTime() - 7 * dayMs));
    const runs = await this.history.forgetRuns(new Date(now.getTime() - this.config.runDays * dayMs));
    await this.history.forgetCounters(new Date(now.getTime() - this.config.runDays * dayMs));
    return { captures, runs, frontier };
  }
}
