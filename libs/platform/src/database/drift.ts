import { DataSource } from 'typeorm';
import type { ServiceSchema } from './types';

/**
 * What TypeORM would change to make a migrated database fit the entities; empty when they agree. It compares tables that
 * have an entity: columns, types, defaults, keys, constraints and indexes. Indexes that TypeORM can't express (partial, by
 * expression, GIN) are declared on the entity with `{ synchronize: false }` and are left alone.
 */
export async function schemaDrift(url: string, services: readonly ServiceSchema[]): Promise<string[]> {
  const source = new DataSource({
    type: 'postgres',
    url,
    entities: services.flatMap((service) => [...service.entities]),
    poolSize: 1,
    installExtensions: false,
    logging: false,
  });
  await source.initialize();
  try {
    const plan = await source.driver.createSchemaBuilder().log();
    return plan.upQueries.map(({ query, parameters }) =>
      parameters?.length ? `${query} -- ${JSON.stringify(parameters)}` : query,
    );
  } finally {
    await source.destroy();
  }
}
