import { rolePermissions, type Permission, type Role } from '@autobroker/contracts';
import { aurora, blueline, House, password, type SignedInUser } from '../testing/house';

const roles: Role[] = ['buyer', 'scout', 'agent', 'ops', 'finance', 'admin', 'partner'];

describe('who sees and changes whom', () => {
  let house: House;
  const users = new Map<string, SignedInUser>();
  const of = (tenant: string, role: string): SignedInUser => {
    const user = users.get(`${tenant}/${role}`);
    if (user === undefined) throw new Error(`nobody is ${role} of ${tenant}`);
    return user;
  };
  beforeAll(async () => {
    house = await House.open();
    for (const [tenant, domain] of [[aurora, 'aurora.example'], [blueline, 'blueline.example']] as const) {
      for (const role of roles) users.set(`${tenant}/${role}`, await house.login(`${role}@${domain}`, tenant));
    }
    users.set('/operator', await house.login('operator@autobroker.example'));
  });
  afterAll(() => house?.close());

  const routes: [method: string, path: string, needs: Permission][] = [
    ['GET', '/me', 'me.read'],
    ['GET', '/users', 'user.read'],
    ['GET', '/invitations', 'user.invite'],
    ['GET', '/api-keys', 'api_key.manage'],
    ['GET', '/oauth-clients', 'oauth_client.manage'],
    ['GET', '/oidc-providers', 'oidc_provider.manage'],
    ['GET', '/audit-log', 'audit.read'],
    ['GET', '/audit-log/export', 'audit.read'],
    ['GET', '/tenants', 'tenant.manage'],
    ['GET', '/signing-keys', 'signing_key.manage'],
    ['POST', '/signing-keys/rotate', 'signing_key.manage'],
    ['PATCH', '/users/0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a', 'user.write'],
    ['POST', '/consent-documents', 'user.write'],
  ];
  it.each(routes)('%s %s asks for %s, and for a login before that', async (method, path, needs) => {
    expect((await house.app.call(`/api/v1${path}`, { method, headers: { 'if-match': '*' } })).status).toBe(401);
    for (const role of roles) {
      const response = await house.app.call(`/api/v1${path}`, { method, headers: { authorization: `Bearer ${of(aurora, role).access}`, 'if-match': '*' } });
      const text = await response.text();
      if (rolePermissions[role].includes(needs)) expect(response.status).not.toBe(403);
      else expect([role, response.status, JSON.parse(text).error.code]).toEqual([role, 403, 'permission_denied']);
      expect(response.status).toBeLessThan(500);
    }
  });

  it('another tenant’s people, keys, clients and invitations are not there', async () => {
    const mine = of(aurora, 'admin').access;
    const theirs = of(blueline, 'admin').access;
    const made = async (path: string, body: unknown): Promise<string> => String((await house.call('POST', path, { as: theirs, body })).body.data['id']);
    const paths = [
      `/users/${of(blueline, 'buyer').id}`,
      `/api-keys/${await made('/api-keys', { name: 'theirs', scopes: ['vehicle.read'] })}`,
      `/oauth-clients/${await made('/oauth-clients', { name: 'theirs', scopes: ['vehicle.read'] })}`,
      `/oidc-providers/${await made('/oidc-providers', { key: 'theirs', name: 'Theirs', issuer: 'https://idp.example', client_id: 'x', redirect_uris: ['https://portal.example/back'] })}`,
    ];
    for (const path of paths) {
      expect([path, (await house.call('GET', path, { as: theirs })).status]).toEqual([path, 200]);
      expect([path, (await house.call('GET', path, { as: mine })).status]).toEqual([path, 404]);
    }
    const invitation = await made('/invitations', { email: 'guest@example.com', roles: ['agent'] });
    expect((await house.call('DELETE', `/invitations/${invitation}`, { as: mine })).status).toBe(404);
    expect((await house.call('PATCH', `/users/${of(blueline, 'buyer').id}`, { as: mine, body: { status: 'disabled' } })).status).toBe(404);
    expect((await house.call('POST', `/users/${of(blueline, 'buyer').id}/erasure`, { as: mine, body: { confirm: 'erase' } })).status).toBe(404);
    const listed = await house.call('GET', '/users?per_page=100', { as: mine });
    const tenants = new Set(listed.body.data.map((user) => (user as { tenant_id: string }).tenant_id));
    expect(tenants.size).toBe(1);
    const operator = await house.call('GET', '/users?per_page=100', { as: of('', 'operator').access });
    expect(new Set(operator.body.data.map((user) => (user as { tenant_id: string | null }).tenant_id)).size).toBe(3);
  });

  it('X-Tenant means nothing to somebody who is signed in', async () => {
    const listed = await house.call('GET', '/users', { as: of(aurora, 'admin').access, headers: { 'x-tenant': blueline } });
    const me = await house.call('GET', '/me', { as: of(aurora, 'admin').access });
    expect((listed.body.data[0] as { tenant_id: string }).tenant_id).toBe(me.body.data['tenant_id']);
  });

  it('people are listed page by page, by page number or by cursor, and found by role and address', async () => {
    const as = of(aurora, 'admin').access;
    const first = await house.call('GET', '/users?per_page=3', { as });
    expect(first.body.meta.pagination).toMatchObject({ page: 1, per_page: 3, total: 7, total_pages: 3 });
    const cursor = String(first.body.meta.pagination?.['next_cursor']);
    const second = await house.call('GET', `/users?per_page=3&cursor=${encodeURIComponent(cursor)}`, { as });
    const numbered = await house.call('GET', '/users?per_page=3&page=2', { as });
    expect(second.body.data).toEqual(numbered.body.data);
    expect((await house.call('GET', `/users?per_page=3&role=agent&cursor=${encodeURIComponent(cursor)}`, { as })).body.error?.code).toBe('invalid_cursor');
    const found = await house.call('GET', `/users?email=${encodeURIComponent('OPS@aurora.example')}`, { as });
    expect(found.body.data.map((user) => (user as { roles: string[] }).roles)).toEqual([['ops']]);
    for (const bad of ['per_page=101', 'page=0', 'nonsense=1', 'role=king', 'email=%00']) {
      expect([bad, (await house.call('GET', `/users?${bad}`, { as })).status]).toEqual([bad, 400]);
    }
  });

  it('an admin makes no operator, and changing roles ends old sessions', async () => {
    const admin = of(aurora, 'admin').access;
    const id = of(aurora, 'scout').id;
    expect((await house.call('PATCH', `/users/${id}`, { as: admin, body: { roles: ['operator'] } })).status).toBe(403);
    expect((await house.call('PATCH', `/users/${id}`, { as: admin, body: { tier: 'enterprise' } })).status).toBe(403);
    const read = await house.call('GET', `/users/${id}`, { as: admin });
    const stale = await house.call('PATCH', `/users/${id}`, { as: admin, body: { roles: ['agent'] }, headers: { 'if-match': '"99-x"' } });
    expect([stale.status, stale.body.error?.code]).toEqual([412, 'precondition_failed']);
    const missing = await house.app.call(`/api/v1/users/${id}`, { method: 'PATCH', body: { roles: ['agent'] }, headers: { authorization: `Bearer ${admin}` } });
    expect(missing.status).toBe(428);
    const changed = await house.call('PATCH', `/users/${id}`, { as: admin, body: { roles: ['agent'], reason: 'promoted' }, headers: { 'if-match': read.headers.get('etag') ?? '' } });
    expect([changed.status, changed.body.data['roles']]).toEqual([200, ['agent']]);
    expect((await house.call('GET', '/me', { as: of(aurora, 'scout').access })).status).toBe(401);
  });

  it('a disabled person is out at once, with every key', async () => {
    const admin = of(blueline, 'admin').access;
    const partner = of(blueline, 'partner');
    const made = await house.call('POST', '/api-keys', { as: partner.access, body: { name: 'k', scopes: ['me.read'] } });
    const key = { 'x-api-key': String(made.body.data['key']) };
    expect((await house.app.call('/api/v1/me', { headers: key })).status).toBe(200);
    expect((await house.call('PATCH', `/users/${partner.id}`, { as: admin, body: { status: 'disabled' } })).status).toBe(200);
    expect((await house.call('GET', '/me', { as: partner.access })).status).toBe(401);
    expect((await house.app.call('/api/v1/me', { headers: key })).status).toBe(401);
    const login = await house.call('POST', '/auth/login', { body: { email: 'partner@blueline.example', password }, tenant: blueline });
    expect(login.body.error?.code).toBe('account_disabled');
  });

  it('of two admins who demote each other at once, one stays', async () => {
    const first = of(blueline, 'admin');
    const second = of(blueline, 'agent');
    const operator = of('', 'operator').access;
    await house.call('PATCH', `/users/${second.id}`, { as: operator, body: { roles: ['admin'] } });
    const again = await house.login('agent@blueline.example', blueline);
    const answers = await Promise.all([
      house.call('PATCH', `/users/${second.id}`, { as: first.access, body: { roles: ['agent'] } }),
      house.call('PATCH', `/users/${first.id}`, { as: again.access, body: { roles: ['agent'] } }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).not.toEqual([200, 200]);
    const left = await house.db.query(`select 1 from identity.users u join identity.tenants t on t.id = u.tenant_id where t.slug = $1 and u.status = 'active' and u.roles @> '{admin}'`, [blueline]);
    expect(left.length).toBeGreaterThanOrEqual(1);
  });

  it('the last admin can neither step down, nor be disabled, nor be erased', async () => {
    const admin = of(aurora, 'admin');
    const operator = of('', 'operator').access;
    expect((await house.call('PATCH', `/users/${admin.id}`, { as: admin.access, body: { roles: ['agent'] } })).body.error?.code).toBe('last_admin');
    expect((await house.call('PATCH', `/users/${admin.id}`, { as: operator, body: { status: 'disabled' } })).body.error?.code).toBe('last_admin');
    expect((await house.call('POST', '/me/erasure', { as: admin.access, body: { password, confirm: 'erase' } })).body.error?.code).toBe('last_admin');
  });

  it('somebody is invited, joins with the role, and the mail works once', async () => {
    const admin = of(aurora, 'admin').access;
    expect((await house.call('POST', '/invitations', { as: admin, body: { email: 'x@example.com', roles: ['operator'] } })).status).toBe(403);
    const invited = await house.call('POST', '/invitations', { as: admin, body: { email: 'joiner@example.com', roles: ['finance', 'ops'] } });
    expect([invited.status, invited.body.data['status']]).toEqual([201, 'pending']);
    expect((await house.call('POST', '/invitations', { as: admin, body: { email: 'Joiner@example.com', roles: ['ops'] } })).body.error?.code).toBe('already_exists');
    const { token } = await house.mailTo('joiner@example.com');
    const accept = () => house.call('POST', '/invitations/accept', { body: { token, password: 'i am the new one', name: 'Jo' } });
    const answers = await Promise.all([accept(), accept()]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
    const user = await house.login('joiner@example.com', aurora, 'i am the new one');
    expect((await house.call('GET', '/me', { as: user.access })).body.data['roles']).toEqual(['finance', 'ops']);

    const member = await house.buyer('member@example.com');
    await house.call('POST', '/invitations', { as: admin, body: { email: 'member@example.com', roles: ['agent'] } });
    const second = await house.mailTo('member@example.com', house.mails.findLastIndex((mail) => mail.to === 'member@example.com' && mail.subject.includes('Confirm')) + 1);
    const joined = await house.call('POST', '/invitations/accept', { body: { token: second.token, password: 'would replace the old' } });
    expect(joined.body.data).toEqual({ user_id: member.id, joined: 'existing' });
    expect((await house.login('member@example.com', aurora, 'a green van in the rain')).id).toBe(member.id);
  });

  it('tenants are set up by an operator alone, found by host and slug, and told to nobody twice', async () => {
    const operator = of('', 'operator').access;
    const body = { slug: 'third-broker', name: 'Third', hosts: ['Third.Example'], currency: 'USD', tier: 'free' };
    expect((await house.call('POST', '/tenants', { as: of(aurora, 'admin').access, body })).status).toBe(403);
    const made = await house.call('POST', '/tenants', { as: operator, body });
    expect([made.status, made.body.data['hosts']]).toEqual([201, ['third.example']]);
    const id = made.body.data['id'];
    for (const query of ['slug=third-broker', 'host=third.example', 'host=THIRD.example:4000', `tenant=${String(id)}`]) {
      expect((await house.call('GET', `/tenants/resolve?${query}`)).body.data).toEqual({ id, slug: 'third-broker' });
    }
    expect((await house.call('GET', '/tenants/resolve?slug=nobody')).status).toBe(404);
    expect((await house.call('GET', '/tenants/resolve')).status).toBe(400);
    expect((await house.call('POST', '/tenants', { as: operator, body: { ...body, hosts: [] } })).body.error?.code).toBe('already_exists');
    const half = await house.call('POST', '/tenants', { as: operator, body: { ...body, slug: 'fourth-broker' } });
    expect(half.body.error?.code).toBe('already_exists');
    expect((await house.call('GET', '/tenants/resolve?slug=fourth-broker')).status).toBe(404);
    const registered = await house.buyer('third@example.com', 'a green van in the rain', 'third-broker');
    expect((await house.call('GET', '/me', { as: registered.access })).status).toBe(200);
    await house.call('PATCH', `/tenants/${String(id)}`, { as: operator, body: { status: 'suspended' } });
    expect((await house.call('GET', '/me', { as: registered.access })).status).toBe(401);
    expect((await house.call('POST', '/auth/refresh', { body: { refresh_token: registered.refresh } })).status).toBe(401);
    expect((await house.call('GET', '/tenants/resolve?slug=third-broker')).status).toBe(404);
  });
});
