import { ok, refuse } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { isStaff } from '@autobroker/contracts';
import { isEmail, normaliseEmail } from '../domain/email';
import { decideExternalLogin, type ExternalLoginDecision, type LocalAccount } from '../domain/external-login';
import { AccountWriter } from './account-writer';
import { auditedAs, type Caller } from './caller';
import type { Answer } from './in-transaction';
import { PersonalData } from './personal-data';
import { OidcProviders, Users, type OidcProfile, type OidcProviderRecord, type UserRecord } from './ports';

const local = (user: UserRecord | null): LocalAccount | null =>
  user === null ? null : { id: user.id, active: user.status === 'active', emailVerified: user.emailVerifiedAt !== null, staff: isStaff(user) };

const why: Record<Extract<ExternalLoginDecision, { kind: 'refuse' }>['why'], ReturnType<typeof refuse<'account_disabled' | 'email_unverified' | 'already_exists' | 'permission_denied'>>> = {
  disabled: refuse('account_disabled', 'This account is disabled. Ask the broker.'),
  email_unverified: refuse('email_unverified', 'The identity provider does not vouch for the e-mail address.'),
  account_exists: refuse('already_exists', 'There is an account with this address. Sign in to it, then link the provider.'),
  registration_closed: refuse('permission_denied', 'This broker invites its customers.'),
  linked_elsewhere: refuse('already_exists', 'This external account is linked to another account.'),
};

/** Whose account an external identity opens. */
@Injectable()
export class ExternalAccounts {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly providers: OidcProviders,
    private readonly users: Users,
    private readonly accounts: AccountWriter,
    private readonly personal: PersonalData,
  ) {}

  async resolve(tx: Tx, provider: OidcProviderRecord, signedInId: string | null, profile: OidcProfile, caller: Caller): Promise<Answer<UserRecord>> {
    const email = profile.email !== null && isEmail(profile.email) ? normaliseEmail(profile.email) : null;
    const link = await this.providers.linked(tx, provider.id, profile.subject);
    const linked = link === null ? null : await this.users.lock(tx, link.userId);
    const sameEmail = email === null ? null : await this.users.byEmail(tx, provider.tenantId, this.personal.emailIndex(email));
    const signedIn = signedInId === null ? null : await this.users.lock(tx, signedInId);
    const decision = decideExternalLogin({
      claims: { subject: profile.subject, email, emailVerified: profile.emailVerified },
      linked: local(linked),
      sameEmail: local(sameEmail),
      signedIn: local(signedIn),
      provider,
    });
    if (decision.kind === 'refuse') return why[decision.why];
    if (decision.kind === 'register') return email === null ? why.email_unverified : this.register(tx, provider, profile, email);
    const user = [linked, sameEmail, signedIn].find((one) => one?.id === decision.userId) ?? null;
    if (user === null || user.tenantId !== provider.tenantId) return why.disabled;
    return decision.kind === 'sign_in' ? ok(user) : this.link(tx, provider, profile.subject, user, caller);
  }

  private async register(tx: Tx, provider: OidcProviderRecord, profile: OidcProfile, email: string): Promise<Answer<UserRecord>> {
    const user = await this.accounts.create(tx, {
      tenantId: provider.tenantId,
      roles: ['buyer'],
      email,
      emailVerified: true,
      name: profile.name,
      locale: 'en',
      passwordHash: null,
      method: 'oidc',
    });
    if (user === null) return why.account_exists;
    await this.providers.link(tx, { providerId: provider.id, subject: profile.subject, userId: user.id, linkedAt: this.db.clock.now() });
    return ok(user);
  }

  private async link(tx: Tx, provider: OidcProviderRecord, subject: string, user: UserRecord, caller: Caller): Promise<Answer<UserRecord>> {
    const linked = await this.providers.link(tx, { providerId: provider.id, subject, userId: user.id, linkedAt: this.db.clock.now() });
    if (!linked) return why.linked_elsewhere;
    const about = { action: 'user.external_identity_linked', changed: ['external_identities'], after: { provider_id: provider.id } };
    return ok(await this.accounts.change(tx, user, {}, about, auditedAs(user.id, caller)));
  }
}
