import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { changeOf, contributionsOf, type Count } from '../../domain/market/contributions';
import { MarketStore } from '../ports';

const page = 5_000;
const dayMs = 86_400_000;
/** So long a car that has left is compared with. */
export const comparableDays = 45;

/** Counts the market anew from the cars that are kept: what comes out is what was counted event by event. */
@Injectable()
export class RecountMarket {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly store: MarketStore,
  ) {}

  run(signal?: AbortSignal): Promise<{ readonly cars: number }> {
    return this.db.transaction(async (tx) => {
      await this.store.lock(tx);
      await this.store.forgetCounts(tx);
      let cars = 0;
      let after: string | null = null;
      for (;;) {
        signal?.throwIfAborted();
        const heard = await this.store.all(tx, after, page);
        const counts: Count[] = changeOf([], heard.flatMap(contributionsOf));
        await this.store.count(tx, counts);
        cars += heard.length;
        after = heard.at(-1)?.vehicleId ?? null;
        if (after === null || heard.length < page) return { cars };
      }
    });
  }

  /** What left long ago is in nobody's way. */
  async retire(signal?: AbortSignal): Promise<{ readonly retired: number }> {
    const before = new Date(this.db.clock.now().getTime() - comparableDays * dayMs);
    let retired = 0;
    for (;;) {
      signal?.throwIfAborted();
      const done = await this.db.transaction((tx) => this.store.retire(tx, before, 1_000));
      retired += done;
      if (done < 1_000) return { retired };
    }
  }
}
