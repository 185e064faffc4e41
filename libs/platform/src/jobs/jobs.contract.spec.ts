import { createTestDatabase } from '../testing';
import { jobsSuite } from './jobs.suite';
import { createPostgresJobsBackend } from './postgres-backend';

jobsSuite('PostgreSQL', async () => {
  const { url, drop } = await createTestDatabase([]);
  return {
    backend: () => createPostgresJobsBackend({ connection: { connectionString: url } }),
    close: drop,
  };
});
