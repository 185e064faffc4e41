import { failures, type ErrorClass, type RunCounts, type RunKind, type RunState } from './run';

export type DegradationReason = 'stale' | 'low_yield' | 'blocked' | 'selectors_rotten' | 'errors' | 'rate_limited' | 'unreachable';

/** What a finished run tells of its source. */
export interface RunFacts {
  readonly kind: RunKind;
  readonly state: RunState;
  readonly counts: RunCounts;
  /** How many listings had each field; `read` are those whose own page, or complete record, was read: lists say less. */
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
  /** Listings seen in the last 24 hours; null when the source has not been read for a day yet. */
  readonly seenLastDay: number | null;
  readonly lastSuccessAt: Date | null;
  readonly firstRunAt: Date | null;
}

/** Fields without which a listing is worth little, and the share of listings that must have them. */
export const vitalFields: Readonly<Record<string, number>> = { title_or_make: 0.8, price: 0.5, year: 0.4 };

const comparable = 10;
const yieldFloor = 0.5;
const enoughToJudge = 10;

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

const readOf = (run: RunFacts): number => run.fields['read'] ?? 0;
const shareOf = (run: RunFacts, field: string): number => (readOf(run) === 0 ? 1 : (run.fields[field] ?? 0) / readOf(run));

/** What the runs before usually had; absent history is the fixed expectation alone. */
function rotten(latest: RunFacts, before: readonly RunFacts[]): boolean {
  const unreadable = latest.counts.failed.unreadable ?? 0;
  if (unreadable >= 3 && unreadable >= readOf(latest)) return true;
  if (readOf(latest) < enoughToJudge) return false;
  return Object.entries(vitalFields).some(([field, expected]) => {
    const usual = before.filter((run) => readOf(run) >= enoughToJudge).slice(0, comparable).map((run) => shareOf(run, field));
    const floor = usual.length === 0 ? expected : Math.min(expected, median(usual) * 0.6);
    return shareOf(latest, field) < floor;
  });
}

function lowYield(latest: RunFacts, before: readonly RunFacts[]): boolean {
  if (latest.kind !== 'full') return false;
  const usual = before.filter((run) => run.kind === 'full' && run.state === 'completed').slice(0, comparable).map((run) => run.counts.found);
  // Of a handful of listings half may be sold any day.
  if (usual.length === 0 || median(usual) < enoughToJudge) return false;
  return latest.counts.found < median(usual) * yieldFloor;
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
    if (rotten(latest, before) || (latest.state === 'failed' && (latest.counts.failed.unreadable ?? 0) * 2 >= failed && failed > 0)) found.push('selectors_rotten');
    if (lowYield(latest, before)) found.push('low_yield');
  }
  if (facts.seenLastDay !== null && limits.minPerDay > 0 && facts.seenLastDay < limits.minPerDay && !found.includes('low_yield')) found.push('low_yield');
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
