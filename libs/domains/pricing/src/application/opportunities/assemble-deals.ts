import { Injectable } from '@nestjs/common';
import { currencyOfCountry } from '../../domain/country-currency';
import type { MarketCar } from '../../domain/market-car';
import type { DealQuestion } from '../../domain/opportunity/judge';
import { MarketCars } from '../ports';
import { MarketOfCar } from '../valuation/market-of-car';
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

/** Puts together what is known of cars, so that each can be judged. */
@Injectable()
export class AssembleDeals {
  constructor(
    private readonly cars: MarketCars,
    private readonly valuations: ValuationStore,
    private readonly signals: DealSignals,
    private readonly costs: LandedCosts,
    private readonly market: MarketOfCar,
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
      const daysOfSupply = isCheap ? ((await this.market.of(car, valuation.currency))?.daysOfSupply ?? null) : null;
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
}

/** Costs of a car that is no deal even without any. */
const atLeast = (asking: number | null): DealQuestion['landed'] => (asking === null ? null : { low: asking, likely: asking, high: asking, unknown: [] });
