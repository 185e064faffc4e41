import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type CurrencyCode, Money } from '@autobroker/kernel';
import { CLOCK } from '@autobroker/platform/app';
import { type Actor, type Database, databaseOf } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { ReferenceRates } from '@autobroker/platform/money';
import { aggregate, type ExternalAggregate, type ExternalValue, readWeights, type Weights } from '../../domain/external/external-valuation';
import { isSeenBy, type MarketCar } from '../../domain/market-car';
import { MarketCars } from '../ports';
import { externalConfig, type ExternalConfig } from './config';
import { externalValuationsJob } from './jobs';
import { ExternalValuations, type RegionalRecord, type SourceRecord } from './ports';

export interface ExternalView {
  readonly car: MarketCar;
  readonly sources: readonly SourceRecord[];
  readonly aggregate: ExternalAggregate | null;
  readonly region: RegionalRecord | null;
  readonly now: Date;
}

export interface AskedBy {
  readonly actor: Actor;
  readonly tenantId: string | null;
  readonly from: { readonly ip: string | null; readonly request_id: string | null };
}

/** What others say of a car, as it is kept: nobody is asked while somebody waits. */
@Injectable()
export class ReadValuations {
  private readonly weights: Weights;

  constructor(
    private readonly cars: MarketCars,
    private readonly store: ExternalValuations,
    private readonly rates: ReferenceRates,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(externalConfig.token) config: ExternalConfig,
  ) {
    this.weights = readWeights(config.weights);
  }

  /** Null where there is no such car, or it is another tenant's stock. */
  async of(vehicleId: string, tenantId: string | null): Promise<ExternalView | null> {
    const car = await this.visible(vehicleId, tenantId);
    if (car === null) return null;
    const now = this.clock.now();
    const sources = await this.store.of(vehicleId);
    const { country, region } = car.facts;
    const regional = country === null ? null : await this.store.region({ country, region: region?.trim() ?? '' });
    return { car, sources, aggregate: this.together(car, sources, now), region: regional, now };
  }

  /** What they say of many cars, all of them together: those of the shared catalogue. */
  async aggregates(said: ReadonlyMap<string, readonly SourceRecord[]>): Promise<ReadonlyMap<string, ExternalAggregate>> {
    const now = this.clock.now();
    const cars = await this.cars.byIds([...said.keys()]);
    return new Map(
      cars.flatMap((car) => {
        const together = isSeenBy(car, null) ? this.together(car, said.get(car.vehicleId) ?? [], now) : null;
        return together === null ? [] : [[car.vehicleId, together] as const];
      }),
    );
  }

  private together(car: MarketCar, sources: readonly SourceRecord[], now: Date): ExternalAggregate | null {
    const values = sources.flatMap(({ value }) => (value === null ? [] : [value]));
    return aggregate(this.inOneCurrency(values, car.price?.currency), this.weights, now);
  }

  async visible(vehicleId: string, tenantId: string | null): Promise<MarketCar | null> {
    const car = await this.cars.byId(vehicleId);
    return car === null || !isSeenBy(car, tenantId) ? null : car;
  }

  /** In the car's own currency; what can't be converted is not counted. */
  private inOneCurrency(values: readonly ExternalValue[], wanted: CurrencyCode | undefined): ExternalValue[] {
    const currency = wanted ?? values[0]?.currency;
    if (currency === undefined) return [];
    return values.flatMap((value) => {
      if (value.currency === currency) return [value];
      const exchanged = (amount: number | null): number | null => {
        const result = amount === null ? null : this.rates.convert(Money.of(amount, value.currency), currency, value.fetchedAt);
        return result?.ok === true ? result.value.money.amount : null;
      };
      const { tradeIn, privateParty, retail, low, high } = value;
      return [{ ...value, currency, tradeIn: exchanged(tradeIn), privateParty: exchanged(privateParty), retail: exchanged(retail), low: exchanged(low), high: exchanged(high) }];
    });
  }
}

/** Somebody wants to know what others say now. */
@Injectable()
export class AskForValuations {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly reader: ReadValuations,
    private readonly jobs: Jobs,
  ) {}

  /** The job that asks; null where there is no such car for whoever wants it. */
  async run(vehicleId: string, by: AskedBy): Promise<{ readonly jobId: string } | null> {
    const car = await this.reader.visible(vehicleId, by.tenantId);
    if (car === null) return null;
    const jobId = `${vehicleId}-${this.db.clock.now().getTime()}`;
    await this.db.transaction((tx) => tx.audit({ actor: by.actor, action: 'external_valuation.requested', object: { type: 'vehicle', id: vehicleId }, tenantId: car.ownerTenantId, from: by.from }));
    await this.jobs.enqueue(externalValuationsJob, { vehicle_id: vehicleId }, { jobId });
    return { jobId };
  }
}
