import { err, ok, refusal } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { redeemable } from '../domain/one-time-token';
import { AccountWriter } from './account-writer';
import { auditedAs, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { OneTimeTokens, Users, type UserPatch } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { RecordConsent } from './record-consent';
import { hashSecret } from './secret';

export const tokenInvalid = err(refusal('token_invalid', 'The link is not valid, was used before, or has expired.'));

/** The mailed token proves the mailbox, and the registration that it belongs to becomes the account's. */
@Injectable()
export class VerifyEmail {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly tokens: OneTimeTokens,
    private readonly users: Users,
    private readonly accounts: AccountWriter,
    private readonly consent: RecordConsent,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(caller: Caller, token: string): Promise<Answer<void>> {
    return inTransaction(this.db, async (tx) => {
      const now = this.time.now();
      const found = await this.tokens.lock(tx, 'verify_email', hashSecret(token));
      if (found === null || !redeemable(found, now)) return tokenInvalid;
      const user = await this.users.lock(tx, found.userId);
      if (user === null || user.status !== 'active') return tokenInvalid;
      await this.tokens.spendAll(tx, user.id, 'verify_email', now);
      if (user.emailVerifiedAt !== null) return ok(undefined);

      const { password_hash, name_encrypted, consents = [] } = found.payload;
      const patch: UserPatch = {
        emailVerifiedAt: now,
        ...(password_hash === undefined ? {} : { passwordHash: password_hash, passwordChangedAt: now }),
        ...(name_encrypted === undefined ? {} : { nameEncrypted: name_encrypted }),
      };
      const by = auditedAs(user.id, caller);
      await this.accounts.change(tx, user, patch, { action: 'user.email_verified', changed: ['email_verified'] }, by);
      for (const choice of consents) await this.consent.append(tx, user, choice, by);
      return ok(undefined);
    });
  }
}
