import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { internalSecretHeader } from './remote';

/** Whether a request comes from another service of this installation. Takes the same time for every wrong secret. */
export function isInternalCall(headers: IncomingHttpHeaders, internalSecret: string): boolean {
  const given = headers[internalSecretHeader];
  if (typeof given !== 'string' || internalSecret === '') return false;
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', internalSecret, 'buffer'));
}
