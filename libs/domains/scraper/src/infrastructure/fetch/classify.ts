import type { ErrorClass } from '../../domain/run';

/** What a fault on the way means; `undici` and Node name theirs by code. */
export function classOfFault(error: unknown): ErrorClass {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const known = classOfCode('code' in at && typeof at.code === 'string' ? at.code : '', at.name);
    if (known !== null) return known;
  }
  return 'network';
}

function classOfCode(code: string, name: string): ErrorClass | null {
  switch (code) {
    case 'address_refused':
      return 'address_refused';
    case 'body_too_large':
      return 'too_large';
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return 'timeout';
    case 'UND_ERR_HEADERS_OVERFLOW':
      return 'too_large';
    case 'Z_DATA_ERROR':
    case 'Z_BUF_ERROR':
      return 'unreadable';
    default:
      return name === 'TimeoutError' ? 'timeout' : null;
  }
}

/** What a status means where it is none of a page; null where it is one. */
export function classOfStatus(status: number): ErrorClass | null {
  if (status === 429) return 'rate_limited';
  if (status === 401 || status === 407) return 'unauthorized';
  if (status === 403) return 'blocked';
  if (status === 404 || status === 410) return null;
  if (status >= 500) return 'server_error';
  if (status >= 400) return 'client_error';
  return null;
}

const readable = /^(?:text\/|image\/(?:jpeg|png|webp|avif|gif)|application\/(?:[a-z0-9.+-]*(?:json|xml)|graphql-response\+json|xhtml\+xml|csv|gzip|x-gzip|octet-stream|rss\+xml|atom\+xml))/iu;

/** Whether we know what to do with it; an answer that does not say is read and judged by its content. */
export const isReadable = (contentType: string | null): boolean => contentType === null || contentType.trim() === '' || readable.test(contentType.trim());
