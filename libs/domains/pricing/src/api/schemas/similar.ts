import { countrySchema, idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { colours, damageTypes, vehicleStatuses } from '@autobroker/kernel';
import { pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';

export const vehicleParams = z.strictObject({ id: idSchema });

export const similarQuery = z.strictObject({
  ...pageQuery.omit({ cursor: true }).shape,
  sort: z.enum(['score', 'learned']).default('score').meta({ description: 'By the points, or by what the market pays for the differences; the other settles what is equal' }),
});

/** A car as far as one needs it to compare. */
export const carCardSchema = z
  .strictObject({
    id: idSchema,
    make: z.string(),
    model: z.string(),
    trim: z.string().nullable(),
    year: z.int(),
    mileage_km: z.number().nullable(),
    colour: z.enum(colours).nullable(),
    damage_type: z.enum(damageTypes),
    country: countrySchema.nullable(),
    city: z.string().nullable(),
    price: moneySchema.nullable(),
    reference_price: moneySchema.nullable(),
    status: z.enum(vehicleStatuses),
    sources: z.array(z.string()),
    listed_at: timestampSchema,
  })
  .meta({ id: 'CarCard' });

export const similarVehicleSchema = z
  .strictObject({
    rank: z.int().positive(),
    vehicle: carCardSchema,
    score: z.int().min(0).max(100),
    points: z
      .strictObject({ make: z.int(), model: z.int(), year: z.int(), mileage: z.int(), damage: z.int(), colour: z.int() })
      .meta({ description: 'What the score is made of: make 20, model 20, year 20 or 10, mileage 25, 15 or 5, damage 10, colour 5; what is not known is worth 0' }),
    learned: z
      .strictObject({
        score: z.number().min(0).max(100).meta({ description: '100 is a car of the same worth in every respect; each 12 % of the price that its differences make, either way, halve it' }),
        cars: z.int().meta({ description: 'How many cars it was learned from; with few it is what cars usually lose' }),
        gaps: z.array(z.strictObject({ fact: z.string(), percent: z.number().meta({ description: 'What this difference alone does to the price' }) })),
      })
      .meta({ description: 'By what the market pays for the differences' }),
  })
  .meta({ id: 'SimilarVehicle' });
