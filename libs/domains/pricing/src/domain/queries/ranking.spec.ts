import type { CarFacts, MarketCar } from '../market-car';
import { normalise } from './filters';
import { rankCars, rankLots } from './ranking';

const golf = { make: 'Volkswagen', model: 'Golf', year: 2019, mileageKm: 100_000, damageType: 'none', colour: 'grey' } as const;

const facts: CarFacts = {
  ...golf,
  trim: null,
  productionYear: null,
  firstRegistration: null,
  fuel: null,
  gearbox: null,
  drivetrain: null,
  body: null,
  powerKw: null,
  engineCc: null,
  doors: null,
  seats: null,
  titleStatus: 'clean',
  condition: 'used',
  features: [],
  ownersCount: null,
  country: 'US',
  region: null,
  city: null,
  coordinates: null,
};
const now = new Date('2026-11-20T12:00:00.000Z');
const car = (vehicleId: string, more: Partial<CarFacts> = {}, rest: Partial<MarketCar> = {}): MarketCar => ({
  vehicleId,
  version: 1,
  ownerTenantId: null,
  facts: { ...facts, ...more },
  vin: null,
  vinFlags: [],
  relistCount: 0,
  price: null,
  referencePrice: null,
  status: 'available',
  sources: [],
  offers: [],
  listedAt: now,
  leftAt: null,
  updatedAt: now,
  ...rest,
});
const filters = normalise({ make: 'VW', model: 'Golf', year: 2019, mileage: 100_000, mileageUnit: 'km', color: null, damageType: null, productionYear: null, country: null });

it('cars are ranked by likeness, then by nearness; others, and those that are gone, are not among them', () => {
  const cars = [car('far', { mileageKm: 104_000 }), car('near', { mileageKm: 101_000 }), car('older', { year: 2017 }), car('gone', {}, { leftAt: now }), car('other', { model: 'Polo', year: 2010, mileageKm: null })];
  expect(rankCars(cars, filters, 10)).toMatchObject([
    { vehicleId: 'near', score: 85, rank: 1 },
    { vehicleId: 'far', score: 85, rank: 2 },
    { vehicleId: 'older', score: 75, rank: 3 },
  ]);
  expect(rankCars(cars, filters, 1)).toHaveLength(1);
  // What the market pays for the difference is beside the points.
  const [near, far, older] = rankCars(cars, filters, 10).map(({ learned }) => learned);
  expect([(near ?? 0) > (far ?? 0), (far ?? 0) > (older ?? 0), (near ?? 0) > 95]).toEqual([true, true, true]);
});

it('of auctions every lot that is on is named, with what its price is', () => {
  const lot = (source: string, more: object) => ({ listingId: source, source, externalId: '1', url: `https://${source}.example/1`, auction: true, active: true, price: { amount: 500_000, currency: 'USD' as const }, ...more });
  const cars = [
    car('a', {}, { offers: [lot('copart', { priceKind: 'bid' }), lot('autotrader', { auction: false })] }),
    car('b', { year: 2018 }, { offers: [lot('iaai', { priceKind: 'asked' }), lot('copart', { active: false }), lot('copart', { price: null, priceKind: null })] }),
  ];
  expect(rankLots(cars, filters, 10).map(({ vehicleId, platform, rank, priceBasis, estimatedPrice }) => [vehicleId, platform, rank, priceBasis, estimatedPrice?.amount])).toEqual([
    ['a', 'copart', 1, 'bid', 500_000],
    ['b', 'iaai', 2, 'buy_now', 500_000],
    ['b', 'copart', 3, null, undefined],
  ]);
});
