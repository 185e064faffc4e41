import { apiKeyUsable, checkScopes, formatApiKey, parseApiKey } from './api-key';

const now = new Date('2026-11-20T12:00:00Z');
const key = { environment: 'live', publicId: '7h2k9m4p1q8r5t3v', secret: 'A'.repeat(43) };

describe('API keys', () => {
  it('reads what it writes', () => {
    expect(parseApiKey(formatApiKey(key))).toEqual(key);
  });

  it.each(['', 'ab_live', 'ab_live_x_y', `ab_live_7h2k9m4p1q8r5t3v_${'A'.repeat(42)}`, `ab_LIVE_7h2k9m4p1q8r5t3v_${'A'.repeat(43)}`, `ab_live_7h2k9m4p1q8r5t3v_${'A'.repeat(43)}\n`])(
    'is not fooled by %j',
    (text) => {
      expect(parseApiKey(text)).toBeNull();
    },
  );

  it('a key ends when it expires or is revoked, at once or at the end of the overlap', () => {
    const later = new Date(now.getTime() + 1);
    expect(apiKeyUsable({ expiresAt: null, revokedAt: null }, now)).toBe(true);
    expect(apiKeyUsable({ expiresAt: now, revokedAt: null }, now)).toBe(false);
    expect(apiKeyUsable({ expiresAt: later, revokedAt: null }, now)).toBe(true);
    expect(apiKeyUsable({ expiresAt: null, revokedAt: now }, now)).toBe(false);
    expect(apiKeyUsable({ expiresAt: null, revokedAt: later }, now)).toBe(true);
  });

  it('nobody makes a key that is stronger than they are', () => {
    const held = new Set(['vehicle.read', 'vehicle.write']);
    expect(checkScopes(['vehicle.write', 'vehicle.read', 'vehicle.read'], held)).toEqual({ ok: true, value: ['vehicle.read', 'vehicle.write'] });
    const refused = checkScopes(['vehicle.read', 'audit.read'], held);
    expect(refused.ok ? '' : refused.error.detail).toContain('audit.read');
  });
});
