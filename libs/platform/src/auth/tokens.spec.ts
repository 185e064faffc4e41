import { createHmac } from 'node:crypto';
import { testSigningKey } from './fixtures';
import { AuthRefusal, KeyRing, RecentRevocations, signAccessToken, signJwt, TokenVerifier, type TokenSubject } from './index';

const tenantId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a';
const subject: TokenSubject = { id: 'u1', tenantId, roles: ['agent'], tier: 'pro', sessionId: 's1' };
const startS = 1_800_000_000;

function world() {
  let nowMs = startS * 1_000;
  const key = testSigningKey('k1');
  const source = { keys: jest.fn(async () => [key.jwk]) };
  const ring = new KeyRing(source);
  const revocations = new RecentRevocations(() => nowMs);
  const verifier = new TokenVerifier(ring, revocations, { issuer: 'autobroker', now: () => nowMs });
  const options = { kid: 'k1', privateKey: key.privateKey, issuer: 'autobroker', expiresInS: 900, now: nowMs };
  return {
    key, source, ring, revocations, verifier, options,
    advance: (seconds: number) => void (nowMs += seconds * 1_000),
    token: (over: Partial<TokenSubject> = {}) => signAccessToken({ ...subject, ...over }, { ...options, now: nowMs }),
  };
}

async function refusalOf(work: () => unknown): Promise<AuthRefusal> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AuthRefusal) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('access tokens', () => {
  it('say who is asking; the second time without a promise or a signature check', async () => {
    const { verifier, token, source } = world();
    const signed = token();
    const principal = await verifier.verify(signed);
    expect(principal).toMatchObject({ kind: 'user', id: 'u1', tenantId, roles: ['agent'], tier: 'pro', sessionId: 's1', scopes: null });
    expect(principal.can('vehicle.write')).toBe(true);
    expect(principal.can('tenant.manage')).toBe(false);
    expect(verifier.verify(signed)).toBe(principal);
    expect(source.keys).toHaveBeenCalledTimes(1);
  });

  it('are narrowed by scopes, never widened', async () => {
    const { verifier, token } = world();
    const principal = await verifier.verify(token({ kind: 'client', scopes: ['vehicle.read', 'tenant.manage', 'nonsense'] }));
    expect([...principal.permissions]).toEqual(['vehicle.read']);
    const none = await verifier.verify(token({ scopes: [] }));
    expect(none.permissions.size).toBe(0);
  });

  it('get nothing from a role or tier that is not known here', async () => {
    const { verifier, key } = world();
    const claims = { iss: 'autobroker', aud: 'autobroker', sub: 'u', tid: tenantId, roles: ['emperor'], tier: 'gold', kind: 'user', iat: startS, exp: startS + 60 };
    const principal = await verifier.verify(signJwt(claims, key));
    expect(principal).toMatchObject({ roles: [], tier: 'free' });
    expect(principal.permissions.size).toBe(0);
  });

  it('expire, 30 seconds of clock skew allowed, also when they are remembered', async () => {
    const { verifier, token, advance } = world();
    const signed = token();
    await verifier.verify(signed);
    advance(900 + 29);
    expect(verifier.verify(signed)).toMatchObject({ id: 'u1' });
    advance(2);
    const refusal = await refusalOf(() => verifier.verify(signed));
    expect(refusal.code).toBe('token_expired');
    expect(refusal.headers['www-authenticate']).toContain('invalid_token');
  });

  it('are refused when they come from the future, beyond the skew', async () => {
    const { verifier, key, options } = world();
    await verifier.verify(signAccessToken(subject, { ...options, now: (startS + 29) * 1_000 }));
    const early = signAccessToken(subject, { ...options, now: (startS + 40) * 1_000 });
    expect((await refusalOf(() => verifier.verify(early))).code).toBe('unauthenticated');
    const notBefore = { iss: 'autobroker', aud: 'autobroker', sub: 'u', tid: null, roles: [], tier: 'free', kind: 'user', iat: startS, nbf: startS + 60, exp: startS + 90 };
    expect((await refusalOf(() => verifier.verify(signJwt(notBefore, key)))).code).toBe('unauthenticated');
  });

  it('end with their session or with everything of their subject', async () => {
    const { verifier, token, revocations, advance } = world();
    const one = token();
    const other = token({ sessionId: 's2' });
    await verifier.verify(one);
    await verifier.verify(other);
    revocations.revokeSession('s1', new Date((startS + 900) * 1_000));
    expect((await refusalOf(() => verifier.verify(one))).detail).toContain('session');
    expect(verifier.verify(other)).toMatchObject({ sessionId: 's2' });
    revocations.revokeSubject('u1', new Date((startS + 1) * 1_000));
    expect((await refusalOf(() => verifier.verify(other))).code).toBe('unauthenticated');
    advance(1);
    expect(await verifier.verify(token({ sessionId: 's3' }))).toMatchObject({ sessionId: 's3' });
  });

  it('of an ended session stay refused for as long as they could be presented, and are forgotten then', () => {
    const { revocations, advance } = world();
    const ended = { sessionId: 's1', subject: 'u1', issuedAt: startS };
    revocations.revokeSession('s1', new Date((startS + 900) * 1_000));
    advance(900 + 300); // the greatest difference of clocks that can be configured
    revocations.revokeSession('s2', new Date((startS + 1_300) * 1_000));
    expect(revocations.isRevoked(ended)).toBe(true);
    advance(120);
    revocations.revokeSession('s3', new Date((startS + 1_400) * 1_000));
    expect(revocations.isRevoked(ended)).toBe(false);
    expect(revocations.isRevoked({ ...ended, sessionId: 's2' })).toBe(true);
  });

  it.each([
    ['another algorithm', (w: ReturnType<typeof world>) => hmacToken(w.key.jwk.x ?? '')],
    ['no algorithm', () => `${part({ alg: 'none', kid: 'k1' })}.${part({ sub: 'u1' })}.`],
    ['no key id', (w: ReturnType<typeof world>) => `${part({ alg: 'EdDSA' })}${w.token().slice(w.token().indexOf('.'))}`],
    ['an extension that must be understood', (w: ReturnType<typeof world>) => `${part({ alg: 'EdDSA', kid: 'k1', crit: ['x'] })}${w.token().slice(w.token().indexOf('.'))}`],
    ['a changed payload', (w: ReturnType<typeof world>) => { const [h, , s] = w.token().split('.'); return `${h}.${part({ sub: 'admin' })}.${s}`; }],
    ['a cut signature', (w: ReturnType<typeof world>) => w.token().slice(0, -4)],
    ['another issuer', (w: ReturnType<typeof world>) => signAccessToken(subject, { ...w.options, issuer: 'evil' })],
    ['another audience', (w: ReturnType<typeof world>) => signJwt({ iss: 'autobroker', aud: 'else', sub: 'u', tid: null, roles: [], tier: 'free', kind: 'user', iat: startS, exp: startS + 60 }, w.key)],
    ['missing claims', (w: ReturnType<typeof world>) => signJwt({ iss: 'autobroker', aud: 'autobroker', sub: 'u' }, w.key)],
    ['a payload that is no JSON', () => `${part({ alg: 'EdDSA', kid: 'k1' })}.${Buffer.from('{').toString('base64url')}.AAAA`],
    ['four parts', (w: ReturnType<typeof world>) => `${w.token()}.AAAA`],
    ['nothing', () => ''],
    ['far too much', () => 'a'.repeat(10_000)],
  ])('are refused with %s', async (_name, make) => {
    const w = world();
    const refusal = await refusalOf(() => w.verifier.verify(make(w)));
    expect(refusal.code).toBe('unauthenticated');
    expect(refusal.headers['www-authenticate']).toMatch(/^Bearer /);
  });
});

describe('signing keys', () => {
  it('rotate: a new key id is fetched once by many requests, old tokens stay valid', async () => {
    const { verifier, token, source, key } = world();
    const before = token();
    await verifier.verify(before);
    const next = testSigningKey('k2');
    source.keys.mockResolvedValue([key.jwk, next.jwk]);
    const fresh = signAccessToken(subject, { kid: 'k2', privateKey: next.privateKey, issuer: 'autobroker', expiresInS: 900, now: startS * 1_000 });
    const principals = await Promise.all(Array.from({ length: 20 }, async () => verifier.verify(fresh)));
    expect(principals.every((principal) => principal.id === 'u1')).toBe(true);
    expect(source.keys).toHaveBeenCalledTimes(2);
    expect(verifier.verify(before)).toMatchObject({ id: 'u1' });
  });

  it('do not make made-up key ids a flood of fetches', async () => {
    const { ring, source } = world();
    for (let i = 0; i < 200; i += 1) {
      expect(await ring.find('made-up')).toBeNull();
      expect(await ring.find(`made-up-${i}`)).toBeNull();
    }
    expect(source.keys.mock.calls.length).toBeLessThanOrEqual(10);
  });

  it('stay in force while their source is away; without any key the answer is 503', async () => {
    const { verifier, token, source, ring } = world();
    const signed = token();
    await verifier.verify(signed);
    source.keys.mockRejectedValue(new Error('away'));
    await ring.refresh();
    expect(await verifier.verify(token({ sessionId: 'other' }))).toMatchObject({ id: 'u1' });

    const cold = new KeyRing({ keys: async () => Promise.reject(new Error('away')) });
    expect((await refusalOf(() => cold.find('k1'))).code).toBe('unavailable');
  });

  it('are fetched anew when they are old, so that a withdrawn key stops working', async () => {
    let now = 0;
    const key = testSigningKey('k1');
    const other = testSigningKey('k2');
    const source = { keys: jest.fn(async () => [key.jwk]) };
    const ring = new KeyRing(source, { maxAgeMs: 1_000, now: () => now });
    await ring.find('k1');
    source.keys.mockResolvedValue([other.jwk]);
    now = 1_001;
    ring.peek('k1');
    await ring.refresh();
    expect(ring.peek('k1')).toBeUndefined();
    expect(ring.peek('k2')).toBeDefined();
  });

  it('are taken from the key set only when they are Ed25519 keys for signatures', async () => {
    const good = testSigningKey('good');
    const ring = new KeyRing({
      keys: async () => [
        good.jwk,
        { ...testSigningKey('enc').jwk, use: 'enc' },
        { kty: 'oct', k: 'AAAA', kid: 'secret' },
        { kty: 'RSA', n: 'x', e: 'AQAB', kid: 'rsa' },
      ],
    });
    expect(await ring.find('good')).not.toBeNull();
    for (const kid of ['enc', 'secret', 'rsa']) expect(await ring.find(kid)).toBeNull();
  });
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The classic confusion: the public key used as an HMAC secret. */
function hmacToken(publicKey: string): string {
  const signed = `${part({ alg: 'HS256', kid: 'k1' })}.${part({ sub: 'u1' })}`;
  return `${signed}.${createHmac('sha256', publicKey).update(signed).digest('base64url')}`;
}
