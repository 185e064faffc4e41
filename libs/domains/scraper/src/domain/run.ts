/**
 * What a run is for. `full` reads the whole list and finds out what is gone, `incremental` stops where everything is known,
 * `query` and `search` look for something, `check` is a small probe of a paused source, `verify` looks at single offers, `replay` reads old captures anew.
 */
export const runKinds = ['full', 'incremental', 'query', 'search', 'check', 'verify', 'replay'] as const;
export type RunKind = (typeof runKinds)[number];

export const runStates = ['queued', 'running', 'completed', 'partial', 'failed', 'cancelled', 'skipped'] as const;
export type RunState = (typeof runStates)[number];

export const isFinished = (state: RunState): boolean => state !== 'queued' && state !== 'running';

/** Everything that can go wrong with one page. */
export const errorClasses = [
  'timeout',
  'network',
  'address_refused',
  'off_origin',
  'redirect_loop',
  'too_many_redirects',
  'too_large',
  'content_type',
  'robots',
  'budget',
  'rate_limited',
  'server_error',
  'client_error',
  'unauthorized',
  'blocked',
  'consent',
  'unreadable',
  'circuit_open',
  'own_limit',
  'not_captured',
  'gone',
  'internal',
] as const;
export type ErrorClass = (typeof errorClasses)[number];

export interface RunCounts {
  readonly found: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly gone: number;
  readonly captured: number;
  readonly failed: Readonly<Partial<Record<ErrorClass, number>>>;
}

export const noCounts: RunCounts = { found: 0, new: 0, changed: 0, unchanged: 0, gone: 0, captured: 0, failed: {} };

type Added = Partial<Omit<RunCounts, 'failed'>> & { readonly failed?: ErrorClass };

export function add(counts: RunCounts, more: Added): RunCounts {
  const { failed } = more;
  return {
    found: counts.found + (more.found ?? 0),
    new: counts.new + (more.new ?? 0),
    changed: counts.changed + (more.changed ?? 0),
    unchanged: counts.unchanged + (more.unchanged ?? 0),
    gone: counts.gone + (more.gone ?? 0),
    captured: counts.captured + (more.captured ?? 0),
    failed: failed === undefined ? counts.failed : { ...counts.failed, [failed]: (counts.failed[failed] ?? 0) + 1 },
  };
}

export const failures = (counts: RunCounts): number => Object.values(counts.failed).reduce((sum, count) => sum + count, 0);

/** What a finished run is called: one that read nothing because everything failed has failed. */
export function outcomeOf(run: { readonly counts: RunCounts; readonly pagesRead: number; readonly cancelled: boolean; readonly dropped: boolean }): RunState {
  if (run.cancelled) return 'cancelled';
  const failed = failures(run.counts);
  if (run.pagesRead === 0 && failed > 0) return 'failed';
  return failed > 0 || run.dropped ? 'partial' : 'completed';
}

/** Why a scrape came to nothing, by what failed most often. */
export type ScrapeFailure = 'no_source' | 'blocked' | 'unreachable' | 'budget_exhausted' | 'timed_out' | 'invalid_request' | 'internal';

const meaning: Readonly<Partial<Record<ErrorClass, ScrapeFailure>>> = {
  timeout: 'timed_out',
  network: 'unreachable',
  server_error: 'unreachable',
  circuit_open: 'unreachable',
  address_refused: 'unreachable',
  rate_limited: 'blocked',
  blocked: 'blocked',
  consent: 'blocked',
  robots: 'blocked',
  unauthorized: 'blocked',
  budget: 'budget_exhausted',
  own_limit: 'budget_exhausted',
};

export function failureReason(all: readonly RunCounts[]): ScrapeFailure {
  const totals = new Map<ScrapeFailure, number>();
  for (const { failed } of all) {
    for (const name of errorClasses) {
      const count = failed[name] ?? 0;
      const reason = meaning[name] ?? 'internal';
      if (count > 0) totals.set(reason, (totals.get(reason) ?? 0) + count);
    }
  }
  const [most] = [...totals].sort((a, b) => b[1] - a[1]);
  return most === undefined ? 'no_source' : most[0];
}
