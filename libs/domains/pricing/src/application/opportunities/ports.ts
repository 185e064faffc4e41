import type { CurrencyCode } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { MarketCar, Price } from '../../domain/market-car';
import type { HighestMileage } from '../../domain/opportunity/risk';
import type { EndReason, OpportunityStatus } from '../../domain/opportunity/lifecycle';
import type { OpportunityEvidence } from './evidence';

export const costKinds = ['purchase_price', 'sales_tax', 'title_fee', 'registration_fee', 'transportation_cost', 'other'] as const;
export type CostKind = (typeof costKinds)[number];

export interface KnownCostLine {
  readonly kind: CostKind;
  readonly code: string;
  readonly low: number;
  readonly likely: number;
  readonly high: number;
  readonly rule: string | null;
  readonly source: string | null;
}

/** What a car costs until it stands where it is sold again, in minor units of its price's currency. */
export interface KnownCosts {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
  readonly lines: readonly KnownCostLine[];
  /** What there must be, and no rule says how much. */
  readonly unknown: readonly CostKind[];
}

export interface CarAtPrice {
  readonly car: MarketCar;
  readonly price: Price;
}

/** What cars cost landed in the place where they stand: bought there, registered there, sold there. */
export abstract class LandedCosts {
  /** By vehicle id; those that no rule speaks of are left out. */
  abstract of(cars: readonly CarAtPrice[], at: Date): Promise<ReadonlyMap<string, KnownCosts>>;
}

export interface Signals {
  readonly highestMileage: HighestMileage | null;
  /** Changes of the asking price within the last month. */
  readonly priceChanges: number;
  /** What the market's watch says against the price. */
  readonly doubt: string | null;
  readonly outside: OutsideOpinion | null;
}

/** What all others together say, with how sure they are. */
export interface OutsideOpinion {
  readonly value: number;
  readonly currency: CurrencyCode;
  readonly confidence: number;
}

export interface Reading {
  readonly vehicleId: string;
  readonly km: number;
  readonly at: Date;
}

/** What a car's past says of it. */
export abstract class DealSignals {
  abstract of(vehicleIds: readonly string[], at: Date): Promise<ReadonlyMap<string, Signals>>;
  abstract hear(tx: Tx, readings: readonly Reading[]): Promise<void>;
  abstract forget(tx: Tx, vehicleIds: readonly string[]): Promise<void>;
}

export interface OutsideWords {
  readonly kbb: Price | null;
  readonly edmunds: Price | null;
  readonly perplexity: Record<string, unknown> | null;
  readonly opinion: OutsideOpinion | null;
}

/** What others have said of a car, as far as it is at hand. */
export abstract class OutsideValues {
  abstract of(vehicleIds: readonly string[]): Promise<ReadonlyMap<string, OutsideWords>>;
}

export interface OpportunityRecord {
  readonly id: string;
  readonly vehicleId: string;
  readonly vehicleVersion: number;
  readonly valuationVersion: number;
  readonly tenantId: string | null;
  readonly currency: CurrencyCode;
  readonly asking: number;
  readonly marketValue: number;
  readonly totalCost: number;
  readonly profit: number;
  readonly profitLow: number;
  readonly profitHigh: number;
  readonly referenceCurrency: CurrencyCode;
  readonly referencePrice: number;
  readonly referenceProfit: number;
  readonly score: number;
  readonly confidence: number;
  readonly probability: number;
  readonly roi: number;
  readonly risk: number;
  readonly damaged: boolean;
  readonly evidence: OpportunityEvidence;
}

export interface OpenOpportunity {
  readonly id: string;
  readonly vehicleId: string;
  readonly vehicleVersion: number;
  readonly valuationVersion: number;
  readonly tenantId: string | null;
  readonly asking: number;
  readonly currency: string;
  readonly score: number;
}

/** Opportunities as they are written, and the cars that are still to be looked at. */
export abstract class OpportunityStore {
  /** These cars have a new valuation; who has time is looked at by `by` at the latest, and after those who have none. */
  abstract note(tx: Tx, vehicleIds: readonly string[], by: Date): Promise<void>;
  /**
   * Some that wait, the most urgent first; nobody else gets them until the transaction ends. While the catalogue is valued anew,
   * only those who have no time.
   */
  abstract take(tx: Tx, limit: number, now: Date): Promise<string[]>;
  abstract done(tx: Tx, vehicleIds: readonly string[]): Promise<void>;
  /** By vehicle; nobody else changes them until the transaction ends. */
  abstract open(tx: Tx, vehicleIds: readonly string[]): Promise<ReadonlyMap<string, OpenOpportunity>>;
  /** By vehicle: the id that it has, and whether it is there for the first time. One that ended at the same valuation is opened again. */
  abstract insert(tx: Tx, records: readonly OpportunityRecord[], at: Date): Promise<ReadonlyMap<string, { readonly id: string; readonly first: boolean }>>;
  abstract renew(tx: Tx, records: readonly OpportunityRecord[], at: Date): Promise<void>;
  abstract expire(tx: Tx, ended: readonly { readonly id: string; readonly reason: EndReason }[], at: Date): Promise<void>;
  /** Those that ended before this, with what people have done with them. */
  abstract removeEnded(before: Date, limit: number): Promise<number>;
}

/** Who looks: shared opportunities are everybody's, those of private stock its own tenant's; what a person did with one is theirs alone. */
export interface Viewer {
  readonly userId: string;
  readonly tenantId: string | null;
}

export const opportunitySorts = ['score', 'profit', 'roi', 'created_at'] as const;
export type OpportunitySort = (typeof opportunitySorts)[number];

export interface OpportunityCriteria {
  readonly make?: readonly string[] | undefined;
  readonly model?: readonly string[] | undefined;
  readonly country?: readonly string[] | undefined;
  readonly source?: readonly string[] | undefined;
  readonly yearMin?: number | undefined;
  readonly yearMax?: number | undefined;
  /** Money in minor units of the installation's currency. */
  readonly priceMin?: number | undefined;
  readonly priceMax?: number | undefined;
  readonly minProfit?: number | undefined;
  readonly minScore?: number | undefined;
  readonly minRoi?: number | undefined;
  readonly minProbability?: number | undefined;
  readonly minConfidence?: number | undefined;
  readonly maxRisk?: number | undefined;
  /** Whether damaged cars and those with a branded title are among them. */
  readonly damaged: boolean;
  readonly near?: { readonly lat: number; readonly lon: number; readonly radiusKm: number } | undefined;
  readonly statuses: readonly OpportunityStatus[];
}

export interface OpportunityPlace {
  /** As the database writes it. */
  readonly value: string;
  readonly id: string;
}

export interface OpportunityListQuestion {
  readonly criteria: OpportunityCriteria;
  readonly sort: OpportunitySort;
  readonly descending: boolean;
  readonly limit: number;
  readonly from: { readonly offset: number } | { readonly after: OpportunityPlace };
}

export interface SeenOpportunity extends Omit<OpportunityRecord, 'evidence'> {
  readonly version: number;
  readonly evidence: unknown;
  readonly status: OpportunityStatus;
  /** Of the status; 0 for whom nothing is known of. */
  readonly statusVersion: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiredAt: Date | null;
  readonly expiredReason: EndReason | null;
}

export interface OpportunityPage {
  readonly items: readonly SeenOpportunity[];
  readonly next: OpportunityPlace | null;
  readonly total: number;
  readonly capped: boolean;
}

/** What became of the opportunities of a model in a country. */
export interface OpportunitySegment {
  readonly make: string;
  readonly model: string;
  readonly country: string | null;
  readonly found: number;
  readonly open: number;
  /** Sold while they were opportunities: somebody took the deal. */
  readonly realised: number;
  readonly averageScore: number;
  /** Minor units of the installation's currency. */
  readonly averageProfit: number;
  /** Days from when it was found to when it was sold; null where none was. */
  readonly medianDaysToSale: number | null;
}

export interface SegmentQuestion {
  readonly since: Date;
  readonly make?: readonly string[] | undefined;
  readonly country?: readonly string[] | undefined;
  readonly limit: number;
  readonly offset: number;
}

export abstract class OpportunityReader {
  abstract page(viewer: Viewer, question: OpportunityListQuestion): Promise<OpportunityPage>;
  /** Ended ones too; null for one that this viewer may not see. */
  abstract byId(viewer: Viewer, id: string): Promise<SeenOpportunity | null>;
  abstract segments(question: SegmentQuestion): Promise<{ readonly items: readonly OpportunitySegment[]; readonly total: number }>;
  /** Cars of the best `among` that are open and shared, of which nobody else has said anything: not asked yet, or in vain an hour ago. */
  abstract unheard(among: number, now: Date): Promise<string[]>;
  /** How many are open. */
  abstract active(): Promise<number>;
}

export interface KeptStatus {
  readonly status: OpportunityStatus;
  readonly version: number;
}

/** What people have done with opportunities. */
export abstract class OpportunityStatuses {
  /** And nobody else changes it until the transaction ends; null where there is none yet. */
  abstract lock(tx: Tx, userId: string, opportunityId: string): Promise<KeptStatus | null>;
  abstract save(tx: Tx, viewer: Viewer, opportunityId: string, kept: KeptStatus, at: Date): Promise<void>;
  abstract forgetPeople(tx: Tx, userIds: readonly string[]): Promise<void>;
}
