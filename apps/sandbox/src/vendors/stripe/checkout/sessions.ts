import type { Account } from '../account';
import { invalid, missing, unexpectedState } from '../core/errors';
import { listItems, listRows } from '../core/lists';
import { anything, mergeMetadata, metadata, notPlayed, oneOf, readParams, required, text, unsettable } from '../core/params';
import type { Page } from '../core/render';
import type { Call, Endpoint } from '../core/routes';
import { checkAmount } from '../money/amounts';
import type { PaymentIntent, PaymentMethod, Session } from '../objects';
import { makeCustomer } from '../payments/customers';
import { notForCards } from '../payments/descriptors';
import { pay, type Refused } from '../payments/engine';
import { makeIntent } from '../payments/making';
import { makeSetup, prepare } from '../payments/setups';
import { oneWayOnly, orNull, typesFor } from '../payments/types';
import { itemsOf } from './items';
import { laterIntentData, spec, type IntentData } from './parameters';

const lifetime = 24 * 3_600;
const shortest = 30 * 60;

const detailsOf = ({ email, name }: Visitor): Readonly<Record<string, unknown>> => ({ address: null, business_name: null, email, individual_name: null, name, phone: null, tax_exempt: 'none', tax_ids: null });

const create = ({ account, raw }: Call): Session => {
  const given = readParams(spec, raw);
  const mode = required(given.mode, 'mode');
  if (mode === 'subscription') throw invalid('The sandbox sells once: subscriptions are not played.', { param: 'mode' });
  if (given.ui_mode !== undefined && given.ui_mode !== 'hosted' && given.ui_mode !== 'hosted_page') throw invalid('The sandbox plays the hosted page alone.', { param: 'ui_mode' });
  const successUrl = required(given.success_url, 'success_url');
  oneWayOnly(given, { payment_method_configuration: given.payment_method_configuration });
  const customer = given.customer === undefined ? undefined : account.customers.get(given.customer);
  if (given.customer !== undefined && customer === undefined) throw missing('customer', given.customer, 'customer', 400);
  const email = given.customer_email ?? customer?.email ?? null;
  if (given.customer !== undefined && given.customer_email !== undefined) throw invalid('You may only specify one of these parameters: customer, customer_email.', { code: 'parameters_exclusive', param: 'customer' });
  const { items, keep } = mode === 'setup' ? { items: [], keep: () => undefined } : itemsOf(account, required(given.line_items, 'line_items'));
  if (mode === 'payment' && items.length === 0) throw invalid('You must provide at least one line item.', { code: 'parameter_missing', param: 'line_items' });
  if (mode === 'setup' && given.line_items !== undefined) throw invalid('You can not pass `line_items` in `setup` mode.', { param: 'line_items' });
  const [first] = items;
  if (items.some((item) => item.currency !== first?.currency)) throw invalid('All prices on a Checkout Session must have the same currency.', { param: 'line_items' });
  const total = mode === 'setup' ? null : items.reduce((sum, item) => sum + item.amount_total, 0);
  if (total !== null) checkAmount(total, first?.currency ?? 'usd', 'line_items');
  const now = account.now();
  const expires = given.expires_at ?? now + lifetime;
  if (expires < now + shortest || expires > now + lifetime) throw invalid(expires < now + shortest ? 'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.' : 'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', { param: 'expires_at' });
  const id = account.id('cs_test', 58);
  const setup = mode === 'setup' ? makeSetup(account, { customer: given.customer, description: given.setup_intent_data?.description, metadata: mergeMetadata({}, given.setup_intent_data?.metadata), types: given, session: id }) : null;
  const types = setup === null ? typesFor(given, { currency: first?.currency ?? 'usd', customer: given.customer, capture: given.payment_intent_data?.capture_method }, ['card', 'customer_balance']) : setup.payment_method_types;
  notForCards(given.payment_intent_data?.statement_descriptor, types, 'payment_intent_data[statement_descriptor]');
  if (types.includes('sepa_debit')) throw invalid('The hosted page of the sandbox takes cards and bank transfers alone.', { param: 'allowed_payment_method_types' });
  const session: Session = {
    id,
    object: 'checkout.session',
    created: now,
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: orNull(given.allowed_payment_method_types),
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: given.billing_address_collection ?? null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    currency: first?.currency ?? given.currency ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: given.customer ?? null,
    customer_account: null,
    customer_creation: given.customer !== undefined || mode === 'setup' ? null : (given.customer_creation ?? 'if_required'),
    customer_details: email === null ? null : detailsOf({ email, name: null }),
    customer_email: given.customer_email ?? null,
    discounts: [],
    expires_at: expires,
    integration_identifier: null,
    invoice: null,
    invoice_creation: { enabled: false, invoice_data: { account_tax_ids: null, custom_fields: null, description: null, footer: null, issuer: null, metadata: {}, rendering_options: null } },
    livemode: false,
    locale: given.locale ?? null,
    managed_payments: null,
    metadata: mergeMetadata({}, given.metadata),
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: mode === 'payment' ? 'if_required' : 'always',
    payment_method_configuration_details: null,
    payment_method_options: given.payment_method_options ?? {},
    payment_method_types: types,
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: given.phone_number_collection?.enabled ?? false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: setup?.id ?? null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: given.submit_type ?? null,
    subscription: null,
    success_url: successUrl,
    total_details: total === null ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${account.baseUrl}/c/pay/${id}`,
    wallet_options: null,
    _items: items,
    _intentData: given.payment_intent_data ?? {},
  };
  keep();
  account.sessions.put(session);
  account.later(expires, 'session.expire', id);
  return session;
};

export interface Visitor {
  readonly email: string | null;
  readonly name: string | null;
}

const payable = new Set<PaymentIntent['status']>(['requires_payment_method', 'requires_confirmation', 'requires_action']);

/** The visitor pays or leaves a card: null when it went well or a step is still to come. */
export function submit(account: Account, session: Session, visitor: Visitor, method: PaymentMethod): Refused {
  session.customer_details = detailsOf(visitor);
  if (session.customer === null && (session.customer_creation === 'always' || method.type === 'customer_balance')) {
    const customer = makeCustomer(account, visitor);
    account.emit('customer.created', customer);
    session.customer = customer.id;
  }
  account.sessions.put(session);
  if (session.mode === 'setup') {
    const setup = account.setups.get(session.setup_intent ?? '');
    if (setup === undefined) return null;
    setup._returnUrl = returnUrl(account, session);
    return prepare(account, setup, method, false);
  }
  const intent = account.intents.get(session.payment_intent ?? '') ?? begin(account, session);
  if (!payable.has(intent.status)) throw unexpectedState('This payment can no longer be made. Go back to the shop and start again.', {});
  intent._returnUrl = returnUrl(account, session);
  return pay(account, intent, method, {});
}

const returnUrl = (account: Account, session: Session): string => `${account.baseUrl}/c/pay/${session.id}/return`;

function begin(account: Account, session: Session): PaymentIntent {
  const data = session._intentData as IntentData;
  const intent = makeIntent(account, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    captureMethod: data.capture_method,
    customer: session.customer ?? undefined,
    description: data.description,
    metadata: data.metadata ?? {},
    types: session.payment_method_types,
    methodOptions: session.payment_method_options,
    setupFutureUsage: data.setup_future_usage,
    receiptEmail: data.receipt_email,
    statementDescriptor: data.statement_descriptor,
    statementSuffix: data.statement_descriptor_suffix,
    transferGroup: data.transfer_group,
    session: session.id,
  });
  session.payment_intent = intent.id;
  account.sessions.put(session);
  return intent;
}

const paid = (intent: PaymentIntent | undefined): boolean => intent?.status === 'succeeded';

/** Whatever the session was for is done, or goes on without the visitor. */
export function finished(account: Account, session: Session): boolean {
  if (session.status !== 'open') return session.status === 'complete';
  const intent = account.intents.get(session.payment_intent ?? '');
  const setup = account.setups.get(session.setup_intent ?? '');
  const transfer = intent?.next_action?.['type'] === 'display_bank_transfer_instructions';
  if (session.mode === 'payment' ? !(paid(intent) || intent?.status === 'requires_capture' || transfer) : setup?.status !== 'succeeded') return false;
  account.change(account.sessions, session, (one) => {
    one.status = 'complete';
    one.url = null;
    if (paid(intent)) one.payment_status = 'paid';
  }, 'checkout.session.completed');
  return true;
}

function expire(account: Account, session: Session): Session {
  const intent = account.intents.get(session.payment_intent ?? '');
  if (intent !== undefined && intent.status !== 'canceled' && intent.status !== 'succeeded') {
    account.change(account.intents, intent, (one) => {
      one.status = 'canceled';
      one.canceled_at = account.now();
      one.cancellation_reason = 'expired';
      one.next_action = null;
    }, 'payment_intent.canceled');
  }
  return account.change(account.sessions, session, (one) => {
    one.status = 'expired';
    one.url = null;
  }, 'checkout.session.expired');
}

export function playSessions(account: Account): void {
  account.on('session.expire', (id) => {
    const session = account.sessions.get(id);
    if (session?.status === 'open') expire(account, session);
  });
}

/** Money that came after the visitor had gone: a bank transfer, a later capture. */
export function afterPayment(account: Account, intent: PaymentIntent): void {
  const session = account.sessions.get(intent._session ?? '');
  if (session === undefined || session.status !== 'complete' || session.payment_status !== 'unpaid' || !paid(intent)) return;
  const transfer = account.methods.get(intent.payment_method ?? '')?.type === 'customer_balance';
  account.change(account.sessions, session, (one) => {
    one.payment_status = 'paid';
  }, ...(transfer ? ['checkout.session.async_payment_succeeded'] : []));
}

export const findSession = (account: Account, id: string): Session => {
  const found = account.sessions.get(id);
  if (found === undefined) throw missing('checkout.session', id, 'session');
  return found;
};

const all = ({ account, raw }: Call): Page =>
  listRows({ table: account.sessions, url: '/v1/checkout/sessions', noun: 'checkout.session', filters: { customer: text(), customer_account: text(), payment_intent: text(), status: oneOf('open', 'complete', 'expired'), customer_details: unsettable(anything), payment_link: text(), subscription: text() }, fits: (row, given) => (given.customer === undefined || row.customer === given.customer) && (given.payment_intent === undefined || row.payment_intent === given.payment_intent) && (given.status === undefined || row.status === given.status) }, raw);

export const sessionEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/checkout/sessions', create],
  ['GET', '/v1/checkout/sessions', all],
  ['GET', '/v1/checkout/sessions/:id', ({ account, params }) => findSession(account, params['id'] ?? '')],
  ['POST', '/v1/checkout/sessions/:id', ({ account, params, raw }) => {
    const given = readParams({ metadata, collected_information: anything, line_items: notPlayed, payment_intent_data: laterIntentData, shipping_options: notPlayed }, raw);
    const session = findSession(account, params['id'] ?? '');
    if (given.payment_intent_data !== undefined && session.status !== 'open') throw invalid('Only an open Checkout Session can be told more of its payment.', { param: 'payment_intent_data' });
    return account.change(account.sessions, session, (one) => {
      one.metadata = mergeMetadata(one.metadata, given.metadata);
      const { metadata: more, ...data } = given.payment_intent_data ?? {};
      one._intentData = { ...one._intentData, ...data, metadata: mergeMetadata((one._intentData as IntentData).metadata ?? {}, more) };
      const intent = account.intents.get(one.payment_intent ?? '');
      if (intent === undefined || given.payment_intent_data === undefined) return;
      intent.metadata = mergeMetadata(intent.metadata, more);
      if (data.description !== undefined) intent.description = data.description;
      account.intents.put(intent);
    });
  }],
  ['GET', '/v1/checkout/sessions/:id/line_items', ({ account, params, raw }) => listItems(findSession(account, params['id'] ?? '')._items, `/v1/checkout/sessions/${params['id'] ?? ''}/line_items`, 'line item', raw)],
  ['POST', '/v1/checkout/sessions/:id/expire', ({ account, params, raw }) => {
    readParams({}, raw);
    const session = findSession(account, params['id'] ?? '');
    if (session.status !== 'open') throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`, {});
    return expire(account, session);
  }],
];
