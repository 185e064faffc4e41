import { Injectable } from '@nestjs/common';
import { ok, refuse, uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { mandateSignedAt } from '../domain/facts';
import { type Order, withProgress } from '../domain/order';
import type { StepRefusal } from '../domain/step';
import { useOf, waitsForCar, withdrawalOf } from '../domain/withdrawing';
import type { Caller } from './caller';
import type { OpenOrder } from './open-order';
import { type NotFound, OrderDesk } from './order-desk';
import { OpsQueue } from './ports';

export type WithdrawRefusal = StepRefusal | NotFound | Refusal<'conflict'>;

/** The right that the law gives, in two steps: it is declared, and then confirmed. Nobody has to say why. */
@Injectable()
export class Withdraw {
  constructor(
    private readonly desk: OrderDesk,
    private readonly queue: OpsQueue,
  ) {}

  declare(id: string, odometerKm: number | null, caller: Caller): Promise<Result<Order, WithdrawRefusal>> {
    return this.desk.change<Order, WithdrawRefusal>(id, caller, (open) => {
      const { order, now } = open;
      const allowed = this.mayWithdraw(open, odometerKm, caller);
      if (!allowed.ok) return allowed;
      if (order.progress.withdrawal?.confirmedAt != null) return refuse('conflict', 'It is confirmed already');
      open.note('withdrawal_declared', withProgress(order, now, { withdrawal: { id: uuidv7(now), declaredAt: now.toISOString(), odometerKm, use: useOf(order, odometerKm, open.use), assessment: null, confirmedAt: null, returned: null } }));
      return ok(open.order);
    });
  }

  confirm(id: string, withdrawalId: string, caller: Caller): Promise<Result<Order, WithdrawRefusal>> {
    return this.desk.change<Order, WithdrawRefusal>(id, caller, async (open) => {
      const { order, now, tx } = open;
      const { withdrawal } = order.progress;
      if (withdrawal?.id !== withdrawalId) return refuse('conflict', 'Declare it first');
      if (withdrawal.confirmedAt !== null) return refuse('conflict', 'It is confirmed already');
      const allowed = this.mayWithdraw(open, withdrawal.odometerKm, caller);
      if (!allowed.ok) return allowed;
      open.note('withdrawal_confirmed', withProgress(order, now, { withdrawal: { ...withdrawal, confirmedAt: now.toISOString() } }));
      // How far it was driven, and what it has lost, is seen when it is back.
      if (waitsForCar(order)) await this.queue.add(tx, order, { kind: 'car_returning', detail: 'the refund waits for the car: look at it when it is back, and say what is kept', dedupe: 'car_returning' }, now);
      const ending = { reason: 'withdrawal', fault: 'withdrawal' } as const;
      const first = open.move('withdraw', 'buyer', { ending });
      // What a carrier has is stopped first; then the sale is over as it is elsewhere.
      return first.ok && open.order.state === 'disputed' ? open.move('withdraw', 'buyer', { ending }) : first;
    });
  }

  private mayWithdraw({ order, now, sight }: OpenOrder, odometerKm: number | null, caller: Caller): Result<void, WithdrawRefusal> {
    if (order.buyerId !== caller.id) return refuse('permission_denied', 'Only the buyer withdraws');
    const standing = withdrawalOf(order, now, { mandateSignedAt: mandateSignedAt(sight.papers), odometerKm });
    if (standing === null) return refuse('withdrawal_not_possible', 'The law gives no right to withdraw from this sale');
    return standing.mayDeclare ? ok() : refuse('withdrawal_not_possible', standing.why ?? 'This sale can’t be withdrawn from');
  }
}
