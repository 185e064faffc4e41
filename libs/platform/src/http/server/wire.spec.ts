import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { authenticated, can, publicRoute } from '../../auth';
import {
  defineRoute,
  etagOf,
  Handle,
  Input,
  noContent,
  pageOf,
  pageQuery,
  pageWindow,
  parseFields,
  parseSort,
  plain,
  ProblemError,
  rawJson,
  reply,
  type InputOf,
} from '..';
import { startTestServer, type TestServer } from '../testing/test-server';

const id = z.uuid();
const car = z.strictObject({ id: z.string(), price: z.int() });
const get = defineRoute({
  method: 'GET',
  path: '/cars/:id',
  tag: 'cars',
  summary: 'One car',
  access: can('vehicle.read'),
  params: z.object({ id }),
  query: z.object({ fields: parseFields(['id', 'price']) }),
  response: { status: 200, data: car },
});
const list = defineRoute({
  method: 'GET',
  path: '/cars',
  tag: 'cars',
  summary: 'Cars',
  access: publicRoute(),
  query: z.object({
    ...pageQuery.shape,
    make: z.array(z.string().max(50)).optional(),
    year_min: z.int().min(1900).optional(),
    sold: z.boolean().optional(),
    lat: z.number().min(-90).max(90).optional(),
    sort: parseSort(['price', 'year'], { default: '-price' }),
  }),
  response: { status: 200, data: z.array(z.unknown()), paginated: true },
});
const create = defineRoute({
  method: 'POST',
  path: '/cars',
  tag: 'cars',
  summary: 'A new car',
  access: authenticated(),
  body: z.object({ name: z.string().max(20), more: z.strictObject({ n: z.number() }).optional() }),
  response: { status: 201, data: z.unknown() },
});
const change = defineRoute({
  method: 'PATCH',
  path: '/cars/:id',
  tag: 'cars',
  summary: 'Change',
  access: publicRoute(),
  params: z.object({ id }),
  body: z.object({ price: z.int() }),
  response: { status: 200, data: z.unknown() },
});
const remove = defineRoute({
  method: 'DELETE',
  path: '/cars/:id',
  tag: 'cars',
  summary: 'Remove',
  access: publicRoute(),
  params: z.object({ id }),
  ifMatch: false,
  response: { status: 204 },
});
const fault = defineRoute({
  method: 'GET',
  path: '/fault/:kind',
  tag: 'cars',
  summary: 'Fails',
  access: publicRoute(),
  params: z.object({ kind: z.string() }),
  response: { status: 200, data: z.unknown() },
});
const page = defineRoute({
  method: 'GET',
  path: '/page',
  root: true,
  tag: 'cars',
  summary: 'Not enveloped',
  access: publicRoute(),
  response: { status: 200, raw: 'text/plain; charset=utf-8' },
});

@Controller()
class Cars {
  @Handle(get)
  one(@Input() { params }: InputOf<typeof get>) {
    return rawJson(`{"id":"${params.id}","price":1}`, { etag: etagOf(7) });
  }
  @Handle(list)
  list(@Input() { query }: InputOf<typeof list>) {
    pageWindow(query);
    return pageOf([query], { page: query.page, perPage: query.per_page, total: 41, nextCursor: null });
  }
  @Handle(create)
  create(@Input() { body, principal, tenantId }: InputOf<typeof create>) {
    return reply({ body, by: principal.id, tenantId }, { location: '/api/v1/cars/1' });
  }
  @Handle(change)
  change(@Input() { ifMatch, body }: InputOf<typeof change>) {
    return { ifMatch: ifMatch ?? null, price: body.price };
  }
  @Handle(remove)
  remove() {
    return noContent();
  }
  @Handle(fault)
  async fault(@Input() { params }: InputOf<typeof fault>) {
    await Promise.resolve();
    if (params.kind === 'problem') throw new ProblemError('vehicle_unavailable', 'Sold.', { extra: { sold: true } });
    if (params.kind === 'database')
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
    throw new Error('password=hunter2');
  }
  @Handle(page)
  page() {
    return plain('x'.repeat(5_000), 'text/plain; charset=utf-8', { etag: '"p"' });
  }
}

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ controllers: [Cars] });
});
afterAll(() => server.close());

const uuid = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a';
const call = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(server.url + path, init);
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    json: type.includes('json') && text !== '' ? JSON.parse(text) : null,
  };
};
const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  call(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const bearer = { authorization: 'Bearer user:anna' };

describe('the envelope', () => {
  it('goes around serialised data, with request id and time', async () => {
    const { status, headers, json } = await call(`/api/v1/cars/${uuid}`, {
      headers: { ...bearer, 'x-request-id': 'abc-1' },
    });
    expect(status).toBe(200);
    expect(json).toEqual({
      data: { id: uuid, price: 1 },
      meta: { request_id: 'abc-1', timestamp: expect.stringMatching(/^\d{4}-.*Z$/) },
      error: null,
    });
    expect(headers.get('x-request-id')).toBe('abc-1');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('carries the page of a list', async () => {
    const { json } = await call('/api/v1/cars?page=2&per_page=10');
    expect(json.meta.pagination).toEqual({ page: 2, per_page: 10, total: 41, total_pages: 5, next_cursor: null });
  });

  it('replaces a request id that could not stand in a header or a log', async () => {
    for (const bad of ['a b', '"x"', 'x'.repeat(200), '<script>']) {
      const { json } = await call('/api/v1/cars', { headers: { 'x-request-id': bad } });
      expect(json.meta.request_id).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('continues a trace and begins one where there is none', async () => {
    const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
    const continued = await call('/api/v1/cars', { headers: { traceparent: parent } });
    expect(continued.headers.get('traceparent')).toMatch(
      /^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-00$/,
    );
    const fresh = await call('/api/v1/cars', { headers: { traceparent: 'nonsense' } });
    expect(fresh.headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it('is not put around pages, which are compressed for those who ask', async () => {
    const page = await call('/page', { headers: { 'accept-encoding': 'gzip;q=0.5, br' } });
    expect(page.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(page.headers.get('content-encoding')).toBe('br');
    expect(page.headers.get('etag')).toBe('"p-br"');
    expect(page.text).toBe('x'.repeat(5_000));
    const again = await call('/page', { headers: { 'if-none-match': '"p-br"' } });
    expect(again.status).toBe(304);
    const bare = await call('/page', { headers: { 'accept-encoding': 'identity' } });
    expect(bare.headers.get('content-encoding')).toBeNull();
  });
});

describe('conditional and headless reads', () => {
  it.each(['"7-0"', 'W/"7-0"', '"1-a", "7-0"', '*'])('answers 304 to If-None-Match %s', async (tag) => {
    const { status, text, headers } = await call(`/api/v1/cars/${uuid}`, {
      headers: { ...bearer, 'if-none-match': tag },
    });
    expect([status, text, headers.get('etag')]).toEqual([304, '', '"7-0"']);
  });
  it('answers in full when the tag is another', async () => {
    expect((await call(`/api/v1/cars/${uuid}`, { headers: { ...bearer, 'if-none-match': '"6-0"' } })).status).toBe(200);
  });
  it('answers HEAD without a body', async () => {
    const { status, text, headers } = await call(`/api/v1/cars/${uuid}`, { method: 'HEAD', headers: bearer });
    expect([status, text, headers.get('etag')]).toEqual([200, '', '"7-0"']);
  });
});

describe('validation', () => {
  it('reads numbers, booleans, lists and defaults out of a query string', async () => {
    const { json } = await call('/api/v1/cars?make=BMW&make=Audi&year_min=1999&sold=true&lat=-48.5&sort=-year,price');
    expect(json.data[0]).toEqual({
      page: 1,
      per_page: 20,
      make: ['BMW', 'Audi'],
      year_min: 1999,
      sold: true,
      lat: -48.5,
      sort: [
        { key: 'year', descending: true },
        { key: 'price', descending: false },
      ],
    });
  });

  it.each([
    ['nope=1', '/query/nope', 'unknown_parameter'],
    ['__proto__=1', '/query/__proto__', 'unknown_parameter'],
    ['constructor[prototype]=1', '/query/constructor[prototype]', 'unknown_parameter'],
    ['make[]=a', '/query/make[]', 'unknown_parameter'],
    ['year_min=1&year_min=2', '/query/year_min', 'duplicate'],
    ['year_min=1e999', '/query/year_min', 'invalid_type'],
    ['year_min=', '/query/year_min', 'invalid_type'],
    ['year_min=12.5', '/query/year_min', 'invalid_type'],
    ['year_min=0x7d0', '/query/year_min', 'invalid_type'],
    ['lat=91', '/query/lat', 'too_big'],
    ['sold=maybe', '/query/sold', 'invalid_type'],
    ['per_page=101', '/query/per_page', 'too_big'],
    ['page=0', '/query/page', 'too_small'],
    ['make=a%00b', '/query/make', 'nul_byte'],
    [`make=${'a'.repeat(51)}`, '/query/make/0', 'too_big'],
    ['sort=secret', '/query/sort', 'invalid_value'],
  ])('refuses ?%s', async (query, pointer, code) => {
    const { status, json } = await call(`/api/v1/cars?${query}`);
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ code: 'validation_failed', type: '/problems/validation_failed', status: 400 });
    expect(json.error.errors).toEqual([{ pointer, code, detail: expect.any(String) }]);
    expect(json.data).toBeNull();
  });

  it.each(['/api/v1/cars?make=%', '/api/v1/cars?make=%ff', '/api/v1/cars/%', '/api/v1/cars/%c0%80'])(
    'refuses the address %s',
    async (path) => {
      const { status, json } = await call(path, { headers: bearer });
      expect(status).toBe(400);
      expect(json.error.code).toMatch(/malformed_request|validation_failed/);
    },
  );

  it('names a bad place in the path', async () => {
    const { json } = await call('/api/v1/cars/17', { headers: bearer });
    expect(json.error.errors).toEqual([{ pointer: '/path/id', code: 'invalid_format', detail: 'Invalid UUID.' }]);
  });

  it.each<[string, string, string]>([
    ['{"name":"x","nope":1}', '/nope', 'unknown_field'],
    ['{"name":"x","more":{"n":1,"a/b~c":1}}', '/more/a~1b~0c', 'unknown_field'],
    ['{"name":"x","__proto__":{"admin":true}}', '/__proto__', 'unknown_field'],
    ['{"name":"x","more":{"n":1e999}}', '/more/n', 'number_out_of_range'],
    ['{"name":"a\\u0000b"}', '/name', 'nul_byte'],
    ['{"name":"\\ud800"}', '/name', 'lone_surrogate'],
    ['{}', '/name', 'required'],
    ['{"name":17}', '/name', 'invalid_type'],
    ['[]', '', 'invalid_type'],
    ['null', '', 'invalid_type'],
    ['', '', 'required'],
  ])('refuses the body %s', async (body, pointer, code) => {
    const { status, json } = await send('POST', '/api/v1/cars', body, bearer);
    expect([status, json.error.code]).toEqual([400, 'validation_failed']);
    expect(json.error.errors).toEqual(expect.arrayContaining([{ pointer, code, detail: expect.any(String) }]));
  });

  it('refuses JSON that is none, nests without end, or is not UTF-8', async () => {
    for (const body of ['{', '{"a":1,}', "{'a':1}", 'NaN']) {
      expect((await send('POST', '/api/v1/cars', body, bearer)).json.error.code).toBe('malformed_json');
    }
    const deep = `{"name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect((await send('POST', '/api/v1/cars', deep, bearer)).status).toBe(400);
    const latin = await call('/api/v1/cars', {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: Buffer.from('{"name":"\xe9"}', 'latin1'),
    });
    expect(latin.json.error.code).toBe('malformed_json');
  });

  it('refuses what is too large or of another type', async () => {
    expect((await send('POST', '/api/v1/cars', { name: 'x'.repeat(1_100_000) }, bearer)).json.error.code).toBe(
      'payload_too_large',
    );
    expect(
      (await send('POST', '/api/v1/cars', '<a/>', { ...bearer, 'content-type': 'text/xml' })).json.error.code,
    ).toBe('unsupported_media_type');
    expect(
      (await send('POST', '/api/v1/cars', 'name=x', { ...bearer, 'content-type': 'application/x-www-form-urlencoded' }))
        .json.error.code,
    ).toBe('unsupported_media_type');
    expect((await send('POST', '/api/v1/cars', { name: 'x' }, { ...bearer, 'content-encoding': 'gzip' })).json.error.code).toBe('unsupported_media_type');
    expect(
      (await send('POST', '/api/v1/cars', 'x', { ...bearer, 'content-type': 'application/json; charset=x; ;;' }))
        .status,
    ).toBe(400);
  });

  it('gives the handler what the schema says, and who asks', async () => {
    const { status, json, headers } = await send('POST', '/api/v1/cars', { name: 'x' }, bearer);
    expect([status, headers.get('location')]).toEqual([201, '/api/v1/cars/1']);
    expect(json.data).toEqual({ body: { name: 'x' }, by: 'anna', tenantId: uuid });
  });

  it('refuses a page that begins beyond what is counted', async () => {
    expect((await call('/api/v1/cars?page=500&per_page=20')).status).toBe(200);
    expect((await call('/api/v1/cars?page=501&per_page=20')).json.error.code).toBe('page_too_deep');
  });
});

describe('preconditions', () => {
  const patch = (tag?: string) =>
    send('PATCH', `/api/v1/cars/${uuid}`, { price: 1 }, tag === undefined ? {} : { 'if-match': tag });
  it('asks for the version a change is based on', async () => {
    expect((await patch()).json.error).toMatchObject({ status: 428, code: 'precondition_required' });
    expect((await patch('"12-x_9"')).json.data).toEqual({ ifMatch: 12, price: 1 });
    expect((await patch('"12-x-br"')).json.data.ifMatch).toBe(12);
    expect((await patch('*')).json.data.ifMatch).toBeNull();
    expect((await patch('W/"12-x"')).json.error.code).toBe('precondition_failed');
    expect((await patch('"other"')).json.error.code).toBe('precondition_failed');
    expect((await patch('12')).json.error.code).toBe('header_invalid');
  });
  it('asks for none where the route says so', async () => {
    const { status, text } = await call(`/api/v1/cars/${uuid}`, { method: 'DELETE' });
    expect([status, text]).toEqual([204, '']);
  });
});

describe('failures', () => {
  it('are problems with a code, a page and the request', async () => {
    const { status, json } = await call('/api/v1/fault/problem');
    expect(status).toBe(409);
    expect(json).toEqual({
      data: null,
      meta: { request_id: expect.any(String), timestamp: expect.any(String) },
      error: {
        type: '/problems/vehicle_unavailable',
        title: 'The vehicle is not available',
        status: 409,
        detail: 'Sold.',
        code: 'vehicle_unavailable',
        instance: `urn:request:${json.meta.request_id}`,
        sold: true,
      },
    });
  });
  it('say nothing of what went wrong inside', async () => {
    const { status, json, text } = await call('/api/v1/fault/bug');
    expect([status, json.error.code]).toEqual([500, 'internal_error']);
    expect(text).not.toContain('hunter2');
  });
  it('ask to come again while the database is away', async () => {
    const { status, json, headers } = await call('/api/v1/fault/database');
    expect([status, json.error.code, headers.get('retry-after')]).toEqual([503, 'unavailable', '2']);
  });
  it('name an unknown address and the methods of a known one', async () => {
    expect((await call('/api/v1/none')).json.error).toMatchObject({ status: 404, code: 'route_not_found' });
    const wrong = await send('PUT', '/api/v1/cars', {});
    expect([wrong.status, wrong.headers.get('allow'), wrong.json.error.code]).toEqual([
      405,
      'GET, HEAD, OPTIONS, POST',
      'method_not_allowed',
    ]);
    const options = await call('/api/v1/cars', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
  });
  it('are problem objects by type for those who take nothing else', async () => {
    const { headers } = await call('/api/v1/none', { headers: { accept: 'application/problem+json' } });
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });
  it('need a caller where the route does', async () => {
    expect((await call(`/api/v1/cars/${uuid}`)).json.error.code).toBe('unauthenticated');
    const { status, headers } = await call(`/api/v1/cars/${uuid}`, { headers: { authorization: 'Bearer x' } });
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });
  it('have security headers like every answer', async () => {
    for (const path of ['/api/v1/cars', '/api/v1/none', '/api/v1/fault/bug']) {
      const { headers } = await call(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});
