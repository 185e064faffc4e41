import { countrySchema, currencySchema, idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import { failureKinds } from '../../application/external/ports';
import { externalSources } from '../../domain/external/external-valuation';

const share = z.number().min(0).max(1);
const problemSchema = z.strictObject({ kind: z.enum(failureKinds), detail: z.string(), at: timestampSchema });
const freshness = { fetched_at: timestampSchema, expires_at: timestampSchema, stale: z.boolean() };

const valueSchema = z.strictObject({
  currency: currencySchema,
  value: moneySchema.nullable().meta({ description: 'What a private buyer pays, or the middle of what it says' }),
  trade_in: moneySchema.nullable(),
  private_party: moneySchema.nullable(),
  retail: moneySchema.nullable(),
  low: moneySchema.nullable(),
  high: moneySchema.nullable(),
  trim: z.string().nullable().meta({ description: 'What it took the car for' }),
  trend: z.string().nullable(),
  summary: z.string().nullable(),
  citations: z.array(z.string()),
  ...freshness,
});

const aggregateSchema = z.strictObject({
  value: moneySchema,
  trade_in: moneySchema.nullable(),
  private_party: moneySchema.nullable(),
  retail: moneySchema.nullable(),
  confidence: share.meta({ description: 'How much of the weight is there and fresh, and how well they agree' }),
  disagreement: z.number().nonnegative(),
  weights: z.partialRecord(z.enum(externalSources), share),
  stale: z.array(z.enum(externalSources)),
  missing: z.array(z.enum(externalSources)),
});

const regionSchema = z.strictObject({
  country: countrySchema,
  region: z.string().nullable(),
  demand: z.enum(['low', 'balanced', 'high']).nullable(),
  price_level: z.number().nullable().meta({ description: 'Against the country’s mean, 1 being the same' }),
  days_to_sell: z.int().nullable(),
  trend: z.string().nullable(),
  summary: z.string().nullable(),
  citations: z.array(z.string()),
  ...freshness,
});

export const externalValuationsSchema = z
  .strictObject({
    vehicle_id: idSchema,
    sources: z.array(z.strictObject({ source: z.enum(externalSources), valuation: valueSchema.nullable(), problem: problemSchema.nullable().meta({ description: 'Why the last attempt gave nothing' }) })),
    aggregate: aggregateSchema.nullable(),
    region: regionSchema.nullable(),
  })
  .meta({ id: 'ExternalValuations' });

export const vendorBudgetSchema = z
  .strictObject({
    source: z.enum(externalSources),
    requests: z.strictObject({ used: z.int(), limit: z.int().nullable() }),
    cost: moneySchema,
    cost_limit: moneySchema.nullable(),
  })
  .meta({ id: 'ExternalValuationBudget' });

export const askedValuationsSchema = z.strictObject({ vehicle_id: idSchema, job_id: z.string(), status: z.literal('queued') }).meta({ id: 'ExternalValuationsAsked' });
