import { DataSource } from 'typeorm';
import * as pg from 'pg';
import type { EntityClass } from './types';

/** A TypeORM data source over the entities of every hosted service that uses the process's pool instead of one of its own. */
export async function dataSourceOn(pool: pg.Pool, entities: readonly EntityClass[]): Promise<DataSource> {
  // `new` of a function that returns an object gives that object: TypeORM's "new pool" is ours.
  const Pool = function sharedPool(): pg.Pool {
    return pool;
  };
  const source = new DataSource({
    type: 'postgres',
    driver: { ...pg, native: undefined, Pool },
    entities: [...entities],
    synchronize: false,
    migrationsRun: false,
    logging: false,
    installExtensions: false,
    poolErrorHandler: () => undefined, // the pool has its own listener
  });
  return source.initialize();
}
