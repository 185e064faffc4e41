import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { MailedTokens } from './mailed-tokens';
import { PersonalData } from './personal-data';
import { OneTimeTokens, Users } from './ports';

/**
 * Another verification mail. It carries the registration that the first one carried, as long as there was only one: when
 * several people have registered this address, whoever asks must not choose whose password wins. The link then proves
 * the mailbox only, and its owner sets a password by the reset mail.
 */
@Injectable()
export class ResendVerification {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly tokens: OneTimeTokens,
    private readonly personal: PersonalData,
    private readonly mails: MailedTokens,
  ) {}

  async execute(tenantId: string, email: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const user = await this.users.byEmail(tx, tenantId, this.personal.emailIndex(email));
      if (user === null || user.status !== 'active' || user.emailVerifiedAt !== null) return;
      const only = await this.tokens.onlyPayload(tx, user.id, 'verify_email');
      await this.mails.send(tx, user, 'verify_email', only ?? {});
    });
  }
}
