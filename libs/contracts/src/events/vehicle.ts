import {
  bodies,
  colours,
  conditions,
  damageTypes,
  drivetrains,
  fuels,
  gearboxes,
  listingStatuses,
  titleStatuses,
  vehicleStatuses,
} from '@autobroker/kernel';
import { z } from 'zod';
import { defineEvent } from '../event';
import { countrySchema, idSchema, moneySchema, timestampSchema } from '../schemas';

export const offerPriceKinds = ['asked', 'bid', 'hammer'] as const;

/** Of a car with more offers, the latest are told. */
export const maxOffersTold = 50;

/** One offer of a car at a source. */
export const vehicleOfferSchema = z
  .strictObject({
    listing_id: idSchema,
    source: z.string(),
    external_id: z.string(),
    url: z.string().nullable(),
    auction: z.boolean(),
    active: z.boolean(),
    status: z.enum(listingStatuses),
    price: moneySchema.nullable(),
    /** `asked` can be bought at; `bid` is what was bid so far; `hammer` is what an auction ended at. Null without a price. */
    price_kind: z.enum(offerPriceKinds).nullable(),
    /** Nobody means this price: a bait, a slip of a figure, another currency. */
    price_doubtful: z.boolean(),
  })
  .meta({ id: 'VehicleOffer' });

export type VehicleOfferJson = z.output<typeof vehicleOfferSchema>;

/** What is known of a car: enough for pricing to value it and for search to index it without asking back. No person in it. */
export const vehicleFactsSchema = z
  .strictObject({
    make: z.string().min(1),
    model: z.string().min(1),
    trim: z.string().nullable(),
    year: z.int(),
    production_year: z.int().nullable(),
    first_registration: z.iso.date().nullable(),
    mileage_km: z.int().nonnegative().nullable(),
    fuel: z.enum(fuels).nullable(),
    gearbox: z.enum(gearboxes).nullable(),
    drivetrain: z.enum(drivetrains).nullable(),
    body: z.enum(bodies).nullable(),
    power_kw: z.int().nullable(),
    engine_displacement_cc: z.int().nullable(),
    doors: z.int().nullable(),
    seats: z.int().nullable(),
    exterior_colour: z.enum(colours).nullable(),
    interior_colour: z.enum(colours).nullable(),
    damage_type: z.enum(damageTypes),
    title_status: z.enum(titleStatuses),
    condition: z.enum(conditions),
    features: z.array(z.string()),
    vin: z.string().nullable(),
    owners_count: z.int().nullable(),
    location: z.strictObject({
      city: z.string().nullable(),
      region: z.string().nullable(),
      postal_code: z.string().nullable(),
      country: countrySchema.nullable(),
      coordinates: z.strictObject({ lat: z.number(), lon: z.number() }).nullable(),
    }),
    price: moneySchema.nullable(),
    /** In the installation's currency, at the rate of the day of the change. */
    reference_price: moneySchema.nullable(),
    status: z.enum(vehicleStatuses),
    sources: z.array(z.string()),
    listed_at: timestampSchema,
    /** What its VIN contradicts. Absent, like the next two, in events from before it was told. */
    vin_flags: z.array(z.string()).optional(),
    relist_count: z.int().nonnegative().optional(),
    /** All of its offers at sources, those that ended among them, the latest first; absent where the change was not about them. */
    offers: z.array(vehicleOfferSchema).max(maxOffersTold).optional(),
  })
  .meta({ id: 'VehicleFacts' });

export type VehicleFactsJson = z.output<typeof vehicleFactsSchema>;

const vehicleRef = { vehicle_id: idSchema, version: z.int().positive() };

/** Where a price was seen; `null` for one that our own staff set. */
const sightingSchema = z.strictObject({ listing_id: idSchema, source: z.string(), external_id: z.string() }).nullable();

const vehicleId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c';
const factsFixture: VehicleFactsJson = {
  make: 'Volkswagen',
  model: 'Golf',
  trim: 'GTI',
  year: 2021,
  production_year: 2020,
  first_registration: '2021-02-01',
  mileage_km: 48_200,
  fuel: 'petrol',
  gearbox: 'automatic',
  drivetrain: 'fwd',
  body: 'hatchback',
  power_kw: 180,
  engine_displacement_cc: 1984,
  doors: 5,
  seats: 5,
  exterior_colour: 'white',
  interior_colour: 'black',
  damage_type: 'none',
  title_status: 'clean',
  condition: 'used',
  features: ['adaptive_cruise_control', 'heated_seats', 'navigation'],
  vin: 'WVWZZZCDZMW012345',
  owners_count: 1,
  location: {
    city: 'München',
    region: 'Bayern',
    postal_code: '80331',
    country: 'DE',
    coordinates: { lat: 48.137, lon: 11.575 },
  },
  price: { amount: 2_899_000, currency: 'EUR' },
  reference_price: { amount: 2_899_000, currency: 'EUR' },
  status: 'available',
  sources: ['autoscout'],
  listed_at: '2026-11-20T12:00:00.000Z',
  vin_flags: [],
  relist_count: 0,
  offers: [
    {
      listing_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5e',
      source: 'autoscout',
      external_id: 'as-100042',
      url: 'https://autoscout.example/offers/as-100042',
      auction: false,
      active: true,
      status: 'active',
      price: { amount: 2_899_000, currency: 'EUR' },
      price_kind: 'asked',
      price_doubtful: false,
    },
  ],
};

export const vehicleListed = defineEvent({
  type: 'vehicle.listed.v1',
  service: 'vehicle',
  summary: 'A vehicle came onto the market: it is new in the catalogue, or it is for sale again.',
  data: z.strictObject({ ...vehicleRef, facts: vehicleFactsSchema }),
  fixture: { vehicle_id: vehicleId, version: 1, facts: factsFixture },
});

export const vehicleUpdated = defineEvent({
  type: 'vehicle.updated.v1',
  service: 'vehicle',
  summary: 'What is known of a vehicle changed; `changed` names the fields of its resource.',
  data: z.strictObject({ ...vehicleRef, changed: z.array(z.string()).min(1), facts: vehicleFactsSchema }),
  fixture: {
    vehicle_id: vehicleId,
    version: 2,
    changed: ['mileage', 'status'],
    facts: { ...factsFixture, mileage_km: 48_900, status: 'reserved' },
  },
});

export const vehiclePriceChanged = defineEvent({
  type: 'vehicle.price_changed.v1',
  service: 'vehicle',
  summary: 'The asking price of a vehicle changed, was first named, or was taken away.',
  data: z.strictObject({
    ...vehicleRef,
    previous: moneySchema.nullable(),
    price: moneySchema.nullable(),
    previous_reference: moneySchema.nullable(),
    reference_price: moneySchema.nullable(),
    seen_at: timestampSchema,
    sighting: sightingSchema,
  }),
  fixture: {
    vehicle_id: vehicleId,
    version: 3,
    previous: { amount: 2_899_000, currency: 'EUR' },
    price: { amount: 2_749_000, currency: 'EUR' },
    previous_reference: { amount: 2_899_000, currency: 'EUR' },
    reference_price: { amount: 2_749_000, currency: 'EUR' },
    seen_at: '2026-11-21T06:30:00.000Z',
    sighting: { listing_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5e', source: 'autoscout', external_id: 'as-100042' },
  },
});

export const delistingReasons = ['sold', 'withdrawn', 'deleted'] as const;

export const vehicleDelisted = defineEvent({
  type: 'vehicle.delisted.v1',
  service: 'vehicle',
  summary: 'A vehicle left the market: sold, withdrawn, or deleted from the catalogue.',
  data: z.strictObject({ ...vehicleRef, reason: z.enum(delistingReasons), status: z.enum(vehicleStatuses) }),
  fixture: { vehicle_id: vehicleId, version: 4, reason: 'sold', status: 'sold' },
});

export const vehicleOffersMoved = defineEvent({
  type: 'vehicle.offers_moved.v1',
  service: 'vehicle',
  summary: 'Offers turned out to be of another vehicle: it was put together with that one, or staff parted them. What was ordered by one of them is that vehicle.',
  data: z.strictObject({
    from_vehicle_id: idSchema,
    vehicle_id: idSchema,
    /** Those that moved; none where a vehicle without offers was put into another. */
    listing_ids: z.array(idSchema),
    /** The one that they came from is gone: all of it is the other now. */
    whole: z.boolean(),
    moved_at: timestampSchema,
  }),
  fixture: {
    from_vehicle_id: vehicleId,
    vehicle_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5d',
    listing_ids: ['0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5e'],
    whole: false,
    moved_at: '2026-11-21T06:30:00.000Z',
  },
});

export const vehicleEvents = [vehicleListed, vehicleUpdated, vehiclePriceChanged, vehicleDelisted, vehicleOffersMoved] as const;
