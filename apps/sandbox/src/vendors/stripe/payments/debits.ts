import type { Account } from '../account';
import { invalid } from '../core/errors';
import type { ErrorBody } from '../core/errors';
import { render } from '../core/render';
import type { Charge, PaymentIntent, PaymentMethod } from '../objects';
import { collect, makeCharge } from './charging';

/** A debit takes days; here a moment, so that whoever waits sees both, or three minutes. */
const soon = 3;
const later = 180;

interface Fate {
  readonly good: boolean;
  readonly after: number;
}

const fates: Readonly<Record<string, Fate>> = {
  AT321904300235473204: { good: true, after: later },
  AT861904300235473202: { good: false, after: soon },
  AT051904300235473205: { good: false, after: later },
  DE08370400440532013003: { good: true, after: later },
  DE62370400440532013001: { good: false, after: soon },
  DE78370400440532013004: { good: false, after: later },
};

const fateOf = (iban: string): Fate => fates[iban] ?? { good: true, after: soon };

/** Letters count as numbers from 10 on, the first four places go to the end, and the whole is 1 more than a multiple of 97. */
export function isIban(iban: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/u.test(iban)) return false;
  const numbers = [...`${iban.slice(4)}${iban.slice(0, 4)}`].map((one) => (/\d/u.test(one) ? one : String(one.charCodeAt(0) - 55))).join('');
  return BigInt(numbers) % 97n === 1n;
}

/** Asks the customer's bank for the money, which answers later. */
export function debit(account: Account, intent: PaymentIntent, method: PaymentMethod): void {
  if (intent.capture_method === 'manual') throw invalid('The payment method type `sepa_debit` does not support manual capture.', { param: 'capture_method', payment_intent: render(intent) });
  const charge = makeCharge(account, intent, method, { decline: null, authenticated: false, pending: true });
  account.change(account.intents, intent, (one) => {
    one.status = 'processing';
    one.payment_method = method.id;
    one.latest_charge = charge.id;
    one.last_payment_error = null;
    one.next_action = null;
  }, 'payment_intent.processing');
  account.emit('charge.pending', charge);
  account.later(account.now() + fateOf(method._number).after, 'debit.settle', charge.id);
}

type Failed = (intent: PaymentIntent, body: ErrorBody, charge: Charge) => void;

export function playDebits(account: Account, fail: Failed): void {
  account.on('debit.settle', (id) => {
    const charge = account.charges.get(id);
    const intent = account.intents.get(charge?.payment_intent ?? '');
    const method = account.methods.get(charge?.payment_method ?? '');
    if (charge === undefined || method === undefined || intent?.status !== 'processing' || intent.latest_charge !== id) return;
    if (!fateOf(method._number).good) {
      const message = 'The customer’s bank account could not be debited.';
      account.change(account.charges, charge, (one) => {
        one.status = 'failed';
        one.failure_code = 'payment_intent_payment_attempt_failed';
        one.failure_message = message;
        one.outcome = { ...one.outcome, network_status: 'declined_by_network', reason: 'generic_decline', seller_message: message, type: 'issuer_declined' };
      }, 'charge.failed');
      fail(intent, { type: 'invalid_request_error', code: 'payment_intent_payment_attempt_failed', message, charge: id, payment_method: render(method) }, charge);
      return;
    }
    charge.status = 'succeeded';
    charge.paid = true;
    collect(account, charge, charge.amount);
    account.emit('charge.succeeded', charge);
    account.change(account.intents, intent, (one) => {
      one.status = 'succeeded';
      one.amount_received = one.amount;
    }, 'payment_intent.succeeded');
  });
}
