import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import type { MarketCar } from '../../domain/market-car';
import type { LoadedModel } from '../registry/ports';
import { MarketCars } from '../ports';
import { ValuationStore } from './ports';
import { PricingNotice } from './pricing-notice';
import { ValueCars } from './value-cars';

/** So long a car of which nothing is new but its valuation may wait until it is looked at for a deal, while others come first. */
const patienceMs = 15 * 60_000;

/** Values one page of the catalogue, in a transaction of its own. */
@Injectable()
export class ValuePage {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly cars: MarketCars,
    private readonly store: ValuationStore,
    private readonly values: ValueCars,
    private readonly notice: PricingNotice,
  ) {}

  /** How many have changed; `lastly` is written with them. */
  async value<T>(page: readonly MarketCar[], model: LoadedModel | null, lastly: (tx: Tx, changed: number) => Promise<T>): Promise<{ readonly changed: number; readonly lastly: T }> {
    const at = this.db.clock.now();
    const needy = page.filter((car) => this.values.needsComparables(car, model, at));
    const [previous, comparables] = await Promise.all([this.store.standing(page.map(({ vehicleId }) => vehicleId)), needy.length === 0 ? new Map<string, never>() : this.cars.comparables(needy, at)]);
    const drafts = await this.values.valueMany(
      page.map((car) => ({ car, comparables: comparables.get(car.vehicleId) ?? null, previous: previous.get(car.vehicleId)?.rating ?? null })),
      model,
      at,
    );
    const { changed, told } = await this.db.transaction(async (tx) => {
      const written = await this.store.save(tx, drafts, previous, new Date(at.getTime() + patienceMs));
      return { changed: written, told: await lastly(tx, written.length) };
    });
    this.notice.changed(changed.map(({ vehicleId }) => vehicleId));
    return { changed: changed.length, lastly: told };
  }
}
