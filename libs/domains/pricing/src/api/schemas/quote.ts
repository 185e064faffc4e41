import { countrySchema, currencySchema, idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { buyerKinds, capacities, payees, sellerKinds } from '@autobroker/kernel';
import { z } from 'zod';
import { confidences } from '../../domain/costs/rules';
import { amount, day, percent, positive, region, vatIdSchema } from './cost';

/** Papers write it in capitals. */
const asInPapers = ['BUYER_AGENT', 'SELLER_AGENT', 'COMMISSIONAIRE', 'DEALER'] as const;
const staffs = 'Of the broker’s own people alone: ';

export const quoteBody = z.strictObject({
  vehicle_id: idSchema,
  listing_id: idSchema.optional().meta({ description: 'Which of its offers; by default the cheapest that can be bought at once' }),
  currency: currencySchema.optional().meta({ description: 'What the price is expected in; another one is refused' }),
  bid: positive.optional().meta({ description: 'For a car at an auction: the highest that is to be bid' }),
  capacity: z.enum([...capacities, ...asInPapers]).default('buyer_agent').meta({ description: 'In whose name the broker acts' }),
  destination: z.strictObject({ country: countrySchema, region: region.optional(), postal_code: z.string().trim().min(2).max(12).optional() }).meta({ description: 'Where it will be registered. The postal code is not kept' }),
  delivery: z
    .strictObject({
      method: z.enum(['formula', 'bands']).default('formula'),
      enclosed: z.boolean().default(false),
      inoperable: z.boolean().default(false),
      distance_miles: z.int().min(0).max(30_000).optional().meta({ description: `${staffs}otherwise it is measured from the car to the postal code` }),
    })
    .optional()
    .meta({ description: 'Without, the buyer comes for the car' }),
  accept_ranges: z.boolean().default(false).meta({ description: 'What is a range or unknown may stand beside the total as `open`; without, such a quote is refused, title and registration excepted' }),
  buyer_kind: z.enum(buyerKinds).default('private'),
  buyer_vat_id: vatIdSchema.optional(),
  local_tax_rate: percent.optional().meta({ description: 'County and city together, in per cent' }),
  auction: z
    .strictObject({ bid: z.enum(['live', 'proxy']).default('live'), tier: z.enum(['standard', 'high_volume']).optional().meta({ description: `${staffs}the broker’s tier at the house` }) })
    .optional(),
  buyer_id: idSchema.optional().meta({ description: `${staffs}or of a partner: whom the quote is for` }),
  seller_kind: z.enum(sellerKinds).exclude(['auction']).optional().meta({ description: `${staffs}who sells, \`private\` by default` }),
  trade_in: amount.optional().meta({ description: `${staffs}what is taken in payment, in minor units of the price’s currency` }),
  fees: z
    .array(z.strictObject({ code: z.string().regex(/^[a-z][a-z_]{2,39}$/u), label: z.string().trim().min(1).max(100), amount }))
    .max(20)
    .optional()
    .meta({ description: `${staffs}what else was agreed` }),
});
export type QuoteBody = z.output<typeof quoteBody>;

const rule = z
  .strictObject({ key: z.string(), version: z.string().meta({ description: 'Key, first day and a digest of what it says' }), source: z.string(), confidence: z.enum(confidences), valid_from: day })
  .nullable();
const said = { code: z.string(), label: z.string(), because: z.string(), rule };

export const quoteSchema = z
  .strictObject({
    id: idSchema,
    status: z.enum(['valid', 'expired']),
    buyer_id: idSchema,
    vehicle_id: idSchema,
    listing_id: idSchema.nullable(),
    price_version: z.int(),
    asked_price: moneySchema.meta({ description: 'What the offer stands at, before anything of the broker’s' }),
    capacity: z.enum(capacities),
    destination: z.strictObject({ country: z.string(), region: z.string().nullable() }),
    distance_miles: z.int().nullable(),
    lines: z.array(z.strictObject({ ...said, amount: moneySchema, payee: z.enum(payees) })),
    open: z.array(z.strictObject({ ...said, least: moneySchema.nullable(), most: moneySchema.nullable() })).meta({ description: 'What may be due besides, settled at cost: not in the total' }),
    total: moneySchema,
    token: z.string().meta({ description: 'All of this as a compact JWS (EdDSA), to be checked with the keys of /api/v1/quotes/jwks.json; good for one order' }),
    issued_at: timestampSchema,
    expires_at: timestampSchema,
  })
  .meta({ id: 'Quote' });

export const quoteKeySchema = z
  .strictObject({ kid: z.string(), status: z.enum(['next', 'current', 'previous', 'retired']), created_at: timestampSchema, activated_at: timestampSchema.nullable(), replaced_at: timestampSchema.nullable() })
  .meta({ id: 'QuoteSigningKey' });
