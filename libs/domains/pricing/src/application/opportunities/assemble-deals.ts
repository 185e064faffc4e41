import { Injectable } from '@nestjs/common';
import { currencyOfCountry } from '../../domain/country-currency';
import { gradeOf, nameKey } from '../../domain/market/grade';
import type { MarketCar } from '../../domain/market-car';
import type { DealQuestion } from '../../domain/opportunity/judge';
import { MarketCars } from '../ports';
import { SupplyOfCar } from '../stock/supply-of-car';
import { DayRates, type ValuationRecord, ValuationStore } from '../valuation/ports';
import { DealSignals, LandedCosts, type KnownCosts, type Signals } from './ports';

export interface AssembledDeal {
  readonly vehicleId: string;
  readonly car: MarketCar;
  readonly valuation: ValuationRecord;
  readonly costs: KnownCosts | null;
  readonly question: DealQuestion;
}

const unknownPast: Signals = { highestMileage: null, priceChanges: 0, doubt: null };
/** The supply of a model changes by the day, not by the minute. */
const supplyLifeMs = 10 * 60_000;
const mostSupplies = 5_000;

/** Puts together what is known of cars, so that each can be judged. */
@Injectable()
export class AssembleDeals {
  private readonly supplies = new Map<string, { readonly days: number | null; readonly until: number }>();

  constructor(
    private readonly cars: MarketCars,
    private readonly valuations: ValuationStore,
    private readonly signals: DealSignals,
    private readonly costs: LandedCosts,
    private readonly supply: SupplyOfCar,
    private readonly rates: DayRates,
  ) {}

  /** In the order of the ids; cars that are not there, or whose valuation is of an earlier state of them, are left out. */
  async of(vehicleIds: readonly string[], at: Date): Promise<{ readonly deals: readonly AssembledDeal[]; readonly gone: readonly string[] }> {
    const [cars, valuations] = await Promise.all([this.cars.byIds(vehicleIds), this.valuations.byIds(vehicleIds)]);
    const byId = new Map(cars.map((car) => [car.vehicleId, car]));
    const known = vehicleIds.flatMap((id) => {
      const [car, valuation] = [byId.get(id), valuations.get(id)];
      return car === undefined || valuation === undefined || valuation.vehicleVersion < car.version ? [] : [{ car, valuation }];
    });
    // Most cars ask what they are worth or more: nothing has to be looked up for them.
    const cheap = known.filter(({ valuation: { asking, quantiles } }) => asking !== null && quantiles !== null && asking < quantiles.q50);
    const [signals, costs] = await Promise.all([
      this.signals.of(cheap.map(({ car }) => car.vehicleId), at),
      this.costs.of(cheap.flatMap(({ car, valuation: { asking, currency } }) => (asking === null ? [] : [{ car, price: { amount: asking, currency } }])), at),
    ]);
    const looked = new Set(cheap.map(({ car }) => car.vehicleId));
    const deals: AssembledDeal[] = [];
    for (const { car, valuation } of known) {
      const isCheap = looked.has(car.vehicleId);
      const daysOfSupply = isCheap ? await this.daysOfSupply(car, at) : null;
      const landed = isCheap ? (costs.get(car.vehicleId) ?? null) : null;
      deals.push({ vehicleId: car.vehicleId, car, valuation, costs: landed, question: this.question(car, valuation, { signals: signals.get(car.vehicleId) ?? unknownPast, landed: isCheap ? landed : atLeast(valuation.asking), daysOfSupply, at }) });
    }
    return { deals, gone: vehicleIds.filter((id) => !byId.has(id)) };
  }

  private question(car: MarketCar, valuation: ValuationRecord, { signals, landed, daysOfSupply, at }: { readonly signals: Signals; readonly landed: DealQuestion['landed']; readonly daysOfSupply: number | null; readonly at: Date }): DealQuestion {
    const { currency } = valuation;
    const local = currencyOfCountry(car.facts.country);
    return {
      car,
      asking: valuation.asking,
      quantiles: valuation.quantiles,
      method: valuation.method,
      effectiveComparables: valuation.effectiveComparables,
      coverage: valuation.evidence.coverage,
      ...signals,
      daysOfSupply,
      localCurrency: local,
      toLocal: local === null ? null : (this.rates.between(currency, local, at)?.factor ?? null),
      landed,
      toReference: this.rates.between(currency, this.rates.reference, at)?.factor ?? 1,
      at,
    };
  }

  private async daysOfSupply(car: MarketCar, at: Date): Promise<number | null> {
    const { facts } = car;
    const key = [facts.country, nameKey(facts.make), nameKey(facts.model), gradeOf(facts)].join('\u0000');
    const known = this.supplies.get(key);
    if (known !== undefined && known.until > at.getTime()) return known.days;
    const days = await this.supply.days(car);
    if (this.supplies.size >= mostSupplies) this.supplies.clear();
    this.supplies.set(key, { days, until: at.getTime() + supplyLifeMs });
    return days;
  }
}

/** Costs of a car that is no deal even without any. */
const atLeast = (asking: number | null): DealQuestion['landed'] => (asking === null ? null : { low: asking, likely: asking, high: asking, unknown: [] });
