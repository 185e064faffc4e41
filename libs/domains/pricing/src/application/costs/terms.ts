import { z } from 'zod';
import type { RuleTerms } from '../../domain/costs/rules';

const cents = z.int().min(0).max(100_000_000_000);
const percent = z.string().regex(/^\d{1,3}(?:\.\d{1,6})?$/u, 'A decimal number, in per cent').refine((text) => Number(text) <= 100, 'At most 100 per cent');
const name = z.string().regex(/^[a-z][a-z_]{1,39}$/u);
const ordered = <T extends { readonly least: number; readonly most: number | null }>({ least, most }: T): boolean => most === null || least <= most;
const order = { path: ['most'], error: 'Not below the least' };
const rises = (amounts: readonly number[]): boolean => amounts.every((amount, index) => index === 0 || amount > (amounts[index - 1] ?? 0));
const stepsRise = (steps: readonly { readonly from: number }[]): boolean => rises(steps.map(({ from }) => from));
const eachAbove = 'Each step begins above the one before it';
const isUpward = ([least, most]: readonly [string, string] | readonly [number, number]): boolean => Number(least) <= Number(most);
const upward = 'From the least to the most';
const shares = z.tuple([percent, percent]).refine(isUpward, upward);
const amounts = z.tuple([cents, cents]).refine(isUpward, upward);
const title = z.string().trim().min(2).max(80);
const flat = <K extends 'title_fee' | 'registration_fee'>(kind: K) =>
  z
    .strictObject({ kind: z.literal(kind), code: name, least: cents, most: cents, percent: percent.exactOptional(), ofNew: z.union([cents, amounts]).exactOptional(), ofArrival: amounts.nullable().exactOptional(), isOpen: z.boolean().exactOptional() })
    .refine(ordered, order)
    .refine(({ percent: share, isOpen }) => share === undefined || isOpen !== true, { path: ['isOpen'], error: 'What nobody tells is no share' });
const steps = z
  .array(z.strictObject({ from: cents, fee: cents.exactOptional(), percent: percent.exactOptional() }).refine(({ fee, percent: share }) => (fee === undefined) !== (share === undefined), 'Either a fee or a share'))
  .min(1)
  .max(200)
  .refine((all) => all[0]?.from === 0, 'The first step begins at 0')
  .refine(stepsRise, eachAbove);
const fees = <K extends 'auction_buyer_fee' | 'auction_bid_fee'>(kind: K) => z.strictObject({ kind: z.literal(kind), variant: name, steps });
/** Every way has a band: the last one has no end, and only the last. */
const bands = z
  .array(z.strictObject({ upToMiles: z.int().positive().nullable(), least: cents, most: cents }).refine(ordered, order))
  .min(1)
  .max(20)
  .refine((all) => all.every(({ upToMiles }, index) => (upToMiles === null) === (index === all.length - 1)), 'The last band, and no other, is without an end')
  .refine((all) => rises(all.map(({ upToMiles }) => upToMiles ?? Number.MAX_SAFE_INTEGER)), 'Each band ends beyond the one before it');

/** What a rule says, by its kind. */
export const termsSchema: z.ZodType<RuleTerms> = z.union([
  z
    .strictObject({
      kind: z.literal('sales_tax'),
      percent,
      percentAtMost: percent.exactOptional(),
      newPercent: percent.exactOptional(),
      usedSteps: z.array(z.strictObject({ from: cents, percent })).min(1).max(20).refine(stepsRise, eachAbove).exactOptional(),
      local: z.strictObject({ atMost: percent.nullable(), base: cents.nullable() }).nullable(),
      above: z.strictObject({ amount: cents, percent }).exactOptional(),
      beyond: z.strictObject({ amount: cents, percent }).exactOptional(),
      between: z.strictObject({ from: cents, to: cents, percent }).refine(({ from, to }) => from < to, 'It ends above where it begins').exactOptional(),
      excise: z.strictObject({ percent, usedFirst: z.strictObject({ amount: cents, fee: cents }).exactOptional() }).exactOptional(),
      least: cents.exactOptional(),
      most: cents.exactOptional(),
      tradeIn: z.enum(['full', 'none', 'new_only', 'unclear']),
      tradeInMost: cents.exactOptional(),
    })
    .refine(({ least = 0, most = null }) => ordered({ least, most }), order)
    .refine(({ percent: rate, percentAtMost }) => percentAtMost === undefined || isUpward([rate, percentAtMost]), { path: ['percentAtMost'], error: upward })
    .refine(({ tradeIn, tradeInMost }) => tradeInMost === undefined || tradeIn !== 'none', { path: ['tradeInMost'], error: 'Nothing of a trade-in is taken off' }),
  flat('title_fee'),
  flat('registration_fee'),
  z.strictObject({ kind: z.literal('auction_fixed_fee'), code: name, least: cents, most: cents }).refine(ordered, order),
  z.strictObject({ kind: z.literal('doc_fee_cap'), most: cents, percent: percent.exactOptional() }),
  z.strictObject({ kind: z.literal('vat'), percent }),
  z.strictObject({ kind: z.literal('registration_tax'), name: title, due: z.enum(['on_arrival', 'always']), percent: shares.exactOptional() }),
  z.strictObject({ kind: z.literal('transfer_tax'), name: title, percent: shares, freeUpTo: cents.exactOptional(), privateBuyersOnly: z.boolean().exactOptional() }),
  fees('auction_buyer_fee'),
  fees('auction_bid_fee'),
  z.strictObject({
    kind: z.literal('transport'),
    method: z.enum(['formula', 'bands']),
    freeMiles: z.int().min(0),
    base: cents,
    bands,
  }),
  z
    .strictObject({
      kind: z.literal('transport_extra'),
      variant: z.enum(['enclosed', 'inoperable']),
      percent: shares.exactOptional(),
      amount: amounts.exactOptional(),
    })
    .refine(({ percent: share, amount }) => share !== undefined || amount !== undefined, 'A share, an amount, or both'),
  z.strictObject({ kind: z.literal('broker_fee'), percent, least: cents, most: cents.nullable() }).refine(ordered, order),
]);
