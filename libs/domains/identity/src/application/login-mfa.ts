import { err, refusal } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { redeemable } from '../domain/one-time-token';
import type { Caller } from './caller';
import type { Answer } from './in-transaction';
import { barredFrom } from './login';
import { locked, LoginGuard } from './login-guard';
import { OneTimeTokens } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret } from './secret';
import { SecondFactor } from './second-factor';
import { SessionStarter, type SignedIn, type StartedSession } from './session-starter';

const expired = err(refusal('token_invalid', 'This sign-in is not open any more. Begin again with the password.'));
const wrong = err(refusal('mfa_invalid', 'The code is wrong or has been used.'));

/** The second step. Five wrong codes end it, and wrong codes also make the account wait, or the password would buy more. */
@Injectable()
export class LoginMfa {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly tokens: OneTimeTokens,
    private readonly factor: SecondFactor,
    private readonly guard: LoginGuard,
    private readonly starter: SessionStarter,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(
    caller: Caller,
    given: { mfaToken: string; code?: string | undefined; recoveryCode?: string | undefined },
  ): Promise<Answer<SignedIn>> {
    // A wrong code must be remembered, so refusals commit here.
    const outcome = await this.db.transaction(async (tx): Promise<Answer<StartedSession>> => {
      const now = this.time.now();
      const token = await this.tokens.lock(tx, 'mfa_login', hashSecret(given.mfaToken));
      if (token === null || !redeemable(token, now)) return expired;
      const user = await this.factor.lock(tx, token.userId);
      if (user === null || user.totpConfirmedAt === null) return expired;
      const barred = barredFrom(user);
      if (barred !== null) return barred;

      const subjects = this.guard.subjectsOf(caller, user.id);
      const method = await this.factor.spend(tx, user, given);
      const waiting = await this.guard.settle(tx, subjects, method !== null);
      if (waiting > 0) return locked(waiting);
      if (method === null) {
        await this.tokens.countAttempt(tx, token.id);
        return wrong;
      }
      await this.tokens.markUsed(tx, token.id, now);
      const started = await this.starter.start(tx, user, caller, [...(token.payload.auth_methods ?? []), method]);
      return { ok: true, value: started };
    });
    return outcome.ok ? { ok: true, value: await this.starter.grant(outcome.value) } : outcome;
  }
}
