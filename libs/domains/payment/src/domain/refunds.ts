import { type CurrencyCode, ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { netOf, type Payment, unappliedOf } from './payment';
import type { OrderAccount } from './order-account';

export const refundPartStatuses = ['pending', 'submitted', 'succeeded', 'failed'] as const;
export type RefundPartStatus = (typeof refundPartStatuses)[number];

/** What goes back of one payment. */
export interface RefundPart {
  readonly id: string;
  readonly requestId: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly status: RefundPartStatus;
  readonly providerRef: string | null;
  /** How much of it was the buyer's own, not counted towards the price; known once it is paid. */
  readonly fromHeld: number;
  /** It failed, and another was sent in its place. */
  readonly isReplaced: boolean;
}

export const newPart = (asked: Pick<RefundPart, 'id' | 'requestId' | 'paymentId' | 'amount'>): RefundPart => ({ ...asked, status: 'pending', providerRef: null, fromHeld: 0, isReplaced: false });

/** What of a request the bank did not take, and nothing was sent in its place. */
export const failedOf = (requestId: string, parts: Iterable<RefundPart>): RefundPart[] => [...parts].filter((part) => part.requestId === requestId && part.status === 'failed' && !part.isReplaced);

/** Not at the provider yet: what is there has left the payment's books already. */
export const isToBeSent = ({ status }: Pick<RefundPart, 'status'>): boolean => status === 'pending';
export const isUnderWay = ({ status }: Pick<RefundPart, 'status'>): boolean => status === 'pending' || status === 'submitted';

/** What can still go back of a payment, refunds on their way counted as gone. */
export const refundable = (payment: Payment, parts: readonly RefundPart[]): number =>
  Math.max(0, netOf(payment) - parts.filter((part) => part.paymentId === payment.id && isToBeSent(part)).reduce((sum, { amount }) => sum + amount, 0));

export interface PlannedPart {
  readonly paymentId: string;
  readonly amount: number;
}

/**
 * Shares an amount out among the charges that it was paid by: first what was never counted towards the price, then the
 * latest. No charge gives back more than it took.
 */
export function planRefund(payments: readonly Payment[], parts: readonly RefundPart[], amount: number): Result<readonly PlannedPart[], Refusal<'refund_exceeds_payment'>> {
  const able = payments
    .map((payment) => ({ payment, left: refundable(payment, parts) }))
    .filter(({ left }) => left > 0)
    .sort((a, b) => Number(unappliedOf(b.payment) > 0) - Number(unappliedOf(a.payment) > 0) || b.payment.createdAt.getTime() - a.payment.createdAt.getTime() || (a.payment.id < b.payment.id ? 1 : -1));
  const most = able.reduce((sum, { left }) => sum + left, 0);
  if (amount > most) return refuse('refund_exceeds_payment', `At most ${most} can go back.`, { extra: { refundable: most } });
  const planned: PlannedPart[] = [];
  let rest = amount;
  for (const { payment, left } of able) {
    if (rest === 0) break;
    const share = Math.min(rest, left);
    planned.push({ paymentId: payment.id, amount: share });
    rest -= share;
  }
  return ok(planned);
}

/**
 * What failed goes out again by the charge that it was of, and by the others where a bank has taken that one back meanwhile:
 * as much as is there to go back, and is owed.
 */
export function planAgain(failed: readonly RefundPart[], payments: readonly Payment[], parts: readonly RefundPart[], atMost: number): Result<readonly PlannedPart[], Refusal<'refund_exceeds_payment'>> {
  const planned: PlannedPart[] = [];
  let owed = atMost;
  const known = [...parts];
  for (const part of failed) {
    let rest = part.amount;
    for (const among of [payments.filter(({ id }) => id === part.paymentId), payments]) {
      const most = Math.min(rest, owed, among.reduce((sum, payment) => sum + refundable(payment, known), 0));
      const plan = planRefund(among, known, most);
      if (!plan.ok) continue;
      planned.push(...plan.value);
      // What is planned is gone for what is planned next.
      known.push(...plan.value.map(({ paymentId, amount }) => newPart({ id: part.id, requestId: part.requestId, paymentId, amount })));
      rest -= most;
      owed -= most;
    }
  }
  return planned.length > 0 ? ok(planned) : refuse('refund_exceeds_payment', 'Nothing of it is here to go back.', { extra: { refundable: 0 } });
}

/** Where the money of a refund comes from in the ledger. */
export function sourcesOf(payment: Payment, amount: number): { readonly fromHeld: number; readonly fromApplied: number } {
  const fromHeld = Math.min(amount, Math.max(0, unappliedOf(payment)));
  return { fromHeld, fromApplied: amount - fromHeld };
}

export const refundStates = ['requested', 'refused', 'approved', 'succeeded', 'failed'] as const;
export type RefundState = (typeof refundStates)[number];
export const refundOrigins = ['manual', 'cancellation', 'surplus', 'provider'] as const;
export type RefundOrigin = (typeof refundOrigins)[number];

export interface RefundRequest {
  readonly id: string;
  readonly tenantId: string;
  readonly orderId: string;
  readonly version: number;
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly reason: string;
  readonly origin: RefundOrigin;
  readonly state: RefundState;
  readonly requestedBy: string | null;
  readonly decidedBy: string | null;
  readonly decisionNote: string | null;
  readonly needsSecond: boolean;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  readonly settledAt: Date | null;
}

type OfOrder = Pick<RefundRequest, 'tenantId' | 'orderId' | 'currency'>;

export const newRequest = (asked: Pick<RefundRequest, 'id' | 'amount' | 'reason' | 'origin' | 'requestedBy'>, { tenantId, orderId, currency }: OfOrder, needsSecond: boolean, at: Date): RefundRequest => ({
  ...asked,
  tenantId,
  orderId,
  version: 1,
  currency,
  state: 'requested',
  decidedBy: null,
  decisionNote: null,
  needsSecond,
  createdAt: at,
  decidedAt: null,
  settledAt: null,
});

/** Four eyes above the limit; what was asked for before counts, so that many small ones are one big one. */
export const needsSecondPair = (amount: number, askedBefore: number, limit: number): boolean => amount + askedBefore > limit;

/** Whether somebody may decide on a request: nobody on their own, nor on what comes back to themselves. */
export function mayDecide(request: Pick<RefundRequest, 'state' | 'requestedBy'>, { buyerId }: Pick<OrderAccount, 'buyerId'>, who: string | null): Result<void, Refusal<'transition_not_allowed' | 'second_approval_required'>> {
  if (request.state !== 'requested') return refuse('transition_not_allowed', `The refund is ${request.state} already.`);
  if (who === null || who === request.requestedBy || who === buyerId) return refuse('second_approval_required', 'Whoever asks for a refund, or gets it, does not approve it.');
  return ok();
}

/** What a request has come to, by its parts. */
export function stateByParts(all: readonly Pick<RefundPart, 'status' | 'isReplaced'>[]): 'approved' | 'succeeded' | 'failed' {
  const parts = all.filter(({ isReplaced }) => !isReplaced);
  if (parts.some(isUnderWay) || parts.length === 0) return 'approved';
  return parts.some(({ status }) => status === 'failed') ? 'failed' : 'succeeded';
}
