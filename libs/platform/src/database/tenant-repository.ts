import type {
  EntityManager,
  EntityTarget,
  FindOptionsOrder,
  FindOptionsWhere,
  ObjectLiteral,
  SelectQueryBuilder,
} from 'typeorm';
import type { TenantScope } from './tenant-scope';
import type { ManagerSource, Tx } from './types';
import { updateVersioned, type Patch, type VersionedEntity } from './versioned';

export interface TenantEntity extends ObjectLiteral {
  id: string;
  tenantId: string;
}

export interface FindOptions<E> {
  readonly order?: FindOptionsOrder<E>;
  readonly take?: number;
  readonly skip?: number;
}

/** The caller's own filter; which tenant is not its business. */
export type TenantWhere<E extends TenantEntity> = Omit<FindOptionsWhere<E>, 'tenantId'>;

/**
 * Repository over a table whose rows belong to tenants. Every method takes the scope first, and the tenant filter is part
 * of every statement it makes: forgetting it does not compile. Reads take a transaction or the database.
 */
export abstract class TenantRepository<E extends TenantEntity> {
  protected constructor(private readonly entity: EntityTarget<E>) {}

  findById(scope: TenantScope, on: ManagerSource, id: string): Promise<E | null> {
    return on.withManager((manager) => this.builder(scope, manager).andWhere('row.id = :id', { id }).getOne());
  }

  /** The same, and nobody else changes the row until the transaction ends. */
  lockById(scope: TenantScope, tx: Tx, id: string): Promise<E | null> {
    return this.builder(scope, tx.manager).andWhere('row.id = :id', { id }).setLock('pessimistic_write').getOne();
  }

  findOne(scope: TenantScope, on: ManagerSource, where: TenantWhere<E>): Promise<E | null> {
    return on.withManager((manager) => this.filtered(scope, manager, where).getOne());
  }

  find(scope: TenantScope, on: ManagerSource, where: TenantWhere<E>, options: FindOptions<E> = {}): Promise<E[]> {
    return on.withManager((manager) => {
      const builder = this.filtered(scope, manager, where).setFindOptions({
        ...(options.order && { order: options.order }),
      });
      if (options.take !== undefined) builder.take(options.take);
      if (options.skip !== undefined) builder.skip(options.skip);
      return builder.getMany();
    });
  }

  count(scope: TenantScope, on: ManagerSource, where: TenantWhere<E>): Promise<number> {
    return on.withManager((manager) => this.filtered(scope, manager, where).getCount());
  }

  /** A row of another tenant than the scope's is a mistake in the code, and refused. */
  async insert(scope: TenantScope, tx: Tx, row: E): Promise<void> {
    if (scope.tenantId !== null && row.tenantId !== scope.tenantId)
      throw new Error('the row belongs to another tenant than the scope');
    await tx.manager.insert(this.entity, row);
  }

  /** Gives the new version; see `updateVersioned`. */
  update<V extends E & VersionedEntity>(
    this: TenantRepository<V>,
    scope: TenantScope,
    tx: Tx,
    id: string,
    expected: number | undefined,
    patch: Omit<Patch<V>, 'tenantId'>,
  ): Promise<number> {
    return updateVersioned<V>(tx, this.entity, id, expected, patch as Patch<V>, { scope });
  }

  /** Whether there was such a row. */
  async remove(scope: TenantScope, tx: Tx, id: string): Promise<boolean> {
    const tenant = scope.tenantId === null ? {} : { tenantId: scope.tenantId };
    const result = await tx.manager
      .createQueryBuilder()
      .delete()
      .from(this.entity)
      .where({ id, ...tenant })
      .execute();
    return (result.affected ?? 0) > 0;
  }

  /** For what the methods above can't say: a builder with the tenant filter already in it (add with `andWhere`). */
  protected builder(scope: TenantScope, manager: EntityManager): SelectQueryBuilder<E> {
    const builder = manager.createQueryBuilder(this.entity, 'row');
    return scope.tenantId === null
      ? builder.where('true')
      : builder.where('row.tenantId = :scopeTenant', { scopeTenant: scope.tenantId });
  }

  private filtered(scope: TenantScope, manager: EntityManager, where: TenantWhere<E>): SelectQueryBuilder<E> {
    const builder = this.builder(scope, manager);
    return Object.keys(where).length === 0 ? builder : builder.andWhere(where);
  }
}
