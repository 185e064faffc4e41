import type { ApiKeyIdentity, ApiKeyVerifier } from '@autobroker/platform/auth';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { apiKeyUsable, parseApiKey } from '../domain/api-key';
import { ApiKeyStore, Tenants, Users, type ApiKeyRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret, sameHash } from './secret';
import { tierOf } from './session-starter';

const log = logger('identity.api-keys');
/** `last_used_at` is for people who tidy up keys: one write in ten minutes is enough. */
const touchEveryMs = 10 * 60_000;

/** The port of platform/auth, from our own tables. A key acts with its owner's present rights, narrowed to its scopes. */
@Injectable()
export class VerifyApiKey implements ApiKeyVerifier {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly keys: ApiKeyStore,
    private readonly users: Users,
    private readonly tenants: Tenants,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async verify(text: string): Promise<ApiKeyIdentity | null> {
    const parsed = parseApiKey(text);
    if (parsed === null) return null;
    const key = await this.keys.byPublicId(this.db, parsed.publicId);
    const now = this.time.now();
    if (key === null || key.environment !== parsed.environment || !sameHash(key.secretHash, hashSecret(parsed.secret))) return null;
    if (!apiKeyUsable(key, now)) return null;
    const owner = await this.users.byId(this.db, key.ownerId);
    if (owner === null || owner.status !== 'active') return null;
    const tenant = key.tenantId === null ? null : await this.tenants.byId(this.db, key.tenantId);
    if (tenant !== null && tenant.status !== 'active') return null;
    this.touch(key, now);
    return {
      keyId: key.publicId,
      kind: 'client',
      id: owner.id,
      tenantId: key.tenantId,
      roles: owner.roles,
      tier: tierOf(owner, tenant?.tier ?? null),
      scopes: key.scopes,
      expiresAt: earlier(key.expiresAt, key.revokedAt),
    };
  }

  private touch(key: ApiKeyRecord, now: Date): void {
    if (key.lastUsedAt !== null && now.getTime() - key.lastUsedAt.getTime() < touchEveryMs) return;
    this.keys.touch(this.db, key.id, now).catch((error: unknown) => {
      log.warn({ err: error, api_key_id: key.id }, 'the last use of an API key could not be written');
    });
  }
}

const earlier = (one: Date | null, other: Date | null): Date | null => {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
};
