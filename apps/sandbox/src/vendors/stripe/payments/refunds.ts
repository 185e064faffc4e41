import type { Account } from '../account';
import { behaviourOf } from '../cards';
import { invalid, missing } from '../core/errors';
import { checkOwner, listRows } from '../core/lists';
import { flag, mergeMetadata, metadata, oneOf, readParams, text } from '../core/params';
import type { Page } from '../core/render';
import type { Call, Endpoint } from '../core/routes';
import { amount, currency, inWords } from '../money/amounts';
import { book } from '../money/balance';
import type { Charge, Refund } from '../objects';
import { letGo } from './engine';
import { findIntent } from './intents';
import { refundCash, returnCash } from './cash-refunds';
import { byTransfer, draftRefund } from './refund-drafts';

/** "Some time later", so that whoever waits sees both. */
const laterSeconds = 3;

const chargeOf = (account: Account, given: { readonly charge?: string | undefined; readonly payment_intent?: string | undefined }): Charge => {
  if (given.charge === undefined && given.payment_intent === undefined) throw invalid('One of the following params should be provided for this request: payment_intent or charge.', { code: 'parameter_missing' });
  if (given.charge !== undefined && given.payment_intent !== undefined) throw invalid('You may only specify one of these parameters: charge, payment_intent.', { code: 'parameters_exclusive', param: 'charge' });
  if (given.charge !== undefined) {
    const charge = account.charges.get(given.charge);
    if (charge === undefined) throw missing('charge', given.charge, 'charge');
    return charge;
  }
  const intent = findIntent(account, given.payment_intent ?? '', 'payment_intent');
  const charge = account.charges.get(intent.latest_charge ?? '');
  if (charge === undefined || charge.status !== 'succeeded') throw invalid(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, { param: 'payment_intent' });
  return charge;
};

const left = (charge: Charge): number => charge.amount_captured - charge.amount_refunded;

function check(charge: Charge, value: number): void {
  if (charge.amount_captured === 0) throw invalid(`Charge ${charge.id} has not been captured. Cancel its PaymentIntent to release the authorization.`, { code: 'charge_not_refundable', charge: charge.id });
  if (charge.disputed && charge._dispute !== null) throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed', charge: charge.id });
  if (left(charge) === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded', charge: charge.id });
  const limit = charge.amount_refunded === 0 ? 'charge amount' : 'unrefunded amount on charge';
  if (value > left(charge)) throw invalid(`Refund amount (${inWords(value, charge.currency)}) is greater than ${limit} (${inWords(left(charge), charge.currency)})`, { code: 'amount_too_large', param: 'amount', charge: charge.id });
}

const create = ({ account, raw }: Call): Refund => {
  const given = readParams({ amount, charge: text(), currency, customer: text(), instructions_email: text(), metadata, origin: oneOf('customer_balance'), payment_intent: text(), reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'), refund_application_fee: flag, reverse_transfer: flag }, raw);
  if (given.origin === 'customer_balance') {
    const refund = refundCash(account, given);
    account.later(account.now() + laterSeconds, 'refund.succeed', refund.id);
    return refund;
  }
  const charge = chargeOf(account, given);
  if (given.currency !== undefined && given.currency !== charge.currency) throw invalid(`The currency of the refund (${given.currency}) does not match the one of the charge (${charge.currency}).`, { param: 'currency' });
  const held = charge.payment_intent === null && charge.status === 'succeeded' && !charge.captured && !charge.refunded;
  const value = given.amount ?? (held ? charge.amount : left(charge));
  if (held && value !== charge.amount) throw invalid('An uncaptured charge can only be released as a whole: capture less of it instead.', { param: 'amount', charge: charge.id });
  if (!held) check(charge, value);
  const transfer = charge.payment_method_details.type === 'customer_balance';
  const pending = transfer || behaviourOf(charge._number).refund === 'pending';
  const refund = draftRefund(account, { prefix: transfer ? 'pyr' : 're', pending }, {
    amount: value,
    charge: charge.id,
    currency: charge.currency,
    customer: charge.customer,
    destination_details: transfer ? byTransfer : { card: { reference: String(1_000_000_000 + (charge.created % 1_000_000_000)), reference_status: 'available', reference_type: 'acquirer_reference_number', type: 'refund' }, type: 'card' },
    metadata: mergeMetadata({}, given.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason ?? null,
  });
  // Nothing was taken of what is only held: nothing is booked.
  if (!held) refund.balance_transaction = book(account, { type: transfer ? 'payment_refund' : 'refund', category: 'refund', amount: -value, currency: charge.currency, source: refund.id, description: charge.description === null ? 'REFUND FOR CHARGE' : `REFUND FOR CHARGE (${charge.description})` }).id;
  account.refunds.put(refund);
  if (held) letGo(account, charge, 'charge.refunded');
  else account.change(account.charges, charge, (one) => {
    one.amount_refunded += value;
    one.refunded = one.captured && one.amount_refunded === one.amount_captured;
    if (given.reason === 'fraudulent') one.fraud_details = { user_report: 'fraudulent' };
  }, 'charge.refunded');
  account.emit('refund.created', refund);
  for (const warning of account.warnings.oldestFirst()) if (warning.charge === charge.id && charge.refunded) account.warnings.put(Object.assign(warning, { actionable: false }));
  if (pending) account.later(account.now() + laterSeconds, 'refund.succeed', refund.id);
  if (behaviourOf(charge._number).refund === 'fails_later') account.later(account.now() + laterSeconds, 'refund.fail', refund.id);
  return refund;
};

/** The money comes back to where it was, the account or a customer's balance; the charge is as if it had never been refunded. */
function undo(account: Account, refund: Refund, to: 'failed' | 'canceled', reason: string | null): void {
  const charged = refund.charge !== null;
  const back = charged ? book(account, { type: to === 'failed' ? 'refund_failure' : 'payment_failure_refund', category: 'refund_failure', amount: refund.amount, currency: refund.currency, source: refund.id, description: 'REFUND FAILURE' }) : null;
  if (!charged) returnCash(account, refund);
  account.change(account.refunds, refund, (one) => {
    one.status = to;
    if (back !== null) one.failure_balance_transaction = back.id;
    if (reason !== null) one.failure_reason = reason;
    delete one.pending_reason;
  }, 'refund.updated', ...(to === 'failed' ? ['refund.failed'] : []), ...(charged ? ['charge.refund.updated'] : []));
  const charge = account.charges.get(refund.charge ?? '');
  if (charge === undefined) return;
  account.change(account.charges, charge, (one) => {
    one.amount_refunded -= refund.amount;
    one.refunded = false;
  }, 'charge.updated');
}

export function playRefunds(account: Account): void {
  account.on('refund.succeed', (id) => {
    const refund = account.refunds.get(id);
    if (refund?.status !== 'pending') return;
    account.change(account.refunds, refund, (one) => {
      one.status = 'succeeded';
      delete one.pending_reason;
    }, 'refund.updated', 'charge.refund.updated');
  });
  account.on('refund.fail', (id) => {
    const refund = account.refunds.get(id);
    if (refund?.status === 'succeeded') undo(account, refund, 'failed', 'expired_or_canceled_card');
  });
}

const find = (account: Account, id: string): Refund => {
  const found = account.refunds.get(id);
  if (found === undefined) throw missing('refund', id, 'refund');
  return found;
};

const all = ({ account, raw }: Call): Page => {
  checkOwner(raw, 'charge', 'charge', (id) => account.charges.get(id));
  checkOwner(raw, 'payment_intent', 'payment_intent', (id) => account.intents.get(id));
  return listRows({ table: account.refunds, url: '/v1/refunds', noun: 'refund', filters: { charge: text(), payment_intent: text() }, fits: (row, given) => (given.charge === undefined || row.charge === given.charge) && (given.payment_intent === undefined || row.payment_intent === given.payment_intent) }, raw);
};

export const refundEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/refunds', create],
  ['GET', '/v1/refunds', all],
  ['GET', '/v1/refunds/:id', ({ account, params }) => find(account, params['id'] ?? '')],
  ['POST', '/v1/refunds/:id', ({ account, params, raw }) => {
    const given = readParams({ metadata }, raw);
    return account.change(account.refunds, find(account, params['id'] ?? ''), (one) => {
      one.metadata = mergeMetadata(one.metadata, given.metadata);
    }, 'refund.updated', 'charge.refund.updated');
  }],
  ['POST', '/v1/refunds/:id/cancel', ({ account, params }) => {
    const refund = find(account, params['id'] ?? '');
    if (refund.status !== 'pending' && refund.status !== 'requires_action') throw invalid('This refund cannot be canceled: only a refund that requires action or is pending can.', {});
    undo(account, refund, 'canceled', null);
    return refund;
  }],
  ['GET', '/v1/charges/:id/refunds', ({ account, params, raw }) => {
    const id = params['id'] ?? '';
    if (account.charges.get(id) === undefined) throw missing('charge', id, 'id');
    return listRows({ table: account.refunds, url: `/v1/charges/${id}/refunds`, noun: 'refund', filters: {}, fits: (row) => row.charge === id }, raw);
  }],
];

