import { Client, golf } from './spec-client';

let client: Client;
beforeAll(async () => {
  client = await Client.start();
}, 60_000);
afterAll(() => client.close());

const row = (externalId: string, more: Record<string, unknown> = {}) => ({ ...golf, source: 'mobile', external_id: externalId, ...more });
const send = (vehicles: unknown[], person: 'operator' | 'agent' | 'buyer' = 'operator', more: Record<string, unknown> = {}) =>
  client.ask(person, 'POST', '/vehicles/bulk', { vehicles, ...more });
const outcomes = (answer: Awaited<ReturnType<typeof send>>): { result: string; vehicle_id: string; problem: { code: string; errors: { pointer: string }[] } | null }[] =>
  JSON.parse(JSON.stringify(answer.data.results));

describe('an ingest sends offers', () => {
  it('that are new, known, changed and wrong in one call, and each gets its own answer', async () => {
    const first = await send([row('a1'), row('a2'), row('a3')]);
    expect(first.data.summary).toEqual({ created: 3, updated: 0, unchanged: 0, refused: 0 });
    const second = await send([
      row('a1'),
      row('a2', { price: { amount: 2_500_000, currency: 'EUR' } }),
      row('a4'),
      row('a5', { year: 'soon', wheels: 4 }),
      row('a4'),
      'not even an object',
      row('a6', { vin: 'SHORT' }),
      row('a7', { first_registration: '2015-01-01' }),
    ]);
    expect(second.status).toBe(200);
    expect(second.data.summary).toEqual({ created: 1, updated: 1, unchanged: 1, refused: 5 });
    const [unchanged, updated, created, wrong, twice, text, vin, contradiction] = outcomes(second);
    expect([unchanged?.result, updated?.result, created?.result]).toEqual(['unchanged', 'updated', 'created']);
    expect(unchanged?.vehicle_id).toBe(outcomes(first)[0]?.vehicle_id);
    expect(wrong?.problem?.errors.map(({ pointer }) => pointer)).toContain('/vehicles/3/year');
    expect(twice?.problem?.code).toBe('conflict');
    expect(text?.problem?.code).toBe('validation_failed');
    expect(vin?.problem?.errors[0]?.pointer).toBe('/vehicles/6/vin');
    expect(contradiction?.problem?.errors[0]?.pointer).toBe('/vehicles/7/first_registration');

    const history = await client.get('nobody', `/vehicles/${String(updated?.vehicle_id)}/price-history`);
    expect(history.list.map(({ change, price }) => [change, price])).toEqual([
      ['price', { amount: 2_500_000, currency: 'EUR' }],
      ['first_seen', { amount: 2_899_000, currency: 'EUR' }],
    ]);
  });

  it('and says a price change once, with where it was seen', async () => {
    const [created] = outcomes(await send([row('b1')]));
    const events = await client.app.events('vehicle');
    const cheaper = row('b1', { price: { amount: 1_000_000, currency: 'EUR' } });
    await send([cheaper]);
    await send([cheaper]);
    const told = (await events.all()).filter(({ key }) => key === created?.vehicle_id);
    expect(told.map(({ type }) => type)).toEqual(['vehicle.updated.v1', 'vehicle.price_changed.v1']);
    expect(told[1]?.data).toMatchObject({ previous: { amount: 2_899_000 }, price: { amount: 1_000_000 }, sighting: { source: 'mobile', external_id: 'b1' } });
  });

  it('whose source says that the car is gone: it leaves the market, and comes back', async () => {
    const [created] = outcomes(await send([row('c1')]));
    const path = `/vehicles/${String(created?.vehicle_id)}`;
    await send([row('c1', { listing_status: 'removed' })]);
    expect((await client.get('nobody', path)).data.status).toBe('withdrawn');
    await send([row('c1')]);
    expect((await client.get('nobody', path)).data.status).toBe('available');
    await client.ask('operator', 'POST', `${path}/transitions`, { to: 'sold' });
    // The source repeats itself; our staff know better.
    await send([row('c1', { description: 'still there?' })]);
    expect((await client.get('nobody', path)).data).toMatchObject({ status: 'sold', description: 'still there?' });
  });

  it('for a car that was deleted here: it does not come back', async () => {
    const [created] = outcomes(await send([row('d1')]));
    await client.ask('operator', 'DELETE', `/vehicles/${String(created?.vehicle_id)}`, undefined, { 'if-match': '*' });
    expect(outcomes(await send([row('d1')]))[0]?.problem?.code).toBe('conflict');
  });

  it('of their own stock, under the keys of their own', async () => {
    const [own] = outcomes(await send([row('e1')], 'agent'));
    const [shared] = outcomes(await send([row('e1')], 'operator'));
    expect([own?.result, shared?.result]).toEqual(['created', 'created']);
    expect((await client.get('stranger', `/vehicles/${String(own?.vehicle_id)}`)).status).toBe(404);
    expect((await client.get('stranger', '/listings?external_id=e1')).pagination.total).toBe(1);
    expect((await client.get('buyer', '/listings?external_id=e1')).pagination.total).toBe(2);
  });

  it('only with permission, and not too many at once', async () => {
    expect((await send([row('f1')], 'buyer')).status).toBe(403);
    expect((await send([row('f1')], 'agent', { stock: 'shared' })).code).toBe('permission_denied');
    expect((await send([])).pointers).toEqual(['/vehicles']);
    expect((await send(Array.from({ length: 1_001 }, (_none, index) => row(`g${index}`)))).pointers).toEqual(['/vehicles']);
  });
});

describe('offers are looked up', () => {
  it('by vehicle, by source, by state, and one by its id', async () => {
    const [created] = outcomes(await send([row('h1', { source: 'copart', auction_url: 'https://copart.example/lot/1', listing_status: 'sold' })]));
    const ofVehicle = await client.get('nobody', `/vehicles/${String(created?.vehicle_id)}/listings`);
    expect(ofVehicle.list).toMatchObject([{ source: 'copart', external_id: 'h1', status: 'sold', is_active: false }]);
    expect((await client.get('nobody', '/listings?source=copart')).pagination.total).toBe(1);
    expect((await client.get('nobody', '/listings?source=copart&is_active=true')).pagination.total).toBe(0);
    expect((await client.get('nobody', '/vehicles?source=copart&status=sold&include=listings')).list).toMatchObject([{ sources: ['copart'], listings: [{ external_id: 'h1' }] }]);
    const one = await client.get('nobody', `/listings/${String(ofVehicle.list[0]?.id)}`);
    expect(one.data).toEqual(ofVehicle.list[0]);
  });

  it('in pages that a cursor walks to the end', async () => {
    await send(Array.from({ length: 7 }, (_none, index) => row(`i${index}`, { source: 'ebay', price: index === 3 ? null : { amount: 100 * (index % 3), currency: 'EUR' } })));
    const seen: unknown[] = [];
    let cursor = '';
    for (;;) {
      const page = await client.get('nobody', `/listings?source=ebay&sort=-price&per_page=2${cursor}`);
      seen.push(...page.list.map(({ external_id }) => external_id));
      if (page.pagination.next_cursor == null) break;
      cursor = `&cursor=${encodeURIComponent(page.pagination.next_cursor)}`;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    expect(seen.at(-1)).toBe('i3');
  });
});
