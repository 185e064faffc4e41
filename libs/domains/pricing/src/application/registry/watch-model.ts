import { Inject, Injectable } from '@nestjs/common';
import { uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { logger, metrics } from '@autobroker/platform/telemetry';
import { degradedBy, stabilityIndex } from '../../domain/drift';
import type { CarFacts, MarketCar } from '../../domain/market-car';
import { isMarketPrice, plausibleCar } from '../../domain/plausible';
import { watchedFacts } from '../../domain/watched-facts';
import { MarketCars } from '../ports';
import { ModelInService } from './model-in-service';
import { type ModelHealth, ModelStore, type ModelVersion } from './ports';

const log = logger('pricing.model');
const mostCars = 5_000;
const dayMs = 86_400_000;
/** Cars that a model is watched by: those that came after it, of the last month. */
const watchedDays = 30;

const coverage = metrics.gauge({ name: 'pricing_model_coverage80', help: 'Share of newly listed cars whose price lies in the published 80 % interval; -1 without cars', labels: ['model'] });
const drift = metrics.gauge({ name: 'pricing_model_stability_index', help: 'Population stability index of a feature against what the model in service has learned', labels: ['feature'] });
const degraded = metrics.gauge({ name: 'pricing_model_degraded', help: '1 while the model in service should be read with care' });
const age = metrics.gauge({ name: 'pricing_model_age_days', help: 'Days since the model in service was trained; -1 without one' });

/** Asks the model in service for cars that it has never seen, and compares: does its interval hold, is the market still the same? */
@Injectable()
export class WatchModel {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly models: ModelStore,
    private readonly inService: ModelInService,
    private readonly cars: MarketCars,
  ) {}

  async run(): Promise<ModelHealth | null> {
    const [active, model] = [await this.models.active(), await this.inService.current()];
    if (active === null || model === null || model.id !== active.id) {
      age.set(-1);
      return null;
    }
    const now = this.db.clock.now();
    const ageDays = (now.getTime() - active.trainedAt.getTime()) / dayMs;
    const since = new Date(Math.max(active.trainedAt.getTime(), now.getTime() - watchedDays * dayMs));
    const seen = (await this.cars.listedBetween(since, null, mostCars)).flatMap((car) => judgedBy(car, now));
    const known = seen.filter(({ facts }) => model.knows(facts));
    const predicted = model.predict(known.map(({ facts }) => facts), now);
    const within = known.filter(({ price }, index) => {
      const quantiles = predicted[index];
      return quantiles !== undefined && price >= quantiles.q10 && price <= quantiles.q90;
    }).length;
    const stability = stabilityOf(active, seen.map(({ facts }) => facts));
    const coverage80 = known.length === 0 ? null : within / known.length;
    const reasons = degradedBy({ coverage80, cars: known.length, stability: stability.map(({ index }) => index), ageDays });
    const health: ModelHealth = { id: uuidv7(now), at: now, modelId: active.id, cars: known.length, coverage80, stability, degraded: reasons };
    await this.db.transaction((tx) => this.models.saveHealth(tx, health));
    this.inService.forget();
    if (reasons.length > 0) log.warn({ model: active.label, reasons, coverage80, stability }, 'the price model in service should be read with care');
    coverage.set(coverage80 ?? -1, { model: active.label });
    for (const { feature, index } of stability) drift.set(index, { feature });
    degraded.set(reasons.length > 0 ? 1 : 0);
    age.set(ageDays);
    return health;
  }
}

interface Judged {
  readonly facts: CarFacts;
  readonly price: number;
}

function judgedBy(car: MarketCar, now: Date): Judged[] {
  const price = car.referencePrice?.amount ?? 0;
  const plausible = plausibleCar(car.facts, now);
  return plausible.ok && isMarketPrice(price) ? [{ facts: plausible.car.facts, price }] : [];
}

function stabilityOf({ distributions }: ModelVersion, facts: readonly CarFacts[]): { feature: string; index: number }[] {
  return distributions.flatMap((learned) => {
    const of = watchedFacts[learned.feature];
    if (of === undefined) return [];
    const index = stabilityIndex(learned, facts.map(of).filter((value) => value !== null));
    return index === null ? [] : [{ feature: learned.feature, index: Math.round(index * 1_000) / 1_000 }];
  });
}
