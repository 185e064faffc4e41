import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { OAuthClients, type ClientTokenRecord, type OAuthClientRecord, type RevokedRecord } from '../../application/ports';
import { ClientTokenEntity, OAuthClientEntity } from '../entities/partner.entity';
import { withinScope } from './scope';
import { deleted, insertRow, updateCounting } from './support';

@Injectable()
export class PgOAuthClients extends OAuthClients {
  async insert(tx: Tx, client: OAuthClientRecord): Promise<void> {
    await insertRow(tx, OAuthClientEntity, client);
  }

  async byClientId(from: ManagerSource, clientId: string): Promise<OAuthClientRecord | null> {
    return from.withManager((manager) => manager.findOneBy(OAuthClientEntity, { clientId }));
  }

  async find(from: ManagerSource, scope: TenantScope, id: string): Promise<OAuthClientRecord | null> {
    return from.withManager((manager) => manager.findOneBy(OAuthClientEntity, { id, ...withinScope(scope) }));
  }

  async list(from: ManagerSource, scope: TenantScope): Promise<readonly OAuthClientRecord[]> {
    return from.withManager((manager) =>
      manager.find(OAuthClientEntity, { where: withinScope(scope), order: { id: 'DESC' }, take: 1_000 }),
    );
  }

  async update(tx: Tx, id: string, patch: Partial<OAuthClientRecord>, now: Date, expected?: number): Promise<OAuthClientRecord> {
    return updateCounting(tx, OAuthClientEntity, id, { ...patch, updatedAt: now }, expected);
  }

  async rememberToken(tx: Tx, token: ClientTokenRecord): Promise<void> {
    await insertRow(tx, ClientTokenEntity, token);
  }

  async revokeTokens(tx: Tx, clientId: string, at: Date, sessionId?: string): Promise<string[]> {
    const rows = await tx.query<{ session_id: string }>(
      `update identity.client_tokens set revoked_at = $2
        where client_id = $1 and revoked_at is null and expires_at > $2 and ($3::uuid is null or session_id = $3)
        returning session_id`,
      [clientId, at, sessionId ?? null],
    );
    return rows.map((row) => row.session_id);
  }

  async token(from: ManagerSource, sessionId: string): Promise<ClientTokenRecord | null> {
    return from.withManager((manager) => manager.findOneBy(ClientTokenEntity, { sessionId }));
  }

  async tokensRevokedSince(from: ManagerSource, since: Date): Promise<readonly RevokedRecord[]> {
    return from.withManager(async (manager) => {
      const rows = await manager.find(ClientTokenEntity, { select: { sessionId: true, revokedAt: true }, where: { revokedAt: MoreThan(since) } });
      return rows.flatMap(({ sessionId: id, revokedAt }) => (revokedAt === null ? [] : [{ id, revokedAt }]));
    });
  }

  async purgeTokens(tx: Tx, before: Date): Promise<number> {
    return deleted(tx, 'delete from identity.client_tokens where expires_at < $1', [before]);
  }
}
