import { createHash } from 'node:crypto';
import type { Account } from '../account';
import { behaviourOf, isCardNumber, numberOfToken } from '../cards';
import { address, email, noAddress } from '../core/contacts';
import { invalid, missing, StripeError } from '../core/errors';
import { checkOwner, listRows } from '../core/lists';
import { anything, hash, int, mergeMetadata, metadata, oneOf, readParams, required, text, unsettable, type Given } from '../core/params';
import type { Page } from '../core/render';
import type { Call, Endpoint } from '../core/routes';
import type { BillingDetails, PaymentMethod } from '../objects';
import { isIban } from './debits';
import { declineBody, type DeclinedBy } from './declines';

const billing = hash({ address: unsettable(address), email: unsettable(email()), name: unsettable(text()), phone: unsettable(text()), tax_id: unsettable(text()) });
export const cardParts = { number: text(), exp_month: int(), exp_year: int(), cvc: text(), token: text(), networks: anything } as const;
const cardData = hash(cardParts);

export const methodData = { type: oneOf('card', 'customer_balance', 'sepa_debit'), card: cardData, customer_balance: anything, sepa_debit: hash({ iban: text() }), billing_details: billing, metadata, allow_redisplay: text(), radar_options: anything } as const;
export type MethodData = Given<typeof methodData>;

interface CardGiven {
  readonly number: string;
  readonly expMonth: number;
  readonly expYear: number;
}

/** Wrong at first sight: the number, the date, the code. */
function checkCard(account: Account, card: NonNullable<MethodData['card']>): CardGiven {
  if (card.token !== undefined) {
    const token = account.tokens.get(card.token);
    if (token?.used === true) throw invalid(`You cannot use a Stripe token more than once: ${token.id}.`, { code: 'token_already_used', param: 'card[token]' });
    if (token !== undefined) {
      account.tokens.put(Object.assign(token, { used: true }));
      return { number: token._number, expMonth: token.card.exp_month, expYear: token.card.exp_year };
    }
    const number = numberOfToken(card.token);
    if (number === undefined) throw missing('token', card.token, 'card[token]', 400);
    return { number, expMonth: 12, expYear: new Date(account.now() * 1_000).getUTCFullYear() + 2 };
  }
  const number = required(card.number, 'card[number]').replace(/[\s-]/gu, '');
  const refused = (code: string, param: string, message: string): StripeError => new StripeError(402, { type: 'card_error', code, message, param });
  if (!isCardNumber(number)) throw refused('incorrect_number', 'number', 'Your card number is incorrect.');
  const [month, given] = [required(card.exp_month, 'card[exp_month]'), required(card.exp_year, 'card[exp_year]')];
  const year = given < 100 ? 2_000 + given : given;
  if (!(month >= 1 && month <= 12)) throw refused('invalid_expiry_month', 'exp_month', "Your card's expiration month is invalid.");
  const now = new Date(account.now() * 1_000);
  if (!(year >= now.getUTCFullYear() && year <= now.getUTCFullYear() + 50)) throw refused('invalid_expiry_year', 'exp_year', "Your card's expiration year is invalid.");
  if (year === now.getUTCFullYear() && month < now.getUTCMonth() + 1) throw refused('invalid_expiry_month', 'exp_month', "Your card's expiration month is invalid.");
  if (card.cvc !== undefined && !/^\d{3,4}$/u.test(card.cvc)) throw refused('invalid_cvc', 'cvc', "Your card's security code is invalid.");
  return { number, expMonth: month, expYear: year };
}

function debitOf(given: NonNullable<MethodData['sepa_debit']>): Pick<PaymentMethod, 'sepa_debit' | '_number'> {
  const iban = required(given.iban, 'sepa_debit[iban]').replace(/\s/gu, '').toUpperCase();
  if (!isIban(iban)) throw invalid('The IBAN you provided is invalid.', { code: 'invalid_bank_account_iban', param: 'sepa_debit[iban]' });
  return { sepa_debit: { bank_code: iban.slice(4, 12), branch_code: '', country: iban.slice(0, 2), fingerprint: fingerprintOf(iban), generated_from: { charge: null, setup_attempt: null }, last4: iban.slice(-4) }, _number: iban };
}

const fingerprintOf = (number: string): string => createHash('sha256').update(number).digest('base64url').replace(/[-_]/gu, '0').slice(0, 16);

const billingOf = (given: MethodData['billing_details']): BillingDetails => ({ address: given?.address ?? noAddress, email: given?.email ?? null, name: given?.name ?? null, phone: given?.phone ?? null, tax_id: null });

export function makeMethod(account: Account, given: MethodData): PaymentMethod {
  const type = required(given.type, 'type');
  const base = { id: account.id('pm'), object: 'payment_method', created: account.now(), type, allow_redisplay: given.allow_redisplay ?? 'unspecified', billing_details: billingOf(given.billing_details), customer: null, customer_account: null, livemode: false, metadata: given.metadata ?? {}, _setUp: false, _spent: false } as const;
  if (type === 'customer_balance') return account.methods.put({ ...base, customer_balance: {}, _number: '' });
  if (type === 'sepa_debit') return account.methods.put({ ...base, ...debitOf(required(given.sepa_debit, 'sepa_debit')) });
  const { number, expMonth, expYear } = checkCard(account, required(given.card, 'card'));
  const { brand, country, funding, cvcCheck, address: lives } = behaviourOf(number);
  // A token that fails by its address has one of its own.
  const addressed = (given.billing_details?.address ?? null) !== null || (lives !== undefined && given.card?.token !== undefined);
  return account.methods.put({
    ...base,
    card: {
      brand,
      checks: { address_line1_check: addressed ? (lives?.line1 ?? 'pass') : null, address_postal_code_check: addressed ? (lives?.postal ?? 'pass') : null, cvc_check: given.card?.cvc === undefined && given.card?.token === undefined ? null : (cvcCheck ?? 'pass') },
      country,
      display_brand: brand,
      exp_month: expMonth,
      exp_year: expYear,
      fingerprint: fingerprintOf(number),
      funding,
      generated_from: null,
      last4: number.slice(-4),
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: brand !== 'amex' },
      wallet: null,
    },
    _number: number,
  });
}

/** By id, or a fresh one of a test token such as `pm_card_visa`. */
export function methodNamed(account: Account, id: string, param = 'payment_method'): PaymentMethod {
  const known = account.methods.get(id);
  if (known !== undefined) return known;
  if (id.startsWith('pm_card_') && numberOfToken(id) !== undefined) return makeMethod(account, { type: 'card', card: { token: id } });
  throw missing('PaymentMethod', id, param, param === 'payment_method' ? 400 : 404);
}

/** Gives it to a customer; cards that their banks refuse are not kept. */
export function attach(account: Account, method: PaymentMethod, customer: string): PaymentMethod {
  if (account.customers.get(customer) === undefined) throw missing('customer', customer, 'customer');
  if (method.customer === customer) return method;
  if (method.customer !== null) throw invalid('The payment method you provided has already been attached to a customer.', { code: 'payment_method_unexpected_state' });
  if (method._spent) throw invalid('This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.', {});
  return account.change(account.methods, method, (one) => {
    one.customer = customer;
  }, 'payment_method.attached');
}

export const declinedOnAttach = (account: Account, method: PaymentMethod): void => {
  const { decline, declineOnAttach } = behaviourOf(method._number);
  if (method.type !== 'card' || decline === undefined || declineOnAttach !== true) return;
  const by: DeclinedBy = { decline, charge: null };
  const { payment_method: _, ...body } = declineBody(account, method, by);
  throw new StripeError(402, body);
};

/** Without what was not said. */
const set = (given: NonNullable<MethodData['billing_details']>): Partial<BillingDetails> => {
  const { address: where, email: mail, name, phone } = given;
  return { ...(where === undefined ? {} : { address: where ?? noAddress }), ...(mail === undefined ? {} : { email: mail }), ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) };
};

const find = (account: Account, id: string): PaymentMethod => methodNamed(account, id, 'payment_method_id');

const create = ({ account, raw }: Call): PaymentMethod => {
  const given = readParams({ ...methodData, customer: text(), payment_method: text() }, raw);
  return makeMethod(account, given);
};

const update = ({ account, params, raw }: Call): PaymentMethod => {
  const method = find(account, params['id'] ?? '');
  const given = readParams({ metadata, billing_details: billing, allow_redisplay: text(), card: hash({ exp_month: int({ min: 1, max: 12 }), exp_year: int(), networks: anything }) }, raw);
  if (method.customer === null) throw invalid('You must save this PaymentMethod to a customer before you can update it.', {});
  return account.change(account.methods, method, (one) => {
    one.metadata = mergeMetadata(one.metadata, given.metadata);
    if (given.billing_details !== undefined) one.billing_details = { ...one.billing_details, ...set(given.billing_details) };
    if (one.card !== undefined && given.card !== undefined) one.card = { ...one.card, exp_month: given.card.exp_month ?? one.card.exp_month, exp_year: given.card.exp_year ?? one.card.exp_year };
  }, 'payment_method.updated');
};

const detach = ({ account, params, raw }: Call): PaymentMethod => {
  readParams({}, raw);
  const method = find(account, params['id'] ?? '');
  const { customer } = method;
  if (customer === null) throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.', {});
  const owner = account.customers.get(customer);
  if (owner !== undefined && owner.invoice_settings.default_payment_method === method.id) {
    owner.invoice_settings = { ...owner.invoice_settings, default_payment_method: null };
    account.customers.put(owner);
  }
  account.change(account.methods, method, (one) => {
    one.customer = null;
    one._spent = true;
  });
  account.emit('payment_method.detached', method, { customer });
  return method;
};

export const methodsOf = (account: Account, customer: string, raw: Call['raw']): Page =>
  listRows({ table: account.methods, url: `/v1/customers/${customer}/payment_methods`, noun: 'PaymentMethod', filters: { type: text(), allow_redisplay: text() }, fits: (row, given) => row.customer === customer && (given.type === undefined || row.type === given.type) }, raw);

const all = ({ account, raw }: Call): Page => {
  checkOwner(raw, 'customer', 'customer', (id) => account.customerEver(id));
  const { customer, ...rest } = raw;
  return listRows({ table: account.methods, url: '/v1/payment_methods', noun: 'PaymentMethod', filters: { type: text(), allow_redisplay: text(), customer_account: text() }, fits: (row, given) => row.customer !== null && (typeof customer !== 'string' || row.customer === customer) && (given.type === undefined || row.type === given.type) }, rest);
};

export const methodEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/payment_methods', create],
  ['GET', '/v1/payment_methods', all],
  ['GET', '/v1/payment_methods/:id', ({ account, params }) => find(account, params['id'] ?? '')],
  ['POST', '/v1/payment_methods/:id', update],
  ['POST', '/v1/payment_methods/:id/attach', ({ account, params, raw }) => {
    const given = readParams({ customer: text(), customer_account: text() }, raw);
    const customer = required(given.customer, 'customer');
    const method = find(account, params['id'] ?? '');
    declinedOnAttach(account, method);
    return attach(account, method, customer);
  }],
  ['POST', '/v1/payment_methods/:id/detach', detach],
];
