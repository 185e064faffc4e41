import { isProblemCode, type ProblemCode } from '@autobroker/contracts';
import createFetchClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './generated/schema';

export type { components, operations, paths } from './generated/schema';

export type Schemas = components['schemas'];
/** Every path of the API, typed by the committed OpenAPI document. */
export type ApiClient = Client<paths>;

export interface ApiClientOptions {
  readonly baseUrl: string;
  /** The access token or API key of the moment; asked for before each request. */
  readonly credential?: () => string | undefined | Promise<string | undefined>;
  /** Slug or id of the tenant whose storefront an anonymous visitor is on. */
  readonly tenant?: string;
  /** Carried on from the request that this one serves, so that both can be found together. */
  readonly requestId?: () => string | undefined;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** A typed client of the platform: one method per HTTP method, paths and bodies checked by the compiler. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const client = createFetchClient<paths>({
    baseUrl: options.baseUrl,
    // Lists repeat their name (`make=BMW&make=Audi`), as the API reads them.
    querySerializer: { array: { style: 'form', explode: true } },
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  });
  client.use(callerHeaders(options));
  return client;
}

const callerHeaders = ({ credential, tenant, requestId }: ApiClientOptions): Middleware => ({
  async onRequest({ request }) {
    const token = await credential?.();
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
    if (tenant !== undefined) request.headers.set('x-tenant', tenant);
    const id = requestId?.();
    if (id !== undefined) request.headers.set('x-request-id', id);
    return request;
  },
});

/** A refusal of the API as something that can be thrown and branched on. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[],
    readonly requestId: string | null,
    /** Seconds after which to try again, where the API says so. */
    readonly retryAfterS: number | null,
  ) {
    super(`${code}: ${detail}`);
  }
}

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The answer of a call, or its refusal thrown; for callers that have nothing to do with a refusal but pass it on. */
export function orThrow<T>({ data, response, error }: Answer<T>): NonNullable<T> {
  if (data !== undefined && data !== null && response.ok) return data;
  throw problemOf(error, response);
}

/** Reads the problem out of a refused answer; what a gateway in between made up becomes `internal_error` or `unavailable`. */
export function problemOf(error: unknown, response: Response): ApiProblem {
  const envelope = isRecord(error) ? error : {};
  const problem = isRecord(envelope['error']) ? envelope['error'] : {};
  const meta = isRecord(envelope['meta']) ? envelope['meta'] : {};
  const code = typeof problem['code'] === 'string' && isProblemCode(problem['code']) ? problem['code'] : guessed(response.status);
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(
    response.status,
    code,
    typeof problem['detail'] === 'string' ? problem['detail'] : `the API answered ${response.status}`,
    Array.isArray(problem['errors']) ? problem['errors'].filter(isFieldError) : [],
    typeof meta['request_id'] === 'string' ? meta['request_id'] : response.headers.get('x-request-id'),
    Number.isFinite(after) ? after : null,
  );
}

const guessed = (status: number): ProblemCode => {
  if (status === 401) return 'unauthenticated';
  if (status === 404) return 'route_not_found';
  if (status === 429) return 'rate_limited';
  return status === 502 || status === 503 || status === 504 ? 'unavailable' : 'internal_error';
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isFieldError = (value: unknown): value is { pointer: string; code: string; detail: string } =>
  isRecord(value) && ['pointer', 'code', 'detail'].every((name) => typeof value[name] === 'string');
