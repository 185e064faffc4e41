import { planRotation, type RotationPolicy, type SigningKeyState } from './rotation';

const policy: RotationPolicy = { signForMs: 30 * 24 * 60 * 60_000, announceMs: 60 * 60_000, lingerMs: 60 * 60_000 };

const now = new Date('2026-11-20T12:00:00Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const key = (kid: string, status: SigningKeyState['status'], over: Partial<SigningKeyState> = {}): SigningKeyState => ({
  kid, status, createdAt: ago(policy.announceMs), activatedAt: status === 'current' ? ago(1_000) : null, replacedAt: null, ...over,
});

describe('signing keys rotate before anybody has to know', () => {
  it('a new installation gets a key that signs and one that waits', () => {
    expect(planRotation([], now, policy)).toEqual([{ do: 'create_current' }, { do: 'create_next' }]);
  });

  it('nothing happens while the current key is young', () => {
    expect(planRotation([key('a', 'current'), key('b', 'next')], now, policy)).toEqual([]);
  });

  it('the waiting key takes over when the current one has served its time', () => {
    const old = key('a', 'current', { activatedAt: ago(policy.signForMs) });
    expect(planRotation([old, key('b', 'next')], now, policy)).toEqual([
      { do: 'promote', kid: 'b', replaces: 'a' },
      { do: 'create_next' },
    ]);
  });

  it('a key that verifiers may not have seen yet does not sign', () => {
    const old = key('a', 'current', { activatedAt: ago(policy.signForMs) });
    const fresh = key('b', 'next', { createdAt: ago(policy.announceMs - 1) });
    expect(planRotation([old, fresh], now, policy)).toEqual([]);
    expect(planRotation([old, fresh], now, policy, true)[0]).toEqual({ do: 'promote', kid: 'b', replaces: 'a' });
  });

  it('a replaced key stays until every token that it signed has expired', () => {
    const keys = [key('a', 'current'), key('b', 'next')];
    const replaced = (ms: number): SigningKeyState => key('z', 'previous', { replacedAt: ago(ms) });
    expect(planRotation([...keys, replaced(policy.lingerMs - 1)], now, policy)).toEqual([]);
    expect(planRotation([...keys, replaced(policy.lingerMs)], now, policy)).toEqual([{ do: 'retire', kid: 'z' }]);
  });

  it('repairs a set without a waiting key', () => {
    expect(planRotation([key('a', 'current')], now, policy)).toEqual([{ do: 'create_next' }]);
  });
});
