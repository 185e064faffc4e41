import type { Tx } from '@autobroker/platform/database';
import { chooseMatch, type Known, type Suspect, type Verdict } from '../../domain/ingest/choose-match';
import { isIdentified } from '../../domain/ingest/listing-facts';
import { matchOf, type Listing } from '../../domain/ingest/listing';
import { matchKeysOf, type MatchKeys } from '../../domain/ingest/probe';
import { decideMatch, type MatchFacts } from '../../domain/matching';
import type { MatchStore, Ruling } from '../ports';
import type { Draft, Drafts } from './drafts';

/** A sighting whose listing looks for its car. */
export interface Wanted {
  readonly key: string;
  readonly keys: MatchKeys;
  readonly match: MatchFacts;
}

/** Below this nothing speaks for one car, and the rest of it is not read. */
const worthReading = 0.1;

/** So often cars may be put elsewhere while they are being looked for. */
export const mostMoves = 4;

/** Finds the cars that a listing may be of: in the database before anything is planned, and among those just drafted. */
export class Matchmaker {
  private readonly found = new Map<string, Set<string>>();
  /** Listings of this transaction, by what they can be found by. */
  private readonly fresh = new Map<string, Set<string>>();
  private readonly rulings = new Map<string, Ruling['kind']>();

  constructor(
    private readonly drafts: Drafts,
    private readonly store: MatchStore,
    private readonly read: (vehicleIds: readonly string[]) => Promise<void>,
  ) {}

  async find(tx: Tx, ownerTenantId: string | null, wanted: readonly Wanted[]): Promise<void> {
    if (wanted.length === 0) return;
    const gone = new Set<string>();
    for (let tries = 0; tries < mostMoves; tries += 1) {
      const cars = await this.candidates(tx, ownerTenantId, wanted);
      await this.read([...cars]);
      // While one waits for a car, somebody may put its listings to another: then they are found there.
      const left = [...cars].filter((id) => !this.drafts.byId.has(id) && !gone.has(id));
      if (left.length === 0) break;
      for (const id of left) gone.add(id);
    }
    const listings = [...this.drafts.byId.values()].flatMap((draft) => [...draft.listings.keys()]);
    for (const { a, b, kind } of await this.store.rulings(tx, listings)) this.rulings.set(pair(a, b), kind);
  }

  private async candidates(tx: Tx, ownerTenantId: string | null, wanted: readonly Wanted[]): Promise<ReadonlySet<string>> {
    const cars = new Set<string>();
    for (const { probe, vehicleId, match } of await this.store.candidates(tx, ownerTenantId, wanted.map(({ keys }) => keys))) {
      const one = wanted[probe];
      if (one === undefined || decideMatch(one.match, match).score < worthReading) continue;
      this.found.set(one.key, (this.found.get(one.key) ?? new Set()).add(vehicleId));
      cars.add(vehicleId);
    }
    return cars;
  }

  /** From now on the others of this transaction can find it. */
  note(listing: Listing): void {
    for (const key of keysOf(listing)) this.fresh.set(key, (this.fresh.get(key) ?? new Set()).add(listing.id));
  }

  choose(key: string, listing: Listing, own: Draft | null): Verdict | null {
    const match = matchOf(listing);
    if (match === null) return null;
    const cars = new Set(this.found.get(key) ?? []);
    for (const name of [...keysOf(listing), ...neighbours(listing)]) for (const id of this.fresh.get(name) ?? []) this.carsWith(id, cars);
    const suspects = [...cars].flatMap((id) => this.suspect(id, listing, own) ?? []);
    return suspects.length === 0 ? null : chooseMatch({ source: listing.source, externalId: listing.externalId, status: listing.status, match, seenAt: listing.lastSeenAt, firstSeenAt: listing.firstSeenAt }, suspects);
  }

  /** What staff have decided about two groups of listings. */
  ruling(left: Iterable<string>, right: Iterable<string>): Ruling['kind'] | null {
    if (this.rulings.size === 0) return null;
    const others = [...right];
    let together = false;
    for (const a of left) {
      for (const b of others) {
        const kind = this.rulings.get(pair(a, b));
        if (kind === 'apart') return 'apart';
        together ||= kind === 'together';
      }
    }
    return together ? 'together' : null;
  }

  private carsWith(listingId: string, cars: Set<string>): void {
    const listing = this.drafts.inserted.get(listingId) ?? this.drafts.updated.get(listingId);
    if (listing !== undefined) cars.add(listing.vehicleId);
  }

  private suspect(vehicleId: string, listing: Listing, own: Draft | null): Suspect | null {
    const draft = this.drafts.byId.get(vehicleId);
    if (draft === undefined || draft.absorbedBy !== null || draft === own || draft.ownerTenantId !== listing.ownerTenantId) return null;
    const listings = [...draft.listings.values()].flatMap((one) => knownOf(one) ?? []);
    const mine = own === null ? [listing.id] : own.listings.keys();
    return listings.length === 0 ? null : { vehicleId, listings, ruling: this.ruling(mine, draft.listings.keys()) };
  }
}

export function knownOf(listing: Listing): Known | null {
  const match = matchOf(listing);
  if (match === null) return null;
  const { id, source, externalId, status, firstSeenAt, lastSeenAt } = listing;
  return { listingId: id, source, externalId, status, firstSeenAt, lastSeenAt, match };
}

const pair = (a: string, b: string): string => (a < b ? `${a}/${b}` : `${b}/${a}`);

/** So near are two writings of one reading. */
const readingKm = 30;
const tellingKm = 1_000;

/** Cars of one place with one reading, whatever they are called. */
function readingsAt({ placeKey, mileageKm }: MatchKeys, steps: readonly number[]): string[] {
  if (placeKey === null || mileageKm === null || mileageKm < tellingKm) return [];
  return steps.map((step) => `at/${placeKey}/${Math.floor(mileageKm / readingKm) + step}`);
}

const neighbours = ({ facts }: Listing): string[] => (isIdentified(facts) ? readingsAt(matchKeysOf(facts), [-1, 1]) : []);

function keysOf({ facts }: Listing): string[] {
  if (!isIdentified(facts)) return [];
  const keys = matchKeysOf(facts);
  const car = `car/${keys.makeKey}/${keys.modelKey}`;
  return [
    car,
    ...readingsAt(keys, [0]),
    ...(keys.vin === null ? [] : [`vin/${keys.vin}`]),
    ...(keys.stockKey === null ? [] : [`stock/${keys.makeKey}/${keys.stockKey}`]),
    ...keys.imageHashes.map((hash) => `image/${hash}`),
  ];
}
