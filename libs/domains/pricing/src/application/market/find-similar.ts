import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { type CarFacts, isSeenBy, type MarketCar } from '../../domain/market-car';
import { learnedSimilarity, learnSensitivity, type LearnedSimilarity, type PricedFacts } from '../../domain/learned-similarity';
import { similarity, type AlikeFacts, type Similarity } from '../../domain/similarity';
import { MarketCars } from '../ports';

export interface SimilarCar {
  readonly car: MarketCar;
  readonly byRule: Similarity;
  readonly learned: LearnedSimilarity;
  /** How many cars it was learned from. */
  readonly learnedFrom: number;
}

export type SimilarOrder = 'score' | 'learned';

const most = 200;

export const alikeFacts = (facts: CarFacts): AlikeFacts => ({
  make: facts.make,
  model: facts.model,
  year: facts.year,
  mileageKm: facts.mileageKm,
  damageType: facts.damageType,
  colour: facts.colour,
});

/** Cars like one, ranked by the product's rule, with what was learned from their prices beside it. */
@Injectable()
export class FindSimilar {
  constructor(
    private readonly cars: MarketCars,
    @Inject(databaseOf('pricing')) private readonly db: Database,
  ) {}

  /** Null when there is no such car, or it is another tenant's. */
  async run(id: string, tenantId: string | null, order: SimilarOrder): Promise<readonly SimilarCar[] | null> {
    const car = await this.cars.byId(id);
    if (car === null || !isSeenBy(car, tenantId)) return null;
    return this.rank(car, await this.cars.alike(car, this.db.clock.now()), order);
  }

  private rank(car: MarketCar, others: readonly MarketCar[], order: SimilarOrder): SimilarCar[] {
    const sensitivity = learnSensitivity(others.flatMap(pricedOf));
    const asked = alikeFacts(car.facts);
    const found = others.map((other) => ({
      car: other,
      byRule: similarity(asked, alikeFacts(other.facts)),
      learned: learnedSimilarity(car.facts, other.facts, sensitivity),
      learnedFrom: sensitivity.cars,
    }));
    const rule = (a: SimilarCar, b: SimilarCar): number => b.byRule.score - a.byRule.score;
    const learned = (a: SimilarCar, b: SimilarCar): number => b.learned.score - a.learned.score;
    const [first, second] = order === 'score' ? [rule, learned] : [learned, rule];
    return found.sort((a, b) => first(a, b) || second(a, b) || (a.car.vehicleId < b.car.vehicleId ? -1 : 1)).slice(0, most);
  }
}

/** Compared across currencies, as far as there are rates. */
const pricedOf = ({ facts, referencePrice, offers }: MarketCar): PricedFacts[] => {
  const bidOnly = offers.length > 0 && offers.every(({ auction, priceKind }) => auction && priceKind !== 'asked');
  return referencePrice === null || bidOnly ? [] : [{ facts, price: referencePrice.amount }];
};
