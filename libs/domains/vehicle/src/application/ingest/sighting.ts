import { hash } from 'node:crypto';
import type { ListingStatus } from '@autobroker/kernel';
import type { Price } from '../../domain/facts';
import type { Complaint } from '../../domain/ingest/judge';
import { listingFactsOf } from '../../domain/ingest/listing-facts';
import type { Said } from '../../domain/ingest/sighting-merge';
import { offerKey, type Offer } from '../../domain/offer';

/** News of one listing, from wherever it comes. */
export interface Sighting {
  readonly key: string;
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly auctionUrl: string | null;
  readonly auction: boolean;
  readonly status: ListingStatus;
  readonly seenAt: Date;
  /** Since when its source says that it is on offer; absent where it says nothing of that. */
  readonly shownSince?: Date | null;
  /** Equal for what says the same. */
  readonly hash: string;
  /** Null when somebody only looked whether it still stands. */
  readonly said: Said | null;
  /** What it was seen to cost then; undefined where nobody looked. */
  readonly price?: Price | null | undefined;
}

export type TakenIn =
  | { readonly result: 'created' | 'updated' | 'unchanged'; readonly vehicleId: string; readonly listingId: string }
  /** Older than what is known already. */
  | { readonly result: 'late'; readonly vehicleId: string; readonly listingId: string }
  /** A look at a listing that we do not have. */
  | { readonly result: 'unknown' }
  | { readonly result: 'refused'; readonly complaints: readonly Complaint[] };

/** The same facts give the same text, in whatever order their members were written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}

export const contentHash = (content: unknown): string => hash('sha1', JSON.stringify(sorted(content)), 'base64url');

/** An offer whose facts are well-formed already, as the bulk route takes it. */
export function sightingOfOffer(offer: Offer): Sighting {
  const { url, auctionUrl, status, facts, source, externalId, seenAt } = offer;
  return {
    key: offerKey(offer),
    source,
    externalId,
    url,
    auctionUrl,
    auction: auctionUrl !== null,
    status,
    seenAt,
    hash: contentHash([url, auctionUrl, status, facts]),
    said: { facts: listingFactsOf(facts), provenance: {}, doubts: [], detailed: true },
  };
}
