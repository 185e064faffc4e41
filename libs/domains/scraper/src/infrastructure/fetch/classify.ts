import type { ErrorClass } from '../../domain/run';

/** What a fault on the way means; `undici` and Node name theirs by code. */
export function classOfFault(error: unknown): ErrorClass {
  // Not by class: errors of Node's own come from where this module's `Error` is another one.
  for (let at: unknown = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; at = 'cause' in at ? at.cause : null, depth += 1) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    const name = 'name' in at && typeof at.name === 'string' ? at.name : '';
    const known = classOfCode(code, name);
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
    default:
      if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT') || code === 'content_encoding') return 'unreadable';
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
