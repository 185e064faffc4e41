import { Injectable } from '@nestjs/common';
import type { EventData, paymentAuthorized, paymentCaptured, paymentDisputed, paymentFailed, paymentOrderSettled, paymentRefundSettled } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { orderLife, type OrderTrigger } from '../domain/life';
import { changed, type Deposit, type Dispute, type Order, withProgress } from '../domain/order';
import { systemBy } from './caller';
import type { OpenOrder } from './open-order';
import { OrderDesk } from './order-desk';
import { Compensations, type OpsKind, OpsQueue } from './ports';

const by = systemBy('hear-payments');

/** An order is behind its payment: the event is tried again. */
export class OrderUnknownError extends Error {
  override readonly name = 'OrderUnknownError';
}

/** What the payment service says of money. In any order, and any number of times: what can't take effect yet is kept until it can. */
@Injectable()
export class HearPayments {
  constructor(
    private readonly desk: OrderDesk,
    private readonly queue: OpsQueue,
    private readonly compensations: Compensations,
  ) {}

  authorized(tx: Tx, tenantId: string | null, data: EventData<typeof paymentAuthorized>): Promise<void> {
    const { payment_id: paymentId, method, amount, leg, capture_before: captureBefore } = data;
    if (leg !== 'deposit') return Promise.resolve();
    return this.on(tx, tenantId, data.order_id, (open) => this.held(open, { paymentId, method, state: 'authorized', captureBefore }, amount));
  }

  captured(tx: Tx, tenantId: string | null, data: EventData<typeof paymentCaptured>): Promise<void> {
    const { payment_id: paymentId, method, amount, leg } = data;
    if (leg !== 'deposit') return Promise.resolve();
    return this.on(tx, tenantId, data.order_id, (open) => this.held(open, { paymentId, method, state: 'captured', captureBefore: null }, amount));
  }

  failed(tx: Tx, tenantId: string | null, data: EventData<typeof paymentFailed>): Promise<void> {
    return this.on(tx, tenantId, data.order_id, async (open) => {
      const { deposit, state } = open.order;
      // A try that failed is the buyer's to repeat; only the hold that the sale stands on ends it.
      if (data.leg !== 'deposit' || deposit?.paymentId !== data.payment_id || deposit.state === 'captured' || state === 'cancelled') return;
      const ended = open.move('release_deposit', 'payment', { ending: { reason: `deposit_${data.reason}`, fault: 'nobody' } });
      // After the contract a deposit that is gone does not undo the sale: people settle it with the buyer.
      if (!ended.ok) await this.park(open, 'payment_unmatched', `the deposit is gone (${data.reason}) while the order is ${state}`, `payment:${data.payment_id}`);
    });
  }

  settled(tx: Tx, tenantId: string | null, data: EventData<typeof paymentOrderSettled>): Promise<void> {
    return this.on(tx, tenantId, data.order_id, async (open) => {
      const { order } = open;
      if (order.settledAt !== null || order.state === 'cancelled') return;
      if (data.received.currency !== order.price.currency || data.received.amount < order.price.total) return this.park(open, 'payment_unmatched', `settled with ${data.received.amount} ${data.received.currency} of ${order.price.total} ${order.price.currency}`);
      open.note('all_paid', changed(order, open.now, { settledAt: data.settled_at }));
      open.followUp();
    });
  }

  refundSettled(tx: Tx, tenantId: string | null, data: EventData<typeof paymentRefundSettled>): Promise<void> {
    return this.on(tx, tenantId, data.order_id, async (open) => {
      const { order, now } = open;
      await this.compensations.done(tx, order.id, 'refund', now);
      if (order.cancellation === null || order.cancellation.closedAt !== null) return;
      open.note('refund_settled', changed(order, now, { cancellation: { ...order.cancellation, closedAt: data.settled_at } }));
    });
  }

  disputed(tx: Tx, tenantId: string | null, data: EventData<typeof paymentDisputed>): Promise<void> {
    return this.on(tx, tenantId, data.order_id, async (open) => {
      const known = open.order.progress.disputes.find(({ id }) => id === data.dispute_id);
      const status = { opened: 'open', evidence_sent: 'open', lost: 'lost', won: 'closed', withdrawn: 'closed' } as const;
      // What was decided does not come undone by an older word that arrives late.
      if (known !== undefined && (known.status !== 'open' || known.status === status[data.status])) return;
      const dispute: Dispute = { id: data.dispute_id, kind: 'bank', reason: data.reason, status: status[data.status], dueBy: data.due_by, openedAt: known?.openedAt ?? data.changed_at };
      const others = open.order.progress.disputes.filter(({ id }) => id !== data.dispute_id);
      open.note('dispute_noted', withProgress(open.order, open.now, { disputes: [...others, dispute] }), data.reason);
      if (dispute.status === 'open') open.move('dispute', 'payment', { reason: data.reason });
      else if (dispute.status === 'lost') await this.park(open, 'dispute_lost', `the bank took ${data.amount.amount} ${data.amount.currency} back`, `dispute:${dispute.id}`);
      else resume(open);
    });
  }

  private async on(tx: Tx, tenantId: string | null, orderId: string, work: (open: OpenOrder) => Promise<void> | void): Promise<void> {
    const found = await this.desk.changeIn(tx, orderId, by, async (open) => (await work(open), true), tenantId);
    if (found === null) throw new OrderUnknownError(`order ${orderId} is not known`);
  }

  private async held(open: OpenOrder, said: Deposit, amount: { readonly amount: number; readonly currency: string }): Promise<void> {
    const { order, now } = open;
    const { deposit } = order;
    if (deposit?.paymentId === said.paymentId) {
      if (deposit.state === 'captured' || said.state === 'authorized') return;
      open.note('deposit_taken', changed(order, now, { deposit: { ...deposit, state: 'captured' } }));
      return;
    }
    if (order.state === 'cancelled') return; // it goes back: the payment service hears of the cancellation
    if (amount.currency !== order.price.currency || amount.amount !== order.price.deposit) {
      return this.park(open, 'deposit_mismatch', `${amount.amount} ${amount.currency} is held where ${order.price.deposit} ${order.price.currency} was asked for`, `payment:${said.paymentId}`);
    }
    if (deposit !== null) return this.park(open, 'payment_unmatched', 'a second deposit is held', `payment:${said.paymentId}`);
    if (order.state !== 'reserved') return this.park(open, 'payment_unmatched', `a deposit came while the order was ${order.state}`, `payment:${said.paymentId}`);
    const after = changed(order, now, { deposit: said });
    open.note('deposit_taken', after);
    open.followUp();
  }

  /** Nothing moves; somebody has to look. */
  private async park(open: OpenOrder, kind: OpsKind, detail: string, dedupe: string = kind): Promise<void> {
    const { order, now, tx } = open;
    await this.queue.add(tx, { id: uuidv7(now), tenantId: order.tenantId, orderId: order.id, kind, detail, dedupe, createdAt: now });
    await tx.audit({ ...by, action: 'order.refused', object: { type: 'order', id: order.id }, tenantId: order.tenantId, reason: kind, after: { detail } });
  }
}

/** Back to where the sale stood, when nothing is disputed any more. */
function resume(open: OpenOrder): void {
  const trigger = resumeTrigger(open.order);
  if (trigger !== null) open.move(trigger, 'payment');
}

function resumeTrigger({ state, resumeState }: Order): OrderTrigger | null {
  if (state !== 'disputed' || resumeState === null) return null;
  return orderLife.transitions.find(({ from, to, trigger }) => from === 'disputed' && to === resumeState && trigger.startsWith('resume_'))?.trigger ?? null;
}
