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
  /** When it was seen, and first. */
  readonly seenAt: Date;
  readonly firstSeenAt: Date;
}

/** A listing of a car that is known. */
export interface Known {
  readonly listingId: string;
  readonly source: string;
  readonly externalId: string;
  readonly status: ListingStatus;
  readonly firstSeenAt: Date;
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
  /** The car that is as likely, where it is ambiguous. */
  readonly rival: string | null;
}

/** A second car that is nearly as likely makes the first one a guess: so much better must be the odds, as a logarithm. */
const margin = 1.5;
/** Asked of two listings that only look alike where one source has both: it writes its cars in one way. */
export const nearlyCertain = 0.9;
/** Asked of a listing that came after the other one had ended: sources' offers lapse and come again. */
const likelyAgain = 0.75;
/** And where one of them does not tell its mileage. */
const withoutMileage = 0.6;
/** Below this a mileage is that of every new car. */
const tellingKm = 1_000;
/** Changing miles to kilometres and back costs up to this. */
const sameReadingKm = 1.7;
const mostRoundedKm = 1_700;
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
  const rival = second !== undefined && second.outcome === 'same' && oddsOf(best.score) - oddsOf(second.score) < margin ? second : undefined;
  if (rival === undefined) return best;
  return { ...best, outcome: 'ambiguous', rival: rival.vehicleId, why: [`as likely as vehicle ${rival.vehicleId} (${rival.score})`, ...best.why] };
}

/** Near certainty, a difference in the score says little and one in the odds a lot. */
function oddsOf(score: number): number {
  const kept = Math.min(0.99995, Math.max(0.00005, score));
  return Math.log(kept / (1 - kept));
}

const isSure = ({ method }: Verdict): number => Number(method === 'staff' || method === 'vin');

const likeliest = (a: Verdict, b: Verdict): number =>
  Number(b.outcome === 'same') - Number(a.outcome === 'same') || isSure(b) - isSure(a) || b.score - a.score || (a.vehicleId < b.vehicleId ? -1 : 1);

function judge(seeker: Seeker, suspect: Suspect): Verdict | null {
  if (suspect.ruling === 'apart') return null;
  const compared = suspect.listings.map((listing) => ({ listing, decision: decideMatch(seeker.match, listing.match) }));
  const best = compared.toSorted((a, b) => b.decision.score - a.decision.score)[0];
  if (best === undefined) return null;
  const base = { vehicleId: suspect.vehicleId, listingId: best.listing.listingId, score: best.decision.score, why: best.decision.why, rival: null };
  if (suspect.ruling === 'together') return { ...base, score: 1, why: ['decided by staff'], method: 'staff', outcome: 'same' };
  const method = methodOf(seeker.match, best.listing.match);
  const bar = forbidden(seeker, suspect.listings);
  if (bar !== null) return { ...base, method, outcome: 'different', why: [bar, ...base.why] };
  const needed = method === 'score' ? scoreNeeded(seeker, suspect, best.listing) : 0;
  return { ...base, method, outcome: best.decision.same && best.decision.score >= needed ? 'same' : 'different' };
}

function scoreNeeded(seeker: Seeker, suspect: Suspect, listing: Known): number {
  const rivals = suspect.listings.filter(({ source, externalId }) => source === seeker.source && externalId !== seeker.externalId);
  if (rivals.length > 0) return Math.max(...rivals.map((rival) => neededAtOneSource({ ...seeker, lastSeenAt: seeker.seenAt }, rival)));
  return seeker.match.mileageKm === null || listing.match.mileageKm === null ? withoutMileage : 0;
}

type Span = Pick<Known, 'status' | 'firstSeenAt' | 'lastSeenAt'>;

/** How sure one must be that two listings of one source are of one car. */
export const neededAtOneSource = (a: Span, b: Span): number => (isFollowedBy(a, b) || isFollowedBy(b, a) ? likelyAgain : nearlyCertain);

const isFollowedBy = (a: Span, b: Span): boolean => !isLive(a.status) && a.lastSeenAt <= b.firstSeenAt;

/** Whether a source had two listings on offer side by side, be it long ago. */
export function stoodTogether(a: Span, b: Span): boolean {
  const from = Math.max(a.firstSeenAt.getTime(), b.firstSeenAt.getTime());
  return Math.min(stoodUntil(a, b), stoodUntil(b, a)) - from >= silentMs;
}

/** That one has ended was noticed: then the other, which has not, still stood. */
const stoodUntil = (one: Span, other: Span): number => (isLive(one.status) && !isLive(other.status) ? Number.POSITIVE_INFINITY : one.lastSeenAt.getTime());

/** The same car twice at one source: with one reading, which two cars of a dealer never share by chance where all else agrees too. */
export function isPostedTwice(a: MatchFacts, b: MatchFacts): boolean {
  if (vinsQuarrel(a.vin, b.vin)) return false;
  if (a.vin !== null && a.vin === b.vin) return true;
  if (a.stockNumber !== null && b.stockNumber !== null) return a.stockNumber === b.stockNumber;
  if (a.mileageKm === null || b.mileageKm === null) return a.priceAsked != null && a.priceAsked === b.priceAsked && decideMatch(a, b).score >= 0.97;
  if (Math.min(a.mileageKm, b.mileageKm) < tellingKm) return false;
  // Whoever posts a car again rounds it, or rounds it otherwise.
  const step = Math.min(mostRoundedKm, Math.max(sameReadingKm, a.mileageStepKm ?? 1, b.mileageStepKm ?? 1));
  return Math.abs(a.mileageKm - b.mileageKm) <= step && decideMatch(a, b).score >= 0.99;
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

/** Whether a source offers both at once as two cars: both were seen lately, and they are not one car posted twice. */
function overlaps(seeker: Seeker, other: Known): boolean {
  if (isPostedTwice(seeker.match, other.match)) return false;
  if (stoodTogether({ ...seeker, lastSeenAt: seeker.seenAt }, other)) return true;
  if (!isLive(seeker.status) || !isLive(other.status)) return false;
  return Math.abs(seeker.seenAt.getTime() - other.lastSeenAt.getTime()) < silentMs;
}
