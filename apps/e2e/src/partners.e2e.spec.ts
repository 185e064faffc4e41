import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { eventually } from './eventually';
import { auditOf } from './people';
import { accountOf, api, base, newSession, tenants, tokenOf, type Answer } from './platform';

const tenant = tenants[0] ?? '';
const outcome = (answer: Answer) => [answer.status, answer.body?.error?.code ?? null];
const car = { make: 'Skoda', model: 'Octavia', year: 2022, price: { amount: 1_990_000, currency: 'EUR' } };
const soon = { name: 'Journey' };

interface Key {
  readonly id: string;
  readonly key: string;
  readonly prefix: string;
}

const newKey = async (token: string, scopes: string[], more: object = {}): Promise<Key> => {
  const answer = await api('/api/v1/api-keys', { method: 'POST', token, json: { ...soon, scopes, ...more } });
  expect(answer.status).toBe(201);
  return answer.body.data as Key;
};

const refused = (headers: Record<string, string>) =>
  eventually('the key to be refused by every service', async () => {
    const answers = await Promise.all(['/api/v1/vehicles?per_page=1', '/api/v1/me'].map((path) => api(path, { headers })));
    return answers.every(({ status }) => status === 401) ? true : undefined;
  }, 3_000);

describe('an API key', () => {
  it('is shown once, opens by either header what its scopes name, and nothing after it is revoked', async () => {
    const token = await tokenOf('admin', tenant);
    const { id, key, prefix } = await newKey(token, ['vehicle.read', 'vehicle.write']);
    expect(key).toMatch(/^ab_(live|test)_[^_]+_.{20,}$/);
    expect(key.startsWith(prefix)).toBe(true);
    const again = await api(`/api/v1/api-keys/${id}`, { token });
    expect(again.text).not.toContain(key);

    for (const headers of [{ authorization: `Bearer ${key}` }, { 'x-api-key': key }]) {
      expect((await api('/api/v1/vehicles', { method: 'POST', headers, json: car })).status).toBe(201);
      // The admin behind the key may invite people; the key was not given that.
      expect(outcome(await api('/api/v1/invitations', { headers }))).toEqual([403, 'permission_denied']);
      expect(outcome(await api('/api/v1/me', { headers }))).toEqual([403, 'permission_denied']);
    }
    expect(outcome(await api('/api/v1/vehicles', { headers: { 'x-api-key': key, authorization: `Bearer ${token}` } }))).toEqual([400, 'credentials_ambiguous']);

    const gone = await api(`/api/v1/api-keys/${id}`, { method: 'DELETE', token, headers: { 'if-match': again.headers.get('etag') ?? '' } });
    expect(gone.status).toBe(204);
    await refused({ 'x-api-key': key });
    await auditOf(id, 'api_key.created');
    await auditOf(id, 'api_key.revoked');
  });

  it('is never given more than its owner has, nor a life that has ended', async () => {
    const token = await tokenOf('partner', tenant);
    const beyond = await api('/api/v1/api-keys', { method: 'POST', token, json: { ...soon, scopes: ['vehicle.write'] } });
    expect([400, 403]).toContain(beyond.status);
    const past = await api('/api/v1/api-keys', { method: 'POST', token, json: { ...soon, scopes: ['vehicle.read'], expires_at: '2020-01-01T00:00:00Z' } });
    expect(past.status).toBe(400);
  });

  it('dies with its hour', async () => {
    const token = await tokenOf('admin', tenant);
    const { key } = await newKey(token, ['vehicle.read'], { expires_at: new Date(Date.now() + 1_500).toISOString() });
    expect((await api('/api/v1/vehicles?per_page=1', { headers: { 'x-api-key': key } })).status).toBe(200);
    await refused({ 'x-api-key': key });
  });

  it('is not guessed from another: one changed letter opens nothing', async () => {
    const { key } = await newKey(await tokenOf('admin', tenant), ['vehicle.read']);
    const changed = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
    expect(outcome(await api('/api/v1/vehicles?per_page=1', { headers: { 'x-api-key': changed } }))).toEqual([401, 'unauthenticated']);
  });
});

describe('an OAuth2 client', () => {
  const form = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${base}/api/v1/oauth/token`, { method: 'POST', body: new URLSearchParams(fields), headers });

  const newClient = async () => {
    const answer = await api('/api/v1/oauth-clients', { method: 'POST', token: await tokenOf('admin', tenant), json: { ...soon, scopes: ['vehicle.read', 'api_key.manage'] } });
    expect(answer.status).toBe(201);
    return answer.body.data as { id: string; client_id: string; client_secret: string };
  };

  it('gets a token with its credentials, in either form the standard knows, and works within its scopes', async () => {
    const { client_id, client_secret, id } = await newClient();
    const basic = `Basic ${Buffer.from(`${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`).toString('base64')}`;
    const answers = [
      await form({ grant_type: 'client_credentials', client_id, client_secret }),
      await form({ grant_type: 'client_credentials', scope: 'vehicle.read' }, { authorization: basic }),
    ];
    const [full, narrow] = (await Promise.all(answers.map((answer) => answer.json()))) as { access_token: string; scope: string; token_type: string }[];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.headers.get('cache-control')).toContain('no-store');
    expect(narrow).toMatchObject({ scope: 'vehicle.read', token_type: 'Bearer' });
    const list = (token: string) => api('/api/v1/api-keys', { token });
    expect((await list(full?.access_token ?? '')).status).toBe(200);
    expect(outcome(await list(narrow?.access_token ?? ''))).toEqual([403, 'permission_denied']);
    expect((await api('/api/v1/vehicles?per_page=1', { token: narrow?.access_token ?? '' })).status).toBe(200);
    await auditOf(id, 'oauth_client.created');
  });

  it('is never given more than a partner may have', async () => {
    const answer = await api('/api/v1/oauth-clients', { method: 'POST', token: await tokenOf('admin', tenant), json: { ...soon, scopes: ['user.write'] } });
    expect(outcome(answer)).toEqual([403, 'permission_denied']);
  });

  it('is refused in the words of the standard', async () => {
    const { client_id, client_secret } = await newClient();
    const errors: [Record<string, string>, number, string][] = [
      [{ grant_type: 'client_credentials', client_id, client_secret: 'wrong' }, 401, 'invalid_client'],
      [{ grant_type: 'client_credentials', client_id: 'nobody', client_secret }, 401, 'invalid_client'],
      [{ grant_type: 'password', client_id, client_secret }, 400, 'unsupported_grant_type'],
      [{ client_id, client_secret }, 400, 'invalid_request'],
      [{ grant_type: 'client_credentials', client_id, client_secret, scope: 'user.write' }, 400, 'invalid_scope'],
    ];
    for (const [fields, status, error] of errors) {
      const answer = await form(fields);
      expect([fields['grant_type'], answer.status, ((await answer.json()) as { error: string }).error]).toEqual([fields['grant_type'], status, error]);
    }
  });

  it('is told by introspection what is alive, and can end its own token', async () => {
    const { client_id, client_secret } = await newClient();
    const { access_token } = (await (await form({ grant_type: 'client_credentials', client_id, client_secret })).json()) as { access_token: string };
    const ask = async (path: string) => {
      const answer = await fetch(`${base}/api/v1/oauth/${path}`, { method: 'POST', body: new URLSearchParams({ token: access_token, client_id, client_secret }) });
      expect(answer.status).toBe(200);
      return (await answer.json()) as { active?: boolean; client_id?: string };
    };
    expect(await ask('introspect')).toMatchObject({ active: true });
    await ask('revoke');
    expect(await ask('introspect')).toEqual({ active: false });
  });
});

describe('signatures', () => {
  it('can be checked by anybody with the published keys', async () => {
    const { keys } = (await (await fetch(`${base}/.well-known/jwks.json`)).json()) as { keys: (JsonWebKey & { kid: string; d?: string })[] };
    const { access_token } = await newSession(accountOf('buyer', tenant));
    const [head, body, signature] = access_token.split('.');
    const { kid, alg } = JSON.parse(Buffer.from(head ?? '', 'base64url').toString()) as { kid: string; alg: string };
    expect(alg).toBe('EdDSA');
    expect(keys.every((key) => key.d === undefined)).toBe(true);
    const key = keys.find((candidate) => candidate.kid === kid);
    if (key === undefined) throw new Error(`the key ${kid} is not published`);
    expect(verify(null, Buffer.from(`${head}.${body}`), createPublicKey({ key, format: 'jwk' }), Buffer.from(signature ?? '', 'base64url'))).toBe(true);
    const claims = JSON.parse(Buffer.from(body ?? '', 'base64url').toString()) as { exp: number; iat: number };
    expect(claims.exp - claims.iat).toBe(15 * 60);
    expect(JSON.stringify(claims)).not.toContain('@');
  });

  it('survive a change of the key: what was signed before still counts, in every service', async () => {
    const { access_token: token } = await newSession(accountOf('agent', tenant));
    const rotated = await api('/api/v1/signing-keys/rotate', { method: 'POST', token: await tokenOf('operator', null) });
    expect(rotated.status).toBe(200);
    const fresh = await newSession(accountOf('agent', tenant));
    const kidOf = (jwt: string) => (JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
    expect(kidOf(fresh.access_token)).not.toBe(kidOf(token));
    for (const jwt of [token, fresh.access_token]) {
      expect((await api('/api/v1/me', { token: jwt })).status).toBe(200);
      expect((await api('/api/v1/vehicles', { method: 'POST', token: jwt, json: car })).status).toBe(201);
    }
  });
});
