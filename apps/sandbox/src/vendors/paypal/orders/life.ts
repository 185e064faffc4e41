import type { Account } from '../account';
import { notFound } from '../core/errors';
import type { Funding, Order } from '../objects';
import { renderOrder } from './render';
import { buyer, payerOf, walletOf } from './sources';

export const findOrder = (account: Account, id: string): Order => {
  const order = account.orders.get(id);
  if (order === undefined) throw notFound('order_id', id);
  return order;
};

export const isOver = (order: Order): boolean => order.status === 'COMPLETED' || order.status === 'VOIDED';

/** So long it waits for its payer, and then as long to be paid. */
const lastsUntil = (account: Account, order: Order): number => (order.approved ?? order.created) + account.settings.order_hours * 3_600;

export const watchOrder = (account: Account, order: Order): void => account.later(lastsUntil(account, order), 'order.expire', order.id);

/** The payer has said yes, on the page or with a card. */
export function approve(account: Account, order: Order, funding: Funding): void {
  account.change(account.orders, order, (one) => {
    one.status = one.processing_instruction === 'ORDER_SAVED_ON_BUYER_APPROVAL' ? 'SAVED' : 'APPROVED';
    one.funding = funding;
    one.approved = account.now();
    if (one.payment_source?.['card'] !== undefined) return;
    one.payment_source = walletOf(one);
    if (one.experience.shipping !== 'GET_FROM_FILE') return;
    const { given_name: first, surname: last } = buyer.name;
    for (const unit of one.units) unit.wire = { ...unit.wire, shipping: { name: { full_name: `${first} ${last}` }, address: buyer.address, ...(typeof unit.wire['shipping'] === 'object' ? unit.wire['shipping'] : {}) } };
  });
  watchOrder(account, order);
  account.tell('CHECKOUT.ORDER.APPROVED', { resource_type: 'checkout-order', resource_version: '2.0', summary: 'An order has been approved by buyer', resource: renderOrder(account, order) });
}

/** The shop's own address with something added, and otherwise as it was given. */
function withQuery(address: string, added: Readonly<Record<string, string>>): string {
  const [plain = '', ...fragment] = address.split('#');
  return [`${plain}${plain.includes('?') ? '&' : '?'}${new URLSearchParams(added)}`, ...fragment].join('#');
}

/** Where the payer goes after it. */
export const returnUrl = (order: Order): string | null => (order.experience.return_url === null ? null : withQuery(order.experience.return_url, { token: order.id, PayerID: String(payerOf(order)['payer_id']) }));

export const cancelUrl = (order: Order): string | null => (order.experience.cancel_url === null ? null : withQuery(order.experience.cancel_url, { token: order.id }));

/** An order that nobody approved or paid in time is there no more. */
export function playOrders(account: Account): void {
  account.on('order.expire', (id) => {
    const order = account.orders.get(id);
    if (order !== undefined && !isOver(order) && account.now() >= lastsUntil(account, order)) account.orders.remove(id);
  });
}
