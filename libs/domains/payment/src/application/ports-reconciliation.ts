import type { PaymentProvider } from '@autobroker/kernel';
import type { TenantScope, Tx } from '@autobroker/platform/database';
import type { Difference, Owner, Posting } from '../domain/reconcile';
import type { Rows, Window } from './ports';

export interface Break {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  readonly tenantId: string | null;
  readonly orderId: string | null;
  readonly paymentId: string | null;
  readonly provider: string | null;
  readonly providerRef: string | null;
  readonly expected: number | null;
  readonly actual: number | null;
  readonly currency: string | null;
  readonly state: 'open' | 'resolved';
  readonly note: string | null;
  readonly resolvedBy: string | null;
  readonly foundAt: Date;
  readonly resolvedAt: Date | null;
}

export interface DayReport {
  readonly id: string;
  readonly provider: string;
  readonly day: string;
  readonly movements: number;
  readonly breaks: number;
  readonly finishedAt: Date;
}

export interface LedgerFault {
  readonly kind: 'journal_unbalanced' | 'balance_differs' | 'order_differs';
  readonly ref: string;
  readonly tenantId: string | null;
  readonly orderId: string | null;
  readonly expected: number;
  readonly actual: number;
  readonly currency: string;
}

export abstract class ReconciliationStore {
  /** What our ledger has under these names, and what it has of that day under any. */
  abstract postings(provider: PaymentProvider, refs: readonly string[], from: Date, to: Date): Promise<readonly Posting[]>;
  abstract owners(provider: PaymentProvider, refs: readonly string[]): Promise<ReadonlyMap<string, Owner>>;
  /** The day is done: breaks that are gone are resolved, new ones queued, and what somebody has explained stays so. Gives how many are open. */
  abstract finish(report: { readonly provider: PaymentProvider; readonly day: string; readonly movements: number; readonly breaks: readonly Difference[]; readonly startedAt: Date; readonly finishedAt: Date }): Promise<number>;
  abstract days(window: Window): Promise<Rows<DayReport>>;
  /** Null as the tenant: those of nobody too. */
  abstract breaks(scope: TenantScope, filter: { readonly state: string | null; readonly kind: string | null }, window: Window): Promise<Rows<Break>>;
  abstract break(scope: TenantScope, id: string): Promise<Break | null>;
  abstract resolve(tx: Tx, id: string, note: string, by: string | null, at: Date): Promise<boolean>;
  /** What the provider refused may be asked again. */
  abstract unblock(tx: Tx, paymentId: string): Promise<void>;
  abstract faults(limit: number): Promise<readonly LedgerFault[]>;
  /** Puts into the queue whose money should be back by now, and is not. Gives how many there are. */
  abstract queueLateRefunds(now: Date): Promise<number>;
  /** Orders whose sale was posted by a rule of before, and has not been looked at since. */
  abstract doubtfulSales(limit: number): Promise<readonly string[]>;
  abstract saleLookedAt(tx: Tx, orderId: string): Promise<void>;
  abstract queue(faults: readonly LedgerFault[], at: Date): Promise<void>;
}
