import { Inject, Injectable } from '@nestjs/common';
import { pricingModelActivated, vehicleDelisted, vehicleListed, vehiclePriceChanged, vehicleUpdated } from '@autobroker/contracts';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { Broadcast, defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { valueChangedJob } from '../application/jobs-valuation';
import { ModelInService } from '../application/registry/model-in-service';
import { ValuationStore } from '../application/valuation/ports';

export const collectChangedCars = defineConsumer({
  name: 'pricing.collect-changed-cars',
  on: [vehicleListed, vehicleUpdated, vehiclePriceChanged, vehicleDelisted],
  batchSize: 500,
  budgetMs: 200,
  // The job waits anyway: while cars come one by one, a transaction for each would cost more than what it writes down.
  gatherMs: 400,
});

type Heard = EventFor<typeof collectChangedCars>;

/** Long enough for the projection, which hears the same events. */
const delayMs = 300;

/** Writes down which cars have changed. One job values all that wait: where some have come lately, it is on its way. */
@Injectable()
@EventConsumer(collectChangedCars)
export class ChangedCarsConsumer {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly store: ValuationStore,
    private readonly jobs: Jobs,
  ) {}

  handle(event: Heard, tx: Tx): Promise<void> {
    return this.handleBatch([event], tx);
  }

  async handleBatch(events: readonly Heard[], tx: Tx): Promise<void> {
    const [first] = events;
    if (first === undefined) return;
    const cars = events.map(({ data }) => ({ vehicleId: data.vehicle_id, vehicleVersion: data.version }));
    const { waiting } = await this.store.enqueue(tx, cars, this.db.clock.now());
    if (!waiting) await this.jobs.enqueue(valueChangedJob, {}, { jobId: `${first.id}-value`, delayMs });
  }
}

const heard = [pricingModelActivated] as const;

/** Another process has put another model into service. */
@Injectable()
@Broadcast(heard)
export class ForgetModel {
  constructor(private readonly model: ModelInService) {}

  handle(): void {
    this.model.forget();
  }

  onGap(): void {
    this.model.forget();
  }
}
