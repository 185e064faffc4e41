import { request } from 'node:http';
import { connect } from 'node:net';
import { api, base, tokenOf, type Answer } from './platform';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Every refusal, whatever caused it, is a problem in the envelope. */
const expectProblem = (answer: Answer, status: number, code: string) => {
  expect({ status: answer.status, code: answer.body?.error?.code, text: answer.text.slice(0, 300) }).toMatchObject({ status, code });
  expect(answer.body.data).toBeNull();
  expect(answer.body.error).toMatchObject({ status, title: expect.any(String), type: expect.stringContaining(`/problems/${code}`) });
  expect(answer.body.meta.request_id).toBe(answer.headers.get('x-request-id'));
};

/** Sends exactly these bytes: what no HTTP client would let through. */
const raw = (bytes: string): Promise<string> =>
  new Promise((done, failed) => {
    const { hostname, port } = new URL(base);
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.end(bytes));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('close', () => done(text));
    // The server closes while we are still sending what it has refused already.
    socket.on('error', (error) => (text === '' ? failed(error) : done(text)));
  });

describe('the wire', () => {
  it('wraps an answer in data, meta and error', async () => {
    const answer = await api('/api/v1/vehicles?per_page=2');
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(['data', 'error', 'meta']);
    expect(answer.body.error).toBeNull();
    expect(answer.body.meta.request_id).toBe(answer.headers.get('x-request-id'));
    expect(answer.body.meta.request_id).toMatch(uuid);
    expect(new Date(answer.body.meta.timestamp).toISOString()).toBe(answer.body.meta.timestamp);
    expect(answer.body.meta.pagination).toMatchObject({ page: 1, per_page: 2, total: expect.any(Number), total_pages: expect.any(Number) });
  });

  it('takes a request id and a trace from the caller, and makes new ones of nonsense', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const kept = await api('/api/v1/vehicles?per_page=1', {
      headers: { 'x-request-id': 'order-4711', traceparent: `00-${trace}-00f067aa0ba902b7-01` },
    });
    expect(kept.headers.get('x-request-id')).toBe('order-4711');
    expect(kept.headers.get('traceparent')).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-0[01]$`));
    const made = await api('/api/v1/vehicles?per_page=1', { headers: { 'x-request-id': 'a b<script>', traceparent: 'nonsense' } });
    expect(made.headers.get('x-request-id')).toMatch(uuid);
    expect(made.headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
  });

  it('refuses an unknown parameter, a bad value and a page that is too large, naming each', async () => {
    const answer = await api('/api/v1/vehicles?colour_of_money=green&per_page=101&year_min=soon');
    expectProblem(answer, 400, 'validation_failed');
    expect(answer.body.error?.errors?.map((error) => error.pointer).sort()).toEqual(['/query/colour_of_money', '/query/per_page', '/query/year_min']);
  });

  it('says where pages end', async () => expectProblem(await api('/api/v1/vehicles?page=501&per_page=20'), 400, 'page_too_deep'));

  it('refuses a cursor that it did not make', async () =>
    expectProblem(await api('/api/v1/vehicles?cursor=eyJpZCI6MX0.aaaa'), 400, 'invalid_cursor'));

  it('has its own words for addresses and methods that do not exist', async () => {
    expectProblem(await api('/api/v1/no-such-thing'), 404, 'route_not_found');
    const method = await api('/api/v1/vehicles', { method: 'PATCH' });
    expectProblem(method, 405, 'method_not_allowed');
    expect(method.headers.get('allow')?.split(/, ?/)).toEqual(expect.arrayContaining(['GET', 'POST']));
  });

  it('tells not signed in from not allowed', async () => {
    const anonymous = await api('/api/v1/vehicles', { method: 'POST', json: {} });
    expectProblem(anonymous, 401, 'unauthenticated');
    expect(anonymous.headers.get('www-authenticate')).toContain('Bearer');
    expectProblem(await api('/api/v1/vehicles', { method: 'POST', json: {}, token: await tokenOf('buyer') }), 403, 'permission_denied');
    expectProblem(await api('/api/v1/vehicles?per_page=1', { token: 'not.a.token' }), 401, 'unauthenticated');
  });

  it('refuses bodies that are broken, foreign or too large', async () => {
    const token = await tokenOf('admin');
    const post = (init: RequestInit) =>
      api('/api/v1/vehicles', { method: 'POST', token, ...init, headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) } });
    expectProblem(await post({ body: '{"make": ' }), 400, 'malformed_json');
    expectProblem(await post({ body: 'make=BMW', headers: { 'content-type': 'text/plain' } }), 415, 'unsupported_media_type');
    expectProblem(await post({ body: JSON.stringify({ make: 'x'.repeat(2_000_000) }) }), 413, 'payload_too_large');
    expectProblem(await post({ body: '[]' }), 400, 'validation_failed');
    expectProblem(await post({ body: '"\\u0000"' }), 400, 'validation_failed');
  });

  it('answers bytes that are no HTTP with a 400, not silence', async () => {
    expect(await raw('GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw('GET /api/v1/vehicles/%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(await raw(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4(14|31) /);
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(200_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('says how much of the rate limit is left', async () => {
    const answer = await api('/api/v1/vehicles?per_page=1');
    expect(answer.headers.get('ratelimit')).toMatch(/r=\d+/);
    expect(answer.headers.get('ratelimit-policy')).toMatch(/q=\d+;w=\d+/);
  });

  it('sends headers that keep a browser safe', async () => {
    const answer = await api('/api/v1/vehicles?per_page=1');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('x-powered-by')).toBeNull();
  });

  it('compresses a large answer for those who take it', async () => {
    const { headers, bytes } = await new Promise<{ headers: Record<string, unknown>; bytes: number }>((done, failed) => {
      request(`${base}/api/v1/openapi.json`, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
        let count = 0;
        answer.on('data', (chunk: Buffer) => (count += chunk.length));
        answer.on('end', () => done({ headers: answer.headers, bytes: count }));
      })
        .on('error', failed)
        .end();
    });
    const plain = await api('/api/v1/openapi.json');
    expect(headers['content-encoding']).toBe('gzip');
    expect(bytes).toBeLessThan(plain.text.length / 3);
  });

  it('serves health to load balancers and detail to those who may see it', async () => {
    for (const path of ['/health/live', '/health/ready', '/up', '/api/health']) {
      const answer = await api(path);
      expect([path, answer.status]).toEqual([path, 200]);
    }
    const detail = await api('/api/v1/monitoring/health', { token: await tokenOf('operator') });
    expect(detail.status).toBe(200);
    expect(JSON.stringify(detail.body.data)).toContain('database');
    expect(JSON.stringify(detail.body.data)).not.toMatch(/postgres(ql)?:\/\/[^"]*:[^"]*@/);
  });
});

describe('idempotency keys', () => {
  const car = (make: string) => ({ make, model: 'Test', year: 2020, price: { amount: 1_000_000, currency: 'EUR' } });
  const post = async (key: string, json: unknown, role = 'agent') =>
    api('/api/v1/vehicles', { method: 'POST', token: await tokenOf(role), json, headers: { 'idempotency-key': key } });

  it('replay the first answer, refuse another body, and belong to their principal', async () => {
    const key = `journey-${Date.now()}-${Math.random()}`;
    const first = await post(key, car('Idem'));
    expect(first.status).toBe(201);
    const again = await post(key, car('Idem'));
    expect(again.status).toBe(201);
    expect(again.body.data).toEqual(first.body.data);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expectProblem(await post(key, car('Other')), 422, 'idempotency_key_reused');
    const other = await post(key, car('Idem'), 'ops');
    expect(other.status).toBe(201);
    expect((other.body.data as { id: string }).id).not.toBe((first.body.data as { id: string }).id);
  });

  it('make ten requests at once into one vehicle', async () => {
    const key = `race-${Date.now()}-${Math.random()}`;
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(key, car('Race'))));
    const created = answers.filter((answer) => answer.status === 201).map((answer) => (answer.body.data as { id: string }).id);
    expect(new Set(created).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) expectProblem(answer, 409, 'idempotency_in_flight');
  });

  it('are checked themselves', async () => {
    expectProblem(await post('x'.repeat(256), car('Long')), 400, 'idempotency_key_invalid');
  });
});
