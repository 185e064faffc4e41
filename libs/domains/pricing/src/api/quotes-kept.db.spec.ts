import { userErased } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { asUser, speakerFor, testApp, type TestApp, testTenant } from '@autobroker/platform/testing';
import { Client } from 'pg';
import { QuoteKeys } from '../application/quotes/quote-keys';
import { pricingService } from '../pricing.module';
import { anOffer, listCar, marketHas, until } from '../testing';

interface Page {
  readonly status: number;
  readonly ids: string[];
  readonly total: number;
  readonly next: string | null;
  readonly code: string;
}

const tenantId = testTenant.id;
const elsewhere = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02';
const agentId = uuidv7();
const agent = asUser({ role: 'agent', tenantId, id: agentId });
let app: TestApp;
let golf: string;

const person = (id = uuidv7(), at = tenantId) => ({ id, headers: asUser({ role: 'buyer', tenantId: at, id }) });
const post = (headers: Record<string, string>, more: object = {}) => app.call('/api/v1/quotes', { method: 'POST', headers, body: { vehicle_id: golf, destination: { country: 'DE' }, ...more } });
async function quoted(headers: Record<string, string>, more: object = {}): Promise<string> {
  const response = await post(headers, more);
  expect(response.status).toBe(201);
  return ((await response.json()) as { data: { id: string } }).data.id;
}
async function list(headers: Record<string, string>, query = ''): Promise<Page> {
  const response = await app.call(`/api/v1/quotes${query}`, { headers });
  const body = (await response.json()) as { data: { id: string }[] | null; meta: { pagination?: { total: number; next_cursor: string | null } }; error: { code: string } | null };
  return { status: response.status, ids: (body.data ?? []).map(({ id }) => id), total: body.meta.pagination?.total ?? -1, next: body.meta.pagination?.next_cursor ?? null, code: body.error?.code ?? 'ok' };
}
const statusOf = async (id: string, headers: Record<string, string>) => (await app.call(`/api/v1/quotes/${id}`, { headers })).status;
const count = async (sql: string) => Number((await app.of('pricing').query<{ n: string }>(`select count(*) as n from ${sql}`))[0]?.n);

beforeAll(async () => {
  app = await testApp({ services: [pricingService, speakerFor('vehicle'), speakerFor('identity')] });
  golf = await listCar(app, { offers: [anOffer('mobile-de', '1')] });
  await marketHas(app, [golf]);
}, 60_000);
afterAll(async () => {
  await app?.close();
});

describe('the list of one’s quotes', () => {
  it('has one’s own, latest first, by pages and by cursor, and nobody else’s', async () => {
    const { id, headers } = person();
    const made = [];
    for (let n = 0; n < 3; n += 1) made.unshift(await quoted(headers));
    made.unshift(await quoted(agent, { buyer_id: id }));
    await quoted(person().headers);
    expect(await list(headers)).toMatchObject({ status: 200, ids: made, total: 4, next: null });
    const first = await list(headers, '?per_page=3');
    expect([first.ids, first.total]).toEqual([made.slice(0, 3), 4]);
    expect((await list(headers, `?per_page=3&cursor=${first.next}`)).ids).toEqual(made.slice(3));
    expect((await list(headers, '?per_page=3&page=2')).ids).toEqual(made.slice(3));
    expect((await list(agent)).ids).toEqual(made.slice(0, 1));
    // The same id at another tenant is somebody else.
    expect(await list(person(id, elsewhere).headers)).toMatchObject({ status: 200, ids: [], total: 0 });
  });

  it('takes no cursor of another’s, no page that is none, and nobody who is not known; who is at no broker has none', async () => {
    const [one, other] = [person(), person()];
    await quoted(one.headers);
    await quoted(one.headers);
    const { next } = await list(one.headers, '?per_page=1');
    expect(await list(other.headers, `?cursor=${next}`)).toMatchObject({ status: 400, code: 'invalid_cursor' });
    for (const bad of ['?per_page=101', '?per_page=0', '?page=0', '?page=-1', '?status=valid', `?tenant_id=${elsewhere}`]) expect((await list(one.headers, bad)).status).toBe(400);
    expect((await list({})).status).toBe(401);
    expect(await list(asUser({ role: 'operator', tenantId: null }))).toMatchObject({ status: 200 });
  });
});

describe('a person who is forgotten', () => {
  it('has no quotes any more, and is in none of those that were asked for others', async () => {
    const [leaving, staying] = [person(), person()];
    const own = await quoted(leaving.headers);
    const forOther = await quoted(asUser({ role: 'agent', tenantId, id: leaving.id }), { buyer_id: staying.id });
    const untouched = await quoted(staying.headers);
    await app.of('identity').transaction((tx) => tx.publish(userErased, { key: leaving.id, tenantId, data: { user_id: leaving.id, erased_at: app.clock.now().toISOString() } }));
    await until(async () => (await statusOf(own, agent)) === 404, 'the quote is gone');
    expect((await list(staying.headers)).ids).toEqual([untouched, forOther]);
    expect(await count(`pricing.quotes where buyer_id = '${leaving.id}' or created_by = '${leaving.id}' or content::text like '%${leaving.id}%'`)).toBe(0);
    const [audited] = await app.of('pricing').query<{ after: object }>(`select after from pricing.audit_log where action = 'quote.forgotten' and object_id = $1`, [leaving.id]);
    expect(audited?.after).toEqual({ deleted: 1, anonymised: 1 });
  });
});

describe('what can’t be carried out in full', () => {
  it('leaves nothing behind: no quote, no audit row, no event', async () => {
    const all = () => Promise.all(['pricing.quotes', `pricing.audit_log where action = 'quote.created'`, `pricing.outbox where type = 'quote.issued.v1'`].map(count));
    const before = await all();
    // As the owner: the service itself can't change its tables.
    const owner = new Client({ connectionString: app.databaseUrl });
    await owner.connect();
    await owner.query(`create function pricing.refuse_event() returns trigger language plpgsql as $$ begin raise exception 'the outbox is full'; end $$`);
    await owner.query(`create trigger refuse_event before insert on pricing.outbox for each row when (new.type = 'quote.issued.v1') execute function pricing.refuse_event()`);
    try {
      expect((await post(person().headers)).status).toBe(500);
    } finally {
      await owner.query('drop trigger refuse_event on pricing.outbox');
      await owner.end();
    }
    expect(await all()).toEqual(before);
    expect(await quoted(person().headers)).toHaveLength(36);
    expect(await all()).toEqual(before.map((n) => n + 1));
  });

  it.each<[string, object]>([
    ['an id that is none', { vehicle_id: 'golf' }],
    ['a rate of a hundred', { local_tax_rate: '100' }],
    ['a rate with too many places', { local_tax_rate: '1.23456' }],
    ['a rate as a number', { local_tax_rate: 1.5 }],
    ['a trade-in below zero', { trade_in: -1 }],
    ['a trade-in of half a cent', { trade_in: 0.5 }],
    ['a trade-in beyond counting', { trade_in: 1e20 }],
    ['ranges as a word', { accept_ranges: 'yes' }],
    ['a destination of nowhere', { destination: {} }],
    ['a postal code as long as a letter', { destination: { country: 'DE', postal_code: '1'.repeat(200) } }],
    ['a region with a country in it', { destination: { country: 'US', region: 'US-FL' } }],
    ['a way around the world and more', { delivery: { distance_miles: 30_001 } }],
    ['a fee below zero', { fees: [{ code: 'gift', label: 'Gift', amount: -100 }] }],
    ['a thousand fees', { fees: Array.from({ length: 1_000 }, () => ({ code: 'fee', label: 'Fee', amount: 1 })) }],
    ['a buyer’s list', { buyer_id: [agentId] }],
  ])('is refused before anything is done: %s', async (_what, more) => {
    const before = await count('pricing.quotes');
    const response = await post(agent, more);
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([400, 'validation_failed']);
    expect(await count('pricing.quotes')).toBe(before);
  });
});

it('a key that is changed by somebody is in the audit log under that person’s name', async () => {
  const operatorId = uuidv7();
  const answer = await app.call('/api/v1/quotes/signing-keys/rotate', { method: 'POST', headers: asUser({ role: 'operator', tenantId: null, id: operatorId }) });
  expect(answer.status).toBe(200);
  const { kid } = await app.app.get<QuoteKeys>(QuoteKeys).current();
  const rows = await app.of('pricing').query(`select actor_id from pricing.audit_log where action = 'signing_key.rotated' and object_id = $1`, [kid]);
  expect(rows).toEqual([{ actor_id: operatorId }]);
});
