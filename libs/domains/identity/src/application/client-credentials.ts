import { databaseOf, type Database } from '@autobroker/platform/database';
import { sessionRevoked } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { sessionPolicy } from '../domain/session';
import type { Caller } from './caller';
import { LoginGuard } from './login-guard';
import { OAuthClients, Tenants, type OAuthClientRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret, sameHash } from './secret';
import { TokenIssuer } from './token-issuer';

/** Errors by the names of RFC 6749 §5.2. */
export type OAuthErrorCode = 'invalid_request' | 'invalid_client' | 'invalid_scope' | 'unsupported_grant_type' | 'slow_down';
export type OAuthAnswer<T> = { ok: true; value: T } | { ok: false; error: OAuthErrorCode; description: string; retryAfterS?: number };

const no = (error: OAuthErrorCode, description: string): { ok: false; error: OAuthErrorCode; description: string } => ({ ok: false, error, description });

export interface ClientCredentialsGiven {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** OAuth2 for programs: client credentials in, a short access token out. No refresh token: the secret is the long-lived thing. */
@Injectable()
export class ClientCredentials {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly clients: OAuthClients,
    private readonly tenants: Tenants,
    private readonly guard: LoginGuard,
    private readonly issuer: TokenIssuer,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async authenticate(caller: Caller, given: ClientCredentialsGiven): Promise<OAuthAnswer<OAuthClientRecord>> {
    const subjects = this.guard.subjects(caller, `client ${given.clientId}`);
    const wait = await this.guard.wait(subjects);
    if (wait > 0) return { ...no('slow_down', 'Too many attempts.'), retryAfterS: Math.ceil(wait / 1_000) };
    const client = await this.clients.byClientId(this.db, given.clientId);
    const hash = hashSecret(given.clientSecret);
    const now = this.time.now();
    const current = sameHash(client?.secretHash ?? hashSecret(''), hash);
    const previous =
      client?.previousSecretHash != null &&
      client.previousSecretExpiresAt !== null &&
      now < client.previousSecretExpiresAt &&
      sameHash(client.previousSecretHash, hash);
    if (client !== null && client.status === 'active' && (current || previous)) return { ok: true, value: client };
    await this.db.transaction(async (tx) => {
      await this.guard.settle(tx, subjects, false);
      if (client === null) return;
      await tx.audit({
        actor: { kind: 'anonymous', id: null },
        from: { ip: caller.ip, request_id: caller.requestId },
        action: 'oauth_client.refused',
        object: { type: 'oauth_client', id: client.id },
        tenantId: client.tenantId,
      });
    });
    return no('invalid_client', 'The client is unknown, disabled, or its secret is wrong.');
  }

  async token(client: OAuthClientRecord, scope: string | undefined): Promise<OAuthAnswer<{ token: string; expiresInS: number; scope: string }>> {
    const wanted = scope === undefined || scope.trim() === '' ? client.scopes : scope.trim().split(/ +/);
    const held: readonly string[] = client.scopes;
    if (wanted.some((one) => !held.includes(one))) return no('invalid_scope', 'The client was not given all of these scopes.');
    const tenant = await this.tenants.byId(this.db, client.tenantId);
    if (tenant === null || tenant.status !== 'active') return no('invalid_client', 'The client’s broker is not active.');
    const now = this.time.now();
    const sessionId = uuidv7(now);
    await this.db.transaction(async (tx) => {
      const expiresAt = new Date(now.getTime() + sessionPolicy.accessTokenMs);
      await this.clients.rememberToken(tx, { sessionId, clientId: client.id, expiresAt, revokedAt: null });
      await tx.audit({
        actor: { kind: 'client', id: client.id },
        action: 'oauth_client.token_issued',
        object: { type: 'oauth_client', id: client.id },
        tenantId: client.tenantId,
        after: { scope: wanted.join(' ') },
      });
    });
    const { token, expiresInS } = await this.issuer.issue({
      id: client.id,
      kind: 'client',
      tenantId: client.tenantId,
      roles: ['partner'],
      tier: tenant.tier,
      sessionId,
      scopes: wanted,
    });
    return { ok: true, value: { token, expiresInS, scope: wanted.join(' ') } };
  }

  /** RFC 7009: whatever was given, the answer is the same; only the client's own tokens end. */
  async revoke(client: OAuthClientRecord, sessionId: string | null): Promise<void> {
    if (sessionId === null) return;
    await this.db.transaction(async (tx) => {
      const now = this.time.now();
      const ended = await this.clients.revokeTokens(tx, client.id, now, sessionId);
      if (ended.length === 0) return;
      await tx.publish(sessionRevoked, {
        key: client.id,
        tenantId: client.tenantId,
        data: {
          subject_id: client.id,
          session_ids: ended,
          reason: 'revoked',
          tokens_expire_at: new Date(now.getTime() + sessionPolicy.accessTokenMs).toISOString(),
        },
      });
      await tx.audit({
        actor: { kind: 'client', id: client.id },
        action: 'oauth_client.token_revoked',
        object: { type: 'oauth_client', id: client.id },
        tenantId: client.tenantId,
      });
    });
  }
}
