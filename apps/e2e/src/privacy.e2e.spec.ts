import { eventually } from './eventually';
import { auditOf, newBuyer } from './people';
import { accountOf, api, base, login, newSession, tenants, tokenOf } from './platform';

const tenant = tenants[0] ?? '';

interface Export {
  readonly id: string;
  readonly status: string;
  readonly download_url: string | null;
}

describe('what is kept about a person', () => {
  it('comes as a file, to nobody else', async () => {
    const buyer = await newBuyer(tenant);
    const token = buyer.access_token;
    const asked = await api('/api/v1/me/exports', { method: 'POST', token });
    expect(asked.status).toBe(202);
    const { id } = asked.body.data as Export;
    const ready = await eventually('the file', async () => {
      const { data } = (await api(`/api/v1/me/exports/${id}`, { token })).body as { data: Export };
      return data.status === 'ready' ? data : undefined;
    });
    const file = await fetch(new URL(ready.download_url ?? '', base));
    expect([file.status, file.headers.get('content-disposition')]).toEqual([200, expect.stringContaining('attachment')]);
    const text = await file.text();
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(text).toContain(buyer.email);
    expect(text).not.toMatch(/argon2|\$2b\$/);

    const forged = (ready.download_url ?? '').slice(0, -2) + 'AA';
    expect((await fetch(new URL(forged, base))).status).toBe(403);
  });

  it('is gone for good once they ask for erasure', async () => {
    const buyer = await newBuyer(tenant);
    const erase = (json: object) => api('/api/v1/me/erasure', { method: 'POST', token: buyer.access_token, json });
    expect((await erase({ password: buyer.password })).status).toBe(400);
    expect((await erase({ password: 'somebody else 12', confirm: 'erase' })).status).toBe(401);
    expect((await erase({ password: buyer.password, confirm: 'erase' })).status).toBe(204);

    await eventually('the token to die', async () => ((await api('/api/v1/me', { token: buyer.access_token })).status === 401 ? true : undefined), 2_000);
    const answer = await login(buyer);
    expect([answer.status, answer.body.error?.code]).toEqual([401, 'invalid_credentials']);
    const seen = await api(`/api/v1/users/${buyer.user.id}`, { token: await tokenOf('admin', tenant) });
    expect([200, 404]).toContain(seen.status);
    expect(seen.text).not.toContain(buyer.email);

    // The log keeps what happened, without the person in it.
    await auditOf(buyer.user.id, 'user.erased');
    const log = await api(`/api/v1/audit-log?object_id=${buyer.user.id}`, { token: await tokenOf('operator', null) });
    expect(log.text).not.toContain(buyer.email);
    // The address may start again, as somebody new.
    const again = await api('/api/v1/auth/register', { method: 'POST', headers: { 'x-tenant': tenant }, json: { email: buyer.email, password: buyer.password } });
    expect(again.status).toBe(202);
  });
});

describe('the audit log', () => {
  it('tells who did what from where, of both services, filtered and paged', async () => {
    const agent = await newSession(accountOf('agent', tenant));
    const made = await api('/api/v1/vehicles', {
      method: 'POST',
      token: agent.access_token,
      headers: { 'x-request-id': 'audit-journey-1' },
      json: { make: 'Seat', model: 'Leon', year: 2019, price: { amount: 990_000, currency: 'EUR' } },
    });
    const { id } = made.body.data as { id: string };
    const [entry] = await auditOf(id, 'vehicle.created');
    expect(entry).toMatchObject({
      service: 'vehicle',
      action: 'vehicle.created',
      actor: { kind: 'user', id: agent.user.id },
      object: { type: 'vehicle', id },
      tenant_id: agent.user.tenant_id,
      from: { request_id: 'audit-journey-1', ip: expect.stringMatching(/127\.0\.0\.1|::1/) },
    });

    const token = await tokenOf('admin', tenant);
    const first = await api(`/api/v1/audit-log?actor_id=${agent.user.id}&per_page=1`, { token });
    const cursor = String(first.body.meta.pagination?.['next_cursor']);
    const second = await api(`/api/v1/audit-log?actor_id=${agent.user.id}&per_page=1&cursor=${encodeURIComponent(cursor)}`, { token });
    const idOf = (answer: typeof first) => (answer.body.data as { id: string; actor: { id: string } }[])[0];
    expect(idOf(first)?.id).not.toBe(idOf(second)?.id);
    expect(idOf(second)?.actor.id).toBe(agent.user.id);

    const file = await api(`/api/v1/audit-log/export?object_id=${id}`, { token });
    expect(file.text.trim().split('\n').map((line) => (JSON.parse(line) as { action: string }).action)).toContain('vehicle.created');
    const csv = await api(`/api/v1/audit-log/export?object_id=${id}&format=csv`, { token });
    expect(csv.text.split('\n')[0]).toContain('action');
  });
});
