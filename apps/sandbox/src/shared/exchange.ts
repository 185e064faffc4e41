import type { IncomingHttpHeaders } from 'node:http';

/** A request as a vendor sees it: read whole, with its address taken apart. */
export interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** What the route's pattern caught. */
  readonly params: Readonly<Record<string, string>>;
  /** The sandbox's time. */
  readonly now: Date;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sends an ETag of the body and honours If-None-Match. */
  readonly etag?: 'strong' | 'weak';
  /** Sends Last-Modified and honours If-Modified-Since. */
  readonly lastModified?: Date;
}

export type Handler = (exchange: Exchange) => Answer | Promise<Answer>;

export interface Route {
  /** `*` is whatever a client comes up with, for a vendor who refuses it in words of its own. */
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | '*';
  /** `/p/:make/:slug/:id`; `*` at the end takes the rest. */
  readonly path: string;
  readonly handle: Handler;
}

export const get = (path: string, handle: Handler): Route => ({ method: 'GET', path, handle });
export const post = (path: string, handle: Handler): Route => ({ method: 'POST', path, handle });

type More = Omit<Partial<Answer>, 'type' | 'body'>;

export const page = (body: { toString(): string }, more: More = {}): Answer => ({ status: 200, type: 'text/html; charset=utf-8', body: body.toString(), ...more });

export const json = (value: unknown, more: More = {}): Answer => ({ status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(value), ...more });

export const text = (type: string, body: string | Buffer, more: More = {}): Answer => ({ status: 200, type, body, ...more });

export const redirect = (location: string, status = 302): Answer => ({ status, type: 'text/plain', body: '', headers: { location } });

/** A whole number of a query within limits, else the fallback: sites forgive what they can't read. */
export function whole(given: string | null, fallback: number, { min = 1, max = Number.MAX_SAFE_INTEGER } = {}): number {
  const value = given !== null && /^[0-9]{1,9}$/u.test(given) ? Number(given) : fallback;
  return Math.min(max, Math.max(min, value));
}
