import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../auth';
import { formatTraceparent, type Work } from '../../telemetry';
import type { RequestInfo } from '../route/input';

const sane = /^[A-Za-z0-9._~:@=+/-]{1,128}$/;

/** A caller's own request id, when it is one that may stand in headers, logs and JSON as it is. */
export const acceptedRequestId = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' && sane.test(header) ? header : null;

/** What the platform knows about one request while it runs. */
export class RequestState implements RequestInfo {
  readonly startedAt = performance.now();
  readonly traceparent: string;
  principal: Principal | null = null;
  tenantId = '';
  settled = false;
  /** Names and values in turn, as node takes them: what every answer to this request carries. */
  private readonly lines: string[];
  private vary = '';
  private controller: AbortController | null = null;

  constructor(
    private readonly from: FastifyRequest,
    readonly work: Work,
    security: readonly string[],
  ) {
    this.traceparent = formatTraceparent(work.context.trace);
    this.lines = [...security, 'x-request-id', from.id, 'traceparent', this.traceparent];
  }

  addHeader(name: string, value: string): void {
    this.lines.push(name, value);
  }

  addVary(name: string): void {
    this.vary = this.vary === '' ? name : `${this.vary}, ${name}`;
  }

  takeLines(): string[] {
    if (this.vary !== '') this.lines.push('vary', this.vary);
    return this.lines;
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
