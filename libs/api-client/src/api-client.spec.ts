import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiProblem, createApiClient, orThrow } from './index';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

describe('the typed client', () => {
  const seen: Seen[] = [];
  let answer: { status: number; headers?: Record<string, string>; body: unknown } = { status: 200, body: {} };
  let server: Server;
  let baseUrl = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push({ method: request.method, url: request.url, headers: request.headers });
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((done) => server.close(done)));
  beforeEach(() => seen.splice(0));

  it('repeats lists in the query, and says who is asking for whom', async () => {
    answer = { status: 200, body: { data: [], meta: { request_id: 'r', timestamp: '2026-11-20T12:00:00.000Z' }, error: null } };
    const client = createApiClient({ baseUrl, credential: () => 'secret', tenant: 'aurora-motors', requestId: () => 'req-1' });
    const page = orThrow(await client.GET('/api/v1/vehicles', { params: { query: { make: ['BMW', 'Audi'], per_page: 5 } } }));
    expect(page.data).toEqual([]);
    expect(seen).toHaveLength(1);
    const url = new URL(seen[0]?.url ?? '', baseUrl);
    expect(url.searchParams.getAll('make')).toEqual(['BMW', 'Audi']);
    expect(url.searchParams.get('per_page')).toBe('5');
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'x-tenant': 'aurora-motors', 'x-request-id': 'req-1' });
  });

  it('sends no credential where there is none', async () => {
    const client = createApiClient({ baseUrl, credential: () => undefined });
    await client.GET('/api/v1/vehicles');
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it('throws a refusal with its code, its fields and its request id', async () => {
    answer = {
      status: 400,
      body: {
        data: null,
        meta: { request_id: 'abc', timestamp: '2026-11-20T12:00:00.000Z' },
        error: { type: '/problems/validation_failed', title: 't', status: 400, detail: 'd', code: 'validation_failed', errors: [{ pointer: '/query/make', code: 'x', detail: 'y' }] },
      },
    };
    const client = createApiClient({ baseUrl });
    const refused = await client.GET('/api/v1/vehicles').then(orThrow).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiProblem);
    expect(refused).toMatchObject({ status: 400, code: 'validation_failed', requestId: 'abc', errors: [{ pointer: '/query/make' }] });
  });

  it('makes sense of an answer that is not the API’s own', async () => {
    answer = { status: 503, headers: { 'retry-after': '7', 'content-type': 'text/html' }, body: '<h1>gateway</h1>' };
    const client = createApiClient({ baseUrl });
    const refused = await client.GET('/api/v1/vehicles').then(orThrow).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 503, code: 'unavailable', retryAfterS: 7 });
  });
});
