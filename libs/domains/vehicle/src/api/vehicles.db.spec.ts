import { Client } from './spec-client';

let client: Client;
beforeAll(async () => {
  client = await Client.start();
}, 60_000);
afterAll(() => client.close());

describe('a car is put into the catalogue', () => {
  it('by an operator, for everybody: derived values are there, and the answer says where it is', async () => {
    const { answer, id } = await client.create('operator');
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/api/v1/vehicles/${id}`);
    expect(answer.data).toMatchObject({
      version: 1,
      stock: 'shared',
      status: 'available',
      mileage: { value: 30_000, unit: 'mi' },
      mileage_km: 48_280,
      power: { kw: 180, hp: 245 },
      features: ['heated_seats', 'navigation'],
      reference_price: { amount: 2_899_000, currency: 'EUR' },
      vin: null,
      damage_type: 'unknown',
    });
    expect((await client.get('nobody', `/vehicles/${id}`)).data).toEqual(answer.data);
  });

  it('by an agent, for the own tenant alone', async () => {
    const { answer, id } = await client.create('agent');
    expect(answer.data.stock).toBe('private');
    expect((await client.get('nobody', `/vehicles/${id}`)).status).toBe(200); // on the tenant's own storefront
    expect((await client.get('buyer', `/vehicles/${id}`)).status).toBe(200);
    const elsewhere = await client.get('stranger', `/vehicles/${id}`);
    expect([elsewhere.status, elsewhere.code]).toEqual([404, 'not_found']);
    expect((await client.get('stranger', '/vehicles?stock=private')).list).toEqual([]);
  });

  it('not by those who may not', async () => {
    expect((await client.create('nobody')).answer.status).toBe(401);
    expect((await client.create('buyer')).answer.status).toBe(403);
    const shared = await client.create('agent', { stock: 'shared' });
    expect([shared.answer.status, shared.answer.code]).toEqual([403, 'permission_denied']);
  });

  it('not with values that are wrong, each named by its place', async () => {
    const answer = await client.ask('agent', 'POST', '/vehicles', {
      make: '!!',
      model: 'Golf',
      year: 1500,
      fuel: 'Petrol',
      price: { amount: -1, currency: 'XXQ' },
      features: ['Heated Seats'],
      wheels: 4,
    });
    expect([answer.status, answer.code]).toEqual([400, 'validation_failed']);
    expect(answer.pointers).toEqual(expect.arrayContaining(['/make', '/year', '/fuel', '/price/currency', '/features/0', '/wheels']));
  });

  it('not with facts that contradict each other', async () => {
    const answer = await client.ask('agent', 'POST', '/vehicles', { make: 'BMW', model: 'i4', year: 2022, first_registration: '2019-05-01' });
    expect([answer.status, answer.code, answer.pointers]).toEqual([400, 'validation_failed', ['/first_registration']]);
  });

  it('once, however often the same request comes', async () => {
    const key = { 'idempotency-key': 'create-once-0001' };
    const body = { make: 'Saab', model: '900', year: 1990 };
    const [first, again] = [await client.ask('agent', 'POST', '/vehicles', body, key), await client.ask('agent', 'POST', '/vehicles', body, key)];
    expect(again.status).toBe(201);
    expect(again.data.id).toBe(first.data.id);
    const other = await client.ask('agent', 'POST', '/vehicles', { ...body, year: 1991 }, key);
    expect([other.status, other.code]).toEqual([422, 'idempotency_key_reused']);
    expect((await client.get('agent', '/vehicles?make=saab')).pagination.total).toBe(1);
  });
});

describe('a car changes', () => {
  it('only for who has seen its latest version', async () => {
    const { id, etag } = await client.create('agent');
    const change = { price: { amount: 2_500_000, currency: 'EUR' } };
    expect((await client.ask('agent', 'PATCH', `/vehicles/${id}`, change)).code).toBe('precondition_required');
    const changed = await client.ask('agent', 'PATCH', `/vehicles/${id}`, change, { 'if-match': etag });
    expect([changed.status, changed.data.version]).toEqual([200, 2]);
    const stale = await client.ask('agent', 'PATCH', `/vehicles/${id}`, { year: 2020 }, { 'if-match': etag });
    expect([stale.status, stale.code]).toEqual([412, 'precondition_failed']);
    expect((await client.get('nobody', `/vehicles/${id}`)).data).toMatchObject({ version: 2, year: 2021, price: { amount: 2_500_000, currency: 'EUR' } });
  });

  it('as a whole with PUT: what is left out is unknown', async () => {
    const { id } = await client.create('agent');
    const replaced = await client.ask('agent', 'PUT', `/vehicles/${id}`, { make: 'Volkswagen', model: 'Golf', year: 2021 }, { 'if-match': '"1"' });
    expect(replaced.data).toMatchObject({ version: 2, trim: null, mileage: null, price: null, features: [] });
  });

  it('not for another tenant, and not by agents when it is shared', async () => {
    const own = await client.create('agent');
    const shared = await client.create('operator');
    const change = { year: 2020 };
    expect((await client.ask('stranger', 'PATCH', `/vehicles/${own.id}`, change, { 'if-match': '*' })).status).toBe(404);
    expect((await client.ask('agent', 'PATCH', `/vehicles/${shared.id}`, change, { 'if-match': '*' })).status).toBe(403);
    expect((await client.ask('buyer', 'PATCH', `/vehicles/${own.id}`, change, { 'if-match': '*' })).status).toBe(403);
  });

  it('its status along its life only', async () => {
    const { id } = await client.create('agent');
    const move = (to: string) => client.ask('agent', 'POST', `/vehicles/${id}/transitions`, { to });
    expect((await move('reserved')).data.status).toBe('reserved');
    const held = await client.ask('agent', 'DELETE', `/vehicles/${id}`, undefined, { 'if-match': '*' });
    expect([held.status, held.code]).toEqual([409, 'transition_not_allowed']);
    expect((await move('sold')).data.status).toBe('sold');
    expect((await move('reserved')).code).toBe('transition_not_allowed');
    expect((await client.get('agent', `/vehicles?stock=private&status=sold`)).list.map((car) => car.id)).toContain(id);
    const deleted = await client.ask('agent', 'DELETE', `/vehicles/${id}`, undefined, { 'if-match': '"3"' });
    expect(deleted.status).toBe(204);
    expect((await client.get('agent', `/vehicles/${id}`)).status).toBe(404);
    expect((await client.ask('agent', 'DELETE', `/vehicles/${id}`, undefined, { 'if-match': '*' })).status).toBe(404);
  });

  it('leaves its price history, an audit row and an event for each step', async () => {
    const events = await client.app.events('vehicle');
    const { id } = await client.create('agent');
    await client.ask('agent', 'PATCH', `/vehicles/${id}`, { price: { amount: 2_700_000, currency: 'EUR' } }, { 'if-match': '"1"' });
    await client.ask('agent', 'POST', `/vehicles/${id}/transitions`, { to: 'sold', reason: 'over the counter' });
    const history = await client.get('nobody', `/vehicles/${id}/price-history`);
    expect(history.list.map(({ change, status }) => [change, status]).sort()).toEqual([
      ['first_seen', 'available'],
      ['price', 'available'],
      ['status', 'sold'],
    ]);
    const audit = await client.app.of('vehicle').query<{ action: string; reason: string | null }>(
      `select action, reason from vehicle.audit_log where object_id = $1 order by at, id`,
      [id],
    );
    expect(audit).toEqual([
      { action: 'vehicle.created', reason: null },
      { action: 'vehicle.updated', reason: null },
      { action: 'vehicle.status_changed', reason: 'over the counter' },
    ]);
    const told = (await events.all()).filter((event) => event.key === id).map(({ type }) => type);
    expect(told).toEqual(['vehicle.listed.v1', 'vehicle.price_changed.v1', 'vehicle.delisted.v1']);
  });
});

describe('one car is read', () => {
  it('again without its body while it is the same', async () => {
    const { id } = await client.create('operator');
    const first = await client.get('nobody', `/vehicles/${id}`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"1-[\w-]+"$/);
    expect((await client.get('nobody', `/vehicles/${id}`, { 'if-none-match': etag })).status).toBe(304);
    const sparse = await client.get('nobody', `/vehicles/${id}?fields=id,price`, { 'if-none-match': etag });
    expect(sparse.status).toBe(200);
    expect(Object.keys(sparse.data)).toEqual(['id', 'price']);
  });

  it('with what belongs to it', async () => {
    const { id } = await client.create('operator');
    const full = await client.get('nobody', `/vehicles/${id}?include=price_history,media,listings`);
    expect(full.data).toMatchObject({ listings: [], media: [], price_history: [{ change: 'first_seen' }] });
  });

  it.each(['not-a-uuid', '00000000-0000-0000-0000-00000000000', '%00', "1' or '1'='1"])('or is refused for an address like %s', async (id) => {
    const answer = await client.get('nobody', `/vehicles/${encodeURIComponent(id)}`);
    expect([400, 404]).toContain(answer.status);
    expect(answer.code).not.toBeNull();
  });
});
