import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, isUniqueViolation, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { normaliseEmail } from '../domain/email';
import { ConfirmPerson } from './confirm-person';
import { EmailChanges } from './email-changes';
import { auditedAs, auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { tokenInvalid } from './verify-email';

/**
 * A new address counts when its mailbox was proved; until then the old one stays. Whether another account has the new
 * address is not said: its owner would get the mail and see.
 */
@Injectable()
export class ChangeEmail {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly confirm: ConfirmPerson,
    private readonly changes: EmailChanges,
  ) {}

  async request(caller: Caller, input: { email: string; password?: string | undefined }): Promise<Answer<void>> {
    const confirmed = await this.confirm.execute(caller, input.password);
    if (!confirmed.ok) return confirmed;
    return inTransaction(this.db, async (tx) => {
      await this.changes.begin(tx, confirmed.value, normaliseEmail(input.email), auditedBy(caller));
      return ok(undefined);
    });
  }

  async complete(caller: Caller, token: string): Promise<Answer<void>> {
    try {
      return await inTransaction(this.db, async (tx) => {
        const change = await this.changes.redeem(tx, token);
        if (change === null) return tokenInvalid;
        await this.changes.apply(tx, change, auditedAs(change.user.id, caller));
        return ok(undefined);
      });
    } catch (error) {
      // Somebody else proved the same address in between.
      if (isUniqueViolation(error, 'users_email_key')) return refuse('token_invalid', 'This address can’t be used.');
      throw error;
    }
  }
}
