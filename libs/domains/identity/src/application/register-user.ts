import { err, ok, refusal } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { missingConsents } from '../domain/consent';
import { checkPassword } from '../domain/password-policy';
import { AccountWriter } from './account-writer';
import type { Caller } from './caller';
import { type Answer } from './in-transaction';
import { MailedTokens } from './mailed-tokens';
import { PersonalData } from './personal-data';
import { Consents, PasswordHasher, Tenants, Users, type TenantRecord } from './ports';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly name: string | null;
  readonly locale: string | null;
  readonly consents: readonly { kind: string; version: string; granted: boolean }[];
}

/** Where registering happens, looked at before anything that depends on the address. */
@Injectable()
export class RegistrationDesk {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly tenants: Tenants,
    private readonly consents: Consents,
  ) {}

  async open(tenantId: string, agreed: Registration['consents']): Promise<Answer<TenantRecord>> {
    const tenant = await this.tenants.byId(this.db, tenantId);
    if (tenant === null || tenant.status !== 'active') return err(refusal('tenant_not_found', 'There is no such broker.'));
    if (!tenant.settings.registration_open) return err(refusal('permission_denied', 'This broker invites its customers.'));
    const inForce = await this.consents.inForce(this.db, tenantId);
    const granted = agreed.filter((consent) => consent.granted);
    const missing = missingConsents(inForce, granted);
    if (missing.length > 0) {
      return err(
        refusal('validation_failed', 'Some documents must be agreed to.', {
          errors: missing.map(({ kind, version }) => ({
            pointer: '/consents',
            code: 'consent_missing',
            detail: `Agree to ${kind}, version ${version}.`,
          })),
        }),
      );
    }
    const unknown = agreed.find((consent) => !inForce.some((one) => one.kind === consent.kind && one.version === consent.version));
    if (unknown !== undefined) {
      const detail = `There is no version ${unknown.version} of ${unknown.kind} in force.`;
      return err(refusal('validation_failed', detail, { errors: [{ pointer: '/consents', code: 'unknown_document', detail }] }));
    }
    return ok(tenant);
  }
}

/**
 * The answer is the same for a new address and a known one; what differs is the mail.
 *
 * Password, name and consents of a registration wait inside its mailed token. If they were written to the account at
 * once, somebody could register another's address, wait until the real owner proves it, and own the account.
 */
@Injectable()
export class RegisterUser {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly users: Users,
    private readonly accounts: AccountWriter,
    private readonly hasher: PasswordHasher,
    private readonly personal: PersonalData,
    private readonly mails: MailedTokens,
  ) {}

  async execute(caller: Caller, tenant: TenantRecord, registration: Registration): Promise<Answer<void>> {
    const password = checkPassword(registration.password, registration);
    if (!password.ok) return password;
    const passwordHash = await this.hasher.hash(password.value);
    await this.db.transaction((tx) => this.admit(tx, caller, tenant, registration, passwordHash));
    return ok(undefined);
  }

  private async admit(tx: Tx, caller: Caller, tenant: TenantRecord, registration: Registration, passwordHash: string): Promise<void> {
    const locale = registration.locale ?? tenant.locale;
    const made = await this.accounts.create(tx, {
      tenantId: tenant.id,
      roles: ['buyer'],
      email: registration.email,
      emailVerified: false,
      name: null,
      locale,
      passwordHash: null,
      method: 'password',
    });
    const user = made ?? (await this.users.byEmail(tx, tenant.id, this.personal.emailIndex(registration.email)));
    if (user === null || user.status !== 'active') return;
    if (user.emailVerifiedAt !== null) {
      await tx.audit({
        actor: { kind: 'anonymous', id: null },
        from: { ip: caller.ip, request_id: caller.requestId },
        action: 'user.registration_repeated',
        object: { type: 'user', id: user.id },
        tenantId: tenant.id,
      });
      return this.mails.tell(tx, user, 'already_registered');
    }
    const name = await this.personal.sealOptional(tx, user.id, registration.name, 'name');
    await this.mails.send(tx, user, 'verify_email', {
      password_hash: passwordHash,
      ...(name === null ? {} : { name_encrypted: name }),
      consents: registration.consents.map(({ kind, version, granted }) => ({ kind, version, granted })),
    });
  }
}
