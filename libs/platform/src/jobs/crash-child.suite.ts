import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { defineJob } from './define-job';
import { JobRunner } from './job-runner';
import { JobStore } from './job-store';
import { createPostgresJobsBackend } from './postgres-backend';
import { createRedisJobsBackend } from './redis-backend';

/** A process of its own that takes a job and never ends it, until it is killed. */
const main = async (): Promise<void> => {
  const { kind, url, queue }: { kind: string; url: string; queue: `${string}.default` } = JSON.parse(process.env.CHILD ?? '');
  const backend = kind === 'redis' ? createRedisJobsBackend({ url }) : createPostgresJobsBackend({ connection: { connectionString: url } });
  const runner = new JobRunner(new JobStore(backend, (_queue, error) => process.stderr.write(`${error.message}\n`)), { lockMs: 500 });
  runner.register(defineJob({ name: 'work', queue, data: z.object({ n: z.number() }) }), {
    run: async () => {
      process.stdout.write('taken\n');
      await pause(600_000);
    },
  });
  await runner.start();
};

void main();
