import { err, ok } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { redeemable } from '../domain/one-time-token';
import { checkPassword } from '../domain/password-policy';
import { AccountWriter } from './account-writer';
import { auditedAs, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { NewPassword } from './new-password';
import { OneTimeTokens } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret } from './secret';
import { SessionEnder } from './session-ender';
import { tokenInvalid } from './verify-email';

/** The mailed token proves the mailbox: it sets the password, verifies the address and ends every sign-in. */
@Injectable()
export class ResetPassword {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly tokens: OneTimeTokens,
    private readonly accounts: AccountWriter,
    private readonly passwords: NewPassword,
    private readonly ender: SessionEnder,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(caller: Caller, input: { token: string; password: string }): Promise<Answer<void>> {
    const policy = checkPassword(input.password);
    if (!policy.ok) return policy;
    const passwordHash = await this.passwords.hash(policy.value);
    return inTransaction(this.db, async (tx) => {
      const now = this.time.now();
      const token = await this.tokens.lock(tx, 'reset_password', hashSecret(input.token));
      if (token === null || !redeemable(token, now)) return tokenInvalid;
      const user = await this.accounts.lock(tx, token.userId);
      if (user === null || user.status !== 'active') return tokenInvalid;
      // Only now is it known whose password this is. Refused, it leaves the token good for another try.
      const fits = checkPassword(input.password, await this.passwords.about(user, tx));
      if (!fits.ok) return err(fits.error);

      await this.tokens.spendAll(tx, user.id, 'reset_password', now);
      await this.tokens.spendAll(tx, user.id, 'verify_email', now);
      const by = auditedAs(user.id, caller);
      const patch = { passwordHash, passwordChangedAt: now, emailVerifiedAt: user.emailVerifiedAt ?? now };
      await this.accounts.change(tx, user, patch, { action: 'user.password_reset', changed: ['password'] }, by);
      await this.ender.end(tx, user, 'password_changed', by);
      return ok(undefined);
    });
  }
}
