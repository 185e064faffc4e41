import { learnedSimilarity, learnSensitivity } from '../learned-similarity';
import type { CarFacts, MarketCar, MarketOffer, Price } from '../market-car';
import { similarity } from '../similarity';
import type { NormalizedFilters } from './filters';

export interface RankedCar {
  readonly vehicleId: string;
  readonly score: number;
  readonly rank: number;
}

/** A similar car, with what was learned from prices beside the points of the rule. */
export interface RankedMatch extends RankedCar {
  readonly learned: number;
}

export const priceBases = ['buy_now', 'hammer', 'bid'] as const;
/** What the estimated price of a lot is: what it can be bought at, what it went for, or what has been bid so far. */
export type PriceBasis = (typeof priceBases)[number];

export interface RankedLot extends RankedCar {
  readonly platform: string;
  readonly url: string | null;
  readonly estimatedPrice: Price | null;
  readonly priceBasis: PriceBasis | null;
}

interface Scored {
  readonly car: MarketCar;
  readonly score: number;
  readonly apart: number;
}

/** Below this a car has not even make and model in common. */
export const leastScore = 40;

function scored(cars: readonly MarketCar[], filters: NormalizedFilters): Scored[] {
  const wanted = { make: filters.make, model: filters.model, year: filters.year, mileageKm: filters.mileageKm, damageType: filters.damageType, colour: filters.color };
  return cars
    .map((car): Scored => {
      const { facts } = car;
      const { score } = similarity(wanted, { make: facts.make, model: facts.model, year: facts.year, mileageKm: facts.mileageKm, damageType: facts.damageType, colour: facts.colour });
      const miles = filters.mileageKm === null || facts.mileageKm === null ? 1 : Math.abs(facts.mileageKm - filters.mileageKm) / Math.max(1, filters.mileageKm);
      return { car, score, apart: Math.abs(facts.year - filters.year) + miles };
    })
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score || a.apart - b.apart || (a.car.vehicleId < b.car.vehicleId ? -1 : 1));
}

/** The most alike first; what has left the market is shown to nobody. */
export function rankCars(cars: readonly MarketCar[], filters: NormalizedFilters, most: number): RankedMatch[] {
  const sensitivity = learnSensitivity(cars.flatMap(({ facts, referencePrice, offers }) => (referencePrice === null || isBidOnly(offers) ? [] : [{ facts, price: referencePrice.amount }])));
  const wanted = factsOf(filters);
  return scored(cars.filter(({ leftAt }) => leftAt === null), filters)
    .slice(0, most)
    .map(({ car, score }, at) => ({ vehicleId: car.vehicleId, score, learned: learnedSimilarity(wanted, car.facts, sensitivity).score, rank: at + 1 }));
}

/** Every lot of an auction that is on, each once, by the likeness of its car. */
export function rankLots(cars: readonly MarketCar[], filters: NormalizedFilters, most: number): RankedLot[] {
  return scored(cars, filters)
    .flatMap(({ car, score }) => car.offers.filter(({ auction, active }) => auction && active).map((offer) => ({ car, score, offer })))
    .slice(0, most)
    .map(({ car, score, offer }, at) => ({ vehicleId: car.vehicleId, score, rank: at + 1, platform: offer.source, url: offer.url, ...estimateOf(offer) }));
}

function estimateOf({ price, priceKind }: MarketOffer): Pick<RankedLot, 'estimatedPrice' | 'priceBasis'> {
  if (price === null) return { estimatedPrice: null, priceBasis: null };
  return { estimatedPrice: price, priceBasis: priceKind === 'bid' ? 'bid' : priceKind === 'hammer' ? 'hammer' : 'buy_now' };
}

/** Nobody has said what the car costs: only what has been bid so far, or what others of it went for. */
const isBidOnly = (offers: readonly MarketOffer[]): boolean => offers.length > 0 && offers.every(({ auction, priceKind }) => auction && priceKind !== 'asked');

/** A question as a car: what was not asked is not known. */
const factsOf = ({ make, model, trim, year, productionYear, mileageKm, color, damageType, country }: NormalizedFilters): CarFacts => ({
  ...{ make, model, trim, year, productionYear, mileageKm, country },
  colour: color,
  damageType: damageType ?? 'unknown',
  titleStatus: 'unknown',
  condition: 'used',
  features: [],
  ...{ firstRegistration: null, fuel: null, gearbox: null, drivetrain: null, body: null, powerKw: null, engineCc: null, doors: null, seats: null },
  ...{ ownersCount: null, region: null, city: null, coordinates: null },
});
