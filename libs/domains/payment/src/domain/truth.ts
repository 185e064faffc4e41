import type { Failure } from './vocabulary';
import type { NextAction, Payment, ProviderRefs } from './payment';

/** What a provider says of one refund. */
export interface RefundTruth {
  readonly ref: string;
  /** Of ours, where the provider kept it. */
  readonly refundId: string | null;
  readonly amount: number;
  readonly status: 'pending' | 'succeeded' | 'failed';
  /** By it the provider gives the buyer what a dispute was about. */
  readonly isOfDispute?: boolean;
}

export interface DisputeTruth {
  readonly ref: string;
  readonly amount: number;
  readonly reason: string;
  readonly status: 'opened' | 'evidence_sent' | 'won' | 'lost' | 'withdrawn';
  readonly dueBy: Date | null;
  /** What the bank has taken back, and given back again, all in all. */
  readonly takenBack: number;
  readonly givenBack: number;
}

/** What the provider kept for itself, by the movement that says so; below zero where it gave it back. */
export interface CostTruth {
  readonly ref: string;
  /** What it was for: the charge, the refund, the dispute. */
  readonly of: string;
  readonly amount: number;
}

/** What a buyer has sent to the provider that no payment has taken. */
export interface CashTruth {
  readonly lying: number;
  /** What was sent back did not arrive, and lies there again; nothing has come since. */
  readonly isReturnFailed: boolean;
  readonly returns: readonly { readonly ref: string; readonly amount: number }[];
}

/** All that a provider says of a payment when it is asked. */
export interface ProviderTruth {
  /** When it was asked, in milliseconds. */
  readonly asOf: number;
  readonly refs: Partial<ProviderRefs>;
  readonly phase: 'waiting' | 'processing' | 'approved' | 'held' | 'taken' | 'over';
  readonly asked: { readonly amount: number; readonly currency: string };
  readonly authorized: number;
  readonly captured: number;
  readonly isReleased: boolean;
  readonly hasExpired: boolean;
  readonly captureBefore: Date | null;
  readonly failure: Failure | null;
  readonly action: NextAction | null;
  readonly refunds: readonly RefundTruth[];
  readonly disputes: readonly DisputeTruth[];
  readonly costs: readonly CostTruth[];
  /** Where buyers can send more than a payment takes, or later than it. */
  readonly cash?: CashTruth | null;
}

/** What came of a payment that had not been known before. */
export type PaymentFact =
  | { readonly kind: 'authorized'; readonly amount: number }
  | { readonly kind: 'released'; readonly amount: number }
  | { readonly kind: 'captured'; readonly amount: number; readonly total: number }
  | { readonly kind: 'mismatched'; readonly amount: number; readonly currency: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface Merged {
  readonly payment: Payment;
  readonly facts: readonly PaymentFact[];
}

/**
 * Takes what a provider says into what is known. Money only grows, what has ended stays ended, and of what is neither the
 * latest answer counts: in whichever order answers come, and however often, what is known in the end is the same.
 */
export function mergeTruth(payment: Payment, truth: ProviderTruth, now: Date): Merged {
  const isLatest = truth.asOf >= payment.asOf;
  const authorized = Math.max(payment.authorized, truth.authorized);
  const captured = Math.max(payment.captured, truth.captured);
  const isReleased = payment.isReleased || truth.isReleased;
  const isDead = payment.isDead || truth.phase === 'over';
  const asked = truth.asked.currency.toUpperCase() === payment.currency && truth.asked.amount === payment.amount;
  const isMismatched = payment.isMismatched || (!asked && (truth.authorized > 0 || truth.captured > 0)) || captured > payment.amount;
  const isOver = isReleased || isDead || captured > 0;
  const isHeld = authorized > 0 && !isReleased && captured === 0;
  const next: Payment = {
    ...payment,
    authorized,
    captured,
    isReleased,
    isDead,
    isMismatched,
    isUnknown: false,
    isProcessing: !isOver && authorized === 0 && (isLatest ? truth.phase === 'processing' : payment.isProcessing),
    refs: isLatest ? mergedRefs(payment.refs, truth.refs) : mergedRefs(truth.refs, payment.refs),
    captureBefore: isLatest || payment.captureBefore === null ? (truth.captureBefore ?? payment.captureBefore) : payment.captureBefore,
    action: isOver || isHeld ? null : isLatest ? truth.action : payment.action,
    failure: isLatest ? (truth.failure ?? payment.failure) : (payment.failure ?? truth.failure),
    asOf: Math.max(payment.asOf, truth.asOf),
    authorizedAt: payment.authorizedAt ?? (authorized > 0 || captured > 0 ? now : null),
    capturedAt: payment.capturedAt ?? (captured > 0 ? now : null),
  };
  const facts = factsBetween(payment, next, truth);
  const ended = facts.find((fact) => fact.kind === 'failed');
  const told = ended === undefined ? next : { ...next, failure: ended.failure };
  const isChanged = JSON.stringify(comparable(told)) !== JSON.stringify(comparable(payment));
  return { payment: isChanged ? { ...told, updatedAt: now } : { ...payment, asOf: next.asOf }, facts };
}

const comparable = ({ asOf: _asOf, updatedAt: _updatedAt, ...rest }: Payment) => rest;

function mergedRefs(older: Partial<ProviderRefs>, newer: Partial<ProviderRefs>): ProviderRefs {
  const pick = (name: keyof ProviderRefs): string | null => newer[name] ?? older[name] ?? null;
  return { session: pick('session'), intent: pick('intent'), charge: pick('charge'), customer: pick('customer') };
}

function factsBetween(before: Payment, after: Payment, truth: ProviderTruth): PaymentFact[] {
  const facts: PaymentFact[] = [];
  if (after.isMismatched && !before.isMismatched) facts.push({ kind: 'mismatched', amount: Math.max(truth.authorized, truth.captured), currency: truth.asked.currency.toUpperCase() });
  if (before.authorized === 0 && before.captured === 0 && after.authorized > 0 && !(after.isReleased && after.captured === 0)) facts.push({ kind: 'authorized', amount: after.authorized });
  if (after.captured > before.captured) facts.push({ kind: 'captured', amount: after.captured - before.captured, total: after.captured });
  const wasHeld = before.authorized > 0 && !before.isReleased && before.captured === 0;
  if (wasHeld && after.isReleased && after.captured === 0) facts.push({ kind: 'released', amount: before.authorized });
  const hadEnded = before.captured === 0 && (before.isReleased || before.isDead);
  const hasEnded = after.captured === 0 && (after.isReleased || (after.isDead && after.authorized === 0));
  if (hasEnded && !hadEnded) facts.push({ kind: 'failed', failure: endOf(after, truth) });
  return facts;
}

/** Why it came to nothing: what we decided comes before what the provider calls it. */
function endOf(payment: Payment, truth: ProviderTruth): Failure {
  if (payment.isMismatched) return { reason: 'amount_mismatch', declineCode: null };
  if (payment.givenUpFor !== null) return { reason: payment.givenUpFor, declineCode: null };
  if (payment.isReleased) return { reason: truth.hasExpired ? 'expired' : 'released', declineCode: null };
  return payment.failure ?? { reason: 'abandoned', declineCode: null };
}

/** Whether the buyer may pay again: not after what we let go ourselves, nor where somebody has to look first. */
export const mayTryAgain = ({ reason }: Failure): boolean => reason !== 'released' && reason !== 'amount_mismatch';
