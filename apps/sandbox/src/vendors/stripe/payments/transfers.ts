import type { Account } from '../account';
import { isHash, type RawHash } from '../core/form';
import { invalid, missing, unexpectedState } from '../core/errors';
import { listRows } from '../core/lists';
import { anything, hash, oneOf, readParams, required, text } from '../core/params';
import { render, type Sent } from '../core/render';
import type { Call, Endpoint } from '../core/routes';
import { amount as amountOf, currency as currencyOf, inWords } from '../money/amounts';
import type { CashTransaction, Customer, PaymentIntent, PaymentMethod } from '../objects';
import { collect, makeCharge } from './charging';
import { euroTransfer } from './options';
import { transferable } from './types';

const holder = 'The Sandbox';
const nowhere = { city: 'Dublin', country: 'IE', line1: '1 Sandbox Quay', line2: null, postal_code: 'D01', state: null };

const digits = (text: string, length: number): string => {
  let number = 7n;
  for (const character of text) number = (number * 131n + BigInt(character.codePointAt(0) ?? 0)) % 10n ** BigInt(length);
  return String(number).padStart(length, '0');
};

/** With check digits that add up, for whoever checks them. */
const ibanOf = (country: string, account: string): string => {
  const numbers = [...`${account}${country}00`].map((one) => (/\d/u.test(one) ? one : String(one.charCodeAt(0) - 55))).join('');
  return `${country}${String(98n - (BigInt(numbers) % 97n)).padStart(2, '0')}${account}`;
};

/** What a currency comes by. */
const kindOf = (of: string): 'us_bank_transfer' | 'gb_bank_transfer' | 'eu_bank_transfer' => (of === 'usd' ? 'us_bank_transfer' : of === 'gbp' ? 'gb_bank_transfer' : 'eu_bank_transfer');

/** Where a customer sends money to: an account of its own per customer. */
function addressesOf(customer: string, of: string, country: string): { readonly type: string; readonly country: string; readonly financial_addresses: readonly unknown[] } {
  const type = kindOf(of);
  const common = { account_holder_address: nowhere, account_holder_name: holder, bank_address: nowhere };
  if (type === 'us_bank_transfer') return { type, country: 'US', financial_addresses: [{ type: 'aba', supported_networks: ['ach', 'domestic_wire_us'], aba: { ...common, account_number: digits(customer, 12), account_type: 'checking', bank_name: 'Sandbox Bank', routing_number: '110000000' } }] };
  if (type === 'gb_bank_transfer') return { type, country: 'GB', financial_addresses: [{ type: 'sort_code', supported_networks: ['bacs', 'fps'], sort_code: { ...common, account_number: digits(customer, 8), sort_code: '108800' } }] };
  return { type, country, financial_addresses: [{ type: 'iban', supported_networks: ['sepa'], iban: { ...common, bic: 'SXPYDEHHXXX', country, iban: ibanOf(country, digits(customer, 18)) } }] };
}

const homeCountry = 'DE';

const referenceOf = (customer: string): string => `STR${digits(`${customer}/ref`, 9)}`;

const within = (hash: RawHash, name: string): RawHash => {
  const found = hash[name];
  return isHash(found) ? found : {};
};

type Asking = Pick<PaymentIntent, 'currency' | 'payment_method_options'>;

/** What was asked for of the transfer that is to pay it. */
const askedOf = (intent: Asking): RawHash => within(within(intent.payment_method_options, 'customer_balance'), 'bank_transfer');

const instructions = (account: Account, intent: PaymentIntent, customer: string): Readonly<Record<string, unknown>> => {
  const { country } = within(askedOf(intent), 'eu_bank_transfer');
  const { type, financial_addresses } = addressesOf(customer, intent.currency, typeof country === 'string' ? country : homeCountry);
  return {
    display_bank_transfer_instructions: { amount_remaining: intent.amount - intent._funded, currency: intent.currency, financial_addresses, hosted_instructions_url: `${account.baseUrl}/instructions/${intent.id}`, reference: referenceOf(customer), type },
    type: 'display_bank_transfer_instructions',
  };
};

/** A kind of transfer that does not carry the payment's currency. */
export function checkTransfer(intent: Asking): void {
  const { type: asked } = askedOf(intent);
  if (typeof asked === 'string' && asked !== kindOf(intent.currency)) throw invalid(`The bank transfer type ${asked} does not support the currency ${intent.currency}.`, { param: 'payment_method_options[customer_balance][bank_transfer][type]' });
}

/** A bank transfer is paid from what the customer has sent, now or later. */
export function awaitTransfer(account: Account, intent: PaymentIntent, method: PaymentMethod): void {
  const customer = account.customers.get(intent.customer ?? '');
  if (customer === undefined) throw invalid('A customer must be provided when using the `customer_balance` payment method type.', { code: 'parameter_missing', param: 'customer' });
  if (intent.capture_method === 'manual') throw invalid('The payment method type `customer_balance` does not support manual capture.', { param: 'capture_method', payment_intent: render(intent) });
  checkTransfer(intent);
  intent.payment_method = method.id;
  intent.last_payment_error = null;
  if (apply(account, intent, customer)) return;
  const partly = intent._funded > 0;
  account.change(account.intents, intent, (one) => {
    one.status = 'requires_action';
    one.next_action = instructions(account, one, customer.id);
  }, partly ? 'payment_intent.partially_funded' : 'payment_intent.requires_action');
}

export const move = (account: Account, customer: Customer, of: string, net: number, more: Partial<CashTransaction> & Pick<CashTransaction, 'type'>): CashTransaction => {
  customer._cash = { ...customer._cash, [of]: (customer._cash[of] ?? 0) + net };
  account.customers.put(customer);
  const moved = account.cash.put({ id: account.id('ccsbtxn'), object: 'customer_cash_balance_transaction', created: account.now(), currency: of, customer: customer.id, customer_account: null, ending_balance: customer._cash[of] ?? 0, livemode: false, net_amount: net, ...more });
  account.emit('customer_cash_balance_transaction.created', moved);
  return moved;
};

/** True when the intent has been paid whole. */
function apply(account: Account, intent: PaymentIntent, customer: Customer, wanted?: number): boolean {
  const there = customer._cash[intent.currency] ?? 0;
  const taken = Math.min(there, intent.amount - intent._funded, wanted ?? Number.MAX_SAFE_INTEGER);
  if (taken > 0) {
    move(account, customer, intent.currency, -taken, { type: 'applied_to_payment', applied_to_payment: { payment_intent: intent.id } });
    intent._funded += taken;
    account.intents.put(intent);
  }
  if (intent._funded < intent.amount) return false;
  const method = account.methods.get(intent.payment_method ?? '');
  if (method === undefined) return false;
  const charge = makeCharge(account, intent, method, { decline: null, authenticated: false });
  collect(account, charge, charge.amount);
  account.emit('charge.succeeded', charge);
  account.change(account.intents, intent, (one) => {
    one.status = 'succeeded';
    one.next_action = null;
    one.latest_charge = charge.id;
    one.amount_received = one.amount;
  }, 'payment_intent.succeeded');
  return true;
}

/** What had come for a payment that is given up goes back to the customer's balance. */
export function releaseFunds(account: Account, intent: PaymentIntent): void {
  const customer = account.customers.get(intent.customer ?? '');
  if (intent._funded === 0 || intent.status === 'succeeded' || customer === undefined) return;
  move(account, customer, intent.currency, intent._funded, { type: 'unapplied_from_payment', unapplied_from_payment: { payment_intent: intent.id } });
  intent._funded = 0;
}

/** Money has come: the oldest payment that waits for it first, the one with the very amount before all. */
function reconcile(account: Account, customer: Customer, of: string, came: number): void {
  const waiting = [...account.intents.oldestFirst()].filter((one) => one.customer === customer.id && one.currency === of && one.status === 'requires_action' && one.next_action?.['type'] === 'display_bank_transfer_instructions');
  const exact = waiting.find((one) => one.amount - one._funded === came);
  for (const intent of exact === undefined ? waiting : [exact, ...waiting.filter((one) => one !== exact)]) {
    if ((customer._cash[of] ?? 0) <= 0) return;
    fund(account, intent, customer);
  }
}

function fund(account: Account, intent: PaymentIntent, customer: Customer, wanted?: number): void {
  if (apply(account, intent, customer, wanted)) return;
  account.change(account.intents, intent, (one) => {
    one.next_action = instructions(account, one, customer.id);
  }, 'payment_intent.partially_funded');
}

export const cashBalance = (customer: Customer): Sent => ({ object: 'cash_balance', available: Object.keys(customer._cash).length === 0 ? null : customer._cash, customer: customer.id, customer_account: null, livemode: false, settings: { reconciliation_mode: customer._reconciliation, using_merchant_default: customer._reconciliation === 'automatic' } });

const customerOf = ({ account, params }: Call): Customer => {
  const id = params['id'] ?? '';
  const found = account.customers.get(id);
  if (found === undefined) throw missing('customer', id, 'customer');
  return found;
};

const arrive = (call: Call): CashTransaction => {
  const { account, raw } = call;
  const customer = customerOf(call);
  const given = readParams({ amount: amountOf, currency: currencyOf, reference: text() }, raw);
  const [value, of] = [required(given.amount, 'amount'), required(given.currency, 'currency')];
  const sender = of === 'eur' ? { eu_bank_transfer: { bic: 'COBADEFFXXX', iban_last4: '3000', sender_name: customer.name ?? 'A. Sender' }, type: 'eu_bank_transfer' } : of === 'usd' ? { us_bank_transfer: { network: 'ach', sender_name: customer.name ?? 'A. Sender' }, type: 'us_bank_transfer' } : { type: 'gb_bank_transfer' };
  const moved = move(account, customer, of, value, { type: 'funded', funded: { bank_transfer: { ...sender, reference: given.reference ?? referenceOf(customer.id) } } });
  account.record('cash_balance.funds_available', cashBalance(customer));
  if (customer._reconciliation === 'automatic') reconcile(account, customer, of, value);
  return moved;
};

/** How money that comes finds what is owed. */
export const cashSettings = hash({ settings: hash({ reconciliation_mode: oneOf('automatic', 'manual', 'merchant_default') }) });

export function setReconciliation(customer: Customer, mode: 'automatic' | 'manual' | 'merchant_default' | undefined): void {
  if (mode !== undefined) customer._reconciliation = mode === 'manual' ? 'manual' : 'automatic';
}

const where = (call: Call): Sent => {
  const customer = customerOf(call);
  const given = readParams({ currency: currencyOf, funding_type: oneOf('bank_transfer'), bank_transfer: hash({ type: text(), requested_address_types: anything, eu_bank_transfer: euroTransfer }) }, call.raw);
  const of = required(given.currency, 'currency');
  required(given.funding_type, 'funding_type');
  if (!transferable.has(of)) throw invalid(`There are no bank transfers in ${of} here.`, { param: 'currency' });
  const transfer = required(given.bank_transfer, 'bank_transfer');
  const { type, country, financial_addresses } = addressesOf(customer.id, of, transfer.eu_bank_transfer?.country ?? homeCountry);
  if (transfer.type !== undefined && transfer.type !== type) throw invalid(`The bank transfer type ${transfer.type} does not support the currency ${of}.`, { param: 'bank_transfer[type]' });
  return { object: 'funding_instructions', bank_transfer: { country, financial_addresses, type }, currency: of, funding_type: 'bank_transfer', livemode: false };
};

const applyByHand = ({ account, params, raw }: Call): PaymentIntent => {
  const id = params['id'] ?? '';
  const intent = account.intents.get(id);
  if (intent === undefined) throw missing('payment_intent', id, 'intent');
  const given = readParams({ amount: amountOf, currency: currencyOf }, raw);
  const customer = account.customers.get(intent.customer ?? '');
  if (intent.status !== 'requires_action' || customer === undefined) throw unexpectedState(`You cannot apply a customer balance to this PaymentIntent because it has a status of ${intent.status}.`, { payment_intent: render(intent) });
  const there = customer._cash[intent.currency] ?? 0;
  if (there < (given.amount ?? 1)) throw invalid(`The customer's cash balance of ${inWords(there, intent.currency)} is insufficient.`, { param: 'amount' });
  fund(account, intent, customer, given.amount);
  return intent;
};

export const transferEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/customers/:id/funding_instructions', where],
  ['POST', '/v1/test_helpers/customers/:id/fund_cash_balance', arrive],
  ['GET', '/v1/customers/:id/cash_balance', (call) => cashBalance(customerOf(call))],
  ['POST', '/v1/customers/:id/cash_balance', (call) => {
    const customer = customerOf(call);
    const given = cashSettings(call.raw, '');
    setReconciliation(customer, given.settings?.reconciliation_mode);
    call.account.customers.put(customer);
    return cashBalance(customer);
  }],
  ['GET', '/v1/customers/:id/cash_balance_transactions', (call) => {
    const customer = customerOf(call);
    return listRows({ table: call.account.cash, url: `/v1/customers/${customer.id}/cash_balance_transactions`, noun: 'customer cash balance transaction', filters: {}, fits: (row) => row.customer === customer.id }, call.raw);
  }],
  ['GET', '/v1/customers/:id/cash_balance_transactions/:transaction', (call) => {
    const found = call.account.cash.get(call.params['transaction'] ?? '');
    if (found === undefined) throw missing('customer cash balance transaction', call.params['transaction'] ?? '', 'transaction');
    return found;
  }],
  ['POST', '/v1/payment_intents/:id/apply_customer_balance', applyByHand],
];
