export { invalid, orThrow, ProblemError, type FieldError, type ProblemOptions } from './errors/problem-error';
export {
  apiPrefix,
  defineRoute,
  multipart,
  type BodySchema,
  type HttpMethod,
  type MultipartBody,
  type MultipartInput,
  type Nothing,
  type ResponseSpec,
  type RouteDefinition,
  type RouteSpec,
  type UploadedFile,
} from './route/define-route';
export type { InputOf, RequestInfo, RouteInput } from './route/input';
export { Handle, Input, routeOf, ROUTE_METADATA } from './route/decorators';
export { collectBoundRoutes, collectRoutes, type BoundRoute } from './route/collect-routes';
export {
  keptJson,
  noContent,
  plain,
  rawJson,
  redirect,
  reply,
  stream,
  type Empty,
  type Pagination,
  type Plain,
  type RawJson,
  type Reply,
  type ReplyOptions,
  type Streamed,
} from './reply/results';
export {
  maxDepth,
  maxPerPage,
  pageOf,
  pageQuery,
  pageWindow,
  paginationOf,
  paginationSchema,
  type Page,
  type PageInput,
  type PageQuery,
  type PageWindow,
} from './list/page';
export { configureCursors, decodeCursor, decodeIdCursor, encodeCursor } from './list/cursor';
export { idPagination, idWindow } from './list/by-id';
export { parseFields, parseInclude, parseSort, pickFields, type SortTerm } from './list/selection';
export { etagOf, etagOfText, parseIfMatch } from './conditions/etag';
export { rateLimitPolicies, type RateLimitPolicyName } from './rate-limit/policies';
export { httpConfig, type HttpConfig } from './config';
export { registerErrorMapper, toProblem, type ErrorMapper } from './errors/mapping';
export {
  health,
  HealthRegistry,
  registerHealthCheck,
  registerHealthSection,
  type HealthCheck,
  type HealthDetail,
  type HealthReport,
} from './health/registry';
export { PgIdempotencyStore, type SqlPort } from './idempotency/pg-store';
export { MemoryIdempotencyStore } from './idempotency/memory-store';
export type { ClaimOutcome, IdempotencyClaim, IdempotencyRef, IdempotencyStore } from './idempotency/store';
export { HttpServer, type HttpServerOptions, type InstallOptions } from './server/http-server';
export type { BuiltIn } from './server/built-in';
export { buildOpenApi, fullPath, operationIdOf, type OpenApiInfo } from './openapi/build';
export { documentDefinitions, documentRoutes, type DocumentOptions } from './docs/routes';
export { pageHeaders } from './docs/html';
export { renderReference } from './docs/reference';
export { healthDefinitions } from './health/routes';
export {
  ClientResponse,
  HttpClient,
  httpClient,
  UpstreamError,
  upstreamProblem,
  type ClientRequest,
  type HttpClientOptions,
} from './client/http-client';
export { RedisCounters, type RedisPort } from './rate-limit/redis-counters';
export { MultipartParts } from './server/multipart';
export { healthRoutes, type HealthParts } from './health/routes';
