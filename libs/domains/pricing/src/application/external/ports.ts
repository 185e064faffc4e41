import type { CurrencyCode } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { ExternalSource, ExternalValue } from '../../domain/external/external-valuation';

/** Why there is no answer. */
export const failureKinds = ['off', 'not_covered', 'not_found', 'over_budget', 'rate_limited', 'unauthorized', 'unavailable', 'unreadable'] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface Failure {
  readonly ok: false;
  readonly kind: FailureKind;
  /** For the log and for staff: no key in it. */
  readonly detail: string;
}

export const failure = (kind: FailureKind, detail: string): Failure => ({ ok: false, kind, detail });

/** Those that another attempt in a few minutes may mend. */
export const passes = (kind: FailureKind): boolean => kind === 'rate_limited' || kind === 'unavailable' || kind === 'unreadable';

/** The car as it is told to others: nothing of its owner. */
export interface ValuedCar {
  readonly vin: string | null;
  readonly make: string;
  readonly model: string;
  readonly trim: string | null;
  readonly year: number;
  /** Whole years, at least one. */
  readonly ageYears: number;
  readonly mileageKm: number | null;
  readonly country: string | null;
  readonly region: string | null;
  readonly condition: string;
  readonly damaged: boolean;
  /** What the vendor called this configuration the last time. */
  readonly vendorRef: string | null;
}

export interface Said {
  readonly ok: true;
  readonly currency: CurrencyCode;
  readonly tradeIn: number | null;
  readonly privateParty: number | null;
  readonly retail: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly vendorRef: string | null;
  readonly trim: string | null;
  readonly trend: string | null;
  readonly summary: string | null;
  readonly citations: readonly string[];
  /** When it was said, where that is not now. */
  readonly saidAt?: Date;
}

/** Whether somebody waits for the answer, or it is only good to have: then it is spread over the day. */
export const urgencies = ['asked', 'spread'] as const;
export interface Asking {
  readonly urgency: (typeof urgencies)[number];
  readonly signal: AbortSignal;
}

/** One vendor. It spends from the day's budget by itself, and never throws for what a vendor does. */
export abstract class ValuationSource {
  abstract readonly source: ExternalSource;
  /** How long its word counts as fresh. */
  abstract readonly lifeMs: number;
  abstract value(car: ValuedCar, how: Asking): Promise<Said | Failure>;
}

/** All of them, in the order of their names. */
export abstract class ValuationSources {
  abstract all(): readonly ValuationSource[];
}

export interface Place {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Empty for the whole country. */
  readonly region: string;
}

export interface RegionalSaid {
  readonly ok: true;
  readonly demand: 'low' | 'balanced' | 'high' | null;
  /** Against the country's mean, 1 being the same. */
  readonly priceLevel: number | null;
  readonly daysToSell: number | null;
  readonly trend: string | null;
  readonly summary: string | null;
  readonly citations: readonly string[];
}

export abstract class RegionalResearch {
  abstract insights(place: Place, how: Asking): Promise<RegionalSaid | Failure>;
}

export interface StoredValue extends ExternalValue {
  readonly vendorRef: string | null;
  readonly trim: string | null;
  readonly trend: string | null;
  readonly summary: string | null;
  readonly citations: readonly string[];
}

export interface StoredFailure {
  readonly kind: FailureKind;
  readonly detail: string;
  readonly at: Date;
}

/** What is kept of a source for a car: its last word, and what went wrong since. */
export interface SourceRecord {
  readonly source: ExternalSource;
  readonly value: StoredValue | null;
  readonly failure: StoredFailure | null;
}

export interface RegionalRecord extends Place {
  readonly said: Omit<RegionalSaid, 'ok'> | null;
  readonly fetchedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly failure: StoredFailure | null;
}

export abstract class ExternalValuations {
  /** Those of whom anybody was asked. */
  abstract ofMany(vehicleIds: readonly string[]): Promise<ReadonlyMap<string, readonly SourceRecord[]>>;
  abstract of(vehicleId: string): Promise<SourceRecord[]>;
  /** Whether nobody else is asking right now: then it is ours until it is saved, or for some minutes. */
  abstract claim(vehicleId: string, source: ExternalSource, now: Date): Promise<boolean>;
  abstract save(tx: Tx, vehicleId: string, value: StoredValue): Promise<void>;
  abstract fail(tx: Tx, vehicleId: string, source: ExternalSource, failure: StoredFailure): Promise<void>;
  abstract region(place: Place): Promise<RegionalRecord | null>;
  abstract claimRegion(place: Place, now: Date): Promise<boolean>;
  abstract saveRegion(tx: Tx, record: RegionalRecord): Promise<void>;
  /** Of cars whose values are so old that nobody counts them. */
  abstract removeBefore(fetchedBefore: Date): Promise<number>;
}
