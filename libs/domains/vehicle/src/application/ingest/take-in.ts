import { Injectable } from '@nestjs/common';
import type { Tx } from '@autobroker/platform/database';
import { sameValue } from '../../domain/changed-fields';
import { isLive } from '../../domain/ingest/compose';
import { matchKeysOf, tracesOf } from '../../domain/ingest/probe';
import { isIdentified, type IdentifiedListing } from '../../domain/ingest/listing-facts';
import { mergeSightings } from '../../domain/ingest/sighting-merge';
import { ListingStore, MatchStore, ReferencePrices, VehicleStore, type KnownListing, type MergeRecord, type Touched } from '../ports';
import type { PicturesMoved } from '../move-pictures';
import { RecordChanges } from '../record-changes';
import type { Requester } from '../requester';
import { SettleSales } from '../sales/settle-sales';
import { Drafts, uploadsOf } from './drafts';
import { Matchmaker, mostMoves, type Wanted } from './matchmaker';
import { Planner } from './planner';
import type { Reunion } from './reunion';
import type { Sighting, TakenIn } from './sighting';

export interface TakeInOptions {
  readonly ownerTenantId: string | null;
  /** Whether a listing that is new looks for its car among those of other sources. */
  readonly match: boolean;
  readonly by: Requester;
  readonly now: Date;
}

/**
 * Takes in news of listings: finds each listing and its car, puts them together where they are of one car, composes the cars
 * anew and writes everything. As many statements for hundreds as for one. Works in the caller's transaction.
 */
@Injectable()
export class TakeIn {
  constructor(
    private readonly vehicles: VehicleStore,
    private readonly listings: ListingStore,
    private readonly matches: MatchStore,
    private readonly changes: RecordChanges,
    private readonly prices: ReferencePrices,
    private readonly sales: SettleSales,
  ) {}

  /** One answer per sighting, in their order. Several of one listing are taken in one after the other. */
  async run(tx: Tx, sightings: readonly Sighting[], options: TakeInOptions): Promise<TakenIn[]> {
    const { ownerTenantId: owner, now } = options;
    if (sightings.length === 0) return [];
    await this.listings.lock(tx, lockNames(sightings, options));
    const drafts = new Drafts();
    const known = await this.readKnown(tx, drafts, owner, sightings);
    const matchmaker = new Matchmaker(drafts, this.matches, (ids) => this.read(tx, drafts, ids));
    if (options.match) await matchmaker.find(tx, owner, this.wanted(sightings, known, drafts, now));
    const planner = new Planner({ drafts, known, matchmaker: options.match ? matchmaker : null, prices: this.prices, ownerTenantId: owner, by: options.by.actor, now });
    const taken = sightings.map((sighting) => planner.take(sighting));
    await this.write(tx, drafts, [...planner.touched.values()], planner.reunion, options);
    if (planner.late.length > 0) {
      // At the car that its listing is of by now.
      await this.changes.recordLate(tx, planner.late.map((offer) => ({ ...offer, vehicleId: drafts.updated.get(offer.listingId)?.vehicleId ?? offer.vehicleId })));
      await this.listings.seenEarlier(tx, planner.late.map(({ listingId, at }) => ({ id: listingId, at })));
    }
    return taken;
  }

  /**
   * The listings that are known, and the cars of those that have news. While one waits for a car, somebody may put its listings
   * to another: then it is looked for again.
   */
  private async readKnown(tx: Tx, drafts: Drafts, owner: string | null, sightings: readonly Sighting[]): Promise<Map<string, KnownListing>> {
    const known = await this.listings.known(tx, owner, sightings);
    for (let tries = 0; tries < mostMoves; tries += 1) {
      const missing = sightings.filter(({ key, hash }) => {
        const listing = known.get(key);
        if (listing === undefined || listing.vehicleDeleted || listing.contentHash === hash) return false;
        return drafts.byId.get(listing.vehicleId)?.listings.has(listing.id) !== true;
      });
      if (missing.length === 0) break;
      if (tries > 0) for (const [key, listing] of await this.listings.known(tx, owner, missing)) known.set(key, listing);
      await this.read(tx, drafts, missing.flatMap(({ key }) => known.get(key)?.vehicleId ?? []));
    }
    return known;
  }

  /** Writes what was drafted. Also for whoever drafts something else: merges, splits. */
  async write(
    tx: Tx,
    drafts: Drafts,
    touched: readonly Touched[],
    { decisions, merges, moves, returns }: Pick<Reunion, 'decisions' | 'merges' | 'moves' | 'returns'>,
    { by, now }: Pick<TakeInOptions, 'by' | 'now'>,
  ): Promise<void> {
    const recorded = await this.carryPictures(tx, drafts, merges);
    for (const { mediaIds, fromVehicleId, toVehicleId } of returns) {
      count(drafts, fromVehicleId, toVehicleId, await this.changes.returnPictures(tx, fromVehicleId, toVehicleId, mediaIds));
    }
    await this.changes.record(tx, drafts.steps(now), by);
    await this.listings.insert(tx, [...drafts.inserted.values()]);
    await this.listings.update(tx, [...drafts.updated.values()]);
    await this.listings.touch(tx, touched);
    await this.changes.moveHistory(tx, moves);
    await this.matches.merged(tx, recorded);
    await this.matches.decided(tx, decisions);
    await this.sales.merged(tx, merges, now);
  }

  /** Few cars have pictures of ours; only those are looked at. */
  private async carryPictures(tx: Tx, drafts: Drafts, merges: readonly MergeRecord[]): Promise<MergeRecord[]> {
    const carried: MergeRecord[] = [];
    for (const merge of merges) {
      const { kind, fromVehicleId, toVehicleId } = merge;
      const moved = kind === 'merge' && uploadsOf(drafts.get(fromVehicleId)) > 0 ? await this.changes.bringPictures(tx, fromVehicleId, toVehicleId) : null;
      if (moved !== null) count(drafts, fromVehicleId, toVehicleId, moved);
      carried.push(moved === null ? merge : { ...merge, mediaIds: moved.ids });
    }
    return carried;
  }

  /** Locks and reads cars with everything that was said of them. */
  async read(tx: Tx, drafts: Drafts, ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !drafts.byId.has(id)).sort();
    if (wanted.length === 0) return;
    const vehicles = await this.vehicles.lock(tx, wanted);
    const listings = await this.listings.ofVehicles(tx, wanted);
    for (const vehicle of vehicles.values()) drafts.load(vehicle, listings.filter(({ vehicleId }) => vehicleId === vehicle.id));
  }

  /** Listings that look for a car: new ones, and known ones of which something was learned that tells cars apart. */
  private wanted(sightings: readonly Sighting[], known: ReadonlyMap<string, KnownListing>, drafts: Drafts, now: Date): Wanted[] {
    const want = (key: string, facts: IdentifiedListing): Wanted => {
      const referencePrice = facts.price === null ? null : this.prices.of(facts.price, now);
      return { key, keys: matchKeysOf(facts), match: tracesOf(facts, referencePrice) };
    };
    return sightings.flatMap((sighting): Wanted[] => {
      const listing = known.get(sighting.key);
      if (listing === undefined) {
        const facts = sighting.said?.facts;
        return facts !== undefined && isIdentified(facts) ? [want(sighting.key, facts)] : [];
      }
      const before = drafts.byId.get(listing.vehicleId)?.listings.get(listing.id);
      if (before === undefined || before.contentHash === sighting.hash || before.saidAt > sighting.seenAt) return [];
      const facts = sighting.said === null ? before.facts : mergeSightings(before, sighting.said).facts;
      if (!isIdentified(facts)) return [];
      const ended = isLive(before.status) && !isLive(sighting.status);
      const learned = isIdentified(before.facts) && !sameValue(matchKeysOf(before.facts), matchKeysOf(facts));
      return ended || learned ? [want(sighting.key, facts)] : [];
    });
  }
}

function count(drafts: Drafts, fromVehicleId: string, toVehicleId: string, { from, to }: PicturesMoved): void {
  drafts.pictures(fromVehicleId, from);
  drafts.pictures(toVehicleId, to);
}

/** Whoever takes in anything of a source holds its name. */
export const sourceLocks = (of: readonly { readonly ownerTenantId: string | null; readonly source: string }[]): string[] =>
  [...new Set(of.map(({ ownerTenantId, source }) => `vehicle.listings/${ownerTenantId ?? 'shared'}/${source}`))].sort();

/**
 * Sources first, then makes, then VINs, which are of one car whatever make they are listed under: what two transactions might
 * both create is created by one of them.
 */
export function lockNames(sightings: readonly Sighting[], { ownerTenantId, match }: Pick<TakeInOptions, 'ownerTenantId' | 'match'>): string[] {
  const owner = ownerTenantId ?? 'shared';
  const sources = sourceLocks(sightings.map(({ source }) => ({ ownerTenantId, source })));
  if (!match) return sources;
  const named = (kind: string, name: string | null | undefined): string[] => (name == null ? [] : [`vehicle.${kind}/${owner}/${name.toLowerCase()}`]);
  const makes = new Set(sightings.flatMap(({ said }) => named('match', said?.facts.make)));
  const vins = new Set(sightings.flatMap(({ said }) => named('vin', said?.facts.vin)));
  return [...sources, ...[...makes].sort(), ...[...vins].sort()];
}
