import { err, refusal } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { tokenLifeMs } from '../domain/one-time-token';
import { canonicalPassword } from '../domain/password-policy';
import type { Caller } from './caller';
import type { Answer } from './in-transaction';
import { IssueOneTimeToken } from './issue-one-time-token';
import { locked, LoginGuard } from './login-guard';
import type { UserRecord } from './ports';
import { RefusedLogins } from './refused-logins';
import { SessionStarter, type SignedIn, type StartedSession } from './session-starter';
import { UserFinder, type PasswordProof } from './user-finder';

const wrong = err(refusal('invalid_credentials', 'The e-mail address or the password is wrong.'));

/**
 * Password sign-in. Everything that would tell a stranger whether an address has an account (disabled, unverified, second
 * factor) is said only to somebody who has just proved the password.
 */
@Injectable()
export class Login {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly finder: UserFinder,
    private readonly guard: LoginGuard,
    private readonly starter: SessionStarter,
    private readonly secondFactor: IssueOneTimeToken,
    private readonly refused: RefusedLogins,
  ) {}

  async execute(caller: Caller, credentials: { email: string; password: string }): Promise<Answer<SignedIn>> {
    const subjects = this.guard.subjects(caller, credentials.email);
    const wait = await this.guard.wait(subjects);
    if (wait > 0) return locked(wait);

    const password = canonicalPassword(credentials.password);
    const user = await this.finder.forSignIn(caller.tenantId, credentials.email);
    const proof = await this.finder.check(user, password);

    const outcome = await this.db.transaction(async (tx): Promise<Answer<StartedSession>> => {
      const waiting = await this.guard.settle(tx, subjects, proof.matches);
      if (waiting > 0) return locked(waiting);
      if (user === null || !proof.matches) {
        await this.refused.record(tx, caller, user, 'invalid_credentials');
        return wrong;
      }
      return this.admit(tx, caller, user.id, proof);
    });
    return outcome.ok ? { ok: true, value: await this.starter.grant(outcome.value) } : outcome;
  }

  private async admit(tx: Tx, caller: Caller, userId: string, proof: PasswordProof): Promise<Answer<StartedSession>> {
    // Locked and read again: between the check and now the account may have been disabled, or got another password.
    const user = await this.finder.lock(tx, userId);
    if (user === null || (user.emailVerifiedAt !== null && user.passwordHash !== proof.hash)) return wrong;
    const barred = barredFrom(user);
    if (barred !== null) {
      await this.refused.record(tx, caller, user, barred.error.code);
      return barred;
    }
    if (proof.rehashed !== null) await this.finder.storeHash(tx, user, proof.rehashed);
    if (user.totpConfirmedAt === null) return { ok: true, value: await this.starter.start(tx, user, caller, ['pwd']) };

    const token = await this.secondFactor.execute(tx, user.id, 'mfa_login', { auth_methods: ['pwd'] });
    return err(
      refusal('mfa_required', 'Send the code of your authenticator app, or a recovery code.', {
        extra: { mfa_token: token, expires_in: tokenLifeMs.mfa_login / 1_000, methods: ['totp', 'recovery_code'] },
      }),
    );
  }
}

export function barredFrom(user: UserRecord) {
  if (user.status !== 'active') return err(refusal('account_disabled', 'This account is disabled. Ask the broker.'));
  if (user.emailEncrypted !== null && user.emailVerifiedAt === null) {
    return err(refusal('email_unverified', 'Use the link that was mailed to you, or ask for another.'));
  }
  return null;
}
