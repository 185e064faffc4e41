import type { Readable } from 'node:stream';

export interface Pagination {
  readonly page: number;
  readonly per_page: number;
  readonly total: number;
  readonly total_pages: number;
  /** The list is longer than what is counted. */
  readonly total_capped?: true;
  /** Opaque; `cursor=` of the next request. Null at the end. */
  readonly next_cursor?: string | null;
}

export interface ReplyOptions {
  readonly status?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** With its quotes, as `etagOf` makes it. */
  readonly etag?: string | undefined;
  readonly pagination?: Pagination | undefined;
  readonly location?: string | undefined;
}

/** Data that goes into the envelope. */
export class Reply {
  constructor(
    readonly data: unknown,
    readonly options: ReplyOptions,
  ) {}
}
/**
 * Data that is JSON already: the envelope is put around it without parsing; around bytes, also without encoding them again.
 * Whoever keeps it and answers with it again is answered from what was `prepared` then.
 */
export class RawJson {
  /** Whether an answer was made of it before. */
  wasUsed = false;
  prepared: Prepared | null = null;

  constructor(
    readonly json: string | Buffer,
    readonly options: ReplyOptions,
  ) {}
}

/** What all answers that are made of the same data have in common. */
export interface Prepared {
  readonly headers: Readonly<Record<string, string>>;
  /** As text where that is plain and short: it leaves in one piece with what is the answer's own. */
  readonly json: string | Buffer;
  /** Its length on the wire. */
  readonly bytes: number;
}
/** A body that is sent as it is. */
export class Plain {
  constructor(
    readonly body: string | Buffer,
    readonly contentType: string,
    readonly options: ReplyOptions,
  ) {}
}
export class Streamed {
  constructor(
    readonly body: Readable,
    readonly contentType: string,
    readonly options: ReplyOptions & { readonly length?: number | undefined },
  ) {}
}
export class Empty {
  constructor(readonly options: ReplyOptions) {}
}

export const reply = (data: unknown, options: ReplyOptions = {}): Reply => new Reply(data, options);
export const rawJson = (serialisedData: string | Buffer, options: ReplyOptions = {}): RawJson =>
  new RawJson(serialisedData, options);

/** An answer as the cache keeps it. */
export interface KeptBody {
  readonly body: string;
  readonly bytes?: Buffer;
  readonly etag: string;
}
const kept = new WeakMap<KeptBody, RawJson>();

/** As rawJson, for what is answered again and again while it is kept. */
export function keptJson(entry: KeptBody): RawJson {
  let answer = kept.get(entry);
  if (answer === undefined) kept.set(entry, (answer = rawJson(entry.bytes ?? entry.body, { etag: entry.etag })));
  return answer;
}
export const plain = (body: string | Buffer, contentType: string, options: ReplyOptions = {}): Plain =>
  new Plain(body, contentType, options);
export const stream = (
  body: Readable,
  contentType: string,
  options: ReplyOptions & { readonly length?: number | undefined } = {},
): Streamed => new Streamed(body, contentType, options);
export const noContent = (options: ReplyOptions = {}): Empty => new Empty(options);
/** 308 for what has moved for good and keeps its method. */
export const redirect = (location: string, status: 302 | 303 | 308 = 302): Plain =>
  new Plain('', 'text/plain; charset=utf-8', { status, location, headers: { 'cache-control': 'no-store' } });
