import { randomUUID } from 'node:crypto';
import { tierLimits } from '@autobroker/contracts';
import { eventually } from './eventually';
import { mailedToken } from './mail';
import { auditOf, freshAddress, newBuyer, password } from './people';
import { api, newSession, tenants, tokenOf, type Answer } from './platform';

const [home, foreign] = [tenants[0] ?? '', tenants[1] ?? ''];
const outcome = (answer: Answer) => [answer.status, answer.body?.error?.code ?? null];

describe('tenants', () => {
  it('are found by name; a visitor’s comes from X-Tenant, and one that does not exist is said so', async () => {
    for (const slug of [home, foreign]) {
      const resolved = await api(`/api/v1/tenants/resolve?slug=${slug}`);
      const current = await api('/api/v1/tenants/current', { headers: { 'x-tenant': slug } });
      expect(resolved.body.data).toMatchObject({ slug });
      expect(current.body.data).toMatchObject({ slug, id: (resolved.body.data as { id: string }).id });
    }
    expect((await api('/api/v1/tenants/resolve?slug=no-such-broker')).status).toBe(404);
    expect(outcome(await api('/api/v1/vehicles', { headers: { 'x-tenant': 'no-such-broker' } }))).toEqual([404, 'tenant_not_found']);
  });

  it('are opened by the operator, work at once by name and by host, and stop when suspended', async () => {
    const token = await tokenOf('operator', null);
    const slug = `t-${randomUUID().slice(0, 8)}`;
    const host = `${slug}.example`;
    const opened = await api('/api/v1/tenants', { method: 'POST', token, json: { slug, name: 'Third & Sons', currency: 'CHF', hosts: [host], tier: 'pro' } });
    expect(opened.status).toBe(201);
    const { id } = opened.body.data as { id: string };
    expect(outcome(await api('/api/v1/tenants', { method: 'POST', token, json: { slug, name: 'Again', currency: 'CHF' } }))).toEqual([409, 'already_exists']);
    const byHost = await eventually('the host to be known', async () => {
      const answer = await api(`/api/v1/tenants/resolve?host=${host}`);
      return answer.status === 200 ? answer : undefined;
    });
    expect(byHost.body.data).toMatchObject({ id, slug });
    const buyer = await newBuyer(slug);
    expect(buyer.user.tenant_id).toBe(id);

    const read = await api(`/api/v1/tenants/${id}`, { token });
    const suspended = await api(`/api/v1/tenants/${id}`, { method: 'PATCH', token, json: { status: 'suspended' }, headers: { 'if-match': read.headers.get('etag') ?? '' } });
    expect(suspended.status).toBe(200);
    await eventually('the tenant to be closed', async () => {
      const answer = await api('/api/v1/auth/login', { method: 'POST', json: { email: buyer.email, password: buyer.password }, headers: { 'x-tenant': slug } });
      return answer.status >= 400 && answer.status < 500 ? true : undefined;
    }, 3_000);
    expect((await api('/api/v1/auth/refresh', { method: 'POST', json: { refresh_token: buyer.refresh_token } })).status).toBe(401);
    await auditOf(id, 'tenant.updated');
  });

  it('publish what each tier gives', async () => {
    const answer = await api('/api/v1/tiers');
    expect(answer.body.data).toEqual(Object.entries(tierLimits).map(([tier, limits]) => ({ tier, limits })));
  });
});

describe('an invitation', () => {
  const invite = async (email: string, roles: string[], by = 'admin') =>
    api('/api/v1/invitations', { method: 'POST', token: await tokenOf(by, home), json: { email, roles } });
  const accept = (token: string, more: object = {}) =>
    api('/api/v1/invitations/accept', { method: 'POST', headers: { 'x-tenant': home }, json: { token, password, ...more } });

  it('makes a colleague with the roles it names, once', async () => {
    const email = freshAddress();
    const invited = await invite(email, ['agent', 'ops']);
    expect(invited.status).toBe(201);
    expect(invited.text).not.toMatch(/"token"/);
    const token = await mailedToken(email, 'accept-invitation');
    const accepted = await accept(token, { name: 'Ada Agent' });
    expect([accepted.status, (accepted.body.data as { joined: string }).joined]).toEqual([200, 'created']);
    expect(outcome(await accept(token))).toEqual([400, 'token_invalid']);
    const colleague = await newSession({ tenant: home, email, password });
    expect([...colleague.user.roles].sort()).toEqual(['agent', 'ops']);
    await auditOf((invited.body.data as { id: string }).id, 'invitation.accepted');
  });

  it('never hands out the installation', async () => {
    const answer = await invite(freshAddress(), ['operator']);
    expect([400, 403]).toContain(answer.status);
  });

  it('is worth nothing once it is taken back', async () => {
    const email = freshAddress();
    const { id, version } = (await invite(email, ['scout'])).body.data as { id: string; version: number };
    const token = await mailedToken(email, 'accept-invitation');
    const taken = await api(`/api/v1/invitations/${id}`, { method: 'DELETE', token: await tokenOf('admin', home), headers: { 'if-match': `"${version}"` } });
    expect(taken.status).toBe(204);
    expect(outcome(await accept(token))).toEqual([400, 'token_invalid']);
  });
});

describe('an admin', () => {
  it('gives and takes roles; what was signed before ends', async () => {
    const token = await tokenOf('admin', home);
    const buyer = await newBuyer(home);
    const change = async (json: object) => {
      const { headers } = await api(`/api/v1/users/${buyer.user.id}`, { token });
      return api(`/api/v1/users/${buyer.user.id}`, { method: 'PATCH', token, json, headers: { 'if-match': headers.get('etag') ?? '' } });
    };
    expect((await change({ roles: ['agent'] })).status).toBe(200);
    expect((await newSession(buyer)).user.roles).toEqual(['agent']);
    expect([400, 403]).toContain((await change({ roles: ['operator'] })).status);
    expect((await change({ status: 'disabled', reason: 'left' })).status).toBe(200);
    await eventually('the token to die', async () => ((await api('/api/v1/me', { token: buyer.access_token })).status === 401 ? true : undefined), 3_000);
    const answer = await api('/api/v1/auth/login', { method: 'POST', json: { email: buyer.email, password: buyer.password }, headers: { 'x-tenant': home } });
    expect(outcome(answer)).toEqual([403, 'account_disabled']);
  });
});
