import { PasswordHasher } from '../application/ports';
import { AccountWriter } from '../application/account-writer';
import { BuildExport } from '../application/build-export';
import { SeedDemo } from '../application/seed-demo';
import { jest } from '@jest/globals';
import { House, type Wire } from '../testing/house';

const secret = 'a green van in the rain';

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const end = performance.now() + 15_000; ; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error('did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('what is held about people, and what was done', () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house?.close());

  it('the demo is filled in once, however often it is asked for', async () => {
    const count = async (): Promise<unknown> => (await house.db.query('select count(*) as n from identity.users'))[0];
    const before = await count();
    const world = { tenants: [], accounts: [] };
    await house.app.app.get<SeedDemo>(SeedDemo).seed(world);
    expect(await count()).toEqual(before);
    expect(world.tenants).toHaveLength(2);
    expect(world.accounts).toHaveLength(15);
  });

  it('a person gets a file of everything, by a link that ends', async () => {
    const user = await house.buyer('export@example.com', secret);
    await house.call('PATCH', '/me', { as: user.access, body: { name: 'Ex Port', locale: 'de', preferences: { 'list.dense': true } } });
    const asked = await house.call('POST', '/me/exports', { as: user.access });
    expect(asked.status).toBe(202);
    const id = String(asked.body.data['id']);
    const ready = await eventually(async () => {
      const one = await house.call('GET', `/me/exports/${id}`, { as: user.access });
      return one.body.data['status'] === 'ready' ? one : undefined;
    });
    const url = new URL(String(ready.body.data['download_url']), house.app.url);
    const file = await fetch(new URL(url.pathname + url.search, house.app.url));
    expect(await file.json()).toMatchObject({ account: { id: user.id, email: 'export@example.com', name: 'Ex Port', locale: 'de', preferences: { 'list.dense': true } } });
    const other = await house.login('buyer@aurora.example');
    expect((await house.call('GET', `/me/exports/${id}`, { as: other.access })).status).toBe(404);
    await house.db.query(`update identity.privacy_exports set expires_at = now() - interval '1 second' where id = $1`, [id]);
    expect((await house.call('GET', `/me/exports/${id}`, { as: user.access })).body.data['download_url']).toBeNull();
    await house.app.app.get<BuildExport>(BuildExport).expire();
    expect((await fetch(new URL(url.pathname + url.search, house.app.url))).status).toBe(404);
    expect((await house.call('GET', `/me/exports/${id}`, { as: user.access })).body.data['status']).toBe('expired');
  });

  it('erasure needs the password, says so to every service, and leaves nothing to read', async () => {
    const email = 'forget.me@example.com';
    const user = await house.buyer(email, secret);
    const key = await house.call('POST', '/auth/logout', { as: user.access });
    expect(key.status).toBe(204);
    const back = await house.login(email, undefined, secret);
    const erase = (password: string) => house.call('POST', '/me/erasure', { as: back.access, body: { password, confirm: 'erase' } });
    expect((await erase('not the password')).status).toBe(401);
    expect((await erase(secret)).status).toBe(204);
    expect((await house.call('GET', '/me', { as: back.access })).status).toBe(401);
    expect((await house.call('POST', '/auth/login', { body: { email, password: secret } })).body.error?.code).toBe('invalid_credentials');
    const [row] = await house.db.query<Record<string, unknown>>('select * from identity.users where id = $1', [user.id]);
    expect(row).toMatchObject({ status: 'erased', email_index: null, email_encrypted: null, name_encrypted: null, password_hash: null, telegram_id: null });
    const [gone] = await house.db.query<{ wrapped: unknown }>('select wrapped from identity.person_key where person_id = $1', [user.id]);
    expect(gone).toEqual({ wrapped: null });
    const events = await house.db.query<{ data: unknown }>(`select data from identity.outbox where type = 'user.erased.v1' and key = $1`, [user.id]);
    expect(events).toHaveLength(1);
    expect((await house.audit('user.erased')).map((entry) => entry.object_id)).toContain(user.id);
    const anew = await house.buyer(email, 'back again after all');
    expect(anew.id).not.toBe(user.id);
  });

  it('a legal hold stops an erasure until it is lifted', async () => {
    const user = await house.buyer('held@example.com', secret);
    const admin = await house.login('admin@aurora.example');
    const hold = (hold_reason: string | null): Promise<Wire> => house.call('PATCH', `/users/${user.id}`, { as: admin.access, body: { hold_reason } });
    await hold('an order is open');
    const erase = () => house.call('POST', '/me/erasure', { as: user.access, body: { password: secret, confirm: 'erase' } });
    expect((await erase()).body.error?.code).toBe('legal_hold');
    await hold(null);
    expect((await erase()).status).toBe(204);
  });

  it('somebody known by Telegram alone has an account, and only one', async () => {
    const accounts = house.app.app.get<AccountWriter>(AccountWriter);
    const [tenant] = await house.db.query<{ id: string }>(`select id from identity.tenants where slug = 'aurora-motors'`);
    const join = () =>
      house.db.transaction((tx) =>
        accounts.create(tx, {
          tenantId: tenant?.id ?? null, roles: ['buyer'], email: null, emailVerified: false, name: null, locale: 'en', passwordHash: null,
          telegram: { id: '7000000000001', username: 'quiet_driver' }, method: 'telegram',
        }),
      );
    const made = await Promise.all([join(), join()]);
    expect(made.filter((user) => user !== null)).toHaveLength(1);
    const user = made.find((one) => one !== null);
    const admin = await house.login('admin@aurora.example');
    const seen = await house.call('GET', `/users/${user?.id}`, { as: admin.access });
    expect(seen.body.data).toMatchObject({ email: null, telegram_username: 'quiet_driver' });
  });

  it('consents are a log that nobody rewrites', async () => {
    const user = await house.buyer('consents@example.com', secret);
    const set = (granted: boolean) => house.call('POST', '/me/consents', { as: user.access, body: { kind: 'marketing', version: '2026-11', granted } });
    expect([(await set(true)).status, (await set(false)).status]).toEqual([204, 204]);
    expect((await house.call('POST', '/me/consents', { as: user.access, body: { kind: 'marketing', version: 'none', granted: true } })).status).toBe(404);
    const mine = await house.call('GET', '/me/consents', { as: user.access });
    expect((mine.body.data['log'] as unknown[]).length).toBe(2);
    expect(mine.body.data['current']).toMatchObject([{ kind: 'marketing', granted: false }]);
    await expect(house.db.query('delete from identity.consent_log where user_id = $1', [user.id])).rejects.toThrow('append-only');
  });

  it('a document that must be agreed to stops a registration without it', async () => {
    const admin = await house.login('admin@blueline.example', 'blueline-autos');
    const document = { kind: 'terms', version: '2027-01', title: 'Terms', url: 'https://blueline.example/terms', required: true };
    expect((await house.call('POST', '/consent-documents', { as: admin.access, body: document })).status).toBe(201);
    expect((await house.call('POST', '/consent-documents', { as: admin.access, body: document })).body.error?.code).toBe('already_exists');
    const register = (consents: unknown[]) =>
      house.call('POST', '/auth/register', { tenant: 'blueline-autos', body: { email: 'agrees@example.com', password: secret, consents } });
    expect((await register([])).body.error?.code).toBe('validation_failed');
    expect((await register([{ kind: 'terms', version: '2026-11', granted: true }])).body.error?.code).toBe('validation_failed');
    expect((await register([{ kind: 'terms', version: '2027-01', granted: true }])).status).toBe(202);
  });

  it('the audit log has every tenant’s entries for an operator, and one tenant’s for its staff', async () => {
    const operator = await house.login('operator@autobroker.example');
    const ops = await house.login('ops@aurora.example');
    const page = await eventually(async () => {
      const found = await house.call('GET', '/audit-log?action=session.started&per_page=2', { as: operator.access });
      return found.body.data.length === 2 ? found : undefined;
    });
    const cursor = String(page.body.meta.pagination?.['next_cursor']);
    const next = await house.call('GET', `/audit-log?action=session.started&per_page=2&cursor=${encodeURIComponent(cursor)}`, { as: operator.access });
    const ids = [...page.body.data, ...next.body.data].map((entry) => (entry as { id: string }).id);
    expect(new Set(ids).size).toBe(4);
    const mine = await house.call('GET', '/audit-log?per_page=100', { as: ops.access });
    const me = await house.call('GET', '/me', { as: ops.access });
    const tenants = new Set(mine.body.data.map((entry) => (entry as { tenant_id: string }).tenant_id));
    expect([...tenants]).toEqual([me.body.data['tenant_id']]);
    const foreign = await house.call('GET', '/audit-log?tenant_id=0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a&per_page=1', { as: ops.access });
    expect((foreign.body.data[0] as { tenant_id: string }).tenant_id).toBe(me.body.data['tenant_id']);
    expect((await house.call('GET', '/audit-log?from=2030-01-01T00:00:00Z', { as: ops.access })).body.data).toEqual([]);
    const csv = await house.app.call('/api/v1/audit-log/export?format=csv&action=session.started', { headers: { authorization: `Bearer ${ops.access}` } });
    const lines = (await csv.text()).trim().split('\r\n');
    expect(lines[0]).toMatch(/^id,at,service/);
    expect(lines.length).toBeGreaterThan(1);
    const jsonl = await house.app.call('/api/v1/audit-log/export?action=session.started', { headers: { authorization: `Bearer ${ops.access}` } });
    for (const line of (await jsonl.text()).trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ action: 'session.started' });
  });

  it('hostile text is refused or kept as text, never a 5xx', async () => {
    const user = await house.buyer('hostile@example.com', secret);
    for (const name of ["Robert'); drop table users;--", '<script>alert(1)</script>', '🚗'.repeat(100), '${7*7}', '../../etc/passwd', '\u202Eevil']) {
      const answer = await house.call('PATCH', '/me', { as: user.access, body: { name } });
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 200) expect(answer.body.data['name']).toBe(name);
    }
    const bodies: unknown[] = [{}, [], null, 'text', { email: 1, password: 2 }, { email: 'a@b.co\u0000', password: 'x' }, { email: 'x'.repeat(10_000), password: 'y' }, { email: 'a@example.com', password: 'ok', extra: 1 }, { email: { $ne: null }, password: { $ne: null } }];
    for (const path of ['/auth/login', '/auth/register', '/auth/refresh', '/auth/password/forgot', '/auth/password/reset', '/auth/login/mfa', '/auth/oidc/callback', '/invitations/accept', '/oauth/token', '/oauth/introspect']) {
      for (const body of bodies) {
        const answer = await house.call('POST', path, { body });
        expect([path, JSON.stringify(body), answer.status >= 400 && answer.status < 500]).toEqual([path, JSON.stringify(body), true]);
      }
    }
  });

  it('a sign-in to an unknown address costs a hash as well', async () => {
    const hasher = house.app.app.get<PasswordHasher>(PasswordHasher);
    const check = jest.spyOn(hasher, 'check');
    await house.call('POST', '/auth/login', { body: { email: 'nobody.at.all@aurora.example', password: 'wrong' } });
    expect(check.mock.calls).toEqual([[null, 'wrong']]);
    check.mockRestore();
  });
});
