import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { pricingVehicleValued } from '@autobroker/contracts';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import type { MarketCar } from '../../domain/market-car';
import type { LoadedModel } from '../registry/ports';
import { ModelInService } from '../registry/model-in-service';
import { FewAtOnce } from '../few-at-once';
import { JobTurns } from '../job-turns';
import { MarketCars } from '../ports';
import { ValuationStore } from './ports';
import { PricingNotice } from './pricing-notice';
import { ValueCars } from './value-cars';

const batch = 500;
/** A car whose projection is not there by then was never in the catalogue, or has left it. */
const patienceMs = 60 * 60_000;
/** What has waited for longer than this is left to the sweep; before, somebody is at it. */
export const lateMs = 60_000;
const pauseMs = 150;
const most = 200;
/** While one writes, the other one reckons; a third would only wait for them. */
const atOnce = 2;

/** Values cars that have changed, as they come: many in one step, and each soon after its event. */
@Injectable()
export class ValueChanged {
  private readonly few = new FewAtOnce(atOnce);

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly cars: MarketCars,
    private readonly store: ValuationStore,
    private readonly values: ValueCars,
    private readonly model: ModelInService,
    private readonly notice: PricingNotice,
  ) {}

  /** `more`: there were more than one run values, or somebody came meanwhile. */
  async run(signal?: AbortSignal): Promise<{ readonly valued: number; readonly more: boolean }> {
    const ran = await this.few.run(() => this.turns(signal));
    return ran === null ? { valued: 0, more: false } : { ...ran.done, more: ran.done.more || ran.asked };
  }

  private async turns(signal: AbortSignal | undefined): Promise<{ readonly valued: number; readonly more: boolean }> {
    let [valued, more] = [0, false];
    const turns = new JobTurns(this.db.clock, most);
    while (turns.next()) {
      signal?.throwIfAborted();
      const done = await this.step();
      valued += done.valued;
      more = done.taken === batch;
      if (more) continue;
      const now = this.db.clock.now().getTime();
      // The projection hears of a car by itself, and may be a moment behind.
      if (!(await this.store.isWaiting(new Date(now - lateMs)))) {
        await this.store.giveUp(new Date(now - patienceMs));
        break;
      }
      // If the time is over meanwhile, the next job waits for it.
      more = true;
      await pause(pauseMs, undefined, { signal });
    }
    return { valued, more };
  }

  /** One batch, with what is in the queue locked against another worker. */
  private async step(): Promise<{ readonly taken: number; readonly valued: number }> {
    const model = await this.model.current();
    const now = this.db.clock.now();
    return this.db.transaction(async (tx) => {
      const waiting = await this.store.take(tx, batch);
      if (waiting.length === 0) return { taken: 0, valued: 0 };
      const cars = await this.cars.byIds(waiting.map(({ vehicleId }) => vehicleId));
      await this.value(tx, cars, model, now);
      const there = new Set(cars.map(({ vehicleId }) => vehicleId));
      const deleted = waiting.map(({ vehicleId }) => vehicleId).filter((id) => !there.has(id));
      if (deleted.length > 0) await this.store.forget(tx, deleted);
      tx.afterCommit(() => this.notice.changed(deleted));
      await this.store.done(tx, waiting);
      return { taken: waiting.length, valued: cars.length };
    });
  }

  private async value(tx: Tx, cars: readonly MarketCar[], model: LoadedModel | null, now: Date): Promise<void> {
    if (cars.length === 0) return;
    const previous = await this.store.standing(cars.map(({ vehicleId }) => vehicleId));
    const comparables = await this.cars.comparables(cars, now);
    const drafts = await this.values.valueMany(
      cars.map((car) => ({ car, comparables: comparables.get(car.vehicleId) ?? null, previous: previous.get(car.vehicleId)?.rating ?? null })),
      model,
      now,
    );
    const changed = await this.store.save(tx, drafts, previous);
    await tx.publishAll(
      pricingVehicleValued,
      changed.map(({ vehicleId, version, vehicleVersion, tenantId }) => ({
        key: vehicleId,
        tenantId,
        data: { vehicle_id: vehicleId, version, vehicle_version: vehicleVersion },
      })),
    );
    tx.afterCommit(() => this.notice.changed(changed.map(({ vehicleId }) => vehicleId)));
  }
}
