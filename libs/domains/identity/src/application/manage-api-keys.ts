import { tierLimits, type Permission } from '@autobroker/contracts';
import { err, ok, refuse, uuidv7 } from '@autobroker/kernel';
import { isOperator } from '@autobroker/platform/auth';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { apiKeyMaxLifeMs, apiKeyUsable, checkScopes, formatApiKey, rotationOverlapMs } from '../domain/api-key';
import { auditedBy, type Caller } from './caller';
import { identityConfig, type IdentityConfig } from './config';
import { inTransaction, type Answer } from './in-transaction';
import { ApiKeyStore, type ApiKeyRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { RevokeApiKeys } from './revoke-api-keys';
import { scopeFor } from './scope-for';
import { hashSecret, newPublicId, newSecret } from './secret';

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly expiresAt: Date | null;
}

/** `secret` is the whole key, shown this once. */
export interface IssuedApiKey {
  readonly key: ApiKeyRecord;
  readonly secret: string;
}

const missing = refuse('not_found', 'There is no such API key.');

@Injectable()
export class ManageApiKeys {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly keys: ApiKeyStore,
    private readonly revocation: RevokeApiKeys,
    @Inject(identityConfig.token) private readonly config: IdentityConfig,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  /** One's own; an admin sees the tenant's, an operator everybody's. */
  list(caller: Caller): Promise<readonly ApiKeyRecord[]> {
    return this.keys.list(this.db, scopeFor(caller.principal), seesAll(caller) ? null : caller.principal.id);
  }

  async get(caller: Caller, id: string): Promise<Answer<ApiKeyRecord>> {
    const key = await this.keys.find(this.db, scopeFor(caller.principal), id);
    return key === null || !mayTouch(caller, key) ? missing : ok(key);
  }

  async create(caller: Caller, wanted: NewApiKey): Promise<Answer<IssuedApiKey>> {
    const { principal } = caller;
    if (principal.kind !== 'user' || principal.id === null) return refuse('permission_denied', 'A key doesn’t make keys.');
    const ownerId = principal.id;
    const scopes = checkScopes(wanted.scopes, principal.permissions);
    if (!scopes.ok) return err(scopes.error);
    const now = this.time.now();
    if (wanted.expiresAt !== null && (wanted.expiresAt <= now || wanted.expiresAt.getTime() - now.getTime() > apiKeyMaxLifeMs)) {
      const detail = 'A key ends in the future, within 366 days.';
      return refuse('validation_failed', detail, { errors: [{ pointer: '/expires_at', code: 'out_of_range', detail }] });
    }
    return inTransaction(this.db, async (tx) => {
      const limit = tierLimits[principal.tier].api_keys;
      if ((await this.keys.countUsable(tx, ownerId, now)) >= limit) {
        return refuse('limit_reached', `This plan has room for ${limit} API keys.`);
      }
      const issued = this.mint({ ...wanted, scopes: wanted.scopes }, ownerId, principal.tenantId, now);
      await this.keys.insert(tx, issued.key);
      await this.audit(tx, caller, 'api_key.created', issued.key);
      return ok(issued);
    });
  }

  /** A new key of the same kind; the old one works a day longer, so that its users can be moved. */
  async rotate(caller: Caller, id: string): Promise<Answer<IssuedApiKey>> {
    return inTransaction(this.db, async (tx) => {
      const key = await this.keys.lock(tx, scopeFor(caller.principal), id);
      const now = this.time.now();
      if (key === null || !mayTouch(caller, key)) return missing;
      if (!apiKeyUsable(key, now) || key.rotatedTo !== null) return refuse('key_not_rotatable', 'The key has ended or was rotated already.');
      const issued = this.mint(key, key.ownerId, key.tenantId, now);
      await this.keys.insert(tx, issued.key);
      await this.keys.update(tx, key.id, { rotatedTo: issued.key.id, revokedAt: new Date(now.getTime() + rotationOverlapMs) });
      await this.audit(tx, caller, 'api_key.rotated', key, { rotated_to: issued.key.id });
      return ok(issued);
    });
  }

  async revoke(caller: Caller, id: string, expected?: number): Promise<Answer<void>> {
    return inTransaction(this.db, async (tx) => {
      const key = await this.keys.lock(tx, scopeFor(caller.principal), id);
      if (key === null || !mayTouch(caller, key)) return missing;
      if (key.revokedAt !== null && key.revokedAt <= this.time.now()) return ok(undefined);
      await this.revocation.one(tx, key, auditedBy(caller), expected);
      return ok(undefined);
    });
  }

  private mint(like: NewApiKey, ownerId: string, tenantId: string | null, now: Date): IssuedApiKey {
    const environment = this.config.apiKeyEnvironment;
    const publicId = newPublicId();
    // '_' separates the parts of a key.
    const secret = newSecret().replaceAll('_', '-');
    const key: ApiKeyRecord = {
      id: uuidv7(now),
      tenantId,
      ownerId,
      name: like.name,
      environment,
      publicId,
      secretHash: hashSecret(secret),
      scopes: [...new Set(like.scopes)].sort(),
      createdAt: now,
      expiresAt: like.expiresAt,
      lastUsedAt: null,
      revokedAt: null,
      rotatedTo: null,
      version: 1,
    };
    return { key, secret: formatApiKey({ environment, publicId, secret }) };
  }

  private audit(tx: Tx, caller: Caller, action: string, key: ApiKeyRecord, more: object = {}): Promise<void> {
    const object = { type: 'api_key', id: key.id };
    return tx.audit({ ...auditedBy(caller), action, object, tenantId: key.tenantId, after: { scopes: key.scopes, expires_at: key.expiresAt, ...more } });
  }
}

const seesAll = (caller: Caller): boolean => isOperator(caller.principal) || caller.principal.roles.includes('admin');
const mayTouch = (caller: Caller, key: ApiKeyRecord): boolean => seesAll(caller) || key.ownerId === caller.principal.id;
