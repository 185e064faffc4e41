import type { Account } from '../account';
import type { Refund } from '../objects';

type Own = Pick<Refund, 'amount' | 'charge' | 'currency' | 'customer' | 'destination_details' | 'metadata' | 'payment_intent' | 'payment_method' | 'reason'>;

/** To the bank that the money came from. */
export const byTransfer: Refund['destination_details'] = { eu_bank_transfer: { reference: null, reference_status: 'pending' }, type: 'eu_bank_transfer' };

/** A refund as it begins; nothing has moved yet. */
export const draftRefund = (account: Account, { prefix, pending }: { readonly prefix: 're' | 'pyr'; readonly pending: boolean }, own: Own): Refund => ({
  id: account.id(prefix),
  object: 'refund',
  created: account.now(),
  amount: own.amount,
  balance_transaction: null,
  charge: own.charge,
  currency: own.currency,
  customer: own.customer,
  customer_account: null,
  destination_details: own.destination_details,
  metadata: own.metadata,
  payment_intent: own.payment_intent,
  payment_method: own.payment_method,
  reason: own.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: pending ? 'pending' : 'succeeded',
  transfer_reversal: null,
  ...(pending ? { pending_reason: 'processing' } : {}),
});
