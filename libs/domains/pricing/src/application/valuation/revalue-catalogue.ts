import { Inject, Injectable } from '@nestjs/common';
import { pricingCatalogueValued } from '@autobroker/contracts';
import { type Database, databaseOf } from '@autobroker/platform/database';
import type { MarketCar } from '../../domain/market-car';
import { ModelInService } from '../registry/model-in-service';
import type { LoadedModel } from '../registry/ports';
import { MarketCars } from '../ports';
import { ValuationStore } from './ports';
import { PricingNotice } from './pricing-notice';
import { ValueCars } from './value-cars';

/** So few at once that a page of predictions is no burden for the requests that this process answers meanwhile. */
const pageSize = 250;

export interface RevaluationProgress {
  readonly valued: number;
  readonly changed: number;
  readonly of: number;
}

/** Values every car on the market anew, page by page; each page is its own transaction, and the next one is read meanwhile. */
@Injectable()
export class RevalueCatalogue {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly cars: MarketCars,
    private readonly store: ValuationStore,
    private readonly values: ValueCars,
    private readonly model: ModelInService,
    private readonly notice: PricingNotice,
  ) {}

  async run(signal?: AbortSignal, tell: (progress: RevaluationProgress) => Promise<void> = () => Promise.resolve()): Promise<RevaluationProgress> {
    let model = await this.model.current();
    const total = await this.cars.count();
    let progress: RevaluationProgress = { valued: 0, changed: 0, of: total };
    let coming = this.cars.page(null, pageSize);
    for (let told = 0; ; ) {
      signal?.throwIfAborted();
      const page = await coming;
      const last = page.at(-1);
      if (last === undefined) break;
      // A failure of it shows when it is awaited; until then it must not end the process.
      coming = this.cars.page(last.vehicleId, pageSize);
      coming.catch(() => undefined);
      // One that takes over meanwhile values the rest; the one before is not kept for it.
      model = await this.model.current();
      const changed = await this.value(page, model);
      progress = { valued: progress.valued + page.length, changed: progress.changed + changed, of: Math.max(total, progress.valued + page.length) };
      if (progress.valued - told >= 5_000) {
        told = progress.valued;
        await tell(progress);
      }
    }
    await this.db.transaction(async (tx) => {
      await tx.publish(pricingCatalogueValued, { key: 'catalogue', tenantId: null, data: { model_version: model?.label ?? null, vehicles: progress.valued } });
    });
    this.notice.allChanged();
    await tell(progress);
    return progress;
  }

  private async value(page: readonly MarketCar[], model: LoadedModel | null): Promise<number> {
    const at = this.db.clock.now();
    const needy = page.filter((car) => this.values.needsComparables(car, model, at));
    const [previous, comparables] = await Promise.all([this.store.byIds(page.map(({ vehicleId }) => vehicleId)), needy.length === 0 ? new Map<string, never>() : this.cars.comparables(needy, at)]);
    const drafts = await this.values.valueMany(
      page.map((car) => ({ car, comparables: comparables.get(car.vehicleId) ?? null, previous: previous.get(car.vehicleId)?.rating ?? null })),
      model,
      at,
    );
    const changed = await this.db.transaction((tx) => this.store.save(tx, drafts));
    this.notice.changed(changed.map(({ vehicleId }) => vehicleId));
    return changed.length;
  }
}
