import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits: too many to guess, so a plain SHA-256 is enough to keep them by. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

export function sameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const lowerAlphabet = 'abcdefghjkmnpqrstuvwxyz0123456789';

/** A readable public id; not a secret. */
export const newPublicId = (length = 16): string =>
  [...randomBytes(length)].map((byte) => lowerAlphabet[byte % lowerAlphabet.length] ?? 'a').join('');
