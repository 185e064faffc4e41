import type { Account } from '../account';
import { behaviourOf, type CardBehaviour, type Decline } from '../cards';
import { invalid, StripeError, unexpectedState, type ErrorBody } from '../core/errors';
import { render } from '../core/render';
import type { Charge, PaymentIntent, PaymentMethod } from '../objects';
import { cardOption, collect, isHeld, makeCharge } from './charging';
import { debit, playDebits } from './debits';
import { authenticationRequired, declineBody } from './declines';
import { awaitTransfer, releaseFunds } from './transfers';
import { attach } from './methods';

export interface How {
  readonly offSession?: boolean | undefined;
  readonly errorOnAction?: boolean | undefined;
  readonly useSdk?: boolean | undefined;
}

/** Whether the bank wants to see the customer first. */
export const wantsAuthentication = ({ authenticate }: CardBehaviour, setUp: boolean, offSession: boolean): boolean => {
  switch (authenticate) {
    case 'always':
    case 'required':
      return true;
    case 'until_set_up':
      return !offSession || !setUp;
    case 'on_session':
      return !offSession;
    default:
      return false;
  }
};

export const challengeUrl = (account: Account, id: string): string => `${account.baseUrl}/authenticate/${id}`;

/** What the customer has to do; a redirect where there is somewhere to come back to. */
export const nextAction = (account: Account, id: string, returnUrl: string | null, useSdk: boolean | undefined): Readonly<Record<string, unknown>> => {
  const url = challengeUrl(account, id);
  if (returnUrl !== null && useSdk !== true) return { redirect_to_url: { return_url: returnUrl, url }, type: 'redirect_to_url' };
  return { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', source: account.id('src'), stripe_js: url, known_frame_issues: 'false' } };
};

/** Why it did not succeed; null when it did, or has yet to. */
export type Refused = ErrorBody | null;

/** Pays with a method that is there. The intent has been told everything else already. */
export function pay(account: Account, intent: PaymentIntent, method: PaymentMethod, how: How): Refused {
  if (method.type === 'customer_balance') {
    awaitTransfer(account, intent, method);
    return null;
  }
  if (method.type === 'sepa_debit') {
    keepForLater(account, intent, method);
    debit(account, intent, method);
    return null;
  }
  const behaviour = behaviourOf(method._number);
  intent._offSession = how.offSession === true;
  if (intent._authenticated === method.id) {
    intent._authenticated = null;
    return settle(account, intent, method, true);
  }
  if (!wantsAuthentication(behaviour, method._setUp, intent._offSession) && !shopAsks(intent, behaviour)) return settle(account, intent, method, false);
  if (intent._offSession) return refuse(account, intent, method, authenticationRequired, true);
  if (how.errorOnAction === true) return refuse(account, intent, method, authenticationRequired, false);
  account.change(account.intents, intent, (one) => {
    one.status = 'requires_action';
    one.payment_method = method.id;
    one.last_payment_error = null;
    one.next_action = nextAction(account, one.id, one._returnUrl, how.useSdk);
  }, 'payment_intent.requires_action');
  return null;
}

/** The shop may want the customer to be asked where the bank does not: `any` of a card that can, `challenge` of all. */
const shopAsks = (intent: PaymentIntent, { authenticate }: CardBehaviour): boolean => {
  const asked = cardOption(intent, 'request_three_d_secure');
  return asked === 'challenge' || (asked === 'any' && authenticate === 'if_asked');
};

/** The bank has been satisfied, or asked for nothing. */
export function settle(account: Account, intent: PaymentIntent, method: PaymentMethod, authenticated: boolean): Refused {
  const { decline } = behaviourOf(method._number);
  if (decline !== undefined) return refuse(account, intent, method, decline, true, authenticated);
  const charge = makeCharge(account, intent, method, { decline: null, authenticated });
  const manual = isHeld(intent);
  keepForLater(account, intent, method);
  const paid = (one: PaymentIntent): void => {
    one.latest_charge = charge.id;
    one.payment_method = method.id;
    one.next_action = null;
    one.last_payment_error = null;
  };
  if (manual) {
    account.emit('charge.succeeded', charge);
    account.later(charge.payment_method_details.card?.capture_before ?? account.now(), 'authorization.expire', charge.id);
    account.change(account.intents, intent, (one) => {
      paid(one);
      one.status = 'requires_capture';
      one.amount_capturable = one.amount;
    }, 'payment_intent.amount_capturable_updated');
    return null;
  }
  // Asynchronous capture tells of the balance in an event of its own.
  const async = intent.capture_method === 'automatic_async';
  if (async) {
    const taken = { ...charge, captured: true, amount_captured: charge.amount };
    account.emit('charge.succeeded', taken);
    collect(account, charge, charge.amount);
  } else {
    collect(account, charge, charge.amount);
    account.emit('charge.succeeded', charge);
  }
  account.change(account.intents, intent, (one) => {
    paid(one);
    one.status = 'succeeded';
    one.amount_received = one.amount;
    one.amount_capturable = 0;
  }, 'payment_intent.succeeded');
  if (async) account.emit('charge.updated', charge, { balance_transaction: null });
  return null;
}

function keepForLater(account: Account, intent: PaymentIntent, method: PaymentMethod): void {
  if (method.customer === null) {
    if (intent.setup_future_usage !== null && intent.customer !== null) attach(account, method, intent.customer);
    else method._spent = true;
  }
  if (intent.setup_future_usage === 'off_session') method._setUp = true;
  account.methods.put(method);
}

/** The payment fails, and may be tried again with another card. */
function refuse(account: Account, intent: PaymentIntent, method: PaymentMethod, decline: Decline, asked: boolean, authenticated = false): ErrorBody {
  const charge = asked ? makeCharge(account, intent, method, { decline, authenticated }) : null;
  if (charge !== null) account.emit('charge.failed', charge);
  const body = declineBody(account, method, { decline, charge: charge?.id ?? null });
  fail(account, intent, body, charge?.id ?? null);
  if (method.customer === null) {
    method._spent = true;
    account.methods.put(method);
  }
  return body;
}

export function fail(account: Account, intent: PaymentIntent, body: ErrorBody, charge: string | null): void {
  account.change(account.intents, intent, (one) => {
    one.status = 'requires_payment_method';
    one.payment_method = null;
    one.next_action = null;
    one.last_payment_error = body;
    if (charge !== null) one.latest_charge = charge;
  }, 'payment_intent.payment_failed');
}

/** The customer has answered the bank, on its page. */
export function authenticated(account: Account, intent: PaymentIntent, passed: boolean): void {
  const method = account.methods.get(intent.payment_method ?? '');
  if (intent.status !== 'requires_action' || method === undefined) return;
  if (passed && intent.confirmation_method === 'manual') {
    intent._authenticated = method.id;
    account.change(account.intents, intent, (one) => {
      one.status = 'requires_confirmation';
      one.next_action = null;
    });
    return;
  }
  if (passed) {
    account.timeOf(intent.customer, () => settle(account, intent, method, true));
    return;
  }
  const message = 'We are unable to authenticate your payment method. Please choose a different payment method and try again.';
  fail(account, intent, { type: 'invalid_request_error', code: 'payment_intent_authentication_failure', message, payment_method: render(method) }, null);
}

export const throwRefused = (intent: PaymentIntent, refused: Refused): void => {
  if (refused !== null) throw new StripeError(402, { ...refused, payment_intent: render(intent) });
};

/** Takes what was held; the rest is let go unless more is to come. */
export function capture(account: Account, intent: PaymentIntent, wanted: number | undefined, final: boolean): PaymentIntent {
  const charge = account.charges.get(intent.latest_charge ?? '');
  if (intent.status !== 'requires_capture' || charge === undefined) {
    throw unexpectedState(`This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`, { payment_intent: render(intent) });
  }
  const amount = wanted ?? intent.amount_capturable;
  const steps = charge.payment_method_details.card?.multicapture.status === 'available';
  if (amount === 0 && !(final && intent.amount_received > 0)) throw invalid('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: 'amount_to_capture' });
  if (amount > intent.amount_capturable) throw invalid(`The remaining amount on this PaymentIntent (${intent.amount_capturable}) is less than the amount you are trying to capture (${amount}).`, { code: 'amount_too_large', param: 'amount_to_capture', payment_intent: render(intent) });
  if (!final && !steps) {
    throw invalid('This PaymentIntent is not eligible for multicapture: `final_capture=false` needs `payment_method_options[card][request_multicapture]`.', { param: 'final_capture', payment_intent: render(intent) });
  }
  if (!final && amount === intent.amount_capturable) throw invalid('You cannot capture the whole remaining amount with `final_capture` set to `false`.', { param: 'final_capture', payment_intent: render(intent) });
  if (amount > 0) collect(account, charge, amount, final);
  if (amount > 0 && steps) account.emit('charge.updated', charge);
  if (final) return finish(account, intent, charge, amount, steps);
  return account.change(account.intents, intent, (one) => {
    one.amount_received += amount;
    one.amount_capturable -= amount;
  }, 'payment_intent.amount_capturable_updated');
}

/** Nothing more is taken; what is left of the hold is let go. */
function finish(account: Account, intent: PaymentIntent, charge: Charge, amount: number, tellsSteps: boolean): PaymentIntent {
  account.change(account.charges, charge, (one) => {
    one.captured = true;
    one.refunded = one.amount_captured === one.amount_refunded;
  }, 'charge.captured');
  return account.change(account.intents, intent, (one) => {
    one.amount_received += amount;
    one.amount_capturable = 0;
    one.status = 'succeeded';
  }, ...(tellsSteps ? ['payment_intent.amount_capturable_updated', 'payment_intent.succeeded'] : ['payment_intent.succeeded']));
}

/** Lets a hold go; nothing was taken, so nothing is booked. */
export function letGo(account: Account, charge: Charge, type: 'charge.refunded' | 'charge.expired'): void {
  account.change(account.charges, charge, (one) => {
    one.amount_refunded = one.amount;
    one.refunded = true;
  }, type);
}

export function cancel(account: Account, intent: PaymentIntent, reason: string | null): PaymentIntent {
  const charge = account.charges.get(intent.latest_charge ?? '');
  // Of what was taken in part there is something to keep.
  if (intent.status === 'requires_capture' && charge !== undefined && intent.amount_received > 0) return finish(account, intent, charge, 0, true);
  if (intent.status === 'requires_capture' && charge !== undefined) letGo(account, charge, reason === 'automatic' ? 'charge.expired' : 'charge.refunded');
  releaseFunds(account, intent);
  return account.change(account.intents, intent, (one) => {
    one.status = 'canceled';
    one.canceled_at = account.now();
    one.cancellation_reason = reason;
    one.amount_capturable = 0;
    one.next_action = null;
  }, 'payment_intent.canceled');
}

/** A hold that nobody took in time. */
export function playExpiry(account: Account): void {
  playDebits(account, (intent, body, charge) => fail(account, intent, body, charge.id));
  account.on('authorization.expire', (id) => {
    const charge = account.charges.get(id);
    const intent = account.intents.get(charge?.payment_intent ?? '');
    if (charge === undefined || intent === undefined || intent.status !== 'requires_capture' || intent.latest_charge !== id) return;
    // Extended or moved since: its own time counts.
    if ((charge.payment_method_details.card?.capture_before ?? 0) > account.now()) return;
    cancel(account, intent, 'automatic');
  });
}
