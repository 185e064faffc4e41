import type { Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import type { TokenPurpose } from '../domain/one-time-token';
import { IdentityMail, type MailKind } from './identity-mail';
import { IssueOneTimeToken } from './issue-one-time-token';
import type { OneTimePayload, UserRecord } from './ports';

/** Mails to somebody's own address, with a single-use token or just to tell them. */
@Injectable()
export class MailedTokens {
  constructor(
    private readonly issue: IssueOneTimeToken,
    private readonly mail: IdentityMail,
  ) {}

  /** False when nothing was sent: no address, or too many tokens of this kind are waiting already. */
  async send(tx: Tx, user: UserRecord, purpose: Exclude<TokenPurpose, 'mfa_login'>, payload: OneTimePayload = {}): Promise<boolean> {
    if (user.emailEncrypted === null) return false;
    const token = await this.issue.execute(tx, user.id, purpose, payload);
    if (token === null) return false;
    await this.mail.send(tx, { ...letterTo(user, user.emailEncrypted), kind: purpose, token });
    return true;
  }

  async tell(tx: Tx, user: UserRecord, kind: MailKind): Promise<void> {
    if (user.emailEncrypted !== null) await this.mail.send(tx, { ...letterTo(user, user.emailEncrypted), kind });
  }
}

const letterTo = (user: UserRecord, toEncrypted: string) => ({ personId: user.id, toEncrypted, locale: user.locale, tenantId: user.tenantId });
