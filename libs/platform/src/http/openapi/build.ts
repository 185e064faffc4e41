import { anonymousPermissions, problemCodes, problems, type ProblemCode } from '@autobroker/contracts';
import { z } from 'zod';
import { paginationSchema } from '../list/page';
import { isMultipart, type RouteDefinition } from '../route/define-route';
import { exampleOf, Schemas, toJson, type Json, type JsonObject } from './schemas';
import { codesOf } from './usual-errors';

export interface OpenApiInfo {
  readonly version: string;
  readonly title?: string;
  readonly description?: string;
  readonly servers?: readonly string[];
}

const metaSchema = z
  .strictObject({ request_id: z.string(), timestamp: z.iso.datetime(), pagination: paginationSchema.optional() })
  .meta({ id: 'Meta' });

const problemSchema = z
  .looseObject({
    type: z
      .string()
      .meta({ description: 'Address of the page about this problem', example: '/problems/validation_failed' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(problemCodes).meta({ id: 'ProblemCode', description: 'What to branch on' }),
    instance: z.string().optional(),
    errors: z
      .array(z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() }))
      .optional()
      .meta({
        description: 'One entry per value; `pointer` is RFC 6901 in the body, `/query/…` or `/path/…` elsewhere',
      }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457, with a code from a closed list' });

/** The address of a route, parameters as `:name`. */
export const fullPath = (route: RouteDefinition): string => route.url;

export function operationIdOf(route: RouteDefinition): string {
  if (route.operationId !== undefined) return route.operationId;
  const words = route.url
    .replace(/^\/api\/v1/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part.startsWith(':') ? `by_${part.slice(1)}` : part))
    .flatMap((part) => part.split(/[^A-Za-z0-9]+/))
    .filter((word) => word !== '');
  return route.method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The OpenAPI 3.1 document of these routes: the same routes always give the same document. */
export function buildOpenApi(routes: readonly RouteDefinition[], info: OpenApiInfo): Record<string, unknown> {
  const schemas = new Schemas();
  schemas.output(metaSchema, 'Meta');
  schemas.output(problemSchema, 'Problem');
  schemas.add('ProblemEnvelope', envelopeOf({ type: 'null' }, { $ref: '#/components/schemas/Problem' }));
  const paths: Record<string, JsonObject> = {};
  const ids = new Map<string, string>();
  for (const route of ordered(routes)) {
    const id = operationIdOf(route);
    const clash = ids.get(id);
    if (clash !== undefined)
      throw new Error(`${route.method} ${route.url} and ${clash} have the same operationId ${id}`);
    ids.set(id, `${route.method} ${route.url}`);
    const path = route.url.replaceAll(/:([A-Za-z0-9_]+)/g, '{$1}');
    const at = (paths[path] ??= {});
    at[route.method.toLowerCase()] = operation(route, id, schemas);
  }
  const tags = [...new Set(ordered(routes).map((route) => route.tag))].sort().map((name) => ({ name }));
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: info.title ?? 'Autobroker',
      version: info.version,
      description:
        info.description ?? 'Vehicle brokerage: catalogue, prices, orders. Every answer is `{data, meta, error}`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: (info.servers ?? ['/']).map((url) => ({ url })),
    tags,
    paths,
    components: { schemas: sorted(schemas.components), parameters, headers, securitySchemes },
  };
}

const methodOrder = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const ordered = (routes: readonly RouteDefinition[]): RouteDefinition[] =>
  routes
    .filter((route) => route.hidden !== true)
    .sort((a, b) =>
      a.url === b.url ? methodOrder.indexOf(a.method) - methodOrder.indexOf(b.method) : a.url < b.url ? -1 : 1,
    );

const sorted = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

function envelopeOf(data: JsonObject, error: JsonObject): JsonObject {
  return {
    type: 'object',
    properties: { data, meta: { $ref: '#/components/schemas/Meta' }, error },
    required: ['data', 'meta', 'error'],
    additionalProperties: false,
  };
}

function operation(route: RouteDefinition, id: string, schemas: Schemas): JsonObject {
  const { access } = route;
  const body = requestBody(route, id, schemas);
  const parameterList = parametersOf(route, id, schemas);
  return {
    operationId: id,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(access.kind === 'permission' ? { 'x-permission': access.permission } : {}),
    'x-rate-limit': route.rateLimit,
    security: [...(openToAll(route) ? [{}] : []), { bearer: [] }, { apiKey: [] }],
    ...(parameterList.length === 0 ? {} : { parameters: parameterList }),
    ...(body === null ? {} : { requestBody: body }),
    responses: { ...success(route, id, schemas), ...failures(route) },
  };
}

/** The catalogue asks for a permission that visitors hold too: they need no credential. */
const openToAll = ({ access }: RouteDefinition): boolean =>
  access.kind === 'public' || (access.kind === 'permission' && anonymousPermissions.includes(access.permission));

function parametersOf(route: RouteDefinition, id: string, schemas: Schemas): Json[] {
  const list: Json[] = [];
  const from = (schema: z.ZodType | undefined, place: 'path' | 'query'): void => {
    if (schema === undefined) return;
    const { properties, required } = schemas.resolve(schemas.input(schema, id));
    const needed = Array.isArray(required) ? required : [];
    for (const [name, inner] of Object.entries(
      typeof properties === 'object' && properties !== null && !Array.isArray(properties) ? properties : {},
    )) {
      if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) continue;
      const { description, ...rest } = inner;
      list.push({
        name,
        in: place,
        required: place === 'path' || needed.includes(name),
        ...(description === undefined ? {} : { description }),
        schema: rest,
      });
    }
  };
  from(route.params, 'path');
  from(route.query, 'query');
  const ref = (name: string): number => list.push({ $ref: `#/components/parameters/${name}` });
  if (route.idempotency === 'required') ref('IdempotencyKeyRequired');
  if (route.idempotency === 'optional') ref('IdempotencyKey');
  if (route.ifMatch) ref('IfMatch');
  if (route.method === 'GET' && 'data' in route.response) ref('IfNoneMatch');
  if (route.access.kind !== 'authenticated') ref('Tenant');
  return list;
}

function requestBody(route: RouteDefinition, id: string, schemas: Schemas): JsonObject | null {
  const { body } = route;
  if (body === undefined) return null;
  if (isMultipart(body)) {
    const properties: JsonObject = {
      file: {
        type: 'array',
        maxItems: body.files,
        items: { type: 'string', format: 'binary', maxLength: body.maxBytes },
      },
    };
    for (const field of body.fields ?? []) properties[field] = { type: 'string' };
    const encoding = body.accept === undefined ? {} : { encoding: { file: { contentType: body.accept.join(', ') } } };
    return {
      required: true,
      content: { 'multipart/form-data': { schema: { type: 'object', properties, required: ['file'] }, ...encoding } },
    };
  }
  const schema = schemas.input(body, id);
  const example = exampleOf(schema, (inner) => schemas.resolve(inner));
  const types = route.consumes ?? ['application/json'];
  return {
    required: route.bodyOptional !== true,
    content: Object.fromEntries(types.map((type) => [type, { schema, example }])),
  };
}

function success(route: RouteDefinition, id: string, schemas: Schemas): JsonObject {
  const { response } = route;
  const extra = toJson(response.headers ?? {});
  const more: JsonObject = typeof extra === 'object' && extra !== null && !Array.isArray(extra) ? extra : {};
  const sent: JsonObject = { ...commonHeaders(route) };
  for (const [name, header] of Object.entries(more))
    sent[name] = { ...(header as JsonObject), schema: { type: 'string' } };
  const description =
    response.description ?? (response.status === 204 ? 'Done; there is nothing to say.' : route.summary);
  if (response.status === 204) return { '204': { description, headers: sent } };
  if ('raw' in response) {
    const schema = response.schema === undefined ? {} : { schema: schemas.output(response.schema, id) };
    const type = response.raw.split(';', 1)[0] ?? response.raw;
    return { [String(response.status)]: { description, headers: sent, content: { [type]: schema } } };
  }
  if (!('data' in response)) return {};
  const data = schemas.output(response.data, id);
  if (route.method === 'GET') sent.ETag = { $ref: '#/components/headers/ETag' };
  const answers: JsonObject = {
    [String(response.status)]: {
      description,
      headers: sent,
      content: { 'application/json': { schema: envelopeOf(data, { type: 'null' }) } },
    },
  };
  if (route.method === 'GET') answers['304'] = { description: 'It is still what If-None-Match names.' };
  return answers;
}

function commonHeaders(route: RouteDefinition): JsonObject {
  const names = [
    'X-Request-Id',
    'traceparent',
    ...(route.rateLimit === 'none' ? [] : ['RateLimit', 'RateLimit-Policy']),
  ];
  if (route.idempotency !== 'exempt') names.push('Idempotency-Replayed');
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function failures(route: RouteDefinition): JsonObject {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codesOf(route)) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const entries = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(entries.map(([status, codes]) => [String(status), failure(status, codes)]));
}

function failure(status: number, codes: readonly ProblemCode[]): JsonObject {
  const retry: JsonObject =
    status === 429 || status === 503
      ? { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } }
      : {};
  return {
    description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
    'x-problem-codes': [...codes],
    ...retry,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/ProblemEnvelope' } } },
  };
}

const text: JsonObject = { type: 'string' };
const header = (description: string, schema: JsonObject = text): JsonObject => ({ description, schema });
const headers: JsonObject = {
  'X-Request-Id': header('Yours, if you sent one; name it when you ask for help'),
  traceparent: header('W3C trace context of this request'),
  RateLimit: header('`"<policy>";r=<requests left>;t=<seconds>`'),
  'RateLimit-Policy': header('`"<policy>";q=<requests>;w=<seconds>`'),
  'Retry-After': header('Seconds', { type: 'integer' }),
  'Idempotency-Replayed': header('`true` on the stored answer of an earlier request with this key'),
  ETag: header('`"<version>-<hash>"`: for If-None-Match, and as the version for If-Match'),
};

const parameter = (name: string, required: boolean, description: string, schema: JsonObject = text): JsonObject => ({
  name,
  in: 'header',
  required,
  description,
  schema,
});
const keySchema: JsonObject = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' };
const keyText = 'A repeated request with the same key and body gets the first answer again, for 24 hours';
const parameters: JsonObject = {
  IdempotencyKey: parameter('Idempotency-Key', false, keyText, keySchema),
  IdempotencyKeyRequired: parameter('Idempotency-Key', true, keyText, keySchema),
  IfMatch: parameter('If-Match', true, 'The ETag of what you read; `*` for whatever is there'),
  IfNoneMatch: parameter('If-None-Match', false, 'An ETag you have: 304 while it holds'),
  Tenant: parameter('X-Tenant', false, 'Slug or id of the tenant, for visitors who have not signed in'),
};

const securitySchemes: JsonObject = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token, or an API key (`ab_…`)',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
};
