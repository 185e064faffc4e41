import type { MarketCar, MarketOffer, Price } from '../market-car';
import { similarity } from '../similarity';
import type { NormalizedFilters } from './filters';

export interface RankedCar {
  readonly vehicleId: string;
  readonly score: number;
  readonly rank: number;
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
export function rankCars(cars: readonly MarketCar[], filters: NormalizedFilters, most: number): RankedCar[] {
  return scored(cars.filter(({ leftAt }) => leftAt === null), filters)
    .slice(0, most)
    .map(({ car, score }, at) => ({ vehicleId: car.vehicleId, score, rank: at + 1 }));
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
