import type { ManagerSource, Tx } from '@autobroker/platform/database';

export interface SessionRecord {
  readonly id: string;
  readonly userId: string;
  readonly tenantId: string | null;
  readonly authMethods: string[];
  readonly userAgent: string | null;
  readonly ip: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly revokedReason: string | null;
}

export interface RefreshTokenRecord {
  readonly id: string;
  readonly sessionId: string;
  readonly tokenHash: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

export interface RevokedRecord {
  readonly id: string;
  readonly revokedAt: Date;
}

/** Sign-ins and their refresh tokens. A session is one family of tokens. */
export abstract class Sessions {
  abstract insert(tx: Tx, session: SessionRecord, token: RefreshTokenRecord): Promise<void>;
  abstract addToken(tx: Tx, token: RefreshTokenRecord): Promise<void>;
  /** The token and its session, both locked: two exchanges of one token follow one another. */
  abstract lockByToken(tx: Tx, tokenHash: string): Promise<{ token: RefreshTokenRecord; session: SessionRecord } | null>;
  /** Also moves the end of the session: a sign-in that is used goes on. */
  abstract markUsed(tx: Tx, token: RefreshTokenRecord, at: Date, sessionExpiresAt: Date): Promise<void>;
  abstract byId(from: ManagerSource, id: string): Promise<SessionRecord | null>;
  abstract active(from: ManagerSource, userId: string, now: Date): Promise<readonly SessionRecord[]>;
  /** Who of a tenant is signed in. */
  abstract holders(from: ManagerSource, tenantId: string, now: Date): Promise<readonly string[]>;
  /** Ends the named sessions (all of the person's without names) and tells which were still running. */
  abstract revoke(tx: Tx, userId: string, at: Date, reason: string, only?: { ids?: readonly string[]; except?: string }): Promise<string[]>;
  abstract revokedSince(from: ManagerSource, since: Date): Promise<readonly RevokedRecord[]>;
  abstract purge(tx: Tx, before: Date): Promise<number>;
}
