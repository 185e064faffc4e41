import { idSchema, moneySchema, timestampSchema } from '@autobroker/contracts';
import { paymentLegs, paymentMethods, paymentProviders } from '@autobroker/kernel';
import { z } from 'zod';
import { failureReasons, paymentStates } from '../../domain/vocabulary';

export const startBody = z.strictObject({
  leg: z.enum(paymentLegs),
  method: z.enum(paymentMethods),
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
    failure: z.strictObject({ reason: z.enum(failureReasons), decline_code: z.string().nullable() }).nullable(),
    next_action: z
      .strictObject({
        type: z.enum(['redirect', 'bank_transfer']),
        url: z.url().nullable(),
        transfer: z.strictObject({ remaining: moneySchema, reference: z.string().nullable(), iban: z.string().nullable(), bic: z.string().nullable(), holder: z.string().nullable(), account: z.string().nullable() }).nullable(),
      })
      .nullable()
      .meta({ description: 'What the buyer has to do now. The card itself is given to the provider alone, on its own page.' }),
    capture_before: timestampSchema.nullable(),
    expires_at: timestampSchema,
    created_at: timestampSchema,
    updated_at: timestampSchema,
  })
  .meta({ id: 'Payment' });
