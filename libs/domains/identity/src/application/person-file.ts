import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { IdentityMail } from './identity-mail';
import { PersonalData } from './personal-data';
import { Consents, Sessions, Users, type UserRecord } from './ports';

/** Everything that this service holds about one person, in a form that a person and a machine can read (GDPR art. 15, 20). */
@Injectable()
export class PersonFile {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly sessions: Sessions,
    private readonly consents: Consents,
    private readonly personal: PersonalData,
    private readonly mail: IdentityMail,
  ) {}

  async owner(userId: string): Promise<UserRecord | null> {
    const user = await this.users.byId(this.db, userId);
    return user === null || user.status === 'erased' ? null : user;
  }

  async compose(user: UserRecord): Promise<Record<string, unknown>> {
    const now = this.db.clock.now();
    const person = await this.personal.view(user);
    const sessions = await this.sessions.active(this.db, user.id, now);
    return {
      format: 'autobroker.identity.person.v1',
      made_at: now.toISOString(),
      account: {
        id: user.id,
        tenant_id: user.tenantId,
        email: person.email,
        email_verified_at: user.emailVerifiedAt,
        name: person.name,
        phone: person.phone,
        telegram_id: user.telegramId,
        telegram_username: person.telegramUsername,
        roles: user.roles,
        tier: user.tier,
        locale: user.locale,
        preferences: user.preferences,
        second_factor: user.totpConfirmedAt !== null,
        created_at: user.createdAt,
        last_login_at: user.lastLoginAt,
      },
      consents: (await this.consents.logOf(this.db, user.id)).map(({ kind, documentVersion, granted, at }) => ({
        kind,
        version: documentVersion,
        granted,
        at,
      })),
      sessions: sessions.map(({ createdAt, lastUsedAt, ip, userAgent, authMethods }) => ({
        created_at: createdAt,
        last_used_at: lastUsedAt,
        ip,
        user_agent: userAgent,
        methods: authMethods,
      })),
    };
  }

  async announce(tx: Tx, user: UserRecord): Promise<void> {
    if (user.emailEncrypted === null) return;
    await this.mail.send(tx, { kind: 'export_ready', personId: user.id, toEncrypted: user.emailEncrypted, locale: user.locale, tenantId: user.tenantId });
  }
}
