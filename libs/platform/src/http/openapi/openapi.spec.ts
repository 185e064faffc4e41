import { z } from 'zod';
import { authenticated, can, publicRoute } from '../../auth';
import { buildOpenApi, defineRoute, documentRoutes, healthDefinitions, multipart, pageQuery } from '..';
import { renderReference } from '../docs/reference';
import { markdown } from '../docs/html';

const money = z
  .strictObject({ amount: z.int(), currency: z.string() })
  .meta({ id: 'TestMoney', example: { amount: 1, currency: 'EUR' } });
const car = z.strictObject({ id: z.uuid(), price: money, note: z.string().default('none') }).meta({ id: 'TestCar' });
const id = z.object({ id: z.uuid() });
const list = defineRoute({
  method: 'GET',
  path: '/test-cars',
  tag: 'cars',
  summary: 'Cars <b>',
  access: publicRoute(),
  query: z.object({ ...pageQuery.shape, make: z.array(z.string()).optional().meta({ description: 'Repeat for or' }) }),
  response: { status: 200, data: z.array(car), paginated: true },
});
const create = defineRoute({
  method: 'POST',
  path: '/test-cars',
  tag: 'cars',
  summary: 'Add',
  access: can('vehicle.write'),
  idempotency: 'required',
  body: car,
  response: { status: 201, data: car, headers: { Location: { description: 'Where it is' } } },
  errors: ['already_exists'],
});
const change = defineRoute({
  method: 'PATCH',
  path: '/test-cars/:id',
  tag: 'cars',
  summary: 'Change',
  access: authenticated(),
  params: id,
  body: z.object({ price: money.optional() }),
  response: { status: 200, data: car },
  errors: ['not_found'],
});
const upload = defineRoute({
  method: 'POST',
  path: '/test-cars/:id/media',
  tag: 'media',
  summary: 'Upload',
  access: can('vehicle.write'),
  params: id,
  body: multipart({ maxBytes: 10, files: 3, accept: ['image/png'] }),
  response: { status: 204 },
});
const routes = [list, create, change, upload, ...healthDefinitions];

/** One member of a nested document, by its path. */
const at = (document: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    document,
  );

describe('the OpenAPI document', () => {
  const document = buildOpenApi(routes, { version: '1.2.3' });

  it('is the same whatever the order of the routes', () => {
    expect(JSON.stringify(buildOpenApi([...routes].reverse(), { version: '1.2.3' }))).toBe(JSON.stringify(document));
    expect(at(document, 'openapi')).toBe('3.1.0');
  });

  it('has no reference that leads nowhere', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(references.length).toBeGreaterThan(10);
    for (const path of references) expect([path, at(document, ...path.split('/'))]).not.toEqual([path, undefined]);
    expect(text).not.toContain('$defs');
  });

  it('puts the envelope around data and names schemas', () => {
    const schema = at(
      document,
      'paths',
      '/api/v1/test-cars',
      'get',
      'responses',
      '200',
      'content',
      'application/json',
      'schema',
    );
    expect(at(schema, 'properties', 'data')).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/TestCar' },
    });
    expect(at(schema, 'required')).toEqual(['data', 'meta', 'error']);
    expect(at(document, 'components', 'schemas', 'TestCar', 'properties', 'price')).toEqual({
      $ref: '#/components/schemas/TestMoney',
    });
  });

  it('tells what is sent apart from what comes back', () => {
    const sent = at(
      document,
      'paths',
      '/api/v1/test-cars',
      'post',
      'requestBody',
      'content',
      'application/json',
      'schema',
      '$ref',
    );
    expect(sent).toBe('#/components/schemas/TestCarInput');
    expect(at(document, 'components', 'schemas', 'TestCarInput', 'required')).toEqual(['id', 'price']);
    expect(at(document, 'components', 'schemas', 'TestCar', 'required')).toEqual(['id', 'price', 'note']);
  });

  it('lists parameters and headers as they are checked', () => {
    const names = (path: string, method: string): unknown[] => {
      const parameters = at(document, 'paths', path, method, 'parameters');
      return Array.isArray(parameters) ? parameters.map((one) => at(one, 'name') ?? at(one, '$ref')) : [];
    };
    expect(names('/api/v1/test-cars', 'get')).toEqual([
      'page',
      'per_page',
      'cursor',
      'make',
      '#/components/parameters/IfNoneMatch',
      '#/components/parameters/Tenant',
    ]);
    expect(names('/api/v1/test-cars', 'post')).toContain('#/components/parameters/IdempotencyKeyRequired');
    expect(names('/api/v1/test-cars/{id}', 'patch')).toEqual(['id', '#/components/parameters/IfMatch']);
  });

  it('names the problems of each route', () => {
    const codes = (status: string) =>
      at(document, 'paths', '/api/v1/test-cars/{id}', 'patch', 'responses', status, 'x-problem-codes');
    expect(codes('404')).toEqual(['tenant_not_found', 'not_found']);
    expect(codes('428')).toEqual(['precondition_required']);
    expect(codes('412')).toEqual(['precondition_failed']);
    expect(at(document, 'paths', '/api/v1/test-cars', 'post', 'responses', '409', 'x-problem-codes')).toEqual([
      'idempotency_in_flight',
      'idempotency_outcome_unknown',
      'already_exists',
    ]);
  });

  it('refuses unknown members of a body, as the server does', () => {
    const schema = at(
      document,
      'paths',
      '/api/v1/test-cars/{id}',
      'patch',
      'requestBody',
      'content',
      'application/json',
      'schema',
    );
    expect(at(schema, 'additionalProperties')).toBe(false);
  });

  it('stops at two operations of one name', () => {
    const twin = defineRoute({ ...list, path: '/other', operationId: 'getTestCars' });
    expect(() => buildOpenApi([list, twin], { version: '1' })).toThrow('same operationId');
  });
});

describe('the readable reference', () => {
  const html = renderReference(buildOpenApi(routes, { version: '1.2.3' }));
  it('shows every operation with an anchor and an example, and runs nothing', () => {
    for (const anchor of ['getTestCars', 'postTestCars', 'patchTestCarsById']) expect(html).toContain(`id="${anchor}"`);
    expect(html).toContain('curl -X POST');
    expect(html).toContain('Cars &lt;b&gt;');
    expect(html).not.toMatch(/<script|\son\w+=|style="|https?:\/\/(?!example)/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, one]) => one);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('has a page for each problem, from its markdown where there is one', async () => {
    const [, , , problem] = documentRoutes(routes, {
      version: '1',
      problemPage: () => '# Title\n\nSay `x` <b>.\n\n- one\n- two',
    });
    expect(problem?.route.url).toBe('/problems/:code');
    expect(markdown('# A\n\n```json\n{"a":1}\n\n<b>\n```')).toBe(
      '<h1>A</h1>\n<pre tabindex="0"><code>{&quot;a&quot;:1}\n\n&lt;b&gt;</code></pre>',
    );
  });
});
