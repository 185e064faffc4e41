import type { TenantScope, Tx } from '@autobroker/platform/database';
import type { CurrencyCode, PaymentProvider } from '@autobroker/kernel';
import type { EvidencePack, VerifiedEvent } from './provider';
import type { OrderDesk } from '../domain/desk';
import type { DeskState, Dispute, Payout } from '../domain/desk-state';
import type { Journal, LedgerAccount } from '../domain/ledger';
import type { OrderAccount } from '../domain/order-account';
import type { Payment } from '../domain/payment';
import type { Owner } from '../domain/reconcile';
import type { RefundPart, RefundRequest } from '../domain/refunds';
import type { ChargeableCard } from '../domain/saved-card';
import type { OperationKind } from '../domain/vocabulary';

export interface Operation {
  readonly id: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly kind: OperationKind;
  readonly key: string;
  readonly amount: number | null;
  readonly subjectId: string | null;
  readonly attempts: number;
}

export interface OperationEnd {
  readonly id: string;
  readonly state: 'done' | 'refused' | 'skipped';
  readonly problem: string | null;
  readonly isBlocking: boolean;
}

/** An operation, its payment as it is known, and the place of this asking among all. */
export interface StartedOperation {
  readonly operation: Operation;
  readonly payment: Payment;
  readonly order: OrderAccount;
  readonly part: RefundPart | null;
  readonly dispute: Dispute | null;
  readonly evidence: unknown;
  /** While its buyer still keeps it. */
  readonly saved: ChargeableCard | null;
  readonly asOf: number;
}

/** Everything of an order's money, to be put on a desk and written down again. */
export abstract class DeskStore {
  /** Locked until the transaction ends: one writer an order. */
  abstract lock(tx: Tx, scope: TenantScope, orderId: string): Promise<DeskState | null>;
  /** Changes nothing where somebody else was faster. */
  abstract begin(tx: Tx, scope: TenantScope, order: OrderAccount): Promise<DeskState | null>;
  abstract write(tx: Tx, before: DeskState, desk: OrderDesk, ended: readonly OperationEnd[]): Promise<void>;
  abstract payout(tx: Tx, id: string): Promise<Payout | null>;
  /** Whether the bank's reference stands under another payout of the tenant; until the transaction ends nobody else puts it under one. */
  abstract isReferenceTaken(tx: Tx, payout: Payout, reference: string): Promise<boolean>;
  abstract putPayout(tx: Tx, payout: Payout): Promise<void>;
  abstract keepEvidence(tx: Tx, disputeId: string, pack: EvidencePack): Promise<void>;
  /** What was written before under the same key is left as it is. */
  abstract post(tx: Tx, journals: readonly (Journal & Owner)[], now: Date): Promise<void>;
}

export abstract class RefundLimitStore {
  /** The new version; null when it is not at the expected one. */
  abstract put(tx: Tx, scope: TenantScope, limit: { readonly currency: string; readonly amount: number; readonly expected: number }, at: Date): Promise<number | null>;
}

export abstract class OperationStore {
  /** Notes that it is being tried; null when there is nothing left to do. */
  abstract start(operationId: string, until: Date): Promise<StartedOperation | null>;
  abstract due(now: Date, limit: number): Promise<readonly { readonly id: string; readonly attempts: number }[]>;
}

export interface StoredEvent {
  readonly provider: PaymentProvider;
  readonly eventId: string;
  readonly paymentId: string | null;
  readonly refs: readonly string[];
}

export abstract class ProviderEventStore {
  /** False when it is there already. */
  abstract insert(event: VerifiedEvent & { readonly provider: PaymentProvider }, at: Date): Promise<boolean>;
  abstract claim(now: Date, until: Date, limit: number): Promise<readonly StoredEvent[]>;
  abstract processed(events: readonly StoredEvent[], outcome: 'applied' | 'foreign', at: Date): Promise<void>;
  /** With what they have brought. */
  abstract applied(tx: Tx, events: readonly StoredEvent[], at: Date): Promise<void>;
  abstract forget(before: Date, limit: number): Promise<number>;
}

export interface Window {
  readonly limit: number;
  readonly offset: number;
}
export interface Rows<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

export interface RefundView extends RefundRequest {
  readonly parts: readonly RefundPart[];
}

export interface JournalView {
  readonly id: string;
  readonly kind: string;
  readonly orderId: string | null;
  readonly paymentId: string | null;
  readonly currency: CurrencyCode;
  readonly provider: string | null;
  readonly providerRef: string | null;
  readonly memo: number;
  readonly postedAt: Date;
  readonly entries: readonly { readonly account: string; readonly payee: string | null; readonly amount: number }[];
}

/** For whoever looks: by tenant, and nothing is locked. */
export abstract class PaymentReader {
  abstract order(scope: TenantScope, orderId: string): Promise<OrderAccount | null>;
  abstract payment(scope: TenantScope, id: string): Promise<Payment | null>;
  abstract ofOrder(scope: TenantScope, orderId: string): Promise<readonly Payment[]>;
  /** By their ids or by a provider's names for them: which payment each name is of. */
  abstract knownBy(ids: readonly string[], refs: readonly string[]): Promise<readonly { readonly id: string; readonly ref: string }[]>;
  /** With the place of this asking among all. */
  abstract forLook(id: string): Promise<{ readonly payment: Payment; readonly asOf: number } | null>;
  abstract toLookAt(now: Date, limit: number): Promise<readonly string[]>;
  abstract endingHolds(before: Date, limit: number): Promise<readonly Payment[]>;
  abstract refund(scope: TenantScope, id: string): Promise<RefundView | null>;
  abstract refunds(scope: TenantScope, filter: { readonly state: string | null; readonly orderId: string | null }, window: Window): Promise<Rows<RefundView>>;
  abstract refundLimit(scope: TenantScope, currency: string): Promise<{ readonly amount: number; readonly version: number } | null>;
  abstract disputes(scope: TenantScope, filter: { readonly status: string | null; readonly orderId: string | null }, window: Window): Promise<Rows<Dispute>>;
  abstract dispute(scope: TenantScope, id: string): Promise<Dispute | null>;
  abstract payouts(scope: TenantScope, filter: { readonly state: string | null; readonly orderId: string | null }, window: Window): Promise<Rows<Payout>>;
  abstract payout(scope: TenantScope, id: string): Promise<Payout | null>;
  abstract journals(scope: TenantScope, filter: { readonly orderId: string | null; readonly account: LedgerAccount | null }, window: Window): Promise<Rows<JournalView>>;
  abstract balances(scope: TenantScope, orderId: string): Promise<readonly { readonly account: string; readonly currency: CurrencyCode; readonly amount: number }[]>;
}
