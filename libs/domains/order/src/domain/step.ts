import { type CancelFault, refuse, type OrderState, type Refusal, type Result } from '@autobroker/kernel';
import { dueOf } from './deadlines';
import { factsOf, type Sight, timeZoneOf } from './facts';
import type { OrderFacts } from './guards';
import { byHand, type Mover, orderLife, type OrderStep, type OrderTrigger } from './life';
import { changed, type Moment, orderedInspection, type Order, type Progress, stageStateOf } from './order';
import { areaOf, settle, stageOf } from './policies/refunds';
import { atRateOf, taxOf } from './tax';
import { deductionOf, feeFor, waitsForCar } from './withdrawing';

export type StepRefusalCode =
  | 'transition_not_allowed'
  | 'permission_denied'
  | 'quote_expired'
  | 'offer_unchecked'
  | 'offer_changed'
  | 'vehicle_unavailable'
  | 'price_consent_required'
  | 'withdrawal_not_possible';
export type StepRefusal = Refusal<StepRefusalCode>;

export const notNow = (detail: string): Result<never, StepRefusal> => refuse('transition_not_allowed', detail);

/** What a client is told where this is the first condition that does not hold; others are all a step that is not allowed. */
const codeOf: Readonly<Record<string, StepRefusalCode>> = {
  quote_valid: 'quote_expired',
  price_agreed: 'price_consent_required',
  offer_checked: 'offer_unchecked',
  offer_stands: 'offer_changed',
  vehicle_free: 'vehicle_unavailable',
  may_withdraw: 'withdrawal_not_possible',
};

/** Whether somebody may pull this trigger now. */
export function decide(order: Order, trigger: OrderTrigger, who: Mover | readonly Mover[], facts: OrderFacts): Result<OrderStep, StepRefusal> {
  const decision = orderLife.decide(order.state, trigger, { who, facts });
  if (decision.ok) return decision;
  const { code, detail, errors = [] } = decision.error;
  const extra = { from: order.state };
  if (code !== 'guard_refused') return refuse(code === 'not_permitted' ? 'permission_denied' : 'transition_not_allowed', detail, { extra });
  return refuse(codeOf[errors[0]?.code ?? ''] ?? 'transition_not_allowed', detail, { errors, extra });
}

/** The trigger that leads somebody to a state by hand: of several, the one that they may pull. */
export function triggerTo(order: Order, to: OrderState, who: readonly Mover[], facts: OrderFacts): Result<OrderStep, StepRefusal> {
  const ways = orderLife.transitions.filter((step) => step.from === order.state && step.to === to && byHand.has(step.trigger));
  const decisions = ways.map(({ trigger }) => decide(order, trigger, who, facts));
  return decisions.find(({ ok: may }) => may) ?? decisions[0] ?? refuse('transition_not_allowed', `A sale that is ${order.state} can’t be made ${to}`, { extra: { from: order.state, to } });
}

export interface Ending {
  readonly reason: string;
  readonly fault: CancelFault;
  /** What the broker can prove that the sale has cost. */
  readonly provenCost?: number;
}

/** A sale in its next state, with everything that follows from it. */
export function enter(before: Order, step: Pick<OrderStep, 'to' | 'trigger'>, sight: Pick<Sight, 'now' | 'policy'> & TaxSight, ending?: Ending): Order {
  const { now, policy } = sight;
  const { to } = step;
  const order = atRateOf(before, to, sight.broker, { at: now.toISOString(), timeZone: timeZoneOf(sight.papers) });
  const stops = to === 'disputed' && order.state !== 'disputed';
  const next = changed(order, now, {
    state: to,
    enteredAt: now,
    holdsVehicle: to === 'reserved' || (order.holdsVehicle && to !== 'completed' && to !== 'cancelled'),
    resumeState: stops ? order.state : null,
    progress: progressAt(order, to, sight),
    cancellation: to === 'cancelled' ? cancellationOf(order, now, ending ?? { reason: step.trigger, fault: 'nobody' }) : order.cancellation,
  });
  return { ...next, dueAt: dueOf(next, policy) };
}

type TaxSight = Pick<Sight, 'broker' | 'buyer' | 'papers'>;

/** From the contract on it is known how the sale is taxed: where it was not written down then, with the next step. */
function withTax(order: Order, { broker, buyer, papers }: TaxSight, at: Moment): Progress {
  const { progress } = order;
  if (progress.tax !== null) return progress;
  const told = { ...progress, buyerTaxed: progress.buyerTaxed ?? buyer };
  return { ...told, tax: taxOf({ ...order, progress: told }, broker, { at, timeZone: timeZoneOf(papers) }) };
}

function progressAt(before: Order, to: OrderState, sight: Pick<Sight, 'now'> & TaxSight): Progress {
  const at = sight.now.toISOString();
  const contractedAt = before.progress.contractedAt ?? (to === 'contracted' ? at : null);
  const progress = contractedAt === null ? before.progress : { ...withTax(before, sight, contractedAt), contractedAt };
  // Who looks at the car is to be found from now on.
  if (to === 'deposit_held' && progress.inspection === null) return { ...progress, inspection: orderedInspection(sight.now) };
  // Calling off what has not begun undoes itself; a car that is on its way has to be turned round by people.
  if (to === 'cancelled') return { ...progress, change: null, legs: progress.legs.map((leg) => (leg.status === 'planned' || leg.status === 'accepted' ? { ...leg, status: 'stopped' } : leg)) };
  if (to === 'delivered') return { ...progress, deliveredAt: progress.deliveredAt ?? at };
  return progress;
}

function cancellationOf(order: Order, at: Date, { reason, fault, provenCost = 0 }: Ending): Order['cancellation'] {
  const stage = stageOf(stageStateOf(order), order.deposit?.state === 'captured');
  const { retain, refundDueAt } = settle({ stage, fault, area: areaOf(order.jurisdiction), deposit: order.price.deposit, provenCost, restockingFee: feeFor(order), excessUse: deductionOf(order.progress.withdrawal), at });
  // Before a car is reserved nothing can have been paid: there is nothing to wait for.
  return { reason, fault, retain, refundDueAt: refundDueAt.toISOString(), awaitsReturn: fault === 'withdrawal' && waitsForCar(order), closedAt: order.state === 'requested' ? at.toISOString() : null };
}

/** Something was recorded that is no new state: its clock may have changed. */
export const refreshed = (order: Order, sight: Pick<Sight, 'policy'>): Order => ({ ...order, dueAt: dueOf(order, sight.policy) });

/** Steps that nobody has to ask for: what was said before its time, or in another order, takes effect when it can. */
const automatic: readonly { readonly trigger: OrderTrigger; readonly who: Mover }[] = [
  { trigger: 'hold_deposit', who: 'payment' },
  { trigger: 'contract', who: 'documents' },
  { trigger: 'settle', who: 'payment' },
];

export interface Move {
  readonly step: OrderStep;
  readonly after: Order;
}

/** What now follows of itself, one state after the other. */
export function follow(order: Order, sight: Sight): readonly Move[] {
  const moves: Move[] = [];
  for (let current = order; ; ) {
    const facts = factsOf(current, sight);
    const step = automatic.map(({ trigger, who }) => decide(current, trigger, who, facts)).find((one) => one.ok);
    if (step === undefined || !step.ok) return moves;
    const after = enter(current, step.value, sight);
    moves.push({ step: step.value, after });
    current = after;
  }
}
