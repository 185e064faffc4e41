import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity';
import { RowMissingError, StaleVersionError } from './errors';
import type { TenantScope } from './tenant-scope';
import type { Tx } from './types';

export interface VersionedEntity extends ObjectLiteral {
  id: string;
  version: number;
}

/** What may be changed: the key and the version belong to the helper. */
export type Patch<E extends VersionedEntity> = Omit<QueryDeepPartialEntity<E>, 'id' | 'version'>;

export interface UpdateOptions {
  readonly scope?: TenantScope;
}

/**
 * Changes a row if it is still at the version that the caller has seen, and counts the version on; gives the new one.
 * `expected` undefined means that the caller does not mind (a system's own write). The check and the write are one statement.
 */
export async function updateVersioned<E extends VersionedEntity>(
  tx: Tx,
  entity: EntityTarget<E>,
  id: string,
  expected: number | undefined,
  patch: Patch<E>,
  options: UpdateOptions = {},
): Promise<number> {
  const { metadata } = tx.manager.getRepository(entity);
  const version = metadata.findColumnWithPropertyName('version');
  if (version === undefined) throw new Error(`${metadata.name} has no version`);
  const tenant = options.scope?.tenantId ?? null;
  const changes = { ...patch, version: () => `${tx.manager.dataSource.driver.escape(version.databaseName)} + 1` };
  const result = await tx.manager
    .createQueryBuilder()
    .update(entity)
    .set(changes)
    .where({
      id,
      ...(expected === undefined ? {} : { version: expected }),
      ...(tenant === null ? {} : { tenantId: tenant }),
    })
    .returning([version.databaseName])
    .execute();
  const row: unknown = Array.isArray(result.raw) ? result.raw[0] : undefined;
  if (isRow(row)) return Number(row[version.databaseName]);
  throw await reason(tx.manager, entity, metadata.name, id, expected, tenant);
}

const isRow = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Nothing was changed: is the row gone (or somebody else's), or has it moved on? */
async function reason<E extends VersionedEntity>(
  manager: EntityManager,
  entity: EntityTarget<E>,
  name: string,
  id: string,
  expected: number | undefined,
  tenant: string | null,
): Promise<Error> {
  const found = await manager
    .createQueryBuilder(entity, 'row')
    .where({ id, ...(tenant === null ? {} : { tenantId: tenant }) })
    .getOne();
  if (found === null || expected === undefined) return new RowMissingError(name, id);
  return new StaleVersionError(name, id, expected, found.version);
}
