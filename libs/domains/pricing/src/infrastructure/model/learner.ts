import { factOf, shownFact, tableOfCars } from '../../application/registry/car-table';
import type { Learner, Predictor } from '../../application/registry/train-with';
import { PriceModel, type Quantiles } from '../../application/model/price-model';
import { optionsFor, trainPriceModel } from '../../application/model/train';
import type { CarFacts } from '../../domain/market-car';
import type { PriceFactor, PriceQuantiles } from '../../domain/valuation';

/** A model of which fewer cars were learned from is spoken of by its make, if that was seen often. */
const fewestOfModel = 3;
const fewestOfMake = 20;

/** The boosted model as the rest of the service speaks with it. */
export class BoostedPrices implements Predictor {
  constructor(private readonly model: PriceModel) {}

  static of(artefact: Uint8Array): BoostedPrices {
    return new BoostedPrices(PriceModel.fromJson(JSON.parse(new TextDecoder().decode(artefact))));
  }

  toBytes(): Uint8Array {
    return new Uint8Array(new TextEncoder().encode(JSON.stringify(this.model.toJson())));
  }

  knows(facts: CarFacts): boolean {
    const { encoder } = this.model;
    return encoder.seen(facts.make, facts.model) >= fewestOfModel || encoder.seen(facts.make) >= fewestOfMake;
  }

  predict(cars: readonly CarFacts[], at: Date): PriceQuantiles[] {
    return cars.length === 0 ? [] : this.model.predict(tableOfCars(cars, at)).map(quantilesOf);
  }

  explain(facts: CarFacts, at: Date, worth: number): PriceFactor[] {
    const table = tableOfCars([facts], at);
    const parts = new Map<string, number>();
    for (const { feature, effect } of this.model.contributions(table).parts) parts.set(factOf(feature), (parts.get(factOf(feature)) ?? 0) + effect);
    return [...parts]
      .map(([factor, effect]) => ({ factor, value: shownFact(factor, facts, at), effect: Math.round(worth * (1 - Math.exp(-effect))) }))
      // What nobody has told of the car is no reason that anybody could check.
      .filter(({ effect, value }) => effect !== 0 && value !== null)
      .sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect));
  }
}

function quantilesOf(quantiles: Quantiles): PriceQuantiles {
  const [q10, q35, q50, q65, q90] = quantiles.map((value) => Math.max(1, Math.round(value)));
  return { q10: q10 ?? 1, q35: q35 ?? 1, q50: q50 ?? 1, q65: q65 ?? 1, q90: q90 ?? 1 };
}

/** How prices are learned in this build. */
export const learner: Learner = {
  learn: (cars, at, seed) => {
    const table = tableOfCars(cars.map(({ facts }) => facts), at);
    return new BoostedPrices(trainPriceModel(table, Float64Array.from(cars, ({ price }) => price), optionsFor(cars.length, seed)));
  },
  load: (artefact) => BoostedPrices.of(artefact),
};
