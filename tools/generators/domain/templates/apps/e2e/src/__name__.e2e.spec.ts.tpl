import { api, tenants, tokenOf } from './platform';

describe('{{things}}', () => {
  it('are opened by staff and seen by their own tenant only', async () => {
    const [ours, theirs] = tenants;
    const token = await tokenOf('admin', ours);
    const opened = await api('/api/v1/{{things}}', { method: 'POST', json: { title: 'A journey' }, token });
    expect(opened.status).toBe(201);
    const address = opened.headers.get('location') ?? '';
    expect((await api(address, { token })).body.data).toMatchObject({ title: 'A journey' });
    expect((await api(address, { token: await tokenOf('admin', theirs) })).status).toBe(404);
    expect((await api(address)).status).toBe(401);
  });
});
