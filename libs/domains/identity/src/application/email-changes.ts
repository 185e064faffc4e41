import type { AuditEntry, Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { redeemable } from '../domain/one-time-token';
import { AccountWriter } from './account-writer';
import { IdentityMail } from './identity-mail';
import { IssueOneTimeToken } from './issue-one-time-token';
import { PersonalData } from './personal-data';
import { OneTimeTokens, Users, type UserRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret } from './secret';

type By = Pick<AuditEntry, 'actor' | 'from'>;

export interface PendingEmail {
  readonly user: UserRecord;
  readonly emailIndex: string;
  readonly emailEncrypted: string;
}

/** Who hears of a change of address: the new mailbox is asked, the old one is told. */
@Injectable()
export class EmailChangeNotices {
  constructor(
    private readonly accounts: AccountWriter,
    private readonly mail: IdentityMail,
  ) {}

  ask(tx: Tx, user: UserRecord, toEncrypted: string, token: string): Promise<void> {
    return this.mail.send(tx, { kind: 'change_email', personId: user.id, toEncrypted, locale: user.locale, tenantId: user.tenantId, token });
  }

  async applied(tx: Tx, user: UserRecord, patch: { emailIndex: string; emailEncrypted: string; emailVerifiedAt: Date }, by: By): Promise<void> {
    await this.accounts.change(tx, user, patch, { action: 'user.email_changed', changed: ['email'] }, by);
    if (user.emailEncrypted === null) return;
    await this.mail.send(tx, { kind: 'email_changed', personId: user.id, toEncrypted: user.emailEncrypted, locale: user.locale, tenantId: user.tenantId });
  }
}

@Injectable()
export class EmailChanges {
  constructor(
    private readonly users: Users,
    private readonly tokens: OneTimeTokens,
    private readonly issue: IssueOneTimeToken,
    private readonly personal: PersonalData,
    private readonly outbound: EmailChangeNotices,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async begin(tx: Tx, user: UserRecord, email: string, by: By): Promise<void> {
    const emailIndex = this.personal.emailIndex(email);
    const taken = await this.users.byEmail(tx, user.tenantId, emailIndex);
    if (taken !== null) return;
    const emailEncrypted = await this.personal.seal(tx, user.id, email, 'email');
    const token = await this.issue.execute(tx, user.id, 'change_email', { email_index: emailIndex, email_encrypted: emailEncrypted });
    if (token === null) return;
    await tx.audit({ ...by, action: 'user.email_change_requested', object: { type: 'user', id: user.id }, tenantId: user.tenantId });
    await this.outbound.ask(tx, user, emailEncrypted, token);
  }

  async redeem(tx: Tx, token: string): Promise<PendingEmail | null> {
    const now = this.time.now();
    const found = await this.tokens.lock(tx, 'change_email', hashSecret(token));
    if (found === null || !redeemable(found, now)) return null;
    const user = await this.users.lock(tx, found.userId);
    const { email_index, email_encrypted } = found.payload;
    if (user === null || user.status !== 'active' || email_index === undefined || email_encrypted === undefined) return null;
    await this.tokens.spendAll(tx, user.id, 'change_email', now);
    // A reset link that was mailed to the old address must not open the account any more.
    await this.tokens.spendAll(tx, user.id, 'reset_password', now);
    return { user, emailIndex: email_index, emailEncrypted: email_encrypted };
  }

  async apply(tx: Tx, change: PendingEmail, by: By): Promise<void> {
    const { user, emailIndex, emailEncrypted } = change;
    const patch = { emailIndex, emailEncrypted, emailVerifiedAt: this.time.now() };
    await this.outbound.applied(tx, user, patch, by);
  }
}
