import { currencySchema, idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import { noneReasons } from '../../application/valuation/ports';
import { ratings, unratedReasons } from '../../domain/rating';
import { valuationMethods } from '../../domain/valuation';

const percent = z.number().meta({ description: 'In per cent' });
const minor = z.int().meta({ description: 'In minor units of `currency`' });

export const quantilesSchema = z
  .strictObject({ q10: minor, q35: minor, q50: minor, q65: minor, q90: minor })
  .meta({ id: 'PriceQuantiles', description: 'So many of 100 such cars cost less' });

export const priceFactorSchema = z
  .strictObject({
    factor: z.string(),
    value: z.union([z.string(), z.number(), z.null()]),
    effect: moneySchema.meta({ description: 'What it does to the price, against a typical car of its kind' }),
  })
  .meta({ id: 'PriceFactor' });

const coverageSchema = z
  .strictObject({ segment: z.string(), cars: z.int(), coverage80: percent })
  .meta({ id: 'IntervalCoverage', description: 'How often the interval from q10 to q90 has held for such cars that the model had not seen' });

const comparablesSummary = z.strictObject({
  count: z.int(),
  effective: z.number().meta({ description: 'How many equally good ones they are worth' }),
  rung: z.string().nullable().meta({ description: 'How wide was looked for them' }),
  lowest: moneySchema,
  median: moneySchema,
  highest: moneySchema,
});

const comparableSchema = z
  .strictObject({
    vehicle_id: idSchema,
    price: moneySchema.meta({ description: 'In the currency of the valuation' }),
    weight: z.number().nullable(),
    make: z.string().nullable(),
    model: z.string().nullable(),
    trim: z.string().nullable(),
    year: z.int().nullable(),
    mileage_km: z.int().nullable(),
    country: z.string().nullable(),
    asked: moneySchema.nullable().meta({ description: 'What its offer says now' }),
  })
  .meta({ id: 'ComparableCar' });

const conversionSchema = z
  .strictObject({ from: currencySchema, to: currencySchema, rate: z.string(), source: z.string(), day: z.iso.date() })
  .meta({ id: 'CurrencyConversion' });

const evidenceSchema = z
  .strictObject({
    comparables: z.array(comparableSchema),
    converted: conversionSchema.nullable(),
    ignored_facts: z.array(z.string()).meta({ description: 'Facts that can’t be so, and were left out' }),
    half_width_percent: percent.nullable(),
    model: z.strictObject({ id: idSchema, trained_at: timestampSchema }).nullable(),
    vehicle_version: z.int(),
  })
  .meta({ id: 'PricingEvidence' });

export const pricingSchema = z
  .strictObject({
    vehicle_id: idSchema,
    version: z.int().meta({ description: 'Counts up with every valuation that came to something else' }),
    currency: currencySchema,
    asking_price: moneySchema.nullable(),
    method: z.enum(valuationMethods),
    not_valued_because: z.enum(noneReasons).nullable(),
    value: moneySchema.nullable().meta({ description: 'The middle: half of such cars cost less' }),
    quantiles: quantilesSchema.nullable(),
    rating: z.enum(ratings).nullable(),
    unrated_because: z.enum(unratedReasons).nullable(),
    deal: z.strictObject({ position_percent: percent, difference: moneySchema }).nullable().meta({ description: 'The asking price against the middle' }),
    factors: z.array(priceFactorSchema),
    comparables: comparablesSummary.nullable(),
    market: z
      .strictObject({
        available: z.int().meta({ description: 'Such models for sale in its country' }),
        sold_45_days: z.int(),
        days_supply: z.number().nullable(),
        days_to_sell: z.int().nullable().meta({ description: 'Days by which half are sold' }),
        median: moneySchema.nullable(),
      })
      .nullable(),
    coverage: coverageSchema.nullable(),
    model: z.strictObject({ version: z.string(), trained_at: timestampSchema, degraded: z.boolean().meta({ description: 'Its interval has not held lately, or the market has moved away from it' }) }).nullable(),
    valued_at: timestampSchema,
    evidence: evidenceSchema.optional(),
  })
  .meta({ id: 'VehiclePricing' });

export type PricingJson = z.input<typeof pricingSchema>;
