import { Injectable } from '@nestjs/common';
import type { QuoteRefusal } from '@autobroker/platform/quotes';
import { ok, refuse, uuidv7, type CancelFault, type OrderState, type PaymentMethod, type Refusal, type Result } from '@autobroker/kernel';
import { isUnreadable } from '../domain/facts';
import { changed, type Order, withProgress } from '../domain/order';
import { type Ending, notNow, type StepRefusal, triggerTo } from '../domain/step';
import { type Caller, moversOf, onlyBuyer } from './caller';
import { OfferChecks } from './offer-checks';
import type { OpenOrder } from './open-order';
import { type NotFound, OrderDesk, orderFor } from './order-desk';
import { OpsQueue, OrderStore, Surroundings } from './ports';
import { Quotes } from './quotes';

export interface StepRequest {
  readonly to: OrderState;
  readonly reason: string | null;
  readonly fault: Exclude<CancelFault, 'withdrawal'> | null;
  readonly provenCost: number | null;
  readonly payingBy: PaymentMethod | null;
  /** The version that the asker has seen; somebody else's step in between is a conflict. */
  readonly version: number | null;
}

export type TakeStepRefusal = StepRefusal | NotFound | QuoteRefusal | Refusal<'validation_failed' | 'precondition_failed'>;

/** A step that a person takes. */
@Injectable()
export class TakeStep {
  constructor(
    private readonly desk: OrderDesk,
    private readonly checks: OfferChecks,
    private readonly around: Surroundings,
    private readonly store: OrderStore,
    private readonly quotes: Quotes,
    private readonly queue: OpsQueue,
  ) {}

  async run(id: string, request: StepRequest, caller: Caller): Promise<Result<Order, TakeStepRefusal>> {
    const sound = request.to === 'reserved' ? await this.quoteHolds(id, caller) : ok();
    if (!sound.ok) return sound;
    return this.desk.change<Order, TakeStepRefusal>(id, caller, async (open) => {
      const { order } = open;
      if (request.version !== null && request.version !== order.version) return refuse('precondition_failed', `The order is at version ${order.version}`);
      const movers = moversOf(order, caller);
      const step = triggerTo(order, request.to, movers, open.facts());
      if (!step.ok) {
        if (step.error.errors?.some(({ code }) => code === 'offer_checked') === true) await this.lookAgain(open);
        return step;
      }
      if (request.to === 'cancelled') {
        const ending = endingOf(request, order, caller);
        return ending.ok ? ok(open.take(step.value, { ending: ending.value })) : ending;
      }
      if (request.to === 'disputed') {
        if (request.reason === null) return missing('/reason', 'A claim says what is wrong');
        claim(open, request.reason);
      }
      if (request.payingBy !== null && request.to === 'reserved') open.note('payment_chosen', changed(order, open.now, { payingBy: request.payingBy }));
      return ok(open.take(step.value, { reason: request.reason }));
    });
  }

  /** Before a car is held its quote is checked once more, as it was signed; that it may have run out is a condition like others. */
  private async quoteHolds(id: string, caller: Caller): Promise<Result<void, TakeStepRefusal>> {
    const found = await orderFor(this.store, id, caller);
    if (!found.ok) return found;
    const token = await this.store.quoteOf(found.value);
    const checked = await this.quotes.readFor(found.value, token ?? '');
    return checked.ok || checked.error.code === 'quote_expired' ? ok() : checked;
  }

  /** The source is asked once more. Where it could not be read, somebody has to ask the seller. */
  private async lookAgain({ tx, order, now, sight }: OpenOrder): Promise<void> {
    await this.checks.ask(tx, order, await this.around.vehicle(tx, order.vehicleId), now);
    if (isUnreadable(sight)) await this.queue.add(tx, order, { kind: 'offer_unreadable', detail: 'the source of the offer can’t be read: ask the seller, and confirm the offer by hand', dedupe: 'offer_unreadable' }, now);
  }

  /** Another way to pay the deposit: a transfer has longer, counted from when the car was reserved. */
  choosePayment(id: string, payingBy: PaymentMethod, caller: Caller): Promise<Result<Order, TakeStepRefusal>> {
    return this.desk.change<Order, TakeStepRefusal>(id, caller, (open) => {
      const { order, now } = open;
      const allowed = onlyBuyer(order, caller);
      if (!allowed.ok) return allowed;
      if (order.state !== 'requested' && order.state !== 'reserved') return notNow('The deposit is paid');
      open.note('payment_chosen', changed(order, now, { payingBy }));
      return ok(open.order);
    });
  }

  /** Who has claimed something, or the staff, says that it is settled. What the bank disputes, the bank decides. */
  closeClaim(id: string, disputeId: string, reason: string, caller: Caller): Promise<Result<Order, TakeStepRefusal | Refusal<'conflict'>>> {
    return this.desk.change<Order, TakeStepRefusal | Refusal<'conflict'>>(id, caller, (open) => {
      const { order, now } = open;
      if (moversOf(order, caller).length === 0) return refuse('permission_denied', 'This is for the buyer and the broker’s own people');
      const { disputes } = order.progress;
      const claimed = disputes.find((one) => one.id === disputeId && one.kind === 'claim');
      if (claimed === undefined) return refuse('not_found', 'There is no such claim');
      if (claimed.status !== 'open') return refuse('conflict', 'It is settled already');
      open.note('dispute_noted', withProgress(order, now, { disputes: disputes.map((one) => (one.id === disputeId ? { ...one, status: 'closed' } : one)) }), reason);
      return ok(open.order);
    });
  }
}

const missing = (pointer: string, detail: string): Result<never, Refusal<'validation_failed'>> => refuse('validation_failed', detail, { errors: [{ pointer, code: 'required', detail }] });

/** A buyer who cancels does so of their own accord; staff say on whose side it lies. */
function endingOf({ reason, fault, provenCost }: StepRequest, order: Order, caller: Caller): Result<Ending, Refusal<'validation_failed'>> {
  if (order.buyerId === caller.id) return ok({ reason: reason ?? 'cancelled_by_buyer', fault: 'buyer' });
  if (reason === null) return missing('/reason', 'Says why the sale comes to nothing');
  if (fault === null) return missing('/fault', 'Says on whose side it lies');
  return ok({ reason, fault, ...(provenCost === null ? {} : { provenCost }) });
}

function claim(open: OpenOrder, reason: string): void {
  const { order, now } = open;
  const dispute = { id: uuidv7(now), kind: 'claim', reason, status: 'open', dueBy: null, openedAt: now.toISOString() } as const;
  open.note('dispute_noted', withProgress(order, now, { disputes: [...order.progress.disputes, dispute] }), reason);
}
