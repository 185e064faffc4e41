import { uuidv7 } from '@autobroker/kernel';
import type { Actor } from '@autobroker/platform/database';
import { isPostedTwice, nearlyCertain, neededAtOneSource, stoodTogether, type MatchMethod, type Verdict } from '../../domain/ingest/choose-match';
import { isLive } from '../../domain/ingest/compose';
import { isNamed } from '../../domain/ingest/listing-facts';
import { matchOf, type Listing } from '../../domain/ingest/listing';
import { vinsQuarrel } from '../../domain/ingest/vin-check';
import { decideMatch } from '../../domain/matching';
import { isOnMarket } from '../../domain/status';
import type { HistoryMove, MatchDecisionRecord, MergeRecord, PictureReturn } from '../ports';
import type { Draft, Drafts } from './drafts';
import type { Matchmaker } from './matchmaker';

/** So little speaks for one car that a listing which was taken for it is taken out again. */
const leaves = 0.05;
/** Near enough to be worth a look by staff. */
const worthNoting = 0.2;

/** Puts cars together and apart, in memory, and writes down why. */
export class Reunion {
  readonly decisions: MatchDecisionRecord[] = [];
  readonly merges: MergeRecord[] = [];
  /** Where the price history of listings goes. */
  readonly moves: HistoryMove[] = [];
  readonly returns: PictureReturn[] = [];

  constructor(
    private readonly drafts: Drafts,
    private readonly matchmaker: Matchmaker | null,
    private readonly by: Actor,
    private readonly now: Date,
  ) {}

  decided(listing: Listing, verdict: Verdict | null, outcome: MatchDecisionRecord['outcome'] | null): void {
    if (verdict === null || (outcome === null && verdict.outcome === 'different' && verdict.score < worthNoting)) return;
    this.note(listing, outcome ?? (verdict.outcome === 'ambiguous' ? 'ambiguous' : 'kept_apart'), verdict.method, verdict.vehicleId, verdict.score, verdict.why);
  }

  /** The ended listing of the same source that this one follows. */
  predecessor(listing: Pick<Listing, 'id' | 'source' | 'externalId' | 'lastSeenAt'>, car: Draft): string | null {
    const earlier = [...car.listings.values()].filter((one) => one.source === listing.source && one.externalId !== listing.externalId && one.firstSeenAt <= listing.lastSeenAt);
    return earlier.toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())[0]?.id ?? null;
  }

  /** After something was learned of a listing: it may belong elsewhere now, or bring its car together with another. */
  reconsider(key: string, listing: Listing): Listing {
    if (this.matchmaker === null) return listing;
    const own = this.drafts.get(listing.vehicleId);
    const quarrel = this.quarrel(listing, own);
    const verdict = this.matchmaker.choose(key, listing, quarrel === null ? own : null);
    const other = verdict?.outcome === 'same' && verdict.vehicleId !== own.id ? this.drafts.get(verdict.vehicleId) : null;
    if (quarrel !== null) return this.leave(listing, own, other, verdict, quarrel);
    if (verdict === null || other === null) {
      this.decided(listing, verdict, null);
      return listing;
    }
    if (!this.agree(own, other)) {
      this.note(listing, 'kept_apart', verdict.method, other.id, verdict.score, ['another listing of the two does not agree', ...verdict.why]);
      return listing;
    }
    const [to, from] = elder(own, other) === own ? [own, other] : [other, own];
    this.merge(from, to, verdict.method, verdict.score, verdict.why, null);
    return to.listings.get(listing.id) ?? listing;
  }

  /** After a new listing was put to a car: others that it is alike come to that car, too. */
  bridge(key: string, listing: Listing): void {
    const own = this.drafts.get(listing.vehicleId);
    const verdict = this.matchmaker?.choose(key, listing, own) ?? null;
    if (verdict === null || verdict.outcome !== 'same' || verdict.score < nearlyCertain) return;
    const other = this.drafts.get(verdict.vehicleId);
    if (!this.agree(own, other)) return;
    const [to, from] = elder(own, other) === own ? [own, other] : [other, own];
    this.merge(from, to, verdict.method, verdict.score, verdict.why, null);
  }

  /** Whether two cars are surely one: every offer of the one is alike every offer of the other. */
  areOne(a: string, b: string): boolean {
    const [left, right] = [this.drafts.get(a), this.drafts.get(b)];
    if (!this.agree(left, right)) return false;
    return [...left.listings.values()].every((one) =>
      [...right.listings.values()].every((other) => {
        const [mine, theirs] = [matchOf(one), matchOf(other)];
        return mine !== null && theirs !== null && decideMatch(mine, theirs).score >= nearlyCertain;
      }),
    );
  }

  /** All of one car's listings go to another. */
  merge(from: Draft, to: Draft, method: MatchMethod, score: number | null, why: readonly string[], reason: string | null): MergeRecord {
    const moving = [...from.listings.values()];
    for (const listing of moving) {
      const moved = this.drafts.move(listing, to);
      const follows = isLive(moved.status) && moved.relistOf === null ? this.endedBefore(moved, to) : null;
      if (follows !== null) this.drafts.put({ ...moved, relistOf: follows }, false);
    }
    for (const listing of to.listings.values()) {
      if (listing.relistOf !== null || !isLive(listing.status)) continue;
      const follows = this.endedBefore(listing, to);
      if (follows !== null) this.drafts.put({ ...listing, relistOf: follows }, false);
    }
    // What is put together on the market has been there since the first of it came.
    this.drafts.shown(to.id, from.shownSince);
    if (from.before !== null && isOnMarket(from.before.status)) this.drafts.shown(to.id, from.before.listedAt);
    from.absorbedBy = to.id;
    const record = this.record('merge', from, to, moving.map(({ id }) => id), reason);
    const [first] = moving;
    if (first !== undefined) this.note({ ...first, vehicleId: to.id }, 'merged', method, from.id, score, why);
    return record;
  }

  /** One listing gets a car of its own, or goes to another. */
  split(listing: Listing, from: Draft, to: Draft, method: MatchMethod, why: readonly string[], reason: string | null): MergeRecord {
    const moved = this.drafts.move(listing, to);
    this.note(moved, 'split', method, from.id, null, why);
    return this.record('split', from, to, [listing.id], reason);
  }

  /** Listings and pictures return to the car that they were taken from. */
  giveBack(listingIds: readonly string[], mediaIds: readonly string[], from: Draft, to: Draft): void {
    const moving = listingIds.flatMap((id) => from.listings.get(id) ?? []);
    for (const listing of moving) this.note(this.drafts.move(listing, to), 'reverted', 'staff', from.id, null, ['taken back']);
    this.moves.push({ kind: 'split', ownerTenantId: to.ownerTenantId, listingIds, fromVehicleId: from.id, toVehicleId: to.id });
    if (mediaIds.length > 0) this.returns.push({ mediaIds, fromVehicleId: from.id, toVehicleId: to.id });
  }

  private leave(listing: Listing, own: Draft, other: Draft | null, verdict: Verdict | null, quarrel: string): Listing {
    // What does not say its year can be no car by itself.
    if (other === null && !isNamed(listing.facts)) return listing;
    const to = other ?? this.drafts.create(own.ownerTenantId, this.now);
    this.split(listing, own, to, verdict?.method ?? 'score', [quarrel, ...(verdict?.why ?? [])], null);
    return to.listings.get(listing.id) ?? listing;
  }

  /** What now speaks against a listing being of the car that it is kept with; null when nothing does. */
  private quarrel(listing: Listing, own: Draft): string | null {
    const match = matchOf(listing);
    const others = [...own.listings.values()].filter(({ id }) => id !== listing.id);
    if (match === null || others.length === 0) return null;
    if (this.matchmaker?.ruling([listing.id], others.map(({ id }) => id)) === 'together') return null;
    const scores = others.flatMap((one) => {
      const theirs = matchOf(one);
      return theirs === null ? [] : [{ one, theirs, score: decideMatch(match, theirs).score }];
    });
    if (match.vin !== null && scores.some(({ theirs }) => theirs.vin === match.vin)) return null;
    if (scores.some(({ theirs }) => vinsQuarrel(match.vin, theirs.vin))) return 'its VIN is another than that of the others';
    return scores.length > 0 && scores.every(({ score }) => score < leaves) ? 'nothing speaks for one car any more' : null;
  }

  /** Whether every listing of two cars may be of one car. */
  private agree(a: Draft, b: Draft): boolean {
    if (this.matchmaker?.ruling(a.listings.keys(), b.listings.keys()) === 'apart') return false;
    if (isHeld(a) && isHeld(b)) return false;
    for (const left of a.listings.values()) {
      for (const right of b.listings.values()) {
        const [one, other] = [matchOf(left), matchOf(right)];
        if (vinsQuarrel(one?.vin ?? null, other?.vin ?? null)) return false;
        if (left.source !== right.source) continue;
        if (one !== null && other !== null && !isPostedTwice(one, other) && decideMatch(one, other).score < neededAtOneSource(left, right)) return false;
        const twice = (isLive(left.status) && isLive(right.status)) || stoodTogether(left, right);
        if (twice && (one === null || other === null || !isPostedTwice(one, other))) return false;
      }
    }
    return true;
  }

  private endedBefore(listing: Listing, car: Draft): string | null {
    const ended = [...car.listings.values()].filter((one) => one.id !== listing.id && one.source === listing.source && !isLive(one.status) && one.firstSeenAt < listing.firstSeenAt);
    return ended.toSorted((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime())[0]?.id ?? null;
  }

  private record(kind: MergeRecord['kind'], from: Draft, to: Draft, listingIds: readonly string[], reason: string | null): MergeRecord {
    const record: MergeRecord = {
      id: uuidv7(this.now),
      kind,
      ownerTenantId: to.ownerTenantId,
      toVehicleId: to.id,
      fromVehicleId: from.id,
      listingIds,
      mediaIds: [],
      reason,
      by: this.by,
      at: this.now,
      revertedAt: null,
    };
    // What was only drafted leaves nothing to be taken back.
    if (from.before !== null) {
      this.merges.push(record);
      this.moves.push(record);
    }
    return record;
  }

  private note(listing: Listing, outcome: MatchDecisionRecord['outcome'], method: MatchMethod, otherVehicleId: string | null, score: number | null, why: readonly string[]): void {
    this.decisions.push({
      id: uuidv7(this.now),
      listingId: listing.id,
      vehicleId: listing.vehicleId,
      otherVehicleId: otherVehicleId === listing.vehicleId ? null : otherVehicleId,
      ownerTenantId: listing.ownerTenantId,
      outcome,
      method,
      score,
      why: why.slice(0, 12),
      by: this.by,
      at: this.now,
    });
  }
}

/** For a buyer of ours, or at a source. */
export const isHeld = ({ before }: Draft): boolean => before?.heldBySale === true || before?.status === 'reserved';

/** The one that stays: a car that is held for a buyer, or else the older one. */
const elder = (a: Draft, b: Draft): Draft => {
  if (isHeld(a) !== isHeld(b)) return isHeld(a) ? a : b;
  if (a.before === null || b.before === null) return a.before === null ? b : a;
  return a.before.createdAt <= b.before.createdAt ? a : b;
};
