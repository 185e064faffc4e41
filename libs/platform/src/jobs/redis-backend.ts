import { createRedisBackend } from 'bullmq';
import { Redis } from 'ioredis';
import type { JobsBackend } from './backend';

export interface RedisBackendOptions {
  readonly url: string;
  readonly prefix?: string;
  readonly onError?: (error: Error) => void;
}

/** Queues and workers share one connection for commands; BullMQ adds one per worker to wait on. */
export const createRedisJobsBackend = (options: RedisBackendOptions): JobsBackend => {
  const name = `autobroker-jobs-${process.pid}`;
  const redis = new Redis(options.url, {
    connectionName: name,
    // Workers wait for Redis to come back for as long as it takes.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(2_000, 50 * 2 ** Math.min(times, 6)),
    lazyConnect: true,
  });
  redis.setMaxListeners(0);
  redis.on('error', (error: Error) => options.onError?.(error));
  const prefix = options.prefix ?? 'autobroker';
  let workers = 0;
  return {
    kind: 'redis',
    factory: (queueName, opts, more) => {
      if (more?.withBlockingConnection === true) workers += 1;
      const withPrefix = { ...opts, connection: redis, prefix };
      return createRedisBackend(queueName, withPrefix, more);
    },
    ready: async () => {
      if (redis.status === 'wait') await redis.connect();
    },
    connections: () => Promise.resolve(1 + workers),
    ping: async () => {
      await redis.ping();
    },
    close: async () => {
      redis.disconnect();
      await Promise.resolve();
    },
  };
};
