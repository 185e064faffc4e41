import { Client } from 'pg';
import { createTestDatabase } from '../testing';
import { jobOperationSuite } from './job-operation.suite';
import { jobScheduleSuite } from './job-schedules.suite';
import { jobsSuite } from './jobs.suite';
import type { JobsPlace } from './jobs.world.suite';
import { createPostgresJobsBackend } from './postgres-backend';

const open = async (): Promise<JobsPlace> => {
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
};

jobsSuite('PostgreSQL', open);
jobOperationSuite('PostgreSQL', open);
jobScheduleSuite('PostgreSQL', open);
