import type { CurrencyCode, Payee, PaymentProvider } from '@autobroker/kernel';
import type { Operation } from '../application/ports';
import type { Dispute, Payout } from '../domain/desk-state';
import type { RefundOrigin, RefundPart, RefundPartStatus, RefundRequest, RefundState } from '../domain/refunds';
import type { OperationKind } from '../domain/vocabulary';
import { at, maybe } from './rows';

/** Rows of what comes after a payment, as PostgreSQL gives them as JSON. */

export interface RefundRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly order_id: string;
  readonly version: number;
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly reason: string;
  readonly origin: RefundOrigin;
  readonly state: RefundState;
  readonly requested_by: string | null;
  readonly decided_by: string | null;
  readonly decision_note: string | null;
  readonly needs_second: boolean;
  readonly created_at: string;
  readonly decided_at: string | null;
  readonly settled_at: string | null;
}

export const refundOf = (row: RefundRow): RefundRequest => ({
  id: row.id,
  tenantId: row.tenant_id,
  orderId: row.order_id,
  version: row.version,
  amount: row.amount,
  currency: row.currency,
  reason: row.reason,
  origin: row.origin,
  state: row.state,
  requestedBy: row.requested_by,
  decidedBy: row.decided_by,
  decisionNote: row.decision_note,
  needsSecond: row.needs_second,
  createdAt: at(row.created_at),
  decidedAt: maybe(row.decided_at),
  settledAt: maybe(row.settled_at),
});

export const refundRow = (request: RefundRequest) => ({
  id: request.id,
  tenant_id: request.tenantId,
  order_id: request.orderId,
  version: request.version,
  amount: request.amount,
  currency: request.currency,
  reason: request.reason,
  origin: request.origin,
  state: request.state,
  requested_by: request.requestedBy,
  decided_by: request.decidedBy,
  decision_note: request.decisionNote,
  needs_second: request.needsSecond,
  created_at: request.createdAt,
  decided_at: request.decidedAt,
  settled_at: request.settledAt,
});

export interface PartRow {
  readonly id: string;
  readonly request_id: string;
  readonly payment_id: string;
  readonly amount: number;
  readonly status: RefundPartStatus;
  readonly provider_ref: string | null;
  readonly from_held: number;
  readonly is_replaced: boolean;
}

export const partOf = (row: PartRow): RefundPart => ({ id: row.id, requestId: row.request_id, paymentId: row.payment_id, amount: row.amount, status: row.status, providerRef: row.provider_ref, fromHeld: row.from_held, isReplaced: row.is_replaced });
export const partRow = (part: RefundPart, orderId: string) => ({ id: part.id, order_id: orderId, request_id: part.requestId, payment_id: part.paymentId, amount: part.amount, status: part.status, provider_ref: part.providerRef, from_held: part.fromHeld, is_replaced: part.isReplaced });

export interface DisputeRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly provider: PaymentProvider;
  readonly ref: string;
  readonly version: number;
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly reason: string;
  readonly status: Dispute['status'];
  readonly due_by: string | null;
  readonly taken_back: number;
  readonly given_back: number;
  readonly opened_at: string;
  readonly changed_at: string;
}

export const disputeOf = (row: DisputeRow): Dispute => ({
  id: row.id,
  tenantId: row.tenant_id,
  orderId: row.order_id,
  paymentId: row.payment_id,
  provider: row.provider,
  ref: row.ref,
  version: row.version,
  amount: row.amount,
  currency: row.currency,
  reason: row.reason,
  status: row.status,
  dueBy: maybe(row.due_by),
  takenBack: row.taken_back,
  givenBack: row.given_back,
  openedAt: at(row.opened_at),
  changedAt: at(row.changed_at),
});

export const disputeRow = (dispute: Dispute) => ({
  id: dispute.id,
  tenant_id: dispute.tenantId,
  order_id: dispute.orderId,
  payment_id: dispute.paymentId,
  provider: dispute.provider,
  ref: dispute.ref,
  version: dispute.version,
  amount: dispute.amount,
  currency: dispute.currency,
  reason: dispute.reason,
  status: dispute.status,
  due_by: dispute.dueBy,
  taken_back: dispute.takenBack,
  given_back: dispute.givenBack,
  opened_at: dispute.openedAt,
  changed_at: dispute.changedAt,
});

export interface PayoutRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly order_id: string;
  readonly payee: Payee;
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly version: number;
  readonly state: 'due' | 'paid';
  readonly bank_reference: string | null;
  readonly created_at: string;
  readonly paid_at: string | null;
}

export const payoutOf = (row: PayoutRow): Payout => ({ id: row.id, tenantId: row.tenant_id, orderId: row.order_id, payee: row.payee, amount: row.amount, currency: row.currency, version: row.version, state: row.state, bankReference: row.bank_reference, createdAt: at(row.created_at), paidAt: maybe(row.paid_at) });
export const payoutRow = (payout: Payout) => ({ id: payout.id, tenant_id: payout.tenantId, order_id: payout.orderId, payee: payout.payee, amount: payout.amount, currency: payout.currency, version: payout.version, state: payout.state, bank_reference: payout.bankReference, created_at: payout.createdAt, paid_at: payout.paidAt });

export interface OperationRow {
  readonly id: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly kind: OperationKind;
  readonly key: string;
  readonly amount: number | null;
  readonly subject_id: string | null;
  readonly attempts: number;
}

export const operationOf = (row: OperationRow): Operation => ({ id: row.id, orderId: row.order_id, paymentId: row.payment_id, kind: row.kind, key: row.key, amount: row.amount, subjectId: row.subject_id, attempts: row.attempts });
