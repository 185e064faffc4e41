import { setTimeout as pause } from 'node:timers/promises';
import { startRedis, type RedisServer } from '../../../../tools/engines/redis.mjs';
import { Cache } from './cache';
import { connectImpatiently } from './redis-connection';
import { RedisLevelTwo } from './redis-level-two';
import type { Region } from './region';
import { freshName, gate, regionSuite } from './region.suite';

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
}, 120_000);
afterAll(() => redis.dispose());

const until = async (what: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> => {
  const deadline = performance.now() + ms;
  while (!(await what())) {
    if (performance.now() > deadline) throw new Error('did not happen in time');
    await pause(10);
  }
};

const shared = async (): Promise<RedisLevelTwo> => {
  const level = new RedisLevelTwo(connectImpatiently(redis.url, 'cache-spec', 200), { restMs: 50 });
  await until(() => level.state().state === 'up');
  return level;
};

regionSuite('with Redis behind it', shared);

describe('processes that share Redis', () => {
  const caches: Cache[] = [];
  const processOf = async (name: string): Promise<{ cache: Cache; region: Region }> => {
    const cache = new Cache(await shared());
    caches.push(cache);
    return { cache, region: cache.region({ name, negativeTtlMs: 5_000 }) };
  };
  afterEach(async () => {
    await redis.start();
    for (const cache of caches.splice(0)) await cache.close();
  });
  const never = (): Promise<string> => Promise.reject(new Error('should not have been loaded'));

  it('load a thing once between them, with one ETag', async () => {
    const name = freshName();
    const [a, b] = [await processOf(name), await processOf(name)];
    const entry = await a.region.getOrLoadEntry('k#v', () => Promise.resolve('{"ü":"🚗\\n"}'));
    await pause(20); // a stores it without being waited for
    expect(await b.region.getOrLoadEntry('k#v', never)).toEqual(entry);
    expect(b.region.stats().sharedHits).toBeGreaterThanOrEqual(1);
  });

  it('do not all load a thing that many want at once', async () => {
    const name = freshName();
    const all = await Promise.all([processOf(name), processOf(name), processOf(name), processOf(name)]);
    let loads = 0;
    const load = async (): Promise<string> => {
      loads += 1;
      await pause(20);
      return '"x"';
    };
    await Promise.all(all.map(({ region }) => region.getOrLoad('popular', load)));
    expect(loads).toBe(1);
  });

  it('do not wait long for one that never finishes its load', async () => {
    const name = freshName();
    const [a, b] = [await processOf(name), await processOf(name)];
    const stuck = gate<string>();
    const begun = gate<undefined>();
    const waiting = a.region.getOrLoad('k', () => {
      begun.open(undefined);
      return stuck.promise;
    });
    await begun.promise;
    const started = performance.now();
    expect(await b.region.getOrLoad('k', () => Promise.resolve('"own"'))).toBe('"own"');
    expect(performance.now() - started).toBeLessThan(1_000);
    stuck.open('"late"');
    await waiting;
  });

  it.each([
    ['the subject', (region: Region) => region.delete('k')],
    ['the variant', (region: Region) => region.delete('k#v')],
    ['the region', (region: Region) => region.clear()],
  ])('cannot store what they began to load before another invalidated %s', async (_what, invalidate) => {
    const name = freshName();
    const [a, b, c] = [await processOf(name), await processOf(name), await processOf(name)];
    const begun = gate<undefined>();
    const slow = gate<string>();
    const early = a.region.getOrLoad('k#v', () => {
      begun.open(undefined);
      return slow.promise;
    });
    await begun.promise;
    await invalidate(b.region); // a has not heard of it yet
    slow.open('"old"');
    expect(await early).toBe('"old"');
    await pause(20); // a's attempt to store it
    expect(await c.region.getOrLoad('k#v', () => Promise.resolve('"new"'))).toBe('"new"');
  });

  it('forget together, also what only Redis holds', async () => {
    const name = freshName();
    const [a, b] = [await processOf(name), await processOf(name)];
    await a.region.getOrLoad('k#v', () => Promise.resolve('"old"'));
    await pause(20);
    await b.region.delete('k'); // b has never held it
    await a.region.delete('k');
    expect(await b.region.getOrLoad('k#v', () => Promise.resolve('"new"'))).toBe('"new"');
  });

  it('go on while Redis is away, believe it again when it is back, and forget what was invalidated meanwhile', async () => {
    const name = freshName();
    const { cache, region } = await processOf(name);
    await region.getOrLoad('warm', () => Promise.resolve('"warm"'));
    await region.getOrLoad('stale', () => Promise.resolve('"old"'));
    await pause(20);
    await redis.stop();
    await until(() => cache.stats().shared.state === 'away');

    const started = performance.now();
    expect(await region.getOrLoad('warm', never)).toBe('"warm"');
    expect(await region.getOrLoad('cold', () => Promise.resolve('"cold"'))).toBe('"cold"');
    await region.delete('stale');
    expect(performance.now() - started).toBeLessThan(50);

    await redis.start(); // with its append-only file, so with the old value
    await until(() => cache.stats().shared.state === 'up');
    expect(await region.getOrLoad('stale', () => Promise.resolve('"new"'))).toBe('"new"');
    const other = await processOf(name);
    await pause(20);
    expect(await other.region.getOrLoad('stale', never)).toBe('"new"');
  });

  it('wait once, and only briefly, for a Redis that is connected and silent', async () => {
    const { cache, region } = await processOf(freshName());
    redis.freeze();
    try {
      const first = performance.now();
      expect(await region.getOrLoad('a', () => Promise.resolve('1'))).toBe('1');
      expect(performance.now() - first).toBeLessThan(400); // the command's time-out of this spec is 200 ms
      const next = performance.now();
      for (let i = 0; i < 50; i += 1) await region.getOrLoad(`k${i}`, () => Promise.resolve('1'));
      expect(performance.now() - next).toBeLessThan(100);
    } finally {
      redis.thaw();
    }
    await until(() => cache.stats().shared.state === 'up');
  });

  it('starts without Redis and joins it later', async () => {
    await redis.stop();
    const cache = new Cache(new RedisLevelTwo(connectImpatiently(redis.url, 'late'), { restMs: 50 }));
    caches.push(cache);
    const region = cache.region({ name: freshName() });
    expect(await region.getOrLoad('a', () => Promise.resolve('1'))).toBe('1');
    expect(cache.stats().shared.state).toBe('away');
    await redis.start();
    await until(() => cache.stats().shared.state === 'up');
  });
});
