import { listingStatuses } from '@autobroker/kernel';
import { z } from 'zod';
import { isIdentified, doubts as knownDoubts, silentListing, type Doubt, type ListingFacts, type Origin, type Provenance } from '../domain/ingest/listing-facts';
import { matchOf, type Listing } from '../domain/ingest/listing';
import { matchKeysOf } from '../domain/ingest/probe';
import { qualityOf } from '../domain/ingest/quality';
import type { MatchFacts } from '../domain/matching';
import { priceOf, word } from './vehicle-row';

/** A row of vehicle.listings with its details, as PostgreSQL turns it into JSON. */
export interface ListingRow {
  readonly id: string;
  readonly vehicle_id: string;
  readonly tenant_id: string | null;
  readonly source: string;
  readonly external_id: string;
  readonly url: string | null;
  readonly auction_url: string | null;
  readonly status: string;
  readonly content_hash: string;
  readonly price_ref: number | null;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
  readonly said_at: string;
  readonly detailed: boolean;
  readonly facts: unknown;
  readonly provenance: unknown;
  readonly doubts: readonly string[];
  readonly trusted: unknown;
  readonly relist_of: string | null;
}

/** The facts are written by this service alone, from its own types: they are read back as such. */
const object = z.custom<ListingFacts>((value) => typeof value === 'object' && value !== null && 'make' in value && 'location' in value, { error: 'are no facts of a listing' });
const provenance = z.record(z.string(), z.object({ from: z.string(), confidence: z.number() }));
const trusted = z.custom<Listing['trusted']>((value) => typeof value === 'object' && value !== null && 'price' in value && 'mileage' in value, { error: 'is no trusted price and mileage' });
export const matchFactsSchema = z.custom<MatchFacts>((value) => typeof value === 'object' && value !== null && 'make' in value && 'words' in value, { error: 'are no facts to match by' });

const doubtSet: ReadonlySet<string> = new Set(knownDoubts);
const isDoubt = (text: string): text is Doubt => doubtSet.has(text);

export function listingOf(row: ListingRow, referenceCurrency: string): Listing {
  return {
    id: row.id,
    vehicleId: row.vehicle_id,
    ownerTenantId: row.tenant_id,
    source: row.source,
    externalId: row.external_id,
    url: row.url,
    auctionUrl: row.auction_url,
    status: word(listingStatuses, row.status),
    contentHash: row.content_hash,
    referencePrice: priceOf(row.price_ref, referenceCurrency),
    facts: { ...silentListing, ...object.parse(row.facts) },
    provenance: provenanceOf(row.provenance),
    doubts: row.doubts.filter(isDoubt),
    detailed: row.detailed,
    trusted: trusted.parse(row.trusted),
    firstSeenAt: new Date(row.first_seen_at),
    lastSeenAt: new Date(row.last_seen_at),
    saidAt: new Date(row.said_at),
    relistOf: row.relist_of,
  };
}

/** The resource's names, as they are shown; nothing else is said twice. */
const snake = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);
const ofSnake = new Map(Object.keys(silentListing).map((name) => [snake(name), name]));

const provenanceRow = (origins: Provenance) => Object.fromEntries(Object.entries(origins).map(([name, origin]) => [snake(name), origin]));
function provenanceOf(stored: unknown): Provenance {
  const origins: Record<string, Origin> = {};
  for (const [name, origin] of Object.entries(provenance.parse(stored))) {
    const field = ofSnake.get(name);
    if (field !== undefined) origins[field] = origin;
  }
  return origins;
}

export const listingColumns = `id uuid, vehicle_id uuid, tenant_id uuid, source text, external_id text, url text, auction_url text, status text,
  price_amount bigint, price_currency text, price_ref bigint, content_hash text, first_seen_at timestamptz, last_seen_at timestamptz, at timestamptz,
  said_at timestamptz, detailed boolean, facts jsonb, provenance jsonb, doubts text[], trusted jsonb, quality_score smallint, quality_reasons text[],
  relist_of uuid, match jsonb, make_key text, model_key text, year smallint, mileage_km integer, vin text, stock_key text, place_key text, hashes text[]`;

/** What of the details is written, in this order. */
export const detailNames = [
  'said_at', 'detailed', 'facts', 'provenance', 'doubts', 'trusted', 'quality_score', 'quality_reasons', 'relist_of', 'match', 'make_key', 'model_key',
  'year', 'mileage_km', 'vin', 'stock_key', 'place_key',
] as const;

export function listingRowOf(listing: Listing, at: Date) {
  const { facts } = listing;
  const keys = isIdentified(facts) ? matchKeysOf(facts) : null;
  const quality = qualityOf(facts, listing.doubts);
  return {
    id: listing.id,
    vehicle_id: listing.vehicleId,
    tenant_id: listing.ownerTenantId,
    source: listing.source,
    external_id: listing.externalId,
    url: listing.url,
    auction_url: listing.auctionUrl,
    status: listing.status,
    price_amount: facts.price?.amount ?? null,
    price_currency: facts.price?.currency ?? null,
    price_ref: listing.referencePrice?.amount ?? null,
    content_hash: listing.contentHash,
    first_seen_at: listing.firstSeenAt.toISOString(),
    last_seen_at: listing.lastSeenAt.toISOString(),
    at: at.toISOString(),
    said_at: listing.saidAt.toISOString(),
    detailed: listing.detailed,
    facts,
    provenance: provenanceRow(listing.provenance),
    doubts: listing.doubts,
    trusted: listing.trusted,
    quality_score: quality.score,
    quality_reasons: quality.reasons,
    relist_of: listing.relistOf,
    match: matchOf(listing),
    make_key: keys?.makeKey ?? null,
    model_key: keys?.modelKey ?? null,
    year: keys?.year ?? null,
    mileage_km: keys?.mileageKm ?? null,
    vin: keys?.vin ?? null,
    stock_key: keys?.stockKey ?? null,
    place_key: keys?.placeKey ?? null,
    hashes: keys?.imageHashes ?? [],
  };
}
