import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import { isUuid } from '@autobroker/kernel';
import { ProblemError } from '../errors/problem-error';

const keyOf = (secret: string) => createSecretKey(Buffer.from(secret));

let key = keyOf('development-cursor-key');

/** Set once at boot, from the configuration: every process of an installation signs with the same key. */
export function configureCursors(secret: string): void {
  key = keyOf(secret);
}

const sign = (payload: string): Buffer => createHmac('sha256', key).update(payload).digest().subarray(0, 16);

/**
 * A place in a list, for the client an opaque text. `binding` names the list it belongs to (sort, filter, tenant):
 * the cursor opens only with the same one.
 */
export function encodeCursor(position: readonly unknown[], binding: unknown): string {
  const payload = JSON.stringify(position);
  const signature = sign(`${JSON.stringify(binding)}\n${payload}`);
  return `${Buffer.from(payload).toString('base64url')}.${signature.toString('base64url')}`;
}

const refuse = (): ProblemError =>
  new ProblemError('invalid_cursor', undefined, {
    errors: [
      {
        pointer: '/query/cursor',
        code: 'invalid_cursor',
        detail: 'It was changed, or belongs to another sort or filter.',
      },
    ],
  });

export function decodeCursor(cursor: string, binding: unknown): unknown[] {
  const [body, signature, rest] = cursor.split('.');
  if (body === undefined || signature === undefined || rest !== undefined) throw refuse();
  const payload = Buffer.from(body, 'base64url').toString('utf8');
  const expected = sign(`${JSON.stringify(binding)}\n${payload}`);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw refuse();
  const position: unknown = JSON.parse(payload);
  if (!Array.isArray(position)) throw refuse();
  return position;
}

/** Of a list in the order of its ids: the id of the last one that was shown. */
export function decodeIdCursor(cursor: string, binding: unknown): string {
  const [id] = decodeCursor(cursor, binding);
  if (!isUuid(id)) throw new ProblemError('invalid_cursor');
  return id;
}
