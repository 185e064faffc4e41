import { setImmediate as immediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { CurrencyCode } from '@autobroker/kernel';
import { hedonic, type HedonicSample } from '../../domain/hedonic';
import { currencyOfCountry } from '../../domain/country-currency';
import type { Comparables } from '../../domain/comparables';
import { isBid, type MarketCar } from '../../domain/market-car';
import { effectiveSize } from '../../domain/market/robust';
import { isMarketPrice, plausibleCar, type PlausibleCar } from '../../domain/plausible';
import { positionOf, rate, type RatingResult } from '../../domain/rating';
import { inCurrency, type PriceFactor, type PriceQuantiles, type ValuationMethod } from '../../domain/valuation';
import type { LoadedModel } from '../registry/ports';
import { type Converted, DayRates, type Drafted, type Evidence, type NoneReason } from './ports';

export interface ToValue {
  readonly car: MarketCar;
  /** Null where the model speaks of the car and nobody wants to see what it is compared with. */
  readonly comparables: Comparables | null;
  readonly previous: RatingResult | null;
}

/** What came out, in the reference currency for the model and in the car's own for its comparables. */
interface Worth {
  readonly method: ValuationMethod;
  readonly quantiles: PriceQuantiles | null;
  readonly factors: readonly PriceFactor[];
  readonly noneReason: NoneReason | null;
  readonly converted: Converted['note'];
  readonly effective: number;
  readonly used: readonly { readonly vehicleId: string; readonly price: number }[];
}

interface Means {
  readonly comparables: Comparables | null;
  readonly byModel: PriceQuantiles | null;
  /** Null where nobody asks for reasons. */
  readonly model: LoadedModel | null;
  readonly at: Date;
}

const shownComparables = 40;
const atOnce = 64;

/** Values cars: by the model where it knows such cars, else by their comparables, else not at all, with the reason. */
@Injectable()
export class ValueCars {
  constructor(private readonly rates: DayRates) {}

  /** Whether the comparables have to be looked up before this car can be valued. */
  needsComparables(car: MarketCar, model: LoadedModel | null, at: Date): boolean {
    const plausible = plausibleCar(car.facts, at);
    return plausible.ok && (model === null || !model.knows(plausible.car.facts));
  }

  /**
   * Many cars, a few at a time: whatever else this process answers comes in between. Reasons of the model take longer than
   * its prices, and are worked out when somebody looks.
   */
  async valueMany(cars: readonly ToValue[], model: LoadedModel | null, at: Date): Promise<Drafted[]> {
    const drafts: Drafted[] = [];
    for (let from = 0; from < cars.length; from += atOnce) {
      if (from > 0) await immediate();
      drafts.push(...this.value(cars.slice(from, from + atOnce), model, at, false));
    }
    return drafts;
  }

  value(cars: readonly ToValue[], model: LoadedModel | null, at: Date, explain = true): Drafted[] {
    const known = cars.map(({ car }) => {
      const plausible = plausibleCar(car.facts, at);
      return plausible.ok && model !== null && model.knows(plausible.car.facts) ? plausible.car.facts : null;
    });
    const predicted = model === null ? [] : model.predict(known.filter((facts) => facts !== null), at);
    let next = 0;
    return cars.map((one, index) => {
      const byModel = known[index] == null ? null : (predicted[next++] ?? null);
      return this.draft(one, byModel, { model, explain, at });
    });
  }

  /** What moves the price of a car that the model has valued at `worth`. */
  reasons(car: MarketCar, model: LoadedModel, worth: number, at: Date): readonly PriceFactor[] {
    const plausible = plausibleCar(car.facts, at);
    return plausible.ok ? model.explain(plausible.car.facts, at, worth) : [];
  }

  /** Comparables as they are shown with a car: at prices in its currency. */
  shown(comparables: Comparables, currency: CurrencyCode, at: Date): Pick<Drafted, 'comparables' | 'effectiveComparables'> {
    const samples = this.samples(comparables, currency, at);
    return { comparables: samples.map(({ id, price }) => ({ vehicleId: id, price })), effectiveComparables: sizeOf(samples) };
  }

  private draft({ car, comparables, previous }: ToValue, byModel: PriceQuantiles | null, { model, explain, at }: { readonly model: LoadedModel | null; readonly explain: boolean; readonly at: Date }): Drafted {
    const currency = car.price?.currency ?? currencyOfCountry(car.facts.country) ?? this.rates.reference;
    const plausible = plausibleCar(car.facts, at);
    const worth = plausible.ok ? this.worth(plausible.car, currency, { comparables, byModel, model: explain ? model : null, at }) : nothing(`implausible_${plausible.implausible}`);
    const asking = car.price?.amount ?? null;
    const rating = rate({ price: asking, notAsked: notAskedOf(car), quantiles: worth.quantiles, implausible: !plausible.ok, previous });
    const spoken = worth.method === 'model' && model !== null ? model : null;
    const evidence: Evidence = {
      factors: worth.factors,
      coverage: spoken?.coverageOf(car.facts) ?? null,
      converted: worth.converted,
      ignored: plausible.ok ? plausible.car.ignored : [],
      noneReason: worth.noneReason,
      rung: comparables?.rung ?? null,
      model: spoken === null ? null : { id: spoken.id, trainedAt: spoken.trainedAt.toISOString() },
    };
    return {
      vehicleId: car.vehicleId,
      vehicleVersion: car.version,
      tenantId: car.ownerTenantId,
      method: worth.method,
      modelVersion: spoken?.label ?? null,
      currency,
      quantiles: worth.quantiles,
      asking,
      rating,
      position: positionOf(asking, worth.quantiles),
      effectiveComparables: worth.effective,
      comparables: worth.used,
      evidence,
      valuedAt: at,
    };
  }

  private worth(plausible: PlausibleCar, currency: CurrencyCode, { comparables, byModel, model, at }: Means): Worth {
    const samples = this.samples(comparables, currency, at);
    const shown = samples.slice(0, shownComparables).map(({ id, price }) => ({ vehicleId: id, price }));
    if (byModel !== null) {
      const change = this.rates.between(this.rates.reference, currency, at);
      if (change === null) return nothing('no_rate');
      const quantiles = inCurrency(byModel, change.factor);
      return { method: 'model', quantiles, factors: model === null ? [] : model.explain(plausible.facts, at, quantiles.q50), noneReason: null, converted: change.note, effective: sizeOf(samples), used: shown };
    }
    const result = hedonic(plausible.facts, samples, at);
    if (!result.ok) return { ...nothing(result.reason), effective: result.effectiveComparables, used: shown };
    const { estimate } = result;
    const used = new Set(estimate.used);
    return {
      method: 'hedonic',
      quantiles: estimate.quantiles,
      factors: estimate.factors,
      noneReason: null,
      converted: null,
      effective: estimate.effectiveComparables,
      used: samples.filter(({ id }) => used.has(id)).map(({ id, price }) => ({ vehicleId: id, price })),
    };
  }

  /** At their own prices where they are in the same currency; others at the rate of today. */
  private samples(comparables: Comparables | null, currency: CurrencyCode, at: Date): HedonicSample[] {
    const samples: HedonicSample[] = [];
    for (const { vehicleId, car, weight } of comparables?.cars ?? []) {
      if (car.price === null || car.referencePrice === null || !isMarketPrice(car.referencePrice.amount)) continue;
      const change = this.rates.between(car.price.currency, currency, at);
      if (change !== null) samples.push({ id: vehicleId, facts: car.facts, price: Math.round(car.price.amount * change.factor), weight });
    }
    return samples;
  }
}

const nothing = (noneReason: NoneReason): Worth => ({ method: 'none', quantiles: null, factors: [], noneReason, converted: null, effective: 0, used: [] });

const sizeOf = (samples: readonly HedonicSample[]): number => effectiveSize(samples.map(({ weight }) => weight));

/** What is told of a car's price when nobody asks it: a bid where no offer names another price, or a sum that nobody means. */
function notAskedOf({ offers, status }: MarketCar): 'auction' | 'doubtful_price' | null {
  const priced = offers.filter(({ active, price }) => price !== null && (active || status === 'sold'));
  if (priced.length === 0) return null;
  if (priced.every(({ doubtful }) => doubtful === true)) return 'doubtful_price';
  return priced.every(isBid) ? 'auction' : null;
}
