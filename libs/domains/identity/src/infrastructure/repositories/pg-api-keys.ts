import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { ApiKeyStore, type ApiKeyRecord } from '../../application/ports';
import { ApiKeyEntity } from '../entities/partner.entity';
import { withinScope } from './scope';
import { insertRow, updateCounting } from './support';

@Injectable()
export class PgApiKeys extends ApiKeyStore {
  async insert(tx: Tx, key: ApiKeyRecord): Promise<void> {
    await insertRow(tx, ApiKeyEntity, key);
  }

  async byPublicId(from: ManagerSource, publicId: string): Promise<ApiKeyRecord | null> {
    return from.withManager((manager) => manager.findOneBy(ApiKeyEntity, { publicId }));
  }

  async lock(tx: Tx, scope: TenantScope, id: string): Promise<ApiKeyRecord | null> {
    return tx.manager.findOne(ApiKeyEntity, { where: { id, ...withinScope(scope) }, lock: { mode: 'pessimistic_write' } });
  }

  async find(from: ManagerSource, scope: TenantScope, id: string): Promise<ApiKeyRecord | null> {
    return from.withManager((manager) => manager.findOneBy(ApiKeyEntity, { id, ...withinScope(scope) }));
  }

  async list(from: ManagerSource, scope: TenantScope, ownerId: string | null): Promise<readonly ApiKeyRecord[]> {
    return from.withManager((manager) =>
      manager.find(ApiKeyEntity, {
        where: { ...withinScope(scope), ...(ownerId === null ? {} : { ownerId }) },
        order: { id: 'DESC' },
        take: 1_000,
      }),
    );
  }

  async countUsable(tx: Tx, ownerId: string, now: Date): Promise<number> {
    // The owner's row is the lock, so that two keys at once can't both be the last one that the plan allows.
    await tx.query('select 1 from identity.users where id = $1 for no key update', [ownerId]);
    const rows = await tx.query<{ count: string }>(
      `select count(*) as count from identity.api_keys
        where owner_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [ownerId, now],
    );
    return Number(rows[0]?.count ?? 0);
  }

  async update(tx: Tx, id: string, patch: Partial<ApiKeyRecord>, expected?: number): Promise<ApiKeyRecord> {
    return updateCounting(tx, ApiKeyEntity, id, patch, expected);
  }

  async revokeAllOf(tx: Tx, ownerId: string, at: Date): Promise<readonly ApiKeyRecord[]> {
    const rows = await tx.query<{ id: string }>(
      `update identity.api_keys set revoked_at = $2, version = version + 1
        where owner_id = $1 and (revoked_at is null or revoked_at > $2) returning id`,
      [ownerId, at],
    );
    const gone: ApiKeyRecord[] = [];
    for (const { id } of rows) gone.push(await tx.manager.findOneByOrFail(ApiKeyEntity, { id }));
    return gone;
  }

  async touch(from: ManagerSource, id: string, at: Date): Promise<void> {
    await from.withManager((manager) => manager.update(ApiKeyEntity, { id }, { lastUsedAt: at }));
  }
}
