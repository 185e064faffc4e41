import type { Account } from '../account';
import { notFound, refused } from '../core/errors';
import { Reading } from '../core/reading';
import { ok, type Call, type Endpoint, type Outcome } from '../core/routes';
import { closeByRefund } from '../disputes/outcome';
import type { Capture, Refund } from '../objects';
import { checkOwnInvoice, claimInvoice } from './invoices';
import { renderAlone, sketch } from './render';
import { giveBack } from './refunding';
import { tellRefund } from './statement';

const refundDays = 180;
const mostRefunds = 100;

export const findCapture = (account: Account, id: string): Capture => {
  const found = account.captures.get(id);
  if (found === undefined) throw notFound('capture_id', id);
  return found;
};

const findRefund = (account: Account, id: string): Refund => {
  const found = account.refunds.get(id);
  if (found === undefined) throw notFound('refund_id', id);
  return found;
};

/** What is to be given back; all that is left unless something is said. */
function wanted(account: Account, capture: Capture, reading: Reading, given: unknown): number {
  const amount = reading.money(given, '/amount');
  reading.done();
  const left = capture.minor - capture.refunded;
  if (capture.status === 'PENDING') throw refused('PENDING_CAPTURE');
  if (capture.status === 'REFUNDED' || left === 0) throw refused('CAPTURE_FULLY_REFUNDED');
  if (capture.status === 'DECLINED' || capture.status === 'FAILED') throw refused('REFUND_NOT_ALLOWED');
  if (account.now() > capture.created + refundDays * 24 * 3_600) throw refused('REFUND_TIME_LIMIT_EXCEEDED');
  if (amount !== null && amount.currency !== capture.currency) throw refused('REFUND_CAPTURE_CURRENCY_MISMATCH', { location: 'body', field: '/amount/currency_code', value: amount.currency });
  const minor = amount?.minor ?? left;
  if (minor > left) throw refused('REFUND_AMOUNT_EXCEEDED', { location: 'body', field: '/amount/value' });
  if (capture.refunds >= mostRefunds) throw refused('MAX_NUMBER_OF_REFUNDS_EXCEEDED');
  const dispute = account.disputes.get(capture.dispute ?? '');
  if (dispute !== undefined && dispute.status !== 'RESOLVED') {
    if (dispute.channel === 'EXTERNAL') throw refused('REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK');
    if (minor < left) throw refused('TRANSACTION_DISPUTED');
  }
  return minor;
}

function refund({ account, params, body, whole }: Call): Outcome {
  const capture = findCapture(account, params['id'] ?? '');
  const reading = new Reading();
  const invoice = reading.text(body['invoice_id'], '/invoice_id', { max: 127 });
  const custom = reading.text(body['custom_id'], '/custom_id', { max: 127 });
  const note = reading.text(body['note_to_payer'], '/note_to_payer', { max: 255 });
  const minor = wanted(account, capture, reading, body['amount']);
  checkOwnInvoice(account, 'refunded', capture.order, invoice);
  closeByRefund(account, capture);
  const made = giveBack(account, capture, { minor, invoice_id: invoice ?? capture.invoice_id, custom_id: custom ?? capture.custom_id, note, code: 'T1107' });
  claimInvoice(account, capture.order, invoice, 'refunded');
  tellRefund(account, 'REFUNDED', made);
  const shown = renderAlone.refund(account, made);
  return { status: 201, body: whole ? shown : sketch(shown), view: ['refund', made.id] };
}

export const captureEndpoints: readonly Endpoint[] = [
  ['GET', '/v2/payments/captures/:id', ({ account, params }) => ok(renderAlone.capture(account, findCapture(account, params['id'] ?? '')))],
  ['POST', '/v2/payments/captures/:id/refund', refund],
  ['GET', '/v2/payments/refunds/:id', ({ account, params }) => ok(renderAlone.refund(account, findRefund(account, params['id'] ?? '')))],
];
