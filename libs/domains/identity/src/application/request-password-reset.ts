import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { IdentityMail } from './identity-mail';
import { IssueOneTimeToken } from './issue-one-time-token';
import { UserFinder } from './user-finder';

/** Says nothing about whether there is an account: whoever has the mailbox finds out there. */
@Injectable()
export class RequestPasswordReset {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly finder: UserFinder,
    private readonly issue: IssueOneTimeToken,
    private readonly mail: IdentityMail,
  ) {}

  async execute(tenantId: string, email: string): Promise<void> {
    const user = await this.finder.forSignIn(tenantId, email);
    if (user === null || user.status !== 'active' || user.emailEncrypted === null) return;
    const { emailEncrypted } = user;
    await this.db.transaction(async (tx) => {
      const token = await this.issue.execute(tx, user.id, 'reset_password');
      if (token === null) return;
      await tx.audit({
        actor: { kind: 'anonymous', id: null },
        action: 'user.password_reset_requested',
        object: { type: 'user', id: user.id },
        tenantId: user.tenantId,
      });
      await this.mail.send(tx, {
        kind: 'reset_password',
        personId: user.id,
        toEncrypted: emailEncrypted,
        locale: user.locale,
        tenantId: user.tenantId,
        token,
      });
    });
  }
}
