import { setTimeout as pause } from 'node:timers/promises';
import { createRedisBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { redisTls } from '../cache';
import type { JobsBackend } from './backend';

export interface RedisBackendOptions {
  readonly url: string;
  /** Of the authority that signed the certificate of a `rediss:` server, as PEM. */
  readonly ca?: string | undefined;
  readonly prefix?: string;
  readonly onError?: (error: Error) => void;
}

/** How long a start waits for Redis before it goes on without. */
const patienceMs = 2_000;

/**
 * Two connections, and one more per worker for BullMQ to wait on: workers wait for Redis to come back however long it takes,
 * while whoever enqueues is told at once that it is away.
 */
export const createRedisJobsBackend = (options: RedisBackendOptions): JobsBackend => {
  const common = {
    ...redisTls(options.url, options.ca),
    lazyConnect: true,
    retryStrategy: (times: number) => Math.min(2_000, 50 * 2 ** Math.min(times, 6)),
  };
  const name = `autobroker-jobs-${process.pid}`;
  const patient = new Redis(options.url, { ...common, connectionName: `${name}-work`, maxRetriesPerRequest: null });
  const hasty = new Redis(options.url, { ...common, connectionName: name, maxRetriesPerRequest: 1, enableOfflineQueue: false });
  const both = [patient, hasty];
  for (const redis of both) {
    redis.setMaxListeners(0);
    redis.on('error', (error: Error) => options.onError?.(error));
  }
  const prefix = options.prefix ?? 'autobroker';
  let workers = 0;
  let connected: Promise<unknown> | undefined;
  return {
    kind: 'redis',
    reliedOnS: 10,
    factory: (queueName, opts, more) => {
      const works = more?.withBlockingConnection === true;
      if (works) workers += 1;
      const withPrefix = { ...opts, connection: works ? patient : hasty, prefix };
      return createRedisBackend(queueName, withPrefix, more);
    },
    ready: async () => {
      // A first attempt that fails is followed by others; nobody has to wait for them here.
      connected ??= Promise.all(both.map((redis) => redis.connect().catch(() => undefined)));
      await Promise.race([connected, pause(patienceMs, undefined, { ref: false })]);
    },
    connections: () => Promise.resolve(both.length + workers),
    ping: async () => {
      await hasty.ping();
    },
    close: async () => {
      for (const redis of both) redis.disconnect();
      await Promise.resolve();
    },
  };
};
