import { Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result, Vin } from '@autobroker/kernel';
import { carOf } from '../domain/facts';
import { changed, isOver, type Order } from '../domain/order';
import { notNow, type StepRefusal } from '../domain/step';
import { type Caller, onlyStaff } from './caller';
import { type NotFound, OrderDesk } from './order-desk';
import { OpsQueue } from './ports';

export type IdentifyRefusal = StepRefusal | NotFound | Refusal<'conflict' | 'validation_failed'>;

/** The number of the car, read off it: what the catalogue does not know, the sale has to know before its contract. */
@Injectable()
export class IdentifyCar {
  constructor(
    private readonly desk: OrderDesk,
    private readonly queue: OpsQueue,
  ) {}

  async run(id: string, text: string, caller: Caller): Promise<Result<Order, IdentifyRefusal>> {
    const read = Vin.parse(text);
    if (!read.ok) return refuse('validation_failed', 'It is no VIN', { errors: [{ pointer: '/vin', code: read.error.code, detail: read.error.detail }] });
    const vin = read.value.value;
    return this.desk.change<Order, IdentifyRefusal>(id, caller, async (open) => {
      const { order, now, tx, sight } = open;
      const allowed = onlyStaff(order, caller);
      if (!allowed.ok) return allowed;
      const car = carOf(order, sight.vehicle);
      if (car === null) return notNow('The catalogue has not told of the car yet');
      if (isOver(order) || order.progress.contractedAt !== null) return notNow('The contract is signed, or there will be none');
      // A car that has another number is another car: that is for the inspection to say, and for the buyer to decide.
      if (car.vin !== null && car.vin !== vin) return refuse('conflict', 'The car that was ordered has another number');
      open.note('car_identified', changed(order, now, { car: { ...car, vin } }));
      await this.queue.settle(tx, id, 'vin_missing', caller.id, 'the number was told', now);
      return ok(open.order);
    });
  }
}
