import type { ProblemCode } from '@autobroker/contracts';
import type { z } from 'zod';
import type { Access } from '../../auth';
import type { RateLimitPolicyName } from '../rate-limit/policies';
import { strictTop } from './schema';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A body of several parts. Files are read with their limits enforced while they arrive. */
export interface MultipartBody {
  readonly multipart: true;
  /** Of one file. */
  readonly maxBytes: number;
  /** How many files. */
  readonly files: number;
  /** Content types a part may declare; the handler still sniffs. */
  readonly accept?: readonly string[];
  /** Text fields beside the files. */
  readonly fields?: readonly string[];
}

export interface UploadedFile {
  readonly field: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface MultipartInput {
  readonly files: readonly UploadedFile[];
  readonly fields: Readonly<Record<string, string>>;
}

export const multipart = (options: Omit<MultipartBody, 'multipart'>): MultipartBody => ({
  multipart: true,
  ...options,
});

export type BodySchema = z.ZodType | MultipartBody;

export interface HeaderDoc {
  readonly description: string;
}

export type ResponseSpec =
  | {
      readonly status: 200 | 201 | 202;
      readonly data: z.ZodType;
      readonly paginated?: boolean;
      readonly headers?: Readonly<Record<string, HeaderDoc>>;
      readonly description?: string;
    }
  | { readonly status: 204; readonly description?: string; readonly headers?: Readonly<Record<string, HeaderDoc>> }
  | {
      readonly status: 200 | 201 | 202 | 302 | 303;
      /** Sent as it is, without the envelope: the content type. */
      readonly raw: string;
      readonly schema?: z.ZodType;
      readonly description?: string;
      readonly headers?: Readonly<Record<string, HeaderDoc>>;
    };

export interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends BodySchema> {
  readonly method: HttpMethod;
  /** Under /api/v1 unless `root` says otherwise; `:name` for parameters. */
  readonly path: string;
  readonly root?: boolean;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Name in OpenAPI and in the generated client; made from method and path when absent. */
  readonly operationId?: string;
  readonly access: Access;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** A body may be left out. */
  readonly bodyOptional?: boolean;
  readonly response: ResponseSpec;
  /** Problem codes of this route beside those every route can give. */
  readonly errors?: readonly ProblemCode[];
  readonly idempotency?: 'optional' | 'required' | 'exempt';
  readonly ifMatch?: boolean;
  readonly rateLimit?: RateLimitPolicyName;
  readonly bodyLimit?: number;
  /** Further content types of the body, such as `application/x-www-form-urlencoded` for OAuth2. */
  readonly consumes?: readonly string[];
  /** Left out of OpenAPI: aliases and pages. */
  readonly hidden?: boolean;
  /** Long-lived answers (streams) have no request timeout. */
  readonly timeoutMs?: number | null;
}

export interface RouteDefinition<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends BodySchema = BodySchema,
> extends RouteSpec<P, Q, B> {
  /** The full path, as Fastify knows it. */
  readonly url: string;
  readonly idempotency: 'optional' | 'required' | 'exempt';
  readonly ifMatch: boolean;
  readonly rateLimit: RateLimitPolicyName;
  readonly errors: readonly ProblemCode[];
}

export const apiPrefix = '/api/v1';

export type Nothing = z.ZodType<Record<string, never>>;

export const isMultipart = (body: BodySchema): body is MultipartBody => 'multipart' in body && body.multipart === true;

const pathPattern = /^(\/(:?[A-Za-z0-9._~-]+|\*))*\/?$/;

/** Declares one operation: from it come routing, validation, the handler's types, access, OpenAPI and the client. */
export function defineRoute<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends BodySchema = z.ZodType<undefined>,
>(spec: RouteSpec<P, Q, B>): RouteDefinition<P, Q, B> {
  const name = `${spec.method} ${spec.path}`;
  if (!pathPattern.test(spec.path)) throw new Error(`${name}: the path is not one that routes can have`);
  const named = [...spec.path.matchAll(/:([A-Za-z0-9_]+)/g)].map((match) => match[1] ?? '');
  if (named.length > 0 && spec.params === undefined) throw new Error(`${name}: params has no schema`);
  if (spec.body !== undefined && spec.method === 'GET') throw new Error(`${name}: a GET takes no body`);
  if (spec.params !== undefined) strictTop(spec.params, `${name} params`);
  if (spec.query !== undefined) strictTop(spec.query, `${name} query`);
  if (spec.body !== undefined && !isMultipart(spec.body)) strictTop(spec.body, `${name} body`);
  return {
    ...spec,
    url: spec.root === true ? spec.path : `${apiPrefix}${spec.path === '/' ? '' : spec.path}`,
    idempotency: spec.idempotency ?? (spec.method === 'POST' ? 'optional' : 'exempt'),
    ifMatch: spec.ifMatch ?? ['PUT', 'PATCH', 'DELETE'].includes(spec.method),
    rateLimit: spec.rateLimit ?? 'default',
    errors: spec.errors ?? [],
  };
}
