import type { PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner';
import type { SaidBefore } from './records';

/**
 * TypeORM on a connection that we have taken from the pool and give back ourselves, inside a transaction that we have
 * begun. So raw statements and entities share one connection and one transaction, and TypeORM never takes a second one.
 */
class BoundQueryRunner extends PostgresQueryRunner {
  private readonly parts: Part[] = [];

  constructor(
    driver: PostgresDriver,
    private readonly bound: () => Promise<PoolClient>,
    private readonly outer: OuterTransaction | null,
  ) {
    super(driver, 'master');
    this.isTransactionActive = outer !== null;
    this.transactionDepth = outer === null ? 0 : 1; // a nested transaction of TypeORM becomes a savepoint
  }

  override connect(): Promise<PoolClient> {
    return this.bound();
  }

  override async startTransaction(isolation?: Parameters<PostgresQueryRunner['startTransaction']>[0]): Promise<void> {
    if (this.outer !== null) this.parts.push(await this.outer.begins());
    await super.startTransaction(isolation);
  }

  override async commitTransaction(): Promise<void> {
    this.parts.pop();
    await super.commitTransaction();
  }

  override async rollbackTransaction(): Promise<void> {
    const part = this.parts.pop();
    if (part !== undefined) this.outer?.undone(part);
    await super.rollbackTransaction();
  }
}

/** What a transaction had said, and promised for after its commit, before a part of it began. */
export interface Part {
  readonly said: SaidBefore;
  readonly hooks: number;
}

/** The transaction that a manager works in, to be told of TypeORM's own ones inside it. */
export interface OuterTransaction {
  /** Its connection, on which it has begun. */
  open(): Promise<PoolClient>;
  begins(): Promise<Part>;
  undone(part: Part): void;
}

export function managerOn(dataSource: DataSource, on: PoolClient | OuterTransaction): EntityManager {
  const { driver } = dataSource;
  if (!(driver instanceof PostgresDriver)) throw new Error('the data source is not a PostgreSQL one');
  const runner = 'begins' in on ? new BoundQueryRunner(driver, () => on.open(), on) : new BoundQueryRunner(driver, () => Promise.resolve(on), null);
  const manager = dataSource.createEntityManager(runner);
  runner.manager = manager;
  return manager;
}
