import { paymentOpened } from '@autobroker/contracts';
import { asUser, testApp, testTenant, type TestApp } from '@autobroker/platform/testing';
import { paymentService } from '../payment.module';

interface Body {
  readonly data: { readonly id: string; readonly title: string; readonly version: number };
  readonly error: { readonly code: string; readonly errors: readonly { readonly pointer: string }[] };
}

const read = async (answer: Response): Promise<Body> => (await answer.json()) as Body;

describe('a payment over HTTP', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp({ services: [paymentService] });
  });
  afterAll(async () => {
    await app?.close();
  });

  const admin = asUser({ role: 'admin', tenantId: testTenant.id });
  const open = (title: string, headers: Record<string, string> = admin): Promise<Response> =>
    app.call('/api/v1/payments', { method: 'POST', body: { title }, headers });

  it('is opened, audited and told of in one go', async () => {
    const events = await app.events('payment');
    const answer = await open(' The first ');
    expect(answer.status).toBe(201);
    const { data } = await read(answer);
    expect(data).toMatchObject({ title: 'The first', version: 1 });
    expect(answer.headers.get('location')).toBe(`/api/v1/payments/${data.id}`);
    expect(await events.of(paymentOpened)).toMatchObject([
      { key: data.id, tenant_id: testTenant.id, data: { payment_id: data.id, version: 1 } },
    ]);
    const audited = await app.of('payment').query('select action from payment.audit_log where object_id = $1', [data.id]);
    expect(audited).toEqual([{ action: 'payment.opened' }]);
  });

  it('is there for its own tenant and does not exist for another', async () => {
    const { data } = await read(await open('Ours'));
    const mine = await app.call(`/api/v1/payments/${data.id}`, { headers: admin });
    expect([mine.status, (await read(mine)).data.title]).toEqual([200, 'Ours']);
    const stranger = asUser({ role: 'admin', tenantId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff' });
    const theirs = await app.call(`/api/v1/payments/${data.id}`, { headers: stranger });
    expect([theirs.status, (await read(theirs)).error.code]).toEqual([404, 'not_found']);
  });

  it('is refused without permission, and with a title that is none, and leaves no trace then', async () => {
    const events = await app.events('payment');
    expect((await open('No', {})).status).toBe(401);
    expect((await open('No', asUser({ role: 'buyer', tenantId: testTenant.id }))).status).toBe(403);
    const blank = await open('   ');
    expect([blank.status, (await read(blank)).error.errors[0]?.pointer]).toEqual([400, '/title']);
    expect(await events.all()).toEqual([]);
  });
});
