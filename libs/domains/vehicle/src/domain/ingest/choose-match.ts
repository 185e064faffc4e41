import type { ListingStatus } from '@autobroker/kernel';
import { decideMatch, type MatchFacts } from '../matching';
import { isLive } from './compose';
import { vinsQuarrel } from './vin-check';

export type MatchMethod = 'vin' | 'stock_number' | 'pictures' | 'score' | 'staff';

/** A listing that looks for its car. */
export interface Seeker {
  readonly source: string;
  readonly externalId: string;
  readonly status: ListingStatus;
  readonly match: MatchFacts;
  /** When it was seen. */
  readonly seenAt: Date;
}

/** A listing of a car that is known. */
export interface Known {
  readonly listingId: string;
  readonly source: string;
  readonly externalId: string;
  readonly status: ListingStatus;
  readonly lastSeenAt: Date;
  readonly match: MatchFacts;
}

/** A car that may be the same, with its listings as far as they can be compared. */
export interface Suspect {
  readonly vehicleId: string;
  readonly listings: readonly Known[];
  /** Staff have decided about one of its listings and the seeker. */
  readonly ruling: 'apart' | 'together' | null;
}

export interface Verdict {
  readonly vehicleId: string;
  readonly listingId: string;
  readonly score: number;
  readonly why: readonly string[];
  readonly method: MatchMethod;
  readonly outcome: 'same' | 'different' | 'ambiguous';
}

/** A second car that is nearly as likely makes the first one a guess. */
const margin = 0.04;
/** A listing that was not seen for this long may have ended without anybody telling. */
const silentMs = 36 * 3_600_000;

/**
 * Which of the known cars a listing is of. The best one, when it is likely enough, when no other is nearly as likely, and
 * when nothing forbids it: one source does not offer one car twice at once, and what staff have decided stands.
 */
export function chooseMatch(seeker: Seeker, suspects: readonly Suspect[]): Verdict | null {
  const [best, second] = suspects.flatMap((suspect) => judge(seeker, suspect) ?? []).toSorted(likeliest);
  if (best === undefined) return null;
  if (best.outcome !== 'same' || best.method === 'staff' || best.method === 'vin') return best;
  const rival = second !== undefined && second.outcome === 'same' && best.score - second.score < margin ? second : undefined;
  if (rival === undefined) return best;
  return { ...best, outcome: 'ambiguous', why: [`as likely as vehicle ${rival.vehicleId} (${rival.score})`, ...best.why] };
}

const isSure = ({ method }: Verdict): number => Number(method === 'staff' || method === 'vin');

const likeliest = (a: Verdict, b: Verdict): number =>
  Number(b.outcome === 'same') - Number(a.outcome === 'same') || isSure(b) - isSure(a) || b.score - a.score || (a.vehicleId < b.vehicleId ? -1 : 1);

function judge(seeker: Seeker, suspect: Suspect): Verdict | null {
  if (suspect.ruling === 'apart') return null;
  const compared = suspect.listings.map((listing) => ({ listing, decision: decideMatch(seeker.match, listing.match) }));
  const best = compared.toSorted((a, b) => b.decision.score - a.decision.score)[0];
  if (best === undefined) return null;
  const base = { vehicleId: suspect.vehicleId, listingId: best.listing.listingId, score: best.decision.score, why: best.decision.why };
  if (suspect.ruling === 'together') return { ...base, score: 1, why: ['decided by staff'], method: 'staff', outcome: 'same' };
  const method = methodOf(seeker.match, best.listing.match);
  const bar = forbidden(seeker, suspect.listings);
  if (bar !== null) return { ...base, method, outcome: 'different', why: [bar, ...base.why] };
  return { ...base, method, outcome: best.decision.same ? 'same' : 'different' };
}

function methodOf(a: MatchFacts, b: MatchFacts): MatchMethod {
  if (a.vin !== null && a.vin === b.vin) return 'vin';
  if (a.stockNumber !== null && a.stockNumber === b.stockNumber) return 'stock_number';
  return a.imageHashes.some((hash) => b.imageHashes.includes(hash)) ? 'pictures' : 'score';
}

/** Why two listings can't be of one car, whatever else agrees; null when they can. */
function forbidden(seeker: Seeker, listings: readonly Known[]): string | null {
  const { match } = seeker;
  if (match.vin !== null && listings.some((one) => one.match.vin === match.vin)) return null;
  if (listings.some((one) => vinsQuarrel(match.vin, one.match.vin))) return 'another of its listings has a different VIN';
  const rival = listings.find((one) => one.source === seeker.source && one.externalId !== seeker.externalId && overlaps(seeker, one));
  return rival === undefined ? null : `${seeker.source} offers both at once`;
}

/** Whether a source offers both at once: the older must have been seen lately, or the same number says that it is the same one again. */
function overlaps(seeker: Seeker, other: Known): boolean {
  if (!isLive(seeker.status) || !isLive(other.status)) return false;
  const { stockNumber } = seeker.match;
  if (stockNumber !== null && stockNumber === other.match.stockNumber) return false;
  return Math.abs(seeker.seenAt.getTime() - other.lastSeenAt.getTime()) < silentMs;
}
