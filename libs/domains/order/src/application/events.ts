import { orderEvents, type OrderPriceJson } from '@autobroker/contracts';
import { assertNever, type CurrencyCode, type OrderState } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { goodsWindowEnd } from '../domain/withdrawing';
import { etaOf, type Order, type Price } from '../domain/order';

const money = (currency: CurrencyCode) => (amount: number) => ({ amount, currency });

export function priceJson({ currency, total, deposit, lines }: Price): OrderPriceJson {
  const of = money(currency);
  return { total: of(total), deposit: of(deposit), balance: of(total - deposit), lines: lines.map(({ code, amount, payee, rule }) => ({ code, amount: of(amount), payee, rule })) };
}

const factsOf = (order: Order, previous: OrderState | null) => ({
  order_id: order.id,
  number: order.number,
  version: order.version,
  buyer_id: order.buyerId,
  vehicle_id: order.vehicleId,
  listing_id: order.listingId,
  quote_id: order.quote.id,
  capacity: order.capacity,
  seller_kind: order.sellerKind,
  buyer_kind: order.buyerKind,
  jurisdiction: { country: order.jurisdiction.country, region: order.jurisdiction.region },
  price: priceJson(order.price),
  ...(order.progress.contractedAt === null ? {} : { vat: order.progress.tax }),
  previous_state: previous,
  entered_at: order.enteredAt.toISOString(),
  due_at: order.dueAt?.toISOString() ?? null,
});

/** Tells that an order came into the state that it is in. */
export async function tellState(tx: Tx, order: Order, previous: OrderState | null): Promise<void> {
  const to = { key: order.id, tenantId: order.tenantId };
  const facts = factsOf(order, previous);
  const { progress, deposit, cancellation } = order;
  switch (order.state) {
    case 'requested':
      await tx.publish(orderEvents.requested, { ...to, data: { ...facts, locale: order.locale } });
      return;
    case 'deposit_held':
      if (deposit === null) throw new Error(`order ${order.id} holds no deposit`);
      await tx.publish(orderEvents.deposit_held, { ...to, data: { ...facts, payment_id: deposit.paymentId, method: deposit.method, capture_before: deposit.captureBefore } });
      return;
    case 'inspection':
      await tx.publish(orderEvents.inspection, { ...to, data: { ...facts, inspection_id: progress.inspection?.id ?? null, waived: progress.inspection?.waivedAt != null } });
      return;
    case 'in_transit':
      await tx.publish(orderEvents.in_transit, { ...to, data: { ...facts, eta: etaOf(progress) } });
      return;
    case 'delivered':
      await tx.publish(orderEvents.delivered, { ...to, data: { ...facts, odometer_km: progress.handover?.odometerKm ?? null, withdrawal_until: goodsWindowEnd(order)?.toISOString() ?? null } });
      return;
    case 'cancelled': {
      if (cancellation === null) throw new Error(`order ${order.id} is cancelled for no reason`);
      const { reason, fault, retain, refundDueAt, awaitsReturn } = cancellation;
      await tx.publish(orderEvents.cancelled, { ...to, data: { ...facts, reason, fault, retain: money(order.price.currency)(retain), refund_due_at: refundDueAt, awaits_return: awaitsReturn } });
      return;
    }
    case 'disputed':
      await tx.publish(orderEvents.disputed, { ...to, data: { ...facts, dispute_id: progress.disputes.findLast(({ status }) => status === 'open')?.id ?? null, resume_state: order.resumeState ?? 'disputed' } });
      return;
    case 'reserved':
    case 'contracted':
    case 'balance_paid':
    case 'titling':
    case 'completed':
      await tx.publish(orderEvents[order.state], { ...to, data: facts });
      return;
    default:
      assertNever(order.state, 'state of an order');
  }
}
