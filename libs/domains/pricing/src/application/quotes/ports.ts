import type { Capacity, CurrencyCode, Payee } from '@autobroker/kernel';
import type { TenantScope, Tx } from '@autobroker/platform/database';

/** The rule of a line as it was when the quote was made. */
export interface UsedRule {
  readonly key: string;
  /** Key, first day and content. */
  readonly version: string;
  readonly source: string;
  readonly confidence: string;
  readonly validFrom: string;
}

export interface QuotedLine {
  readonly code: string;
  readonly label: string;
  readonly amount: number;
  readonly payee: Payee;
  readonly because: string;
  readonly rule: UsedRule | null;
}

export interface QuotedOpenLine {
  readonly code: string;
  readonly label: string;
  readonly least: number | null;
  readonly most: number | null;
  readonly because: string;
  readonly rule: UsedRule | null;
}

/** A quote as it is kept. It never changes. */
export interface Quote {
  readonly id: string;
  readonly tenantId: string;
  readonly buyerId: string;
  /** Who asked for it: the buyer, or somebody for the buyer; null when that person was forgotten. */
  readonly createdBy: string | null;
  readonly vehicleId: string;
  readonly listingId: string | null;
  readonly priceVersion: number;
  readonly askedPrice: number;
  readonly capacity: Capacity;
  readonly currency: CurrencyCode;
  readonly destination: { readonly country: string; readonly region: string | null };
  readonly distanceMiles: number | null;
  readonly lines: readonly QuotedLine[];
  readonly open: readonly QuotedOpenLine[];
  readonly total: number;
  readonly token: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

export interface QuoteWindow {
  readonly limit: number;
  readonly offset: number;
  /** Id of the last one that was shown. */
  readonly after: string | null;
}

export interface QuotePage {
  readonly quotes: readonly Quote[];
  readonly total: number;
  readonly next: string | null;
}

export abstract class QuoteStore {
  abstract insert(scope: TenantScope, tx: Tx, quote: Quote): Promise<void>;
  abstract find(scope: TenantScope, id: string): Promise<Quote | null>;
  /** Those that somebody has or has asked for, latest first. */
  abstract listOf(scope: TenantScope, userId: string, window: QuoteWindow): Promise<QuotePage>;
  /** A person's own are deleted; of those that were asked for others the person is no longer in them. */
  abstract forgetPerson(tx: Tx, userId: string): Promise<{ readonly deleted: number; readonly kept: number }>;
  /** Quotes of every tenant that ran out before this. */
  abstract forget(tx: Tx, expiredBefore: Date, limit: number): Promise<number>;
}
