import { Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Order, type UseAssessment, type Withdrawal, withProgress } from '../domain/order';
import { notNow, type StepRefusal } from '../domain/step';
import type { UsePolicy } from '../domain/tenant-policy';
import { agreed, assessedBy, carPriceOf, isUseCounted } from '../domain/withdrawing';
import { type Caller, onlyStaff } from './caller';
import { type NotFound, OrderDesk } from './order-desk';

export type AssessRefusal = StepRefusal | NotFound | Refusal<'conflict' | 'validation_failed' | 'second_approval_required'>;

/**
 * What a car that comes back has lost by its use, as somebody of the broker's has seen it, where the odometer does not say
 * it. The buyer is shown it before they confirm; above the limit it counts only when a second person has agreed.
 */
@Injectable()
export class AssessUse {
  constructor(private readonly desk: OrderDesk) {}

  assess(id: string, withdrawalId: string, { amount, reason }: { readonly amount: number; readonly reason: string }, caller: Caller): Promise<Result<Order, AssessRefusal>> {
    return this.on(id, withdrawalId, caller, (order, _withdrawal, use) => {
      if (amount > carPriceOf(order)) return refuse('validation_failed', 'It is more than the car has cost', { errors: [{ pointer: '/amount', code: 'above_price', detail: 'is more than the car has cost' }] });
      return ok(assessedBy(caller.id, { amount, reason }, use));
    });
  }

  approve(id: string, withdrawalId: string, caller: Caller): Promise<Result<Order, AssessRefusal>> {
    return this.on(id, withdrawalId, caller, (_order, { assessment }) => agreed(assessment, caller.id));
  }

  private on(id: string, withdrawalId: string, caller: Caller, work: (order: Order, withdrawal: Withdrawal, use: UsePolicy) => Result<UseAssessment, AssessRefusal>): Promise<Result<Order, AssessRefusal>> {
    return this.desk.change<Order, AssessRefusal>(id, caller, (open) => {
      const { order, now } = open;
      const allowed = onlyStaff(order, caller);
      if (!allowed.ok) return allowed;
      const { withdrawal } = order.progress;
      if (withdrawal?.id !== withdrawalId) return refuse('not_found', 'There is no such withdrawal');
      if (withdrawal.confirmedAt !== null) return refuse('conflict', 'It is confirmed already, with what was shown');
      if (!isUseCounted(order)) return notNow('Nothing can be kept for the use of this car');
      const assessment = work(order, withdrawal, open.use);
      if (!assessment.ok) return assessment;
      open.note('use_assessed', withProgress(order, now, { withdrawal: { ...withdrawal, assessment: assessment.value } }), assessment.value.reason);
      return ok(open.order);
    });
  }
}
