import type { PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner';

/**
 * TypeORM on a connection that we have taken from the pool and give back ourselves, inside a transaction that we have
 * begun. So raw statements and entities share one connection and one transaction, and TypeORM never takes a second one.
 */
class BoundQueryRunner extends PostgresQueryRunner {
  constructor(driver: PostgresDriver, client: PoolClient, inTransaction: boolean) {
    super(driver, 'master');
    this.databaseConnection = client;
    this.isTransactionActive = inTransaction;
    this.transactionDepth = inTransaction ? 1 : 0; // a nested transaction of TypeORM becomes a savepoint
  }
}

export function managerOn(dataSource: DataSource, client: PoolClient, inTransaction: boolean): EntityManager {
  const { driver } = dataSource;
  if (!(driver instanceof PostgresDriver)) throw new Error('the data source is not a PostgreSQL one');
  const runner = new BoundQueryRunner(driver, client, inTransaction);
  const manager = dataSource.createEntityManager(runner);
  runner.manager = manager;
  return manager;
}
