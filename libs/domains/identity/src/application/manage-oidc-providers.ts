import { ok, refuse, uuidv7 } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { PersonalData } from './personal-data';
import { OidcProviders, type OidcProviderRecord } from './ports';
import { scopeFor } from './scope-for';

export interface OidcProviderSettings {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly allowRegistration: boolean;
  readonly linkVerifiedEmail: boolean;
  readonly enabled: boolean;
}

const missing = refuse('not_found', 'There is no such identity provider.');

/** Which identity providers a tenant trusts. Their secrets are kept encrypted under a key of their own. */
@Injectable()
export class ManageOidcProviders {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly providers: OidcProviders,
    private readonly personal: PersonalData,
  ) {}

  list(caller: Caller): Promise<readonly OidcProviderRecord[]> {
    return this.providers.list(this.db, scopeFor(caller.principal));
  }

  async get(caller: Caller, id: string): Promise<Answer<OidcProviderRecord>> {
    const provider = await this.providers.find(this.db, scopeFor(caller.principal), id);
    return provider === null ? missing : ok(provider);
  }

  async create(caller: Caller, key: string, settings: OidcProviderSettings, secret: string | null): Promise<Answer<OidcProviderRecord>> {
    const now = this.db.clock.now();
    const id = uuidv7(now);
    return inTransaction(this.db, async (tx) => {
      const provider: OidcProviderRecord = {
        id,
        tenantId: caller.tenantId,
        key,
        ...settings,
        scopes: [...settings.scopes],
        redirectUris: [...settings.redirectUris],
        clientSecretEncrypted: await this.personal.sealOptional(tx, id, secret, 'oidc-secret'),
        createdAt: now,
        updatedAt: now,
        version: 1,
      };
      if (!(await this.providers.insert(tx, provider))) return refuse('already_exists', 'There is a provider with this key.');
      await this.audit(tx, caller, 'oidc_provider.created', provider);
      return ok(provider);
    });
  }

  async change(
    caller: Caller,
    id: string,
    change: { [K in keyof OidcProviderSettings]?: OidcProviderSettings[K] | undefined } & { clientSecret?: string | null | undefined },
    expected?: number,
  ): Promise<Answer<OidcProviderRecord>> {
    return inTransaction(this.db, async (tx) => {
      const before = await this.providers.find(tx, scopeFor(caller.principal), id);
      if (before === null) return missing;
      const { clientSecret, scopes, redirectUris, ...plain } = change;
      const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
      const patch: Partial<OidcProviderRecord> = {
        ...given,
        ...(scopes === undefined ? {} : { scopes: [...scopes] }),
        ...(redirectUris === undefined ? {} : { redirectUris: [...redirectUris] }),
        ...(clientSecret === undefined ? {} : { clientSecretEncrypted: await this.personal.sealOptional(tx, id, clientSecret, 'oidc-secret') }),
      };
      const next = await this.providers.update(tx, id, patch, this.db.clock.now(), expected);
      await this.audit(tx, caller, 'oidc_provider.updated', next);
      return ok(next);
    });
  }

  async remove(caller: Caller, id: string, expected?: number): Promise<Answer<void>> {
    return inTransaction(this.db, async (tx) => {
      const provider = await this.providers.find(tx, scopeFor(caller.principal), id);
      if (provider === null) return missing;
      if (expected !== undefined && provider.version !== expected) return refuse('precondition_failed', 'The provider has changed since it was read.');
      await this.providers.remove(tx, id);
      await this.personal.destroy(tx, id);
      await this.audit(tx, caller, 'oidc_provider.removed', provider);
      return ok(undefined);
    });
  }

  private audit(tx: Tx, caller: Caller, action: string, provider: OidcProviderRecord): Promise<void> {
    const { key, issuer, enabled, allowRegistration, linkVerifiedEmail } = provider;
    const after = { key, issuer, enabled, allow_registration: allowRegistration, link_verified_email: linkVerifiedEmail };
    return tx.audit({ ...auditedBy(caller), action, object: { type: 'oidc_provider', id: provider.id }, tenantId: provider.tenantId, after });
  }
}
