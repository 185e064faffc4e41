import { accountLockout, afterFailure, networkLockout, noFailures, remainingWait, waitAfter, type LockoutState } from './lockout';

const start = new Date('2026-11-20T12:00:00Z');
const plus = (ms: number): Date => new Date(start.getTime() + ms);

function fail(times: number, from: LockoutState = noFailures, at: Date = start): LockoutState {
  let state = from;
  for (let i = 0; i < times; i += 1) state = afterFailure(state, at, accountLockout);
  return state;
}

describe('wrong passwords make the next attempt wait', () => {
  it.each([
    [0, 0], [1, 0], [4, 0], [5, 5_000], [6, 10_000], [7, 20_000], [8, 40_000], [12, 640_000], [13, 900_000], [500, 900_000],
  ])('after %i failures in a row: %i ms', (failures, wait) => {
    expect(waitAfter(failures, accountLockout)).toBe(wait);
  });

  it('mistyping four times costs nothing', () => {
    expect(remainingWait(fail(4), start)).toBe(0);
  });

  it('the fifth failure locks, and the lock runs out by itself', () => {
    const locked = fail(5);
    expect(remainingWait(locked, start)).toBe(5_000);
    expect(remainingWait(locked, plus(4_999))).toBe(1);
    expect(remainingWait(locked, plus(5_000))).toBe(0);
  });

  it('failures are forgotten after an hour of silence, not a moment sooner', () => {
    const locked = fail(8);
    expect(afterFailure(locked, plus(accountLockout.forgetAfterMs - 1), accountLockout).failures).toBe(9);
    expect(afterFailure(locked, plus(accountLockout.forgetAfterMs), accountLockout)).toMatchObject({ failures: 1, lockedUntil: null });
  });

  it('a shared network address has room for an office', () => {
    expect(waitAfter(199, networkLockout)).toBe(0);
    expect(waitAfter(200, networkLockout)).toBe(5_000);
  });
});
