import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { checkPassword } from '../domain/password-policy';
import { AccountWriter } from './account-writer';
import { auditedBy, type Caller } from './caller';
import { ConfirmPerson } from './confirm-person';
import { inTransaction, type Answer } from './in-transaction';
import { MailedTokens } from './mailed-tokens';
import { NewPassword } from './new-password';
import { SessionEnder } from './session-ender';

/** A new password ends every other sign-in: whoever knew the old one is out. */
@Injectable()
export class ChangePassword {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly confirm: ConfirmPerson,
    private readonly passwords: NewPassword,
    private readonly accounts: AccountWriter,
    private readonly ender: SessionEnder,
    private readonly mails: MailedTokens,
  ) {}

  async execute(caller: Caller, input: { current: string; next: string }): Promise<Answer<void>> {
    const confirmed = await this.confirm.execute(caller, input.current);
    if (!confirmed.ok) return confirmed;
    const user = confirmed.value;
    const password = checkPassword(input.next, await this.passwords.about(user));
    if (!password.ok) {
      return refuse('password_unacceptable', password.error.detail, {
        errors: (password.error.errors ?? []).map((one) => ({ ...one, pointer: '/new_password' })),
      });
    }
    const passwordHash = await this.passwords.hash(password.value);
    return inTransaction(this.db, async (tx) => {
      const by = auditedBy(caller);
      const about = { action: 'user.password_changed', changed: ['password'] };
      await this.accounts.change(tx, user, { passwordHash, passwordChangedAt: this.db.clock.now() }, about, by);
      const { sessionId } = caller.principal;
      await this.ender.end(tx, user, 'password_changed', by, sessionId === null ? {} : { except: sessionId });
      await this.mails.tell(tx, user, 'password_changed');
      return ok(undefined);
    });
  }
}
