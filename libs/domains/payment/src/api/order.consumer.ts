import { Injectable } from '@nestjs/common';
import { orderEvents, type OrderPriceJson, orderPriceChanged, orderResumed, orderReturnSettled } from '@autobroker/contracts';
import { isCurrencyCode, orderStates } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { Desks } from '../application/desks';
import type { OrderNews } from '../domain/order-account';

const { requested, reserved, deposit_held, inspection, contracted, balance_paid, titling, in_transit, delivered, completed, cancelled, disputed } = orderEvents;

export const followOrders = defineConsumer({
  name: 'payment.follow-orders',
  on: [requested, reserved, deposit_held, inspection, contracted, balance_paid, titling, in_transit, delivered, completed, cancelled, disputed, orderPriceChanged, orderResumed, orderReturnSettled],
});

type Told = EventFor<typeof followOrders>;

/** What orders tell decides what is owed, and what becomes of what was paid. */
@Injectable()
@EventConsumer(followOrders)
export class OrderConsumer {
  constructor(private readonly desks: Desks) {}

  handle(event: Told, tx: Tx): Promise<void> {
    return this.desks.hear(tx, newsOf(event));
  }
}

export function newsOf(event: Told): OrderNews {
  const { tenant_id: tenantId } = event;
  if (tenantId === null) throw new Error(`${event.type} of no tenant`);
  const base = { orderId: event.data.order_id, tenantId, version: event.data.version, at: new Date(event.occurred_at) };
  if (event.type === 'order.price_changed.v1') return { ...base, state: null, price: priceOf(event.data.price) };
  if (event.type === 'order.resumed.v1') return { ...base, state: event.data.state };
  if (event.type === 'order.return_settled.v1') return { ...base, state: null, returned: { retain: event.data.retain.amount } };
  const { data } = event;
  const state = orderStates.find((one) => event.type === `order.${one}.v1`);
  if (state === undefined) throw new Error(`${event.type} leads to no state that is known`);
  return {
    ...base,
    state,
    who: { buyerId: data.buyer_id, number: data.number },
    price: priceOf(data.price),
    ...(data.vat == null ? {} : { tax: { ...data.vat, capacity: data.capacity } }),
    ...(event.type === 'order.cancelled.v1' ? { cancelled: { retain: event.data.retain.amount, refundDueAt: new Date(event.data.refund_due_at), awaitsReturn: event.data.awaits_return ?? false } } : {}),
    ...(event.type === 'order.disputed.v1' ? { resumeState: event.data.resume_state } : {}),
  };
}

/** In one currency, or it is none. */
function priceOf(price: OrderPriceJson): NonNullable<OrderNews['price']> {
  const { currency } = price.total;
  if (!isCurrencyCode(currency)) throw new Error(`a price in ${currency}`);
  if ([price.deposit, price.balance, ...price.lines.map(({ amount }) => amount)].some((one) => one.currency !== currency)) throw new Error('a price in two currencies');
  return { currency, total: price.total.amount, deposit: price.deposit.amount, lines: price.lines.map(({ code, amount, payee }) => ({ code, amount: amount.amount, payee })) };
}
