import { testSigningKey } from './fixtures';
import {
  ApiKeys,
  assertEveryRouteDeclared,
  Authenticator,
  AuthRefusal,
  authenticated,
  can,
  compileGuard,
  isInternalCall,
  isOperator,
  KeyRing,
  principalOf,
  publicRoute,
  RecentRevocations,
  requireOwner,
  requireTenant,
  signAccessToken,
  systemPrincipal,
  Tenants,
  TokenVerifier,
  type Access,
  type ApiKeyIdentity,
  type GuardedRequest,
  type TenantLookup,
  type TenantRef,
} from './index';

const acme: TenantRef = { id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01', slug: 'acme' };
const main: TenantRef = { id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02', slug: 'main' };
const apiKey = 'ab_test_0192f0c1_abcdefghijklmnopqrstuvwx';

function world() {
  const key = testSigningKey();
  const directory = {
    find: jest.fn(async (lookup: TenantLookup): Promise<TenantRef | null> => {
      if ('tenant' in lookup) return [acme, main].find((t) => t.id === lookup.tenant || t.slug === lookup.tenant) ?? null;
      return lookup.host === 'cars.acme.example' ? acme : main;
    }),
  };
  const identity: ApiKeyIdentity = {
    keyId: '0192f0c1', kind: 'client', id: 'c1', tenantId: acme.id, roles: ['partner'], tier: 'pro', scopes: ['vehicle.read'], expiresAt: null,
  };
  const keyVerifier = { verify: jest.fn(async (given: string) => (given === apiKey ? identity : null)) };
  const apiKeys = new ApiKeys(keyVerifier);
  const tokens = new TokenVerifier(new KeyRing({ keys: async () => [key.jwk] }), new RecentRevocations(), { issuer: 'autobroker' });
  const authenticator = new Authenticator(tokens, apiKeys, new Tenants(directory));
  const token = (over: Partial<Parameters<typeof signAccessToken>[0]> = {}): string =>
    signAccessToken({ id: 'u1', tenantId: acme.id, roles: ['buyer'], ...over }, { kid: key.kid, privateKey: key.privateKey, issuer: 'autobroker', expiresInS: 900 });
  const request = (headers: Record<string, string>): GuardedRequest => ({
    headers: { host: 'localhost:4000', ...headers }, method: 'GET', route: '/x', ip: '::1', requestId: 'r',
  });
  const ask = async (access: Access, headers: Record<string, string> = {}) =>
    compileGuard(access, { authenticator })(request(headers));
  const refusal = async (access: Access, headers: Record<string, string> = {}): Promise<AuthRefusal> => {
    const outcome = await ask(access, headers).catch((error: unknown) => error);
    if (outcome instanceof AuthRefusal) return outcome;
    throw new Error(`expected a refusal, got ${JSON.stringify(outcome)}`);
  };
  return { authenticator, apiKeys, directory, keyVerifier, token, ask, refusal, request };
}

describe('credentials', () => {
  it('are a bearer token, or an API key in either header', async () => {
    const { ask, token } = world();
    expect((await ask(authenticated(), { authorization: `Bearer ${token()}` })).principal.id).toBe('u1');
    expect((await ask(authenticated(), { authorization: `bearer  ${token()}` })).principal.id).toBe('u1');
    expect((await ask(authenticated(), { 'x-api-key': apiKey })).principal).toMatchObject({ kind: 'client', id: 'c1' });
    expect((await ask(authenticated(), { authorization: `Bearer ${apiKey}` })).principal.id).toBe('c1');
    expect((await ask(authenticated(), { authorization: `Bearer ${apiKey}`, 'x-api-key': apiKey })).principal.id).toBe('c1');
  });

  it('are refused when they contradict each other (400) or are malformed (401), on public routes too', async () => {
    const { refusal, token } = world();
    const both = { authorization: `Bearer ${token()}`, 'x-api-key': apiKey };
    expect((await refusal(publicRoute(), both)).code).toBe('credentials_ambiguous');
    for (const headers of [
      { authorization: 'Basic abc' }, { authorization: 'Bearer' }, { authorization: 'Bearer a b' }, { authorization: 'Bearer x.y' },
      { authorization: '' }, { 'x-api-key': '' }, { 'x-api-key': 'something' }, { 'x-api-key': 'ab_test_short' },
      { 'x-api-key': apiKey.replace('ab_test', 'ab_live') },
    ]) {
      const refused = await refusal(publicRoute(), headers);
      expect(refused.code).toBe('unauthenticated');
      expect(refused.headers['www-authenticate']).toBeDefined();
    }
  });

  it('are looked up once a minute per key, good or bad, and forgotten on revocation', async () => {
    const { ask, refusal, keyVerifier, apiKeys } = world();
    await Promise.all(Array.from({ length: 10 }, () => ask(authenticated(), { 'x-api-key': apiKey })));
    await ask(authenticated(), { 'x-api-key': apiKey });
    expect(keyVerifier.verify).toHaveBeenCalledTimes(1);
    const bad = apiKey.replace(/x$/, 'y');
    await refusal(authenticated(), { 'x-api-key': bad });
    await refusal(authenticated(), { 'x-api-key': bad });
    expect(keyVerifier.verify).toHaveBeenCalledTimes(2);
    apiKeys.forget('0192f0c1');
    keyVerifier.verify.mockResolvedValue(null);
    expect((await refusal(authenticated(), { 'x-api-key': apiKey })).code).toBe('unauthenticated');
  });

  it('answer 503 when nobody can check them', async () => {
    const { refusal, keyVerifier } = world();
    keyVerifier.verify.mockRejectedValue(new Error('away'));
    expect((await refusal(authenticated(), { 'x-api-key': apiKey })).code).toBe('unavailable');
  });
});

describe('access of a route', () => {
  it('denies by default: signing in first, the permission next', async () => {
    const { ask, refusal, token } = world();
    const bearer = (over: Parameters<typeof token>[0] = {}) => ({ authorization: `Bearer ${token(over)}` });
    expect((await refusal(can('vehicle.write'))).code).toBe('unauthenticated');
    expect((await refusal(authenticated())).code).toBe('unauthenticated');
    expect((await refusal(can('vehicle.write'), bearer())).code).toBe('permission_denied');
    expect((await ask(can('vehicle.write'), bearer({ roles: ['agent'] }))).principal.id).toBe('u1');
    // Scopes narrow the key below what its role may do.
    expect((await refusal(can('me.read'), { 'x-api-key': apiKey })).code).toBe('permission_denied');
    // The catalogue is open to everybody, through the same table of permissions.
    expect((await ask(can('vehicle.read'))).principal.kind).toBe('anonymous');
  });

  it('can ask for a recent login', async () => {
    const { ask, refusal, token } = world();
    const nowS = Math.floor(Date.now() / 1_000);
    const route = authenticated({ recentLoginS: 300 });
    const old = { authorization: `Bearer ${token({ authTime: nowS - 400 })}` };
    expect((await refusal(route, old)).code).toBe('recent_login_required');
    expect((await refusal(route, { authorization: `Bearer ${token()}` })).code).toBe('recent_login_required');
    await ask(route, { authorization: `Bearer ${token({ authTime: nowS - 10, authMethods: ['pwd', 'otp'] })}` });
    await ask(route, { 'x-api-key': apiKey }); // keys never sign in
  });

  it('stops the boot of an app with a route that does not say', () => {
    expect(() => assertEveryRouteDeclared([{ method: 'get', path: '/a', access: publicRoute() }])).not.toThrow();
    expect(() =>
      assertEveryRouteDeclared([{ method: 'get', path: '/a', access: publicRoute() }, { method: 'post', path: '/b' }]),
    ).toThrow('POST /b');
  });

  it('answers without a promise once everything is known', async () => {
    const { authenticator, request, token } = world();
    const guard = compileGuard(can('vehicle.read'), { authenticator });
    const signedIn = request({ authorization: `Bearer ${token()}` });
    await guard(signedIn);
    expect(guard(signedIn)).not.toBeInstanceOf(Promise);
    const visitor = request({});
    await guard(visitor);
    expect(guard(visitor)).not.toBeInstanceOf(Promise);
  });
});

describe('the tenant of a request', () => {
  it('is the token’s, whatever X-Tenant says', async () => {
    const { ask, token, directory } = world();
    const headers = { authorization: `Bearer ${token()}`, 'x-tenant': 'nonsense' };
    expect((await ask(authenticated(), headers)).tenantId).toBe(acme.id);
    expect(directory.find).not.toHaveBeenCalled();
  });

  it('of a visitor is X-Tenant, else the host’s, else the default', async () => {
    const { ask, refusal, directory } = world();
    expect((await ask(publicRoute(), { 'x-tenant': 'acme' })).tenantId).toBe(acme.id);
    expect((await ask(publicRoute(), { 'x-tenant': main.id })).tenantId).toBe(main.id);
    expect((await ask(publicRoute(), { host: 'Cars.Acme.Example:443' })).tenantId).toBe(acme.id);
    expect((await ask(publicRoute(), { host: 'unknown.example' })).tenantId).toBe(main.id);
    expect((await ask(publicRoute())).tenantId).toBe(main.id);
    expect((await refusal(publicRoute(), { 'x-tenant': 'nobody' })).code).toBe('tenant_not_found');
    expect((await refusal(publicRoute(), { 'x-tenant': 'n'.repeat(5_000) })).code).toBe('tenant_not_found');
    const before = directory.find.mock.calls.length;
    await refusal(publicRoute(), { 'x-tenant': 'nobody' });
    await ask(publicRoute(), { 'x-tenant': 'acme' });
    expect(directory.find.mock.calls.length).toBe(before);
  });

  it('of an operator without one is the default; X-Tenant is for visitors', async () => {
    const { ask, token } = world();
    const headers = { authorization: `Bearer ${token({ tenantId: null, roles: ['operator'] })}`, 'x-tenant': 'acme' };
    expect((await ask(authenticated(), headers)).tenantId).toBe(main.id);
  });

  it('of an operator may be none, so that they can make the first one', async () => {
    const { ask, refusal, token, directory } = world();
    directory.find.mockResolvedValue(null);
    const operator = { authorization: `Bearer ${token({ tenantId: null, roles: ['operator'] })}` };
    expect((await ask(authenticated(), operator)).tenantId).toBe('');
    expect((await ask(authenticated(), operator)).tenantId).toBe('');
    expect((await refusal(publicRoute())).code).toBe('tenant_not_found');
  });

  it('is 503 when the directory is away and the answer is not known', async () => {
    const { refusal, directory } = world();
    directory.find.mockRejectedValue(new Error('away'));
    expect((await refusal(publicRoute())).code).toBe('unavailable');
  });
});

describe('ownership', () => {
  const buyer = principalOf({ kind: 'user', id: 'u1', tenantId: acme.id, roles: ['buyer'], tier: 'free' });
  const refusedWith = (work: () => void): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof AuthRefusal) return error.code;
    }
    return 'allowed';
  };

  it('hides what belongs to others', () => {
    expect(refusedWith(() => requireOwner(buyer, 'u1'))).toBe('allowed');
    expect(refusedWith(() => requireOwner(buyer, 'u2'))).toBe('not_found');
    expect(refusedWith(() => requireOwner(buyer, null))).toBe('not_found');
    expect(refusedWith(() => requireTenant(buyer, acme.id))).toBe('allowed');
    expect(refusedWith(() => requireTenant(buyer, main.id))).toBe('not_found');
    expect(refusedWith(() => requireTenant(systemPrincipal('sweeper'), main.id))).toBe('allowed');
  });

  it('tells operators from a tenant’s staff', () => {
    expect(isOperator(buyer)).toBe(false);
    expect(isOperator(principalOf({ kind: 'user', id: 'a', tenantId: acme.id, roles: ['admin'], tier: 'free' }))).toBe(false);
    expect(isOperator(principalOf({ kind: 'user', id: 'o', tenantId: null, roles: ['operator'], tier: 'free' }))).toBe(true);
  });

  it('cannot be changed on the principal that many requests share', () => {
    expect(() => Object.assign(buyer, { tenantId: main.id })).toThrow(TypeError);
    expect(() => Object.assign(buyer.roles, { 0: 'operator' })).toThrow(TypeError);
  });
});

describe('calls between services', () => {
  it('prove themselves with the installation’s secret', () => {
    expect(isInternalCall({ 'x-internal-secret': 'a-long-secret-1234' }, 'a-long-secret-1234')).toBe(true);
    expect(isInternalCall({ 'x-internal-secret': 'another' }, 'a-long-secret-1234')).toBe(false);
    expect(isInternalCall({}, 'a-long-secret-1234')).toBe(false);
    expect(isInternalCall({ 'x-internal-secret': '' }, '')).toBe(false);
  });
});
