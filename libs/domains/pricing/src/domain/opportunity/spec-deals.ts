import { carFacts } from '../spec-cars';
import type { CarFacts, MarketCar } from '../market-car';
import type { PriceQuantiles } from '../valuation';
import type { DealQuestion, Minimum } from './judge';

export const specNow = new Date('2026-11-20T12:00:00.000Z');

/** A model's opinion with a spread of a tenth: 20,000 euros in the middle. */
export const quantilesAround = (q50: number, spread = 0.1): PriceQuantiles => {
  const at = (score: number): number => Math.round(q50 * Math.exp(spread * score));
  return { q10: at(-1.2816), q35: at(-0.3853), q50, q65: at(0.3853), q90: at(1.2816) };
};

export const noMinimum: Minimum = { score: 0, profit: 1, probability: 0 };
export const usualMinimum: Minimum = { score: 40, profit: 30_000, probability: 0.6 };

export function marketCar(asking: number | null, car: Partial<Omit<MarketCar, 'facts'>> & { readonly facts?: Partial<CarFacts> } = {}): MarketCar {
  const price = asking === null ? null : { amount: asking, currency: 'EUR' as const };
  return {
    vehicleId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c',
    version: 1,
    ownerTenantId: null,
    vin: 'WVWZZZCDZMW012345',
    vinFlags: [],
    relistCount: 0,
    price,
    referencePrice: price,
    status: 'available',
    sources: ['mobile-de'],
    offers: [{ listingId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5e', source: 'mobile-de', externalId: '1', url: null, auction: false, active: true, price, priceKind: price === null ? null : 'asked' }],
    listedAt: new Date('2026-11-15T12:00:00.000Z'),
    leftAt: null,
    updatedAt: specNow,
    ...car,
    facts: carFacts(car.facts),
  };
}

/** A car worth 20,000 euros at its price; 3 % and 300 euros until it stands at its new place. */
export function deal(asking: number | null, question: Partial<Omit<DealQuestion, 'car'>> & { readonly car?: Parameters<typeof marketCar>[1] } = {}): DealQuestion {
  const { car, ...more } = question;
  return {
    car: marketCar(asking, car),
    asking,
    quantiles: quantilesAround(2_000_000),
    method: 'model',
    effectiveComparables: 24,
    coverage: { segment: 'Volkswagen', cars: 800, coverage80: 0.8 },
    secondOpinion: { of: 'comparables', value: 2_000_000, effective: 20 },
    highestMileage: null,
    priceChanges: 0,
    doubt: null,
    daysOfSupply: 45,
    daysToSell: null,
    localCurrency: 'EUR',
    toLocal: 1,
    landed: asking === null ? null : { low: Math.round(asking * 1.02) + 30_000, likely: Math.round(asking * 1.03) + 30_000, high: Math.round(asking * 1.05) + 30_000, unknown: [] },
    toReference: 1,
    at: specNow,
    ...more,
  };
}
