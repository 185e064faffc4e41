import type { ManagerSource, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Sessions, type RefreshTokenRecord, type RevokedRecord, type SessionRecord } from '../../application/ports';
import { RefreshTokenEntity, SessionEntity } from '../entities/sign-in.entity';
import { deleted, insertRow } from './support';

@Injectable()
export class PgSessions extends Sessions {
  async insert(tx: Tx, session: SessionRecord, token: RefreshTokenRecord): Promise<void> {
    await insertRow(tx, SessionEntity, session);
    await insertRow(tx, RefreshTokenEntity, token);
  }

  async addToken(tx: Tx, token: RefreshTokenRecord): Promise<void> {
    await insertRow(tx, RefreshTokenEntity, token);
  }

  async lockByToken(tx: Tx, tokenHash: string): Promise<{ token: RefreshTokenRecord; session: SessionRecord } | null> {
    const lock = { mode: 'pessimistic_write' } as const;
    const known = await tx.manager.findOneBy(RefreshTokenEntity, { tokenHash });
    if (known === null) return null;
    // The session is the lock: a revocation takes it too, and tokens of one family queue behind each other.
    const session = await tx.manager.findOne(SessionEntity, { where: { id: known.sessionId }, lock });
    const token = await tx.manager.findOneBy(RefreshTokenEntity, { tokenHash });
    return session === null || token === null ? null : { token, session };
  }

  async markUsed(tx: Tx, token: RefreshTokenRecord, at: Date, sessionExpiresAt: Date): Promise<void> {
    await tx.manager.update(RefreshTokenEntity, { id: token.id }, { usedAt: at });
    await tx.manager.update(SessionEntity, { id: token.sessionId }, { lastUsedAt: at, expiresAt: sessionExpiresAt });
  }

  async byId(from: ManagerSource, id: string): Promise<SessionRecord | null> {
    return from.withManager((manager) => manager.findOneBy(SessionEntity, { id }));
  }

  async active(from: ManagerSource, userId: string, now: Date): Promise<readonly SessionRecord[]> {
    return from.withManager((manager) =>
      manager.find(SessionEntity, {
        where: { userId, revokedAt: IsNull(), expiresAt: MoreThan(now) },
        order: { createdAt: 'DESC', id: 'DESC' },
        take: 200,
      }),
    );
  }

  async holders(from: ManagerSource, tenantId: string, now: Date): Promise<readonly string[]> {
    return from.withManager(async (manager) => {
      const rows = await manager
        .createQueryBuilder(SessionEntity, 's')
        .select('distinct s.userId', 'id')
        .where('s.tenantId = :tenantId and s.revokedAt is null and s.expiresAt > :now', { tenantId, now })
        .getRawMany<{ id: string }>();
      return rows.map(({ id }) => id);
    });
  }

  async revoke(
    tx: Tx,
    userId: string,
    at: Date,
    reason: string,
    only: { ids?: readonly string[]; except?: string } = {},
  ): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `update identity.sessions set revoked_at = $2, revoked_reason = $3
        where user_id = $1 and revoked_at is null and expires_at > $2
          and ($4::uuid[] is null or id = any($4)) and ($5::uuid is null or id <> $5)
        returning id`,
      [userId, at, reason, only.ids ?? null, only.except ?? null],
    );
    return rows.map((row) => row.id);
  }

  async revokedSince(from: ManagerSource, since: Date): Promise<readonly RevokedRecord[]> {
    return from.withManager(async (manager) => {
      const rows = await manager.find(SessionEntity, { select: { id: true, revokedAt: true }, where: { revokedAt: MoreThan(since) } });
      return rows.flatMap(({ id, revokedAt }) => (revokedAt === null ? [] : [{ id, revokedAt }]));
    });
  }

  async purge(tx: Tx, before: Date): Promise<number> {
    return deleted(tx, 'delete from identity.sessions where expires_at < $1', [before]);
  }
}
