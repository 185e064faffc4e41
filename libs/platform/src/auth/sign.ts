import { sign, type KeyObject } from 'node:crypto';
import type { Role, Tier } from '@autobroker/contracts';
import { algorithm, audience, type AccessClaims } from './claims';

export interface TokenSubject {
  readonly id: string;
  readonly kind?: 'user' | 'client';
  readonly tenantId: string | null;
  readonly roles: readonly Role[];
  readonly tier?: Tier;
  readonly sessionId?: string | null;
  readonly scopes?: readonly string[] | null;
  readonly authMethods?: readonly string[];
  /** Seconds since 1970. */
  readonly authTime?: number | null;
}

export interface SigningOptions {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly issuer: string;
  readonly expiresInS: number;
  /** Milliseconds since 1970; token life is real time. */
  readonly now?: number;
}

/** A signed access token: what identity hands out, and tests sign for themselves. */
export function signAccessToken(subject: TokenSubject, options: SigningOptions): string {
  const issuedAt = Math.floor((options.now ?? Date.now()) / 1_000);
  const claims: AccessClaims = {
    iss: options.issuer,
    aud: audience,
    sub: subject.id,
    tid: subject.tenantId,
    roles: [...subject.roles],
    tier: subject.tier ?? 'free',
    sid: subject.sessionId ?? null,
    kind: subject.kind ?? 'user',
    iat: issuedAt,
    exp: issuedAt + options.expiresInS,
    ...(subject.scopes == null ? {} : { scope: subject.scopes.join(' ') }),
    ...(subject.authMethods === undefined ? {} : { amr: [...subject.authMethods] }),
    ...(subject.authTime == null ? {} : { auth_time: subject.authTime }),
  };
  return signJwt(claims, options);
}

/** `typ` says what kind of text it is, so that none is ever taken for another (RFC 8725). */
export function signJwt(claims: object, key: { readonly kid: string; readonly privateKey: KeyObject }, typ = 'JWT'): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode({ alg: algorithm, typ, kid: key.kid })}.${encode(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString('base64url')}`;
}
