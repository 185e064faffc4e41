import { err, ok, refusal } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { canonicalPassword } from '../domain/password-policy';
import type { Caller } from './caller';
import type { Answer } from './in-transaction';
import { locked, LoginGuard } from './login-guard';
import { PasswordHasher, Users, type UserRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

/** For somebody without a password (external login, Telegram): how old their sign-in may be. */
const recentMs = 10 * 60_000;

/**
 * Before a step that a stolen access token must not be able to take: the password once more, or, for accounts without
 * one, a sign-in of the last minutes. API keys and clients never pass.
 */
@Injectable()
export class ConfirmPerson {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly guard: LoginGuard,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(caller: Caller, password: string | undefined): Promise<Answer<UserRecord>> {
    const { principal } = caller;
    if (principal.kind !== 'user' || principal.id === null) {
      return err(refusal('permission_denied', 'Only a signed-in person can do this.'));
    }
    const user = await this.users.byId(this.db, principal.id);
    if (user === null || user.status !== 'active') return err(refusal('not_found', 'There is no such account.'));
    if (user.passwordHash === null) return this.recentlySignedIn(caller, user);

    const subjects = this.guard.subjectsOf(caller, user.id);
    const wait = await this.guard.wait(subjects);
    if (wait > 0) return locked(wait);
    const { matches } = await this.hasher.check(user.passwordHash, canonicalPassword(password ?? ''));
    const waiting = await this.db.transaction((tx) => this.guard.settle(tx, subjects, matches));
    if (waiting > 0) return locked(waiting);
    return matches ? ok(user) : err(refusal('invalid_credentials', 'The password is wrong.'));
  }

  private recentlySignedIn(caller: Caller, user: UserRecord): Answer<UserRecord> {
    const { authTime } = caller.principal;
    const age = authTime === null ? Number.POSITIVE_INFINITY : this.time.now().getTime() - authTime * 1_000;
    return age <= recentMs ? ok(user) : err(refusal('recent_login_required', 'Sign in again before this step.'));
  }
}
