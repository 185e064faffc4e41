import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

/** A file system takes 255 bytes a name, and the encoded form is up to three times as long as the key's. */
const maxName = 200;

/**
 * A segment as a name that no file system reads in its own way: everything but plain letters, digits, dash, underscore and
 * inner dots is percent-encoded, so that neither `..` nor a drive, a device name's colon or a hidden file can come out.
 */
const nameOf = (segment: string): string => {
  const encoded = [...Buffer.from(segment)]
    .map((byte, index) => {
      const char = String.fromCharCode(byte);
      const plain = /[A-Za-z0-9_-]/.test(char) || (char === '.' && index > 0);
      return plain ? char : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  if (encoded.length <= maxName) return encoded;
  const digest = createHash('sha256').update(segment).digest('hex');
  return `${encoded.slice(0, maxName - 65)}%${digest}`;
};

/** The record of a key. The mark keeps `a` (a file) and `a/b` (in a folder) apart. */
export const keyPath = (root: string, key: string): string => {
  const names = key.split('/').map(nameOf);
  const leaf = names.pop() ?? '';
  return join(root, 'keys', ...names, `@${leaf}`);
};

export const keyFolder = (root: string, key: string): string => dirname(keyPath(root, key));

/** The deepest folder that holds everything with this prefix. */
export const prefixFolder = (root: string, prefix: string): string =>
  join(root, 'keys', ...prefix.split('/').slice(0, -1).map(nameOf));

/** The code of a system error; not by its class, which differs between realms. */
export const errorCode = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(String(errorCode(error)));
