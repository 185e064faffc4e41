import { z } from 'zod';
import type { RuleTerms } from '../../domain/costs/rules';

const cents = z.int().min(0).max(100_000_000_000);
const percent = z.string().regex(/^\d{1,3}(?:\.\d{1,6})?$/u, 'A decimal number, in per cent');
const flat = <K extends 'title_fee' | 'registration_fee' | 'auction_fixed_fee'>(kind: K) => z.strictObject({ kind: z.literal(kind), code: z.string().regex(/^[a-z][a-z_]{1,39}$/u), least: cents, most: cents });
const fees = <K extends 'auction_buyer_fee' | 'auction_bid_fee'>(kind: K) =>
  z.strictObject({
    kind: z.literal(kind),
    variant: z.string().regex(/^[a-z][a-z_]{1,39}$/u),
    steps: z
      .array(z.strictObject({ from: cents, fee: cents.exactOptional(), percent: percent.exactOptional() }))
      .min(1)
      .max(200)
      .refine((steps) => steps.every(({ from }, index) => index === 0 || from > (steps[index - 1]?.from ?? 0)), 'Each step begins above the one before it'),
  });

/** What a rule says, by its kind. */
export const termsSchema: z.ZodType<RuleTerms> = z.union([
  z.strictObject({
    kind: z.literal('sales_tax'),
    percent,
    percentAtMost: percent.exactOptional(),
    newPercent: percent.exactOptional(),
    usedBelow: z.array(z.strictObject({ below: cents, percent })).min(1).max(10).exactOptional(),
    usedFirst: z.strictObject({ amount: cents, fee: cents }).exactOptional(),
    local: z.strictObject({ atMost: percent.nullable(), base: cents.nullable() }).nullable(),
    above: z.strictObject({ amount: cents, percent }).exactOptional(),
    beyond: z.strictObject({ amount: cents, percent }).exactOptional(),
    besides: z.strictObject({ from: cents, to: cents.nullable(), percent }).exactOptional(),
    least: cents.exactOptional(),
    most: cents.exactOptional(),
    tradeIn: z.enum(['full', 'none', 'unclear']),
    tradeInMost: cents.exactOptional(),
  }),
  flat('title_fee'),
  flat('registration_fee'),
  flat('auction_fixed_fee'),
  z.strictObject({ kind: z.literal('doc_fee_cap'), most: cents, percent: percent.exactOptional() }),
  z.strictObject({ kind: z.literal('vat'), percent }),
  fees('auction_buyer_fee'),
  fees('auction_bid_fee'),
  z.strictObject({
    kind: z.literal('transport'),
    method: z.enum(['formula', 'bands']),
    freeMiles: z.int().min(0),
    base: cents,
    bands: z.array(z.strictObject({ upToMiles: z.int().positive().nullable(), least: cents, most: cents })).min(1).max(20),
    enclosedPercent: z.tuple([percent, percent]),
    inoperable: z.tuple([cents, cents]),
  }),
  z.strictObject({ kind: z.literal('broker_fee'), percent, least: cents, most: cents.nullable() }),
]);
