import { buyerKinds, capacities, isCurrencyCode, payees, sellerKinds } from '@autobroker/kernel';
import { z } from 'zod';

/** Whom a quote is for: never taken for an access token. */
export const quoteAudience = 'autobroker:quote';

/** What the header of a quote says that it is. */
export const quoteType = 'quote+jwt';

/** How long a quote binds. */
export const quoteLifetimeS = 72 * 60 * 60;

const amount = z.int().min(0);
/** `us-tx-sales-tax@2026-01-01#9f86d081`: key, first day and content of a rule. */
const ruleVersion = z.string().min(1).max(160);

/** What a quote says, signed by the pricing service. Every amount is in minor units of `currency`. */
export const quoteClaimsSchema = z
  .strictObject({
    iss: z.string().min(1),
    aud: z.literal(quoteAudience),
    /** Of the quote: good for one order. */
    jti: z.uuid(),
    /** The buyer. */
    sub: z.uuid(),
    tid: z.uuid(),
    iat: z.int(),
    nbf: z.int(),
    exp: z.int(),
    vehicle_id: z.uuid(),
    /** Null for a tenant's own stock that stands at no source. */
    listing_id: z.uuid().nullable(),
    /** Of the vehicle, when its price was read. */
    price_version: z.int().min(0),
    /** What the offer stood at, before anything of the broker's. */
    asked_price: amount,
    capacity: z.enum(capacities),
    /** What can be withdrawn from, and how the sale is taxed, goes by these two. */
    seller_kind: z.enum(sellerKinds),
    buyer_kind: z.enum(buyerKinds),
    currency: z.string().refine((code) => isCurrencyCode(code), { error: 'is not an ISO 4217 currency' }),
    destination: z.strictObject({ country: z.string(), region: z.string().nullable() }),
    lines: z.array(z.strictObject({ code: z.string(), amount, payee: z.enum(payees), rule: ruleVersion.nullable() })).min(1),
    /** What may be due besides and is settled at cost: from, to, or nobody knows. Not in the total. */
    open: z.array(z.strictObject({ code: z.string(), least: amount.nullable(), most: amount.nullable(), rule: ruleVersion.nullable() })),
    /** Every rule that was used, once. */
    rules: z.array(ruleVersion),
    total: amount,
  })
  .refine(({ lines, total }) => lines.reduce((sum, line) => sum + line.amount, 0) === total, { path: ['total'], error: 'is not the sum of the lines' })
  .refine(({ iat, nbf, exp }) => iat <= nbf && nbf < exp, { path: ['exp'], error: 'ends before it begins' });

export type QuoteClaims = z.output<typeof quoteClaimsSchema>;
