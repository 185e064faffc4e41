import type Stripe from 'stripe';
import type { ProviderAnswer } from '../../application/provider';
import type { NextAction } from '../../domain/payment';
import type { CashTruth, CostTruth, DisputeTruth, ProviderTruth, RefundTruth } from '../../domain/truth';
import type { Failure } from '../../domain/vocabulary';

/** Everything that was read of one payment at Stripe. */
export interface StripeState {
  readonly session: Stripe.Checkout.Session | null;
  readonly intent: Stripe.PaymentIntent | null;
  readonly refunds: readonly Stripe.Refund[];
  readonly disputes: readonly Stripe.Dispute[];
  readonly cash?: CashTruth | null;
}

const seconds = (at: number): Date => new Date(at * 1_000);
/** Money stands at the charge of the latest attempt; one that failed is none. */
export function chargeOf(intent: Stripe.PaymentIntent | null): Stripe.Charge | null {
  const charge = intent?.latest_charge;
  return charge === undefined || charge === null || typeof charge === 'string' || charge.status === 'failed' ? null : charge;
}

/** What Stripe's objects say, in our words. */
export function truthOf(state: StripeState): ProviderAnswer {
  const { session, intent } = state;
  const charge = chargeOf(intent);
  const wasHeld = intent?.capture_method === 'manual' && charge !== null;
  const captured = intent?.status === 'succeeded' ? intent.amount_received : 0;
  const isGone = intent?.status === 'canceled';
  const customer = idOf(intent?.customer ?? session?.customer);
  return {
    refs: { ...(session === null ? {} : { session: session.id }), ...(intent === null ? {} : { intent: intent.id }), ...(charge === null ? {} : { charge: charge.id }), ...(customer === null ? {} : { customer }) },
    phase: phaseOf(state, captured, wasHeld),
    asked: intent === null ? { amount: session?.amount_total ?? 0, currency: session?.currency ?? '' } : { amount: intent.amount, currency: intent.currency },
    authorized: wasHeld ? charge.amount : 0,
    captured,
    isReleased: isGone && wasHeld,
    hasExpired: isGone && intent.cancellation_reason === 'automatic',
    captureBefore: captureBeforeOf(charge),
    failure: failureOf(intent),
    action: actionOf(state),
    refunds: state.refunds.map(refundTruth),
    disputes: state.disputes.map(disputeTruth),
    costs: [...costsOfCharge(charge), ...state.refunds.flatMap(costsOfRefund), ...state.disputes.flatMap(costsOfDispute)],
    cash: state.cash ?? null,
  };
}

function phaseOf({ session, intent }: StripeState, captured: number, wasHeld: boolean): ProviderTruth['phase'] {
  if (captured > 0) return 'taken';
  if (intent?.status === 'canceled' || session?.status === 'expired') return 'over';
  if (intent?.status === 'requires_capture' && wasHeld) return 'held';
  return intent?.status === 'processing' ? 'processing' : 'waiting';
}

export const idOf = (thing: string | { readonly id: string } | null | undefined): string | null => (thing === null || thing === undefined ? null : typeof thing === 'string' ? thing : thing.id);

function captureBeforeOf(charge: Stripe.Charge | null): Date | null {
  const before = charge?.payment_method_details?.card?.capture_before;
  return before === undefined ? null : seconds(before);
}

function failureOf(intent: Stripe.PaymentIntent | null): Failure | null {
  const error = intent?.last_payment_error;
  if (error === undefined || error === null) return null;
  const isUnproven = error.code === 'payment_intent_authentication_failure' || error.code === 'authentication_required';
  return { reason: isUnproven ? 'authentication_failed' : 'declined', declineCode: error.decline_code ?? error.code ?? null };
}

function actionOf({ session, intent }: StripeState): NextAction | null {
  if (session?.status === 'open' && session.url !== null) return { type: 'redirect', url: session.url, transfer: null };
  const shown = intent?.next_action?.display_bank_transfer_instructions;
  if (shown === undefined || intent?.status !== 'requires_action') return null;
  const addresses = shown.financial_addresses ?? [];
  const iban = addresses.find((one) => one.iban !== undefined)?.iban;
  const account = addresses.find((one) => one.aba !== undefined)?.aba?.account_number ?? addresses.find((one) => one.sort_code !== undefined)?.sort_code?.account_number;
  return {
    type: 'bank_transfer',
    url: shown.hosted_instructions_url,
    transfer: { remaining: shown.amount_remaining ?? intent.amount, reference: shown.reference, iban: iban?.iban ?? null, bic: iban?.bic ?? null, holder: iban?.account_holder_name ?? null, account: account ?? null },
  };
}

function refundTruth(refund: Stripe.Refund): RefundTruth {
  const status = refund.status === 'succeeded' ? 'succeeded' : refund.status === 'failed' || refund.status === 'canceled' ? 'failed' : 'pending';
  return { ref: refund.id, refundId: refund.metadata?.['refund_id'] ?? null, amount: refund.amount, status };
}

const disputeStatuses: Readonly<Record<string, DisputeTruth['status']>> = { needs_response: 'opened', warning_needs_response: 'opened', under_review: 'evidence_sent', warning_under_review: 'evidence_sent', won: 'won', lost: 'lost', warning_closed: 'withdrawn', prevented: 'withdrawn' };

function disputeTruth(dispute: Stripe.Dispute): DisputeTruth {
  const sum = (sign: 1 | -1): number => dispute.balance_transactions.reduce((total, { amount }) => total + (amount * sign > 0 ? Math.abs(amount) : 0), 0);
  const dueBy = dispute.evidence_details.due_by;
  return { ref: dispute.id, amount: dispute.amount, reason: dispute.reason, status: disputeStatuses[dispute.status] ?? 'opened', dueBy: dueBy === null ? null : seconds(dueBy), takenBack: sum(-1), givenBack: sum(1) };
}

const cost = (transaction: string | Stripe.BalanceTransaction | null | undefined, of: string): CostTruth[] => (typeof transaction === 'object' && transaction !== null && transaction.fee !== 0 ? [{ ref: transaction.id, of, amount: transaction.fee }] : []);
const costsOfCharge = (charge: Stripe.Charge | null): CostTruth[] => (charge === null ? [] : cost(charge.balance_transaction, charge.id));
const costsOfRefund = (refund: Stripe.Refund): CostTruth[] => [...cost(refund.balance_transaction, refund.id), ...cost(refund.failure_balance_transaction, refund.id)];
const costsOfDispute = (dispute: Stripe.Dispute): CostTruth[] => dispute.balance_transactions.flatMap((transaction) => cost(transaction, dispute.id));
