import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { IdentityMail, type MailKind } from './identity-mail';
import { PersonalData } from './personal-data';
import { TotpCodes, Users, type TotpEnrolment, type UserRecord } from './ports';
import { hashRecoveryCode } from './second-factor';

/** What belongs to a person's second factor. */
@Injectable()
export class MfaStore {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly codes: TotpCodes,
    private readonly personal: PersonalData,
    private readonly mail: IdentityMail,
  ) {}

  lock(tx: Tx, userId: string): Promise<UserRecord | null> {
    return this.users.lock(tx, userId);
  }

  async newSecret(user: UserRecord): Promise<TotpEnrolment> {
    return this.codes.enrol('Autobroker', (await this.personal.open(user.id, user.emailEncrypted)) ?? user.id);
  }

  async keepSecret(tx: Tx, user: UserRecord, secret: string): Promise<void> {
    const totpSecretEncrypted = await this.personal.seal(tx, user.id, secret, 'totp');
    await this.users.update(tx, user.id, { totpSecretEncrypted, totpLastStep: null }, this.db.clock.now());
  }

  replaceCodes(tx: Tx, userId: string, codes: readonly string[]): Promise<void> {
    return this.users.replaceRecoveryCodes(tx, userId, codes.map((code) => hashRecoveryCode(userId, code)));
  }

  async status(userId: string): Promise<{ enabled: boolean; recoveryCodesLeft: number }> {
    const user = await this.users.byId(this.db, userId);
    if (user === null || user.totpConfirmedAt === null) return { enabled: false, recoveryCodesLeft: 0 };
    return { enabled: true, recoveryCodesLeft: await this.users.unusedRecoveryCodes(this.db, userId) };
  }

  async tell(tx: Tx, user: UserRecord, kind: MailKind): Promise<void> {
    if (user.emailEncrypted === null) return;
    await this.mail.send(tx, { kind, personId: user.id, toEncrypted: user.emailEncrypted, locale: user.locale, tenantId: user.tenantId });
  }
}
