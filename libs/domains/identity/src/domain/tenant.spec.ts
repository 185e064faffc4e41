import { currentConsents, missingConsents } from './consent';
import { checkErasure } from './erasure';
import { mfaAttempts, redeemable } from './one-time-token';
import { isSlug, normaliseHost } from './tenant';

describe('names of a tenant', () => {
  it.each(['aurora-motors', 'abc', 'a1-b2'])('%s is a slug', (text) => expect(isSlug(text)).toBe(true));
  it.each(['', 'ab', '-abc', 'abc-', 'a--b', 'Aurora', 'a_b', 'ä-b-c', 'a'.repeat(41)])('%j is not', (text) => expect(isSlug(text)).toBe(false));

  it.each([['Aurora.Example:4000', 'aurora.example'], ['aurora.example.', 'aurora.example'], ['localhost', 'localhost']])(
    'the host %s is kept as %s',
    (typed, kept) => expect(normaliseHost(typed)).toBe(kept),
  );
  it.each(['', 'a b', 'a/b', '-a.com', 'a..b', `${'x'.repeat(64)}.com`, 'evil.com\r\nx'])('%j is no host', (text) =>
    expect(normaliseHost(text)).toBeNull(),
  );
});

describe('consents', () => {
  const at = new Date('2026-11-20T12:00:00Z');
  it('the newest word counts, whatever came before', () => {
    const held = currentConsents([
      { kind: 'marketing', documentVersion: '1', granted: true, at },
      { kind: 'terms', documentVersion: '1', granted: true, at },
      { kind: 'marketing', documentVersion: '1', granted: false, at },
    ]);
    expect(held.get('marketing')?.granted).toBe(false);
    expect(held.get('terms')?.granted).toBe(true);
  });

  it('an outdated version of a required text does not count as agreed', () => {
    const inForce = [
      { kind: 'terms', version: '2', required: true },
      { kind: 'marketing', version: '1', required: false },
    ];
    expect(missingConsents(inForce, [{ kind: 'terms', version: '1' }]).map((d) => d.kind)).toEqual(['terms']);
    expect(missingConsents(inForce, [{ kind: 'terms', version: '2' }])).toEqual([]);
  });
});

describe('erasure', () => {
  const free = { status: 'active' as const, holdReason: null, lastAdmin: false };
  it('is granted unless the law or the tenant needs the account', () => {
    const code = (over: Partial<Parameters<typeof checkErasure>[0]>): string => {
      const result = checkErasure({ ...free, ...over });
      return result.ok ? 'ok' : result.error.code;
    };
    expect(code({})).toBe('ok');
    expect(code({ status: 'disabled' })).toBe('ok');
    expect(code({ holdReason: 'an order is open' })).toBe('legal_hold');
    expect(code({ lastAdmin: true })).toBe('last_admin');
    expect(code({ status: 'erased' })).toBe('not_found');
  });
});

describe('single-use tokens', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  const good = { expiresAt: new Date(now.getTime() + 1), usedAt: null, attempts: 0 };
  it('work once, in time, and not for a guesser', () => {
    expect(redeemable(good, now)).toBe(true);
    expect(redeemable(null, now)).toBe(false);
    expect(redeemable({ ...good, usedAt: now }, now)).toBe(false);
    expect(redeemable({ ...good, expiresAt: now }, now)).toBe(false);
    expect(redeemable({ ...good, attempts: mfaAttempts }, now)).toBe(false);
  });
});
