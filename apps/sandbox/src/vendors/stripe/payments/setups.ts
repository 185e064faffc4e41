import type { Account } from '../account';
import { behaviourOf } from '../cards';
import { invalid, missing, StripeError, type ErrorBody } from '../core/errors';
import { listRows } from '../core/lists';
import { anything, flag, hash, mergeMetadata, metadata, notPlayed, oneOf, readParams, text, type Metadata } from '../core/params';
import { render } from '../core/render';
import type { Call, Endpoint } from '../core/routes';
import type { PaymentMethod, SetupIntent } from '../objects';
import { attempt } from './attempts';
import { declineBody } from './declines';
import { nextAction, wantsAuthentication } from './engine';
import { attach, makeMethod, methodData, methodNamed } from './methods';
import { methodOptions } from './options';
import { oneWayOnly, orNull, typeParams, typesFor, type TypesGiven } from './types';

/** Nothing is paid: what can be kept is what counts. */
const keeping = { currency: 'eur', customer: null, capture: undefined } as const;

export interface NewSetup {
  readonly customer?: string | undefined;
  readonly description?: string | undefined;
  readonly metadata?: Metadata | undefined;
  readonly usage?: string | undefined;
  readonly types?: TypesGiven | undefined;
  readonly automatic?: SetupIntent['automatic_payment_methods'];
  readonly session?: string;
}

export function makeSetup(account: Account, given: NewSetup): SetupIntent {
  const id = account.id('seti');
  const setup: SetupIntent = {
    id,
    object: 'setup_intent',
    created: account.now(),
    allowed_payment_method_types: orNull(given.types?.allowed_payment_method_types),
    application: null,
    automatic_payment_methods: given.automatic ?? null,
    cancellation_reason: null,
    client_secret: account.id(`${id}_secret`, 25),
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: orNull(given.types?.excluded_payment_method_types),
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: typesFor(given.types ?? {}, keeping, ['card']),
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: given.usage ?? 'off_session',
    _returnUrl: null,
    _session: given.session ?? null,
  };
  account.setups.put(setup);
  account.emit('setup_intent.created', setup);
  return setup;
}

function fail(account: Account, setup: SetupIntent, body: ErrorBody): ErrorBody {
  account.change(account.setups, setup, (one) => {
    one.status = 'requires_payment_method';
    one.payment_method = null;
    one.next_action = null;
    one.last_setup_error = body;
  }, 'setup_intent.setup_failed');
  return body;
}

/** Keeps the card for later; null when the bank has agreed, or has yet to. */
export function prepare(account: Account, setup: SetupIntent, method: PaymentMethod, useSdk: boolean | undefined): ErrorBody | null {
  const behaviour = behaviourOf(method._number);
  setup.payment_method = method.id;
  const asks = wantsAuthentication(behaviour.authenticate === 'on_session' ? { ...behaviour, authenticate: 'always' } : behaviour, method._setUp, false);
  if (!asks) return finish(account, setup, method);
  attempt(account, setup, method, 'requires_action');
  account.change(account.setups, setup, (one) => {
    one.status = 'requires_action';
    one.last_setup_error = null;
    one.next_action = nextAction(account, one.id, one._returnUrl, useSdk);
  }, 'setup_intent.requires_action');
  return null;
}

function finish(account: Account, setup: SetupIntent, method: PaymentMethod): ErrorBody | null {
  const { decline, declineOnAttach } = behaviourOf(method._number);
  if (decline !== undefined && declineOnAttach === true) {
    const body = declineBody(account, method, { decline, charge: null });
    attempt(account, setup, method, 'failed', body);
    return fail(account, setup, body);
  }
  attempt(account, setup, method, 'succeeded');
  if (setup.customer !== null) attach(account, method, setup.customer);
  method._setUp = setup.usage === 'off_session';
  account.methods.put(method);
  account.change(account.setups, setup, (one) => {
    one.status = 'succeeded';
    one.next_action = null;
    one.last_setup_error = null;
  }, 'setup_intent.succeeded');
  return null;
}

/** The customer has answered the bank. */
export function setupAuthenticated(account: Account, setup: SetupIntent, passed: boolean): void {
  const method = account.methods.get(setup.payment_method ?? '');
  if (setup.status !== 'requires_action' || method === undefined) return;
  if (passed) {
    finish(account, setup, method);
    return;
  }
  const body: ErrorBody = { type: 'invalid_request_error', code: 'setup_intent_authentication_failure', message: 'The latest attempt to set up the payment method has failed because authentication failed.', payment_method: render(method) };
  attempt(account, setup, method, 'failed', body);
  fail(account, setup, body);
}

const find = (account: Account, id: string): SetupIntent => {
  const found = account.setups.get(id);
  if (found === undefined) throw missing('setupintent', id, 'intent');
  return found;
};

const shared = { automatic_payment_methods: hash({ enabled: flag, allow_redirects: text() }), attach_to_self: flag, customer: text(), customer_account: text(), description: text(), flow_directions: anything, metadata, on_behalf_of: notPlayed, payment_method: text(), payment_method_configuration: text(), payment_method_data: hash(methodData), payment_method_options: methodOptions, ...typeParams } as const;
const confirming = { confirmation_token: notPlayed, mandate_data: anything, return_url: text(), use_stripe_sdk: flag } as const;

const unexpected = (setup: SetupIntent, verb: string): StripeError => invalid(`You cannot ${verb} this SetupIntent because it has a status of ${setup.status}.`, { code: 'setup_intent_unexpected_state', setup_intent: render(setup) });

function go(account: Account, setup: SetupIntent, method: PaymentMethod, useSdk: boolean | undefined): SetupIntent {
  const refused = prepare(account, setup, method, useSdk);
  if (refused !== null) throw new StripeError(402, { ...refused, setup_intent: render(setup) });
  return setup;
}

const create = ({ account, raw }: Call): SetupIntent => {
  const given = readParams({ ...shared, ...confirming, confirm: flag, single_use: anything, usage: oneOf('off_session', 'on_session') }, raw);
  if (given.customer !== undefined && account.customers.get(given.customer) === undefined) throw missing('customer', given.customer, 'customer', 400);
  oneWayOnly(given, { payment_method_configuration: given.payment_method_configuration });
  const method = given.payment_method !== undefined ? methodNamed(account, given.payment_method) : given.payment_method_data === undefined ? undefined : makeMethod(account, given.payment_method_data);
  if (given.confirm === true && method === undefined) throw invalid("You cannot confirm this SetupIntent because it's missing a payment method.", { code: 'setup_intent_unexpected_state' });
  const ownWay = given.payment_method_types !== undefined || orNull(given.allowed_payment_method_types) !== null || given.automatic_payment_methods?.enabled === false;
  const setup = makeSetup(account, { customer: given.customer, description: given.description, metadata: mergeMetadata({}, given.metadata), usage: given.usage, types: given, automatic: ownWay ? null : { allow_redirects: given.automatic_payment_methods?.allow_redirects ?? 'always', enabled: true } });
  setup.payment_method_options = given.payment_method_options ?? {};
  setup._returnUrl = given.return_url ?? null;
  if (method !== undefined) {
    setup.payment_method = method.id;
    setup.status = 'requires_confirmation';
  }
  account.setups.put(setup);
  return given.confirm === true && method !== undefined ? go(account, setup, method, given.use_stripe_sdk) : setup;
};

const waiting = (setup: SetupIntent): boolean => setup.status !== 'succeeded' && setup.status !== 'canceled' && setup.status !== 'processing';

const update = ({ account, params, raw }: Call): SetupIntent => {
  const setup = find(account, params['id'] ?? '');
  const given = readParams(shared, raw);
  if (!waiting(setup) && Object.keys(given).some((name) => name !== 'metadata' && name !== 'description')) throw unexpected(setup, 'update');
  const method = given.payment_method === undefined ? undefined : methodNamed(account, given.payment_method);
  return account.change(account.setups, setup, (one) => {
    one.metadata = mergeMetadata(one.metadata, given.metadata);
    one.customer = given.customer ?? one.customer;
    one.description = given.description ?? one.description;
    if (method !== undefined) {
      one.payment_method = method.id;
      one.status = 'requires_confirmation';
    }
  });
};

const confirm = ({ account, params, raw }: Call): SetupIntent => {
  const setup = find(account, params['id'] ?? '');
  const given = readParams({ ...confirming, ...typeParams, payment_method: text(), payment_method_data: hash(methodData), payment_method_options: methodOptions, client_secret: text() }, raw);
  if (!waiting(setup)) throw unexpected(setup, 'confirm');
  const id = given.payment_method ?? setup.payment_method;
  const method = given.payment_method_data !== undefined ? makeMethod(account, given.payment_method_data) : id === null ? undefined : methodNamed(account, id);
  if (method === undefined) throw invalid("You cannot confirm this SetupIntent because it's missing a payment method.", { code: 'setup_intent_unexpected_state', setup_intent: render(setup) });
  setup._returnUrl = given.return_url ?? setup._returnUrl;
  return go(account, setup, method, given.use_stripe_sdk);
};

export const setupEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/setup_intents', create],
  ['GET', '/v1/setup_intents', ({ account, raw }) => listRows({ table: account.setups, url: '/v1/setup_intents', noun: 'setupintent', filters: { customer: text(), payment_method: text(), attach_to_self: flag, customer_account: text() }, fits: (row, given) => (given.customer === undefined || row.customer === given.customer) && (given.payment_method === undefined || row.payment_method === given.payment_method) }, raw)],
  ['GET', '/v1/setup_intents/:id', ({ account, params, raw }) => {
    const setup = find(account, params['id'] ?? '');
    const { client_secret: secret } = readParams({ client_secret: text() }, raw);
    if (secret !== undefined && secret !== setup.client_secret) throw invalid("The client_secret provided does not match any associated SetupIntent on this account. Ensure the client_secret is correct and associated with the SetupIntent's account.", { code: 'setup_intent_invalid_parameter', param: 'client_secret' });
    return setup;
  }],
  ['POST', '/v1/setup_intents/:id', update],
  ['POST', '/v1/setup_intents/:id/confirm', confirm],
  ['POST', '/v1/setup_intents/:id/cancel', ({ account, params, raw }) => {
    const setup = find(account, params['id'] ?? '');
    const given = readParams({ cancellation_reason: oneOf('abandoned', 'requested_by_customer', 'duplicate') }, raw);
    if (!waiting(setup)) throw unexpected(setup, 'cancel');
    return account.change(account.setups, setup, (one) => {
      one.status = 'canceled';
      one.cancellation_reason = given.cancellation_reason ?? null;
      one.next_action = null;
    }, 'setup_intent.canceled');
  }],
];
