import { decideRefresh, type RefreshDecision } from './refresh-rotation';
import { sessionPolicy } from './session';

const now = new Date('2026-11-20T12:00:00Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const ahead = (ms: number): Date => ago(-ms);
const hour = 3_600_000;

function decide(over: {
  usedAt?: Date; tokenExpires?: Date; lastUsed?: Date; expires?: Date; revoked?: Date; staff?: boolean; arrived?: Date;
}): RefreshDecision {
  return decideRefresh({
    token: { usedAt: over.usedAt ?? null, expiresAt: over.tokenExpires ?? ahead(hour) },
    session: { lastUsedAt: over.lastUsed ?? ago(hour), expiresAt: over.expires ?? ahead(hour), revokedAt: over.revoked ?? null },
    staff: over.staff ?? false,
    arrivedAt: over.arrived ?? now,
    now,
    policy: sessionPolicy,
  });
}

describe('a refresh token is good for one exchange', () => {
  it('a fresh token of a live session is exchanged', () => {
    expect(decide({})).toEqual({ kind: 'rotate' });
  });

  it('a token that comes back after its exchange ends the whole family', () => {
    expect(decide({ usedAt: ago(1) })).toEqual({ kind: 'revoke_family' });
    expect(decide({ usedAt: ago(20 * 24 * hour) })).toEqual({ kind: 'revoke_family' });
  });

  it('a request that was under way before the exchange is refused, and the family lives', () => {
    expect(decide({ usedAt: ago(5), arrived: ago(10) })).toEqual({ kind: 'refuse', why: 'double_submit' });
    expect(decide({ usedAt: ago(5), arrived: ago(5) })).toEqual({ kind: 'refuse', why: 'double_submit' });
    expect(decide({ usedAt: ago(5), arrived: ago(4) })).toEqual({ kind: 'revoke_family' });
  });

  it('a replay ends even a session that has idled out, so that the thief’s copy is dead too', () => {
    expect(decide({ usedAt: ago(hour), staff: true, lastUsed: ago(25 * hour) })).toEqual({ kind: 'revoke_family' });
  });

  it('nothing is exchanged for a session that is over', () => {
    expect(decide({ revoked: ago(1) })).toEqual({ kind: 'refuse', why: 'revoked' });
    expect(decide({ revoked: ago(1), usedAt: ago(2) })).toEqual({ kind: 'refuse', why: 'revoked' });
    expect(decide({ expires: now })).toEqual({ kind: 'refuse', why: 'expired' });
    expect(decide({ tokenExpires: now })).toEqual({ kind: 'refuse', why: 'token_expired' });
  });

  it('staff are signed out after a day away; a buyer is not', () => {
    const away = { lastUsed: ago(24 * hour) };
    expect(decide({ ...away, staff: true })).toEqual({ kind: 'refuse', why: 'idle' });
    expect(decide({ ...away, staff: false })).toEqual({ kind: 'rotate' });
    expect(decide({ lastUsed: ago(24 * hour - 1), staff: true })).toEqual({ kind: 'rotate' });
  });
});
