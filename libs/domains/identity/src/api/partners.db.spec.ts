import { House, type SignedInUser } from '../testing/house';

describe('programs of partners', () => {
  let house: House;
  let partner: SignedInUser;
  let admin: SignedInUser;
  beforeAll(async () => {
    house = await House.open();
    partner = await house.login('partner@aurora.example');
    admin = await house.login('admin@aurora.example');
  });
  afterAll(() => house?.close());

  const form = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const response = await house.app.call(`/api/v1${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
  };
  const me = (key: string) => house.app.call('/api/v1/me', { headers: { 'x-api-key': key } });
  const makeKey = (body: Record<string, unknown>, as = partner) => house.call('POST', '/api-keys', { as: as.access, body });

  it('an API key acts for its owner within its scopes, is shown once, and ends at once', async () => {
    const made = await makeKey({ name: 'feed', scopes: ['me.read', 'vehicle.read'] });
    expect(made.status).toBe(201);
    const key = String(made.body.data['key']);
    expect(key).toMatch(/^ab_live_[a-z0-9]{16}_[A-Za-z0-9-]{43}$/);
    expect((await me(key)).status).toBe(200);
    expect((await house.app.call('/api/v1/me', { headers: { authorization: `Bearer ${key}` } })).status).toBe(200);
    expect((await house.app.call('/api/v1/api-keys', { headers: { 'x-api-key': key } })).status).toBe(403);
    const listed = await house.call('GET', '/api-keys', { as: partner.access });
    expect(JSON.stringify(listed.body)).not.toContain(key.split('_')[3]);
    expect((await house.call('DELETE', `/api-keys/${String(made.body.data['id'])}`, { as: partner.access })).status).toBe(204);
    expect((await me(key)).status).toBe(401);
  });

  it('an API key can’t touch its owner’s sessions, password or account', async () => {
    const made = await makeKey({ name: 'nosy', scopes: ['me.read', 'vehicle.read'] });
    const key = String(made.body.data['key']);
    const tried: [string, string, unknown][] = [
      ['GET', '/auth/sessions', undefined],
      ['POST', '/auth/logout-all', undefined],
      ['POST', '/auth/password/change', { current_password: 'autobroker demo 2026', new_password: 'taken over by a key' }],
      ['POST', '/auth/mfa/totp', { password: 'autobroker demo 2026' }],
      ['POST', '/me/exports', undefined],
      ['POST', '/me/erasure', { password: 'autobroker demo 2026', confirm: 'erase' }],
      ['POST', '/me/consents', { kind: 'terms', version: '2026-11', granted: true }],
    ];
    for (const [method, path, body] of tried) {
      const answer = await house.call(method, path, { as: key, body });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await house.call('GET', '/auth/sessions', { as: partner.access })).status).toBe(200);
    await house.call('DELETE', `/api-keys/${String(made.body.data['id'])}`, { as: partner.access });
  });

  it('nobody makes a key that is stronger than they are, and a plan has room for so many', async () => {
    expect((await makeKey({ name: 'too much', scopes: ['audit.read'] })).body.error?.code).toBe('permission_denied');
    expect((await makeKey({ name: 'too long', scopes: ['vehicle.read'], expires_at: '2099-01-01T00:00:00Z' })).body.error?.code).toBe('validation_failed');
    const operator = await house.login('operator@autobroker.example');
    await house.call('PATCH', `/users/${partner.id}`, { as: operator.access, body: { tier: 'free' } });
    const free = await house.login('partner@aurora.example');
    const answers = await Promise.all([1, 2, 3, 4].map((n) => makeKey({ name: `k${n}`, scopes: ['vehicle.read'] }, free)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 201, 409, 409]);
  });

  it('after a rotation both keys work for a day, then the new one alone', async () => {
    const made = await makeKey({ name: 'rotated', scopes: ['me.read'] }, admin);
    const id = String(made.body.data['id']);
    const rotated = await house.call('POST', `/api-keys/${id}/rotate`, { as: admin.access });
    expect((await me(String(made.body.data['key']))).status).toBe(200);
    expect((await me(String(rotated.body.data['key']))).status).toBe(200);
    expect((await house.call('POST', `/api-keys/${id}/rotate`, { as: admin.access })).body.error?.code).toBe('key_not_rotatable');
    const [row] = await house.db.query<{ revoked_at: Date }>('select revoked_at from identity.api_keys where id = $1', [id]);
    expect((row?.revoked_at.getTime() ?? 0) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  });

  async function client(): Promise<{ id: string; client_id: string; client_secret: string }> {
    const made = await house.call('POST', '/oauth-clients', { as: admin.access, body: { name: 'Dealer feed', scopes: ['vehicle.read', 'me.read'] } });
    expect(made.status).toBe(201);
    const { id, client_id, client_secret } = made.body.data as Record<string, unknown>;
    return { id: String(id), client_id: String(client_id), client_secret: String(client_secret) };
  }

  it('client credentials are exchanged as RFC 6749 says, by form or Basic, and its errors have its form', async () => {
    const { client_id, client_secret } = await client();
    const posted = await form('/oauth/token', { grant_type: 'client_credentials', client_id, client_secret, scope: 'vehicle.read' });
    expect(posted.status).toBe(200);
    expect(posted.body).toMatchObject({ token_type: 'Bearer', expires_in: 900, scope: 'vehicle.read' });
    expect(posted.headers.get('cache-control')).toBe('no-store');
    const basic = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
    const basically = await form('/oauth/token', { grant_type: 'client_credentials', unknown_parameter: 'is ignored' }, { authorization: basic });
    expect(basically.body['scope']).toBe('me.read vehicle.read');

    const errors = [
      await form('/oauth/token', { client_id, client_secret }),
      await form('/oauth/token', { grant_type: 'password', client_id, client_secret }),
      await form('/oauth/token', { grant_type: 'client_credentials', client_id, client_secret: 'wrong' }),
      await form('/oauth/token', { grant_type: 'client_credentials', client_id: 'abc_nobody', client_secret }),
      await form('/oauth/token', { grant_type: 'client_credentials', client_id, client_secret, scope: 'audit.read' }),
    ];
    expect(errors.map(({ status, body }) => [status, body['error']])).toEqual([
      [400, 'invalid_request'], [400, 'unsupported_grant_type'], [401, 'invalid_client'], [401, 'invalid_client'], [400, 'invalid_scope'],
    ]);
    expect(errors[2]?.headers.get('www-authenticate')).toContain('Basic');
    expect(errors[2]?.body['error_description']).toBe(errors[3]?.body['error_description']);
  });

  it('a token can be asked about and ended; another tenant’s program learns nothing', async () => {
    const { client_id, client_secret } = await client();
    const { body } = await form('/oauth/token', { grant_type: 'client_credentials', client_id, client_secret });
    const token = String(body['access_token']);
    const ask = (secret = client_secret, about = token) => form('/oauth/introspect', { token: about, client_id, client_secret: secret });
    expect((await ask()).body).toMatchObject({ active: true, kind: 'client', scope: 'me.read vehicle.read' });
    expect((await ask('wrong')).status).toBe(401);
    expect((await ask(client_secret, 'nonsense')).body).toEqual({ active: false });
    const stranger = await house.login('buyer@blueline.example', 'blueline-autos');
    expect((await ask(client_secret, stranger.access)).body).toEqual({ active: false });

    expect((await house.call('GET', '/api-keys', { as: token })).status).toBe(403);
    expect((await form('/oauth/revoke', { token, client_id, client_secret })).status).toBe(200);
    expect((await ask()).body).toEqual({ active: false });
    expect((await form('/oauth/revoke', { token: 'never existed', client_id, client_secret })).status).toBe(200);
  });

  it('services of the installation introspect API keys with their shared secret', async () => {
    const made = await makeKey({ name: 'remote', scopes: ['vehicle.read'] }, admin);
    const introspect = (secret: string) =>
      house.call('POST', '/oauth/introspect', { body: { token: made.body.data['key'], token_type_hint: 'api_key' }, headers: { 'x-internal-secret': secret } });
    const known = await introspect('development-only-internal-secret');
    expect(known.body).toMatchObject({ active: true, sub: admin.id, kind: 'client', scope: 'vehicle.read' });
    expect((await introspect('guessed')).status).toBe(401);
  });

  it('a new secret leaves the old one a day, a disabled client has none', async () => {
    const { id, client_id, client_secret } = await client();
    const rotated = await house.call('POST', `/oauth-clients/${id}/rotate-secret`, { as: admin.access });
    const next = String(rotated.body.data['client_secret']);
    const ask = (secret: string) => form('/oauth/token', { grant_type: 'client_credentials', client_id, client_secret: secret });
    expect([(await ask(client_secret)).status, (await ask(next)).status]).toEqual([200, 200]);
    expect((await house.call('PATCH', `/oauth-clients/${id}`, { as: admin.access, body: { status: 'disabled' } })).status).toBe(200);
    expect((await ask(next)).status).toBe(401);
  });

  it('tokens of a replaced signing key stay good, and everybody can fetch the keys', async () => {
    const operator = await house.login('operator@autobroker.example');
    const before = await house.call('GET', '/.well-known/jwks.json');
    expect(before.headers.get('cache-control')).toContain('max-age');
    const kids = (wire: { body: unknown }): string[] => (wire.body as { keys: { kid: string; d?: string }[] }).keys.map((key) => key.kid);
    const rotated = await house.call('POST', '/signing-keys/rotate', { as: operator.access });
    expect(rotated.body.data.map((key) => (key as { status: string }).status).sort()).toEqual(['current', 'next', 'previous']);
    expect((await house.call('GET', '/me', { as: operator.access })).status).toBe(200);
    const after = await house.call('GET', '/.well-known/jwks.json');
    expect(kids(after)).toEqual(expect.arrayContaining(kids(before)));
    expect(JSON.stringify(after.body)).not.toContain('"d"');
    const fresh = await house.login('operator@autobroker.example');
    const kid = (token: string): string => String((JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid);
    expect(kid(fresh.access)).not.toBe(kid(operator.access));
    expect((await house.call('GET', '/me', { as: fresh.access })).status).toBe(200);
  });
});
