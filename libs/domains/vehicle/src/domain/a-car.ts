import type { VehicleFacts } from './facts';
import type { Vehicle } from './vehicle';

/** For specs: a plain car, with whatever a spec cares about put in. */
export const aCar = (facts: Partial<VehicleFacts> = {}): VehicleFacts => ({
  make: 'Volkswagen',
  model: 'Golf',
  trim: 'GTI',
  year: 2021,
  productionYear: 2020,
  firstRegistration: '2021-02-01',
  mileage: { value: 48_200, unit: 'km' },
  fuel: 'petrol',
  gearbox: 'automatic',
  drivetrain: 'fwd',
  body: 'hatchback',
  powerKw: 180,
  engineDisplacementCc: 1984,
  doors: 5,
  seats: 5,
  exteriorColour: 'white',
  interiorColour: 'black',
  damageType: 'none',
  titleStatus: 'clean',
  condition: 'used',
  features: ['heated_seats', 'navigation'],
  description: 'One owner, all services.',
  vin: null,
  ownersCount: 1,
  location: { city: 'München', region: 'Bayern', postalCode: '80331', country: 'DE', coordinates: { lat: 48.137, lon: 11.575 } },
  price: { amount: 2_899_000, currency: 'EUR' },
  images: [],
  ...facts,
});

const moment = new Date('2026-01-05T09:00:00.000Z');

export const aVehicle = (vehicle: Partial<Vehicle> = {}): Vehicle => ({
  id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c',
  ownerTenantId: null,
  version: 1,
  status: 'available',
  facts: aCar(),
  vinFlags: [],
  referencePrice: { amount: 2_899_000, currency: 'EUR' },
  sources: [],
  imageCount: 0,
  quality: null,
  relistCount: 0,
  listedAt: moment,
  createdAt: moment,
  updatedAt: moment,
  ...vehicle,
});
