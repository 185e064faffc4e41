import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allCircuits, CircuitOpenError } from '../../resilience';
import { HttpClient, UpstreamError, upstreamProblem, type HttpClientOptions } from './http-client';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let answer: Answer;
let calls: { method: string; url: string; headers: IncomingMessage['headers'] }[] = [];
let server: Server;
let baseUrl: string;
const clients: HttpClient[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    calls.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  calls = [];
});
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

const client = (options: Partial<HttpClientOptions> = {}): HttpClient => {
  const made = new HttpClient({ name: 'other', baseUrl, retryBaseMs: 1, ...options });
  clients.push(made);
  return made;
};
const status =
  (code: number, body = '{}'): Answer =>
  (_, response) =>
    void response.writeHead(code).end(body);
const failing = (times: number, code: number, then: Answer): Answer => {
  let left = times;
  return (request, response) => {
    left -= 1;
    (left >= 0 ? status(code) : then)(request, response);
  };
};

describe('calling another service', () => {
  it('sends JSON below the base address and reads the answer', async () => {
    answer = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => response.writeHead(201).end(Buffer.concat(chunks)));
    };
    const response = await client({ headers: { 'x-key': 'k' } }).post(
      '/things',
      { a: 1 },
      { query: { q: ['1', '2'], none: undefined } },
    );
    expect([response.status, response.json()]).toEqual([201, { a: 1 }]);
    expect(calls[0]).toMatchObject({
      method: 'POST',
      url: '/api/things?q=1&q=2',
      headers: { 'x-key': 'k', 'content-type': 'application/json' },
    });
  });

  it('repeats what may be repeated, and nothing else', async () => {
    answer = failing(2, 503, status(200));
    expect((await client().get('x')).status).toBe(200);
    expect(calls).toHaveLength(3);
    calls = [];
    answer = failing(2, 503, status(200));
    expect((await client().post('x', {})).status).toBe(503);
    expect(calls).toHaveLength(1);
    calls = [];
    answer = failing(1, 503, status(200));
    expect((await client().post('x', {}, { repeatable: true })).status).toBe(200);
    expect(calls).toHaveLength(2);
  });

  it('does not repeat a refusal', async () => {
    answer = status(404);
    expect((await client().get('x')).status).toBe(404);
    expect(calls).toHaveLength(1);
  });

  it('gives up in time, on a slow body as well', async () => {
    answer = (_, response) => void response.writeHead(200).write('{');
    await expect(client({ timeoutMs: 60, retries: 0 }).get('x')).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('stops when the caller goes away, without blaming the other side', async () => {
    const gone = new AbortController();
    answer = () => gone.abort();
    const one = client();
    await expect(one.get('x', { signal: gone.signal })).rejects.toThrow(/abort/i);
    expect(one.breaker.report()).toMatchObject({ state: 'closed', failures_in_a_row: 0 });
    expect(calls).toHaveLength(1);
  });

  it('refuses an answer that is too large', async () => {
    answer = status(200, 'x'.repeat(5_000));
    await expect(client({ maxResponseBytes: 1_000 }).get('x')).rejects.toMatchObject({ reason: 'too_large' });
  });

  it('follows redirects only when asked, and never to another origin', async () => {
    answer = (request, response) => {
      if (request.url === '/api/a') response.writeHead(302, { location: '/api/b' }).end();
      else if (request.url === '/api/out') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else response.writeHead(200).end('"there"');
    };
    expect((await client().get('a')).status).toBe(302);
    expect((await client({ maxRedirects: 2 }).get('a')).json()).toBe('there');
    await expect(client({ maxRedirects: 2 }).get('out')).rejects.toMatchObject({ reason: 'redirect' });
  });

  it('cannot be led away from its base address by a path', async () => {
    await expect(client().get('http://169.254.169.254/x')).rejects.toBeInstanceOf(UpstreamError);
    expect(calls).toHaveLength(0);
  });

  it('leaves alone what keeps failing, and tells why', async () => {
    answer = status(500);
    const one = client({ breaker: { failures: 3, openMs: 10_000 }, retries: 0 });
    for (let i = 0; i < 3; i += 1) expect((await one.get('x')).status).toBe(500);
    const refused = await one.get('x').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CircuitOpenError);
    expect(calls).toHaveLength(3);
    expect(upstreamProblem(refused)).toMatchObject({ code: 'unavailable', headers: { 'retry-after': '10' } });
    expect(allCircuits().find(({ name }) => name === 'other')).toMatchObject({ state: 'open' });
  });

  it('is a problem of its own kind for those who call us', () => {
    expect(upstreamProblem(new UpstreamError('x', 'timeout'))?.code).toBe('upstream_timeout');
    expect(upstreamProblem(new UpstreamError('x', 'unreachable'))?.code).toBe('upstream_failed');
    expect(upstreamProblem(new Error('x'))).toBeNull();
  });
});
