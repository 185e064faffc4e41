import { RowMissingError, StaleVersionError, type Tx } from '@autobroker/platform/database';
import type { EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';

interface Versioned extends ObjectLiteral {
  id: string;
  version: number;
}

/** Locks the row, compares the version that the caller has seen, writes, counts up and answers with what is there now. */
export async function updateCounting<E extends Versioned>(
  tx: Tx,
  entity: EntityTarget<E>,
  id: string,
  patch: Partial<E>,
  expected?: number,
): Promise<E> {
  const where = { id } as FindOptionsWhere<E>;
  const before = await tx.manager.findOne(entity, { where, lock: { mode: 'pessimistic_write' } });
  const name = tx.manager.getRepository(entity).metadata.tableName;
  if (before === null) throw new RowMissingError(name, id);
  if (expected !== undefined && before.version !== expected) throw new StaleVersionError(name, id, expected, before.version);
  const change = { ...patch, version: before.version + 1 };
  await tx.manager.update(entity, where, change);
  return Object.assign(before, change);
}

/** Inserts unless a unique rule is in the way; waits for a concurrent insert of the same thing to be decided. */
export async function insertUnlessThere<E extends ObjectLiteral>(tx: Tx, entity: EntityTarget<E>, row: E): Promise<boolean> {
  const result = await tx.manager
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values(row)
    .orIgnore()
    .returning('*')
    .execute();
  return Array.isArray(result.raw) && result.raw.length > 0;
}

export async function insertRow<E extends ObjectLiteral>(tx: Tx, entity: EntityTarget<E>, row: E): Promise<void> {
  await tx.manager.insert(entity, row);
}

export async function deleted(tx: Tx, sql: string, params: unknown[]): Promise<number> {
  const rows = await tx.query<{ count: string }>(`with gone as (${sql} returning 1) select count(*) as count from gone`, params);
  return Number(rows[0]?.count ?? 0);
}
