import { Injectable } from '@nestjs/common';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { carOf } from '../domain/facts';
import { type InspectionReport, isArranged, type Order, orderedInspection, withProgress } from '../domain/order';
import { notNow, type StepRefusal } from '../domain/step';
import { type Caller, onlyBuyer, onlyStaff } from './caller';
import type { OpenOrder } from './open-order';
import { type NotFound, OrderDesk } from './order-desk';

export type InspectRefusal = StepRefusal | NotFound | Refusal<'conflict' | 'vin_missing'>;

/** The car is looked at: somebody is found, somebody reports, the buyer decides. */
@Injectable()
export class InspectCar {
  constructor(private readonly desk: OrderDesk) {}

  /** Who looks at it; with somebody named the inspection begins. */
  arrange(id: string, { inspector, appointment }: { readonly inspector: string | null; readonly appointment: string | null }, caller: Caller): Promise<Result<Order, InspectRefusal>> {
    return this.desk.change<Order, InspectRefusal>(id, caller, (open) => {
      const { order, now } = open;
      const allowed = onlyStaff(order, caller);
      if (!allowed.ok) return allowed;
      if (order.state !== 'deposit_held' && order.state !== 'inspection') return notNow('The deposit is held first');
      const before = order.progress.inspection ?? orderedInspection(now);
      if (before.report !== null) return notNow('There is a report already');
      open.note('inspection_ordered', withProgress(order, now, { inspection: { ...before, inspector: inspector ?? before.inspector, appointment: appointment ?? before.appointment, waivedAt: null } }));
      return this.begin(open, 'staff', caller);
    });
  }

  /** The buyer does without, in writing. */
  waive(id: string, informed: boolean, caller: Caller): Promise<Result<Order, InspectRefusal>> {
    return this.desk.change<Order, InspectRefusal>(id, caller, (open) => {
      const { order, now } = open;
      const allowed = onlyBuyer(order, caller);
      if (!allowed.ok) return allowed;
      if (order.state !== 'deposit_held' && order.state !== 'inspection') return notNow('The deposit is held first');
      if (order.progress.inspection?.report != null) return notNow('There is a report already');
      const at = now.toISOString();
      open.note('inspection_waived', withProgress(order, now, { inspection: { ...(order.progress.inspection ?? orderedInspection(now)), waivedAt: at } }));
      const begun = this.begin(open, 'buyer', caller);
      if (!begun.ok) return begun;
      // Who does without takes the car as it is.
      return this.accept(open, informed);
    });
  }

  report(id: string, report: Omit<InspectionReport, 'at'>, caller: Caller): Promise<Result<Order, InspectRefusal>> {
    return this.desk.change<Order, InspectRefusal>(id, caller, (open) => {
      const { order, now } = open;
      const allowed = onlyStaff(order, caller);
      if (!allowed.ok) return allowed;
      const { inspection } = order.progress;
      if (order.state !== 'inspection' || inspection === null) return notNow('No inspection is under way');
      if (inspection.decision !== null) return refuse('conflict', 'The buyer has decided already');
      open.note('inspection_reported', withProgress(order, now, { inspection: { ...inspection, report: { ...report, at: now.toISOString() } } }));
      return ok(open.order);
    });
  }

  /** The buyer takes the car as it was found, or does not. `informed` confirms to have what has to be told before a contract. */
  decide(id: string, decision: { readonly accept: boolean; readonly informed: boolean; readonly reason: string | null }, caller: Caller): Promise<Result<Order, InspectRefusal>> {
    return this.desk.change<Order, InspectRefusal>(id, caller, (open) => {
      const { order, now } = open;
      const allowed = onlyBuyer(order, caller);
      if (!allowed.ok) return allowed;
      const { inspection } = order.progress;
      if (order.state !== 'inspection' || inspection === null) return notNow('No inspection is under way');
      if (inspection.report === null && inspection.waivedAt === null) return notNow('There is no report yet');
      if (decision.accept) return this.accept(open, decision.informed);
      const at = now.toISOString();
      open.note('inspection_declined', withProgress(order, now, { inspection: { ...inspection, decision: 'declined', decidedAt: at } }), decision.reason);
      return open.move('decline', 'buyer', { ending: { reason: decision.reason ?? 'inspection_failed', fault: 'inspection' } });
    });
  }

  private begin(open: OpenOrder, who: 'staff' | 'buyer', caller: Caller): Result<Order, InspectRefusal> {
    if (open.order.state !== 'deposit_held' || !isArranged(open.order.progress)) return ok(open.order);
    return open.move('inspect', who, { reason: caller.manages ? null : 'waived' });
  }

  private accept(open: OpenOrder, informed: boolean): Result<Order, InspectRefusal> {
    const { order, now } = open;
    const { inspection, contract, change } = order.progress;
    if (inspection === null) return notNow('No inspection is under way');
    if (change !== null) return refuse('price_consent_required', 'Another price was proposed: agree to it first, or have it taken back');
    if (!informed && contract.informedAt === null) return notNow('Confirm that you have what has to be told before a contract');
    if (inspection.decision === 'accepted') return refuse('conflict', 'It is accepted already');
    const car = carOf(order, open.sight.vehicle);
    if (car === null || car.vin === null) return refuse('vin_missing', 'Nobody has told the number of the car yet: without it no contract can be written');
    const at = now.toISOString();
    // The contract is about the car that has this number, whatever the catalogue says of it later.
    open.note(
      'inspection_accepted',
      withProgress({ ...order, car }, now, {
        inspection: { ...inspection, decision: 'accepted', decidedAt: at },
        contract: { ...contract, informedAt: contract.informedAt ?? at, withdrawalTold: contract.withdrawalTold || informed, defects: contract.defects.length > 0 ? contract.defects : (inspection.report?.defects ?? []), readyAt: at, readyVersion: order.version + 1 },
      }),
    );
    open.followUp();
    return ok(open.order);
  }
}
