import { userRegistered, userUpdated, type Role } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { databaseOf, type AuditEntry, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { PersonalData } from './personal-data';
import { Tenants, Users, type UserPatch, type UserRecord } from './ports';
import { tierOf } from './session-starter';

type By = Pick<AuditEntry, 'actor' | 'from'>;

export interface NewAccount {
  readonly id?: string;
  readonly tenantId: string | null;
  readonly roles: readonly Role[];
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string | null;
  readonly locale: string;
  readonly passwordHash: string | null;
  readonly telegram?: { readonly id: string; readonly username: string | null };
  readonly method: 'password' | 'invitation' | 'oidc' | 'telegram' | 'seed';
}

/** Makes and changes accounts: the row, its event and its audit row always together, never with a name or an address in them. */
@Injectable()
export class AccountWriter {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly tenants: Tenants,
    private readonly personal: PersonalData,
  ) {}

  lock(tx: Tx, userId: string): Promise<UserRecord | null> {
    return this.users.lock(tx, userId);
  }

  /** Null when the address (or Telegram id) has an account in this tenant already. */
  async create(tx: Tx, account: NewAccount, by?: By): Promise<UserRecord | null> {
    const now = this.db.clock.now();
    const id = account.id ?? uuidv7(now);
    const seal = (text: string | null, purpose: string): Promise<string | null> => this.personal.sealOptional(tx, id, text, purpose);
    const user: UserRecord = {
      id,
      tenantId: account.tenantId,
      status: 'active',
      roles: [...account.roles],
      tier: null,
      locale: account.locale,
      emailIndex: account.email === null ? null : this.personal.emailIndex(account.email),
      emailEncrypted: await seal(account.email, 'email'),
      emailVerifiedAt: account.emailVerified ? now : null,
      nameEncrypted: await seal(account.name, 'name'),
      phoneEncrypted: null,
      telegramId: account.telegram?.id ?? null,
      telegramUsernameEncrypted: await seal(account.telegram?.username ?? null, 'telegram'),
      passwordHash: account.passwordHash,
      passwordChangedAt: account.passwordHash === null ? null : now,
      preferences: {},
      totpSecretEncrypted: null,
      totpConfirmedAt: null,
      totpLastStep: null,
      holdReason: null,
      lastLoginAt: null,
      erasedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
    if (!(await this.users.insert(tx, user))) return null;
    await tx.publish(userRegistered, {
      key: id,
      tenantId: user.tenantId,
      data: { user_id: id, roles: user.roles, method: account.method, locale: user.locale },
    });
    await tx.audit({
      ...(by ?? { actor: { kind: 'user', id } }),
      action: 'user.registered',
      object: { type: 'user', id },
      tenantId: user.tenantId,
      after: { roles: user.roles, method: account.method },
    });
    return user;
  }

  /** `changed` names what others may care about; `facts` is what the audit log may know of it. */
  async change(
    tx: Tx,
    user: UserRecord,
    patch: UserPatch,
    about: { action: string; changed: readonly string[]; before?: unknown; after?: unknown; reason?: string },
    by: By,
    expected?: number,
  ): Promise<UserRecord> {
    const next = await this.users.update(tx, user.id, patch, this.db.clock.now(), expected);
    const tenant = next.tenantId === null ? null : await this.tenants.byId(tx, next.tenantId);
    await tx.publish(userUpdated, {
      key: user.id,
      tenantId: user.tenantId,
      data: {
        user_id: user.id,
        changed: [...about.changed],
        status: next.status === 'active' ? 'active' : 'disabled',
        roles: next.roles,
        tier: tierOf(next, tenant?.tier ?? null),
        locale: next.locale,
        email_verified: next.emailVerifiedAt !== null,
        version: next.version,
      },
    });
    await tx.audit({
      ...by,
      action: about.action,
      object: { type: 'user', id: user.id },
      tenantId: user.tenantId,
      before: about.before ?? null,
      after: about.after ?? { changed: [...about.changed] },
      reason: about.reason ?? null,
    });
    return next;
  }
}
