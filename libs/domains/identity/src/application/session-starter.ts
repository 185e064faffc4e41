import { isStaff, type Role, type Tier } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { sessionPolicy } from '../domain/session';
import { auditedAs, type Caller } from './caller';
import { Sessions, Tenants, Users, type RefreshTokenRecord, type SessionRecord, type UserRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret, newSecret } from './secret';
import { enrolmentScopes, TokenIssuer } from './token-issuer';

export interface SignedIn {
  readonly userId: string;
  readonly sessionId: string;
  readonly accessToken: string;
  readonly expiresInS: number;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
  readonly roles: readonly Role[];
  readonly tenantId: string | null;
  /** The tenant wants a second factor of staff, and this person has none: only that can be done with the token. */
  readonly mfaEnrolmentRequired: boolean;
}

/** What a transaction has decided; signed after it, because signing may need a connection of its own. */
export interface StartedSession {
  readonly user: UserRecord;
  readonly session: SessionRecord;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
  readonly tier: Tier;
  readonly mfaEnrolmentRequired: boolean;
}

@Injectable()
export class SessionStarter {
  constructor(
    private readonly sessions: Sessions,
    private readonly tenants: Tenants,
    private readonly users: Users,
    private readonly issuer: TokenIssuer,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async start(tx: Tx, user: UserRecord, caller: Caller, authMethods: readonly string[]): Promise<StartedSession> {
    const now = this.time.now();
    const session: SessionRecord = {
      id: uuidv7(now),
      userId: user.id,
      tenantId: user.tenantId,
      authMethods: [...authMethods],
      userAgent: caller.userAgent?.slice(0, 300) ?? null,
      ip: caller.ip,
      createdAt: now,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + sessionPolicy.refreshTokenMs),
      revokedAt: null,
      revokedReason: null,
    };
    const { secret, record } = this.newToken(session.id, now);
    await this.sessions.insert(tx, session, record);
    await this.users.markSignedIn(tx, user.id, now);
    await tx.audit({
      ...auditedAs(user.id, caller),
      action: 'session.started',
      object: { type: 'session', id: session.id },
      tenantId: user.tenantId,
      after: { user_id: user.id, methods: [...authMethods] },
    });
    return this.started(tx, user, session, secret, record.expiresAt);
  }

  /** The next refresh token of a session whose last one has just been spent. */
  async continue(tx: Tx, user: UserRecord, session: SessionRecord, spent: RefreshTokenRecord): Promise<StartedSession> {
    const now = this.time.now();
    const { secret, record } = this.newToken(session.id, now);
    await this.sessions.markUsed(tx, spent, now, record.expiresAt);
    await this.sessions.addToken(tx, record);
    return this.started(tx, user, session, secret, record.expiresAt);
  }

  /** Nobody goes on in a tenant that was suspended. */
  async tenantOpen(tx: Tx, user: UserRecord): Promise<boolean> {
    return user.tenantId === null || (await this.tenants.byId(tx, user.tenantId))?.status === 'active';
  }

  /** Outside the transaction. */
  async grant(started: StartedSession): Promise<SignedIn> {
    const { user, session } = started;
    const { token, expiresInS } = await this.issuer.issue({
      id: user.id,
      kind: 'user',
      tenantId: user.tenantId,
      roles: user.roles,
      tier: started.tier,
      sessionId: session.id,
      authMethods: session.authMethods,
      authTime: Math.floor(session.createdAt.getTime() / 1_000),
      ...(started.mfaEnrolmentRequired ? { scopes: enrolmentScopes } : {}),
    });
    return {
      userId: user.id,
      sessionId: session.id,
      accessToken: token,
      expiresInS,
      refreshToken: started.refreshToken,
      refreshExpiresAt: started.refreshExpiresAt,
      roles: user.roles,
      tenantId: user.tenantId,
      mfaEnrolmentRequired: started.mfaEnrolmentRequired,
    };
  }

  private newToken(sessionId: string, now: Date): { secret: string; record: RefreshTokenRecord } {
    const secret = `abr_${newSecret()}`;
    const expiresAt = new Date(now.getTime() + sessionPolicy.refreshTokenMs);
    return { secret, record: { id: uuidv7(now), sessionId, tokenHash: hashSecret(secret), issuedAt: now, expiresAt, usedAt: null } };
  }

  private async started(tx: Tx, user: UserRecord, session: SessionRecord, refreshToken: string, refreshExpiresAt: Date): Promise<StartedSession> {
    const tenant = user.tenantId === null ? null : await this.tenants.byId(tx, user.tenantId);
    const tier = tierOf(user, tenant?.tier ?? null);
    const wanted = tenant?.settings.mfa_required_for_staff === true && isStaff(user);
    return { user, session, refreshToken, refreshExpiresAt, tier, mfaEnrolmentRequired: wanted && user.totpConfirmedAt === null };
  }
}

/** A person's own tier, else the tenant's. */
export const tierOf = (user: UserRecord, tenantTier: Tier | null): Tier => user.tier ?? tenantTier ?? (user.tenantId === null ? 'enterprise' : 'free');
