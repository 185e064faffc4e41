import { err, refusal, type Err, type Refusal } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { normaliseEmail } from '../domain/email';
import { accountLockout, afterFailure, networkLockout, remainingWait, type LockoutPolicy } from '../domain/lockout';
import type { Caller } from './caller';
import { PersonalData } from './personal-data';
import { LoginWaits } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

export interface GuardedSubjects {
  readonly account: string;
  readonly network: string;
}

/**
 * Slows guessing down. The wait hangs on the address that was typed, known or not, so being told to wait says nothing
 * about accounts. The lock is looked at twice: before the costly password check, and again when its outcome is written.
 * Guesses that were checked side by side therefore don't get past the lock that the first of them caused, not even the
 * right one, while any number of correct sign-ins at once go through.
 */
@Injectable()
export class LoginGuard {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly waits: LoginWaits,
    private readonly personal: PersonalData,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  subjects(caller: Caller, email: string): GuardedSubjects {
    return {
      account: `account:${this.personal.index('login-wait', `${caller.tenantId}|${normaliseEmail(email)}`)}`,
      network: `network:${this.personal.index('login-wait', caller.ip)}`,
    };
  }

  /** For something other than signing in that can be guessed at: a password or code asked of somebody signed in. */
  subjectsOf(caller: Caller, userId: string): GuardedSubjects {
    return { ...this.subjects(caller, ''), account: `person:${userId}` };
  }

  /** Milliseconds to wait; 0 when an attempt may be made. */
  async wait(subjects: GuardedSubjects): Promise<number> {
    const now = this.time.now();
    const known = await this.waits.find(this.db, [subjects.account, subjects.network]);
    return Math.max(0, ...known.map((wait) => remainingWait(wait, now)));
  }

  /**
   * Writes the outcome of an attempt; gives the wait that is in force by now, which refuses even a right password. The
   * rows are locked before they are looked at, always in the same order, so that attempts side by side see each other.
   */
  async settle(tx: Tx, subjects: GuardedSubjects, passed: boolean): Promise<number> {
    const now = this.time.now();
    if (!passed) {
      const waiting = await this.count(tx, subjects.account, accountLockout, now);
      return Math.max(waiting, await this.count(tx, subjects.network, networkLockout, now));
    }
    // Most who sign in have not failed before: they touch no row and wait for nobody.
    const known = await this.waits.find(tx, [subjects.account, subjects.network]);
    if (known.length === 0) return 0;
    const account = known.some((wait) => wait.subject === subjects.account) ? await this.waits.lock(tx, subjects.account, now) : null;
    const waiting = Math.max(0, ...[...known, ...(account === null ? [] : [account])].map((wait) => remainingWait(wait, now)));
    if (waiting === 0 && account !== null) await this.waits.clear(tx, subjects.account);
    return waiting;
  }

  /** The wait that was in force already; only an attempt that was allowed counts as a failure. */
  private async count(tx: Tx, subject: string, policy: LockoutPolicy, now: Date): Promise<number> {
    const state = await this.waits.lock(tx, subject, now);
    const waiting = remainingWait(state, now);
    if (waiting > 0) return waiting;
    const { failures, lockedUntil } = afterFailure(state, now, policy);
    await this.waits.save(tx, { subject, failures, lastFailedAt: now, lockedUntil });
    return 0;
  }
}

export const locked = (waitMs: number): Err<Refusal<'account_locked'>> => {
  const seconds = Math.ceil(waitMs / 1_000);
  return err(refusal('account_locked', `Too many attempts. Try again in ${seconds} s.`, { extra: { retry_after: seconds } }));
};
