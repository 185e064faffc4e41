import { isAscii } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { ResponseSpec } from '../route/define-route';
import { noneMatch } from '../conditions/etag';
import { Empty, Plain, type Prepared, RawJson, Reply, Streamed, type Pagination, type ReplyOptions } from './results';

/** A long body that other answers share: it is neither copied nor encoded again for the little that is this answer's own. */
export class Framed {
  constructor(
    readonly before: string,
    readonly shared: Buffer,
    readonly after: string,
  ) {}
  get length(): number {
    return Buffer.byteLength(this.before) + this.shared.length + Buffer.byteLength(this.after);
  }
  toBuffer(): Buffer {
    return Buffer.concat([Buffer.from(this.before), this.shared, Buffer.from(this.after)]);
  }
}

/** An answer as it leaves: what is sent, stored for a replay, or compressed. */
export interface Wire {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Framed | Readable | null;
  /** Of the body, where it is known already. */
  readonly length?: number;
}

/** Data is never a page: a browser that is tricked into showing it as one may load and run nothing. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

export const jsonType = 'application/json; charset=utf-8';

let lastMs = -1;
let lastText = '';

/** RFC 3339 in UTC; thousands of answers share a millisecond. */
export function timestampOf(ms: number): string {
  if (ms !== lastMs) {
    lastMs = ms;
    lastText = new Date(ms).toISOString();
  }
  return lastText;
}

const pagings = new WeakMap<Pagination, string>();

/** A page that is kept is told with the same object every time. */
function pagingJson(pagination: Pagination): string {
  let text = pagings.get(pagination);
  if (text === undefined) {
    text = `,"pagination":${JSON.stringify(pagination)}`;
    pagings.set(pagination, text);
  }
  return text;
}

/** Request ids are checked when they arrive, so that none needs escaping here. */
export function metaJson(requestId: string, nowMs: number, pagination?: Pagination): string {
  const paging = pagination === undefined ? '' : pagingJson(pagination);
  return `{"request_id":"${requestId}","timestamp":"${timestampOf(nowMs)}"${paging}}`;
}

const [opening, beforeMeta, closing] = ['{"data":', ',"meta":', ',"error":null}'];
export const envelope = (dataJson: string, meta: string): string => `${opening}${dataJson}${beforeMeta}${meta}${closing}`;
const framed = (data: Buffer, meta: string): Framed => new Framed(opening, data, `${beforeMeta}${meta}${closing}`);
const frameLength = opening.length + beforeMeta.length + closing.length;

export interface WireContext {
  readonly requestId: string;
  readonly nowMs: number;
  readonly method: string;
  readonly ifNoneMatch: string | undefined;
}

/** What a handler returned, as an answer of its route. */
export function toWire(result: unknown, response: ResponseSpec, context: WireContext): Wire {
  if (result instanceof RawJson) return rawWire(result, response.status, context);
  if (result instanceof Reply) return enveloped(serialise(result.data), result.options, response.status, context);
  if (result instanceof Empty) {
    return { status: result.options.status ?? 204, headers: headersOf(result.options), body: null };
  }
  if (result instanceof Plain) return plainWire(result, response.status, context);
  if (result instanceof Streamed) return streamedWire(result, response.status, context);
  if (response.status === 204) return { status: 204, headers: {}, body: null };
  if ('raw' in response) {
    const body = typeof result === 'string' || Buffer.isBuffer(result) ? result : serialise(result);
    return plainWire(new Plain(body, response.raw, {}), response.status, context);
  }
  if (isPage(result)) {
    return enveloped(serialise(result.items), { pagination: result.pagination }, response.status, context);
  }
  return enveloped(serialise(result), noOptions, response.status, context);
}

const noOptions: ReplyOptions = {};

function isPage(result: unknown): result is { items: readonly unknown[]; pagination: Pagination } {
  return (
    typeof result === 'object' &&
    result !== null &&
    'pagination' in result &&
    'items' in result &&
    Object.keys(result).length === 2
  );
}

function serialise(data: unknown): string {
  return data === undefined ? 'null' : JSON.stringify(data);
}

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

function enveloped(dataJson: string | Buffer, options: ReplyOptions, status: number, context: WireContext): Wire {
  const headers = headersOf(options);
  if (notModified(options.etag, context)) return { status: 304, headers, body: null };
  headers['content-type'] = jsonType;
  const meta = metaJson(context.requestId, context.nowMs, options.pagination);
  const body = typeof dataJson === 'string' ? envelope(dataJson, meta) : framed(dataJson, meta);
  return { status: options.status ?? status, headers, body };
}

/** Longer texts are better copied by the system from where they lie. */
const longestText = 32_768;

/** Made when the same data is answered with for the second time: most never are. */
function prepare({ json, options }: RawJson): Prepared {
  const headers = Object.freeze({ ...headersOf(options), 'content-type': jsonType });
  if (typeof json === 'string') return { headers, json, bytes: Buffer.byteLength(json) };
  return { headers, json: json.length <= longestText && isAscii(json) ? json.toString('latin1') : json, bytes: json.length };
}

function rawWire(result: RawJson, status: number, context: WireContext): Wire {
  const { options } = result;
  if (!result.wasUsed) {
    result.wasUsed = true;
    return enveloped(result.json, options, status, context);
  }
  if (notModified(options.etag, context)) return { status: 304, headers: headersOf(options), body: null };
  const { headers, json, bytes } = (result.prepared ??= prepare(result));
  // Nothing of it is outside of ASCII: ids, a time, numbers and a cursor.
  const meta = metaJson(context.requestId, context.nowMs, options.pagination);
  const body = typeof json === 'string' ? envelope(json, meta) : framed(json, meta);
  return { status: options.status ?? status, headers, body, length: bytes + meta.length + frameLength };
}

function notModified(etag: string | undefined, context: WireContext): boolean {
  return (
    etag !== undefined &&
    context.ifNoneMatch !== undefined &&
    isRead(context.method) &&
    !noneMatch(context.ifNoneMatch, etag)
  );
}

function plainWire(result: Plain, status: number, context: WireContext): Wire {
  const headers = headersOf(result.options);
  if (notModified(result.options.etag, context)) return { status: 304, headers, body: null };
  headers['content-type'] ??= result.contentType;
  return { status: result.options.status ?? status, headers, body: result.body };
}

function streamedWire(result: Streamed, status: number, context: WireContext): Wire {
  const headers = headersOf(result.options);
  if (notModified(result.options.etag, context)) {
    result.body.destroy();
    return { status: 304, headers, body: null };
  }
  headers['content-type'] ??= result.contentType;
  if (result.options.length !== undefined) headers['content-length'] = String(result.options.length);
  return { status: result.options.status ?? status, headers, body: result.body };
}

/** `no-cache` lets a client keep what has a tag and ask whether it still holds; the rest is nobody's to keep. */
function headersOf(options: ReplyOptions): Record<string, string> {
  const headers: Record<string, string> =
    options.etag === undefined
      ? { 'content-security-policy': dataPolicy, 'cache-control': 'no-store' }
      : { 'content-security-policy': dataPolicy, 'cache-control': 'private, no-cache', etag: options.etag };
  if (options.location !== undefined) headers.location = options.location;
  if (options.headers !== undefined) {
    for (const [name, value] of Object.entries(options.headers)) headers[name.toLowerCase()] = value;
  }
  return headers;
}
