import { Injectable } from '@nestjs/common';
import type { EventData, paymentAuthorized, paymentCaptured, paymentDisputed, paymentFailed, paymentOrderSettled, paymentRefundSettled } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { hearDeposit, hearDispute, hearFailed, hearRefundSettled, hearSettled, type Park } from '../domain/hear-money';
import { carOf } from '../domain/facts';
import type { Deposit } from '../domain/order';
import { systemBy } from './caller';
import type { OpenOrder } from './open-order';
import { OrderDesk } from './order-desk';
import { Compensations, OpsQueue } from './ports';

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
    return this.on(tx, tenantId, data.order_id, (open) => this.deposit(open, { paymentId, method, state: 'authorized', captureBefore }, amount));
  }

  captured(tx: Tx, tenantId: string | null, data: EventData<typeof paymentCaptured>): Promise<void> {
    const { payment_id: paymentId, method, amount, leg } = data;
    if (leg !== 'deposit') return Promise.resolve();
    return this.on(tx, tenantId, data.order_id, (open) => this.deposit(open, { paymentId, method, state: 'captured', captureBefore: null }, amount));
  }

  failed(tx: Tx, tenantId: string | null, { order_id: orderId, leg, payment_id: paymentId, reason }: EventData<typeof paymentFailed>): Promise<void> {
    return this.on(tx, tenantId, orderId, (open) => this.park(open, hearFailed(open, { leg, paymentId, reason })));
  }

  settled(tx: Tx, tenantId: string | null, data: EventData<typeof paymentOrderSettled>): Promise<void> {
    return this.on(tx, tenantId, data.order_id, (open) => this.park(open, hearSettled(open, { ...data.received, givenBack: data.given_back?.amount ?? 0 }, data.settled_at)));
  }

  refundSettled(tx: Tx, tenantId: string | null, data: EventData<typeof paymentRefundSettled>): Promise<void> {
    return this.on(tx, tenantId, data.order_id, async (open) => {
      await this.compensations.done(tx, open.order.id, 'refund', open.now);
      hearRefundSettled(open, data.settled_at);
    });
  }

  disputed(tx: Tx, tenantId: string | null, data: EventData<typeof paymentDisputed>): Promise<void> {
    const { dispute_id: id, status, reason, due_by: dueBy, changed_at: changedAt, amount } = data;
    return this.on(tx, tenantId, data.order_id, (open) => this.park(open, hearDispute(open, { id, status, reason, dueBy, changedAt, amount })));
  }

  private async on(tx: Tx, tenantId: string | null, orderId: string, work: (open: OpenOrder) => Promise<void> | void): Promise<void> {
    const found = await this.desk.changeIn(tx, orderId, by, async (open) => (await work(open), true), tenantId);
    if (found === null) throw new OrderUnknownError(`order ${orderId} is not known`);
  }

  /** With a deposit people begin to work on the sale: what its contract will need, they are told now. */
  private async deposit(open: OpenOrder, said: Deposit, amount: Parameters<typeof hearDeposit>[2]): Promise<void> {
    const before = open.order.state;
    await this.park(open, hearDeposit(open, said, amount));
    const { order, now, tx, sight } = open;
    if (before === order.state || carOf(order, sight.vehicle)?.vin != null) return;
    await this.queue.add(tx, order, { kind: 'vin_missing', detail: 'nobody knows the VIN of the car: without it no contract can be written', dedupe: 'vin_missing' }, now);
  }

  /** Nothing moves; somebody has to look. */
  private async park({ order, now, tx }: OpenOrder, parked: Park | null): Promise<void> {
    if (parked === null) return;
    const { kind, detail, dedupe = kind } = parked;
    await this.queue.add(tx, order, { kind, detail, dedupe }, now);
    await tx.audit({ ...by, action: 'order.refused', object: { type: 'order', id: order.id }, tenantId: order.tenantId, reason: kind, after: { detail } });
  }
}
