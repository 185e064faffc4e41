import { countrySchema, currencySchema, idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { buyerKinds, sellerKinds } from '@autobroker/kernel';
import { z } from 'zod';
import { termsSchema } from '../../application/costs/terms';
import { confidences } from '../../domain/costs/rules';

export const day = z.iso.date();
export const percent = z.string().regex(/^\d{1,2}(?:\.\d{1,4})?$/u, 'A decimal number, in per cent');
export const region = z.string().regex(/^[A-Z0-9]{1,3}$/u, 'As in ISO 3166-2, without the country');
const place = z.strictObject({ country: countrySchema, region: region.optional(), postal_code: z.string().trim().min(2).max(12).optional() });
/** Of the largest amounts some currencies need many minor units; sums of several stay exact. */
const largest = 100_000_000_000_000;
export const amount = z.int().min(0).max(largest);

/** As the member states write it: a country and up to thirteen signs. */
export const vatIdSchema = z
  .string()
  .trim()
  .regex(/^[A-Z]{2}[0-9A-Z+*]{2,13}$/u, 'A VAT number with its country, as DE123456789')
  .meta({ description: 'Of a business buyer; it is not kept' });

export const costBody = z.strictObject({
  vehicle_id: idSchema.optional().meta({ description: 'Of the catalogue: what the request does not say is taken from it' }),
  price: moneySchema.refine((price) => price.amount >= 0 && price.amount <= largest, 'A price is not below zero, nor beyond all measure').optional(),
  date: day.optional().meta({ description: 'Which rules hold; today by default' }),
  origin: place.partial().optional(),
  destination: place,
  buyer_kind: z.enum(buyerKinds).default('private'),
  buyer_vat_id: vatIdSchema.optional(),
  seller_kind: z.enum(sellerKinds).default('private'),
  is_new: z.boolean().default(false),
  first_registration: day.optional(),
  mileage_km: z.int().min(0).max(10_000_000).optional(),
  bought_for: amount.optional().meta({ description: 'For a dealer under the margin scheme: what the car has cost, in minor units of the price’s currency. The tax inside the margin is told under `inside`' }),
  trade_in: amount.default(0).meta({ description: 'Minor units of the price’s currency' }),
  local_tax_rate: percent.optional().meta({ description: 'County and city together, in per cent' }),
  auction: z.strictObject({ house: z.enum(['COPART', 'IAAI']), tier: z.enum(['standard', 'high_volume']).default('standard'), bid: z.enum(['live', 'proxy']).default('live'), title: z.enum(['clean', 'non_clean']).optional() }).optional(),
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
  buyer_currency: currencySchema.optional().meta({ description: 'The total is told in this currency too, with the rate and its day' }),
});
export type CostBody = z.output<typeof costBody>;

export const positive = moneySchema.refine(({ amount: limit }) => limit > 0 && limit <= largest, 'It is above zero, and not beyond all measure');

export const maxBidBody = z
  .strictObject({
    ...costBody.shape,
    limit: positive.optional().meta({ description: 'All of it may cost so much, in the worst case' }),
    resale_value: positive.optional().meta({ description: 'What the car will bring: with `margin` or `margin_percent` this gives the limit' }),
    margin: moneySchema.refine(({ amount: margin }) => margin >= 0 && margin <= largest, 'It is not below zero').optional(),
    margin_percent: percent.optional().meta({ description: 'Of what the car will bring' }),
  })
  .refine(({ limit, resale_value, margin, margin_percent }) => (limit === undefined) !== (resale_value === undefined) && (resale_value === undefined ? margin === undefined && margin_percent === undefined : (margin === undefined) !== (margin_percent === undefined)), {
    path: ['limit'],
    error: 'Give a limit; or a resale value with a margin or a margin in per cent',
  })
  .refine(({ resale_value, margin }) => resale_value === undefined || margin === undefined || margin.currency !== resale_value.currency || margin.amount < resale_value.amount, { path: ['margin'], error: 'Less than what the car will bring' });
export type MaxBidBody = z.output<typeof maxBidBody>;

const span = z.strictObject({ least: moneySchema, most: moneySchema });
const lineSchema = z.strictObject({
  code: z.string(),
  label: z.string(),
  amount: span.nullable().meta({ description: 'A range where it depends on what nobody told; null where there is such a cost and no rule says how much' }),
  rule: z.strictObject({ key: z.string(), source: z.string(), confidence: z.enum(confidences), valid_from: day, valid_to: day.nullable(), note: z.string().nullable() }).nullable(),
  because: z.string(),
});

export const landedSchema = z
  .strictObject({
    currency: currencySchema,
    date: day,
    distance_miles: z.int().nullable(),
    lines: z.array(lineSchema),
    inside: z.array(lineSchema).meta({ description: 'Taxes that the price holds already, shown on no invoice' }),
    total: span,
    converted: z
      .strictObject({ total: span, rate: z.string(), day, source: z.enum(['same', 'ecb', 'builtin']) })
      .nullable()
      .meta({ description: 'The total in the buyer’s currency, at the reference rate of a day; never what a bank will take' }),
    is_exact: z.boolean(),
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

export const costRuleBody = z
  .strictObject({ ...ruleFields, valid_to: day.nullable().default(null), note: ruleFields.note.default(null) })
  .refine(({ valid_from, valid_to }) => valid_to === null || valid_to > valid_from, { path: ['valid_to'], error: 'A rule ends after it began' })
  .refine(({ jurisdiction, currency }) => !/^US(?:-|$)/u.test(jurisdiction) || currency === 'USD', { path: ['currency'], error: 'Amounts of the United States are in USD' });
export const endBody = z.strictObject({ valid_to: day });
export const costRuleSchema = z
  .strictObject({ ...ruleFields, id: idSchema.nullable().meta({ description: 'Null for rules that come with the program' }), added_at: timestampSchema.nullable() })
  .meta({ id: 'CostRule' });

export const feeBody = z
  .strictObject({
    percent: percent.default('0').meta({ description: 'Of the price; 0 with `least` alone is a flat fee' }),
    least: amount.default(0),
    most: amount.nullable().default(null),
    currency: currencySchema,
    valid_from: day,
  })
  .refine(({ least, most }) => most === null || most >= least, { path: ['most'], error: 'It is not below the least' })
  .transform((body) => ({ ...body, most: body.most ?? (/^0+(?:\.0+)?$/u.test(body.percent) ? body.least : null) }));
export const feeSchema = z
  .strictObject({ id: idSchema, percent, least: amount, most: amount.nullable(), currency: currencySchema, valid_from: day, added_at: timestampSchema })
  .meta({ id: 'FeeSchedule' });
