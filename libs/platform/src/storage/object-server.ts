import type { Readable } from 'node:stream';
import { fileNameOf, type ObjectLinks } from './object-links';
import type { ByteRange, ObjectInfo, ObjectStore } from './object-store';

export interface ObjectRequest {
  readonly method: 'GET' | 'HEAD';
  readonly range?: string | undefined;
  readonly ifRange?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

export type ObjectAnswer =
  | { readonly kind: 'refused'; readonly code: 'signature_invalid' | 'not_found' }
  | { readonly kind: 'range_not_satisfiable'; readonly size: number }
  | { readonly kind: 'answer'; readonly status: 200 | 206 | 304; readonly headers: Record<string, string>; readonly body: Readable | null };

/** Media that browsers only show. Everything else is offered for saving, so that no script of ours-by-origin can run. */
const shown = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif', 'application/pdf', 'text/plain']);

/** Serves signed addresses of a store that cannot do so itself. */
export class ObjectServer {
  constructor(
    private readonly store: ObjectStore,
    private readonly links: ObjectLinks,
  ) {}

  async serve(token: string, request: ObjectRequest): Promise<ObjectAnswer> {
    const verdict = this.links.verify(token);
    if (!verdict.ok) return { kind: 'refused', code: 'signature_invalid' };
    const info = await this.store.head(verdict.key);
    if (info === null) return { kind: 'refused', code: 'not_found' };
    const headers = headersOf(info);
    if (matches(request.ifNoneMatch, info.etag)) return { kind: 'answer', status: 304, headers, body: null };

    const usable = request.ifRange === undefined || request.ifRange === info.etag;
    const range = usable ? parseRange(request.range, info.size) : 'whole';
    if (range === 'unsatisfiable') return { kind: 'range_not_satisfiable', size: info.size };
    const part = range === 'whole' ? undefined : range;
    const length = part === undefined ? info.size : part.end - part.start + 1;
    const complete = {
      ...headers,
      'content-length': String(length),
      ...(part === undefined ? {} : { 'content-range': `bytes ${part.start}-${part.end}/${info.size}` }),
    };
    const status = part === undefined ? 200 : 206;
    if (request.method === 'HEAD') return { kind: 'answer', status, headers: complete, body: null };
    const object = await this.store.get(verdict.key, part);
    if (object === null) return { kind: 'refused', code: 'not_found' };
    if (object.etag !== info.etag) {
      // Replaced in between: its size and type are others now.
      object.stream.destroy();
      return this.serve(token, request);
    }
    return { kind: 'answer', status, headers: complete, body: object.stream };
  }
}

const headersOf = (info: ObjectInfo): Record<string, string> => {
  const type = info.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  const name = encodeURIComponent(fileNameOf(info.key)).replaceAll("'", '%27');
  return {
    'content-type': info.contentType,
    'content-disposition': `${shown.has(type) ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
    etag: info.etag,
    'last-modified': info.modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
    'cache-control': info.immutable ? 'private, max-age=604800, immutable' : 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  };
};

const matches = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  ifNoneMatch.split(',').some((candidate) => ['*', etag, `W/${etag}`].includes(candidate.trim()));

/** One range, as RFC 9110 has it. Several, or anything unreadable, may be answered with the whole. */
export const parseRange = (header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null) return 'whole';
  const [from, to] = [match[1] ?? '', match[2] ?? ''];
  if (from === '' && to === '') return 'whole';
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return 'whole';
  return start >= size ? 'unsatisfiable' : { start, end };
};
