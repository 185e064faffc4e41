import { defineEvent, type EventEnvelope } from '@autobroker/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Cache } from './cache';
import { regionSuite } from './region.suite';
import { invalidatedBy } from './types';

regionSuite('in one process', () => Promise.resolve(undefined));

const repainted = defineEvent({
  type: 'car.repainted.v1',
  service: 'car',
  summary: 'A car has another colour.',
  data: z.object({ colour: z.string() }),
  fixture: { colour: 'red' },
});
const recalled = defineEvent({
  type: 'car.recalled.v1',
  service: 'car',
  summary: 'A series was recalled.',
  data: z.object({}),
  fixture: {},
});

const envelope = (type: string, key: string, data: unknown): EventEnvelope => ({
  id: '01999999-0000-7000-8000-000000000000',
  type,
  version: 1,
  key,
  tenant_id: null,
  occurred_at: '2026-11-20T12:00:00.000Z',
  trace: null,
  data,
});

describe('regions that live by events', () => {
  const make = () => {
    const cache = new Cache();
    const cars = cache.region({
      name: 'cars',
      invalidateOn: [invalidatedBy(repainted, (event) => [event.key, `colour:${event.data.colour}`]), { event: recalled, keys: () => 'all' }],
    });
    const constants = cache.region({ name: 'constants' });
    const load = (value: string) => () => Promise.resolve(value);
    return { cache, cars, constants, load };
  };

  it('forgets what the event names, and nothing else', async () => {
    const { cache, cars, constants, load } = make();
    for (const key of ['c1', 'c1#short', 'c2', 'colour:blue', 'colour:red']) await cars.getOrLoad(key, load('1'));
    await constants.getOrLoad('c1', load('1'));
    await cache.handle(envelope(repainted.type, 'c1', { colour: 'blue' }));
    expect(['c1', 'c1#short', 'c2', 'colour:blue', 'colour:red'].filter((key) => cars.peek(key) !== undefined)).toEqual(['c2', 'colour:red']);
    expect(constants.peek('c1')).toBe('1');
  });

  it('forgets everything when the event says so', async () => {
    const { cache, cars, load } = make();
    await cars.getOrLoad('c1', load('1'));
    await cache.handle(envelope(recalled.type, 'x', {}));
    expect(cars.peek('c1')).toBeUndefined();
  });

  it('forgets what lives by events when some may have been missed', async () => {
    const { cache, cars, constants, load } = make();
    await cars.getOrLoad('c1', load('1'));
    await constants.getOrLoad('c1', load('1'));
    await cache.forgetAll();
    expect(cars.peek('c1')).toBeUndefined();
    expect(constants.peek('c1')).toBe('1');
  });

  it('says which events it needs', () => {
    expect(make().cache.events()).toEqual([repainted, recalled]);
  });

  it('refuses a second region of the same name', () => {
    const { cache } = make();
    expect(() => cache.region({ name: 'cars' })).toThrow(/twice/);
  });
});

describe('loaders that read from a lagging replica', () => {
  it('are believed only briefly after an invalidation, and fully again later', async () => {
    const region = new Cache(undefined, { settleMs: 60 }).region({ name: 'lagging' });
    const load = (value: string) => () => Promise.resolve(value);
    await region.getOrLoad('a', load('old'));
    await region.getOrLoad('b', load('old'));
    await region.delete('a');
    await region.getOrLoad('a', load('old again, the replica lags'));
    await pause(80);
    expect(region.peek('a')).toBeUndefined();
    expect(region.peek('b')).toBe('old');
    await region.getOrLoad('a', load('new'));
    await pause(80);
    expect(region.peek('a')).toBe('new');
    await region.clear();
    await region.getOrLoad('b', load('old again'));
    await pause(80);
    expect(region.peek('b')).toBeUndefined();
  });
});

describe('the size of a region', () => {
  const fill = async (region: ReturnType<Cache['region']>, count: number, bytes: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) await region.getOrLoad(`k${i}#v`, () => Promise.resolve('x'.repeat(bytes)));
  };

  it('is bounded by entries', async () => {
    const region = new Cache().region({ name: 'few', max: 10 });
    await fill(region, 100, 1);
    expect(region.stats().entries).toBe(10);
  });

  it('is bounded by bytes, as UTF-8, and takes nothing that is larger than all of it', async () => {
    const region = new Cache().region({ name: 'light', maxBytes: 100_000 });
    await fill(region, 100, 10_000);
    expect(region.stats().bytes).toBeLessThanOrEqual(100_000);
    expect(region.stats().entries).toBeGreaterThan(5);
    expect(await region.getOrLoad('huge', () => Promise.resolve('€'.repeat(40_000)))).toHaveLength(40_000);
    expect(region.peek('huge')).toBeUndefined();
  });

  it('keeps no trace of subjects whose entries were pushed out', async () => {
    const region = new Cache().region({ name: 'tidy', max: 3 });
    await fill(region, 50, 1);
    const index: unknown = Reflect.get(region, 'variants');
    expect(index instanceof Map && index.size).toBe(3);
  });
});
