import { paymentLegs, paymentMethods, paymentProviders } from '@autobroker/kernel';
import { z } from 'zod';
import { defineEvent } from '../event';
import { idSchema, moneySchema, timestampSchema } from '../schemas';

const orderId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b90';
const paymentId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b91';

const ref = { payment_id: idSchema, order_id: idSchema, leg: z.enum(paymentLegs), method: z.enum(paymentMethods), provider: z.enum(paymentProviders) };
const refFixture = { payment_id: paymentId, order_id: orderId, leg: 'deposit' as const, method: 'card' as const, provider: 'stripe' as const };

export const paymentAuthorized = defineEvent({
  type: 'payment.authorized.v1',
  service: 'payment',
  summary: 'The money is held at the buyer’s bank, and not taken yet.',
  data: z.strictObject({ ...ref, amount: moneySchema, capture_before: timestampSchema.nullable(), authorized_at: timestampSchema }),
  fixture: { ...refFixture, amount: { amount: 196_679, currency: 'EUR' }, capture_before: '2026-11-27T12:00:00.000Z', authorized_at: '2026-11-20T12:04:00.000Z' },
});

export const paymentCaptured = defineEvent({
  type: 'payment.captured.v1',
  service: 'payment',
  summary: 'The money has been taken. `amount` is what this capture took.',
  data: z.strictObject({ ...ref, amount: moneySchema, captured_at: timestampSchema }),
  fixture: { ...refFixture, amount: { amount: 196_679, currency: 'EUR' }, captured_at: '2026-11-23T10:00:00.000Z' },
});

/** Why a payment came to nothing: `expired` and `released` are authorisations that were let go, by their end or by us. */
export const paymentFailures = ['declined', 'authentication_failed', 'expired', 'released', 'abandoned', 'amount_mismatch', 'provider_error'] as const;

export const paymentFailed = defineEvent({
  type: 'payment.failed.v1',
  service: 'payment',
  summary: 'A payment came to nothing, and holds nothing any more.',
  data: z.strictObject({ ...ref, reason: z.enum(paymentFailures), decline_code: z.string().nullable(), may_try_again: z.boolean(), failed_at: timestampSchema }),
  fixture: { ...refFixture, reason: 'declined', decline_code: 'insufficient_funds', may_try_again: true, failed_at: '2026-11-20T12:04:00.000Z' },
});

export const paymentRefunded = defineEvent({
  type: 'payment.refunded.v1',
  service: 'payment',
  summary: 'Money went back to the buyer.',
  data: z.strictObject({ ...ref, refund_id: idSchema, amount: moneySchema, reason: z.string(), refunded_at: timestampSchema }),
  fixture: { ...refFixture, refund_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b94', amount: { amount: 196_679, currency: 'EUR' }, reason: 'order_cancelled', refunded_at: '2026-11-24T10:00:00.000Z' },
});

export const disputeStatuses = ['opened', 'evidence_sent', 'won', 'lost', 'withdrawn'] as const;

export const paymentDisputed = defineEvent({
  type: 'payment.disputed.v1',
  service: 'payment',
  summary: 'The buyer’s bank takes a payment back, or has decided on it.',
  data: z.strictObject({ ...ref, dispute_id: idSchema, status: z.enum(disputeStatuses), amount: moneySchema, reason: z.string(), due_by: timestampSchema.nullable(), changed_at: timestampSchema }),
  fixture: {
    ...refFixture,
    dispute_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b93',
    status: 'opened',
    amount: { amount: 196_679, currency: 'EUR' },
    reason: 'product_not_received',
    due_by: '2026-12-10T23:59:59.000Z',
    changed_at: '2026-12-01T10:00:00.000Z',
  },
});

export const paymentOrderSettled = defineEvent({
  type: 'payment.order_settled.v1',
  service: 'payment',
  summary: 'Everything that the buyer owed for an order is here.',
  // What was given back out of goodwill is not owed again: with it, what was received is the price.
  data: z.strictObject({ order_id: idSchema, received: moneySchema, given_back: moneySchema.optional(), settled_at: timestampSchema }),
  fixture: { order_id: orderId, received: { amount: 1_956_794, currency: 'EUR' }, given_back: { amount: 10_000, currency: 'EUR' }, settled_at: '2026-11-25T10:00:00.000Z' },
});

export const paymentRefundSettled = defineEvent({
  type: 'payment.refund_settled.v1',
  service: 'payment',
  summary: 'Of a cancelled order nothing is held and nothing is owed any more.',
  data: z.strictObject({ order_id: idSchema, refunded: moneySchema, retained: moneySchema, settled_at: timestampSchema }),
  fixture: { order_id: orderId, refunded: { amount: 196_679, currency: 'EUR' }, retained: { amount: 0, currency: 'EUR' }, settled_at: '2026-11-24T10:00:02.000Z' },
});

export const paymentEvents = [paymentAuthorized, paymentCaptured, paymentFailed, paymentRefunded, paymentDisputed, paymentOrderSettled, paymentRefundSettled] as const;
