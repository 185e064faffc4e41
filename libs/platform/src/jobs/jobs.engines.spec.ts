import { startRedis } from '../../../../tools/engines/redis.mjs';
import { jobsSuite } from './jobs.suite';
import { createRedisJobsBackend } from './redis-backend';

jobsSuite('Redis', async () => {
  const redis = await startRedis();
  return {
    url: redis.url,
    backend: () => createRedisJobsBackend({ url: redis.url }),
    disconnectAll: () => redis.restart(),
    close: () => redis.dispose(),
  };
});
