import { orderOpened } from '@autobroker/contracts';
import { asUser, testApp, testTenant, type TestApp } from '@autobroker/platform/testing';
import { orderService } from '../order.module';

interface Body {
  readonly data: { readonly id: string; readonly title: string; readonly version: number };
  readonly error: { readonly code: string; readonly errors: readonly { readonly pointer: string }[] };
}

const read = async (answer: Response): Promise<Body> => (await answer.json()) as Body;

describe('a order over HTTP', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp({ services: [orderService] });
  });
  afterAll(async () => {
    await app?.close();
  });

  const admin = asUser({ role: 'admin', tenantId: testTenant.id });
  const open = (title: string, headers: Record<string, string> = admin): Promise<Response> =>
    app.call('/api/v1/orders', { method: 'POST', body: { title }, headers });

  it('is opened, audited and told of in one go', async () => {
    const events = await app.events('orders');
    const answer = await open(' The first ');
    expect(answer.status).toBe(201);
    const { data } = await read(answer);
    expect(data).toMatchObject({ title: 'The first', version: 1 });
    expect(answer.headers.get('location')).toBe(`/api/v1/orders/${data.id}`);
    expect(await events.of(orderOpened)).toMatchObject([
      { key: data.id, tenant_id: testTenant.id, data: { order_id: data.id, version: 1 } },
    ]);
    const audited = await app.of('orders').query('select action from orders.audit_log where object_id = $1', [data.id]);
    expect(audited).toEqual([{ action: 'order.opened' }]);
  });

  it('is there for its own tenant and does not exist for another', async () => {
    const { data } = await read(await open('Ours'));
    const mine = await app.call(`/api/v1/orders/${data.id}`, { headers: admin });
    expect([mine.status, (await read(mine)).data.title]).toEqual([200, 'Ours']);
    const stranger = asUser({ role: 'admin', tenantId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff' });
    const theirs = await app.call(`/api/v1/orders/${data.id}`, { headers: stranger });
    expect([theirs.status, (await read(theirs)).error.code]).toEqual([404, 'not_found']);
  });

  it('is refused without permission, and with a title that is none, and leaves no trace then', async () => {
    const events = await app.events('orders');
    expect((await open('No', {})).status).toBe(401);
    expect((await open('No', asUser({ role: 'buyer', tenantId: testTenant.id }))).status).toBe(403);
    const blank = await open('   ');
    expect([blank.status, (await read(blank)).error.errors[0]?.pointer]).toEqual([400, '/title']);
    expect(await events.all()).toEqual([]);
  });
});
