import type { CurrencyCode } from '@autobroker/kernel';
import type { Actor, Tx } from '@autobroker/platform/database';
import type { Price } from '../domain/facts';
import type { MatchMethod } from '../domain/ingest/choose-match';
import type { Listing } from '../domain/ingest/listing';
import type { MatchKeys } from '../domain/ingest/probe';
import type { MatchFacts } from '../domain/matching';
import type { Offer } from '../domain/offer';
import type { Vehicle } from '../domain/vehicle';
import type { SightingChange } from '../domain/sighting';

/** Writing vehicles. Every method works in the caller's transaction. */
export abstract class VehicleStore {
  /** Locks and reads vehicles that are not deleted, whoever owns them; in the order of their ids, against deadlocks. */
  abstract lock(tx: Tx, ids: readonly string[]): Promise<Map<string, Vehicle>>;
  abstract insert(tx: Tx, vehicles: readonly Vehicle[]): Promise<void>;
  /** Writes everything of vehicles that were locked before. */
  abstract save(tx: Tx, vehicles: readonly Vehicle[]): Promise<void>;
  abstract markDeleted(tx: Tx, id: string, version: number, at: Date): Promise<void>;
  /** Takes a deletion back, and locks. */
  abstract undelete(tx: Tx, id: string): Promise<Vehicle | null>;
}

export interface PriceSighting {
  readonly id: string;
  readonly vehicleId: string;
  readonly listingId: string | null;
  readonly source: string | null;
  readonly observedAt: Date;
  readonly change: SightingChange;
  readonly status: string;
  readonly price: Price | null;
  readonly referencePrice: Price | null;
}

/** What a listing was seen to ask before something that is known of it already. */
export interface LateOffer {
  readonly vehicleId: string;
  readonly listingId: string;
  readonly source: string;
  readonly at: Date;
  readonly status: string;
  readonly price: Price | null;
  readonly referencePrice: Price | null;
  /** When the listing last said something. */
  readonly confirmedAt: Date;
}

export abstract class PriceHistory {
  abstract record(tx: Tx, sightings: readonly PriceSighting[]): Promise<void>;
  /** Enters what is new of it, at its time. */
  abstract recordLate(tx: Tx, offers: readonly LateOffer[]): Promise<void>;
  /** The history of these listings belongs to this car from now on. */
  abstract move(tx: Tx, listingIds: readonly string[], fromVehicleId: string, toVehicleId: string): Promise<void>;
}

/** What prices are compared in, and how they get there. */
export abstract class ReferencePrices {
  abstract readonly currency: CurrencyCode;
  /** In the installation's currency at the rate of the day; `null` where there is no rate. */
  abstract of(price: Price, at: Date): Price | null;
}

/** Tells the caches of this process, at once; other processes hear it from the event. */
export abstract class CacheNotice {
  abstract changed(vehicles: readonly Pick<Vehicle, 'id' | 'ownerTenantId'>[]): void;
}

/** As much of a known offer as tells whether there is news. */
export interface KnownListing {
  readonly id: string;
  readonly vehicleId: string;
  readonly contentHash: string;
  readonly saidAt: Date;
  readonly lastSeenAt: Date;
  readonly vehicleDeleted: boolean;
}

export abstract class ListingStore {
  /** Until the transaction ends, nobody else works on what these names stand for. Taken in one order, against deadlocks. */
  abstract lock(tx: Tx, names: readonly string[]): Promise<void>;
  /** Those of the names that nobody else works on, which are now held: who has begun to work takes more only in this way. */
  abstract tryLock(tx: Tx, names: readonly string[]): Promise<ReadonlySet<string>>;
  abstract known(tx: Tx, ownerTenantId: string | null, keys: readonly ListingKey[]): Promise<Map<string, KnownListing>>;
  abstract ofVehicles(tx: Tx, vehicleIds: readonly string[]): Promise<Listing[]>;
  abstract insert(tx: Tx, listings: readonly Listing[]): Promise<void>;
  abstract update(tx: Tx, listings: readonly Listing[]): Promise<void>;
  /** They were there earlier than was known. */
  abstract seenEarlier(tx: Tx, listings: readonly { readonly id: string; readonly at: Date }[]): Promise<void>;
  /** Seen again, as it was. */
  abstract touch(tx: Tx, listings: readonly Touched[]): Promise<void>;
}

export interface Touched {
  readonly id: string;
  readonly seenAt: Date;
  /** Of what it said now, which came to the same. */
  readonly hash: string;
}

export type ListingKey = Pick<Offer, 'source' | 'externalId'>;

/** A listing that may be of the same car as one that looks for its car. */
export interface Candidate {
  /** Of the probe that found it. */
  readonly probe: number;
  readonly listingId: string;
  readonly vehicleId: string;
  readonly match: MatchFacts;
}

export interface MatchDecisionRecord {
  readonly id: string;
  readonly listingId: string;
  readonly vehicleId: string;
  readonly otherVehicleId: string | null;
  readonly ownerTenantId: string | null;
  readonly outcome: 'joined' | 'kept_apart' | 'ambiguous' | 'merged' | 'split' | 'reverted';
  readonly method: MatchMethod;
  readonly score: number | null;
  readonly why: readonly string[];
  readonly by: Actor;
  readonly at: Date;
}

/** Listings that staff have put together or kept apart: no machine decides otherwise. */
export interface Ruling {
  readonly a: string;
  readonly b: string;
  readonly kind: 'apart' | 'together';
}

/** Two cars that became one, or one that became two; can be taken back. */
export interface MergeRecord {
  readonly id: string;
  readonly kind: 'merge' | 'split';
  readonly ownerTenantId: string | null;
  /** Where the listings are now. */
  readonly toVehicleId: string;
  readonly fromVehicleId: string;
  readonly listingIds: readonly string[];
  /** The uploaded pictures that the other vehicle had, in their order. */
  readonly mediaIds: readonly string[];
  readonly reason: string | null;
  readonly by: Actor;
  readonly at: Date;
  readonly revertedAt: Date | null;
}

/** Pictures that go back to the car that they came from. */
export type PictureReturn = Pick<MergeRecord, 'mediaIds' | 'fromVehicleId' | 'toVehicleId'>;

export type HistoryMove = Pick<MergeRecord, 'kind' | 'ownerTenantId' | 'listingIds' | 'fromVehicleId' | 'toVehicleId'>;

export abstract class MatchStore {
  /** A bounded number per probe, by indexes alone, however many listings there are. */
  abstract candidates(tx: Tx, ownerTenantId: string | null, probes: readonly MatchKeys[]): Promise<Candidate[]>;
  abstract rulings(tx: Tx, listingIds: readonly string[]): Promise<Ruling[]>;
  abstract rule(tx: Tx, rulings: readonly Ruling[], mergeId: string, at: Date): Promise<void>;
  abstract dropRulings(tx: Tx, mergeId: string): Promise<void>;
  abstract decided(tx: Tx, decisions: readonly MatchDecisionRecord[]): Promise<void>;
  abstract merged(tx: Tx, merges: readonly MergeRecord[]): Promise<void>;
  abstract findMerge(tx: Tx, id: string): Promise<MergeRecord | null>;
  abstract reverted(tx: Tx, id: string, by: Actor, at: Date): Promise<void>;
  /**
   * What has become of a car that was ordered by one of its offers: itself; or the car of that offer where staff have parted
   * them, or where the car was merged into another; or that other one. Null where nothing of it is there.
   */
  abstract placeOf(tx: Tx, vehicleId: string, listingId: string | null): Promise<string | null>;
}
