import { idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { paymentLegs, paymentMethods, paymentProviders } from '@autobroker/kernel';
import { z } from 'zod';
import { savedCardStates } from '../../domain/saved-card';
import { failureReasons, paymentStates } from '../../domain/vocabulary';

export const startBody = z.strictObject({
  leg: z.enum(paymentLegs),
  method: z.enum(paymentMethods),
  saved_card_id: idSchema.optional().meta({ description: 'One of the buyer’s saved cards, for a deposit: charged at once. Where the bank wants to see the buyer, `next_action` leads to the provider’s page as without it' }),
  amount: moneySchema.refine(({ amount }) => amount > 0, { path: ['amount'], error: 'is above zero' }).optional().meta({ description: 'What the buyer was shown: refused when something else is owed' }),
});

export const paymentSchema = z
  .strictObject({
    id: idSchema,
    order_id: idSchema,
    leg: z.enum(paymentLegs),
    method: z.enum(paymentMethods),
    provider: z.enum(paymentProviders),
    attempt: z.int().positive(),
    state: z.enum(paymentStates),
    amount: moneySchema,
    authorized: moneySchema,
    captured: moneySchema,
    refunded: moneySchema,
    saved_card_id: idSchema.nullable(),
    failure: z.strictObject({ reason: z.enum(failureReasons), decline_code: z.string().nullable() }).nullable(),
    next_action: z
      .strictObject({
        type: z.enum(['redirect', 'bank_transfer']),
        url: z.url().nullable(),
        transfer: z.strictObject({ remaining: moneySchema, reference: z.string().nullable(), iban: z.string().nullable(), bic: z.string().nullable(), holder: z.string().nullable(), account: z.string().nullable() }).nullable(),
      })
      .nullable()
      .meta({ description: 'What the buyer has to do now. The card itself is given to the provider alone, on its own page.' }),
    authorized_at: timestampSchema.nullable(),
    captured_at: timestampSchema.nullable(),
    capture_before: timestampSchema.nullable(),
    expires_at: timestampSchema,
    created_at: timestampSchema,
    updated_at: timestampSchema,
  })
  .meta({ id: 'Payment' });

export const savedCardSchema = z
  .strictObject({
    id: idSchema,
    version: z.int().positive(),
    state: z.enum(savedCardStates),
    card: z.strictObject({ brand: z.string(), last4: z.string(), exp_month: z.int(), exp_year: z.int() }).nullable(),
    next_action: z.strictObject({ type: z.literal('redirect'), url: z.url() }).nullable().meta({ description: 'Where the buyer gives the card to the provider, on its own page' }),
    expires_at: timestampSchema.meta({ description: 'Of that page' }),
    created_at: timestampSchema,
  })
  .meta({ id: 'SavedCard' });
