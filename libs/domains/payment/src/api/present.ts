import type { z } from 'zod';
import { isLedgerAccount, isJournalKind } from '../domain/ledger';
import type { Dispute, Payout } from '../domain/desk-state';
import { type Payment, stateOf } from '../domain/payment';
import type { SavedCard } from '../domain/saved-card';
import type { JournalView, RefundView } from '../application/ports';
import type { Break, DayReport } from '../application/ports-reconciliation';
import type { breakSchema, disputeSchema, journalSchema, payoutSchema, refundSchema, reportSchema } from './schemas/back-office';
import type { paymentSchema, savedCardSchema } from './schemas/payment';
import { payees, paymentProviders } from '@autobroker/kernel';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function presentPayment(payment: Payment): z.output<typeof paymentSchema> {
  const money = (amount: number) => ({ amount, currency: payment.currency });
  const { action, failure } = payment;
  return {
    id: payment.id,
    order_id: payment.orderId,
    leg: payment.leg,
    method: payment.method,
    provider: payment.provider,
    attempt: payment.attempt,
    state: stateOf(payment),
    amount: money(payment.amount),
    authorized: money(payment.authorized),
    captured: money(payment.captured),
    refunded: money(payment.refunded),
    saved_card_id: payment.savedCardId,
    failure: failure === null ? null : { reason: failure.reason, decline_code: failure.declineCode },
    next_action: action === null || payment.givenUpFor !== null ? null : { type: action.type, url: action.url, transfer: action.transfer === null ? null : { ...action.transfer, remaining: money(action.transfer.remaining) } },
    authorized_at: iso(payment.authorizedAt),
    captured_at: iso(payment.capturedAt),
    capture_before: iso(payment.captureBefore),
    expires_at: payment.expiresAt.toISOString(),
    created_at: payment.createdAt.toISOString(),
    updated_at: payment.updatedAt.toISOString(),
  };
}

export const presentSavedCard = ({ id, version, state, card, url, expiresAt, createdAt }: SavedCard): z.output<typeof savedCardSchema> => ({
  id,
  version,
  state,
  card: card === null ? null : { brand: card.brand, last4: card.last4, exp_month: card.expMonth, exp_year: card.expYear },
  next_action: url === null ? null : { type: 'redirect', url },
  expires_at: expiresAt.toISOString(),
  created_at: createdAt.toISOString(),
});

export function presentRefund(refund: RefundView): z.output<typeof refundSchema> {
  const money = (amount: number) => ({ amount, currency: refund.currency });
  return {
    id: refund.id,
    order_id: refund.orderId,
    version: refund.version,
    amount: money(refund.amount),
    reason: refund.reason,
    origin: refund.origin,
    state: refund.state,
    needs_second: refund.needsSecond,
    requested_by: refund.requestedBy,
    decided_by: refund.decidedBy,
    decision_note: refund.decisionNote,
    parts: refund.parts.map(({ id, paymentId, amount, status, isReplaced }) => ({ id, payment_id: paymentId, amount: money(amount), status, replaced: isReplaced })),
    created_at: refund.createdAt.toISOString(),
    decided_at: iso(refund.decidedAt),
    settled_at: iso(refund.settledAt),
  };
}

export function presentJournal(journal: JournalView): z.output<typeof journalSchema> {
  const { kind } = journal;
  if (!isJournalKind(kind)) throw new Error(`journal ${journal.id} is a ${kind}`);
  return {
    id: journal.id,
    kind,
    order_id: journal.orderId,
    payment_id: journal.paymentId,
    currency: journal.currency,
    provider: paymentProviders.find((one) => one === journal.provider) ?? null,
    provider_ref: journal.providerRef,
    memo: journal.memo,
    posted_at: journal.postedAt.toISOString(),
    entries: journal.entries.map(({ account, payee, amount }) => {
      if (!isLedgerAccount(account)) throw new Error(`journal ${journal.id} has the account ${account}`);
      return { account, payee: payees.find((one) => one === payee) ?? null, amount };
    }),
  };
}

export function presentDispute(dispute: Dispute): z.output<typeof disputeSchema> {
  const money = (amount: number) => ({ amount, currency: dispute.currency });
  return { id: dispute.id, order_id: dispute.orderId, payment_id: dispute.paymentId, provider: dispute.provider, provider_ref: dispute.ref, amount: money(dispute.amount), taken_back: money(dispute.takenBack), given_back: money(dispute.givenBack), reason: dispute.reason, status: dispute.status, due_by: iso(dispute.dueBy), opened_at: dispute.openedAt.toISOString(), changed_at: dispute.changedAt.toISOString() };
}

export const presentPayout = (payout: Payout): z.output<typeof payoutSchema> => ({ id: payout.id, order_id: payout.orderId, version: payout.version, payee: payout.payee, amount: { amount: payout.amount, currency: payout.currency }, state: payout.state, bank_reference: payout.bankReference, created_at: payout.createdAt.toISOString(), paid_at: iso(payout.paidAt) });

export const presentBreak = (one: Break): z.output<typeof breakSchema> => ({ id: one.id, version: one.version, kind: one.kind, order_id: one.orderId, payment_id: one.paymentId, provider: one.provider, provider_ref: one.providerRef, expected: one.expected, actual: one.actual, currency: one.currency, state: one.state, note: one.note, found_at: one.foundAt.toISOString(), resolved_at: iso(one.resolvedAt) });

export const presentReport = (report: DayReport): z.output<typeof reportSchema> => ({ id: report.id, provider: report.provider, day: report.day, movements: report.movements, breaks: report.breaks, finished_at: report.finishedAt.toISOString() });
