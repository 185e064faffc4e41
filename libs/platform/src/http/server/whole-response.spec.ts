import { connect } from 'node:net';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { publicRoute } from '../../auth';
import { defineRoute, Handle, Input, reply, type InputOf } from '..';
import { startTestServer, type TestServer } from '../testing/test-server';

const echo = defineRoute({
  method: 'GET',
  path: '/echo',
  tag: 't',
  summary: 'Echo',
  access: publicRoute(),
  query: z.strictObject({ tag: z.string().optional() }),
  response: { status: 200, data: z.unknown() },
});
const slow = defineRoute({ method: 'GET', path: '/slow', tag: 't', summary: 'Slow', access: publicRoute(), response: { status: 200, data: z.unknown() } });

let release: (() => void) | null = null;

@Controller()
class Routes {
  @Handle(echo)
  echo(@Input() { query }: InputOf<typeof echo>) {
    return reply({ text: 'grüße' }, query.tag === undefined ? {} : { headers: { 'x-tag': query.tag } });
  }
  @Handle(slow)
  async slow() {
    await new Promise<void>((resolve) => (release = resolve));
    return 'done';
  }
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ controllers: [Routes] });
});
afterAll(async () => {
  await server.close();
});

/** Everything that comes back for these bytes until the other side has been quiet or has closed. */
function talk(bytes: string, until: (text: string) => boolean): Promise<string> {
  return new Promise((done, failed) => {
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    socket.on('connect', () => socket.write(bytes));
    socket.on('error', failed);
    socket.on('close', () => done(text));
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (until(text)) socket.destroy();
    });
  });
}

const get = (path: string, more = '', version = '1.1', method = 'GET'): string => `${method} ${path} HTTP/${version}\r\nHost: x\r\n${more}\r\n`;
const whole = (text: string): boolean => text.includes('"error":null}');
const headOf = (text: string): Map<string, string> =>
  new Map(
    text
      .slice(0, text.indexOf('\r\n\r\n'))
      .split('\r\n')
      .slice(1)
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );

const own = ['x-request-id', 'traceparent', 'ratelimit', 'date', 'connection', 'keep-alive'];
const common = (text: string) => [...headOf(text)].filter(([name]) => !own.includes(name)).sort();

describe('the head of an answer', () => {
  it('says the same whether we write it or node does', async () => {
    const ours = await talk(get('/api/v1/echo'), whole);
    const closing = await talk(get('/api/v1/echo', 'Connection: close\r\n'), () => false);
    const old = await talk(get('/api/v1/echo', '', '1.0'), () => false);
    const head = await talk(get('/api/v1/echo', '', '1.1', 'HEAD'), (text) => text.includes('\r\n\r\n'));
    expect(ours.startsWith('HTTP/1.1 200 OK\r\n')).toBe(true);
    expect(headOf(ours).get('keep-alive')).toBe('timeout=5');
    expect([headOf(ours).get('connection'), headOf(closing).get('connection'), headOf(old).get('connection')]).toEqual(['keep-alive', 'close', 'close']);
    expect(Math.abs(Date.parse(headOf(ours).get('date') ?? '') - Date.now())).toBeLessThan(5_000);
    for (const other of [closing, old, head]) expect(common(other)).toEqual(common(ours));
    for (const name of own.slice(0, 3)) expect(headOf(ours).has(name)).toBe(true);
    expect(head.endsWith('\r\n\r\n')).toBe(true);
    const body = ours.slice(ours.indexOf('\r\n\r\n') + 4);
    expect(headOf(ours).get('content-length')).toBe(String(Buffer.byteLength(body)));
  });

  it('lets requests that were sent at once be answered in turn', async () => {
    const text = await talk(get('/api/v1/echo?tag=one') + get('/api/v1/echo?tag=two') + get('/api/v1/nothing', 'Connection: close\r\n'), () => false);
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '200', '404']);
    expect(text.indexOf('x-tag: one')).toBeLessThan(text.indexOf('x-tag: two'));
  });

  it('is nothing that a value may end before its time', async () => {
    const ends = (text: string): boolean => text.includes('"error":{');
    for (const more of ['', 'Connection: close\r\n']) {
      const text = await talk(get('/api/v1/echo?tag=a%0D%0Aset-cookie:%20b=c', more), ends);
      expect([text.slice(0, 12), headOf(text).has('set-cookie'), ends(text)]).toEqual(['HTTP/1.1 500', false, true]);
    }
  });
});

describe('a request whose client goes away', () => {
  it('is no longer counted once its work is done', async () => {
    const before = server.http.core.requestsInFlight;
    const socket = connect(server.port, '127.0.0.1', () => socket.write(get('/api/v1/slow')));
    while (release === null) await new Promise((next) => setTimeout(next, 5));
    expect(server.http.core.requestsInFlight).toBe(before + 1);
    const gone = new Promise((done) => socket.once('close', done));
    socket.destroy();
    await gone;
    release();
    while (server.http.core.requestsInFlight > before) await new Promise((next) => setTimeout(next, 5));
    expect((await fetch(`${server.url}/api/v1/echo`)).status).toBe(200);
    expect(server.http.core.requestsInFlight).toBe(before);
  });
});
