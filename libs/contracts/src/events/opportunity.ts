import { z } from 'zod';
import { defineEvent } from '../event';
import { countrySchema, idSchema, moneySchema, timestampSchema } from '../schemas';

const opportunityId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b80';
const vehicleId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c';

/** As much of the car as a search holds against its criteria. */
export const opportunityVehicleSchema = z.strictObject({
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable(),
  year: z.int(),
  mileage_km: z.int().nullable(),
  fuel: z.string().nullable(),
  gearbox: z.string().nullable(),
  body: z.string().nullable(),
  colour: z.string().nullable(),
  title_status: z.string(),
  damage_type: z.string(),
  condition: z.string(),
  country: countrySchema.nullable(),
  region: z.string().nullable(),
  city: z.string().nullable(),
  coordinates: z.strictObject({ lat: z.number(), lon: z.number() }).nullable(),
  sources: z.array(z.string()),
});

export const opportunityFound = defineEvent({
  type: 'opportunity.found.v1',
  service: 'pricing',
  summary: 'A vehicle can be bought for less than it brings. Once for each vehicle and version of its valuation; who is to be told is not said here.',
  data: z.strictObject({
    opportunity_id: idSchema,
    vehicle_id: idSchema,
    vehicle_version: z.int().positive(),
    valuation_version: z.int().positive(),
    /** Whether the vehicle was no opportunity just before; else it is one still, at other figures. */
    is_new: z.boolean(),
    score: z.number().min(0).max(100),
    confidence_score: z.number().min(0).max(1),
    /** That the profit is more than nothing. */
    probability: z.number().min(0).max(1),
    roi: z.number(),
    asking_price: moneySchema,
    market_value: moneySchema,
    total_cost: moneySchema,
    projected_profit: moneySchema,
    /** In the installation's currency. */
    reference_price: moneySchema,
    reference_profit: moneySchema,
    risk: z.number().min(0).max(1),
    risks: z.array(z.string()),
    /** Damaged, or with a branded title. */
    damaged: z.boolean(),
    vehicle: opportunityVehicleSchema,
    found_at: timestampSchema,
  }),
  fixture: {
    opportunity_id: opportunityId,
    vehicle_id: vehicleId,
    vehicle_version: 3,
    valuation_version: 2,
    is_new: true,
    score: 78.4,
    confidence_score: 0.81,
    probability: 0.93,
    roi: 0.142,
    asking_price: { amount: 1_590_000, currency: 'EUR' },
    market_value: { amount: 1_995_000, currency: 'EUR' },
    total_cost: { amount: 1_664_000, currency: 'EUR' },
    projected_profit: { amount: 236_000, currency: 'EUR' },
    reference_price: { amount: 1_590_000, currency: 'EUR' },
    reference_profit: { amount: 236_000, currency: 'EUR' },
    risk: 0.05,
    risks: ['vin_missing'],
    damaged: false,
    vehicle: {
      make: 'Volkswagen',
      model: 'Golf',
      trim: 'GTI',
      year: 2021,
      mileage_km: 48_200,
      fuel: 'petrol',
      gearbox: 'automatic',
      body: 'hatchback',
      colour: 'white',
      title_status: 'clean',
      damage_type: 'none',
      condition: 'used',
      country: 'DE',
      region: 'Bayern',
      city: 'München',
      coordinates: { lat: 48.137, lon: 11.575 },
      sources: ['autoscout'],
    },
    found_at: '2026-11-20T12:00:04.000Z',
  },
});

export const opportunityEnds = ['sold', 'withdrawn', 'deleted', 'not_for_sale', 'price_rose', 'value_fell', 'excluded'] as const;

export const opportunityExpired = defineEvent({
  type: 'opportunity.expired.v1',
  service: 'pricing',
  summary: 'A vehicle is no opportunity any more: it left the market, its price rose, its value fell, or something was found against it.',
  data: z.strictObject({ opportunity_id: idSchema, vehicle_id: idSchema, reason: z.enum(opportunityEnds), expired_at: timestampSchema }),
  fixture: { opportunity_id: opportunityId, vehicle_id: vehicleId, reason: 'sold', expired_at: '2026-11-22T08:30:00.000Z' },
});
