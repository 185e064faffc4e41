import { Injectable } from '@nestjs/common';
import { ok, type Result } from '@autobroker/kernel';
import { type Order, withProgress } from '../domain/order';
import { notNow, type StepRefusal } from '../domain/step';
import { type Caller, onlyStaff } from './caller';
import { type NotFound, OrderDesk } from './order-desk';
import { OpsQueue } from './ports';

/** Where an offer can't be read at its source, somebody asks the seller and vouches for it, at the price that was quoted. */
@Injectable()
export class ConfirmOffer {
  constructor(
    private readonly desk: OrderDesk,
    private readonly queue: OpsQueue,
  ) {}

  run(id: string, reason: string, caller: Caller): Promise<Result<Order, StepRefusal | NotFound>> {
    return this.desk.change<Order, StepRefusal | NotFound>(id, caller, async (open) => {
      const { order, now, tx } = open;
      const allowed = onlyStaff(order, caller);
      if (!allowed.ok) return allowed;
      if (order.state !== 'requested') return notNow('The car is reserved already');
      open.note('offer_confirmed', withProgress(order, now, { offerWord: { at: now.toISOString(), askedPrice: order.quote.askedPrice, reason } }), reason);
      await this.queue.settle(tx, id, 'offer_unreadable', caller.id, reason, now);
      return ok(open.order);
    });
  }
}
