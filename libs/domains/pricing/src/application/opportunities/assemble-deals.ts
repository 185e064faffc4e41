import { Injectable } from '@nestjs/common';
import { currencyOfCountry } from '../../domain/country-currency';
import type { MarketCar } from '../../domain/market-car';
import type { Comparables } from '../../domain/comparables';
import { type DealQuestion, mayBeDeal, type Minimum } from '../../domain/opportunity/judge';
import { opinionOfAlike } from '../../domain/opportunity/opinions';
import { fewForOpinion } from '../../domain/opportunity/price-risks';
import type { SecondOpinion } from '../../domain/opportunity/risk';
import { MarketCars } from '../ports';
import { MarketOfCar } from '../valuation/market-of-car';
import { DayRates, type ValuationRecord, ValuationStore } from '../valuation/ports';
import { DealSignals, LandedCosts, type KnownCosts, type Signals } from './ports';

export interface AssembledDeal {
  readonly vehicleId: string;
  readonly car: MarketCar;
  readonly valuation: ValuationRecord;
  readonly costs: KnownCosts | null;
  /** Where a model has valued it: what it is held against. */
  readonly comparables: Comparables | null;
  readonly question: DealQuestion;
}

type Looked = Pick<DealQuestion, 'landed' | 'daysOfSupply' | 'daysToSell' | 'secondOpinion'> & { readonly signals: Signals };

const notLooked = { daysOfSupply: null, daysToSell: null, secondOpinion: null } as const;
const unknownPast: Signals = { highestMileage: null, priceChanges: 0, doubt: null, outside: null };
/** Of what others say: below it they are too few, too old or too far apart. */
const leastConfidence = 0.15;

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
  async of(vehicleIds: readonly string[], minimum: Minimum, at: Date): Promise<{ readonly deals: readonly AssembledDeal[]; readonly gone: readonly string[] }> {
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
    const first = known.map(({ car, valuation }) => {
      const isCheap = looked.has(car.vehicleId);
      const landed = isCheap ? (costs.get(car.vehicleId) ?? null) : null;
      const more: Looked = { ...notLooked, signals: signals.get(car.vehicleId) ?? unknownPast, landed: isCheap ? landed : atLeast(valuation.asking) };
      const question = this.question(car, valuation, more, at);
      return { car, valuation, landed, more, question, hopeful: isCheap && mayBeDeal(question, minimum) };
    });
    // And of those that ask less, most do not ask so little that anything would be earned.
    const comparables = await this.cars.comparables(first.flatMap(({ car, valuation, hopeful }) => (hopeful && valuation.method === 'model' ? [car] : [])), at);
    const deals: AssembledDeal[] = [];
    for (const { car, valuation, landed, more, question, hopeful } of first) {
      const alike = comparables.get(car.vehicleId) ?? null;
      const assembled = { vehicleId: car.vehicleId, car, valuation, costs: landed, comparables: alike };
      deals.push({ ...assembled, question: hopeful ? this.question(car, valuation, { ...more, ...(await this.lookedAt(car, valuation, alike, more, at)) }, at) : question });
    }
    return { deals, gone: vehicleIds.filter((id) => !byId.has(id)) };
  }

  private async lookedAt(car: MarketCar, valuation: ValuationRecord, alike: Comparables | null, { signals }: Looked, at: Date): Promise<Pick<Looked, keyof typeof notLooked>> {
    const market = await this.market.of(car, valuation.currency);
    return { daysOfSupply: market?.daysOfSupply ?? null, daysToSell: market?.daysToSell ?? null, secondOpinion: this.opinionOf(alike, valuation, signals, at) };
  }

  private question(car: MarketCar, valuation: ValuationRecord, { signals, ...more }: Looked, at: Date): DealQuestion {
    const { currency } = valuation;
    const local = currencyOfCountry(car.facts.country);
    return {
      car,
      asking: valuation.asking,
      quantiles: valuation.quantiles,
      method: valuation.method,
      effectiveComparables: valuation.effectiveComparables,
      coverage: valuation.evidence.coverage,
      highestMileage: signals.highestMileage,
      priceChanges: signals.priceChanges,
      doubt: signals.doubt,
      ...more,
      localCurrency: local,
      toLocal: local === null ? null : (this.rates.between(currency, local, at)?.factor ?? null),
      toReference: this.rates.between(currency, this.rates.reference, at)?.factor ?? null,
      at,
    };
  }

  /** The more careful one of what like cars and what others say. */
  private opinionOf(alike: Comparables | null, { currency, method }: ValuationRecord, { outside }: Signals, at: Date): SecondOpinion | null {
    if (method !== 'model') return null;
    const opinions: SecondOpinion[] = [];
    const comparables = alike === null || alike.currency !== currency ? null : opinionOfAlike(alike.cars, alike.effective);
    if (comparables !== null) opinions.push(comparables);
    const change = outside === null || outside.confidence < leastConfidence ? null : this.rates.between(outside.currency, currency, at);
    // When all of them speak and agree, they are as good as twenty like cars.
    if (outside !== null && change !== null) opinions.push({ of: 'outside', value: Math.round(outside.value * change.factor), effective: Math.max(fewForOpinion, 20 * outside.confidence) });
    return opinions.toSorted((a, b) => a.value - b.value)[0] ?? null;
  }
}

/** Costs of a car that is no deal even without any. */
const atLeast = (asking: number | null): DealQuestion['landed'] => (asking === null ? null : { low: asking, likely: asking, high: asking, unknown: [] });
