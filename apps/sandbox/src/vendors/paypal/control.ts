import { get, json, post, type Answer, type Exchange, type Route } from '../../shared/exchange';
import { readRecord } from '../../shared/records';
import { usual, type Account } from './account';
import { refusal } from './api';
import { PaypalError, refused } from './core/errors';
import { moneyOf } from './core/money';
import { Reading, type Hash } from './core/reading';
import { openDispute, reasons } from './disputes/endpoints';
import { renderDispute } from './disputes/render';
import type { Settings } from './objects';
import type { Within } from './pages/checkout';
import { findCapture } from './payments/captures';
import { balances, note } from './payments/statement';
import { certificateUrl, renewCertificate } from './webhooks/certificates';

const limits = { token_seconds: [1, 86_400 * 30], order_hours: [1, 24 * 30], reporting_seconds: [0, 86_400] } as const;

const shown = ({ id: _id, object: _object, created: _created, ...settings }: Settings): Hash => settings;

/** What a buyer may do in the Resolution Center; what is not said is taken from the payment. */
export function dispute(account: Account, given: Hash): Hash {
  const reading = new Reading();
  const id = reading.text(given['capture_id'], '/capture_id', { needed: true });
  const reason = reading.choice(given['reason'], '/reason', reasons) ?? 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED';
  const channel = reading.choice(given['channel'], '/channel', ['INTERNAL', 'EXTERNAL']) ?? 'INTERNAL';
  const amount = reading.money(given['amount'], '/amount');
  const message = reading.text(given['message'], '/message', { max: 2_000 });
  reading.done();
  const capture = findCapture(account, id ?? '');
  const left = capture.minor - capture.refunded;
  if (amount !== null && amount.currency !== capture.currency) throw refused('CURRENCY_MISMATCH', { field: '/amount/currency_code', location: 'body' });
  if (capture.status !== 'COMPLETED' && capture.status !== 'PARTIALLY_REFUNDED') throw refused('REFUND_NOT_ALLOWED');
  if (amount !== null && amount.minor > left) throw refused('REFUND_AMOUNT_EXCEEDED', { field: '/amount/value', location: 'body' });
  const before = account.disputes.get(capture.dispute ?? '');
  if (before !== undefined && before.status !== 'RESOLVED') throw refused('TRANSACTION_DISPUTED');
  return renderDispute(account, openDispute(account, capture, { reason, channel, minor: amount?.minor ?? left, message }), { alone: true });
}

/** Money that goes from the account to the bank: all of it, where no amount is said. */
function withdrawal(account: Account, given: Hash): Hash {
  const reading = new Reading();
  const currency = reading.text(given['currency'], '/currency', { needed: true }) ?? '';
  const amount = reading.money(given['amount'], '/amount');
  const fee = reading.money(given['fee'], '/fee');
  reading.done();
  if ([amount, fee].some((one) => one !== null && one.currency !== currency)) throw refused('CURRENCY_MISMATCH', { field: '/amount/currency_code', location: 'body' });
  const there = balances(account).get(currency) ?? 0;
  const kept = fee?.minor ?? 0;
  const minor = amount?.minor ?? there - kept;
  if (minor <= 0 || minor + kept > there) throw refused('INVALID_PARAMETER_VALUE', { field: '/amount', location: 'body' });
  // AutoSweep, or somebody who withdraws.
  const line = note(account, { id: account.id(), code: amount === null ? 'T0401' : 'T0400', status: 'S', minor: -minor, fee: kept, currency, order: '' });
  return { transaction_id: line.id, amount: moneyOf(minor, currency) };
}

function readSettings(given: Hash): Partial<Settings> {
  const reading = new Reading();
  const change: Partial<Settings> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name === 'reset' && value === true) {
      const { id: _id, object: _object, ...all } = usual;
      Object.assign(change, all);
    } else if (name === 'reauthorize') {
      const choice = reading.choice(value, '/reauthorize', ['once', 'multiple'], true);
      if (choice !== null) change.reauthorize = choice;
    } else if (name === 'unique_invoices') {
      const flag = reading.flag(value, '/unique_invoices');
      if (flag !== null) change.unique_invoices = flag;
    } else if (name === 'token_seconds' || name === 'order_hours' || name === 'reporting_seconds') {
      const [least, most] = limits[name];
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) change[name] = value;
      else reading.wrong('INVALID_PARAMETER_VALUE', `/${name}`, value);
    } else {
      reading.wrong('NOT_SUPPORTED', `/${name}`);
    }
  }
  reading.done();
  return change;
}

/** What PayPal has on its web pages alone, or leaves open: for tests and for people, without a token. */
export function controls(account: Account, within: Within): readonly Route[] {
  const guarded =
    (act: (exchange: Exchange) => Answer) =>
    (exchange: Exchange): Answer =>
      within(() => {
        try {
          return act(exchange);
        } catch (error) {
          if (error instanceof PaypalError) return refusal(error);
          throw error;
        }
      });
  const read = ({ body }: Exchange): Hash => {
    const given = body.length === 0 ? {} : readRecord(body);
    if (given === null) throw refused('MALFORMED_REQUEST_JSON', { field: '/', location: 'body' });
    return given;
  };
  return [
    get('/sandbox/settings', guarded(() => json(shown(account.settings)))),
    post('/sandbox/settings', guarded((exchange) => json(shown(account.set(readSettings(read(exchange))))))),
    post('/sandbox/disputes', guarded((exchange) => json(dispute(account, read(exchange)), { status: 201 }))),
    post('/sandbox/withdrawals', guarded((exchange) => json(withdrawal(account, read(exchange)), { status: 201 }))),
    post('/sandbox/certificates/renew', guarded(() => json({ cert_url: certificateUrl(account, renewCertificate(account)) }, { status: 201 }))),
    post('/sandbox/tokens/revoke', guarded(() => {
      for (const token of [...account.tokens.oldestFirst()]) account.tokens.remove(token.id);
      return json({ revoked: true });
    })),
  ];
}
