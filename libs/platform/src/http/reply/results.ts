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
/** Data that is JSON already: the envelope is put around it without parsing; around bytes, also without encoding them again. */
export class RawJson {
  constructor(
    readonly json: string | Buffer,
    readonly options: ReplyOptions,
  ) {}
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
