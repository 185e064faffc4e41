import { startRedis, type RedisServer } from '../../../../../tools/engines/redis.mjs';
import { connectImpatiently } from '../../cache';
import { RateLimiter } from './limiter';
import { quotasOf } from './policies';
import { RedisCounters } from './redis-counters';
import { SlidingWindow } from './sliding-window';

let redis: RedisServer;
const connections: { disconnect(): void }[] = [];
beforeAll(async () => {
  redis = await startRedis();
}, 120_000);
afterAll(async () => {
  for (const connection of connections) connection.disconnect();
  await redis.dispose();
});

const counters = async (prefix: string): Promise<RedisCounters> => {
  const connection = connectImpatiently(redis.url, 'limits-spec', 1_000);
  connections.push(connection);
  while (connection.status !== 'ready') await new Promise((resolve) => setTimeout(resolve, 5));
  return new RedisCounters(connection, { prefix, patienceMs: 1_000 });
};

const now = 60_000 * 30_000_000;

describe('limits that processes share through Redis', () => {
  it('hold exactly where guessing is to be stopped', async () => {
    const quotas = quotasOf(1);
    const processes = [await counters('exact'), await counters('exact')].map(
      (shared) => new RateLimiter(quotas, shared, () => now),
    );
    let passed = 0;
    for (let i = 0; i < quotas.auth.limit + 20; i += 1) {
      const decision = await processes[i % 2]?.check('auth', null, '192.0.2.1');
      if (decision?.allowed === true) passed += 1;
    }
    expect(passed).toBe(quotas.auth.limit);
    for (const limiter of processes) limiter.close();
  });

  it('are settled among processes where requests do not wait', async () => {
    const quota = quotasOf(1, 100).anonymous;
    const [a, b] = [new SlidingWindow(quota), new SlidingWindow(quota)];
    const [redisA, redisB] = [await counters('settled'), await counters('settled')];
    for (let i = 0; i < 60; i += 1) a.hit('x', now);
    for (let i = 0; i < 30; i += 1) b.hit('x', now);
    await redisA.settle([a], now);
    await redisB.settle([b], now);
    expect(b.hit('x', now).remaining).toBe(9);
    await redisB.settle([b], now);
    a.hit('x', now);
    await redisA.settle([a], now);
    expect(a.hit('x', now).remaining).toBe(7);
  });

  it('go on in process while Redis is away, without waiting', async () => {
    const shared = await counters('away');
    const limiter = new RateLimiter(quotasOf(1), shared, () => now);
    await redis.stop();
    const began = performance.now();
    expect(await limiter.check('auth', null, '192.0.2.9')).toMatchObject({ allowed: true });
    expect(performance.now() - began).toBeLessThan(1_500);
    await redis.start();
    limiter.close();
  });
});
