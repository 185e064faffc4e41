import type { Account } from '../account';
import { email, shipping } from '../core/contacts';
import { missing } from '../core/errors';
import { checkOwner, listRows } from '../core/lists';
import { searchRows } from '../core/search';
import { int, flag, mergeMetadata, metadata, notPlayed, oneOf, hash, readParams, text, unsettable } from '../core/params';
import type { Endpoint } from '../core/routes';
import { amount } from '../money/amounts';
import type { Charge } from '../objects';
import { descriptor } from './descriptors';
import { captureDirect } from './direct';
import { capture } from './engine';
import { findIntent } from './intents';

const find = (account: Account, id: string): Charge => {
  const found = account.charges.get(id);
  if (found === undefined) throw missing('charge', id, 'id');
  return found;
};

export const chargeEndpoints: readonly Endpoint[] = [
  ['GET', '/v1/charges', ({ account, raw }) => {
    checkOwner(raw, 'customer', 'customer', (id) => account.customerEver(id));
    checkOwner(raw, 'payment_intent', 'payment_intent', (id) => account.intents.get(id));
    return listRows({ table: account.charges, url: '/v1/charges', noun: 'charge', filters: { customer: text(), payment_intent: text(), transfer_group: text() }, fits: (row, given) => (given.customer === undefined || row.customer === given.customer) && (given.payment_intent === undefined || row.payment_intent === given.payment_intent) && (given.transfer_group === undefined || row.transfer_group === given.transfer_group) }, raw);
  }],
  ['GET', '/v1/charges/search', ({ account, raw }) => searchRows(account.charges, '/v1/charges/search', ['amount', 'created', 'currency', 'customer', 'disputed', 'metadata', 'payment_method_details.card.brand', 'payment_method_details.card.exp_month', 'payment_method_details.card.exp_year', 'payment_method_details.card.fingerprint', 'payment_method_details.card.last4', 'refunded', 'status'], raw)],
  ['GET', '/v1/charges/:id', ({ account, params }) => find(account, params['id'] ?? '')],
  ['POST', '/v1/charges/:id', ({ account, params, raw }) => {
    const charge = find(account, params['id'] ?? '');
    const given = readParams({ customer: text(), description: unsettable(text(1_000)), fraud_details: hash({ user_report: oneOf('fraudulent', 'safe') }), metadata, receipt_email: unsettable(email(800)), shipping, transfer_group: text() }, raw);
    return account.change(account.charges, charge, (one) => {
      one.metadata = mergeMetadata(one.metadata, given.metadata);
      if (given.description !== undefined) one.description = given.description;
      if (given.receipt_email !== undefined) one.receipt_email = given.receipt_email;
      if (given.shipping !== undefined) one.shipping = given.shipping;
      if (given.fraud_details?.user_report !== undefined) one.fraud_details = { ...one.fraud_details, user_report: given.fraud_details.user_report };
    }, 'charge.updated');
  }],
  ['POST', '/v1/charges/:id/capture', ({ account, params, raw }) => {
    const charge = find(account, params['id'] ?? '');
    const given = readParams({ amount, application_fee: notPlayed, application_fee_amount: int({ min: 0 }), receipt_email: text(), statement_descriptor: descriptor, statement_descriptor_suffix: descriptor, transfer_data: notPlayed, transfer_group: text(), final_capture: flag }, raw);
    if (charge.payment_intent === null) return captureDirect(account, charge, given.amount);
    capture(account, findIntent(account, charge.payment_intent), given.amount, true);
    return charge;
  }],
];
