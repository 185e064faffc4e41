import { createServer, request, type Server } from 'node:http';
import { connect } from 'node:net';
import type { FetchContext } from '../../application/ports';
import { type Bench, carLotPlugin, scraperBench, Site } from '../../testing';

/** A real proxy: it forwards requests that name a whole address, and makes tunnels. */
class Proxy {
  readonly seen: string[] = [];
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Proxy> {
    const server = createServer();
    const proxy = new Proxy(server);
    server.on('request', (incoming, answer) => {
      proxy.seen.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
      const onward = request(incoming.url ?? '', { method: incoming.method ?? 'GET', headers: incoming.headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      });
      onward.on('error', () => answer.writeHead(502).end());
      incoming.pipe(onward);
    });
    server.on('connect', (incoming, socket, head) => {
      proxy.seen.push(`CONNECT ${incoming.url ?? ''}`);
      const [host = '', port = ''] = (incoming.url ?? '').split(':');
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        onward.write(head);
        onward.pipe(socket);
        socket.pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

let site: Site;
let stranger: Site;
let proxy: Proxy;
let bench: Bench;

beforeAll(async () => {
  [site, stranger, proxy] = await Promise.all([Site.open(), Site.open(), Proxy.open()]);
  bench = await scraperBench({ addresses: { copart: site.url }, config: { proxyUrl: proxy.url } });
}, 60_000);
afterAll(async () => {
  await bench.close();
  await Promise.all([site.close(), stranger.close(), proxy.close()]);
});
beforeEach(() => {
  proxy.seen.length = 0;
  site.requests.length = 0;
});

const plugin = carLotPlugin();
const ask = async (path: string, more: Partial<FetchContext> = {}) => {
  const context: FetchContext = { plugin, politeness: plugin.politeness, runId: 'run', replayOf: null, session: 'session', signal: new AbortController().signal, ...more };
  const [outcome] = await bench.direct.fetch([{ request: { method: 'GET', path }, validators: null }], context);
  return outcome?.ok === true && !outcome.notModified ? outcome.page.body.toString() : outcome?.ok === false ? outcome.error : 'nothing';
};

it('with a proxy every request, robots.txt too, goes through it', async () => {
  site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('hello');
  let robots = 0;
  site.robots = (_request, response) => {
    robots += 1;
    response.writeHead(200).end('User-agent: *\nDisallow: /private\n');
  };
  expect([await ask('/list'), await ask('/private')]).toEqual(['hello', 'robots']);
  expect([site.requests, robots]).toEqual([['GET /list'], 1]);
  const { host } = new URL(site.url);
  expect(proxy.seen.length).toBeGreaterThan(0);
  for (const line of proxy.seen) expect(line).toContain(host);
});

it('a proxy is no way around: nothing inside this network is asked for but the source itself', async () => {
  stranger.answer = (_request, response) => response.writeHead(200).end('secret');
  const { port } = new URL(stranger.url);
  const sly = { ...plugin, origins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`, 'http://169.254.169.254'] };
  for (const address of [`http://127.0.0.1:${port}/x`, `http://localhost:${port}/x`, 'http://169.254.169.254/latest/meta-data']) expect(await ask(address, { plugin: sly })).toBe('address_refused');
  site.answer = (_request, response) => response.writeHead(302, { location: `${stranger.url}/secret` }).end();
  expect(await ask('/list')).toBe('off_origin');
  expect(stranger.requests).toEqual([]);
  for (const line of proxy.seen) expect(line).not.toMatch(new RegExp(`:${port}\\b|169\\.254`, 'u'));
});

it('a page that is too large is left through the proxy as well', async () => {
  site.answer = (_request, response) => void response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000000000' }).write('x');
  expect(await ask('/huge')).toBe('too_large');
});
