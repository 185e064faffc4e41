/** How long a sign-in lasts. Access tokens are short, so that a revocation needs to be remembered for minutes only. */
export interface SessionPolicy {
  readonly accessTokenMs: number;
  readonly refreshTokenMs: number;
  /** Staff who have been away this long sign in again; buyers have only the 30 days. */
  readonly staffIdleMs: number;
}

export const sessionPolicy: SessionPolicy = {
  accessTokenMs: 15 * 60_000,
  refreshTokenMs: 30 * 24 * 60 * 60_000,
  staffIdleMs: 24 * 60 * 60_000,
};

export interface SessionState {
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export type SessionEnd = 'revoked' | 'expired' | 'idle';

/** Why a session is over, or null while it is good. */
export function sessionEnd(session: SessionState, staff: boolean, now: Date, policy: SessionPolicy): SessionEnd | null {
  if (session.revokedAt !== null) return 'revoked';
  if (now >= session.expiresAt) return 'expired';
  if (staff && now.getTime() - session.lastUsedAt.getTime() >= policy.staffIdleMs) return 'idle';
  return null;
}
