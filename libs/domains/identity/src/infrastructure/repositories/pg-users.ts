import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Users, type ListWindow, type UserFilter, type UserPage, type UserPatch, type UserRecord } from '../../application/ports';
import { RecoveryCodeEntity } from '../entities/sign-in.entity';
import { UserEntity } from '../entities/user.entity';
import { withinScope } from './scope';
import { insertUnlessThere, updateCounting } from './support';

const countCap = 10_000;

@Injectable()
export class PgUsers extends Users {
  async insert(tx: Tx, user: UserRecord): Promise<boolean> {
    return insertUnlessThere(tx, UserEntity, user);
  }

  async byId(from: ManagerSource, id: string): Promise<UserRecord | null> {
    return from.withManager((manager) => manager.findOneBy(UserEntity, { id }));
  }

  async lock(tx: Tx, id: string): Promise<UserRecord | null> {
    return tx.manager.findOne(UserEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async byEmail(from: ManagerSource, tenantId: string | null, emailIndex: string): Promise<UserRecord | null> {
    return from.withManager((manager) => manager.findOneBy(UserEntity, { tenantId: tenantId ?? IsNull(), emailIndex }));
  }

  async inScope(from: ManagerSource, scope: TenantScope, id: string): Promise<UserRecord | null> {
    return from.withManager((manager) => manager.findOneBy(UserEntity, { id, ...withinScope(scope) }));
  }

  async list(from: ManagerSource, scope: TenantScope, filter: UserFilter, window: ListWindow): Promise<UserPage> {
    return from.withManager(async (manager) => {
      const query = manager.createQueryBuilder(UserEntity, 'u').where(withinScope(scope));
      query.andWhere('u.erasedAt is null');
      if (filter.status !== undefined) query.andWhere('u.status = :status', { status: filter.status });
      if (filter.role !== undefined) query.andWhere('u.roles @> array[:role]::text[]', { role: filter.role });
      if (filter.emailIndex !== undefined) query.andWhere('u.emailIndex = :index', { index: filter.emailIndex });
      const total = await manager
        .createQueryBuilder()
        .select('count(*)', 'count')
        .from(`(${query.clone().select('1').limit(countCap + 1).getQuery()})`, 'capped')
        .setParameters(query.getParameters())
        .getRawOne<{ count: string }>();
      if (window.after !== undefined) query.andWhere('u.id > :after', { after: window.after });
      const items = await query.orderBy('u.id').limit(window.limit).offset(window.offset).getMany();
      return { items, total: Number(total?.count ?? 0) };
    });
  }

  async update(tx: Tx, id: string, patch: UserPatch, now: Date, expected?: number): Promise<UserRecord> {
    return updateCounting(tx, UserEntity, id, { ...patch, updatedAt: now }, expected);
  }

  async markSignedIn(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.manager.update(UserEntity, { id }, { lastLoginAt: at });
  }

  async otherActiveAdmins(tx: Tx, tenantId: string, exceptId: string): Promise<number> {
    // The tenant's row stands for the roll: locking the admins themselves would miss one who is just being made.
    await tx.query('select 1 from identity.tenants where id = $1 for no key update', [tenantId]);
    const rows = await tx.query<{ count: string }>(
      `select count(*) as count from identity.users
        where tenant_id = $1 and status = 'active' and roles @> '{admin}' and id <> $2`,
      [tenantId, exceptId],
    );
    return Number(rows[0]?.count ?? 0);
  }

  async spendTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
    const rows = await tx.query(
      `update identity.users set totp_last_step = $2
        where id = $1 and (totp_last_step is null or totp_last_step < $2) returning id`,
      [id, step],
    );
    return rows.length > 0;
  }

  async replaceRecoveryCodes(tx: Tx, id: string, hashes: readonly string[]): Promise<void> {
    await tx.manager.delete(RecoveryCodeEntity, { userId: id });
    if (hashes.length === 0) return;
    await tx.manager.insert(
      RecoveryCodeEntity,
      hashes.map((codeHash) => ({ userId: id, codeHash, usedAt: null })),
    );
  }

  async spendRecoveryCode(tx: Tx, id: string, hash: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `update identity.recovery_codes set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null returning 1`,
      [id, hash, now],
    );
    return rows.length > 0;
  }

  async forgetTraces(tx: Tx, id: string): Promise<void> {
    await tx.query('update identity.sessions set ip = null, user_agent = null where user_id = $1', [id]);
    await tx.query('delete from identity.one_time_tokens where user_id = $1', [id]);
    await tx.manager.delete(RecoveryCodeEntity, { userId: id });
  }

  async unusedRecoveryCodes(from: ManagerSource, id: string): Promise<number> {
    return from.withManager((manager) => manager.countBy(RecoveryCodeEntity, { userId: id, usedAt: IsNull() }));
  }
}
