import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FileObjectStore } from './file-object-store';
import { ObjectLinks } from './object-links';
import { ObjectServer, parseRange } from './object-server';
import { objectStoreSuite } from './object-store.suite';

const openFolder = async () => {
  const root = await mkdtemp(join(tmpdir(), 'autobroker-objects-'));
  const late: { answerer?: ObjectServer } = {};
  const server = createServer((request, response) => {
    void (async () => {
      const token = (request.url ?? '').replace('/api/v1/objects/', '');
      const answer = await late.answerer?.serve(token, {
        method: request.method === 'HEAD' ? 'HEAD' : 'GET',
        range: request.headers.range,
        ifRange: request.headers['if-range']?.toString(),
        ifNoneMatch: request.headers['if-none-match'],
      });
      if (answer?.kind !== 'answer') {
        const status = answer?.kind === 'range_not_satisfiable' ? 416 : answer?.code === 'not_found' ? 404 : 403;
        response.writeHead(status).end();
        return;
      }
      response.writeHead(answer.status, answer.headers);
      if (answer.body === null) response.end();
      else await pipeline(answer.body, response);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const links = new ObjectLinks('a secret of this spec', `http://127.0.0.1:${port}/api/v1`);
  const store = new FileObjectStore(root, links);
  const answerer = new ObjectServer(store, links);
  late.answerer = answerer;
  return {
    root,
    store,
    links,
    server: answerer,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(root, { recursive: true, force: true });
    },
  };
};

objectStoreSuite('in a folder', openFolder);

describe('a folder of objects', () => {
  let place: Awaited<ReturnType<typeof openFolder>>;
  beforeAll(async () => {
    place = await openFolder();
  });
  afterAll(() => place.close());
  const blobs = async (): Promise<string[]> =>
    (await readdir(join(place.root, 'blobs'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name);

  it('leaves no content behind that nothing refers to', async () => {
    for (const body of ['1', '2', '3']) await place.store.put('k', Buffer.from(body), { contentType: 'text/plain' });
    expect(await blobs()).toHaveLength(1);
    await place.store.delete('k');
    expect(await blobs()).toHaveLength(0);
  });

  it('keeps an object and others below its name apart, which not every S3-compatible store can', async () => {
    for (const key of ['tree/a', 'tree/a/b', 'tree/a/b/c', 'tree/ab']) await place.store.put(key, Buffer.from(key), { contentType: 'text/plain' });
    const keys: string[] = [];
    for await (const { key } of place.store.list('tree/a/')) keys.push(key);
    expect(keys.sort()).toEqual(['tree/a/b', 'tree/a/b/c']);
    await place.store.delete('tree/a');
    expect(await place.store.head('tree/a/b')).not.toBeNull();
    for (const key of ['tree/a/b', 'tree/a/b/c', 'tree/ab']) await place.store.delete(key);
  });

  it('fails loudly over a record that is damaged, rather than saying there is nothing', async () => {
    await place.store.put('damaged', Buffer.from('x'), { contentType: 'text/plain' });
    const record = join(place.root, 'keys', '@damaged');
    expect(JSON.parse(await readFile(record, 'utf8'))).toMatchObject({ key: 'damaged' });
    await rm(join(place.root, 'blobs'), { recursive: true });
    await expect(place.store.get('damaged')).rejects.toThrow(/lost its content/);
  });

  it('answers HEAD, If-None-Match and If-Range', async () => {
    const { etag } = await place.store.put('cond.jpg', Buffer.from('0123456789'), { contentType: 'image/jpeg', immutable: true });
    const address = await place.store.signedUrl('cond.jpg', { expiresInS: 60 });
    const head = await fetch(address, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges'), await head.text()]).toEqual([200, '10', 'bytes', '']);
    expect(head.headers.get('content-disposition')).toMatch(/^inline; filename\*=UTF-8''cond\.jpg$/);
    expect(head.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(address, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await fetch(address, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    expect((await fetch(address, { headers: { range: 'bytes=0-1', 'if-range': etag } })).status).toBe(206);
    expect((await fetch(address, { headers: { range: 'bytes=0-1', 'if-range': '"other"' } })).status).toBe(200);
  });

  it('never shows what could run in a browser', async () => {
    await place.store.put('evil.html', Buffer.from('<script>'), { contentType: 'text/html' });
    const got = await fetch(await place.store.signedUrl('evil.html', { expiresInS: 60 }));
    expect(got.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect(got.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('takes no address that was signed with another secret, or is none', async () => {
    const other = new ObjectLinks('another secret', 'http://x/api/v1').sign('cond.jpg', 60).split('/objects/')[1] ?? '';
    for (const token of [other, '', '.', 'a.b', 'a.b.c', `${other}.`, 'e30.e30']) {
      expect(await place.server.serve(token, { method: 'GET' })).toEqual({ kind: 'refused', code: 'signature_invalid' });
    }
  });
});

describe('a Range header', () => {
  it.each([
    ['bytes=0-0', 10, { start: 0, end: 0 }],
    ['bytes=5-', 10, { start: 5, end: 9 }],
    ['bytes=5-99', 10, { start: 5, end: 9 }],
    ['bytes=-3', 10, { start: 7, end: 9 }],
    ['bytes=-99', 10, { start: 0, end: 9 }],
    ['bytes=10-', 10, 'unsatisfiable'],
    ['bytes=-0', 10, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
    ['bytes=5-2', 10, 'whole'],
    ['bytes=0-1,4-5', 10, 'whole'],
    ['items=0-1', 10, 'whole'],
    ['bytes=-', 10, 'whole'],
    [undefined, 10, 'whole'],
  ] as const)('%s of %d bytes', (header, size, expected) => {
    expect(parseRange(header, size)).toEqual(expected);
  });
});
