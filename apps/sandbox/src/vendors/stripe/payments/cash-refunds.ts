import type { Account } from '../account';
import { invalid, missing } from '../core/errors';
import { inWords } from '../money/amounts';
import { mergeMetadata, required, type Metadata } from '../core/params';
import type { Refund } from '../objects';
import { byTransfer, draftRefund } from './refund-drafts';
import { move } from './transfers';

interface Asked {
  readonly amount?: number | undefined;
  readonly currency?: string | undefined;
  readonly customer?: string | undefined;
  readonly metadata?: Metadata | null | undefined;
}

/** Money that a customer has sent and that no payment has taken goes back to their bank. It never was on the account's own balance. */
export function refundCash(account: Account, { amount, currency, customer: named, metadata }: Asked): Refund {
  const id = required(named, 'customer');
  const customer = account.customers.get(id);
  if (customer === undefined) throw missing('customer', id, 'customer');
  const [value, of] = [required(amount, 'amount'), required(currency, 'currency')];
  const there = customer._cash[of] ?? 0;
  if (value > there) throw invalid(`The customer's cash balance of ${inWords(there, of)} is insufficient.`, { param: 'amount' });
  const refund = draftRefund(account, { prefix: 'pyr', pending: true }, { amount: value, charge: null, currency: of, customer: customer.id, destination_details: byTransfer, metadata: mergeMetadata({}, metadata), payment_intent: null, payment_method: null, reason: null });
  move(account, customer, of, -value, { type: 'return_initiated', refunded_from_payment: { refund: refund.id } });
  account.refunds.put(refund);
  account.emit('refund.created', refund);
  return refund;
}

/** The bank did not take it, or it was called off: it lies on the customer's balance again. */
export function returnCash(account: Account, refund: Refund): void {
  const customer = account.customers.get(refund.customer ?? '');
  if (customer !== undefined) move(account, customer, refund.currency, refund.amount, { type: 'return_canceled', refunded_from_payment: { refund: refund.id } });
}
