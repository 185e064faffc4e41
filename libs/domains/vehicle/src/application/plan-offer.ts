import type { ProblemCode } from '@autobroker/contracts';
import { type Refusal, refusal, uuidv7 } from '@autobroker/kernel';
import type { Price } from '../domain/facts';
import type { Offer } from '../domain/offer';
import { sightingChange } from '../domain/sighting';
import { isOnMarket, statusAfterSighting, statusOfListing } from '../domain/status';
import type { Vehicle } from '../domain/vehicle';
import { vinFlags } from '../domain/vin-flags';
import type { KnownListing, ListingRecord, PriceSighting } from './ports';
import type { Step } from './record-changes';

export interface PreparedOffer {
  readonly key: string;
  readonly offer: Offer;
  readonly referencePrice: Price | null;
  readonly hash: string;
}

export type OfferPlan =
  | { readonly kind: 'create' | 'update'; readonly listing: ListingRecord; readonly step: Step }
  | { readonly kind: 'touch'; readonly listing: { readonly id: string; readonly vehicleId: string; readonly seenAt: Date } }
  | { readonly kind: 'refuse'; readonly refusal: Refusal<ProblemCode> };

export interface Situation {
  readonly offer: PreparedOffer;
  readonly known: KnownListing | undefined;
  readonly locked: ReadonlyMap<string, Vehicle>;
  readonly ownerTenantId: string | null;
  readonly now: Date;
}

/** What one offer means: a new car, news of a known one, or nothing new. Pure, given what was read. */
export function planOffer(situation: Situation): OfferPlan {
  const { offer, known, locked } = situation;
  if (known === undefined) return creation(situation);
  if (known.vehicleDeleted) {
    return { kind: 'refuse', refusal: refusal('conflict', 'This vehicle was deleted here; its offer is not taken in again') };
  }
  if (known.contentHash === offer.hash) {
    return { kind: 'touch', listing: { id: known.id, vehicleId: known.vehicleId, seenAt: offer.offer.seenAt } };
  }
  const before = locked.get(known.vehicleId);
  if (before === undefined) {
    return { kind: 'refuse', refusal: refusal('conflict', 'This vehicle was deleted here; its offer is not taken in again') };
  }
  return news(situation, known, before);
}

function creation({ offer: prepared, ownerTenantId, now }: Situation): OfferPlan {
  const { offer, referencePrice, hash } = prepared;
  const vehicleId = uuidv7(now);
  const listingId = uuidv7(now);
  const after: Vehicle = {
    id: vehicleId,
    ownerTenantId,
    version: 1,
    status: statusOfListing(offer.status),
    facts: offer.facts,
    vinFlags: vinFlags(offer.facts),
    referencePrice,
    sources: [offer.source],
    imageCount: offer.facts.images.length,
    listedAt: offer.seenAt,
    createdAt: now,
    updatedAt: now,
  };
  return {
    kind: 'create',
    listing: { id: listingId, vehicleId, ownerTenantId, offer, referencePrice, contentHash: hash, at: now },
    step: { before: null, after, listing: listingRef(listingId, offer), sighting: sightingOf(prepared, vehicleId, listingId, null) },
  };
}

function news({ offer: prepared, ownerTenantId, now }: Situation, known: KnownListing, before: Vehicle): OfferPlan {
  const { offer, referencePrice, hash } = prepared;
  const status = statusAfterSighting(before.status, known.status, offer.status);
  const after: Vehicle = {
    ...before,
    version: before.version + 1,
    status,
    facts: offer.facts,
    vinFlags: vinFlags(offer.facts),
    referencePrice,
    sources: before.sources.includes(offer.source) ? before.sources : [...before.sources, offer.source].sort(),
    imageCount: before.imageCount - before.facts.images.length + offer.facts.images.length,
    listedAt: !isOnMarket(before.status) && isOnMarket(status) ? now : before.listedAt,
    updatedAt: now,
  };
  return {
    kind: 'update',
    listing: { id: known.id, vehicleId: before.id, ownerTenantId, offer, referencePrice, contentHash: hash, at: now },
    step: {
      before,
      after,
      also: ['listings'],
      listing: listingRef(known.id, offer),
      sighting: sightingOf(prepared, before.id, known.id, known),
    },
  };
}

const listingRef = (id: string, offer: Offer) => ({ id, source: offer.source, externalId: offer.externalId });

function sightingOf(
  { offer, referencePrice }: PreparedOffer,
  vehicleId: string,
  listingId: string,
  known: KnownListing | null,
): PriceSighting | null {
  const change = sightingChange(
    known === null ? null : { price: known.price, status: known.status },
    { price: offer.facts.price, status: offer.status },
  );
  if (change === null) return null;
  return {
    id: uuidv7(offer.seenAt),
    vehicleId,
    listingId,
    source: offer.source,
    observedAt: offer.seenAt,
    change,
    status: statusOfListing(offer.status),
    price: offer.facts.price,
    referencePrice,
  };
}
