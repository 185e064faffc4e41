import { Module } from '@nestjs/common';
import { defineService } from '../app';
import { platformTables } from '../database';
import { testApp, type TestApp } from '../testing';
import { objectStore, type ObjectStore } from './object-store';

@Module({})
class EmptyModule {}
const empty = defineService({ name: 'empty', module: EmptyModule, entities: [], migrations: platformTables('empty'), routes: [] });

describe('files behind signed addresses', () => {
  let place: TestApp;
  let store: ObjectStore;
  beforeAll(async () => {
    place = await testApp({ services: [empty], work: false });
    store = place.app.get<ObjectStore>(objectStore);
  }, 60_000);
  afterAll(() => place?.close());

  const path = async (key: string, expiresInS = 60): Promise<string> => new URL(await store.signedUrl(key, { expiresInS }), place.url).pathname;
  const call = async (method: 'GET' | 'HEAD', to: string, headers: Record<string, string> = {}) => {
    const response = await place.call(to, { method, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('are answered without a login, whole and without an envelope', async () => {
    const { etag } = await store.put('photos/Über.jpg', Buffer.from('0123456789'), { contentType: 'image/jpeg' });
    const got = await call('GET', await path('photos/Über.jpg'));
    expect([got.status, got.text, got.headers.get('content-type'), got.headers.get('etag'), got.headers.get('content-length')]).toEqual([
      200,
      '0123456789',
      'image/jpeg',
      etag,
      '10',
    ]);
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('understand HEAD, ranges and conditions', async () => {
    const { etag } = await store.put('doc.pdf', Buffer.from('0123456789'), { contentType: 'application/pdf' });
    const to = await path('doc.pdf');
    const head = await call('HEAD', to);
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '10']);
    const part = await call('GET', to, { range: 'bytes=2-4' });
    expect([part.status, part.text, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([206, '234', 'bytes 2-4/10', '3']);
    const beyond = await call('GET', to, { range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range'), JSON.parse(beyond.text).error.code]).toEqual([416, 'bytes */10', 'range_not_satisfiable']);
    const known = await call('GET', to, { 'if-none-match': etag });
    expect([known.status, known.text, known.headers.get('etag')]).toEqual([304, '', etag]);
  });

  it('refuse what was changed, made up or is gone with a problem', async () => {
    await store.put('mine', Buffer.from('x'), { contentType: 'text/plain' });
    const to = await path('mine');
    await store.delete('mine');
    const codes = await Promise.all(
      [to, `${to.slice(0, -3)}abc`, '/api/v1/objects/x', '/api/v1/objects/..%2f..%2fetc%2fpasswd'].map(async (one) => {
        const { status, text } = await call('GET', one);
        return [status, JSON.parse(text).error.code];
      }),
    );
    expect(codes).toEqual([
      [404, 'not_found'],
      [403, 'signature_invalid'],
      [403, 'signature_invalid'],
      [403, 'signature_invalid'],
    ]);
  });

  it('carry large files as a stream', async () => {
    const bytes = Buffer.alloc(8 * 1024 * 1024, 'ab');
    await store.put('large.bin', bytes, { contentType: 'application/octet-stream' });
    const response = await place.call(await path('large.bin'));
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''large.bin");
  });
});
