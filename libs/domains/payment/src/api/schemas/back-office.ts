import { currencySchema, idSchema, lineSchema, moneySchema, timestampSchema, disputeStatuses, toldDaySchema } from '@autobroker/contracts';
import { payees, paymentProviders } from '@autobroker/kernel';
import { z } from 'zod';
import { journalKinds, ledgerAccounts } from '../../domain/ledger';
import { refundOrigins, refundPartStatuses, refundStates } from '../../domain/refunds';

const note = z.string().trim().min(1).max(500);

export const refundBody = z.strictObject({
  order_id: idSchema,
  amount: moneySchema.refine(({ amount }) => amount > 0, { path: ['amount'], error: 'is above zero' }),
  reason: note,
});
export const decisionBody = z.strictObject({ note: note.optional() });
export const refusalBody = z.strictObject({ note });

export const refundSchema = z
  .strictObject({
    id: idSchema,
    order_id: idSchema,
    version: z.int().positive(),
    amount: moneySchema,
    reason: z.string(),
    origin: z.enum(refundOrigins),
    state: z.enum(refundStates),
    needs_second: z.boolean().meta({ description: 'Above the tenant’s limit: somebody else than who asked has to approve it' }),
    requested_by: z.string().nullable(),
    decided_by: z.string().nullable(),
    decision_note: z.string().nullable(),
    parts: z.array(z.strictObject({ id: idSchema, payment_id: idSchema, amount: moneySchema, status: z.enum(refundPartStatuses), replaced: z.boolean() })),
    created_at: timestampSchema,
    decided_at: timestampSchema.nullable(),
    settled_at: timestampSchema.nullable(),
  })
  .meta({ id: 'Refund' });

export const limitBody = z
  .strictObject({
    amount: z.int().min(0).optional().meta({ description: 'In minor units of the currency' }),
    limit: moneySchema.optional().meta({ description: 'The same, as it is read' }),
    currency: currencySchema.optional(),
    version: z.int().min(0).optional().meta({ description: 'As it was read: `If-Match` is what counts' }),
  })
  .refine(({ amount, limit }) => (amount === undefined) !== (limit === undefined), { error: 'is said by `amount` or by `limit`', path: ['amount'] })
  .refine(({ amount, limit }) => (amount ?? limit?.amount ?? 0) >= 0, { error: 'is not below zero', path: ['limit', 'amount'] });
export const limitSchema = z.strictObject({ currency: currencySchema, limit: moneySchema, version: z.int().min(0) }).meta({ id: 'RefundLimit' });

const entrySchema = z.strictObject({ account: z.enum(ledgerAccounts), payee: z.enum(payees).nullable(), amount: z.int().meta({ description: 'Debits are above zero, credits below' }) });
export const journalSchema = z
  .strictObject({
    id: idSchema,
    kind: z.enum(journalKinds),
    order_id: idSchema.nullable(),
    payment_id: idSchema.nullable(),
    currency: currencySchema,
    provider: z.enum(paymentProviders).nullable(),
    provider_ref: z.string().nullable(),
    memo: z.int().meta({ description: 'What was held or let go of a card: no money of ours, and in no balance' }),
    posted_at: timestampSchema,
    entries: z.array(entrySchema),
  })
  .meta({ id: 'Journal' });

export const balancesSchema = z
  .strictObject({
    order_id: idSchema,
    balances: z.array(z.strictObject({ account: z.enum(ledgerAccounts), balance: moneySchema })),
    position: z.strictObject({ deposits: moneySchema, payments: moneySchema, refunds: moneySchema, chargebacks: moneySchema, settled: moneySchema, refund_due: moneySchema }).meta({ description: 'deposits + payments − refunds − chargebacks = settled + refund due' }),
    owed: z.strictObject({ deposit: moneySchema, balance: moneySchema }),
  })
  .meta({ id: 'OrderBalances' });

export const disputeSchema = z
  .strictObject({
    id: idSchema,
    order_id: idSchema,
    payment_id: idSchema,
    provider: z.enum(paymentProviders),
    provider_ref: z.string(),
    amount: moneySchema,
    taken_back: moneySchema,
    given_back: moneySchema,
    reason: z.string(),
    status: z.enum(disputeStatuses),
    due_by: timestampSchema.nullable(),
    opened_at: timestampSchema,
    changed_at: timestampSchema,
  })
  .meta({ id: 'Dispute' });

/** What Stripe takes as text; PayPal gets it as one. */
export const evidenceFields = ['access_activity_log', 'cancellation_policy_disclosure', 'cancellation_rebuttal', 'duplicate_charge_explanation', 'product_description', 'refund_policy_disclosure', 'refund_refusal_explanation', 'service_date', 'shipping_carrier', 'shipping_date', 'shipping_tracking_number'] as const;
export const evidenceBody = z.strictObject({ statement: z.string().trim().min(1).max(20_000), fields: z.partialRecord(z.enum(evidenceFields), z.string().min(1).max(20_000)).optional() });

export const payoutSchema = z
  .strictObject({
    id: idSchema,
    order_id: idSchema,
    version: z.int().positive(),
    payee: z.enum(payees),
    amount: moneySchema,
    state: z.enum(['due', 'paid']),
    bank_reference: z.string().nullable(),
    created_at: timestampSchema,
    paid_at: timestampSchema.nullable(),
  })
  .meta({ id: 'SellerPayout' });
export const payBody = z.strictObject({ bank_reference: lineSchema(140) });

export const breakSchema = z
  .strictObject({
    id: idSchema,
    version: z.int().positive(),
    kind: z.string(),
    order_id: idSchema.nullable(),
    payment_id: idSchema.nullable(),
    provider: z.string().nullable(),
    provider_ref: z.string().nullable(),
    expected: z.int().nullable(),
    actual: z.int().nullable(),
    currency: z.string().nullable(),
    state: z.enum(['open', 'resolved']),
    note: z.string().nullable(),
    found_at: timestampSchema,
    resolved_at: timestampSchema.nullable(),
  })
  .meta({ id: 'ReconciliationBreak' });
export const resolveBody = z.strictObject({ note });

export const runBody = z.strictObject({ provider: z.enum(paymentProviders).optional(), day: toldDaySchema.optional() });
export const reportSchema = z
  .strictObject({ id: idSchema, provider: z.string(), day: z.iso.date(), movements: z.int(), breaks: z.int(), finished_at: timestampSchema })
  .meta({ id: 'Reconciliation' });
