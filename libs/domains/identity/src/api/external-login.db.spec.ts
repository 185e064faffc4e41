import { generateKeyPair } from 'jose';
import { House, signedIn, type Wire } from '../testing/house';
import { SmallOidcProvider } from '../testing/oidc-provider';

const redirect = 'https://portal.example/back';

describe('signing in with an external identity provider', () => {
  let house: House;
  let provider: SmallOidcProvider;
  beforeAll(async () => {
    provider = await SmallOidcProvider.open();
    house = await House.open({ OIDC_ALLOW_HTTP: 'true' });
    const admin = await house.login('admin@aurora.example');
    const body = { key: 'small', name: 'Small', issuer: provider.issuer, client_id: provider.clientId, client_secret: provider.clientSecret, redirect_uris: [redirect] };
    const made = await house.call('POST', '/oidc-providers', { as: admin.access, body });
    expect(made.status).toBe(201);
    expect(JSON.stringify(made.body)).not.toContain(provider.clientSecret);
  });
  afterAll(async () => {
    await house?.close();
    await provider?.close();
  });
  beforeEach(() => {
    provider.lie = {};
  });

  interface Begun { authorization_url: string; state: string; flow_token: string }
  const begin = async (as?: string): Promise<Begun> => {
    const answer = await house.call('POST', as === undefined ? '/auth/oidc/small/begin' : '/auth/oidc/small/link', { as, body: { redirect_uri: redirect } });
    expect(answer.status).toBe(200);
    const { authorization_url, state, flow_token } = answer.body.data;
    return { authorization_url: String(authorization_url), state: String(state), flow_token: String(flow_token) };
  };
  const finish = (begun: Begun, back: { code: string; state: string }): Promise<Wire> =>
    house.call('POST', '/auth/oidc/callback', { body: { ...back, flow_token: begun.flow_token } });
  const roundTrip = async (as?: string): Promise<Wire> => {
    const begun = await begin(as);
    return finish(begun, await provider.signIn(begun.authorization_url));
  };

  it('a new person with a proved address gets an account, and the same one the next time', async () => {
    provider.person = { sub: 'p-1', email: 'Outside@Example.com', email_verified: true, name: 'Out Side' };
    const first = signedIn(await roundTrip());
    const me = await house.call('GET', '/me', { as: first.access });
    expect(me.body.data).toMatchObject({ email: 'outside@example.com', name: 'Out Side', roles: ['buyer'], email_verified: true });
    expect(signedIn(await roundTrip()).id).toBe(first.id);
  });

  it('an address that the provider does not vouch for opens nothing', async () => {
    provider.person = { sub: 'p-2', email: 'claims@example.com', email_verified: false };
    expect((await roundTrip()).body.error?.code).toBe('email_unverified');
    await house.buyer('claims@example.com');
    expect((await roundTrip()).body.error?.code).toBe('email_unverified');
  });

  it('a proved local account is joined; an unproved one, and staff, are not', async () => {
    const local = await house.buyer('both@example.com');
    provider.person = { sub: 'p-3', email: 'both@example.com', email_verified: true };
    expect(signedIn(await roundTrip()).id).toBe(local.id);

    await house.call('POST', '/auth/register', { body: { email: 'planted@example.com', password: 'the attacker waits' } });
    provider.person = { sub: 'p-4', email: 'planted@example.com', email_verified: true };
    expect((await roundTrip()).body.error?.code).toBe('already_exists');
    provider.person = { sub: 'p-5', email: 'admin@aurora.example', email_verified: true };
    expect((await roundTrip()).body.error?.code).toBe('already_exists');
  });

  it('staff link while signed in, and then sign in that way', async () => {
    const agent = await house.login('agent@aurora.example');
    provider.person = { sub: 'p-6' };
    expect(signedIn(await roundTrip(agent.access)).id).toBe(agent.id);
    expect(signedIn(await roundTrip()).id).toBe(agent.id);
    const scout = await house.login('scout@aurora.example');
    expect((await roundTrip(scout.access)).body.error?.code).toBe('already_exists');
  });

  it('the answer is good once, in the browser that began, and not for a made-up state', async () => {
    provider.person = { sub: 'p-7', email: 'once@example.com', email_verified: true };
    const begun = await begin();
    const back = await provider.signIn(begun.authorization_url);
    const other = await begin();
    expect((await finish({ ...begun, flow_token: other.flow_token }, back)).body.error?.code).toBe('token_invalid');
    expect((await finish(begun, back)).body.error?.code).toBe('token_invalid');
    const again = await begin();
    const answer = await provider.signIn(again.authorization_url);
    expect((await finish(again, answer)).status).toBe(200);
    expect((await finish(again, answer)).body.error?.code).toBe('token_invalid');
    expect((await finish(again, { ...answer, state: 'made up' })).body.error?.code).toBe('token_invalid');
  });

  it.each([
    ['for another sign-in', async () => ({ nonce: 'another' })],
    ['for another client', async () => ({ aud: 'somebody-else' })],
    ['from another issuer', async () => ({ iss: 'http://evil.example' })],
    ['signed by a stranger', async () => ({ key: await generateKeyPair('RS256') })],
    ['that has expired', async () => ({ expired: true })],
  ])('an ID token %s is not believed', async (_what, lie) => {
    provider.person = { sub: 'p-8', email: 'lied@example.com', email_verified: true };
    provider.lie = await lie();
    const answer = await roundTrip();
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'token_invalid']);
  });

  it('only registered addresses are redirected to, and other brokers don’t have this provider', async () => {
    const stray = await house.call('POST', '/auth/oidc/small/begin', { body: { redirect_uri: 'https://evil.example/back' } });
    expect(stray.body.error?.code).toBe('validation_failed');
    const elsewhere = await house.call('POST', '/auth/oidc/small/begin', { body: { redirect_uri: redirect }, tenant: 'blueline-autos' });
    expect(elsewhere.status).toBe(404);
    expect((await house.call('GET', '/auth/oidc', {})).body.data).toEqual([{ key: 'small', name: 'Small' }]);
  });

  it('a provider that is away is said to be away', async () => {
    const admin = await house.login('admin@aurora.example');
    await house.call('POST', '/oidc-providers', { as: admin.access, body: { key: 'gone', name: 'Gone', issuer: 'http://127.0.0.1:9', client_id: 'x', redirect_uris: [redirect] } });
    const answer = await house.call('POST', '/auth/oidc/gone/begin', { body: { redirect_uri: redirect } });
    expect([answer.status, answer.body.error?.code]).toEqual([502, 'upstream_failed']);
  });
});
