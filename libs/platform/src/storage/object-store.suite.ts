import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { ObjectExistsError, ObjectKeyError, type ObjectInfo, type ObjectStore, putOnce } from './object-store';

const text = { contentType: 'text/plain; charset=utf-8' };

/** What an object store promises, wherever it keeps the objects. */
export const objectStoreSuite = (title: string, open: () => Promise<{ store: ObjectStore; close: () => Promise<void> }>): void => {
  describe(`an object store ${title}`, () => {
    let place: Awaited<ReturnType<typeof open>>;
    let store: ObjectStore;
    beforeAll(async () => {
      place = await open();
      store = place.store;
      await store.check();
    }, 300_000);
    afterAll(() => place.close());

    const read = async (key: string): Promise<string | null> => {
      const found = await store.get(key);
      return found === null ? null : (await buffer(found.stream)).toString();
    };
    const listed = async (prefix: string): Promise<string[]> => {
      const infos: ObjectInfo[] = [];
      for await (const info of store.list(prefix)) infos.push(info);
      return infos.map(({ key }) => key).sort();
    };

    it('gives back what was put, with its type, size and a tag', async () => {
      const put = await store.put('plain/a.txt', Buffer.from('hällo'), text);
      expect(put).toMatchObject({ key: 'plain/a.txt', size: 6, contentType: text.contentType, immutable: false });
      expect(put.etag).toMatch(/^"[^"]+"$/);
      const got = await store.get('plain/a.txt');
      expect(got).toMatchObject({ size: 6, contentType: text.contentType, etag: put.etag });
      expect(await read('plain/a.txt')).toBe('hällo');
      const head = await store.head('plain/a.txt');
      expect(head).toMatchObject({ key: 'plain/a.txt', size: 6, etag: put.etag, contentType: text.contentType });
      expect(Math.abs((head?.modifiedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
      got?.stream.destroy();
    });

    it('gives a part of an object', async () => {
      await store.put('plain/part', Buffer.from('0123456789'), text);
      const part = await store.get('plain/part', { start: 2, end: 5 });
      expect(part?.size).toBe(10);
      expect(part === null ? '' : (await buffer(part.stream)).toString()).toBe('2345');
    });

    it('knows what is not there', async () => {
      expect(await store.get('nothing/here')).toBeNull();
      expect(await store.head('nothing/here')).toBeNull();
      await expect(store.delete('nothing/here')).resolves.toBeUndefined();
      expect(await listed('nothing/')).toEqual([]);
    });

    it('replaces the whole object, type and all', async () => {
      const first = await store.put('over/x', Buffer.from('a longer first'), text);
      const second = await store.put('over/x', Buffer.from('{}'), { contentType: 'application/json' });
      expect(second.etag).not.toBe(first.etag);
      expect(await read('over/x')).toBe('{}');
      expect(await store.head('over/x')).toMatchObject({ size: 2, contentType: 'application/json' });
    });

    it('holds an empty object', async () => {
      await store.put('plain/empty', Buffer.alloc(0), text);
      expect(await read('plain/empty')).toBe('');
    });

    it('never replaces an immutable object', async () => {
      await store.put('fixed/doc', Buffer.from('signed'), { ...text, immutable: true });
      expect(await store.head('fixed/doc')).toMatchObject({ immutable: true });
      await expect(store.put('fixed/doc', Buffer.from('forged'), { ...text, immutable: true })).rejects.toThrow(ObjectExistsError);
      await expect(store.put('fixed/doc', Readable.from([Buffer.from('forged')]), text)).rejects.toThrow(ObjectExistsError);
      expect([await putOnce(store, 'fixed/once', Buffer.from('first'), 'text/plain'), await putOnce(store, 'fixed/once', Buffer.from('again'), 'text/plain')]).toEqual([true, false]);
      expect(await read('fixed/doc')).toBe('signed');
    });

    it('lets one of many simultaneous immutable puts win', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) => store.put('fixed/race', Buffer.from(`v${i}`), { ...text, immutable: true })),
      );
      const winners = outcomes.flatMap((outcome, i) => (outcome.status === 'fulfilled' ? [i] : []));
      expect(winners).toHaveLength(1);
      expect(await read('fixed/race')).toBe(`v${winners[0]}`);
    });

    it('shows readers of a replaced object one version or another, whole', async () => {
      const versions = ['a', 'b', 'c'].map((char) => char.repeat(200_000));
      await store.put('over/busy', Buffer.from(versions[0] ?? ''), text);
      const writing = Promise.all(Array.from({ length: 12 }, (_, i) => store.put('over/busy', Buffer.from(versions[i % 3] ?? ''), text)));
      const seen = await Promise.all(Array.from({ length: 12 }, () => read('over/busy')));
      await writing;
      for (const content of seen) expect(versions.includes(content ?? '')).toBe(true);
    });

    it('takes large streams', async () => {
      const chunk = randomBytes(1024 * 1024);
      const count = 24;
      const digest = createHash('sha256');
      for (let i = 0; i < count; i += 1) digest.update(chunk);
      const put = await store.put('large/stream', Readable.from(Array.from({ length: count }, () => chunk)), { contentType: 'application/octet-stream' });
      expect(put.size).toBe(count * chunk.length);
      const got = await store.get('large/stream');
      const back = createHash('sha256');
      for await (const part of got?.stream ?? []) back.update(part instanceof Uint8Array ? part : '');
      expect(back.digest('hex')).toBe(digest.digest('hex'));
    });

    it('keeps nothing of a stream that fails', async () => {
      const broken = Readable.from(
        (function* () {
          yield Buffer.from('half');
          throw new Error('network');
        })(),
      );
      await expect(store.put('plain/broken', broken, text)).rejects.toThrow('network');
      expect(await store.head('plain/broken')).toBeNull();
    });

    it.each([
      'unicode/Übersicht für 車 🚗 & co.txt',
      "odd/a b+c%2F..%20'q'?x=1#y",
      'odd/CON/aux.txt/.hidden/~tilde@at',
      `long/${'ä'.repeat(120)}/${'x'.repeat(240)}`,
    ])('takes the key %s', async (key) => {
      await store.put(key, Buffer.from(key), text);
      expect(await read(key)).toBe(key);
      expect(await listed(key)).toEqual([key]);
      await store.delete(key);
      expect(await store.head(key)).toBeNull();
    });

    it('lists by prefix, within a segment and below it', async () => {
      const keys = ['tree/a/b', 'tree/a/c/d', 'tree/ab', 'tree/Ä'];
      for (const key of keys) await store.put(key, Buffer.from(key), text);
      expect(await listed('tree/')).toEqual(keys);
      expect(await listed('tree/a')).toEqual(['tree/a/b', 'tree/a/c/d', 'tree/ab']);
      expect(await listed('tree/a/')).toEqual(['tree/a/b', 'tree/a/c/d']);
      expect(await listed('tree/Ä')).toEqual(['tree/Ä']);
      expect(await listed('tree/x')).toEqual([]);
      await store.delete('tree/a/b');
      expect(await listed('tree/a')).toEqual(['tree/a/c/d', 'tree/ab']);
    });

    it.each(['', '/a', 'a/', 'a//b', '../a', 'a/../../b', './a', 'a/.', 'a\\b', 'a\u0000b', 'a\nb', 'x'.repeat(1_000), '\ud800'])(
      'refuses the key %j',
      async (key) => {
        await expect(store.put(key, Buffer.from('x'), text)).rejects.toThrow(ObjectKeyError);
        await expect(store.get(key)).rejects.toThrow(ObjectKeyError);
        await expect(store.head(key)).rejects.toThrow(ObjectKeyError);
        await expect(store.delete(key)).rejects.toThrow(ObjectKeyError);
        await expect(Promise.resolve().then(() => store.signedUrl(key, { expiresInS: 5 }))).rejects.toThrow(ObjectKeyError);
      },
    );

    it('refuses what is no media type', async () => {
      for (const contentType of ['', 'text', 'text/html\r\nx-evil: 1', 'a b/c']) {
        await expect(store.put('plain/type', Buffer.from('x'), { contentType })).rejects.toThrow(TypeError);
      }
    });

    describe('signed addresses', () => {
      const url = (key: string, expiresInS = 60): Promise<string> => store.signedUrl(key, { expiresInS });

      it('are readable by anybody, in whole or in part', async () => {
        const key = 'signed/Über 車.txt';
        await store.put(key, Buffer.from('0123456789'), text);
        const address = await url(key);
        const whole = await fetch(address);
        expect([whole.status, await whole.text(), whole.headers.get('content-type')]).toEqual([200, '0123456789', text.contentType]);
        expect(whole.headers.get('etag')).toBe((await store.head(key))?.etag);
        const part = await fetch(address, { headers: { range: 'bytes=3-5' } });
        expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '345', 'bytes 3-5/10']);
        const tail = await fetch(address, { headers: { range: 'bytes=-2' } });
        expect([tail.status, await tail.text()]).toEqual([206, '89']);
        const beyond = await fetch(address, { headers: { range: 'bytes=99-' } });
        expect(beyond.status).toBe(416);
      });

      it('expire', async () => {
        await store.put('signed/brief', Buffer.from('x'), text);
        const address = await url('signed/brief', 1);
        expect((await fetch(address)).status).toBe(200);
        await pause(2_100);
        expect((await fetch(address)).status).toBe(403);
      });

      it('open nothing else when they are changed', async () => {
        await store.put('signed/mine', Buffer.from('mine'), text);
        await store.put('signed/yours', Buffer.from('yours'), text);
        const address = await url('signed/mine');
        const middle = address.length - 20;
        const tampered = address.slice(0, middle) + (address[middle] === 'a' ? 'b' : 'a') + address.slice(middle + 1);
        expect([400, 403]).toContain((await fetch(tampered)).status);
        if (address.includes('signed/mine')) expect((await fetch(address.replace('signed/mine', 'signed/yours'))).status).toBe(403);
      });

      it('to nothing find nothing', async () => {
        expect((await fetch(await url('signed/absent'))).status).toBe(404);
      });

      it('live no longer than a week', async () => {
        for (const seconds of [0, -1, 1.5, 8 * 24 * 3_600]) {
          await expect(Promise.resolve().then(() => url('signed/mine', seconds))).rejects.toThrow(RangeError);
        }
      });
    });
  });
};
