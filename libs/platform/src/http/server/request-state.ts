import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../auth';
import { formatTraceparent, type Work } from '../../telemetry';
import type { ProblemError } from '../errors/problem-error';
import { rateLimitHeader } from '../rate-limit/limiter';
import type { Decision } from '../rate-limit/sliding-window';
import type { RequestInfo } from '../route/input';
import { rawBodyOf } from './body-parser';
import type { RouteWatch } from './route-watch';

const sane = /^[A-Za-z0-9._~:@=+/-]{1,128}$/;

/** A caller's own request id, when it is one that may stand in headers, logs and JSON as it is. */
export const acceptedRequestId = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' && sane.test(header) ? header : null;

/** The lines that are the same for every answer of a process, as node takes them and as they are sent. */
export interface UsualLines {
  readonly lines: readonly string[];
  readonly text: string;
}

/** What the platform knows about one request while it runs. */
export class RequestState implements RequestInfo {
  readonly startedAt = performance.now();
  readonly traceparent: string;
  principal: Principal | null = null;
  /** Who is known, and was not let in. */
  turnedAway: Principal | null = null;
  tenantId = '';
  settled = false;
  refusal: ProblemError | null = null;
  /** Hears of the refusal of this request once it is answered, where its route keeps them. */
  keepRefusal: ((problem: ProblemError) => void) | null = null;
  /** What few answers carry beside the usual, names and values in turn. */
  private more: string[] | null = null;
  private vary = '';
  private limit: Decision | null = null;
  private controller: AbortController | null = null;

  constructor(
    private readonly from: FastifyRequest,
    readonly work: Work,
    readonly watch: RouteWatch,
    private readonly usual: UsualLines,
  ) {
    this.traceparent = formatTraceparent(work.context.trace);
  }

  addHeader(name: string, value: string): void {
    (this.more ??= []).push(name, value);
  }

  addVary(name: string): void {
    this.vary = this.vary === '' ? name : `${this.vary}, ${name}`;
  }

  /** What the rate limit said, for the headers. */
  limited(decision: Decision): void {
    this.limit = decision;
  }

  /** Names and values in turn, as node takes them: what every answer to this request carries. */
  takeLines(): string[] {
    const lines = [...this.usual.lines, 'x-request-id', this.id, 'traceparent', this.traceparent];
    if (this.limit !== null) lines.push('ratelimit-policy', this.limit.quota.header, 'ratelimit', rateLimitHeader(this.limit));
    if (this.more !== null) lines.push(...this.more);
    if (this.vary !== '') lines.push('vary', this.vary);
    return lines;
  }

  /** The same as text; null where there is something that is not of our own making. */
  headText(): string | null {
    if (this.more !== null) return null;
    const { limit, vary } = this;
    const limits = limit === null ? '' : `ratelimit-policy: ${limit.quota.header}\r\nratelimit: ${rateLimitHeader(limit)}\r\n`;
    return `${this.usual.text}x-request-id: ${this.id}\r\ntraceparent: ${this.traceparent}\r\n${limits}${vary === '' ? '' : `vary: ${vary}\r\n`}`;
  }

  get id(): string {
    return this.from.id;
  }
  get ip(): string {
    return this.from.ip;
  }
  get userAgent(): string | null {
    return this.from.headers['user-agent']?.slice(0, 512) ?? null;
  }
  get url(): string {
    return this.from.raw.url ?? '/';
  }
  get method(): string {
    return this.from.raw.method ?? 'GET';
  }
  get host(): string {
    return this.from.host;
  }
  get rawBody(): Buffer {
    return rawBodyOf(this.from);
  }
  get protocol(): 'http' | 'https' {
    return this.from.protocol === 'https' ? 'https' : 'http';
  }

  get signal(): AbortSignal {
    if (this.controller === null) {
      const controller = new AbortController();
      this.controller = controller;
      this.from.raw.socket.once('close', () => controller.abort(new Error('the client went away')));
    }
    return this.controller.signal;
  }

  abort(reason: Error): void {
    this.controller?.abort(reason);
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the first hook of every request. */
    platform: RequestState | null;
  }
}
