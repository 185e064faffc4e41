import { countrySchema, idSchema, moneySchema, queryFailureReasons, timestampSchema } from '@autobroker/contracts';
import { colours, damageTypes, mileageUnits } from '@autobroker/kernel';
import { z } from 'zod';
import { queryStatuses, scrapeStates } from '../../domain/queries/query-state';
import { priceBases } from '../../domain/queries/ranking';

const words = (most: number) => z.string().trim().min(1).max(most);
/** Absurd years are answered: with nothing known. */
const year = z.int().min(1).max(9_999);
const score = z.number().min(0).max(100);

export const priceQueryBody = z.strictObject({
  make: words(80).meta({ description: 'As people call it: VW, Mercedes, Chevy', example: 'VW' }),
  model: words(80).meta({ example: 'Golf' }),
  year: year.meta({ example: 2019 }),
  mileage: z.int().min(0).max(10_000_000).optional(),
  mileage_unit: z.enum(mileageUnits).optional().meta({ description: 'Of the mileage; kilometres unless told' }),
  color: words(40).optional().meta({ description: 'In words: grau, pearl white' }),
  damage_type: words(60).optional().meta({ description: 'In words: front end, hail; a sound car when absent' }),
  production_year: year.optional(),
  country: countrySchema.optional().meta({ description: 'Only cars that stand there; everywhere when absent' }),
});

const normalizedSchema = z.strictObject({
  make: z.string(),
  model: z.string(),
  trim: z.string().nullable(),
  year: z.int(),
  mileage_km: z.int().nullable(),
  color: z.enum(colours).nullable(),
  damage_type: z.enum(damageTypes).nullable(),
  production_year: z.int().nullable(),
  country: countrySchema.nullable(),
  recognised: z.boolean().meta({ description: 'Whether make and model are in the catalogue of names' }),
  unrecognised: z.array(z.enum(['color', 'damage_type'])).meta({ description: 'What was said and not understood, and so left out' }),
});

export const priceQuerySchema = z
  .strictObject({
    id: idSchema,
    version: z.int(),
    make: z.string(),
    model: z.string(),
    year: z.int(),
    mileage: z.int().nullable(),
    mileage_unit: z.enum(mileageUnits),
    color: z.string().nullable(),
    damage_type: z.string().nullable(),
    production_year: z.int().nullable(),
    country: countrySchema.nullable(),
    normalized_filters: normalizedSchema,
    average_price: moneySchema.nullable(),
    median_price: moneySchema.nullable(),
    price_confidence: z.number().min(0).max(1).meta({ description: '0 where nothing is known' }),
    comparables: z.int().meta({ description: 'Cars that the price is from' }),
    status: z.enum(queryStatuses),
    scrape: z.enum(scrapeStates).meta({ description: 'How the search for fresh listings stands' }),
    failure_reason: z.enum(queryFailureReasons).nullable(),
    created_at: timestampSchema,
    updated_at: timestampSchema,
    completed_at: timestampSchema.nullable(),
  })
  .meta({ id: 'PriceQuery' });

const carSchema = z
  .strictObject({
    make: z.string(),
    model: z.string(),
    trim: z.string().nullable(),
    year: z.int(),
    mileage_km: z.int().nullable(),
    color: z.enum(colours).nullable(),
    damage_type: z.enum(damageTypes),
    country: countrySchema.nullable(),
    price: moneySchema.nullable(),
    for_sale: z.boolean(),
  })
  .nullable()
  .meta({ description: 'As it is now; null when it is gone from the catalogue' });

const ranked = { vehicle_id: idSchema, similarity_score: score, rank: z.int().positive(), vehicle: carSchema };

export const priceQueryDetailSchema = z
  .strictObject({
    ...priceQuerySchema.shape,
    similar: z.array(z.strictObject({ ...ranked, learned_score: score.meta({ description: 'By what the market pays for the differences' }) })),
    auction_listings: z.array(
      z.strictObject({
        ...ranked,
        auction_platform: z.string(),
        listing_url: z.string().nullable(),
        estimated_price: moneySchema.nullable(),
        price_basis: z.enum(priceBases).nullable().meta({ description: 'Whether it can be bought at that price, went for it, or has been bid so far' }),
      }),
    ),
  })
  .meta({ id: 'PriceQueryDetail' });
