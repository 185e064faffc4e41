import { Client } from 'pg';
import { createTestDatabase } from '../testing';
import { jobsSuite } from './jobs.suite';
import { createPostgresJobsBackend } from './postgres-backend';

jobsSuite('PostgreSQL', async () => {
  const { url, superUrl, drop } = await createTestDatabase([]);
  return {
    url,
    backend: () => createPostgresJobsBackend({ connection: { connectionString: url } }),
    disconnectAll: async () => {
      const client = new Client({ connectionString: superUrl });
      await client.connect();
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like 'autobroker jobs%'`,
      );
      await client.end();
    },
    close: drop,
  };
});
