import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { publicRoute } from '../../auth';
import { defineRoute, Handle } from '..';
import { startTestServer, type TestServer } from '../testing/test-server';
import { addressKey, RateLimiter, type SharedCounters } from './limiter';
import { quotasOf } from './policies';
import { RedisCounters } from './redis-counters';
import { SlidingWindow } from './sliding-window';

const route = (path: string, rateLimit: 'default' | 'auth' | 'none') =>
  defineRoute({
    method: 'GET',
    path,
    tag: 't',
    summary: path,
    access: publicRoute(),
    rateLimit,
    response: { status: 200, data: z.unknown() },
  });
const plainRoute = route('/plain', 'default');
const authRoute = route('/auth', 'auth');
const freeRoute = route('/free', 'none');

@Controller()
class Routes {
  @Handle(plainRoute)
  plain() {
    return 1;
  }
  @Handle(authRoute)
  auth() {
    return 1;
  }
  @Handle(freeRoute)
  free() {
    return 1;
  }
}

const quota = quotasOf(1, 10).anonymous;

describe('a sliding window', () => {
  it('lets the limit pass and tells when the next may come', () => {
    const window = new SlidingWindow(quota);
    const start = 60_000 * 1_000;
    for (let i = 0; i < 10; i += 1)
      expect(window.hit('a', start + i)).toMatchObject({ allowed: true, remaining: 9 - i });
    const refused = window.hit('a', start + 10);
    expect(refused).toMatchObject({ allowed: false, remaining: 0 });
    expect(window.hit('b', start + 10).allowed).toBe(true);
    expect(window.hit('a', start + 10 + refused.resetS * 1_000).allowed).toBe(true);
  });

  it('does not begin anew at the turn of the minute', () => {
    const window = new SlidingWindow(quota);
    const minute = 60_000 * 1_000;
    for (let i = 0; i < 10; i += 1) window.hit('a', minute + 59_000);
    let passed = 0;
    for (let i = 0; i < 10; i += 1) if (window.hit('a', minute + 61_000).allowed) passed += 1;
    expect(passed).toBe(0);
    for (let i = 0; i < 10; i += 1) if (window.hit('a', minute + 90_000).allowed) passed += 1;
    expect(passed).toBe(5);
    expect(window.hit('a', minute + 60_000 * 5).remaining).toBe(9);
  });

  it('forgets callers that are gone', () => {
    const window = new SlidingWindow(quota);
    for (let i = 0; i < 100; i += 1) window.hit(`caller-${i}`, 60_000);
    window.hit('new', 60_000 * 10);
    expect([...window.entries.keys()]).toEqual(['new']);
  });
});

describe('limits on the wire', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({
      controllers: [Routes],
      env: { RATE_LIMIT_ANONYMOUS: '5', RATE_LIMIT_SCALE: '1' },
    });
  });
  afterAll(() => server.close());
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}/api/v1${path}`, { headers });

  it('are told with every answer, and refused with the time to wait', async () => {
    const first = await get('/plain');
    expect(first.headers.get('ratelimit-policy')).toBe('"anonymous";q=5;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"anonymous";r=4;t=\d+$/);
    for (let i = 0; i < 4; i += 1) await get('/plain', { 'x-forwarded-for': `10.0.0.${i}` });
    const refused = await get('/plain', { 'x-forwarded-for': '10.1.1.1' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ data: null, error: { code: 'rate_limited', status: 429 } });
  });

  it('are separate for one who has signed in, for sign-in itself, and absent where a route has none', async () => {
    expect((await get('/plain', { authorization: 'Bearer user:anna' })).headers.get('ratelimit-policy')).toBe(
      '"free";q=6000;w=60',
    );
    expect((await get('/auth')).headers.get('ratelimit-policy')).toBe('"auth";q=300;w=60');
    const free = await get('/free');
    expect([free.status, free.headers.get('ratelimit')]).toEqual([200, null]);
  });

  it('count refused credentials by address', async () => {
    const refused = await get('/plain', { authorization: 'Bearer guess' });
    expect(refused.status).toBe(429);
  });
});

describe('behind a trusted proxy', () => {
  it('the address it names is the caller', async () => {
    const server = await startTestServer({
      controllers: [Routes],
      env: { RATE_LIMIT_ANONYMOUS: '1', HTTP_TRUST_PROXY: 'loopback' },
    });
    const statuses: number[] = [];
    for (const ip of ['10.0.0.1', '10.0.0.1', '10.0.0.2']) {
      statuses.push((await fetch(`${server.url}/api/v1/plain`, { headers: { 'x-forwarded-for': ip } })).status);
    }
    await server.close();
    expect(statuses).toEqual([200, 429, 200]);
  });
});

describe('shared counters', () => {
  it('decide for exact policies, and are done without when they do not answer', async () => {
    const quotas = quotasOf(1);
    let answer: Awaited<ReturnType<SharedCounters['hit']>> = { allowed: false, used: 60 };
    const limiter = new RateLimiter(quotas, { hit: () => Promise.resolve(answer), settle: () => Promise.resolve() });
    expect(await limiter.check('auth', null, '1.1.1.1')).toMatchObject({ allowed: false });
    answer = null;
    expect(await limiter.check('auth', null, '1.1.1.1')).toMatchObject({ allowed: true });
    expect(limiter.check('default', null, '1.1.1.1')).not.toBeInstanceOf(Promise);
    limiter.close();
  });

  it('never wait for a Redis that hangs or is away', async () => {
    const hanging = new RedisCounters({ status: 'ready', eval: () => new Promise(() => undefined) }, { patienceMs: 5 });
    const began = performance.now();
    expect(await hanging.hit(quota, 'a', 0)).toBeNull();
    expect(performance.now() - began).toBeLessThan(500);
    const away = new RedisCounters({ status: 'reconnecting', eval: () => Promise.reject(new Error('asked')) });
    expect(await away.hit(quota, 'a', 0)).toBeNull();
    await expect(away.settle([new SlidingWindow(quota)], 0)).resolves.toBeUndefined();
  });
});

describe('whose quota it is', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (ip, key) => {
    expect(addressKey(ip)).toBe(key);
  });
});
