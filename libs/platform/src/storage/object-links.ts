import { createHmac, timingSafeEqual } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';

const claimsSchema = z.tuple([z.string().min(1), z.int()]);

export type LinkVerdict = { readonly ok: true; readonly key: string } | { readonly ok: false; readonly reason: 'invalid' | 'expired' };

/** Addresses that open one object until they expire. Whoever has the secret could make one, so nobody else has it. */
export class ObjectLinks {
  constructor(
    private readonly secret: string,
    /** What stands before `/objects/…`: this platform's public address with its API prefix. */
    private readonly base: string,
    private readonly now: () => number = () => Date.now(),
  ) {}

  sign(key: string, expiresInS: number): string {
    const payload = Buffer.from(JSON.stringify([key, Math.floor(this.now() / 1_000) + expiresInS])).toString('base64url');
    return `${this.base}/objects/${payload}.${this.mac(payload).toString('base64url')}`;
  }

  verify(token: string): LinkVerdict {
    const [payload, mac, ...rest] = token.split('.');
    if (payload === undefined || mac === undefined || rest.length > 0) return invalid;
    const expected = this.mac(payload);
    const given = Buffer.from(mac, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected) || given.toString('base64url') !== mac) return invalid;
    const claims = claimsSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString()));
    if (!claims.success) return invalid;
    const [key, expiresAt] = claims.data;
    return expiresAt * 1_000 > this.now() ? { ok: true, key } : { ok: false, reason: 'expired' };
  }

  private mac(payload: string): Buffer {
    return createHmac('sha256', this.secret).update(`objects:${payload}`).digest();
  }
}

const invalid: LinkVerdict = { ok: false, reason: 'invalid' };

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The last segment, as a name to save the object under. */
export const fileNameOf = (key: string): string => basename(key);
