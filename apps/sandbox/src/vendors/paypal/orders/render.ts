import { isoTime, type Account } from '../account';
import type { Link } from '../core/errors';
import type { Hash } from '../core/reading';
import type { Order, Unit } from '../objects';
import { renderAuthorization, renderCapture, renderRefund } from '../payments/render';
import { payerOf } from './sources';

const linksOf = (account: Account, order: Order): readonly Link[] => {
  const self = `${account.baseUrl}/v2/checkout/orders/${order.id}`;
  const page = `${account.baseUrl}/checkoutnow?token=${order.id}`;
  const pay: Link = order.intent === 'CAPTURE' ? { href: `${self}/capture`, rel: 'capture', method: 'POST' } : { href: `${self}/authorize`, rel: 'authorize', method: 'POST' };
  const links: Link[] = [{ href: self, rel: 'self', method: 'GET' }];
  switch (order.status) {
    case 'CREATED':
      links.push({ href: page, rel: 'approve', method: 'GET' }, { href: self, rel: 'update', method: 'PATCH' }, pay);
      break;
    case 'PAYER_ACTION_REQUIRED':
      links.push({ href: page, rel: 'payer-action', method: 'GET' });
      break;
    case 'APPROVED':
    case 'SAVED':
      links.push({ href: self, rel: 'update', method: 'PATCH' }, pay);
      break;
    case 'COMPLETED':
    case 'VOIDED':
      break;
  }
  return links;
};

/** Where a payer is sent (again) to say what to do. */
export const payerLink = (account: Account, order: Order, rel: 'redirect' | 'payer-action' | 'approve'): Link => ({ href: `${account.baseUrl}/checkoutnow?token=${order.id}`, rel, method: 'GET' });

function paymentsOf(account: Account, unit: Unit): Hash {
  const authorizations = unit.authorizations.flatMap((id) => account.authorizations.get(id) ?? []).map((one) => renderAuthorization(account, one));
  const captures = unit.captures.flatMap((id) => account.captures.get(id) ?? []).map((one) => renderCapture(account, one));
  const refunds = unit.refunds.flatMap((id) => account.refunds.get(id) ?? []).map((one) => renderRefund(account, one));
  const payments = { ...(authorizations.length === 0 ? {} : { authorizations }), ...(captures.length === 0 ? {} : { captures }), ...(refunds.length === 0 ? {} : { refunds }) };
  return Object.keys(payments).length === 0 ? {} : { payments };
}

const known = (order: Order): boolean => order.status !== 'CREATED' && order.status !== 'PAYER_ACTION_REQUIRED';

/** All of it. */
export function renderOrder(account: Account, order: Order): Hash {
  const payer = known(order) && order.payment_source?.['card'] === undefined ? { payer: payerOf(order) } : order.payer === null ? {} : { payer: order.payer };
  return {
    id: order.id,
    intent: order.intent,
    status: order.status,
    ...(order.processing_instruction === null ? {} : { processing_instruction: order.processing_instruction }),
    ...(order.payment_source === null ? {} : { payment_source: order.payment_source }),
    purchase_units: order.units.map((unit) => ({ ...unit.wire, ...paymentsOf(account, unit) })),
    ...payer,
    create_time: isoTime(order.created),
    update_time: isoTime(order.updated),
    links: linksOf(account, order),
  };
}

/** As an order is shown that was just made. */
export const sketchOrder = (account: Account, order: Order): Hash => ({ id: order.id, status: order.status, ...(order.payment_source === null ? {} : { payment_source: order.payment_source }), links: linksOf(account, order) });

/** As it is shown when it was just paid. */
export const sketchPaid = (account: Account, order: Order): Hash => ({
  id: order.id,
  status: order.status,
  ...(order.payment_source === null ? {} : { payment_source: order.payment_source }),
  purchase_units: order.units.map((unit) => ({ reference_id: unit.wire.reference_id, ...(unit.wire['shipping'] === undefined ? {} : { shipping: unit.wire['shipping'] }), ...paymentsOf(account, unit) })),
  ...(order.payment_source?.['card'] === undefined ? { payer: payerOf(order) } : {}),
  links: linksOf(account, order),
});

export const totalOf = (order: Order): { readonly minor: number; readonly currency: string } => ({ minor: order.units.reduce((sum, unit) => sum + unit.minor, 0), currency: order.units[0]?.currency ?? 'USD' });
