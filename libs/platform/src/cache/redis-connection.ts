import { Redis, type RedisOptions } from 'ioredis';

/** For a `rediss:` address whose server's certificate is signed by an authority of the installation's own (as PEM). */
export const redisTls = (url: string, ca: string | undefined): Pick<RedisOptions, 'tls'> =>
  ca === undefined || !url.startsWith('rediss:') ? {} : { tls: { ca } };

/**
 * A connection for things that must never wait for Redis: commands fail at once while it is away and after
 * `commandTimeoutMs` when it does not answer; commands of one tick travel together.
 */
export const connectImpatiently = (url: string, name: string, commandTimeoutMs = 50, ca?: string): Redis =>
  new Redis(url, {
    ...redisTls(url, ca),
    connectionName: `autobroker:${name}`,
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    connectTimeout: 2_000,
    keepAlive: 10_000,
    retryStrategy: (times) => Math.min(2_000, 50 * 2 ** Math.min(times, 6)),
  });
