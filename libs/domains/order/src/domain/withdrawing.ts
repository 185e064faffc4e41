import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type CarReturn, type Order, stageStateOf, type UseAssessment, type Withdrawal } from './order';
import { type ExcessUse, excessUse } from './policies/excess-use';
import { areaOf } from './policies/refunds';
import { endOf, restockingFee, rightsOf, type WithdrawalRule } from './policies/withdrawal';
import type { UsePolicy } from './tenant-policy';

/** A right to withdraw from one sale, and how it stands. */
export interface WithdrawalStanding {
  readonly rule: WithdrawalRule;
  /** Null while the time has not begun to run: it can be used, and does not end yet. */
  readonly until: Date | null;
  readonly mayDeclare: boolean;
  readonly why: string | null;
}

export const carPriceOf = ({ price }: Pick<Order, 'price'>): number => price.lines.find(({ code }) => code === 'price')?.amount ?? price.total;

export const rulesOf = (order: Order): readonly WithdrawalRule[] =>
  rightsOf({
    buyerKind: order.buyerKind,
    sellerKind: order.sellerKind,
    capacity: order.capacity,
    jurisdiction: order.jurisdiction,
    carPrice: carPriceOf(order),
    currency: order.price.currency,
    isNew: order.car?.condition === 'new',
    day: order.createdAt.toISOString().slice(0, 10),
  });

const early = new Set(['reserved', 'deposit_held', 'inspection']);
const late = new Set(['contracted', 'balance_paid', 'titling', 'in_transit', 'delivered']);

export interface Usage {
  readonly mandateSignedAt: Date | null;
  /** What the odometer shows, as the buyer declares it. */
  readonly odometerKm: number | null;
}

/** Whether the buyer may withdraw now, from what, and until when; null where the law gives no right at all. */
export function withdrawalOf(order: Order, now: Date, usage: Usage): WithdrawalStanding | null {
  const rules = rulesOf(order);
  const goods = rules.find(({ object }) => object === 'goods');
  const service = rules.find(({ object }) => object === 'service');
  const state = stageStateOf(order);
  // Until the car is sold it is the service that is given up; after that the service is done.
  if (service !== undefined && (goods === undefined || early.has(state))) return serviceStanding(service, state, now, usage.mandateSignedAt);
  return goods === undefined ? null : goodsStanding(goods, order, state, now, usage.odometerKm);
}

function serviceStanding(rule: WithdrawalRule, state: string, now: Date, began: Date | null): WithdrawalStanding {
  const until = began === null ? null : endOf(rule, began, true);
  if (!early.has(state)) return { rule, until, mayDeclare: false, why: late.has(state) || state === 'completed' ? 'The service is done' : 'There is no contract yet' };
  const isOver = until !== null && until < now;
  return { rule, until, mayDeclare: !isOver, why: isOver ? 'The time to withdraw is over' : null };
}

function goodsStanding(rule: WithdrawalRule, order: Order, state: string, now: Date, odometerKm: number | null): WithdrawalStanding {
  const until = windowEnd(rule, order);
  const refused = (why: string): WithdrawalStanding => ({ rule, until, mayDeclare: false, why });
  if (!late.has(state)) return refused(state === 'completed' || state === 'cancelled' ? 'The sale is over' : 'There is no contract of sale yet');
  if (until !== null && until < now) return refused('The time to withdraw is over');
  const before = order.progress.handover?.odometerKm ?? null;
  if (rule.mostKm !== null && until !== null) {
    if (odometerKm === null || before === null) return refused('The odometer has to be told');
    if (odometerKm - before > rule.mostKm) return refused(`The car was driven more than ${rule.mostKm} km`);
  }
  return { rule, until, mayDeclare: true, why: null };
}

const goodsRuleOf = (order: Order): WithdrawalRule | undefined => rulesOf(order).find(({ object }) => object === 'goods');
const windowEnd = (rule: WithdrawalRule, { progress }: Order): Date | null => (progress.deliveredAt === null ? null : endOf(rule, new Date(progress.deliveredAt), progress.contract.withdrawalTold));

/** The last moment of giving the car back; null where there is no such right, or it was not delivered. */
export function goodsWindowEnd(order: Order): Date | null {
  const goods = goodsRuleOf(order);
  return goods === undefined ? null : windowEnd(goods, order);
}

/** Whether a right makes the buyer pay for the use of a car that comes back: in the union, where it is the car that is given back. */
export const costsUse = ({ jurisdiction }: Pick<Order, 'jurisdiction'>, right: WithdrawalRule | undefined): boolean => right?.object === 'goods' && areaOf(jurisdiction) === 'eu';

/** Whether something may be kept for it now: once the buyer has the car. */
export const isUseCounted = (order: Order): boolean => order.progress.deliveredAt !== null && costsUse(order, goodsRuleOf(order));

/** What the odometer says of it, as the tenant reckons it. */
export const useOf = (order: Order, odometerKm: number | null, policy: UsePolicy): ExcessUse =>
  isUseCounted(order)
    ? excessUse({ carPrice: carPriceOf(order), handedOverAtKm: order.progress.handover?.odometerKm ?? null, returnedAtKm: odometerKm, withdrawalTold: order.progress.contract.withdrawalTold }, policy)
    : { km: null, amount: 0 };

/** Nobody else has to agree to it any more. */
export const countsAlready = ({ needsSecond, approvedBy }: UseAssessment): boolean => !needsSecond || approvedBy !== null;

/** As somebody of the broker's has seen it; above the limit it waits for somebody else. */
export const assessedBy = (by: string, { amount, reason }: Pick<UseAssessment, 'amount' | 'reason'>, { fourEyesLimit }: Pick<UsePolicy, 'fourEyesLimit'>): UseAssessment => ({ amount, reason, by, needsSecond: amount > fourEyesLimit, approvedBy: null });

/** The same, agreed to by a second person. */
export function agreed(assessment: UseAssessment | null, by: string): Result<UseAssessment, Refusal<'transition_not_allowed' | 'second_approval_required'>> {
  if (assessment === null || countsAlready(assessment)) return refuse('transition_not_allowed', 'Nothing waits to be agreed to');
  if (assessment.by === by) return refuse('second_approval_required', 'Somebody else has to agree to it');
  return ok({ ...assessment, approvedBy: by });
}

/** What is kept for use if the buyer confirms now: what was seen counts more than what the odometer says, once it may count. */
export function deductionOf(withdrawal: Pick<Withdrawal, 'use' | 'assessment'> | null): number {
  if (withdrawal === null) return 0;
  const { assessment, use } = withdrawal;
  return assessment !== null && countsAlready(assessment) ? assessment.amount : use.amount;
}

/**
 * Whether the refund waits for the car: where something may be kept for what it has lost, that is seen when it is back, and until
 * then the law lets the refund wait (Directive 2011/83/EU Art. 13(3)). Who was not told of the right owes nothing.
 */
export const waitsForCar = (order: Order): boolean => isUseCounted(order) && order.progress.contract.withdrawalTold;

/** What is kept once it is back: what was seen then, or was said before; else what the odometer says by now. */
export function deductionAtReturn(order: Order, withdrawal: Withdrawal, { odometerKm, loss }: Pick<CarReturn, 'odometerKm' | 'loss'>, policy: UsePolicy): number {
  if (loss !== null) return loss.amount;
  const { assessment } = withdrawal;
  if (odometerKm === null || (assessment !== null && countsAlready(assessment))) return deductionOf(withdrawal);
  return useOf(order, odometerKm, policy).amount;
}

/** What may be kept if the car comes back now. */
export function feeFor(order: Order): number {
  const goods = goodsRuleOf(order);
  return goods === undefined ? 0 : restockingFee(goods, carPriceOf(order), order.price.currency);
}
