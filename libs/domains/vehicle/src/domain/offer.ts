import type { ListingStatus } from '@autobroker/kernel';
import type { VehicleFacts } from './facts';

/** A car as one source offers it: what an ingest hands over, keyed by (source, externalId). */
export interface Offer {
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly auctionUrl: string | null;
  readonly status: ListingStatus;
  /** When the source was read; never later than now. */
  readonly seenAt: Date;
  readonly facts: VehicleFacts;
}

export const offerKey = ({ source, externalId }: Pick<Offer, 'source' | 'externalId'>): string => `${source}\u0000${externalId}`;
