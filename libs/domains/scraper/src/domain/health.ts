import { failures, type ErrorClass, type RunCounts, type RunKind, type RunState } from './run';

export type DegradationReason = 'stale' | 'low_yield' | 'blocked' | 'selectors_rotten' | 'errors' | 'rate_limited' | 'unreachable';

/** What a finished run tells of its source. */
export interface RunFacts {
  readonly kind: RunKind;
  readonly state: RunState;
  readonly counts: RunCounts;
  /** How many listings had each field, on lists and on their own pages: `summary.read`, `detail.price` and so on. */
  readonly fields: Readonly<Record<string, number>>;
  readonly finishedAt: Date;
}

export interface HealthLimits {
  /** The least a source should give in a day; 0 asks for nothing. */
  readonly minPerDay: number;
  readonly apiFailuresPerHour: number;
  readonly searchFailuresPerHour: number;
  /** Nothing read for so long is stale. */
  readonly staleAfterMs: number;
}

export interface SourceFacts {
  /** Newest first. */
  readonly runs: readonly RunFacts[];
  readonly errorsLastHour: Readonly<Partial<Record<ErrorClass, number>>>;
  /** Listings seen in the last 24 hours; null when no list was read in them, or the source is not a day old. */
  readonly seenLastDay: number | null;
  readonly carries: Carries;
  readonly lastSuccessAt: Date | null;
  readonly firstRunAt: Date | null;
}

/** Where a listing is read: on its list, among others, or on a page of its own. They say different things. */
export const readings = ['summary', 'detail'] as const;
export type Reading = (typeof readings)[number];

/** Fields without which a listing is worth little, and the share of listings that must have them. */
export const vitalFields = { title_or_make: 0.8, price: 0.5, year: 0.4 } as const;
export type VitalField = keyof typeof vitalFields;
const vitalNames: readonly VitalField[] = ['title_or_make', 'price', 'year'];

/** Which of them a source's lists and pages are known to have. */
export type Carries = Readonly<Record<Reading, readonly VitalField[]>>;

const comparable = 10;
const yieldFloor = 0.5;
const enoughToJudge = 10;
/** A probe reads a handful, and must tell from it. */
const enoughOfProbe = 3;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

const readOf = (run: RunFacts, reading: Reading): number => run.fields[`${reading}.read`] ?? 0;
const shareOf = (run: RunFacts, reading: Reading, field: string): number => (run.fields[`${reading}.${field}`] ?? 0) / Math.max(1, readOf(run, reading));

/** Like with like: lists with lists, pages with pages, each with what it usually had. */
function rotten(latest: RunFacts, before: readonly RunFacts[], carries: Carries): boolean {
  const unreadable = latest.counts.failed.unreadable ?? 0;
  if (unreadable >= 3 && unreadable >= readOf(latest, 'detail')) return true;
  return readings.some((reading) => {
    if (readOf(latest, reading) < (latest.kind === 'check' ? enoughOfProbe : enoughToJudge)) return false;
    const usual = before.filter((run) => readOf(run, reading) >= enoughToJudge).slice(0, comparable);
    return vitalNames.some((field) => shareOf(latest, reading, field) < floorOf(reading, field, usual, carries));
  });
}

/** Without a history only what the source is known to have can be asked for. */
function floorOf(reading: Reading, field: VitalField, usual: readonly RunFacts[], carries: Carries): number {
  if (usual.length > 0) return Math.min(vitalFields[field], median(usual.map((run) => shareOf(run, reading, field))) * 0.6);
  return carries[reading].includes(field) ? vitalFields[field] : 0;
}

/** How many listings whole lists usually had; null without a history. */
function usualYield(before: readonly RunFacts[]): number | null {
  const usual = before.filter((run) => run.kind === 'full' && run.state === 'completed').slice(0, comparable).map((run) => run.counts.found);
  return usual.length === 0 ? null : median(usual);
}

function lowYield(latest: RunFacts, before: readonly RunFacts[]): boolean {
  const usual = usualYield(before);
  // Of a handful of listings half may be sold any day.
  return latest.kind === 'full' && usual !== null && usual >= enoughToJudge && latest.counts.found < usual * yieldFloor;
}

/** A probe reads a handful by design, and a source that never had as many as is asked for is only compared with itself. */
function tooFew({ runs, seenLastDay }: SourceFacts, minimum: number): boolean {
  const [latest, ...before] = runs;
  if (seenLastDay === null || latest?.kind === 'check') return false;
  return seenLastDay < minimum && (usualYield(before) ?? minimum) >= minimum;
}

const sum = (counts: Readonly<Partial<Record<ErrorClass, number>>>, classes: readonly ErrorClass[]): number =>
  classes.reduce((total, name) => total + (counts[name] ?? 0), 0);

const reachability: readonly ErrorClass[] = ['timeout', 'network', 'server_error', 'circuit_open'];
const walls: readonly ErrorClass[] = ['blocked', 'consent', 'robots', 'unauthorized'];

/** Why a source is not well; nothing when it is. */
export function ailments(facts: SourceFacts, limits: HealthLimits, now: Date): DegradationReason[] {
  const [latest, ...before] = facts.runs;
  const found: DegradationReason[] = [];
  const since = facts.lastSuccessAt ?? facts.firstRunAt;
  if (since !== null && now.getTime() - since.getTime() >= limits.staleAfterMs) found.push('stale');
  if (latest !== undefined) {
    const failed = failures(latest.counts);
    const hurt = latest.state === 'failed' || failed > latest.counts.found;
    if (hurt && sum(latest.counts.failed, walls) * 2 >= failed && failed > 0) found.push('blocked');
    if (hurt && sum(latest.counts.failed, ['rate_limited']) * 2 >= failed && failed > 0) found.push('rate_limited');
    if (hurt && sum(latest.counts.failed, reachability) * 2 >= failed && failed > 0) found.push('unreachable');
    if (rotten(latest, before, facts.carries) || (latest.state === 'failed' && (latest.counts.failed.unreadable ?? 0) * 2 >= failed && failed > 0)) found.push('selectors_rotten');
    if (lowYield(latest, before)) found.push('low_yield');
  }
  if (!found.includes('low_yield') && tooFew(facts, limits.minPerDay)) found.push('low_yield');
  const searches = facts.runs.filter((run) => run.state === 'failed' && now.getTime() - run.finishedAt.getTime() < 3_600_000).length;
  const requests = sum(facts.errorsLastHour, [...reachability, 'client_error', 'unreadable', 'internal', 'too_large', 'redirect_loop', 'too_many_redirects', 'content_type', 'off_origin', 'address_refused']);
  if (requests >= limits.apiFailuresPerHour || searches >= limits.searchFailuresPerHour) found.push('errors');
  return found;
}

/** Reasons that it does no good to go on with: whoever keeps knocking at a closed door is shut out for longer. */
const stopping: ReadonlySet<DegradationReason> = new Set<DegradationReason>(['blocked', 'rate_limited', 'unreachable', 'selectors_rotten']);
export const callsForPause = (reasons: readonly DegradationReason[]): boolean => reasons.some((reason) => stopping.has(reason));

const firstPauseMs = 15 * 60_000;
const longestPauseMs = 24 * 3_600_000;

/** The n-th pause in a row, from 1: it doubles up to a day. */
export const pauseMs = (pausesInARow: number): number => Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, pausesInARow - 1));
