import type { ListingStatus } from '@autobroker/kernel';
import type { Position, Total } from './criteria';
import type { VehicleJson } from './reader';

export interface Slice {
  readonly perPage: number;
  readonly from: { readonly offset: number } | { readonly after: Position };
}

export interface ListingCriteria {
  readonly vehicleId?: string | undefined;
  readonly source?: readonly string[] | undefined;
  readonly externalId?: string | undefined;
  readonly status?: readonly ListingStatus[] | undefined;
  readonly isActive?: boolean | undefined;
  readonly seenSince?: Date | undefined;
}

export interface ListingOrder {
  readonly by: 'id' | 'last_seen_at' | 'price';
  readonly descending: boolean;
}

export interface HistoryCriteria {
  readonly vehicleId: string;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

export interface JsonPage extends Total {
  readonly json: string;
  readonly next: Position | null;
}

/** What belongs to vehicles, as finished JSON. Of a vehicle that the tenant may not see there is nothing. */
export abstract class OfferReader {
  /** Whether the tenant may see the vehicle at all. */
  abstract sees(vehicleId: string, tenantId: string | null): Promise<boolean>;
  abstract listings(criteria: ListingCriteria, order: ListingOrder, slice: Slice, tenantId: string | null): Promise<JsonPage>;
  abstract listing(id: string, tenantId: string | null): Promise<string | null>;
  abstract history(criteria: HistoryCriteria, slice: Slice): Promise<JsonPage>;
  abstract media(vehicleId: string, tenantId: string | null): Promise<VehicleJson | null>;
  abstract oneMedia(vehicleId: string, mediaId: string): Promise<string>;
}
