import { createHash } from 'node:crypto';
import type { PageRequest } from './source-plugin';

/** What names a request wherever the source is: its method, its path and what it sends. */
export function requestKey({ method, path, body }: PageRequest): string {
  const local = URL.canParse(path) ? `${new URL(path).pathname}${new URL(path).search}` : path;
  return createHash('sha256').update(`${method} ${local}\n${body ?? ''}`).digest('base64url').slice(0, 32);
}
