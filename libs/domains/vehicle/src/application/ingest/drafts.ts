import { uuidv7, type ListingStatus } from '@autobroker/kernel';
import { sameValue } from '../../domain/changed-fields';
import type { VehicleFacts } from '../../domain/facts';
import { compose, statusOfAll, type Composition } from '../../domain/ingest/compose';
import { isSilent } from '../../domain/ingest/listing-facts';
import type { Listing } from '../../domain/ingest/listing';
import { qualityOf } from '../../domain/ingest/quality';
import { statusAfterSighting, statusOfListing, withStatus } from '../../domain/status';
import type { Vehicle } from '../../domain/vehicle';
import { vinFlags } from '../../domain/vin-flags';
import type { PriceSighting } from '../ports';
import type { Step } from '../record-changes';

/** A car as it is being changed: its listings as they were read, and as they shall be. */
export interface Draft {
  readonly id: string;
  readonly ownerTenantId: string | null;
  readonly before: Vehicle | null;
  /** What the listings said before; null for a new car. */
  readonly composedBefore: Composition | null;
  readonly statusBefore: ListingStatus | null;
  readonly listings: Map<string, Listing>;
  readonly sightings: PriceSighting[];
  readonly also: Set<string>;
  /** How many pictures staff have uploaded, where that changed. */
  uploads: number | null;
  /** The earliest day that a source tells of, of those that were heard in this transaction. */
  shownSince: Date | null;
  touched: boolean;
  /** The car that took over its listings. */
  absorbedBy: string | null;
  /** Came back from being absorbed. */
  restored: boolean;
}

/** The cars and listings of one transaction: read once, changed in memory in any order, written once at the end. */
export class Drafts {
  readonly byId = new Map<string, Draft>();
  readonly inserted = new Map<string, Listing>();
  readonly updated = new Map<string, Listing>();

  load(vehicle: Vehicle, listings: readonly Listing[], restored = false): Draft {
    const known = this.byId.get(vehicle.id);
    if (known !== undefined) return known;
    const draft: Draft = {
      id: vehicle.id,
      ownerTenantId: vehicle.ownerTenantId,
      before: vehicle,
      composedBefore: compose(listings),
      statusBefore: statusOfAll(listings.map(({ status }) => status)),
      listings: new Map(listings.map((listing) => [listing.id, listing])),
      sightings: [],
      also: new Set(),
      uploads: null,
      shownSince: null,
      touched: restored,
      absorbedBy: null,
      restored,
    };
    this.byId.set(vehicle.id, draft);
    return draft;
  }

  create(ownerTenantId: string | null, now: Date): Draft {
    const draft: Draft = {
      id: uuidv7(now),
      ownerTenantId,
      before: null,
      composedBefore: null,
      statusBefore: null,
      listings: new Map(),
      sightings: [],
      also: new Set(),
      uploads: null,
      shownSince: null,
      touched: true,
      absorbedBy: null,
      restored: false,
    };
    this.byId.set(draft.id, draft);
    return draft;
  }

  /** A listing in its new shape, at the car that it names. */
  put(listing: Listing, isNew: boolean): void {
    const draft = this.get(listing.vehicleId);
    draft.listings.set(listing.id, listing);
    draft.touched = true;
    draft.also.add('listings');
    if (isNew || this.inserted.has(listing.id)) this.inserted.set(listing.id, listing);
    else this.updated.set(listing.id, listing);
  }

  /** A source tells since when the car is on offer there. */
  shown(vehicleId: string, since: Date | null | undefined): void {
    const draft = this.get(vehicleId);
    if (since != null && (draft.shownSince === null || since < draft.shownSince)) draft.shownSince = since;
  }

  move(listing: Listing, to: Draft): Listing {
    const from = this.get(listing.vehicleId);
    from.listings.delete(listing.id);
    from.touched = true;
    from.also.add('listings');
    for (const sighting of from.sightings.filter((one) => one.listingId === listing.id)) {
      from.sightings.splice(from.sightings.indexOf(sighting), 1);
      to.sightings.push({ ...sighting, vehicleId: to.id });
    }
    const moved: Listing = { ...listing, vehicleId: to.id };
    this.put(moved, false);
    return moved;
  }

  /** Pictures of ours came to it, or left it. */
  pictures(vehicleId: string, uploads: number): void {
    const draft = this.get(vehicleId);
    if (draft.uploads === uploads) return;
    draft.uploads = uploads;
    draft.touched = true;
    draft.also.add('media');
  }

  get(vehicleId: string): Draft {
    const draft = this.byId.get(vehicleId);
    if (draft === undefined) throw new Error(`vehicle ${vehicleId} was not read`);
    return draft;
  }

  steps(now: Date): Step[] {
    return [...this.byId.values()].flatMap((draft) => (draft.touched ? (stepOf(draft, now) ?? []) : []));
  }
}

function stepOf(draft: Draft, now: Date): Step | null {
  const { before, absorbedBy } = draft;
  const listings = [...draft.listings.values()];
  if (absorbedBy !== null) {
    // A car that was made and absorbed within this transaction never was.
    if (before === null) return null;
    const after = { ...before, version: before.version + 1, updatedAt: now };
    return { before, after, deleted: true, reason: `merged into ${absorbedBy}`, sightings: draft.sightings };
  }
  const composed = compose(listings, before?.facts);
  if (composed === null) return restoredOnly(draft, listings, now);
  const pricedBy = listings.find(({ id }) => id === composed.pricedBy) ?? listings[0];
  return {
    before: draft.restored ? null : before,
    after: before === null ? newVehicle(draft, composed, listings, now) : changedVehicle(draft, before, composed, listings, now),
    ...(draft.restored ? { restored: true } : {}),
    also: before === null ? [] : [...draft.also],
    listings,
    ...(pricedBy === undefined ? {} : { listing: { id: pricedBy.id, source: pricedBy.source, externalId: pricedBy.externalId } }),
    sightings: draft.sightings,
  };
}

/** A car of which no source speaks any more is as it was. */
function restoredOnly(draft: Draft, listings: readonly Listing[], now: Date): Step | null {
  const { before, restored, also } = draft;
  if (before === null) return null;
  const after = { ...before, version: before.version + 1, imageCount: before.facts.images.length + uploadsOf(draft), updatedAt: now };
  return restored
    ? { before: null, after, restored: true, listings, sightings: [] }
    : { before, after: { ...after, sources: [] }, also: [...also], listings, sightings: [] };
}

const relists = (listings: readonly Listing[]): number => listings.filter(({ relistOf }) => relistOf !== null).length;

function newVehicle(draft: Draft, composed: Composition, listings: readonly Listing[], now: Date): Vehicle {
  const { facts } = composed;
  const firstSeen = Math.min(...listings.map(({ firstSeenAt }) => firstSeenAt.getTime()));
  return {
    id: draft.id,
    ownerTenantId: draft.ownerTenantId,
    version: 1,
    status: statusOfListing(statusOfAll(listings.map(({ status }) => status))),
    facts,
    vinFlags: vinFlags(facts),
    referencePrice: composed.referencePrice,
    sources: composed.sources,
    imageCount: facts.images.length,
    quality: qualityOf(facts, composed.doubts),
    relistCount: relists(listings),
    listedAt: earlier(new Date(firstSeen), draft.shownSince),
    createdAt: now,
    updatedAt: now,
  };
}

function changedVehicle(draft: Draft, before: Vehicle, composed: Composition, listings: readonly Listing[], now: Date): Vehicle {
  // What an order holds is the order's to let go: until then its sources are heard, and its status stays.
  const status = before.heldBySale === true ? before.status : statusAfterSighting(before.status, draft.statusBefore ?? 'active', statusOfAll(listings.map((one) => one.status)));
  const facts = draft.restored ? composed.facts : newsOnly(before.facts, draft.composedBefore?.facts ?? null, composed.facts);
  const samePrice = facts.price === before.facts.price;
  return {
    ...withStatus({ ...before, listedAt: listedSince(before, draft) }, status, now),
    facts,
    vinFlags: vinFlags(facts),
    referencePrice: samePrice ? before.referencePrice : composed.referencePrice,
    sources: composed.sources,
    imageCount: facts.images.length + uploadsOf(draft),
    quality: qualityOf(facts, composed.doubts),
    relistCount: relists(listings),
  };
}

/** Pictures of ours, beside those at the sources. */
export const uploadsOf = ({ uploads, before }: Draft): number => uploads ?? (before === null ? 0 : before.imageCount - before.facts.images.length);

const earlier = (seen: Date, told: Date | null): Date => (told !== null && told < seen ? told : seen);

/** What a source tells of its beginning holds for a car that has been on the market ever since; for one that came back it does not. */
const listedSince = ({ listedAt, createdAt }: Vehicle, { shownSince }: Draft): Date => (listedAt <= createdAt ? earlier(listedAt, shownSince) : listedAt);

/** What our staff have written stands until the sources say something new of the same field. */
function newsOnly(current: VehicleFacts, said: VehicleFacts | null, says: VehicleFacts): VehicleFacts {
  const facts = { ...current };
  for (const name of factNames(says)) {
    const news = said === null ? isSilent(current[name]) : !sameValue(said[name], says[name]);
    if (news) Object.assign(facts, { [name]: says[name] });
  }
  return facts;
}

const factNames = (facts: VehicleFacts): (keyof VehicleFacts)[] => Object.keys(facts).filter((name): name is keyof VehicleFacts => name in facts);
