import type { ListingStatus } from '@autobroker/kernel';
import type { MatchFacts } from '../matching';
import type { Mileage, Price } from '../facts';
import type { Part } from './compose';
import { isIdentified, type Doubt } from './listing-facts';
import { isSuspiciousMileage } from './mileage';
import { isSuspiciousPrice } from './price';
import { tracesOf } from './probe';
import type { Said } from './sighting-merge';

/** What is known of one offer at its source. */
export interface Listing extends Said {
  readonly id: string;
  readonly vehicleId: string;
  readonly ownerTenantId: string | null;
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly auctionUrl: string | null;
  readonly status: ListingStatus;
  /** Of the last thing that its source said. */
  readonly contentHash: string;
  readonly referencePrice: Price | null;
  /** What it said before it said something doubtful: what its next price and mileage are held against. */
  readonly trusted: Trusted;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** When it last said something new. */
  readonly saidAt: Date;
  /** The ended listing of the same source that this one follows. */
  readonly relistOf: string | null;
}

export interface Trusted {
  readonly price: Price | null;
  readonly mileage: Mileage | null;
}

export const trustedAfter = (said: Said, before: Trusted | null): Trusted => ({
  price: said.facts.price === null || isSuspiciousPrice(said.doubts) ? (before?.price ?? null) : said.facts.price,
  mileage: said.facts.mileage === null || isSuspiciousMileage(said.doubts) ? (before?.mileage ?? null) : said.facts.mileage,
});

export const partOf = (listing: Listing): Part => listing;

const traces = new WeakMap<object, MatchFacts>();

/** What a listing is compared by; null for one that does not name its model. Worked out once per set of facts. */
export function matchOf({ facts, referencePrice }: Pick<Listing, 'facts' | 'referencePrice'>): MatchFacts | null {
  if (!isIdentified(facts)) return null;
  const known = traces.get(facts);
  if (known !== undefined) return known;
  const made = tracesOf(facts, referencePrice);
  traces.set(facts, made);
  return made;
}

export const hasDoubt = (listing: Said, doubt: Doubt): boolean => listing.doubts.includes(doubt);
