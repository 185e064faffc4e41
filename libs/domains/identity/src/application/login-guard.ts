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

  /** Writes the outcome of an attempt; the wait that is in force by now, which refuses even a right password. */
  async settle(tx: Tx, subjects: GuardedSubjects, passed: boolean): Promise<number> {
    const now = this.time.now();
    const known = await this.waits.find(tx, [subjects.account, subjects.network]);
    const waiting = Math.max(0, ...known.map((wait) => remainingWait(wait, now)));
    if (passed) {
      if (waiting === 0 && known.some((wait) => wait.subject === subjects.account)) await this.waits.clear(tx, subjects.account);
      return waiting;
    }
    // Always in the same order, so that two failures can't wait for each other.
    await this.count(tx, subjects.account, accountLockout, now);
    await this.count(tx, subjects.network, networkLockout, now);
    return waiting;
  }

  private async count(tx: Tx, subject: string, policy: LockoutPolicy, now: Date): Promise<void> {
    const state = await this.waits.lock(tx, subject, now);
    if (remainingWait(state, now) > 0) return;
    const { failures, lockedUntil } = afterFailure(state, now, policy);
    await this.waits.save(tx, { subject, failures, lastFailedAt: now, lockedUntil });
  }
}

export const locked = (waitMs: number): Err<Refusal<'account_locked'>> => {
  const seconds = Math.ceil(waitMs / 1_000);
  return err(refusal('account_locked', `Too many attempts. Try again in ${seconds} s.`, { extra: { retry_after: seconds } }));
};
