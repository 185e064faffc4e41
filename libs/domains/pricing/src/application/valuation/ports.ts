import type { CurrencyCode } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { RatingResult } from '../../domain/rating';
import type { PriceFactor, PriceQuantiles, SegmentCoverage, ValuationMethod } from '../../domain/valuation';

/** How an amount came from one currency to another. */
export interface ConversionNote {
  readonly from: CurrencyCode;
  readonly to: CurrencyCode;
  readonly rate: string;
  readonly source: string;
  readonly day: string;
}

export interface Converted {
  readonly factor: number;
  readonly note: ConversionNote | null;
}

/** Rates of the day. */
export abstract class DayRates {
  abstract readonly reference: CurrencyCode;
  /** What one minor unit of one is in minor units of the other; null where there is no rate. */
  abstract between(from: CurrencyCode, to: CurrencyCode, at: Date): Converted | null;
}

export const noneReasons = ['implausible_year', 'implausible_mileage', 'implausible_make', 'implausible_price', 'too_few', 'too_wide', 'no_rate'] as const;
export type NoneReason = (typeof noneReasons)[number];

/** What stands behind a valuation, besides the comparables. */
export interface Evidence {
  readonly factors: readonly PriceFactor[];
  readonly coverage: SegmentCoverage | null;
  readonly converted: ConversionNote | null;
  /** Facts that were left out because they can't be so. */
  readonly ignored: readonly string[];
  readonly noneReason: NoneReason | null;
  readonly rung: string | null;
  readonly model: { readonly id: string; readonly trainedAt: string } | null;
}

/** A valuation as it is kept: one a car. */
export interface ValuationRecord {
  readonly vehicleId: string;
  readonly version: number;
  readonly vehicleVersion: number;
  readonly tenantId: string | null;
  readonly method: ValuationMethod;
  readonly modelVersion: string | null;
  readonly currency: CurrencyCode;
  readonly quantiles: PriceQuantiles | null;
  /** What is asked, in the valuation's currency. */
  readonly asking: number | null;
  readonly rating: RatingResult;
  readonly position: number | null;
  readonly effectiveComparables: number;
  readonly comparables: readonly { readonly vehicleId: string; readonly price: number }[];
  readonly evidence: Evidence;
  readonly valuedAt: Date;
}

export type Drafted = Omit<ValuationRecord, 'version'>;

export interface Queued {
  readonly vehicleId: string;
  readonly vehicleVersion: number;
}

/** Of a valuation, what the next one depends on. */
export interface Standing {
  readonly version: number;
  readonly rating: RatingResult;
}

export abstract class ValuationStore {
  abstract byId(id: string): Promise<ValuationRecord | null>;
  abstract byIds(ids: readonly string[]): Promise<ReadonlyMap<string, ValuationRecord>>;
  abstract standing(ids: readonly string[]): Promise<ReadonlyMap<string, Standing>>;
  /**
   * Writes the current valuations of these cars; a version counts up where something else came out. Gives those that changed
   * since `before`, by this or by whoever else was at it: they are looked at for deals, now or by `lookedAtBy`.
   */
  abstract save(tx: Tx, drafts: readonly Drafted[], before: ReadonlyMap<string, Standing>, lookedAtBy?: Date): Promise<readonly { readonly vehicleId: string; readonly version: number; readonly vehicleVersion: number; readonly tenantId: string | null }[]>;
  /** `waiting`: whether any was there before that somebody is at. What nobody comes to an end with does not count. */
  abstract enqueue(tx: Tx, cars: readonly Queued[], at: Date): Promise<{ readonly waiting: boolean }>;
  /** Some that wait and are on the market as they were told to be, oldest first; nobody else gets them until the transaction ends. */
  abstract take(tx: Tx, limit: number): Promise<readonly Queued[]>;
  abstract done(tx: Tx, cars: readonly Queued[]): Promise<void>;
  /** Cars that are not there any more. */
  abstract forget(tx: Tx, ids: readonly string[]): Promise<void>;
  /** Whether any is in the queue that came there after this. */
  abstract isWaiting(since: Date): Promise<boolean>;
  /** Drops what has waited since before this. */
  abstract giveUp(before: Date): Promise<void>;
}

/** How far the catalogue has been valued anew. */
export interface RevaluationPlace {
  /** The last car that was valued; null before the first. */
  readonly after: string | null;
  readonly valued: number;
  readonly changed: number;
}

export interface RevaluationAttempt {
  /** The same for every attempt of one job. */
  readonly id: string;
  readonly attempt: string;
}

/** Who values the catalogue anew, and how far they are: whoever goes on after a crash, and whoever steps aside meanwhile, can know. */
export abstract class Revaluations {
  /** Where an attempt before, not long ago, has left off; else the start. Whoever else is at it gives way to this one. */
  abstract begin(run: RevaluationAttempt, now: Date): Promise<RevaluationPlace>;
  /** False where another one has begun, or another attempt of this one. */
  abstract reached(tx: Tx, run: RevaluationAttempt, place: RevaluationPlace, now: Date): Promise<boolean>;
  abstract over(tx: Tx, run: RevaluationAttempt): Promise<void>;
}
