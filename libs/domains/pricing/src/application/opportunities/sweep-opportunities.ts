import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { opportunitiesConfig, type OpportunitiesConfig } from './config';
import { OpportunityStore } from './ports';

const chunk = 1_000;
const dayMs = 86_400_000;

/** Opportunities that ended long ago, and what people did with them, are not kept. */
@Injectable()
export class SweepOpportunities {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly store: OpportunityStore,
    @Inject(opportunitiesConfig.token) private readonly config: OpportunitiesConfig,
  ) {}

  async run(signal?: AbortSignal): Promise<{ readonly removed: number }> {
    const before = new Date(this.db.clock.now().getTime() - this.config.retentionDays * dayMs);
    for (let removed = 0; ; ) {
      signal?.throwIfAborted();
      const some = await this.store.removeEnded(before, chunk);
      removed += some;
      if (some < chunk) return { removed };
    }
  }
}
