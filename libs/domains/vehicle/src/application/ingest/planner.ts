import { uuidv7 } from '@autobroker/kernel';
import type { Actor } from '@autobroker/platform/database';
import { sameValue } from '../../domain/changed-fields';
import { complaints, withDoubts } from '../../domain/ingest/judge';
import { nearlyCertain, type Verdict } from '../../domain/ingest/choose-match';
import { isNamed, type Doubt } from '../../domain/ingest/listing-facts';
import { trustedAfter, type Listing } from '../../domain/ingest/listing';
import { mergeSightings, type Said } from '../../domain/ingest/sighting-merge';
import { samePrice, sightingChange } from '../../domain/sighting';
import { statusOfListing } from '../../domain/status';
import type { KnownListing, LateOffer, ReferencePrices } from '../ports';
import type { Drafts } from './drafts';
import type { Matchmaker } from './matchmaker';
import { Reunion } from './reunion';
import type { Sighting, TakenIn } from './sighting';

export interface Plan {
  readonly drafts: Drafts;
  readonly known: ReadonlyMap<string, KnownListing>;
  /** Null where listings never look for a car of another source. */
  readonly matchmaker: Matchmaker | null;
  readonly prices: ReferencePrices;
  readonly ownerTenantId: string | null;
  readonly by: Actor;
  readonly now: Date;
}

/** What each sighting means, one after the other, given what was read. Pure: it changes the drafts and nothing else. */
export class Planner {
  readonly touched = new Map<string, { readonly id: string; readonly seenAt: Date; readonly hash: string }>();
  /** What was seen before something that is known already. */
  readonly late: LateOffer[] = [];
  readonly reunion: Reunion;
  /** Where listings are that this transaction has made or moved. */
  private readonly places = new Map<string, string>();

  constructor(private readonly plan: Plan) {
    this.reunion = new Reunion(plan.drafts, plan.matchmaker, plan.by, plan.now);
  }

  take(sighting: Sighting): TakenIn {
    const known = this.plan.known.get(sighting.key);
    const listing = this.current(sighting.key, known);
    if (listing === undefined) return known === undefined ? this.discover(sighting) : this.unread(sighting, known);
    const ref = { vehicleId: listing.vehicleId, listingId: listing.id };
    if (sighting.seenAt < listing.saidAt) {
      this.remember(sighting, { ...ref, saidAt: listing.saidAt }, listing);
      return { result: 'late', ...ref };
    }
    if (sighting.hash === listing.contentHash) return this.touch(sighting, listing);
    return this.hear(sighting, listing);
  }

  /** Known, and not read: because it says the same, or because its car was deleted. */
  private unread(sighting: Sighting, known: KnownListing): TakenIn {
    const ref = { vehicleId: known.vehicleId, listingId: known.id };
    if (known.vehicleDeleted || known.contentHash !== sighting.hash) {
      return { result: 'refused', complaints: [{ reason: 'vehicle_deleted', detail: 'This vehicle was deleted here; its offer is not taken in again' }] };
    }
    this.seen(known.id, sighting, known.lastSeenAt);
    if (sighting.seenAt < known.saidAt) this.remember(sighting, { ...ref, saidAt: known.saidAt }, null);
    return { result: 'unchanged', ...ref };
  }

  /** What was asked earlier belongs into the history, even when it is heard of late. */
  private remember(sighting: Sighting, { vehicleId, listingId, saidAt }: { vehicleId: string; listingId: string; saidAt: Date }, listing: Listing | null): void {
    if (sighting.said === null) return;
    const said = listing === null ? sighting.said : mergeSightings(listing, sighting.said);
    const { price } = sighting.said.facts.price === null ? sighting.said.facts : said.facts;
    // A list that shows no price has not said that there is none.
    if (price === null && !sighting.said.detailed) return;
    const referencePrice = price === null ? null : this.plan.prices.of(price, sighting.seenAt);
    this.late.push({ vehicleId, listingId, source: sighting.source, at: sighting.seenAt, status: statusOfListing(sighting.status), price, referencePrice, confirmedAt: saidAt });
  }

  private touch(sighting: Sighting, listing: Listing): TakenIn {
    this.seen(listing.id, sighting, listing.lastSeenAt);
    return { result: 'unchanged', vehicleId: listing.vehicleId, listingId: listing.id };
  }

  private seen(id: string, { seenAt, hash }: Sighting, before: Date): void {
    const latest = this.touched.get(id)?.seenAt ?? before;
    if (seenAt >= latest) this.touched.set(id, { id, seenAt, hash });
  }

  private discover(sighting: Sighting): TakenIn {
    if (sighting.said === null) return { result: 'unknown' };
    const { ownerTenantId, now, drafts, matchmaker } = this.plan;
    const said = withDoubts(sighting.said, null, sighting.auction, now);
    const id = uuidv7(now);
    const draft: Listing = {
      ...this.listing(sighting, said, null),
      id,
      vehicleId: '',
      ownerTenantId,
      firstSeenAt: sighting.seenAt,
      relistOf: null,
    };
    const verdict = this.settled(matchmaker?.choose(sighting.key, draft, null) ?? null);
    const joins = verdict?.outcome === 'same' && (isNamed(said.facts) || verdict.score >= nearlyCertain);
    const wrong = complaints(said.facts, now, joins);
    if (wrong.length > 0) return { result: 'refused', complaints: wrong };
    const car = joins ? drafts.get(verdict.vehicleId) : drafts.create(ownerTenantId, now);
    const listing: Listing = { ...draft, vehicleId: car.id, relistOf: joins ? this.reunion.predecessor(draft, car) : null };
    drafts.put(listing, true);
    drafts.shown(car.id, sighting.shownSince);
    this.places.set(sighting.key, id);
    matchmaker?.note(listing);
    this.reunion.decided(listing, verdict, joins ? 'joined' : null);
    this.sighted(listing, null);
    // What it is alike may be alike each other only by what it says.
    if (joins) this.reunion.bridge(sighting.key, listing);
    return { result: joins && car.before !== null ? 'updated' : 'created', vehicleId: car.id, listingId: id };
  }

  /** Two cars that are as likely are one car, if all their offers agree. */
  private settled(verdict: Verdict | null): Verdict | null {
    if (verdict?.outcome !== 'ambiguous' || verdict.rival === null) return verdict;
    return this.reunion.areOne(verdict.vehicleId, verdict.rival) ? { ...verdict, outcome: 'same' } : verdict;
  }

  private hear(sighting: Sighting, before: Listing): TakenIn {
    const { drafts, matchmaker, now } = this.plan;
    const ref = { vehicleId: before.vehicleId, listingId: before.id };
    const said = sighting.said === null ? checked(before, sighting, now) : withDoubts(mergeSightings(before, sighting.said), before.trusted, sighting.auction, now);
    // Who only looked whether it still stands says nothing of the car: by what rule ever its facts were taken in, it is gone or it is there.
    const wrong = sighting.said === null ? [] : complaints(said.facts, now, !isNamed(before.facts));
    if (wrong.length > 0) return { result: 'refused', complaints: wrong };
    const listing: Listing = { ...before, ...this.listing(sighting, said, before) };
    const news = listing.status !== before.status || listing.url !== before.url || listing.auctionUrl !== before.auctionUrl || !sameValue(listing.facts, before.facts);
    if (!news) {
      // Another page of the same listing says nothing that was not known.
      this.seen(before.id, sighting, before.lastSeenAt);
      return { result: 'unchanged', ...ref };
    }
    this.touched.delete(before.id);
    drafts.put(listing, false);
    drafts.shown(listing.vehicleId, sighting.shownSince);
    matchmaker?.note(listing);
    this.sighted(listing, before);
    const settled = matchmaker === null ? listing : this.reunion.reconsider(sighting.key, listing);
    return { result: 'updated', vehicleId: settled.vehicleId, listingId: listing.id };
  }

  private listing(sighting: Sighting, said: Said, before: Listing | null) {
    const { now, prices } = this.plan;
    const { price } = said.facts;
    return {
      ...said,
      source: sighting.source,
      externalId: sighting.externalId,
      url: sighting.url ?? before?.url ?? null,
      auctionUrl: sighting.auctionUrl ?? (sighting.said === null ? (before?.auctionUrl ?? null) : null),
      status: sighting.status,
      contentHash: sighting.hash,
      referencePrice: price === null ? null : sameValue(price, before?.facts.price) ? (before?.referencePrice ?? null) : prices.of(price, now),
      trusted: trustedAfter(said, before?.trusted ?? null),
      lastSeenAt: before !== null && before.lastSeenAt > sighting.seenAt ? before.lastSeenAt : sighting.seenAt,
      saidAt: sighting.seenAt,
    };
  }

  private sighted(listing: Listing, before: Listing | null): void {
    const seen = ({ facts, status }: Listing) => ({ price: facts.price, status });
    const change = sightingChange(before === null ? null : seen(before), seen(listing));
    if (change === null) return;
    this.plan.drafts.get(listing.vehicleId).sightings.push({
      id: uuidv7(listing.saidAt),
      vehicleId: listing.vehicleId,
      listingId: listing.id,
      source: listing.source,
      observedAt: listing.saidAt,
      change,
      status: statusOfListing(listing.status),
      price: listing.facts.price,
      referencePrice: listing.referencePrice,
    });
  }

  private current(key: string, known: KnownListing | undefined): Listing | undefined {
    const { drafts } = this.plan;
    const id = known?.id ?? this.places.get(key);
    if (id === undefined) return undefined;
    const fresh = drafts.inserted.get(id) ?? drafts.updated.get(id);
    if (fresh !== undefined) return fresh;
    return known === undefined ? undefined : drafts.byId.get(known.vehicleId)?.listings.get(id);
  }
}

/** After somebody looked: the status, and the price where it was to be seen, which is doubted like any other. */
function checked(before: Listing, { price, auction }: Sighting, now: Date): Said {
  if (price === undefined || price === null || samePrice(price, before.facts.price)) return before;
  const isStill = new Set<Doubt>(price.currency === before.facts.price?.currency ? ['price_currency_differs', 'price_is_bid'] : ['price_is_bid']);
  const doubts = before.doubts.filter((doubt) => !doubt.startsWith('price_') || isStill.has(doubt));
  return withDoubts({ ...before, doubts, facts: { ...before.facts, price } }, before.trusted, auction || before.auctionUrl !== null, now);
}
