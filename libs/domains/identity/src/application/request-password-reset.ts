import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { MailedTokens } from './mailed-tokens';
import { UserFinder } from './user-finder';

/** Says nothing about whether there is an account: whoever has the mailbox finds out there. */
@Injectable()
export class RequestPasswordReset {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly finder: UserFinder,
    private readonly mails: MailedTokens,
  ) {}

  async execute(tenantId: string, email: string): Promise<void> {
    const user = await this.finder.forSignIn(tenantId, email);
    if (user === null || user.status !== 'active') return;
    await this.db.transaction(async (tx) => {
      if (!(await this.mails.send(tx, user, 'reset_password'))) return;
      await tx.audit({
        actor: { kind: 'anonymous', id: null },
        action: 'user.password_reset_requested',
        object: { type: 'user', id: user.id },
        tenantId: user.tenantId,
      });
    });
  }
}
