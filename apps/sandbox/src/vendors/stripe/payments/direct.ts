import type { Account } from '../account';
import { behaviourOf } from '../cards';
import { email, shipping } from '../core/contacts';
import { invalid, missing, StripeError } from '../core/errors';
import { anything, flag, hash, mergeMetadata, metadata, notPlayed, readParams, required, text } from '../core/params';
import type { Call, Endpoint } from '../core/routes';
import { amount, checkAmount, currency } from '../money/amounts';
import type { Charge, Token } from '../objects';
import { collect, makeCharge } from './charging';
import { declineBody } from './declines';
import { descriptor } from './descriptors';
import { letGo } from './engine';
import { draftIntent } from './making';
import { cardParts, makeMethod, methodNamed } from './methods';

/** Charges without a payment intent, as they were made before there were any: by a token, at once. */
const create = ({ account, raw }: Call): Charge => {
  const given = readParams({ amount, application_fee: notPlayed, application_fee_amount: notPlayed, capture: flag, currency, customer: text(), description: text(1_000), destination: notPlayed, metadata, on_behalf_of: notPlayed, radar_options: anything, receipt_email: email(800), shipping, source: text(), statement_descriptor: descriptor, statement_descriptor_suffix: descriptor, transfer_data: notPlayed, transfer_group: text() }, raw);
  const value = required(given.amount, 'amount');
  const of = required(given.currency, 'currency');
  checkAmount(value, of);
  const customer = given.customer === undefined ? undefined : account.customers.get(given.customer);
  if (given.customer !== undefined && customer === undefined) throw missing('customer', given.customer, 'customer', 400);
  const named = given.source ?? customer?.default_source ?? customer?.invoice_settings.default_payment_method ?? undefined;
  if (named === undefined) throw invalid('Must provide source or customer.', { code: 'parameter_missing', param: 'source' });
  const method = named.startsWith('pm_') ? methodNamed(account, named, 'source') : makeMethod(account, { type: 'card', card: { token: named } });
  const held = given.capture === false;
  const intent = draftIntent(account, { amount: value, currency: of, captureMethod: held ? 'manual' : 'automatic', customer: customer?.id, description: given.description, metadata: mergeMetadata({}, given.metadata), receiptEmail: given.receipt_email, shipping: given.shipping, statementDescriptor: given.statement_descriptor, statementSuffix: given.statement_descriptor_suffix, transferGroup: given.transfer_group, types: ['card'] });
  const { decline } = behaviourOf(method._number);
  const charge = makeCharge(account, intent, method, { decline: decline ?? null, authenticated: false });
  charge.payment_intent = null;
  account.charges.put(charge);
  if (decline !== undefined) {
    account.emit('charge.failed', charge);
    throw new StripeError(402, declineBody(account, method, { decline, charge: charge.id }));
  }
  if (held) account.later(charge.payment_method_details.card?.capture_before ?? account.now(), 'charge.expire', charge.id);
  else collect(account, charge, charge.amount);
  account.emit('charge.succeeded', charge);
  return charge;
};

/** Takes a charge that was only held. */
export function captureDirect(account: Account, charge: Charge, wanted: number | undefined): Charge {
  const value = wanted ?? charge.amount;
  if (charge.captured) throw invalid(`Charge ${charge.id} has already been captured.`, { code: 'charge_already_captured', charge: charge.id });
  if (charge.refunded || charge.status !== 'succeeded') throw invalid(`Charge ${charge.id} cannot be captured because the charge has expired.`, { code: 'charge_expired_for_capture', charge: charge.id });
  if (value > charge.amount) throw invalid(`You cannot capture a charge for an amount greater than it already has (${charge.amount}).`, { code: 'amount_too_large', param: 'amount', charge: charge.id });
  collect(account, charge, value);
  account.emit('charge.captured', charge);
  return charge;
}

export function playDirect(account: Account): void {
  account.on('charge.expire', (id) => {
    const charge = account.charges.get(id);
    if (charge !== undefined && !charge.captured && !charge.refunded) letGo(account, charge, 'charge.expired');
  });
}

const lines = ['address_city', 'address_country', 'address_line1', 'address_line2', 'address_state', 'address_zip'] as const;
const holder = { address_city: text(), address_country: text(), address_line1: text(), address_line2: text(), address_state: text(), address_zip: text(), currency, name: text() } as const;

const makeToken = ({ account, raw }: Call): Token => {
  const given = readParams({ account: notPlayed, bank_account: notPlayed, card: hash({ ...cardParts, ...holder }), customer: text(), cvc_update: notPlayed, person: notPlayed, pii: notPlayed }, raw);
  const card = required(given.card, 'card');
  const { card: known, _number } = makeMethod(account, { type: 'card', card });
  if (known === undefined) throw missing('card', '', 'card');
  return account.tokens.put({
    id: account.id('tok'),
    object: 'token',
    created: account.now(),
    card: { id: account.id('card'), object: 'card', ...Object.fromEntries(lines.map((line) => [line, card[line] ?? null])), address_line1_check: card.address_line1 === undefined ? null : 'unchecked', address_zip_check: card.address_zip === undefined ? null : 'unchecked', brand: known.brand.replace(/^./u, (first) => first.toUpperCase()), country: known.country, dynamic_last4: null, cvc_check: card.cvc === undefined ? null : 'unchecked', exp_month: known.exp_month, exp_year: known.exp_year, fingerprint: known.fingerprint, funding: known.funding, last4: known.last4, metadata: {}, name: card.name ?? null, regulated_status: 'unregulated', tokenization_method: null },
    client_ip: '127.0.0.1',
    livemode: false,
    type: 'card',
    used: false,
    _number,
  });
};

export const directEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/charges', create],
  ['POST', '/v1/tokens', makeToken],
  ['GET', '/v1/tokens/:id', ({ account, params }) => {
    const found = account.tokens.get(params['id'] ?? '');
    if (found === undefined) throw missing('token', params['id'] ?? '', 'token');
    return found;
  }],
];
