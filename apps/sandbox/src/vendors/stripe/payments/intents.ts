import type { Account } from '../account';
import { email, shipping } from '../core/contacts';
import { invalid, missing, unexpectedState } from '../core/errors';
import { checkOwner, listRows } from '../core/lists';
import { searchRows } from '../core/search';
import { anything, flag, hash, int, mergeMetadata, metadata, notPlayed, oneOf, readParams, required, text, unsettable, type Reader } from '../core/params';
import { render, type Page } from '../core/render';
import type { Call, Endpoint } from '../core/routes';
import { amount, checkAmount, currency } from '../money/amounts';
import type { CaptureMethod, PaymentIntent } from '../objects';
import { descriptor, notForCards } from './descriptors';
import { cancel, capture, pay, throwRefused } from './engine';
import { fitting, fittingType, makeIntent } from './making';
import { makeMethod, methodData } from './methods';
import { methodOptions } from './options';
import { checkTransfer } from './transfers';
import { oneWayOnly, orNull, typeParams, typesFor, type TypesGiven } from './types';

const offSession: Reader<boolean> = (raw, name) => (raw === 'one_off' || raw === 'recurring' ? true : flag(raw, name));
const url: Reader<string> = (raw, name) => {
  const value = text()(raw, name);
  if (!URL.canParse(value)) throw invalid('Not a valid URL', { code: 'url_invalid', param: name });
  return value;
};

const shared = {
  amount_details: anything,
  application_fee_amount: notPlayed,
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  customer: text(),
  customer_account: text(),
  description: unsettable(text(1_000)),
  hooks: anything,
  metadata,
  payment_details: anything,
  payment_method: text(),
  payment_method_configuration: text(),
  payment_method_data: hash(methodData),
  payment_method_options: methodOptions,
  ...typeParams,
  receipt_email: unsettable(email(800)),
  setup_future_usage: unsettable(oneOf('off_session', 'on_session')),
  shipping: unsettable(shipping),
  statement_descriptor: descriptor,
  statement_descriptor_suffix: descriptor,
  transfer_data: notPlayed,
  transfer_group: text(),
} as const;

const confirming = { confirmation_token: notPlayed, error_on_requires_action: flag, mandate: text(), mandate_data: anything, off_session: offSession, radar_options: anything, return_url: url, use_stripe_sdk: flag } as const;

export const findIntent = (account: Account, id: string, param = 'intent', status = 404): PaymentIntent => {
  const found = account.intents.get(id);
  if (found === undefined) throw missing('payment_intent', id, param, status);
  return found;
};

const checkCustomer = (account: Account, id: string | undefined): void => {
  if (id !== undefined && account.customers.get(id) === undefined) throw missing('customer', id, 'customer', 400);
};

const create = ({ account, raw }: Call): PaymentIntent => {
  const given = readParams({ ...shared, ...confirming, amount, currency, automatic_payment_methods: hash({ enabled: flag, allow_redirects: oneOf('always', 'never') }), confirm: flag, confirmation_method: oneOf('automatic', 'manual'), on_behalf_of: notPlayed }, raw);
  const value = required(given.amount, 'amount');
  const of = required(given.currency, 'currency');
  checkAmount(value, of);
  checkCustomer(account, given.customer);
  oneWayOnly(given, { automatic_payment_methods: given.automatic_payment_methods?.enabled === true ? true : undefined, payment_method_configuration: given.payment_method_configuration });
  if (given.confirm !== true) {
    for (const name of ['off_session', 'return_url', 'error_on_requires_action'] as const) if (given[name] !== undefined) throw invalid(`You cannot provide \`${name}\` when \`confirm\` is not \`true\`.`, { param: name });
  }
  const automatic = given.payment_method_types === undefined && orNull(given.allowed_payment_method_types) === null && given.automatic_payment_methods?.enabled !== false;
  const methodTypes = given.automatic_payment_methods?.enabled === false && given.payment_method_types === undefined ? ['card'] : typesFor(given, { currency: of, customer: given.customer, capture: given.capture_method });
  notForCards(given.statement_descriptor, methodTypes);
  const customer = given.customer ?? undefined;
  // Whatever is wrong with the method is said before anything is made.
  const named = given.payment_method === undefined ? undefined : fitting(account, { customer: customer ?? null, payment_method_types: methodTypes }, given.payment_method);
  const method = named ?? (given.payment_method_data === undefined ? undefined : fittingType(makeMethod(account, given.payment_method_data), { payment_method_types: methodTypes }));
  if (given.confirm === true && method === undefined) throw unexpectedState("You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.", {});
  if (given.confirm === true && method?.type === 'customer_balance') checkTransfer({ currency: of, payment_method_options: given.payment_method_options ?? {} });
  const intent = makeIntent(account, {
    amount: value,
    currency: of,
    captureMethod: given.capture_method,
    customer,
    description: given.description,
    metadata: mergeMetadata({}, given.metadata),
    types: methodTypes,
    typesGiven: given,
    methodOptions: given.payment_method_options,
    automatic: automatic ? { allow_redirects: given.automatic_payment_methods?.allow_redirects ?? 'always', enabled: true } : null,
    setupFutureUsage: given.setup_future_usage,
    receiptEmail: given.receipt_email,
    shipping: given.shipping,
    statementDescriptor: given.statement_descriptor,
    statementSuffix: given.statement_descriptor_suffix,
    transferGroup: given.transfer_group,
    byHand: given.confirmation_method === 'manual',
  });
  if (method !== undefined) {
    intent.payment_method = method.id;
    intent.status = 'requires_confirmation';
    account.intents.put(intent);
  }
  if (given.confirm !== true || method === undefined) return intent;
  intent._returnUrl = given.return_url ?? null;
  throwRefused(intent, pay(account, intent, method, { offSession: given.off_session, errorOnAction: given.error_on_requires_action, useSdk: given.use_stripe_sdk }));
  return intent;
};

type Retyped = Pick<PaymentIntent, 'payment_method_types' | 'allowed_payment_method_types' | 'excluded_payment_method_types'>;

/** What it may be paid with once the caller has changed what matters to that. */
function retyped(intent: PaymentIntent, given: TypesGiven & { readonly capture_method?: CaptureMethod | undefined; readonly currency?: string | undefined; readonly customer?: string | undefined }): Retyped {
  oneWayOnly(given);
  const { payment_method_types: listed, allowed_payment_method_types: allow, excluded_payment_method_types: exclude } = given;
  const allowed = allow === undefined ? intent.allowed_payment_method_types : orNull(allow);
  const excluded = exclude === undefined ? intent.excluded_payment_method_types : orNull(exclude);
  const kept = { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded };
  if (listed !== undefined) return { ...kept, payment_method_types: listed };
  const byName = intent.automatic_payment_methods === null && intent.allowed_payment_method_types === null && allowed === null && exclude === undefined;
  if (byName) return { ...kept, payment_method_types: intent.payment_method_types };
  return { ...kept, payment_method_types: typesFor({ allowed_payment_method_types: allowed ?? undefined, excluded_payment_method_types: excluded ?? undefined }, { currency: given.currency ?? intent.currency, customer: given.customer ?? intent.customer, capture: given.capture_method ?? intent.capture_method }) };
}

const changeable = new Set<PaymentIntent['status']>(['requires_payment_method', 'requires_confirmation', 'requires_action']);

const update = ({ account, params, raw }: Call): PaymentIntent => {
  const intent = findIntent(account, params['id'] ?? '');
  const given = readParams({ ...shared, amount, currency }, raw);
  const beyond = Object.keys(given).filter((name) => !['metadata', 'description', 'receipt_email', 'shipping', 'transfer_group', 'statement_descriptor'].includes(name));
  if (!changeable.has(intent.status) && beyond.length > 0) {
    throw unexpectedState(`This PaymentIntent's ${beyond[0] ?? ''} could not be updated because it has a status of ${intent.status}. You may only update the ${beyond[0] ?? ''} of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`, { payment_intent: render(intent), param: beyond[0] ?? '' });
  }
  if (given.amount !== undefined) checkAmount(given.amount, given.currency ?? intent.currency);
  checkCustomer(account, given.customer);
  const next = { customer: given.customer ?? intent.customer, ...retyped(intent, given) };
  notForCards(given.statement_descriptor, next.payment_method_types);
  const method = given.payment_method !== undefined ? fitting(account, next, given.payment_method) : given.payment_method_data !== undefined ? fittingType(makeMethod(account, given.payment_method_data), next) : undefined;
  return account.change(account.intents, intent, (one) => {
    one.amount = given.amount ?? one.amount;
    one.currency = given.currency ?? one.currency;
    one.capture_method = given.capture_method ?? one.capture_method;
    one.customer = next.customer;
    one.payment_method_types = next.payment_method_types;
    one.allowed_payment_method_types = next.allowed_payment_method_types;
    one.excluded_payment_method_types = next.excluded_payment_method_types;
    one.metadata = mergeMetadata(one.metadata, given.metadata);
    one.payment_method_options = { ...one.payment_method_options, ...given.payment_method_options };
    one.statement_descriptor = given.statement_descriptor ?? one.statement_descriptor;
    one.statement_descriptor_suffix = given.statement_descriptor_suffix ?? one.statement_descriptor_suffix;
    one.transfer_group = given.transfer_group ?? one.transfer_group;
    if (given.description !== undefined) one.description = given.description;
    if (given.receipt_email !== undefined) one.receipt_email = given.receipt_email;
    if (given.setup_future_usage !== undefined) one.setup_future_usage = given.setup_future_usage;
    if (given.shipping !== undefined) one.shipping = given.shipping;
    if (method !== undefined) {
      one.payment_method = method.id;
      one.status = 'requires_confirmation';
      one.next_action = null;
    }
  });
};

const confirmable = new Set<PaymentIntent['status']>(['requires_payment_method', 'requires_confirmation', 'requires_action']);

const confirm = ({ account, params, raw }: Call): PaymentIntent => {
  const intent = findIntent(account, params['id'] ?? '');
  const { customer: _, ...rest } = shared;
  const given = readParams({ ...rest, ...confirming, amount_to_confirm: amount, client_secret: text(), expected_payment_method_type: text() }, raw);
  if (!confirmable.has(intent.status)) {
    const why = intent.status === 'succeeded' ? 'it has already succeeded after being previously confirmed' : intent.status === 'canceled' ? 'it has a status of canceled' : `it has a status of ${intent.status}`;
    throw unexpectedState(`You cannot confirm this PaymentIntent because ${why}.`, { payment_intent: render(intent) });
  }
  const types = retyped(intent, given);
  const id = given.payment_method ?? (given.payment_method_data === undefined ? intent.payment_method : null);
  const method = id !== null && id !== undefined ? fitting(account, { customer: intent.customer, ...types }, id) : given.payment_method_data === undefined ? undefined : fittingType(makeMethod(account, given.payment_method_data), types);
  if (method === undefined) throw unexpectedState("You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.", { payment_intent: render(intent) });
  if (method.type === 'customer_balance') checkTransfer({ currency: intent.currency, payment_method_options: { ...intent.payment_method_options, ...given.payment_method_options } });
  Object.assign(intent, types);
  if (given.capture_method !== undefined) intent.capture_method = given.capture_method;
  if (given.setup_future_usage !== undefined) intent.setup_future_usage = given.setup_future_usage;
  if (given.receipt_email !== undefined) intent.receipt_email = given.receipt_email;
  if (given.shipping !== undefined) intent.shipping = given.shipping;
  intent.metadata = mergeMetadata(intent.metadata, given.metadata);
  intent.payment_method_options = { ...intent.payment_method_options, ...given.payment_method_options };
  intent._returnUrl = given.return_url ?? intent._returnUrl;
  account.intents.put(intent);
  throwRefused(intent, pay(account, intent, method, { offSession: given.off_session, errorOnAction: given.error_on_requires_action, useSdk: given.use_stripe_sdk }));
  return intent;
};

const take = ({ account, params, raw }: Call): PaymentIntent => {
  const intent = findIntent(account, params['id'] ?? '');
  const given = readParams({ amount_details: anything, amount_to_capture: int({ min: 0 }), application_fee_amount: notPlayed, final_capture: flag, hooks: anything, metadata, payment_details: anything, statement_descriptor: descriptor, statement_descriptor_suffix: descriptor, transfer_data: notPlayed }, raw);
  const done = capture(account, intent, given.amount_to_capture, given.final_capture ?? true);
  if (given.metadata !== undefined) account.change(account.intents, done, (one) => {
    one.metadata = mergeMetadata(one.metadata, given.metadata);
  });
  return done;
};

const cancelable = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action'];

const giveUp = ({ account, params, raw }: Call): PaymentIntent => {
  const intent = findIntent(account, params['id'] ?? '');
  const given = readParams({ cancellation_reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer', 'abandoned') }, raw);
  if (!cancelable.includes(intent.status)) {
    throw unexpectedState(`You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${cancelable.join(', ')}.`, { payment_intent: render(intent) });
  }
  if (account.sessions.get(intent._session ?? '')?.status === 'open') throw unexpectedState('You cannot cancel the PaymentIntent of a Checkout Session that is open. Expire the Checkout Session instead.', { payment_intent: render(intent) });
  return cancel(account, intent, given.cancellation_reason ?? null);
};

const increment = ({ account, params, raw }: Call): PaymentIntent => {
  const intent = findIntent(account, params['id'] ?? '');
  const given = readParams({ amount, amount_details: anything, application_fee_amount: notPlayed, description: text(1_000), hooks: anything, metadata, payment_details: anything, statement_descriptor: descriptor, transfer_data: notPlayed }, raw);
  const value = required(given.amount, 'amount');
  const charge = account.charges.get(intent.latest_charge ?? '');
  const { card } = charge?.payment_method_details ?? {};
  if (intent.status !== 'requires_capture' || charge === undefined || card === undefined) throw unexpectedState(`This PaymentIntent's authorization could not be incremented because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be incremented: requires_capture.`, { payment_intent: render(intent) });
  if (card.incremental_authorization.status !== 'available') throw invalid('This PaymentIntent is not eligible for incremental authorization: it needs `payment_method_options[card][request_incremental_authorization]`.', { payment_intent: render(intent) });
  if (value <= intent.amount) throw invalid(`The amount must be greater than the currently authorized amount (${intent.amount}).`, { param: 'amount' });
  checkAmount(value, intent.currency);
  charge.amount = value;
  charge.payment_method_details = { ...charge.payment_method_details, card: { ...card, amount_authorized: value, overcapture: { ...card.overcapture, maximum_amount_capturable: value } } };
  account.charges.put(charge);
  return account.change(account.intents, intent, (one) => {
    one.amount = value;
    one.amount_capturable = value;
    one.description = given.description ?? one.description;
    one.metadata = mergeMetadata(one.metadata, given.metadata);
  }, 'payment_intent.amount_capturable_updated');
};

const all = ({ account, raw }: Call): Page => {
  checkOwner(raw, 'customer', 'customer', (id) => account.customerEver(id));
  return listRows({ table: account.intents, url: '/v1/payment_intents', noun: 'payment_intent', filters: { customer: text(), customer_account: text() }, fits: (row, given) => given.customer === undefined || row.customer === given.customer }, raw);
};

export const intentEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/payment_intents', create],
  ['GET', '/v1/payment_intents', all],
  ['GET', '/v1/payment_intents/search', ({ account, raw }) => searchRows(account.intents, '/v1/payment_intents/search', ['amount', 'created', 'currency', 'customer', 'metadata', 'status'], raw)],
  ['GET', '/v1/payment_intents/:id', ({ account, params, raw }) => {
    const intent = findIntent(account, params['id'] ?? '');
    const given = readParams({ client_secret: text() }, raw);
    if (given.client_secret !== undefined && given.client_secret !== intent.client_secret) throw invalid("The client_secret provided does not match any associated PaymentIntent on this account. Ensure the client_secret is correct and associated with the PaymentIntent's account.", { code: 'payment_intent_invalid_parameter', param: 'client_secret' });
    return intent;
  }],
  ['POST', '/v1/payment_intents/:id', update],
  ['POST', '/v1/payment_intents/:id/confirm', confirm],
  ['POST', '/v1/payment_intents/:id/capture', take],
  ['POST', '/v1/payment_intents/:id/cancel', giveUp],
  ['POST', '/v1/payment_intents/:id/increment_authorization', increment],
];
