import type { CurrencyCode, Payee, PaymentProvider } from '@autobroker/kernel';
import type { OpenOperation } from './converge';
import { type Balances, byPayee, type LedgerEntry } from './ledger';
import type { OrderAccount } from './order-account';
import type { Payment } from './payment';
import type { RefundOrigin, RefundPart, RefundRequest } from './refunds';
import type { DisputeTruth } from './truth';
import type { Failure, OperationKind } from './vocabulary';

export interface Dispute {
  readonly id: string;
  readonly tenantId: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly provider: PaymentProvider;
  readonly ref: string;
  readonly version: number;
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly reason: string;
  readonly status: DisputeTruth['status'];
  readonly dueBy: Date | null;
  readonly takenBack: number;
  readonly givenBack: number;
  readonly openedAt: Date;
  readonly changedAt: Date;
}

export const isUndecided = ({ status }: Pick<Dispute, 'status'>): boolean => status === 'opened' || status === 'evidence_sent';

/** What is to be asked of a provider: written before it is asked. */
export interface NewOperation extends OpenOperation {
  readonly id: string;
  readonly key: string;
  readonly kind: OperationKind;
  readonly amount: number | null;
  /** Of the refund or the dispute that it is about. */
  readonly subjectId: string | null;
}

export interface Payout {
  readonly id: string;
  readonly tenantId: string;
  readonly orderId: string;
  readonly payee: Payee;
  readonly amount: number;
  readonly currency: CurrencyCode;
  readonly version: number;
  readonly state: 'due' | 'paid';
  readonly bankReference: string | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
}

const payable = ['seller', 'auction', 'carrier'] as const;

/** What others are to get of a sale that is over. */
export function payoutsDue({ orderId, tenantId, currency, postedLines }: OrderAccount, { now, newId }: DeskMeans): Payout[] {
  const sums = byPayee(postedLines);
  return payable.flatMap((payee): Payout[] => {
    const amount = sums.get(payee) ?? 0;
    return amount > 0 ? [{ id: newId(), tenantId, orderId, payee, amount, currency, version: 1, state: 'due', bankReference: null, createdAt: now, paidAt: null }] : [];
  });
}

/** Everything about an order's money, as it was read under its lock. */
export interface DeskState {
  readonly order: OrderAccount;
  readonly payments: readonly Payment[];
  readonly requests: readonly RefundRequest[];
  readonly parts: readonly RefundPart[];
  readonly disputes: readonly Dispute[];
  readonly operations: readonly OpenOperation[];
  /** How many operations there have been, by `leg:kind`. */
  readonly asked: ReadonlyMap<string, number>;
  readonly balances: Balances;
  /** What the ledger says of the sale. */
  readonly postedSale: readonly LedgerEntry[];
}

/** What others are told. */
export type Told =
  | { readonly kind: 'authorized'; readonly payment: Payment; readonly amount: number }
  | { readonly kind: 'captured'; readonly payment: Payment; readonly amount: number }
  | { readonly kind: 'failed'; readonly payment: Payment; readonly failure: Failure }
  | { readonly kind: 'refunded'; readonly payment: Payment; readonly refundId: string; readonly amount: number; readonly reason: string }
  | { readonly kind: 'disputed'; readonly payment: Payment; readonly dispute: Dispute }
  | { readonly kind: 'order_settled'; readonly received: number; readonly givenBack: number }
  | { readonly kind: 'refund_settled'; readonly refunded: number; readonly retained: number };

/** What somebody of the broker's has to look at. */
export interface Oddity {
  readonly kind: 'amount_mismatch' | 'refund_failed' | 'foreign_refund' | 'dispute_opened' | 'operation_refused';
  readonly paymentId: string;
  readonly providerRef: string | null;
  readonly expected: number | null;
  readonly actual: number | null;
  readonly currency: string;
}

export interface DeskMeans {
  readonly now: Date;
  readonly newId: () => string;
}

export interface AskedRefund {
  readonly id: string;
  readonly amount: number;
  readonly reason: string;
  readonly origin: RefundOrigin;
  readonly requestedBy: string | null;
  readonly isApproved: boolean;
}
