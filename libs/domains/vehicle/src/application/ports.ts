import type { CurrencyCode, ListingStatus } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { Price } from '../domain/facts';
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

export abstract class PriceHistory {
  abstract record(tx: Tx, sightings: readonly PriceSighting[]): Promise<void>;
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

/** What is known of a source's offer before it is seen again. */
export interface KnownListing {
  readonly id: string;
  readonly vehicleId: string;
  readonly status: ListingStatus;
  readonly price: Price | null;
  readonly contentHash: string;
  readonly vehicleDeleted: boolean;
}

export interface ListingRecord {
  readonly id: string;
  readonly vehicleId: string;
  readonly ownerTenantId: string | null;
  readonly offer: Offer;
  readonly referencePrice: Price | null;
  readonly contentHash: string;
  readonly at: Date;
}

export abstract class ListingStore {
  /**
   * Reads the offers by key. Until the transaction ends nobody else works on the same sources of the same owner, so that
   * two calls with the same new offer can't both create it.
   */
  abstract claim(tx: Tx, ownerTenantId: string | null, offers: readonly Offer[]): Promise<Map<string, KnownListing>>;
  abstract insert(tx: Tx, listings: readonly ListingRecord[]): Promise<void>;
  abstract update(tx: Tx, listings: readonly ListingRecord[]): Promise<void>;
  /** Seen again, as it was. */
  abstract touch(tx: Tx, listings: readonly { readonly id: string; readonly seenAt: Date }[]): Promise<void>;
}
