import { type CurrencyCode, isCurrencyCode, Money } from '@autobroker/kernel';
import type { AuthorizationWithAdditionalData, Money as PaypalMoney, Order, OrdersCapture, Refund } from '@paypal/paypal-server-sdk' with { 'resolution-mode': 'import' };
import { z } from 'zod';
import type { ProviderAnswer } from '../../application/provider';
import type { CostTruth, DisputeTruth, RefundTruth } from '../../domain/truth';
import type { Failure } from '../../domain/vocabulary';

const amountSchema = z.object({ currency_code: z.string(), value: z.string() });
export const disputeSchema = z.looseObject({
  dispute_id: z.string(),
  reason: z.string(),
  status: z.string(),
  dispute_channel: z.string().optional(),
  dispute_amount: amountSchema,
  seller_response_due_date: z.string().optional(),
  dispute_outcome: z.looseObject({ outcome_code: z.string().optional() }).optional(),
  money_movements: z.array(z.looseObject({ type: z.string(), amount: amountSchema })).optional(),
});
export type PaypalDispute = z.output<typeof disputeSchema>;

/** Decimal texts, exactly. */
export function minorOf(value: string | undefined, currency: string | undefined): number {
  if (value === undefined || currency === undefined || !isCurrencyCode(currency)) return 0;
  const money = Money.fromDecimal(value, currency);
  if (!money.ok) throw new Error(`PayPal says ${value} ${currency}: ${money.error.detail}`);
  return money.value.amount;
}
const minor = (money: PaypalMoney | undefined): number => minorOf(money?.value, money?.currencyCode);
export const toPaypal = (amount: number, currency: CurrencyCode) => ({ currencyCode: currency, value: Money.of(amount, currency).toDecimal() });

const taken: readonly (string | undefined)[] = ['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'];

export interface PaypalState {
  readonly order: Order;
  readonly disputes: readonly PaypalDispute[];
  /** We have given it up: nobody else takes it further. */
  readonly isGivenUp: boolean;
  readonly now: Date;
}

/** The first one is what the buyer agreed to; later ones are it again. */
export const holdOf = (order: Order): AuthorizationWithAdditionalData | undefined => order.purchaseUnits?.[0]?.payments?.authorizations?.[0];
export const latestHoldOf = (order: Order): AuthorizationWithAdditionalData | undefined => order.purchaseUnits?.[0]?.payments?.authorizations?.at(-1);
export const captureOf = (order: Order): OrdersCapture | undefined => order.purchaseUnits?.[0]?.payments?.captures?.find(({ status }) => taken.includes(status));

export function truthOf({ order, disputes, isGivenUp, now }: PaypalState): ProviderAnswer {
  const unit = order.purchaseUnits?.[0];
  const hold = holdOf(order);
  const captures = unit?.payments?.captures ?? [];
  const captured = captures.filter(({ status }) => taken.includes(status)).reduce((sum, capture) => sum + minor(capture.amount), 0);
  const isPending = hold?.status === 'PENDING' || captures.some(({ status }) => status === 'PENDING');
  const isHeld = hold !== undefined && hold.status !== 'DENIED' && hold.status !== 'PENDING';
  const isReleased = hold?.status === 'VOIDED';
  const charge = captureOf(order)?.id;
  const told = unit?.payments?.refunds ?? [];
  const decided = refundsOfDisputes(disputes, told);
  const refunds = told.filter((refund) => decided.get(refund) !== 'mirror');
  const isOver = isGivenUp || order.status === 'VOIDED' || hold?.status === 'DENIED' || captures.some(({ status }) => status === 'DECLINED' || status === 'FAILED');
  const expires = hold?.expirationTime;
  return {
    refs: { ...(order.id === undefined ? {} : { session: order.id }), ...(hold?.id === undefined ? {} : { intent: hold.id }), ...(charge === undefined ? {} : { charge }) },
    phase: captured > 0 ? 'taken' : isReleased ? 'over' : isPending ? 'processing' : isHeld ? 'held' : isOver ? 'over' : order.status === 'APPROVED' ? 'approved' : 'waiting',
    asked: { amount: minorOf(unit?.amount?.value, unit?.amount?.currencyCode), currency: unit?.amount?.currencyCode ?? '' },
    authorized: isHeld ? minor(hold.amount) : 0,
    captured,
    isReleased,
    hasExpired: isReleased && expires !== undefined && new Date(expires) <= now,
    captureBefore: expires === undefined ? null : new Date(expires),
    failure: failureOf(hold, captures),
    action: actionOf(order, isGivenUp),
    refunds: refunds.map((refund) => refundTruth(refund, decided.has(refund))),
    disputes: disputes.map(disputeTruth),
    costs: [...captures.flatMap(costOfCapture), ...refunds.flatMap(costOfRefund)],
  };
}

function failureOf(hold: AuthorizationWithAdditionalData | undefined, captures: readonly OrdersCapture[]): Failure | null {
  if (hold?.status === 'DENIED') return { reason: 'declined', declineCode: 'AUTHORIZATION_DENIED' };
  const failed = captures.find(({ status }) => status === 'DECLINED' || status === 'FAILED');
  return failed === undefined ? null : { reason: 'declined', declineCode: failed.statusDetails?.reason ?? failed.status ?? null };
}

function actionOf(order: Order, isGivenUp: boolean): ProviderAnswer['action'] {
  const url = order.links?.find(({ rel }) => rel === 'approve' || rel === 'payer-action')?.href;
  return isGivenUp || url === undefined ? null : { type: 'redirect', url, transfer: null };
}

function refundTruth(refund: Refund, isOfDispute: boolean): RefundTruth {
  const status = refund.status === 'COMPLETED' ? 'succeeded' : refund.status === 'PENDING' ? 'pending' : 'failed';
  return { ref: refund.id ?? '', refundId: refund.customId ?? null, amount: minor(refund.amount), status, isOfDispute };
}

/** Of a dispute's money: what was taken, and what came back. */
function movedBy({ money_movements: movements = [] }: PaypalDispute): { readonly takenBack: number; readonly givenBack: number } {
  const sum = (type: string): number => movements.filter((one) => one.type === type).reduce((total, one) => total + minorOf(one.amount.value, one.amount.currency_code), 0);
  return { takenBack: sum('DEBIT'), givenBack: sum('CREDIT') };
}

/**
 * What a lost dispute gives the buyer is told as a refund as well. Where a bank keeps what it took, that is the same money told
 * twice: it has gone once, and PayPal's report has it as the dispute's. Where PayPal decides, it first lets go of what it has
 * held, and then gives it to the buyer: the report has both, and the refund is the decision.
 */
function refundsOfDisputes(disputes: readonly PaypalDispute[], refunds: readonly Refund[]): ReadonlyMap<Refund, 'mirror' | 'decision'> {
  const found = new Map<Refund, 'mirror' | 'decision'>();
  for (const dispute of disputes) {
    if (dispute.dispute_outcome?.outcome_code !== 'RESOLVED_BUYER_FAVOUR') continue;
    const { takenBack, givenBack } = movedBy(dispute);
    const [kind, amount] = givenBack < takenBack ? (['mirror', takenBack - givenBack] as const) : (['decision', minorOf(dispute.dispute_amount.value, dispute.dispute_amount.currency_code)] as const);
    const free = refunds.filter((refund) => !found.has(refund));
    const one = free.find(({ noteToPayer }) => noteToPayer === 'Payment reversed') ?? free.find((refund) => minor(refund.amount) === amount);
    if (one !== undefined) found.set(one, kind);
  }
  return found;
}

function disputeTruth(dispute: PaypalDispute): DisputeTruth {
  const { dispute_id: ref, reason, dispute_amount: amount, seller_response_due_date: dueBy } = dispute;
  return { ref, amount: minorOf(amount.value, amount.currency_code), reason: reason.toLowerCase(), status: statusOf(dispute), dueBy: dueBy === undefined ? null : new Date(dueBy), ...movedBy(dispute) };
}

function statusOf({ status, dispute_outcome: outcome }: PaypalDispute): DisputeTruth['status'] {
  if (status !== 'RESOLVED') return status === 'UNDER_REVIEW' ? 'evidence_sent' : 'opened';
  if (outcome?.outcome_code === 'RESOLVED_SELLER_FAVOUR') return 'won';
  return outcome?.outcome_code === 'RESOLVED_BUYER_FAVOUR' ? 'lost' : 'withdrawn';
}

const cost = (id: string | undefined, amount: number): CostTruth[] => (id === undefined || amount === 0 ? [] : [{ ref: id, of: id, amount }]);
const costOfCapture = (capture: OrdersCapture): CostTruth[] => (taken.includes(capture.status) ? cost(capture.id, minor(capture.sellerReceivableBreakdown?.paypalFee)) : []);
/** Of a refund PayPal gives a part of its fee back, if it does. */
const costOfRefund = (refund: Refund): CostTruth[] => cost(refund.id, -minor(refund.sellerPayableBreakdown?.paypalFee));
