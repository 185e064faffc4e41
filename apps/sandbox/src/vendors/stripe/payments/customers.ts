import type { Account } from '../account';
import { address, customerShipping, email } from '../core/contacts';
import { missing } from '../core/errors';
import { isHash } from '../core/form';
import { listRows } from '../core/lists';
import { searchRows } from '../core/search';
import { anything, hash, int, list, mergeMetadata, metadata, oneOf, readParams, text, unsettable } from '../core/params';
import type { Call, Endpoint } from '../core/routes';
import type { Customer } from '../objects';
import { attach, declinedOnAttach, makeMethod, methodNamed, methodsOf } from './methods';
import { cashSettings, setReconciliation } from './transfers';

const spec = {
  address: unsettable(address), balance: int(), business_name: anything, cash_balance: cashSettings, coupon: text(), default_source: text(), description: unsettable(text()), email: unsettable(email()), individual_name: anything, invoice_prefix: text(), invoice_settings: hash({ default_payment_method: unsettable(text()), custom_fields: anything, footer: anything, rendering_options: anything }), metadata, name: unsettable(text(256)), next_invoice_sequence: int(), payment_method: text(), phone: unsettable(text(20)), preferred_locales: list(text()), shipping: unsettable(customerShipping), source: text(), tax: anything, tax_exempt: oneOf('none', 'exempt', 'reverse'), tax_id_data: anything, test_clock: text(), validate: anything,
} as const;

interface NewCustomer {
  readonly email?: string | null;
  readonly name?: string | null;
}

/** Not kept yet: whatever is wrong with it is found first. */
function draftCustomer(account: Account, given: NewCustomer, at: number): Customer {
  const id = account.id('cus', 14);
  return {
    id,
    object: 'customer',
    created: at,
    address: null,
    balance: 0,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: given.email ?? null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: given.name ?? null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
    _cash: {},
    _reconciliation: 'automatic',
  };
}

export const makeCustomer = (account: Account, given: NewCustomer): Customer => account.customers.put(draftCustomer(account, given, account.now()));

const find = (account: Account, id: string): Customer => {
  const found = account.customers.get(id);
  if (found === undefined) throw missing('customer', id, 'id');
  return found;
};

const clockNamed = (account: Account, id: string): string => {
  if (account.clocks.get(id) === undefined) throw missing('test clock', id, 'test_clock', 400);
  return id;
};

function set(account: Account, customer: Customer, raw: Call['raw']): void {
  const given = readParams(spec, raw);
  const fallback = given.invoice_settings?.default_payment_method;
  const method = fallback === undefined || fallback === null ? undefined : methodNamed(account, fallback, 'invoice_settings[default_payment_method]');
  if (method !== undefined && method.customer !== customer.id) throw missing('PaymentMethod', fallback ?? '', 'invoice_settings[default_payment_method]', 400);
  const clock = given.test_clock === undefined ? undefined : clockNamed(account, given.test_clock);
  customer.metadata = mergeMetadata(customer.metadata, given.metadata);
  customer.balance = given.balance ?? customer.balance;
  setReconciliation(customer, given.cash_balance?.settings?.reconciliation_mode);
  customer.preferred_locales = given.preferred_locales ?? customer.preferred_locales;
  customer.tax_exempt = given.tax_exempt ?? customer.tax_exempt;
  customer.default_source = given.default_source ?? customer.default_source;
  if (given.address !== undefined) customer.address = given.address;
  if (given.shipping !== undefined) customer.shipping = given.shipping;
  if (given.description !== undefined) customer.description = given.description;
  if (given.email !== undefined) customer.email = given.email;
  if (given.name !== undefined) customer.name = given.name;
  if (given.phone !== undefined) customer.phone = given.phone;
  if (clock !== undefined) customer.test_clock = clock;
  if (fallback !== undefined) customer.invoice_settings = { ...customer.invoice_settings, default_payment_method: method?.id ?? null };
}

const create = ({ account, raw }: Call): Customer => {
  const given = readParams(spec, raw);
  // A card by a token, as it was left before there were methods, is one that is paid with unless another is named.
  const source = given.source === undefined ? undefined : makeMethod(account, { type: 'card', card: { token: given.source } });
  const method = given.payment_method === undefined ? source : methodNamed(account, given.payment_method);
  if (method !== undefined) declinedOnAttach(account, method);
  const { invoice_settings: settings, ...rest } = raw;
  const fallback = given.invoice_settings?.default_payment_method;
  // Nobody has a method yet but the one that they bring along; a test card that is named twice is one card.
  if (fallback !== undefined && fallback !== null && (method === undefined || fallback !== given.payment_method)) throw missing('PaymentMethod', fallback, 'invoice_settings[default_payment_method]', 400);
  // A customer of a test clock begins at its time.
  const clock = given.test_clock === undefined ? null : clockNamed(account, given.test_clock);
  const customer = draftCustomer(account, {}, account.clocks.get(clock ?? '')?.frozen_time ?? account.now());
  set(account, customer, rest);
  account.customers.put(customer);
  account.emit('customer.created', customer);
  if (method !== undefined) attach(account, method, customer.id);
  if (source !== undefined && source.customer !== null) account.customers.put(Object.assign(customer, { default_source: source.id }));
  if (isHash(settings)) set(account, customer, { invoice_settings: method !== undefined && typeof fallback === 'string' ? { ...settings, default_payment_method: method.id } : settings });
  return customer;
};

export const customerEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/customers', create],
  ['GET', '/v1/customers', ({ account, raw }) => listRows({ table: account.customers, url: '/v1/customers', noun: 'customer', filters: { email: text(), test_clock: text() }, fits: (row, given) => (given.email === undefined || row.email === given.email) && row.test_clock === (given.test_clock ?? null) }, raw)],
  ['GET', '/v1/customers/search', ({ account, raw }) => searchRows(account.customers, '/v1/customers/search', ['created', 'email', 'metadata', 'name', 'phone'], raw)],
  ['GET', '/v1/customers/:id', ({ account, params }) => {
    const gone = account.gone.get(params['id'] ?? '');
    return gone === undefined ? find(account, params['id'] ?? '') : { id: gone.id, object: 'customer', deleted: true };
  }],
  ['POST', '/v1/customers/:id', ({ account, params, raw }) => account.change(account.customers, find(account, params['id'] ?? ''), (one) => set(account, one, raw), 'customer.updated')],
  ['DELETE', '/v1/customers/:id', ({ account, params }) => {
    const customer = find(account, params['id'] ?? '');
    account.emit('customer.deleted', customer);
    account.customers.remove(customer.id);
    account.gone.put({ id: customer.id, object: 'customer', created: customer.created, _deleted: true });
    for (const method of account.methods.oldestFirst()) if (method.customer === customer.id) account.methods.put(Object.assign(method, { customer: null, _spent: true }));
    return { id: customer.id, object: 'customer', deleted: true };
  }],
  ['GET', '/v1/customers/:id/payment_methods', ({ account, params, raw }) => methodsOf(account, find(account, params['id'] ?? '').id, raw)],
  ['GET', '/v1/customers/:id/payment_methods/:method', ({ account, params }) => {
    const customer = find(account, params['id'] ?? '');
    const method = methodNamed(account, params['method'] ?? '', 'payment_method_id');
    if (method.customer !== customer.id) throw missing('PaymentMethod', params['method'] ?? '', 'payment_method_id');
    return method;
  }],
];
