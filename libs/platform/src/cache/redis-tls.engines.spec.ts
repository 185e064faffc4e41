import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { makeAuthority, type Authority } from '../../../../tools/engines/certificates.mjs';
import { startRedis, type RedisServer } from '../../../../tools/engines/redis.mjs';
import { createRedisJobsBackend } from '../jobs';
import { connectImpatiently } from './redis-connection';

let folder: string;
let ours: Authority;
let strangers: Authority;
let redis: RedisServer;
const connections: Redis[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autobroker-redis-tls-'));
  [ours, strangers] = await Promise.all([makeAuthority(folder, 'ours'), makeAuthority(folder, 'strangers')]);
  redis = await startRedis({ tls: await ours.issue('localhost') });
}, 120_000);
afterEach(() => {
  for (const connection of connections.splice(0)) connection.disconnect();
});
afterAll(async () => {
  await redis?.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** What comes of the first attempt: `ready`, or why it was refused. */
const outcomeOf = (url: string, ca: string | undefined): Promise<string> => {
  const connection = connectImpatiently(url, 'tls-spec', 2_000, ca);
  connections.push(connection);
  return new Promise((resolve) => {
    connection.once('ready', () => resolve('ready'));
    connection.once('error', (error) => resolve(error.message));
  });
};

describe('Redis behind TLS', () => {
  it('is spoken to when the right authority vouches for it', async () => {
    expect(await outcomeOf(redis.url, ours.ca)).toBe('ready');
    const [connection] = connections;
    expect(await connection?.set('spoken', 'in secret')).toBe('OK');
  });

  it('is refused when a stranger would have to vouch for it, or nobody does', async () => {
    expect(await outcomeOf(redis.url, strangers.ca)).toMatch(/certificate/i);
    expect(await outcomeOf(redis.url, undefined)).toMatch(/certificate/i);
  });

  it('is refused under a name that its certificate does not carry', async () => {
    const other = await startRedis({ tls: await ours.issue('elsewhere') });
    try {
      expect(await outcomeOf(other.url, ours.ca)).toMatch(/altnames|hostname/i);
    } finally {
      await other.dispose();
    }
  });

  it('is not spoken to in the clear', async () => {
    expect(await outcomeOf(redis.url.replace('rediss:', 'redis:'), ours.ca)).not.toBe('ready');
  });

  it('carries jobs under the same rules', async () => {
    const answers = async (ca: string | undefined): Promise<boolean> => {
      const backend = createRedisJobsBackend({ url: redis.url, ca });
      try {
        await backend.ready();
        return await backend.ping().then(
          () => true,
          () => false,
        );
      } finally {
        await backend.close();
      }
    };
    expect([await answers(ours.ca), await answers(strangers.ca), await answers(undefined)]).toEqual([true, false, false]);
  });
});
