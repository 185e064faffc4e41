import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { changeOf, contributionsOf } from '../../domain/market/contributions';
import type { HeardCar } from '../../domain/market/projection';
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

  /** One maker after the other, each in a transaction of its own: whoever wants to tell of a car waits for one of them only. */
  async run(signal?: AbortSignal): Promise<{ readonly cars: number }> {
    let cars = 0;
    for (const make of await this.store.makes()) {
      signal?.throwIfAborted();
      cars += await this.db.transaction((tx) => this.ofMake(tx, make, signal));
    }
    return { cars };
  }

  private async ofMake(tx: Tx, make: string, signal: AbortSignal | undefined): Promise<number> {
    await this.store.lock(tx);
    await this.store.forgetCounts(tx, make);
    let cars = 0;
    let after: string | null = null;
    for (;;) {
      signal?.throwIfAborted();
      const heard: HeardCar[] = await this.store.ofMake(tx, make, after, page);
      await this.store.count(tx, changeOf([], heard.flatMap(contributionsOf)));
      cars += heard.length;
      after = heard.at(-1)?.vehicleId ?? null;
      if (after === null || heard.length < page) return cars;
    }
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
