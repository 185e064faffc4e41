import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { logger } from '@autobroker/platform/telemetry';
import { priceQueryConfig, type PriceQueryConfig } from './config';
import { settleQueryJob } from './jobs';
import { type Capture, PriceQueries } from './ports';

const log = logger('pricing.price-queries');
const system = { kind: 'system', id: 'pricing.price-queries' } as const;

export interface ScrapeEnd {
  readonly queryId: string;
  readonly scrape: 'completed' | 'failed';
  /** How many it has told of. */
  readonly captures: number;
  readonly reason: string | null;
  readonly eventId: string;
}

/** What the scraper tells of the ad-hoc scrapes that we have asked for. What comes twice, or when all is over, changes nothing. */
@Injectable()
export class HearScrapes {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly queries: PriceQueries,
    private readonly jobs: Jobs,
    @Inject(priceQueryConfig.token) private readonly config: PriceQueryConfig,
  ) {}

  async captured(tx: Tx, captures: readonly Capture[]): Promise<void> {
    if (captures.length > 0) await this.queries.addCaptures(tx, captures);
  }

  async refused(tx: Tx, refusals: readonly Omit<Capture, 'queryId' | 'seq'>[]): Promise<void> {
    if (refusals.length > 0) await this.queries.addRefusals(tx, refusals);
  }

  async ended(tx: Tx, { queryId, scrape, captures, reason, eventId }: ScrapeEnd): Promise<void> {
    const query = await this.queries.lock(tx, queryId);
    if (query === null || query.completedAt !== null || query.scrape !== 'requested') {
      log.info({ query: queryId, scrape }, 'a scrape has ended that nobody waits for any more');
      return;
    }
    const now = this.db.clock.now();
    const dueAt = scrape === 'completed' ? new Date(now.getTime() + this.config.arrivalMs) : now;
    await this.queries.change(tx, queryId, { status: 'calculating', scrape, dueAt, capturesTold: captures }, now);
    await tx.audit({
      actor: system,
      action: 'price_query.calculating',
      object: { type: 'price_query', id: queryId },
      tenantId: query.tenantId,
      reason,
      before: { status: query.status, scrape: query.scrape },
      after: { status: 'calculating', scrape },
    });
    // Should this be lost, the next sweep finds it.
    tx.afterCommit(() => void this.jobs.enqueueEventually(settleQueryJob, { query_id: queryId }, { jobId: `${eventId}-settle` }));
  }
}
