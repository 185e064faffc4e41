import type { ManagerSource, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { LoginWaits, OneTimeTokens, type LoginWaitRecord, type OneTimePayload, type OneTimeTokenRecord } from '../../application/ports';
import type { TokenPurpose } from '../../domain/one-time-token';
import { LoginWaitEntity, OneTimeTokenEntity } from '../entities/sign-in.entity';
import { deleted, insertRow } from './support';

@Injectable()
export class PgOneTimeTokens extends OneTimeTokens {
  async insert(tx: Tx, token: OneTimeTokenRecord): Promise<void> {
    await insertRow(tx, OneTimeTokenEntity, token);
  }

  async lock(tx: Tx, purpose: TokenPurpose, tokenHash: string): Promise<OneTimeTokenRecord | null> {
    return tx.manager.findOne(OneTimeTokenEntity, { where: { purpose, tokenHash }, lock: { mode: 'pessimistic_write' } });
  }

  async markUsed(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.manager.update(OneTimeTokenEntity, { id }, { usedAt: at });
  }

  async countAttempt(tx: Tx, id: string): Promise<void> {
    await tx.query('update identity.one_time_tokens set attempts = attempts + 1 where id = $1', [id]);
  }

  async spendAll(tx: Tx, userId: string, purpose: TokenPurpose, at: Date): Promise<void> {
    await tx.query(
      'update identity.one_time_tokens set used_at = $3 where user_id = $1 and purpose = $2 and used_at is null',
      [userId, purpose, at],
    );
  }

  async onlyPayload(tx: Tx, userId: string, purpose: TokenPurpose): Promise<OneTimePayload | null> {
    const rows = await tx.query<{ payload: OneTimePayload }>(
      'select distinct payload from identity.one_time_tokens where user_id = $1 and purpose = $2 limit 2',
      [userId, purpose],
    );
    return rows.length === 1 ? (rows[0]?.payload ?? null) : null;
  }

  async newestPayload(from: ManagerSource, userId: string, purpose: TokenPurpose): Promise<OneTimePayload | null> {
    const newest = await from.withManager((manager) =>
      manager.findOne(OneTimeTokenEntity, { where: { userId, purpose }, order: { id: 'DESC' } }),
    );
    return newest?.payload ?? null;
  }

  async countOpen(tx: Tx, userId: string, purpose: TokenPurpose, now: Date): Promise<number> {
    const rows = await tx.query<{ count: string }>(
      `select count(*) as count from identity.one_time_tokens
        where user_id = $1 and purpose = $2 and used_at is null and expires_at > $3`,
      [userId, purpose, now],
    );
    return Number(rows[0]?.count ?? 0);
  }

  async purge(tx: Tx, before: Date): Promise<number> {
    return deleted(tx, 'delete from identity.one_time_tokens where expires_at < $1', [before]);
  }
}

@Injectable()
export class PgLoginWaits extends LoginWaits {
  async find(from: ManagerSource, subjects: readonly string[]): Promise<readonly LoginWaitRecord[]> {
    return from.withManager((manager) => manager.findBy(LoginWaitEntity, { subject: In([...subjects]) }));
  }

  async lock(tx: Tx, subject: string, now: Date): Promise<LoginWaitRecord> {
    await tx.query(
      `insert into identity.login_waits (subject, failures, last_failed_at) values ($1, 0, $2) on conflict do nothing`,
      [subject, now],
    );
    return tx.manager.findOneOrFail(LoginWaitEntity, { where: { subject }, lock: { mode: 'pessimistic_write' } });
  }

  async save(tx: Tx, wait: LoginWaitRecord): Promise<void> {
    const { subject, ...state } = wait;
    await tx.manager.update(LoginWaitEntity, { subject }, state);
  }

  async clear(tx: Tx, subject: string): Promise<void> {
    await tx.manager.delete(LoginWaitEntity, { subject });
  }

  async purge(tx: Tx, before: Date): Promise<number> {
    return deleted(tx, 'delete from identity.login_waits where last_failed_at < $1', [before]);
  }
}
