import { Injectable } from '@nestjs/common';
import { listingRefused } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { metrics } from '@autobroker/platform/telemetry';
import type { ListingStatus } from '@autobroker/kernel';
import type { Captured } from '../../domain/ingest/captured';
import type { Complaint } from '../../domain/ingest/judge';
import { isLive } from '../../domain/ingest/compose';
import { isIdentified, isNamed, type IdentifiedListing } from '../../domain/ingest/listing-facts';
import { readCaptured } from '../../domain/ingest/normalise';
import { matchKeysOf } from '../../domain/ingest/probe';
import type { Price } from '../../domain/facts';
import { shownSince } from '../../domain/ingest/shown-since';
import { offerKey } from '../../domain/offer';
import { systemRequester, type Requester } from '../requester';
import { Quarantine, type Ended, type Quarantined, type Refused } from './quarantine';
import { contentHash, type Sighting, type TakenIn } from './sighting';
import { ListingStore } from '../ports';
import { lockNames, sourceLocks, TakeIn } from './take-in';

/** Somebody looked whether a listing still stands. */
export interface Checked {
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly status: ListingStatus | 'unknown';
  readonly price: Price | null;
  readonly checkedAt: Date;
}

export type News = { readonly kind: 'captured'; readonly captured: Captured } | { readonly kind: 'checked'; readonly checked: Checked };

const taken = metrics.counter({ name: 'ingest_listings_total', help: 'Sightings of listings by what came of them', labels: ['source', 'result'] });
const ingest = systemRequester('vehicle.ingest');

/** Makes sense of what was captured and takes it in; what can't be taken in goes into quarantine, and nothing is lost. */
@Injectable()
export class IngestListings {
  constructor(
    private readonly takeIn: TakeIn,
    private readonly quarantine: Quarantine,
    private readonly listings: ListingStore,
  ) {}

  async run(tx: Tx, ownerTenantId: string | null, news: readonly News[], now: Date, by: Requester = ingest): Promise<TakenIn[]> {
    const { outcomes, taken: heard, refused } = await this.take(tx, ownerTenantId, news, now, by);
    await this.tellRefused(tx, ownerTenantId, refused);
    await this.retry(tx, ownerTenantId, heard, now, by);
    return outcomes;
  }

  /** Of several owners at once: everybody in one order, and what is common to all first, so that nobody waits for who waits for them. */
  async ofOwners(tx: Tx, byOwner: ReadonlyMap<string | null, readonly News[]>, now: Date): Promise<void> {
    const ordered = [...byOwner].toSorted(([a], [b]) => inOrder(a, b));
    const sources = ordered.flatMap(([ownerTenantId, theirs]) => theirs.map((one) => ({ ownerTenantId, source: one.kind === 'captured' ? one.captured.source : one.checked.source })));
    if (ordered.length > 1) await this.listings.lock(tx, sourceLocks(sources));
    for (const [owner, theirs] of ordered) await this.run(tx, owner, theirs, now);
  }

  private async take(tx: Tx, ownerTenantId: string | null, news: readonly News[], now: Date, by: Requester): Promise<{ outcomes: TakenIn[]; taken: Sighting[]; refused: Refused[] }> {
    const usable = news.filter((one) => one.kind === 'captured' || one.checked.status !== 'unknown');
    const sightings = usable.map((one) => (one.kind === 'captured' ? sightingOf(one.captured, now) : checkOf(one.checked)));
    const outcomes = await this.takeIn.run(tx, sightings, { ownerTenantId, match: true, by, now });
    const refused: Refused[] = [];
    const ended: Ended[] = [];
    const accepted: Sighting[] = [];
    outcomes.forEach((outcome, index) => {
      const [one, sighting] = [usable[index], sightings[index]];
      if (one === undefined || sighting === undefined) return;
      taken.inc({ source: sighting.source, result: outcome.result });
      if (one.kind !== 'captured') {
        if (outcome.result === 'unknown' && !isLive(sighting.status)) ended.push({ ...sighting, at: sighting.seenAt });
      } else if (outcome.result === 'refused') refused.push({ captured: one.captured, complaints: outcome.complaints, carKey: waitsFor(sighting, outcome.complaints) });
      else if (outcome.result !== 'late') accepted.push(sighting);
    });
    const waited = await this.quarantine.superseded(tx, ownerTenantId, accepted, now);
    // What it cost while it waited belongs into its history.
    const before = waited.flatMap(({ captures }) => captures.map((captured) => sightingOf(captured, now)));
    await this.takeIn.run(tx, before, { ownerTenantId, match: false, by, now });
    await this.quarantine.put(tx, ownerTenantId, refused, now);
    await this.quarantine.ended(tx, ownerTenantId, ended);
    return { outcomes, taken: accepted, refused };
  }

  /** Whoever had them captured need not wait for them to appear. */
  private async tellRefused(tx: Tx, ownerTenantId: string | null, refused: readonly Refused[]): Promise<void> {
    if (refused.length === 0) return;
    const told = refused.map(({ captured: { source, externalId, capturedAt }, complaints }) => ({
      key: `${source}:${externalId}`.slice(0, 200),
      tenantId: ownerTenantId,
      data: { source, external_id: externalId, reasons: [...new Set(complaints.map(({ reason }) => reason))], captured_at: capturedAt.toISOString() },
    }));
    await tx.publishAll(listingRefused, told);
  }

  /** What waits for lack of a year may be of a car that has just been heard of. */
  private async retry(tx: Tx, ownerTenantId: string | null, heard: readonly Sighting[], now: Date, by: Requester): Promise<void> {
    const keys = [...new Set(heard.flatMap(({ said }) => (said === null || !isNamed(said.facts) ? [] : [carKeyOf(said.facts)])))];
    const waiting = await this.free(tx, ownerTenantId, await this.quarantine.waitingFor(tx, ownerTenantId, keys, mostRetried), now);
    if (waiting.length === 0) return;
    const { outcomes } = await this.take(tx, ownerTenantId, newsOfWaiting(waiting), now, by);
    const accepted = acceptedOf(waiting, outcomes);
    if (accepted.length > 0) await this.quarantine.accepted(tx, accepted, by.actor.id, now);
  }

  /**
   * Those that nobody else works on. Waiting for one of them now, with so much in hand, would be to wait for somebody who may
   * wait for us; what is left is tried again with the next such car, and every night.
   */
  private async free(tx: Tx, ownerTenantId: string | null, waiting: readonly Quarantined[], now: Date): Promise<Quarantined[]> {
    if (waiting.length === 0) return [];
    const named = waiting.map((one) => ({ one, names: lockNames(one.captures.map((captured) => sightingOf(captured, now)), { ownerTenantId, match: true }) }));
    const held = await this.listings.tryLock(tx, [...new Set(named.flatMap(({ names }) => names))]);
    const free = named.flatMap(({ one, names }) => (names.every((name) => held.has(name)) ? [one.id] : []));
    return free.length === 0 ? [] : this.quarantine.claim(tx, { ids: free }, null, free.length);
  }
}

/** What is shared comes first. */
export const inOrder = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);

/** All that was captured of what waits, the oldest first. */
export const newsOfWaiting = (waiting: readonly Quarantined[]): News[] => waiting.flatMap(({ captures }) => captures.map((captured) => ({ kind: 'captured' as const, captured })));

/** What is known of a listing from later on makes what waited needless, too. */
export function acceptedOf(waiting: readonly Quarantined[], outcomes: readonly TakenIn[]): string[] {
  let last = -1;
  return waiting.flatMap(({ id, captures }) => {
    last += captures.length;
    return outcomes[last]?.result === 'refused' ? [] : [id];
  });
}

const mostRetried = 50;

/** Only where nothing but the year is missing another car can help. */
function waitsFor({ said }: Sighting, complaints: readonly Complaint[]): string | null {
  const yearOnly = complaints.every(({ reason }) => reason === 'year_unknown');
  return yearOnly && said !== null && isIdentified(said.facts) ? carKeyOf(said.facts) : null;
}

function carKeyOf(facts: IdentifiedListing): string {
  const { makeKey, modelKey } = matchKeysOf(facts);
  return `${makeKey}/${modelKey}`;
}

function sightingOf(captured: Captured, now: Date): Sighting {
  const { status, auctionUrl, ...said } = readCaptured(captured, now);
  const { source, externalId, url, kind } = captured;
  return {
    key: offerKey(captured),
    source,
    externalId,
    url,
    auctionUrl,
    auction: captured.hints.auction,
    status,
    // A clock that runs ahead elsewhere must not keep what is seen later out.
    seenAt: captured.capturedAt > now ? now : captured.capturedAt,
    shownSince: shownSince(captured),
    hash: contentHash([kind, url, auctionUrl, status, said.facts, said.doubts]),
    said,
  };
}

function checkOf({ source, externalId, url, status, price, checkedAt }: Checked): Sighting {
  if (status === 'unknown') throw new Error('nothing follows from a look that saw nothing');
  return {
    key: offerKey({ source, externalId }),
    source,
    externalId,
    url,
    auctionUrl: null,
    auction: false,
    status,
    seenAt: checkedAt,
    hash: contentHash(['check', status, price]),
    said: null,
    ...(price === null ? {} : { price }),
  };
}
