import { countrySchema, currencySchema, idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import { termsSchema } from '../../application/costs/terms';
import { confidences } from '../../domain/costs/rules';

const day = z.iso.date();
const percent = z.string().regex(/^\d{1,2}(?:\.\d{1,4})?$/u, 'A decimal number, in per cent');
const region = z.string().regex(/^[A-Z0-9]{1,3}$/u, 'As in ISO 3166-2, without the country');
const place = z.strictObject({ country: countrySchema, region: region.optional(), postal_code: z.string().trim().min(2).max(12).optional() });
const amount = z.int().min(0).max(100_000_000_000);

const money = moneySchema.refine((sum) => sum.amount >= 0 && sum.amount <= 100_000_000_000, 'From nothing to a billion');

export const costBody = z.strictObject({
  vehicle_id: idSchema.optional().meta({ description: 'Of the catalogue: what the request does not say is taken from it' }),
  price: money.optional(),
  currency: currencySchema.optional().meta({ description: 'In which the buyer reckons: the total is told in it, too' }),
  date: day.optional().meta({ description: 'Which rules hold; today by default' }),
  origin: place.partial().optional(),
  destination: place,
  buyer_kind: z.enum(['private', 'business']).default('private'),
  buyer_vat_id: z.string().trim().min(4).max(20).optional(),
  seller_kind: z.enum(['private', 'dealer_margin', 'dealer_vat', 'auction']).default('private'),
  is_new: z.boolean().default(false),
  first_registration: day.optional(),
  mileage_km: z.int().min(0).max(10_000_000).optional(),
  trade_in: amount.default(0).meta({ description: 'Minor units of the price’s currency' }),
  local_tax_rate: percent.optional().meta({ description: 'County and city together, in per cent' }),
  auction: z.strictObject({ house: z.enum(['COPART', 'IAAI']), tier: z.enum(['standard', 'high_volume']).default('standard'), bid: z.enum(['live', 'proxy']).default('live') }).optional(),
  transport: z
    .strictObject({
      distance_miles: z.int().min(0).max(30_000).optional(),
      distance_km: z.int().min(0).max(50_000).optional().meta({ description: 'Instead of miles; a mile that has begun counts' }),
      method: z.enum(['formula', 'bands']).default('formula'),
      enclosed: z.boolean().default(false),
      inoperable: z.boolean().default(false),
    })
    .refine(({ distance_miles, distance_km }) => distance_miles === undefined || distance_km === undefined, { path: ['distance_km'], error: 'Miles or kilometres' })
    .optional(),
  broker_fee: z.boolean().default(true),
});
export type CostBody = z.output<typeof costBody>;

export const maxBidBody = z
  .strictObject({
    ...costBody.shape,
    limit: money.optional().meta({ description: 'All of it may cost so much, in the worst case' }),
    resale: z.strictObject({ price: money, margin: money }).optional().meta({ description: 'Instead of a limit: for how much it is sold again, and how much of that is to be left' }),
  })
  .refine(({ limit, resale }) => (limit === undefined) !== (resale === undefined), { path: ['limit'], error: 'Either a limit, or a resale with its margin' })
  .refine(({ limit }) => limit === undefined || limit.amount > 0, { path: ['limit'], error: 'A limit is above zero' })
  .refine(({ resale }) => resale === undefined || resale.price.currency === resale.margin.currency, { path: ['resale', 'margin'], error: 'In the currency of the price' })
  .refine(({ resale }) => resale === undefined || resale.margin.amount < resale.price.amount, { path: ['resale', 'margin'], error: 'Less than the price' });

const span = z.strictObject({ least: moneySchema, most: moneySchema });
const lineSchema = z.strictObject({
  code: z.string(),
  label: z.string(),
  amount: span.nullable().meta({ description: 'A range where it depends on what nobody told; null where there is such a cost and no rule says how much' }),
  rule: z.strictObject({ key: z.string(), source: z.string(), confidence: z.enum(confidences), valid_from: day, note: z.string().nullable() }).nullable(),
  because: z.string(),
});

export const landedSchema = z
  .strictObject({
    currency: currencySchema,
    date: day,
    distance_miles: z.int().nullable(),
    lines: z.array(lineSchema),
    total: span,
    is_exact: z.boolean(),
    converted: z
      .strictObject({ total: span, rate: z.string().meta({ description: 'What one unit of the currency is in the buyer’s' }), source: z.string(), day })
      .nullable()
      .meta({ description: 'The total in the buyer’s currency, at the reference rate of the day; null where that is the same' }),
    unknown: z.array(z.string()).meta({ description: 'Codes of the lines that are not in the total' }),
  })
  .meta({ id: 'LandedCost' });

export const maxBidSchema = z.strictObject({ bid: moneySchema, landed: landedSchema }).meta({ id: 'HighestBid' });

const ruleFields = {
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{2,79}$/u),
  jurisdiction: z.string().regex(/^(?:\*|[A-Z][A-Z0-9-]{1,19})$/u),
  terms: termsSchema,
  currency: currencySchema,
  valid_from: day,
  valid_to: day.nullable(),
  source: z.string().trim().min(3).max(500),
  confidence: z.enum(confidences),
  note: z.string().trim().max(1_000).nullable(),
};

export const costRuleBody = z.strictObject({ ...ruleFields, valid_to: day.nullable().default(null), note: ruleFields.note.default(null) }).refine(({ valid_from, valid_to }) => valid_to === null || valid_to > valid_from, { path: ['valid_to'], error: 'A rule ends after it began' });
export const endBody = z.strictObject({ valid_to: day });
export const costRuleSchema = z
  .strictObject({ ...ruleFields, id: idSchema.nullable().meta({ description: 'Null for rules that come with the program' }), added_at: timestampSchema.nullable() })
  .meta({ id: 'CostRule' });
