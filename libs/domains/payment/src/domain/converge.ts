import { type LedgerEntry, saleEntries, saleMissing } from './ledger';
import { type OrderAccount, owedOf, receivedOf } from './order-account';
import { heldOf, netOf, type Payment, stateOf, unappliedOf } from './payment';
import { isToBeSent, isUnderWay, type PlannedPart, planRefund, type RefundPart } from './refunds';
import { type FailureReason, isWaiting, type OperationKind } from './vocabulary';

/** What is being asked of a provider already, or was refused and is not asked again before somebody has looked. */
export interface OpenOperation {
  readonly id: string;
  readonly isPending: boolean;
  readonly paymentId: string;
  readonly kind: OperationKind;
}

export interface OrderMoney {
  readonly order: OrderAccount;
  readonly payments: readonly Payment[];
  readonly parts: readonly RefundPart[];
  readonly operations: readonly OpenOperation[];
  /** The sale as it stands in the ledger; empty before, and after it was reversed. */
  readonly postedSale: readonly LedgerEntry[];
  /** Whether the ledger still holds something of the buyer's for or against the order. */
  readonly hasOpenBalance: boolean;
}

/** The next thing to do about an order's money. */
export type Step =
  | { readonly do: 'cancel'; readonly paymentId: string; readonly reason: FailureReason }
  | { readonly do: 'void'; readonly paymentId: string; readonly reason: FailureReason }
  | { readonly do: 'capture'; readonly paymentId: string; readonly amount: number }
  | { readonly do: 'refund'; readonly origin: 'cancellation' | 'surplus'; readonly parts: readonly PlannedPart[] }
  | { readonly do: 'post_sale' }
  | { readonly do: 'reverse_sale' }
  | { readonly do: 'apply'; readonly paymentId: string; readonly amount: number }
  | { readonly do: 'settle'; readonly received: number }
  | { readonly do: 'plan_payouts' }
  | { readonly do: 'close'; readonly refunded: number; readonly retained: number };

/**
 * What has to be done now, from all that is known and nothing else: asked again after every change, by whoever made it. It
 * comes to the same whichever way things went; where it says nothing, nothing is left to do.
 */
export function stepsFor(money: OrderMoney): Step[] {
  return money.order.isCancelled ? ofCancelled(money) : ofLive(money);
}

const byAge = (a: Payment, b: Payment): number => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);

function ofLive({ order, payments, parts, operations, postedSale }: OrderMoney): Step[] {
  const steps: Step[] = [];
  const saleDiffers = saleMissing(saleEntries(order.lines, order.tax), postedSale).length > 0;
  const isAsked = (paymentId: string, kind: OperationKind): boolean => operations.some((one) => one.paymentId === paymentId && one.kind === kind);
  const { kept, surplus } = shareOut(order, payments);
  if (order.isContracted && saleDiffers) steps.push({ do: 'post_sale' });
  for (const payment of kept) {
    if (!order.isContracted) continue;
    if (heldOf(payment) > 0 && !isAsked(payment.id, 'capture')) steps.push({ do: 'capture', paymentId: payment.id, amount: heldOf(payment) });
    const unapplied = payment.leg === 'deposit' ? unappliedOf(payment) : 0;
    if (unapplied > 0 && !payment.isMismatched) steps.push({ do: 'apply', paymentId: payment.id, amount: unapplied });
  }
  for (const payment of surplus) {
    const held = heldOf(payment);
    if (held > 0 && !isAsked(payment.id, 'void') && !isAsked(payment.id, 'capture')) steps.push({ do: 'void', paymentId: payment.id, reason: payment.isMismatched ? 'amount_mismatch' : 'released' });
  }
  const back = surplusToRefund(order, kept, surplus, parts);
  if (back.length > 0) steps.push({ do: 'refund', origin: 'surplus', parts: back });
  // A leg that is covered takes no further payment.
  for (const payment of payments) {
    const isOpen = isWaiting(stateOf(payment)) && !payment.isDead;
    if (isOpen && isCovered(order, payments, payment.leg) && !isAsked(payment.id, 'cancel')) steps.push({ do: 'cancel', paymentId: payment.id, reason: 'abandoned' });
  }
  const received = receivedOf(kept);
  if (order.isContracted && order.settledAt === null && received + order.goodwill >= order.total) steps.push({ do: 'settle', received });
  if (order.completedAt !== null && order.payoutsPlannedAt === null && order.isContracted && !saleDiffers) steps.push({ do: 'plan_payouts' });
  return steps;
}

const isCovered = (order: OrderAccount, payments: readonly Payment[], leg: Payment['leg']): boolean => {
  if (leg === 'deposit' && order.isContracted) return true;
  if (leg === 'balance') return owedOf({ ...order, isContracted: true }, payments, 'balance') === 0;
  return payments.filter((one) => one.leg === 'deposit' && !one.isMismatched).reduce((sum, one) => sum + heldOf(one) + Math.max(0, netOf(one)), 0) >= order.deposit;
};

/** The oldest payments cover what is owed; what comes on top of that, or is not what was asked for, goes back. */
function shareOut(order: OrderAccount, payments: readonly Payment[]): { readonly kept: readonly Payment[]; readonly surplus: readonly Payment[] } {
  const kept: Payment[] = [];
  const surplus: Payment[] = [];
  let covered = 0;
  const wanted = (leg: Payment['leg']): number => (leg === 'deposit' && !order.isContracted ? order.deposit : order.total - order.goodwill);
  const standing = payments.filter((one) => heldOf(one) > 0 || one.captured > 0).sort((a, b) => Number(b.captured > 0) - Number(a.captured > 0) || byAge(a, b));
  for (const payment of standing) {
    const worth = heldOf(payment) + Math.max(0, netOf(payment));
    if (worth === 0) kept.push(payment);
    else if (payment.isMismatched || covered >= wanted(payment.leg)) surplus.push(payment);
    else {
      kept.push(payment);
      covered += worth;
    }
  }
  return { kept, surplus };
}

function surplusToRefund(order: OrderAccount, kept: readonly Payment[], surplus: readonly Payment[], parts: readonly RefundPart[]): readonly PlannedPart[] {
  const whole = surplus.filter(({ captured }) => captured > 0).flatMap((payment) => planned([payment], parts, Math.max(0, netOf(payment)), order.stuckRefunds));
  if (!order.isContracted) return whole;
  const over = receivedOf(kept) - (order.total - order.goodwill);
  return over > 0 ? [...whole, ...planned(kept, parts, over, order.stuckRefunds)] : whole;
}

/** What of a refund that failed is still owed: of a cancelled order no more than what came and is not kept. */
export function stillOwed(order: OrderAccount, payments: readonly Payment[], parts: readonly RefundPart[]): number {
  if (!order.isCancelled) return Number.MAX_SAFE_INTEGER;
  return Math.max(0, receivedOf(payments) - order.retain - parts.filter(isToBeSent).reduce((sum, { amount }) => sum + amount, 0));
}

/** What is to go back of these, less what is on its way and what somebody has to look at first. */
function planned(payments: readonly Payment[], parts: readonly RefundPart[], amount: number, stuck: number): readonly PlannedPart[] {
  const onTheirWay = parts.filter((part) => isToBeSent(part) && payments.some(({ id }) => id === part.paymentId)).reduce((sum, part) => sum + part.amount, 0);
  const missing = amount - onTheirWay - stuck;
  if (missing <= 0) return [];
  const plan = planRefund(payments, parts, missing);
  return plan.ok ? plan.value : [];
}

function ofCancelled({ order, payments, parts, operations, postedSale, hasOpenBalance }: OrderMoney): Step[] {
  const steps: Step[] = [];
  const isAsked = (paymentId: string, kind: OperationKind): boolean => operations.some((one) => one.paymentId === paymentId && one.kind === kind);
  const received = receivedOf(payments);
  let mayKeep = Math.max(0, order.retain - received);
  let isQuiet = operations.every(({ kind, isPending }) => kind === 'evidence' || !isPending);
  for (const payment of [...payments].sort(byAge)) {
    const held = heldOf(payment);
    if (isWaiting(stateOf(payment)) && !payment.isDead) {
      isQuiet = false;
      if (!isAsked(payment.id, 'cancel')) steps.push({ do: 'cancel', paymentId: payment.id, reason: 'abandoned' });
    }
    if (held === 0) continue;
    isQuiet = false;
    if (isAsked(payment.id, 'void') || isAsked(payment.id, 'capture')) continue;
    const keep = payment.isMismatched ? 0 : Math.min(mayKeep, held);
    mayKeep -= keep;
    if (keep > 0) steps.push({ do: 'capture', paymentId: payment.id, amount: keep });
    else steps.push({ do: 'void', paymentId: payment.id, reason: payment.isMismatched ? 'amount_mismatch' : 'released' });
  }
  const waitsForCar = order.carReturn === 'awaited';
  const back = waitsForCar ? [] : planned(payments, parts, received - order.retain, order.stuckRefunds);
  if (back.length > 0) steps.push({ do: 'refund', origin: 'cancellation', parts: back });
  if (postedSale.length > 0) steps.push({ do: 'reverse_sale' });
  // A refund that is stuck because the bank has taken the money back meanwhile is owed no more.
  const owesNothing = isQuiet && !waitsForCar && back.length === 0 && !parts.some(isUnderWay) && received <= order.retain;
  if (owesNothing && postedSale.length === 0 && (order.closedAt === null || hasOpenBalance)) {
    steps.push({ do: 'close', refunded: payments.reduce((sum, one) => sum + one.refunded, 0), retained: Math.max(0, received) });
  }
  return steps;
}

/** What the day before a hold ends asks for: kept if the car is being looked at, else let go. */
export function beforeHoldEnds(order: OrderAccount, payment: Payment, now: Date, marginMs: number): 'capture' | 'void' | null {
  if (heldOf(payment) === 0 || payment.captureBefore === null || order.isCancelled) return null;
  if (payment.captureBefore.getTime() - marginMs > now.getTime()) return null;
  return order.isInspectionBegun && !payment.isMismatched ? 'capture' : 'void';
}
