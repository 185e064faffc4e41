import { paymentAuthorized, paymentCaptured, paymentDisputed, paymentFailed, paymentOrderSettled, paymentRefunded, paymentRefundSettled } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import type { OrderDesk } from '../domain/desk';
import type { Told } from '../domain/desk-state';
import type { Payment } from '../domain/payment';
import { mayTryAgain } from '../domain/truth';

/** Everything that is told of an order has the order as its key, so that it is heard in order. */
export async function tell(tx: Tx, desk: OrderDesk): Promise<void> {
  for (const one of desk.told) await tellOne(tx, desk, one);
}

const refOf = ({ id, orderId, leg, method, provider }: Payment) => ({ payment_id: id, order_id: orderId, leg, method, provider });

async function tellOne(tx: Tx, { order, now }: OrderDesk, one: Told): Promise<void> {
  const at = now.toISOString();
  const to = { key: order.orderId, tenantId: order.tenantId };
  const money = (amount: number) => ({ amount, currency: order.currency });
  switch (one.kind) {
    case 'authorized': {
      const captureBefore = one.payment.captureBefore?.toISOString() ?? null;
      await tx.publish(paymentAuthorized, { ...to, data: { ...refOf(one.payment), amount: { amount: one.amount, currency: one.payment.currency }, capture_before: captureBefore, authorized_at: at } });
      return;
    }
    case 'captured':
      await tx.publish(paymentCaptured, { ...to, data: { ...refOf(one.payment), amount: { amount: one.amount, currency: one.payment.currency }, captured_at: at } });
      return;
    case 'failed':
      await tx.publish(paymentFailed, { ...to, data: { ...refOf(one.payment), reason: one.failure.reason, decline_code: one.failure.declineCode, may_try_again: mayTryAgain(one.failure) && !order.isCancelled, failed_at: at } });
      return;
    case 'refunded':
      await tx.publish(paymentRefunded, { ...to, data: { ...refOf(one.payment), refund_id: one.refundId, amount: money(one.amount), reason: one.reason, refunded_at: at } });
      return;
    case 'disputed': {
      const { id, status, amount, reason, dueBy } = one.dispute;
      await tx.publish(paymentDisputed, { ...to, data: { ...refOf(one.payment), dispute_id: id, status, amount: money(amount), reason, due_by: dueBy?.toISOString() ?? null, changed_at: at } });
      return;
    }
    case 'order_settled':
      await tx.publish(paymentOrderSettled, { ...to, data: { order_id: order.orderId, received: money(one.received), given_back: money(one.givenBack), settled_at: at } });
      return;
    case 'refund_settled':
      await tx.publish(paymentRefundSettled, { ...to, data: { order_id: order.orderId, refunded: money(one.refunded), retained: money(one.retained), settled_at: at } });
  }
}
