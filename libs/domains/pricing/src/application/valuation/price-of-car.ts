import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import type { Comparables } from '../../domain/comparables';
import { isSeenBy, type MarketCar } from '../../domain/market-car';
import { ModelInService } from '../registry/model-in-service';
import type { LoadedModel } from '../registry/ports';
import { MarketCars } from '../ports';
import { type ValuationRecord, ValuationStore } from './ports';
import { ValueCars } from './value-cars';

export interface PricedCar {
  readonly car: MarketCar;
  readonly valuation: ValuationRecord;
}

/** What one car is worth now: as it was last worked out, or worked out at once where that is of another day or car. */
@Injectable()
export class PriceOfCar {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly cars: MarketCars,
    private readonly store: ValuationStore,
    private readonly values: ValueCars,
    private readonly model: ModelInService,
  ) {}

  /** Null for a car that this viewer may not see; an operator who asks for it sees every tenant's. */
  async find(vehicleId: string, tenantId: string | null, everybodys = false): Promise<PricedCar | null> {
    const [car, valuation, model] = await Promise.all([this.cars.byId(vehicleId), this.store.byId(vehicleId), this.model.current()]);
    if (car === null || !(everybodys || isSeenBy(car, tenantId))) return null;
    if (valuation === null || valuation.vehicleVersion < car.version) return { car, valuation: await this.valueNow(car, valuation, model) };
    return { car, valuation: this.withReasons(car, valuation, model) };
  }

  /** Whether the model in service, where this is of it, should be read with care. */
  isDegraded({ modelVersion }: ValuationRecord): boolean {
    return modelVersion !== null && this.model.degradedBy.length > 0;
  }

  /** The same with every comparable: those it was valued by, or as they are now for one whose model asked for none. */
  async findWithComparables(vehicleId: string, tenantId: string | null): Promise<(PricedCar & { readonly looked: Comparables | null }) | null> {
    const priced = await this.find(vehicleId, tenantId);
    if (priced === null) return null;
    const { car, valuation } = priced;
    const looked = await this.comparables(car);
    if (valuation.comparables.length > 0 || looked === null) return { ...priced, looked };
    const shown = this.values.shown(looked, valuation.currency, this.db.clock.now());
    return { car, valuation: { ...valuation, ...shown }, looked };
  }

  private async comparables(car: MarketCar): Promise<Comparables | null> {
    return (await this.cars.comparables([car], this.db.clock.now())).get(car.vehicleId) ?? null;
  }

  /** Its event is on the way, and the result will be kept then. */
  private async valueNow(car: MarketCar, before: ValuationRecord | null, model: LoadedModel | null): Promise<ValuationRecord> {
    const [draft] = this.values.value([{ car, comparables: await this.comparables(car), previous: before?.rating ?? null }], model, this.db.clock.now());
    if (draft === undefined) throw new Error(`vehicle ${car.vehicleId} was not valued`);
    return { ...draft, version: (before?.version ?? 0) + 1 };
  }

  /** The reasons of a car that was valued among many are worked out when somebody looks. */
  private withReasons(car: MarketCar, valuation: ValuationRecord, model: LoadedModel | null): ValuationRecord {
    const { evidence, method, modelVersion, quantiles, valuedAt } = valuation;
    if (method !== 'model' || quantiles === null || evidence.factors.length > 0 || model === null || model.label !== modelVersion) return valuation;
    return { ...valuation, evidence: { ...evidence, factors: this.values.reasons(car, model, quantiles.q50, valuedAt) } };
  }
}
