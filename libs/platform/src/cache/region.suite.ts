import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Cache } from './cache';
import type { LevelTwo } from './level-two';
import { etagOfBody, type Region } from './region';

/** A loader that ends when the test says so. */
export const gate = <T>(): { promise: Promise<T>; open: (value: T) => void; fail: (error: Error) => void } => {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  return { promise, open: resolve, fail: reject };
};

let names = 0;
export const freshName = (): string => `suite-${process.pid}-${(names += 1)}`;

/** What a region promises, with and without a shared cache behind it. */
export const regionSuite = (title: string, makeShared: () => Promise<LevelTwo | undefined>): void => {
  describe(`a cache region ${title}`, () => {
    let cache: Cache;
    let region: Region;

    beforeEach(async () => {
      cache = new Cache(await makeShared());
      region = cache.region({ name: freshName(), negativeTtlMs: 5_000 });
    });
    afterEach(() => cache.close());

    it('loads once, then answers at once and without waiting', async () => {
      let loads = 0;
      const load = (): Promise<string> => Promise.resolve(`{"load":${(loads += 1)}}`);
      expect(region.peek('a')).toBeUndefined();
      expect(await region.getOrLoad('a', load)).toBe('{"load":1}');
      expect(await region.getOrLoad('a', load)).toBe('{"load":1}');
      expect(region.peek('a')).toBe('{"load":1}');
      expect(loads).toBe(1);
    });

    it('keeps a long answer as bytes, which are the same text with the same ETag', async () => {
      const long = `{"ü":"${'€ 🚗'.repeat(2_000)}"}`;
      const loaded = await region.getOrLoadEntry('long', () => Promise.resolve(long));
      const again = region.peekEntry('long');
      expect([loaded.body, again?.body, again?.bytes?.toString()]).toEqual([long, long, long]);
      expect(loaded.etag).toBe(etagOfBody(long));
      expect(region.stats().bytes).toBeGreaterThan(Buffer.byteLength(long));
      expect((await region.getOrLoadEntry('own', () => Promise.resolve({ body: long, etag: '"7-x"' }))).etag).toBe('"7-x"');
    });

    it('keeps the ETag with the answer: the hash of the body, or what the loader says', async () => {
      const hashed = await region.getOrLoadEntry('a', () => Promise.resolve('{"ü":"€ 🚗"}'));
      expect(hashed.etag).toMatch(/^"[\w-]{27}"$/);
      expect(region.peekEntry('a')).toEqual(hashed);
      const same = await region.getOrLoadEntry('b', () => Promise.resolve('{"ü":"€ 🚗"}'));
      expect(same.etag).toBe(hashed.etag);
      const own = await region.getOrLoadEntry('c', () => Promise.resolve({ body: '{}', etag: '"7-x"' }));
      expect(own).toEqual({ body: '{}', etag: '"7-x"' });
      expect(region.peekEntry('c')).toEqual(own);
    });

    it('lets a hundred callers wait for one load', async () => {
      const slow = gate<string>();
      let loads = 0;
      const load = (): Promise<string> => {
        loads += 1;
        return slow.promise;
      };
      const answers = Array.from({ length: 100 }, () => region.getOrLoad('a', load));
      slow.open('"x"');
      expect(new Set(await Promise.all(answers))).toEqual(new Set(['"x"']));
      expect(loads).toBe(1);
    });

    it('tells everybody who waited of a failed load, and loads anew afterwards', async () => {
      const slow = gate<string>();
      const waiting = [region.getOrLoad('a', () => slow.promise), region.getOrLoad('a', () => slow.promise)];
      slow.fail(new Error('database away'));
      for (const outcome of await Promise.allSettled(waiting)) expect(outcome.status).toBe('rejected');
      expect(await region.getOrLoad('a', () => Promise.resolve('"back"'))).toBe('"back"');
      expect(region.stats().failures).toBe(1);
    });

    it('forgets all variants of a subject, and of one variant only that', async () => {
      for (const key of ['v1', 'v1#fields=id', 'v1#include=media', 'v2']) await region.getOrLoad(key, () => Promise.resolve('"old"'));
      await region.delete('v1#fields=id');
      expect(region.peek('v1#fields=id')).toBeUndefined();
      expect(region.peek('v1#include=media')).toBe('"old"');
      await region.delete('v1');
      expect(region.peek('v1')).toBeUndefined();
      expect(region.peek('v2')).toBe('"old"');
      const load = (): Promise<string> => Promise.resolve('"new"');
      expect(await region.getOrLoad('v1', load)).toBe('"new"');
      expect(await region.getOrLoad('v1#fields=id', load)).toBe('"new"');
      expect(await region.getOrLoad('v1#include=media', load)).toBe('"new"');
      expect(await region.getOrLoad('v2', load)).toBe('"old"');
    });

    const invalidations: [string, (region: Region) => Promise<void>][] = [
      ['of its subject', (target) => target.delete('v1')],
      ['of exactly its key', (target) => target.delete('v1#all')],
      ['of the region', (target) => target.clear()],
    ];
    it.each(invalidations)('does not keep a load that began before an invalidation %s', async (_which, invalidate) => {
      const begun = gate<undefined>();
      const slow = gate<string>();
      const early = region.getOrLoad('v1#all', () => {
        begun.open(undefined);
        return slow.promise;
      });
      await begun.promise;
      await invalidate(region);
      // Who asks after the invalidation does not get the load from before it …
      const late = region.getOrLoad('v1#all', () => Promise.resolve('"new"'));
      slow.open('"old"');
      expect(await early).toBe('"old"');
      expect(await late).toBe('"new"');
      // … nor does the slow load displace the newer answer.
      expect(region.peek('v1#all')).toBe('"new"');
      expect(await region.getOrLoad('v1#all', () => Promise.resolve('"newer"'))).toBe('"new"');
      expect(region.stats().outrun).toBe(1);
    });

    it('does not keep a load that an invalidation outran when nobody asked meanwhile', async () => {
      const begun = gate<undefined>();
      const slow = gate<string>();
      const early = region.getOrLoad('v1', () => {
        begun.open(undefined);
        return slow.promise;
      });
      await begun.promise;
      await region.delete('v1');
      slow.open('"old"');
      await early;
      expect(region.peek('v1')).toBeUndefined();
      expect(await region.getOrLoad('v1', () => Promise.resolve('"new"'))).toBe('"new"');
    });

    it('remembers for a while that there is none', async () => {
      let loads = 0;
      const none = (): Promise<null> => {
        loads += 1;
        return Promise.resolve(null);
      };
      expect(await region.find('ghost', none)).toBeNull();
      expect(await region.find('ghost', none)).toBeNull();
      expect(loads).toBe(1);
      expect(region.peek('ghost')).toBeUndefined();
      await region.delete('ghost');
      expect(await region.find('ghost', () => Promise.resolve('"now"'))).toMatchObject({ body: '"now"' });
    });

    it('does not remember an absence unless told to', async () => {
      const plain = cache.region({ name: freshName() });
      expect(await plain.find('ghost', () => Promise.resolve(null))).toBeNull();
      expect(await plain.find('ghost', () => Promise.resolve('"now"'))).toMatchObject({ body: '"now"' });
    });

    it('loads again when its time is over', async () => {
      const brief = cache.region({ name: freshName(), ttlMs: 40 });
      expect(await brief.getOrLoad('a', () => Promise.resolve('1'))).toBe('1');
      await pause(60);
      expect(brief.peek('a')).toBeUndefined();
      expect(await brief.getOrLoad('a', () => Promise.resolve('2'))).toBe('2');
    });

    it('lets what is asked for once displace nothing where only what comes again is admitted', async () => {
      const full = cache.region({ name: freshName(), max: 2, admit: 'again' });
      const load = (): Promise<string> => Promise.resolve('1');
      for (const key of ['a', 'b', 'c', 'd']) await full.getOrLoad(key, load);
      expect(['a', 'b', 'c', 'd'].map((key) => full.peek(key) !== undefined)).toEqual([true, true, false, false]);
      await full.getOrLoad('d', load);
      expect(['a', 'b', 'c', 'd'].map((key) => full.peek(key) !== undefined)).toEqual([false, true, false, true]);
      const small = cache.region({ name: freshName(), maxBytes: 10_000, admit: 'again' });
      for (const key of ['a', 'b', 'b']) {
        expect(small.peek('b')).toBeUndefined();
        await small.getOrLoad(key, () => Promise.resolve('x'.repeat(6_000)));
      }
      expect([small.peek('a'), small.peek('b')?.length]).toEqual([undefined, 6_000]);
    });

    it('counts what it answered from where', async () => {
      await region.getOrLoad('a', () => Promise.resolve('1'));
      region.peek('a');
      await region.getOrLoad('a', () => Promise.resolve('1'));
      expect(region.stats()).toMatchObject({ hits: 2, sharedHits: 0, misses: 1, entries: 1 });
      expect(region.stats().hitRate).toBeCloseTo(2 / 3);
    });
  });
};
