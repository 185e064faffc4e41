import { Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Cancellation, type CarReturn, changed, type Order, type Withdrawal } from '../domain/order';
import { notNow } from '../domain/step';
import { agreed, assessedBy, carPriceOf, countsAlready, deductionAtReturn } from '../domain/withdrawing';
import type { AssessRefusal } from './assess-use';
import { type Caller, onlyStaff } from './caller';
import type { OpenOrder } from './open-order';
import { OrderDesk } from './order-desk';
import { OpsQueue } from './ports';

export interface SeenReturn extends Pick<CarReturn, 'odometerKm' | 'photos' | 'defects'> {
  /** What it has lost by its use, where the odometer does not say it all. */
  readonly loss: { readonly amount: number; readonly reason: string } | null;
}

/**
 * A car that was withdrawn from is back. What it has lost is said with what shows it, before the money goes back; above the limit
 * it counts when a second person has agreed, and until then the refund waits.
 */
@Injectable()
export class InspectReturn {
  constructor(
    private readonly desk: OrderDesk,
    private readonly queue: OpsQueue,
  ) {}

  inspect(id: string, withdrawalId: string, seen: SeenReturn, caller: Caller): Promise<Result<Order, AssessRefusal>> {
    return this.on(id, withdrawalId, caller, ({ order, now, use }) => {
      const sound = evidenced(seen, carPriceOf(order));
      if (!sound.ok) return sound;
      const { odometerKm, photos, defects, loss } = seen;
      return ok({ at: now.toISOString(), odometerKm, photos, defects, loss: loss === null ? null : assessedBy(caller.id, loss, use) });
    });
  }

  approve(id: string, withdrawalId: string, caller: Caller): Promise<Result<Order, AssessRefusal>> {
    return this.on(id, withdrawalId, caller, (_open, { returned }) => {
      if (returned === null) return notNow('Nothing waits to be agreed to');
      const loss = agreed(returned.loss, caller.id);
      return loss.ok ? ok({ ...returned, loss: loss.value }) : loss;
    });
  }

  private on(id: string, withdrawalId: string, caller: Caller, work: (open: OpenOrder, withdrawal: Withdrawal) => Result<CarReturn, AssessRefusal>): Promise<Result<Order, AssessRefusal>> {
    return this.desk.change<Order, AssessRefusal>(id, caller, async (open) => {
      const allowed = onlyStaff(open.order, caller);
      if (!allowed.ok) return allowed;
      const { progress, cancellation } = open.order;
      if (progress.withdrawal?.id !== withdrawalId) return refuse('not_found', 'There is no such withdrawal');
      if (cancellation === null) return notNow('The withdrawal is not confirmed yet');
      if (!cancellation.awaitsReturn) return refuse('conflict', 'What goes back is settled already');
      const returned = work(open, progress.withdrawal);
      if (!returned.ok) return returned;
      await this.take(open, cancellation, progress.withdrawal, returned.value, caller);
      return ok(open.order);
    });
  }

  private async take(open: OpenOrder, cancellation: Cancellation, withdrawal: Withdrawal, returned: CarReturn, caller: Caller): Promise<void> {
    const { order, now, tx, use } = open;
    const progress = { ...order.progress, withdrawal: { ...withdrawal, returned } };
    const reason = returned.loss?.reason ?? null;
    if (returned.loss !== null && !countsAlready(returned.loss)) return open.note('return_inspected', changed(order, now, { progress }), reason);
    const retain = deductionAtReturn(order, withdrawal, returned, use);
    open.note('return_settled', changed(order, now, { progress, cancellation: { ...cancellation, retain, awaitsReturn: false } }), reason);
    await this.queue.settle(tx, order.id, 'car_returning', caller.id, 'the car was looked at', now);
  }
}

/** Who keeps something of a buyer's money shows what for. */
function evidenced({ loss, photos, defects }: SeenReturn, carPrice: number): Result<void, Refusal<'validation_failed'>> {
  if (loss === null) return ok();
  const wrong = [
    ...(loss.amount > carPrice ? [{ pointer: '/loss/amount', code: 'above_price', detail: 'is more than the car has cost' }] : []),
    ...(photos === 0 ? [{ pointer: '/photos', code: 'no_evidence', detail: 'show what the car has lost' }] : []),
    ...(defects.length === 0 ? [{ pointer: '/defects', code: 'no_evidence', detail: 'say what was found' }] : []),
  ];
  return wrong.length === 0 ? ok() : refuse('validation_failed', 'What is kept has to be shown', { errors: wrong });
}
