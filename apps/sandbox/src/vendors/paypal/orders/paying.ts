import { isRecord } from '../../../shared/records';
import type { Account } from '../account';
import { refused, type Detail } from '../core/errors';
import type { Call, Outcome } from '../core/routes';
import type { Intent, Order } from '../objects';
import { hold, take } from '../payments/charging';
import { checkInvoice } from '../payments/invoices';
import { choose } from './choosing';
import { findOrder, isOver } from './life';
import { payerLink, renderOrder, sketchPaid } from './render';

const mostAttempts = 10;

/** An order can be paid once, the way that it was meant to be, after its payer has said yes. */
function admit(account: Account, order: Order, intent: Intent): void {
  const at: Omit<Detail, 'issue' | 'description'> = { location: 'path', field: 'order_id', value: order.id };
  if (order.status === 'COMPLETED') throw refused(order.intent === 'CAPTURE' ? 'ORDER_ALREADY_CAPTURED' : intent === 'AUTHORIZE' ? 'ORDER_ALREADY_AUTHORIZED' : 'ACTION_DOES_NOT_MATCH_INTENT', at);
  if (order.status === 'VOIDED') throw refused('ORDER_COMPLETED_OR_VOIDED', at);
  if (order.intent !== intent) throw refused('ACTION_DOES_NOT_MATCH_INTENT', at);
  if (order.status === 'PAYER_ACTION_REQUIRED' && order.funding === 'asks_again') throw refused('PAYER_ACTION_REQUIRED', at, [payerLink(account, order, 'payer-action')]);
  if (order.status === 'CREATED' || order.status === 'PAYER_ACTION_REQUIRED') throw refused('ORDER_NOT_APPROVED', at, [payerLink(account, order, order.status === 'CREATED' ? 'approve' : 'payer-action')]);
}

/** Whether the money is there. */
function attempt(account: Account, order: Order): void {
  if (order.attempts >= mostAttempts) throw refused('MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED');
  for (const unit of order.units) checkInvoice(account, order.id, unit.invoice_id);
  if (order.funding === 'asks_again') {
    account.change(account.orders, order, (one) => (one.status = 'PAYER_ACTION_REQUIRED'));
    throw refused('PAYER_ACTION_REQUIRED', {}, [payerLink(account, order, 'payer-action')]);
  }
  if (order.funding !== 'declined') return;
  account.change(account.orders, order, (one) => (one.attempts += 1));
  throw refused('INSTRUMENT_DECLINED', {}, [payerLink(account, order, 'redirect')]);
}

/** Pays an approved order: everything is taken, or held. */
export function pay(account: Account, order: Order): void {
  attempt(account, order);
  account.change(account.orders, order, (one) => (one.status = 'COMPLETED'));
  for (const unit of order.units) {
    if (order.intent === 'CAPTURE') take(account, { order, unit, authorization: null, minor: unit.minor, final: true, funding: order.funding, invoice_id: unit.invoice_id, note: null });
    else hold(account, { order, unit, minor: unit.minor, parent: null });
  }
}

export const payBy =
  (intent: Intent) =>
  ({ account, params, body, whole }: Call): Outcome => {
    const order = findOrder(account, params['id'] ?? '');
    // What it is paid with may be said as late as this.
    if (isRecord(body['payment_source']) && order.intent === intent && (order.status === 'CREATED' || order.status === 'PAYER_ACTION_REQUIRED')) choose(account, order, body);
    admit(account, order, intent);
    pay(account, order);
    return { status: 201, body: whole ? renderOrder(account, order) : sketchPaid(account, order), view: ['paid', order.id] };
  };

/** A patch or another source comes too late. */
export const isLate = (order: Order): boolean => isOver(order);
