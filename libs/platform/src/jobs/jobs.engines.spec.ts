import { startRedis } from '../../../../tools/engines/redis.mjs';
import { z } from 'zod';
import { defineJob } from './define-job';
import { JobStore } from './job-store';
import { Jobs } from './jobs';
import { jobOperationSuite } from './job-operation.suite';
import { jobScheduleSuite } from './job-schedules.suite';
import { jobsSuite } from './jobs.suite';
import { type JobsPlace, until } from './jobs.world.suite';
import { createRedisJobsBackend } from './redis-backend';

const open = async (): Promise<JobsPlace> => {
  const redis = await startRedis();
  return {
    url: redis.url,
    backend: () => createRedisJobsBackend({ url: redis.url }),
    disconnectAll: () => redis.restart(),
    close: () => redis.dispose(),
  };
};

jobsSuite('Redis', open);
jobOperationSuite('Redis', open);
jobScheduleSuite('Redis', open);

describe('a Redis that is away', () => {
  const job = defineJob({ name: 'later', queue: 'away.default', data: z.object({}) });

  it('does not hold up who enqueues, and is used again when it is back', async () => {
    const redis = await startRedis();
    const store = new JobStore(createRedisJobsBackend({ url: redis.url }), () => undefined);
    const jobs = new Jobs(store);
    try {
      await jobs.enqueue(job, {}, { jobId: '1' });
      await redis.stop();
      const began = performance.now();
      await expect(jobs.enqueue(job, {}, { jobId: '2' })).rejects.toThrow();
      await expect(store.backend.ping()).rejects.toThrow();
      expect(performance.now() - began).toBeLessThan(6_000);
      await redis.start();
      await until(() => jobs.enqueue(job, {}, { jobId: '2' }).then(() => true, () => false));
      expect(await (await store.queue(job.queue)).getPrioritizedCount()).toBe(2);
    } finally {
      await store.close();
      await redis.dispose();
    }
  }, 60_000);

  it('does not hold up a process that starts', async () => {
    const redis = await startRedis();
    await redis.stop();
    const store = new JobStore(createRedisJobsBackend({ url: redis.url }), () => undefined);
    try {
      const began = performance.now();
      await store.backend.ready();
      await expect(new Jobs(store).enqueue(job, {})).rejects.toThrow();
      expect(performance.now() - began).toBeLessThan(9_000);
      await redis.start();
      await until(() => new Jobs(store).enqueue(job, {}).then(() => true, () => false), 20_000);
    } finally {
      await store.close();
      await redis.dispose();
    }
  }, 60_000);
});
