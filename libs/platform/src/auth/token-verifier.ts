import { hash, verify, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { algorithm, audience, claimsSchema, principalFromClaims, type AccessClaims } from './claims';
import type { KeyRing } from './key-ring';
import type { SessionRevocations } from './ports';
import type { Principal } from './principal';
import { refusals } from './refusal';

export interface TokenVerifierOptions {
  readonly issuer: string;
  readonly clockSkewS?: number;
  readonly cacheSize?: number;
  /** Milliseconds since 1970. Token life is real time, whatever the domain's clock says. */
  readonly now?: () => number;
}

interface Verified {
  readonly principal: Principal;
  readonly subject: string;
  readonly sessionId: string | null;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

const headerSchema = z.object({
  alg: z.literal(algorithm),
  kid: z.string().min(1).max(200),
  typ: z.enum(['JWT', 'jwt', 'at+jwt']).optional(),
  // Extensions that must be understood: we understand none.
  crit: z.undefined().optional(),
});
const shape = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const maxLength = 8_192;

/**
 * Checks access tokens. The signature of a token is checked once; then its hash finds the principal in memory for as
 * long as it lives, and only expiry and revocation are looked at again. The hash is the key, so that a heap dump holds
 * no usable token.
 */
export class TokenVerifier {
  private readonly verified: LRUCache<string, Verified>;
  private readonly now: () => number;
  private readonly skewS: number;

  constructor(
    private readonly keys: KeyRing,
    private readonly revocations: SessionRevocations,
    private readonly options: TokenVerifierOptions,
  ) {
    this.verified = new LRUCache({ max: options.cacheSize ?? 10_000 });
    this.now = options.now ?? Date.now;
    this.skewS = options.clockSkewS ?? 30;
  }

  /** Synchronous whenever the token or its key is known, which is nearly always. */
  verify(token: string): Principal | Promise<Principal> {
    if (token.length > maxLength) throw refusals.badCredential('The access token is too long.');
    const id = hash('sha256', token, 'base64');
    const known = this.verified.get(id);
    if (known !== undefined) return this.accept(known);
    const { kid, parts } = read(token);
    const key = this.keys.peek(kid);
    if (key !== undefined) return this.check(id, parts, key);
    return this.keys.find(kid).then((found) => {
      if (found === null) throw refusals.badCredential('The access token was signed with an unknown key.');
      return this.check(id, parts, found);
    });
  }

  private check(id: string, parts: TokenParts, key: KeyObject): Principal {
    const signature = Buffer.from(parts.signature, 'base64url');
    if (!verify(null, Buffer.from(parts.signed), key, signature)) {
      throw refusals.badCredential('The signature of the access token is wrong.');
    }
    const claims = claimsSchema.safeParse(parseJson(parts.payload));
    if (!claims.success) throw refusals.badCredential('The access token lacks claims that it needs.');
    this.checkIssue(claims.data);
    const { sub, sid, iat, exp } = claims.data;
    const entry: Verified = {
      principal: principalFromClaims(claims.data),
      subject: sub,
      sessionId: sid ?? null,
      issuedAt: iat,
      expiresAt: exp,
    };
    const principal = this.accept(entry);
    this.verified.set(id, entry);
    return principal;
  }

  private checkIssue(claims: AccessClaims): void {
    const meant = Array.isArray(claims.aud) ? claims.aud.includes(audience) : claims.aud === audience;
    if (claims.iss !== this.options.issuer || !meant) {
      throw refusals.badCredential('The access token was issued by or for somebody else.');
    }
    const latest = this.now() / 1_000 + this.skewS;
    if (claims.iat > latest || (claims.nbf !== undefined && claims.nbf > latest)) {
      throw refusals.badCredential('The access token is not valid yet.');
    }
  }

  private accept(token: Verified): Principal {
    if (token.expiresAt + this.skewS <= this.now() / 1_000) throw refusals.expired();
    if (this.revocations.isRevoked(token)) throw refusals.badCredential('The session has ended.');
    return token.principal;
  }
}

interface TokenParts {
  readonly signed: string;
  readonly payload: string;
  readonly signature: string;
}

function read(token: string): { kid: string; parts: TokenParts } {
  const [head, payload, signature] = shape.test(token) ? token.split('.') : [];
  if (head === undefined || payload === undefined || signature === undefined) {
    throw refusals.badCredential('The access token is malformed.');
  }
  const header = headerSchema.safeParse(parseJson(head));
  if (!header.success) throw refusals.badCredential('The access token is of a kind that is not accepted.');
  return { kid: header.data.kid, parts: { signed: `${head}.${payload}`, payload, signature } };
}

function parseJson(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
