import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { ExternalValuations } from '../external/ports';
import { priceQueryConfig, type PriceQueryConfig } from './config';
import { PriceQueries } from './ports';

const dayMs = 86_400_000;
const batch = 500;
const valuationDays = 180;

/** What is kept no longer than it is needed, or than its people want. */
@Injectable()
export class KeepQueries {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly queries: PriceQueries,
    private readonly valuations: ExternalValuations,
    @Inject(priceQueryConfig.token) private readonly config: PriceQueryConfig,
  ) {}

  /** A question that others have asked as well stays theirs; the person is no longer in it. */
  async forget(tx: Tx, userId: string): Promise<void> {
    const { deleted, kept } = await this.queries.forget(tx, userId);
    if (deleted + kept === 0) return;
    await tx.audit({ actor: { kind: 'system', id: 'pricing.forget-askers' }, action: 'price_query.forgotten', object: { type: 'user', id: userId }, tenantId: null, after: { deleted, anonymised: kept } });
  }

  async cleanUp(signal?: AbortSignal): Promise<{ readonly queries: number; readonly valuations: number }> {
    const now = this.db.clock.now().getTime();
    let queries = 0;
    for (let removed = batch; removed === batch; queries += removed) {
      signal?.throwIfAborted();
      removed = await this.queries.removeBefore(new Date(now - this.config.retentionDays * dayMs), batch);
    }
    return { queries, valuations: await this.valuations.removeBefore(new Date(now - valuationDays * dayMs)) };
  }
}
