import { startRedis } from '../../../../tools/engines/redis.mjs';
import { jobsSuite } from './jobs.suite';
import { createRedisJobsBackend } from './redis-backend';

jobsSuite('Redis', async () => {
  const redis = await startRedis();
  return {
    backend: () => createRedisJobsBackend({ url: redis.url }),
    close: () => redis.dispose(),
  };
});
