import { Inject, Injectable } from '@nestjs/common';
import { pricingCatalogueValued } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { ModelInService } from '../registry/model-in-service';
import { MarketCars } from '../ports';
import { type RevaluationPlace, Revaluations } from './ports';
import { PricingNotice } from './pricing-notice';
import { ValuePage } from './value-page';

/** So few at once that a page of predictions is no burden for the requests that this process answers meanwhile. */
const pageSize = 250;

export interface RevaluationProgress {
  readonly valued: number;
  readonly changed: number;
  readonly of: number;
}

export interface RevaluationResult extends RevaluationProgress {
  /** Another one has begun meanwhile, and values all of them. */
  readonly superseded: boolean;
}

export interface RevaluationRun {
  /** The same for every attempt of one job. */
  readonly id?: string;
  readonly signal?: AbortSignal;
  readonly tell?: (progress: RevaluationProgress) => Promise<void>;
}

/**
 * Values every car on the market anew, page by page; each page is its own transaction, and the next one is read meanwhile. An
 * attempt that ended before the last page is gone on with by the next one: a large catalogue may take longer than a job has.
 * One that begins meanwhile, by a new model say, values all of them: this one need not.
 */
@Injectable()
export class RevalueCatalogue {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly cars: MarketCars,
    private readonly model: ModelInService,
    private readonly revaluations: Revaluations,
    private readonly pages: ValuePage,
    private readonly notice: PricingNotice,
  ) {}

  async run({ id = uuidv7(), signal, tell = () => Promise.resolve() }: RevaluationRun = {}): Promise<RevaluationResult> {
    let model = await this.model.current();
    const total = await this.cars.count();
    const attempt = { id, attempt: uuidv7() };
    let place = await this.revaluations.begin(attempt, this.db.clock.now());
    const progress = (): RevaluationProgress => ({ valued: place.valued, changed: place.changed, of: Math.max(total, place.valued) });
    let coming = this.cars.page(place.after, pageSize);
    for (let told = place.valued; ; ) {
      signal?.throwIfAborted();
      const page = await coming;
      const last = page.at(-1);
      if (last === undefined) break;
      // A failure of it shows when it is awaited; until then it must not end the process.
      coming = this.cars.page(last.vehicleId, pageSize);
      coming.catch(() => undefined);
      // One that takes over meanwhile values the rest; the one before is not kept for it.
      model = await this.model.current();
      const from = place;
      const after = (changed: number): RevaluationPlace => ({ after: last.vehicleId, valued: from.valued + page.length, changed: from.changed + changed });
      const { changed, lastly: isMine } = await this.pages.value(page, model, (tx, n) => this.revaluations.reached(tx, attempt, after(n), this.db.clock.now()));
      place = after(changed);
      if (!isMine) return { ...progress(), superseded: true };
      if (place.valued - told >= 5_000) {
        told = place.valued;
        await tell(progress());
      }
    }
    await this.db.transaction(async (tx) => {
      await this.revaluations.over(tx, attempt);
      await tx.publish(pricingCatalogueValued, { key: 'catalogue', tenantId: null, data: { model_version: model?.label ?? null, vehicles: place.valued } });
    });
    this.notice.allChanged();
    await tell(progress());
    return { ...progress(), superseded: false };
  }
}
