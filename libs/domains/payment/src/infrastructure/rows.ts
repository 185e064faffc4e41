import type { CurrencyCode, OrderState, PaymentLeg, PaymentMethod, PaymentProvider } from '@autobroker/kernel';
import type { TaxedSale } from '../domain/ledger';
import type { CarReturnState, OrderAccount, PriceLine } from '../domain/order-account';
import { type NextAction, type Payment, stateOf } from '../domain/payment';
import type { Failure, FailureReason } from '../domain/vocabulary';

/** Rows as PostgreSQL gives them as JSON: numbers are numbers, times are texts. */
export const at = (text: string): Date => new Date(text);
export const maybe = (text: string | null): Date | null => (text === null ? null : new Date(text));

export interface OrderRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly buyer_id: string;
  readonly number: string;
  readonly version: number;
  readonly state: OrderState;
  readonly resume_state: OrderState | null;
  readonly currency: CurrencyCode;
  readonly total: number;
  readonly deposit: number;
  readonly lines: readonly PriceLine[];
  readonly tax: TaxedSale | null;
  readonly is_inspection_begun: boolean;
  readonly is_contracted: boolean;
  readonly is_cancelled: boolean;
  readonly retain: number;
  readonly car_return: CarReturnState;
  readonly refund_due_at: string | null;
  readonly completed_at: string | null;
  readonly goodwill: number;
  readonly posted_lines: readonly PriceLine[];
  readonly sale_postings: number;
  readonly stuck_refunds: number;
  readonly payouts_planned_at: string | null;
  readonly settled_at: string | null;
  readonly closed_at: string | null;
  readonly closings: number;
}

export const orderOf = (row: OrderRow): OrderAccount => ({
  orderId: row.id,
  tenantId: row.tenant_id,
  buyerId: row.buyer_id,
  number: row.number,
  version: row.version,
  state: row.state,
  resumeState: row.resume_state,
  currency: row.currency,
  total: row.total,
  deposit: row.deposit,
  lines: row.lines,
  tax: row.tax,
  isInspectionBegun: row.is_inspection_begun,
  isContracted: row.is_contracted,
  isCancelled: row.is_cancelled,
  retain: row.retain,
  carReturn: row.car_return,
  refundDueAt: maybe(row.refund_due_at),
  completedAt: maybe(row.completed_at),
  goodwill: row.goodwill,
  postedLines: row.posted_lines,
  salePostings: row.sale_postings,
  stuckRefunds: row.stuck_refunds,
  payoutsPlannedAt: maybe(row.payouts_planned_at),
  settledAt: maybe(row.settled_at),
  closedAt: maybe(row.closed_at),
  closings: row.closings,
});

export const orderRow = (order: OrderAccount) => ({
  id: order.orderId,
  tenant_id: order.tenantId,
  buyer_id: order.buyerId,
  number: order.number,
  version: order.version,
  state: order.state,
  resume_state: order.resumeState,
  currency: order.currency,
  total: order.total,
  deposit: order.deposit,
  lines: order.lines,
  tax: order.tax,
  is_inspection_begun: order.isInspectionBegun,
  is_contracted: order.isContracted,
  is_cancelled: order.isCancelled,
  retain: order.retain,
  car_return: order.carReturn,
  refund_due_at: order.refundDueAt,
  completed_at: order.completedAt,
  goodwill: order.goodwill,
  posted_lines: order.postedLines,
  sale_postings: order.salePostings,
  stuck_refunds: order.stuckRefunds,
  payouts_planned_at: order.payoutsPlannedAt,
  settled_at: order.settledAt,
  closed_at: order.closedAt,
  closings: order.closings,
});

export interface PaymentRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly order_id: string;
  readonly buyer_id: string;
  readonly leg: PaymentLeg;
  readonly method: PaymentMethod;
  readonly provider: PaymentProvider;
  readonly attempt: number;
  readonly key: string;
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly version: number;
  readonly session_ref: string | null;
  readonly intent_ref: string | null;
  readonly charge_ref: string | null;
  readonly customer_ref: string | null;
  readonly saved_card_id: string | null;
  readonly authorized: number;
  readonly captured: number;
  readonly refunded: number;
  readonly charged_back: number;
  readonly applied: number;
  readonly refunded_held: number;
  readonly is_released: boolean;
  readonly is_dead: boolean;
  readonly is_processing: boolean;
  readonly is_mismatched: boolean;
  readonly is_unknown: boolean;
  readonly given_up_for: FailureReason | null;
  readonly failure: Failure | null;
  readonly action: NextAction | null;
  readonly capture_before: string | null;
  readonly as_of: number;
  readonly expires_at: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly authorized_at: string | null;
  readonly captured_at: string | null;
}

export const paymentOf = (row: PaymentRow): Payment => ({
  id: row.id,
  tenantId: row.tenant_id,
  orderId: row.order_id,
  buyerId: row.buyer_id,
  leg: row.leg,
  method: row.method,
  provider: row.provider,
  attempt: row.attempt,
  key: row.key,
  amount: row.amount,
  currency: row.currency,
  version: row.version,
  refs: { session: row.session_ref, intent: row.intent_ref, charge: row.charge_ref, customer: row.customer_ref },
  savedCardId: row.saved_card_id,
  authorized: row.authorized,
  captured: row.captured,
  refunded: row.refunded,
  chargedBack: row.charged_back,
  applied: row.applied,
  refundedHeld: row.refunded_held,
  isReleased: row.is_released,
  isDead: row.is_dead,
  isProcessing: row.is_processing,
  isMismatched: row.is_mismatched,
  isUnknown: row.is_unknown,
  givenUpFor: row.given_up_for,
  failure: row.failure,
  action: row.action,
  captureBefore: maybe(row.capture_before),
  asOf: row.as_of,
  expiresAt: at(row.expires_at),
  createdAt: at(row.created_at),
  updatedAt: at(row.updated_at),
  authorizedAt: maybe(row.authorized_at),
  capturedAt: maybe(row.captured_at),
});

export const paymentRow = (payment: Payment, lookAt: Date | null) => ({
  id: payment.id,
  tenant_id: payment.tenantId,
  order_id: payment.orderId,
  buyer_id: payment.buyerId,
  leg: payment.leg,
  method: payment.method,
  provider: payment.provider,
  attempt: payment.attempt,
  key: payment.key,
  amount: payment.amount,
  currency: payment.currency,
  version: payment.version,
  state: stateOf(payment),
  session_ref: payment.refs.session,
  intent_ref: payment.refs.intent,
  charge_ref: payment.refs.charge,
  customer_ref: payment.refs.customer,
  saved_card_id: payment.savedCardId,
  authorized: payment.authorized,
  captured: payment.captured,
  refunded: payment.refunded,
  charged_back: payment.chargedBack,
  applied: payment.applied,
  refunded_held: payment.refundedHeld,
  is_released: payment.isReleased,
  is_dead: payment.isDead,
  is_processing: payment.isProcessing,
  is_mismatched: payment.isMismatched,
  is_unknown: payment.isUnknown,
  given_up_for: payment.givenUpFor,
  failure: payment.failure,
  action: payment.action,
  capture_before: payment.captureBefore,
  as_of: payment.asOf,
  expires_at: payment.expiresAt,
  look_at: lookAt,
  created_at: payment.createdAt,
  updated_at: payment.updatedAt,
  authorized_at: payment.authorizedAt,
  captured_at: payment.capturedAt,
});
