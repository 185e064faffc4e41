import { Inject, Injectable } from '@nestjs/common';
import type { EventData, scrapeRequested, searchSaved } from '@autobroker/contracts';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { scraperConfig, type ScraperConfig } from './config';
import { checkCron, nextRun } from './cron';
import { Schedules } from './ports';
import { RequestRuns } from './request-runs';
import { searchKey } from './schedule-keys';

const log = logger('scraper.requests');

/** What other services ask for. */
@Injectable()
export class HearRequests {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly requests: RequestRuns,
    private readonly schedules: Schedules,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  /** One run for each source that is asked; the last of them ends in scrape.completed or scrape.failed. */
  async scrape(tx: Tx, asked: EventData<typeof scrapeRequested>): Promise<void> {
    const sources = await this.requests.readable(asked.sources ?? this.config.querySources);
    await this.requests.run(tx, { origin: 'query', kind: 'query', sources, filters: asked.filters, queryId: asked.query_id, maxResults: asked.max_results });
  }

  async saved(tx: Tx, search: EventData<typeof searchSaved>): Promise<void> {
    const now = this.db.clock.now();
    const key = searchKey(search.search_id);
    const given = search.schedule_cron === null ? null : checkCron(search.schedule_cron);
    // What the search service let through and we can't read must not stop its other events: the house's rhythm holds.
    if (given?.ok === false) log.warn({ search: search.search_id }, 'a saved search has a schedule that cannot be read');
    const cron = given?.ok === true ? given.value : this.config.searchCron;
    const before = await this.schedules.find(key);
    const lastRunAt = before?.lastRunAt ?? null;
    // A new search is read at once; one that has changed when its time comes.
    const nextRunAt = before === null ? now : nextRun(cron, now);
    await this.schedules.save(tx, { key, source: null, searchId: search.search_id, criteria: search.criteria, cron, active: search.is_active, nextRunAt, lastRunAt }, now);
  }

  async deleted(tx: Tx, searchId: string): Promise<void> {
    await this.schedules.remove(tx, searchKey(searchId));
  }
}
