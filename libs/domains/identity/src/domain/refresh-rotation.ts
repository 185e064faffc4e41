import { sessionEnd, type SessionEnd, type SessionPolicy, type SessionState } from './session';

/**
 * A refresh token is good for one exchange. All tokens of a sign-in are one family (the session).
 *
 * A token that comes back after it was exchanged is in two hands, one of which may be a thief's: the whole family ends.
 * The exception is a double submit: two requests of one client that were both on their way before either was answered.
 * They are told apart by *arrival*: a request that arrived before the exchange happened can't have waited for its answer.
 * The loser is refused, and the family lives. No grace period hands out a second successor, because within such a period
 * a stolen token would be as good as the real one.
 */
export interface RefreshTokenState {
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
}

export type RefreshDecision =
  | { readonly kind: 'rotate' }
  | { readonly kind: 'refuse'; readonly why: SessionEnd | 'token_expired' | 'double_submit' }
  | { readonly kind: 'revoke_family' };

export function decideRefresh(input: {
  readonly token: RefreshTokenState;
  readonly session: SessionState;
  readonly staff: boolean;
  readonly arrivedAt: Date;
  readonly now: Date;
  readonly policy: SessionPolicy;
}): RefreshDecision {
  const { token, session, staff, arrivedAt, now, policy } = input;
  const end = sessionEnd(session, staff, now, policy);
  if (end === 'revoked') return { kind: 'refuse', why: end };
  if (token.usedAt !== null) {
    return arrivedAt <= token.usedAt ? { kind: 'refuse', why: 'double_submit' } : { kind: 'revoke_family' };
  }
  if (end !== null) return { kind: 'refuse', why: end };
  if (now >= token.expiresAt) return { kind: 'refuse', why: 'token_expired' };
  return { kind: 'rotate' };
}
