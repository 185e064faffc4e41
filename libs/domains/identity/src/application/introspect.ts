import { audience, authConfig, claimsSchema, type AccessClaims } from '@autobroker/platform/auth';
import type { ConfigOf } from '@autobroker/platform/config';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { SigningKeys } from '@autobroker/platform/signing';
import { Inject, Injectable } from '@nestjs/common';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { OAuthClients, Sessions } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { VerifyApiKey } from './verify-api-key';

/** What RFC 7662 answers, with what a principal of ours needs besides. */
export interface Introspection {
  readonly active: true;
  readonly sub: string;
  readonly tid: string | null;
  readonly roles: readonly string[];
  readonly tier: string;
  readonly scope?: string;
  readonly kind: 'user' | 'client';
  readonly key_id: string;
  readonly token_type: 'api_key' | 'access_token';
  readonly exp?: number;
  readonly iat?: number;
  readonly sid?: string;
}

/** Who must have issued a token, and what time it is. */
@Injectable()
export class IntrospectionSettings {
  readonly issuer: string;

  constructor(
    @Inject(authConfig.token) config: ConfigOf<typeof authConfig>,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {
    this.issuer = config.issuer;
  }

  now(): Date {
    return this.time.now();
  }
}

/** Whether a token is good at this moment: signature and times, and also whether its session still runs. */
@Injectable()
export class Introspect {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly apiKeys: VerifyApiKey,
    private readonly keys: SigningKeys,
    private readonly sessions: Sessions,
    private readonly clients: OAuthClients,
    private readonly clock: IntrospectionSettings,
  ) {}

  async execute(token: string): Promise<Introspection | null> {
    return token.startsWith('ab_') ? this.apiKey(token) : this.accessToken(token);
  }

  /** The claims of a good access token, else null. */
  async claims(token: string): Promise<AccessClaims | null> {
    const published = await this.keys.published();
    try {
      const keys = createLocalJWKSet({ keys: published.map(({ publicJwk }) => ({ ...publicJwk })) });
      const { payload } = await jwtVerify(token, keys, {
        audience,
        issuer: this.clock.issuer,
        algorithms: ['EdDSA', 'Ed25519'],
        currentDate: this.clock.now(),
      });
      return claimsSchema.parse(payload);
    } catch {
      return null;
    }
  }

  private async apiKey(text: string): Promise<Introspection | null> {
    const found = await this.apiKeys.verify(text);
    if (found === null || found.id === null) return null;
    return {
      active: true,
      token_type: 'api_key',
      sub: found.id,
      tid: found.tenantId,
      roles: found.roles,
      tier: found.tier,
      kind: 'client',
      key_id: found.keyId,
      ...(found.scopes == null ? {} : { scope: found.scopes.join(' ') }),
      ...(found.expiresAt === null ? {} : { exp: Math.floor(found.expiresAt.getTime() / 1_000) }),
    };
  }

  private async accessToken(text: string): Promise<Introspection | null> {
    const claims = await this.claims(text);
    if (claims === null || !(await this.stillRuns(claims))) return null;
    const { sub, tid, roles, tier, kind, exp, iat, scope, sid } = claims;
    return {
      active: true,
      token_type: 'access_token',
      sub,
      tid,
      roles,
      tier,
      kind,
      exp,
      iat,
      key_id: sid ?? sub,
      ...(scope === undefined ? {} : { scope }),
      ...(sid == null ? {} : { sid }),
    };
  }

  private async stillRuns({ sid, kind }: AccessClaims): Promise<boolean> {
    if (sid == null) return true;
    const found = kind === 'client' ? await this.clients.token(this.db, sid) : await this.sessions.byId(this.db, sid);
    return found !== null && found.revokedAt === null;
  }
}
