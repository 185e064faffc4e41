import { connect } from 'node:net';
import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { can, publicRoute } from '../../auth';
import { defineRoute, documentRoutes, Handle, HealthRegistry, Input, multipart, stream, type InputOf } from '..';
import { Readable } from 'node:stream';
import { collectRoutes } from '../route/collect-routes';
import { startTestServer, type TestServer } from '../testing/test-server';

const slow = defineRoute({
  method: 'GET',
  path: '/slow',
  tag: 't',
  summary: 'Slow',
  access: publicRoute(),
  response: { status: 200, data: z.unknown() },
});
const upload = defineRoute({
  method: 'POST',
  path: '/upload',
  tag: 't',
  summary: 'Upload',
  access: publicRoute(),
  body: multipart({ maxBytes: 1_000, files: 2, accept: ['image/png'], fields: ['note'] }),
  response: { status: 201, data: z.unknown() },
});
const download = defineRoute({
  method: 'GET',
  path: '/download',
  tag: 't',
  summary: 'Download',
  access: publicRoute(),
  response: { status: 200, raw: 'text/plain' },
});

let finish: (() => void) | null = null;

@Controller()
class Routes {
  @Handle(slow)
  async slow() {
    await new Promise<void>((resolve) => (finish = resolve));
    return 'done';
  }
  @Handle(upload)
  upload(@Input() { body }: InputOf<typeof upload>) {
    return {
      note: body.fields.note,
      files: body.files.map((file) => [file.field, file.filename, file.contentType, file.bytes.length]),
    };
  }
  @Handle(download)
  download() {
    return stream(Readable.from(['a', 'b']), 'text/plain', { length: 2 });
  }
}

const health = new HealthRegistry();
let server: TestServer;
beforeEach(async () => {
  server = await startTestServer({
    controllers: [Routes],
    health,
    env: { HTTP_REQUEST_TIMEOUT: '400ms', HTTP_CORS_ORIGINS: 'https://app.example', HTTP_DRAIN: '2s' },
    builtIns: (routes) => documentRoutes(routes, { version: '1.0.0' }),
  });
});
afterEach(async () => {
  finish?.();
  finish = null;
  await server.close();
});

const raw = (bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('error', () => resolve(text));
    setTimeout(() => socket.end(), 300);
  });

describe('bytes that are no request', () => {
  it.each([
    ['nonsense\r\n\r\n', 400, 'malformed_request'],
    ['GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n', 400, 'malformed_request'],
    [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers_too_large'],
    ['POST /api/v1/upload HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n', 400, 'malformed_request'],
    ['GET *api/v1/download HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400, 'malformed_request'],
  ])('are answered in the envelope: %j', async (bytes, status, code) => {
    const text = await raw(bytes);
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(body)).toMatchObject({ data: null, error: { code, status } });
  });
});

describe('a request that takes too long', () => {
  it('is answered with 503 while its work goes on elsewhere', async () => {
    const answer = await fetch(`${server.url}/api/v1/slow`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: 'unavailable' } });
  });
});

describe('uploads', () => {
  const png = (size: number) => new Blob([new Uint8Array(size)], { type: 'image/png' });
  const send = async (form: FormData) => {
    const answer = await fetch(`${server.url}/api/v1/upload`, { method: 'POST', body: form });
    const json: { data: unknown; error: { code: string; errors?: unknown } | null } = JSON.parse(await answer.text());
    return { status: answer.status, ...json };
  };
  const formOf = (...parts: [string, Blob | string, string?][]): FormData => {
    const form = new FormData();
    for (const [name, value, filename] of parts) {
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, value, filename ?? 'x.png');
    }
    return form;
  };

  it('arrive part by part', async () => {
    const { status, data } = await send(
      formOf(['note', 'hello'], ['file', png(10), '../../etc/a.png'], ['file', png(1_000)]),
    );
    expect(status).toBe(201);
    expect(data).toEqual({
      note: 'hello',
      files: [
        ['file', 'a.png', 'image/png', 10],
        ['file', 'x.png', 'image/png', 1_000],
      ],
    });
  });
  it('stop at their limits', async () => {
    expect((await send(formOf(['file', png(1_001)]))).error?.code).toBe('payload_too_large');
    expect((await send(formOf(['file', png(1)], ['file', png(1)], ['file', png(1)]))).error?.code).toBe(
      'payload_too_large',
    );
    expect((await send(formOf(['file', new Blob(['x'], { type: 'text/html' })]))).error?.code).toBe(
      'unsupported_media_type',
    );
    expect((await send(formOf(['other', 'x'], ['file', png(1)]))).error?.code).toBe('validation_failed');
    expect((await send(formOf(['note', 'x']))).error?.code).toBe('validation_failed');
  });
  it.each([
    ['cut short', '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nabc'],
    ['without a part', '--x\r\nnonsense'],
    ['of other boundaries', '--y\r\n\r\nabc\r\n--y--\r\n'],
    ['empty', ''],
  ])('are refused when the form is %s', async (_, body) => {
    const answer = await fetch(`${server.url}/api/v1/upload`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body,
    });
    expect(answer.status).toBe(400);
  });
  it('are nothing but multipart', async () => {
    const answer = await fetch(`${server.url}/api/v1/upload`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(415);
  });
});

describe('streams', () => {
  it('carry the headers of every answer', async () => {
    const answer = await fetch(`${server.url}/api/v1/download`);
    expect(await answer.text()).toBe('ab');
    expect(answer.headers.get('content-length')).toBe('2');
    expect(answer.headers.get('x-request-id')).not.toBeNull();
  });
});

describe('an injected request', () => {
  it('gets what one over the network gets', async () => {
    const { statusCode, headers, payload } = await server.app.inject({ url: '/health/live' });
    expect([statusCode, JSON.parse(payload)]).toMatchObject([200, { data: { status: 'up' }, error: null }]);
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': expect.any(String),
      'x-frame-options': 'DENY',
    });
    const failed = await server.app.inject({ method: 'POST', url: '/api/v1/upload', payload: { a: 1 } });
    expect([failed.statusCode, failed.headers['cache-control']]).toEqual([415, 'no-store']);
  });
});

describe('other origins', () => {
  it('read only when they are configured', async () => {
    const mine = await fetch(`${server.url}/api/v1/download`, { headers: { origin: 'https://app.example' } });
    expect(mine.headers.get('access-control-allow-origin')).toBe('https://app.example');
    const theirs = await fetch(`${server.url}/api/v1/download`, { headers: { origin: 'https://evil.example' } });
    expect(theirs.headers.get('access-control-allow-origin')).toBeNull();
    expect(theirs.headers.get('vary')).toContain('Origin');
    const preflight = await fetch(`${server.url}/api/v1/upload`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'OPTIONS, POST']);
  });
});

describe('health', () => {
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(server.url + path, { headers });
    const json: { data: Record<string, unknown> | null; error: Record<string, unknown> | null } = JSON.parse(
      await answer.text(),
    );
    return { status: answer.status, ...json };
  };

  it('tells states to all and details to those who may', async () => {
    const remove = health.check('cache', () => ({ state: 'degraded', circuit: 'open', url: 'redis://:secret@host' }));
    const removeSection = health.section('caches', () => ({ vehicles: 0.9 }));
    const open = await get('/api/v1/monitoring/health');
    expect(open.data).toMatchObject({
      status: 'degraded',
      checks: [{ name: 'cache', critical: false, state: 'degraded', circuit: 'open' }],
    });
    expect(JSON.stringify(open)).not.toContain('secret');
    expect((await get('/api/health/detailed', { authorization: 'Bearer operator' })).data).toMatchObject({
      sections: { caches: { vehicles: 0.9 } },
    });
    expect((await get('/health/ready')).status).toBe(200);
    remove();
    removeSection();
  });

  it('is not ready while something critical is down, and stays alive', async () => {
    const remove = health.check(
      'database',
      () => Promise.reject(Object.assign(new Error('user bob at host'), { code: 'ECONNREFUSED' })),
      { critical: true },
    );
    const ready = await get('/health/ready');
    expect([ready.status, ready.error]).toMatchObject([
      503,
      { code: 'unavailable', checks: [{ name: 'database', state: 'down' }] },
    ]);
    for (const path of ['/health/live', '/up', '/api/v1/monitoring/live']) expect((await get(path)).status).toBe(200);
    expect(JSON.stringify(await get('/api/v1/monitoring/health', { authorization: 'Bearer operator' }))).not.toContain(
      'bob',
    );
    remove();
  });

  it('does not wait for a check that hangs', async () => {
    const remove = health.check('slow', () => new Promise(() => undefined), { timeoutMs: 20 });
    expect((await get('/api/v1/monitoring/health')).data).toMatchObject({ status: 'degraded' });
    remove();
  });
});

describe('stopping', () => {
  it('lets a request in flight finish, and says that no more should come', async () => {
    const inFlight = fetch(`${server.url}/api/v1/slow`);
    while (finish === null) await new Promise((resolve) => setImmediate(resolve));
    const drained = server.http.drain();
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
    const late = await fetch(`${server.url}/api/v1/download`);
    expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
    await late.text();
    finish();
    expect((await inFlight).status).toBe(200);
    await drained;
    expect(server.http.core.requestsInFlight).toBe(0);
  });
});

describe('documents', () => {
  it('are served, with a policy that lets nothing run', async () => {
    const document = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
    expect(document).toMatchObject({
      openapi: '3.1.0',
      paths: { '/api/v1/slow': { get: { summary: 'Slow' } }, '/health/live': {} },
    });
    const docs = await fetch(`${server.url}/api/docs`);
    expect(docs.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(docs.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const problem = await fetch(`${server.url}/problems/not_found`);
    expect([problem.status, await problem.text()]).toEqual([
      200,
      expect.stringContaining('<strong>What to do.</strong>'),
    ]);
    expect((await fetch(`${server.url}/problems/none`)).status).toBe(404);
  });
});

describe('a route that forgot who may use it', () => {
  it('stops the boot', async () => {
    @Controller()
    class Forgotten {
      @Get('/open')
      open() {
        return 1;
      }
    }
    await expect(startTestServer({ controllers: [Forgotten] })).rejects.toThrow(
      'Forgotten.open is a route without @Handle',
    );
    expect(() => collectRoutes([Forgotten])).toThrow('not declared');
  });
  it('so do two handlers of one address, and a nested schema that would drop members', () => {
    class Twice {
      @Handle(slow)
      a() {
        return 1;
      }
      @Handle(slow)
      b() {
        return 1;
      }
    }
    expect(() => collectRoutes([Twice])).toThrow('is handled by Twice.a and by Twice.b');
    const nested = {
      method: 'POST',
      path: '/x',
      tag: 't',
      summary: 'x',
      access: can('vehicle.write'),
      response: { status: 204 },
    } as const;
    expect(() => defineRoute({ ...nested, body: z.object({ inner: z.object({ a: z.string() }) }) })).toThrow(
      'z.strictObject',
    );
  });
});
