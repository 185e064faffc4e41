import { apiKeyRevoked } from '@autobroker/contracts';
import { Authenticator } from '@autobroker/platform/auth';
import type { AuditEntry, Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { ApiKeyStore, type ApiKeyRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

type By = Pick<AuditEntry, 'actor' | 'from'>;

/** Ends keys, and tells every process that remembers them. */
@Injectable()
export class RevokeApiKeys {
  constructor(
    private readonly keys: ApiKeyStore,
    private readonly authenticator: Authenticator,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async one(tx: Tx, key: ApiKeyRecord, by: By, expected?: number): Promise<void> {
    await this.keys.update(tx, key.id, { revokedAt: this.time.now() }, expected);
    await this.announce(tx, key, by);
  }

  async allOf(tx: Tx, owner: { id: string }, by: By): Promise<void> {
    for (const key of await this.keys.revokeAllOf(tx, owner.id, this.time.now())) await this.announce(tx, key, by);
  }

  private async announce(tx: Tx, key: ApiKeyRecord, by: By): Promise<void> {
    // In this process at once, in the others by the event.
    tx.afterCommit(() => this.authenticator.apiKeys.forget(key.publicId));
    await tx.publish(apiKeyRevoked, { key: key.id, tenantId: key.tenantId, data: { api_key_id: key.id, public_id: key.publicId } });
    await tx.audit({ ...by, action: 'api_key.revoked', object: { type: 'api_key', id: key.id }, tenantId: key.tenantId });
  }
}
