import type { IncomingHttpHeaders } from 'node:http';
import type { z } from 'zod';
import type { Principal } from '../../auth';
import type { BodySchema, MultipartBody, MultipartInput, RouteDefinition } from './define-route';

export interface RequestInfo {
  readonly id: string;
  readonly ip: string;
  readonly userAgent: string | null;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly method: string;
  readonly host: string;
  readonly protocol: 'http' | 'https';
  /** W3C traceparent of this request. */
  readonly traceparent: string;
  /** The body as it was sent, for signatures over its very bytes; empty without one. */
  readonly rawBody: Buffer;
  /** Aborted when the client goes away or the request has taken too long. */
  readonly signal: AbortSignal;
}

type BodyOf<B extends BodySchema> = B extends MultipartBody
  ? MultipartInput
  : B extends z.ZodType
    ? z.output<B>
    : never;

export interface RouteInput<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly principal: Principal;
  /** Of the caller, or of the host for somebody who has not signed in; empty for an operator of no tenant. */
  readonly tenantId: string;
  /** The version the caller has seen; absent for `If-Match: *` and on routes without it. */
  readonly ifMatch?: number | undefined;
  readonly request: RequestInfo;
  readonly headers: IncomingHttpHeaders;
}

/** What a handler of this route gets. */
export type InputOf<R> =
  R extends RouteDefinition<infer P, infer Q, infer B> ? RouteInput<z.output<P>, z.output<Q>, BodyOf<B>> : never;
