import type { PaymentLeg, Result } from '@autobroker/kernel';
import { orderLife, type Mover, type OrderTrigger } from './life';
import { changed, type Deposit, type Dispute, type Order, withProgress } from './order';
import type { Ending, StepRefusal } from './step';

/** An order that is being worked on: what is noted of it or moved is the next that is seen of it. */
export interface SaleInHand {
  readonly order: Order;
  readonly now: Date;
  note(what: 'deposit_taken' | 'all_paid' | 'refund_settled' | 'dispute_noted', after: Order, reason?: string | null): void;
  move(trigger: OrderTrigger, who: Mover, more?: { readonly reason?: string | null; readonly ending?: Ending }): Result<Order, StepRefusal>;
  followUp(): void;
}

/** Nothing can follow from it by itself: somebody has to look. */
export interface Park {
  readonly kind: 'deposit_mismatch' | 'payment_unmatched' | 'dispute_lost';
  readonly detail: string;
  readonly dedupe?: string;
}

interface Said {
  readonly amount: number;
  readonly currency: string;
}

/** A deposit is held, or was taken. */
export function hearDeposit(sale: SaleInHand, said: Deposit, { amount, currency }: Said): Park | null {
  const { order, now } = sale;
  const { deposit, price } = order;
  const dedupe = `payment:${said.paymentId}`;
  if (deposit?.paymentId === said.paymentId) {
    if (deposit.state === 'captured' || said.state === 'authorized') return null;
    sale.note('deposit_taken', changed(order, now, { deposit: { ...deposit, state: 'captured' } }));
    return null;
  }
  if (order.state === 'cancelled') return null; // it goes back: the payment service hears of the cancellation
  if (currency !== price.currency || amount !== price.deposit) return { kind: 'deposit_mismatch', detail: `${amount} ${currency} is held where ${price.deposit} ${price.currency} was asked for`, dedupe };
  if (deposit !== null) return { kind: 'payment_unmatched', detail: 'a second deposit is held', dedupe };
  if (order.state !== 'reserved') return { kind: 'payment_unmatched', detail: `a deposit came while the order was ${order.state}`, dedupe };
  sale.note('deposit_taken', changed(order, now, { deposit: said }));
  sale.followUp();
  return null;
}

/** A payment came to nothing. A try that failed is the buyer's to repeat; only the hold that the sale stands on ends it. */
export function hearFailed(sale: SaleInHand, { leg, paymentId, reason }: { readonly leg: PaymentLeg; readonly paymentId: string; readonly reason: string }): Park | null {
  const { deposit, state } = sale.order;
  if (leg !== 'deposit' || deposit?.paymentId !== paymentId || deposit.state === 'captured' || state === 'cancelled') return null;
  const ended = sale.move('release_deposit', 'payment', { ending: { reason: `deposit_${reason}`, fault: 'nobody' } });
  // After the contract a deposit that is gone does not undo the sale: people settle it with the buyer.
  return ended.ok ? null : { kind: 'payment_unmatched', detail: `the deposit is gone (${reason}) while the order is ${state}`, dedupe: `payment:${paymentId}` };
}

/** Everything that is owed has been paid: what was given back out of goodwill is not owed again. */
export function hearSettled(sale: SaleInHand, received: Said & { readonly givenBack: number }, settledAt: string): Park | null {
  const { order, now } = sale;
  const { price } = order;
  if (order.settledAt !== null || order.state === 'cancelled') return null;
  if (received.currency !== price.currency || received.amount + received.givenBack < price.total) return { kind: 'payment_unmatched', detail: `settled with ${received.amount} ${received.currency} of ${price.total} ${price.currency}` };
  sale.note('all_paid', changed(order, now, { settledAt }));
  sale.followUp();
  return null;
}

/** Of a cancelled order nothing is owed any more. */
export function hearRefundSettled(sale: SaleInHand, settledAt: string): void {
  const { order, now } = sale;
  if (order.cancellation === null || order.cancellation.closedAt !== null) return;
  sale.note('refund_settled', changed(order, now, { cancellation: { ...order.cancellation, closedAt: settledAt } }));
}

export interface DisputeSaid {
  readonly id: string;
  readonly status: 'opened' | 'evidence_sent' | 'won' | 'lost' | 'withdrawn';
  readonly reason: string;
  readonly dueBy: string | null;
  readonly changedAt: string;
  readonly amount: Said;
}

/** The buyer's bank takes a payment back, or has decided. */
export function hearDispute(sale: SaleInHand, { id, status: word, reason, dueBy, changedAt, amount }: DisputeSaid): Park | null {
  const known = sale.order.progress.disputes.find((one) => one.id === id);
  const status = ({ opened: 'open', evidence_sent: 'open', lost: 'lost', won: 'closed', withdrawn: 'closed' } as const)[word];
  // What was decided does not come undone by an older word that arrives late.
  if (known !== undefined && (known.status !== 'open' || known.status === status)) return null;
  const dispute: Dispute = { id, kind: 'bank', reason, status, dueBy, openedAt: known?.openedAt ?? changedAt };
  const others = sale.order.progress.disputes.filter((one) => one.id !== id);
  sale.note('dispute_noted', withProgress(sale.order, sale.now, { disputes: [...others, dispute] }), reason);
  if (status === 'lost') return { kind: 'dispute_lost', detail: `the bank took ${amount.amount} ${amount.currency} back`, dedupe: `dispute:${id}` };
  const trigger = status === 'open' ? 'dispute' : resumeTrigger(sale.order);
  if (trigger !== null) sale.move(trigger, 'payment', status === 'open' ? { reason } : {});
  return null;
}

/** Back to where the sale stood, when nothing is disputed any more. */
export function resumeTrigger({ state, resumeState }: Pick<Order, 'state' | 'resumeState'>): OrderTrigger | null {
  if (state !== 'disputed' || resumeState === null) return null;
  return orderLife.transitions.find(({ from, to, trigger }) => from === 'disputed' && to === resumeState && trigger.startsWith('resume_'))?.trigger ?? null;
}
