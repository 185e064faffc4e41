/**
 * How long somebody must wait after wrong passwords. The same schedule runs for an e-mail address (whether or not an
 * account has it: the wait tells nothing) and for a client's network address.
 */
export interface LockoutPolicy {
  /** Wrong attempts that cost nothing: people do mistype. */
  readonly freeAttempts: number;
  readonly baseMs: number;
  readonly maxMs: number;
  /** Silence after which earlier failures no longer count. */
  readonly forgetAfterMs: number;
}

export interface LockoutState {
  readonly failures: number;
  readonly lastFailedAt: Date | null;
  readonly lockedUntil: Date | null;
}

export const accountLockout: LockoutPolicy = {
  freeAttempts: 5,
  baseMs: 5_000,
  maxMs: 15 * 60_000,
  forgetAfterMs: 60 * 60_000,
};

/** An office shares one address, so an address gets many more attempts than an account. */
export const networkLockout: LockoutPolicy = {
  freeAttempts: 200,
  baseMs: 5_000,
  maxMs: 15 * 60_000,
  forgetAfterMs: 15 * 60_000,
};

export const noFailures: LockoutState = { failures: 0, lastFailedAt: null, lockedUntil: null };

/** The wait that follows the n-th failure in a row: nothing, then doubling up to the cap. */
export function waitAfter(failures: number, policy: LockoutPolicy): number {
  const beyond = failures - policy.freeAttempts;
  if (beyond < 0 || failures <= 0) return 0;
  return Math.min(policy.maxMs, policy.baseMs * 2 ** Math.min(beyond, 40));
}

export function afterFailure(state: LockoutState, now: Date, policy: LockoutPolicy): LockoutState {
  const forgotten =
    state.lastFailedAt !== null && now.getTime() - state.lastFailedAt.getTime() >= policy.forgetAfterMs;
  const failures = (forgotten ? 0 : state.failures) + 1;
  const wait = waitAfter(failures, policy);
  return { failures, lastFailedAt: now, lockedUntil: wait === 0 ? null : new Date(now.getTime() + wait) };
}

/** Milliseconds still to wait; 0 when an attempt may be made. */
export function remainingWait(state: LockoutState, now: Date): number {
  return state.lockedUntil === null ? 0 : Math.max(0, state.lockedUntil.getTime() - now.getTime());
}
