import type { CarFacts, MarketCar } from '../market-car';
import { normalise } from './filters';
import { rankCars, rankLots } from './ranking';
import { similarity } from './similarity';

const golf = { make: 'Volkswagen', model: 'Golf', year: 2019, mileageKm: 100_000, damageType: 'none', colour: 'grey' } as const;

describe('seed points', () => {
  it.each<[number, Partial<Parameters<typeof similarity>[1]>]>([
    [100, {}],
    [90, { year: 2021 }],
    [90, { year: 2017 }],
    [80, { year: 2022 }],
    [100, { mileageKm: 110_000 }],
    [90, { mileageKm: 110_001 }],
    [90, { mileageKm: 75_000 }],
    [80, { mileageKm: 74_999 }],
    [80, { mileageKm: 150_000 }],
    [75, { mileageKm: 150_001 }],
    [75, { mileageKm: null }],
    [90, { damageType: 'front' }],
    [95, { colour: 'red' }],
    [80, { model: 'Polo' }],
    [60, { make: 'Audi' }],
    [60, { make: 'Audi', model: 'A3' }],
  ])('%i for %j', (score, more) => expect(similarity(golf, { ...golf, ...more }).score).toBe(score));

  it('come from nothing that was not asked', () => {
    expect(similarity({ ...golf, mileageKm: null, damageType: null, colour: null }, golf)).toEqual({ score: 60, parts: { make: 20, model: 20, year: 20, mileage: 0, damage: 0, colour: 0 } });
    expect(similarity({ ...golf, mileageKm: 0 }, { ...golf, mileageKm: 0 }).parts.mileage).toBe(25);
  });
});

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
  expect(rankCars(cars, filters, 10)).toEqual([
    { vehicleId: 'near', score: 85, rank: 1 },
    { vehicleId: 'far', score: 85, rank: 2 },
    { vehicleId: 'older', score: 75, rank: 3 },
  ]);
  expect(rankCars(cars, filters, 1)).toHaveLength(1);
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
