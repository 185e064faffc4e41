import { documentIssued, orderContractReady } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { aParty, type House, orderHouse, person } from '../testing';

let house: House;
beforeAll(async () => {
  house = await orderHouse();
}, 60_000);
afterAll(() => house?.close());

interface PolicyJson {
  readonly version: number;
  readonly deadlines: Record<string, string | number>;
  readonly deposit_share: number;
  readonly broker: { readonly name: string } | null;
}

const elsewhere = person('admin', '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02');
const broker = { ...aParty('Autohaus am Dom GmbH'), kind: 'business', vat_id: 'DE123456789' };

describe('a tenant’s own clocks', () => {
  it('are read and set by its admin, by version, and hold for what comes next', async () => {
    const usual = await house.ask<PolicyJson>('GET', '/orders/policies', house.admin);
    expect(usual.data).toMatchObject({ version: 0, deposit_share: 1_000, broker: null, deadlines: { requested: 'PT72H', balance_business_days: 5 } });
    const { version: _version, ...settings } = usual.data;
    const put = (more: object, match = usual.headers.get('etag') ?? '') => house.ask<PolicyJson>('PUT', '/orders/policies', house.admin, { ...settings, ...more }, { 'if-match': match });
    expect((await put({ deadlines: { ...settings.deadlines, requested: 'PT1M' } })).code).toBe('validation_failed');
    const set = await put({ deadlines: { ...settings.deadlines, requested: 'PT24H' }, deposit_share: 2_000, broker });
    expect(set.data).toMatchObject({ version: 1, deposit_share: 2_000, broker: { role: 'broker', name: 'Autohaus am Dom GmbH' } });
    expect((await put({ deposit_share: 3_000 })).code).toBe('precondition_failed');
    expect((await house.ask('GET', '/orders/policies', house.agent)).code).toBe('permission_denied');
    expect((await house.ask<PolicyJson>('GET', '/orders/policies', elsewhere)).data.version).toBe(0);
    const buyer = person('buyer');
    const { data } = await house.place({ buyer, car: await house.listCar() });
    expect(data.price.deposit.amount).toBe(393_359);
    expect(Date.parse(data.due_at ?? '') - house.clock.now().getTime()).toBe(24 * 3_600_000);
    await put({ ...settings, broker }, '"1-0"');
  });
});

describe('what is read is accepted as it was read', () => {
  it('of a tenant’s settings, the broker among them', async () => {
    const read = await house.ask<PolicyJson>('GET', '/orders/policies', house.admin);
    expect(read.data.broker).toMatchObject({ role: 'broker' });
    const put = (body: object, etag = read.headers.get('etag') ?? '') => house.ask<PolicyJson>('PUT', '/orders/policies', house.admin, body, { 'if-match': etag });
    const written = await put(read.data);
    expect(written.data).toEqual({ ...read.data, version: read.data.version + 1 });
    expect((await put({ ...read.data, broker: { ...read.data.broker, role: 'seller' } }, written.headers.get('etag') ?? '')).code).toBe('validation_failed');
  });

  it('of who buys and who sells', async () => {
    const buyer = person('buyer');
    const { data } = await house.place({ buyer, car: await house.listCar() }, { buyer: aParty() });
    const read = await house.ask<{ role: string }>('GET', `/orders/${data.id}/buyer`, buyer);
    expect(read.data.role).toBe('buyer');
    const named = await house.ask('PUT', `/orders/${data.id}/buyer`, buyer, read.data, { 'if-match': read.headers.get('etag') ?? '' });
    expect(named.status).toBe(200);
    expect((await house.ask('GET', `/orders/${data.id}/buyer`, buyer)).data).toEqual(read.data);
    const seller = { ...read.data, role: 'seller' };
    expect((await house.ask('PUT', `/orders/${data.id}/seller`, house.agent, seller, { 'if-match': named.headers.get('etag') ?? '' })).status).toBe(200);
    expect((await house.ask('PUT', `/orders/${data.id}/buyer`, buyer, seller, { 'if-match': '*' })).code).toBe('validation_failed');
  });
});

describe('somebody of the broker’s who buys', () => {
  it('buys: what the broker does for the sale, a colleague does', async () => {
    const self = person('agent');
    const { data } = await house.place({ buyer: self, car: await house.listCar() }, { buyer: aParty() });
    const proposal = { lines: [{ code: 'price', amount: 1 }], reason: 'for me' };
    expect((await house.does(data.id, 'price-changes', self, proposal)).code).toBe('permission_denied');
    expect((await house.does(data.id, 'offer-confirmation', self, { reason: 'I know it' })).code).toBe('permission_denied');
    expect((await house.ask('PUT', `/orders/${data.id}/seller`, self, aParty('Bernd Beispiel'), { 'if-match': '*' })).code).toBe('permission_denied');
    const proposed = await house.does(data.id, 'price-changes', house.agent, { ...proposal, lines: [{ code: 'price', amount: 1_849_000 }] });
    expect((await house.does(data.id, `price-changes/${proposed.data.price_change?.id}/confirm`, self)).status).toBe(200);
    // And whose fault it was is not theirs to say.
    expect((await house.step(data.id, 'cancelled', self, { reason: 'x', fault: 'seller' })).data.cancellation).toMatchObject({ fault: 'buyer' });
  });

  it('does not end the sale when both have signed, nor take its steps', async () => {
    const self = person('agent');
    const { id } = await house.contracted(self, await house.listCar());
    expect((await house.step(id, 'cancelled', self, { reason: 'x', fault: 'seller' })).code).toBe('permission_denied');
    expect((await house.does(id, 'registration', self, { plates: 'K AB 1' })).code).toBe('permission_denied');
    expect((await house.does(id, 'registration', house.agent, { plates: 'K AB 1' })).status).toBe(200);
  });
});

describe('a list of orders', () => {
  it('is asked for by several states at once', async () => {
    const buyer = person('buyer');
    const [requested, held] = [await house.reservable(buyer, await house.listCar()), await house.held(buyer, await house.listCar())];
    const ids = async (query: string) => (await house.ask<{ id: string }[]>('GET', `/orders?${query}`, buyer)).data.map(({ id }) => id);
    expect(await ids('state=requested')).toEqual([requested.id]);
    expect(await ids('state=requested&state=deposit_held')).toEqual([held.id, requested.id]);
    expect(await ids('state=completed')).toEqual([]);
  });
});

describe('what a tenant keeps for the use of a car that comes back', () => {
  it('is its own setting, on record, and counts for what is declared after; left out it stays', async () => {
    const usual = await house.ask<PolicyJson & { use: Record<string, number> }>('GET', '/orders/policies', house.admin);
    expect(usual.data.use).toEqual({ free_km: 50, life_km: 250_000, least_km_left: 50_000, four_eyes_limit: 50_000 });
    const { version, ...rest } = usual.data;
    const settings = { ...rest, broker };
    const put = (more: object, match: number) => house.ask<PolicyJson & { use: Record<string, number> }>('PUT', '/orders/policies', house.admin, { ...settings, ...more }, { 'if-match': `"${match}-0"` });
    expect((await put({ use: { ...settings.use, free_km: 1 } }, version)).reasons).toEqual(['out_of_range']);
    const own = { free_km: 100, life_km: 148_230, least_km_left: 20_000, four_eyes_limit: 10_000 };
    expect((await put({ use: own }, version)).data).toMatchObject({ version: version + 1, use: own });
    const buyer = person('buyer');
    const { id } = await house.delivered(buyer, await house.listCar());
    expect((await house.ask<{ withdrawal: object }>('GET', `/orders/${id}/terms`, buyer)).data.withdrawal).toMatchObject({ use: { free_km: 100, life_km: 148_230 } });
    // 1,000 kilometres beyond what is free, of the 100,000 that it had still to run: 1 % of 18,990.00.
    const declared = await house.does(id, 'withdrawal', buyer, { odometer_km: 48_230 + 1_100 });
    expect(declared.data.withdrawal).toMatchObject({ use: { km: 1_000, amount: { amount: 18_990 } } });
    const assessed = (amount: number) => house.does(id, `withdrawal/${declared.data.withdrawal?.id}/assessment`, house.agent, { amount, reason: 'The clutch is worn' });
    expect([(await assessed(10_000)).data.withdrawal, (await assessed(10_001)).data.withdrawal]).toMatchObject([{ assessment: { counts: true } }, { assessment: { counts: false } }]);
    const { use: _use, ...older } = settings;
    expect((await house.ask<PolicyJson>('PUT', '/orders/policies', house.admin, older, { 'if-match': `"${version + 1}-0"` })).data).toMatchObject({ version: version + 2, use: own });
    const trail = await house.db<{ before: { use: object }; after: { use: object } }>(`select before, after from orders.audit_log where action = 'order_policy.changed' and after -> 'use' ->> 'freeKm' = '100' order by at`);
    expect(trail).toMatchObject([{ before: { use: { freeKm: 50, fourEyesLimit: 50_000 } }, after: { use: { freeKm: 100, fourEyesLimit: 10_000 } } }, { before: { use: { freeKm: 100 } } }]);
    await put({}, version + 2);
  });
});

describe('the parties of a sale', () => {
  const internal = { 'x-internal-secret': 'a-secret-of-this-installation-only' };
  const parties = (id: string, headers: Record<string, string> = internal) => house.ask<Record<string, unknown>>('GET', `/orders/${id}/parties`, null, undefined, headers);

  it('are told to other services alone, once everybody is named', async () => {
    const buyer = person('buyer');
    const car = await house.listCar({ owners_count: 2 });
    const { data } = await house.place({ buyer, car });
    expect((await parties(data.id)).status).toBe(404);
    const named = await house.ask('PUT', `/orders/${data.id}/buyer`, buyer, aParty(), { 'if-match': `"${data.version}-0"` });
    expect(named.status).toBe(200);
    expect((await house.ask('PUT', `/orders/${data.id}/buyer`, buyer, aParty(), { 'if-match': `"${data.version}-0"` })).code).toBe('precondition_failed');
    expect((await house.ask('PUT', `/orders/${data.id}/seller`, buyer, aParty(), { 'if-match': '"2-0"' })).code).toBe('permission_denied');
    await house.ask('PUT', `/orders/${data.id}/seller`, house.agent, { ...aParty('Autohaus Süd'), kind: 'business' }, { 'if-match': '"2-0"' });
    const told = await parties(data.id);
    expect(told.data).toMatchObject({
      order_id: data.id,
      number: data.number,
      capacity: 'buyer_agent',
      buyer: { role: 'buyer', name: 'Erika Mustermann', address: { city: 'Köln', line2: null }, vat_id: null },
      seller: { role: 'seller', name: 'Autohaus Süd' },
      broker: { role: 'broker', vat_id: 'DE123456789' },
      vehicle: { make: 'Volkswagen', owners_count: 2 },
      contract: null,
      policies: { withdrawal: { days: 14 } },
    });
    expect((told.data.policies as { refund_matrix: unknown[] }).refund_matrix).toHaveLength(24);
    expect((await parties(data.id, {})).status).toBe(404);
    expect((await parties(data.id, { 'x-internal-secret': 'another' })).status).toBe(404);
    expect((await parties(data.id, house.admin.headers)).status).toBe(404);
    const kept = JSON.stringify([await house.db('select * from orders.parties'), await house.db('select content from orders.orders'), await house.db('select * from orders.history'), await house.db('select * from orders.audit_log')]);
    expect(kept).not.toMatch(/Mustermann|Heidestra|erika@/);
  });
});

describe('the buyer, as papers name them', () => {
  const read = (id: string, by: Parameters<House['get']>[1]) => house.ask<{ name: string }>('GET', `/orders/${id}/buyer`, by);

  it('are told to themselves, to who ordered for them and to the broker’s people, and to nobody else', async () => {
    const [partner, buyer] = [person('partner'), person('buyer')];
    const { data } = await house.ask('POST', '/orders', partner, { quote: house.quote({ buyer, car: await house.listCar() }), buyer_id: buyer.id });
    expect((await read(data.id, buyer)).status).toBe(404);
    expect((await house.ask('PUT', `/orders/${data.id}/buyer`, buyer, aParty(), { 'if-match': '"1-0"' })).status).toBe(200);
    for (const by of [buyer, partner, house.agent]) {
      const told = await read(data.id, by);
      expect([told.status, told.data.name, told.headers.get('cache-control')]).toEqual([200, 'Erika Mustermann', 'no-store']);
    }
    for (const by of [person('buyer'), person('partner'), elsewhere]) expect((await read(data.id, by)).code).toBe('not_found');
  });

  it('can be corrected until the contract is signed; one that waits for signatures is written anew', async () => {
    const buyer = person('buyer');
    const { id } = await house.held(buyer, await house.listCar());
    const correct = async (name: string) => house.ask('PUT', `/orders/${id}/buyer`, buyer, aParty(name), { 'if-match': (await read(id, buyer)).headers.get('etag') ?? '' });
    expect((await correct('Erika Muster')).status).toBe(200);
    await house.does(id, 'inspection/waiver', buyer, { information_received: true });
    const events = await house.app.events('orders');
    expect((await correct('Erika M. Mustermann')).status).toBe(200);
    expect(await events.of(orderContractReady)).toHaveLength(1);
    expect((await read(id, buyer)).data.name).toBe('Erika M. Mustermann');
    house.clock.advance(5_000);
    await house.signs(id, 'purchase_contract');
    await house.becomes(id, 'contracted', buyer);
    expect((await correct('Somebody Else')).code).toBe('legal_hold');
    // A seller whom nobody has named yet can still be: papers that follow need them.
    const { data } = await house.get(id, buyer);
    expect((await house.ask('PUT', `/orders/${id}/seller`, house.agent, aParty('Autohaus Süd'), { 'if-match': `"${data.version}-0"` })).status).toBe(200);
    expect((await house.ask('PUT', `/orders/${id}/seller`, house.agent, aParty('Autohaus Nord'), { 'if-match': `"${data.version + 1}-0"` })).code).toBe('legal_hold');
  });
});

describe('the ops queue', () => {
  it('has what nobody was heard of in time, and is settled by people who say how', async () => {
    const buyer = person('buyer');
    const { id } = await house.contracted(buyer, await house.listCar());
    await house.say(documentIssued, id, { ...documentIssued.fixture, document_id: uuidv7(), order_id: id, kind: 'invoice', issued_at: house.clock.now().toISOString() });
    await house.until(async () => (await house.db(`select 1 from orders.papers where order_id = $1 and kind = 'invoice'`, id)).length === 1, 'the invoice is known');
    await house.step(id, 'cancelled', house.agent, { reason: 'seller has sold it', fault: 'seller' });
    const states = () => house.db('select kind, state from orders.compensations where order_id = $1 order by seq', id);
    expect(await states()).toEqual([{ kind: 'annul_documents', state: 'pending' }, { kind: 'refund', state: 'pending' }, { kind: 'release_vehicle', state: 'done' }]);
    house.clock.advance(80 * 3_600_000);
    await house.sweep();
    await house.sweep();
    const list = async (by = house.agent, more = '') => (await house.ask<{ id: string; order_id: string; detail: string }[]>('GET', `/orders/ops-queue${more}`, by)).data.filter(({ order_id }) => order_id === id);
    const items = await list();
    expect(items.map(({ detail }) => detail.split(':')[0]).toSorted()).toEqual(['annul_documents', 'refund']);
    expect((await list(elsewhere)).length).toBe(0);
    expect((await house.ask('GET', '/orders/ops-queue', buyer)).code).toBe('permission_denied');
    const refund = items.find(({ detail }) => detail.startsWith('refund'));
    const resolve = (by: typeof house.agent) => house.ask('POST', `/orders/ops-queue/${refund?.id}/resolve`, by, { note: 'paid by hand' });
    expect((await resolve(elsewhere)).code).toBe('not_found');
    expect((await resolve(house.agent)).data).toMatchObject({ note: 'paid by hand', resolved_by: house.agent.id });
    expect((await resolve(house.agent)).code).toBe('conflict');
    expect(await states()).toEqual([{ kind: 'annul_documents', state: 'parked' }, { kind: 'refund', state: 'done' }, { kind: 'release_vehicle', state: 'done' }]);
    expect(await list(house.agent, '?status=resolved')).toHaveLength(1);
    // A credit note that comes after all settles the rest.
    await house.say(documentIssued, id, { ...documentIssued.fixture, document_id: uuidv7(), order_id: id, kind: 'credit_note' });
    await house.until(async () => (await house.db(`select 1 from orders.compensations where order_id = $1 and kind = 'annul_documents' and state = 'done'`, id)).length === 1, 'the documents are annulled');
  });

  it('is told when a step of the staff takes too long', async () => {
    const buyer = person('buyer');
    const { id } = await house.delivered(buyer, await house.listCar());
    await house.step(id, 'disputed', buyer, { reason: 'noise' });
    house.clock.advance(15 * 86_400_000);
    await house.sweep();
    await house.sweep();
    expect(await house.db('select detail from orders.ops_items where order_id = $1', id)).toEqual([{ detail: 'disputed takes too long' }]);
  });
});

describe('who listens to an order', () => {
  async function* eventsOf(response: Response): AsyncGenerator<{ id: number; event: string; data: { to_state: string } }> {
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
        if (field('data') !== undefined) yield { id: Number(field('id')), event: field('event') ?? '', data: JSON.parse(field('data') ?? '') as { to_state: string } };
      }
    }
  }
  const listen = async (id: string, by: ReturnType<typeof person>, last?: number) => {
    const abort = new AbortController();
    const response = await house.app.call(`/api/v1/orders/${id}/stream`, { headers: { ...by.headers, ...(last === undefined ? {} : { 'last-event-id': String(last) }) }, signal: abort.signal });
    return { response, next: eventsOf(response), stop: () => abort.abort() };
  };

  it('hears what happens, as it happens, and goes on where it was', async () => {
    const buyer = person('buyer');
    const { id } = await house.reservable(buyer, await house.listCar());
    const live = await listen(id, buyer);
    expect(live.response.headers.get('content-type')).toContain('text/event-stream');
    await house.step(id, 'reserved', buyer);
    const heard = (await live.next.next()).value;
    expect(heard).toMatchObject({ event: 'reserve', data: { to_state: 'reserved' } });
    live.stop();
    await house.pays(id, buyer);
    await house.becomes(id, 'deposit_held', buyer);
    const again = await listen(id, buyer, heard?.id);
    expect([(await again.next.next()).value?.event, (await again.next.next()).value?.event]).toEqual(['deposit_taken', 'hold_deposit']);
    again.stop();
    const whole = await listen(id, house.agent, 0);
    expect((await whole.next.next()).value).toMatchObject({ id: 1, event: 'place' });
    whole.stop();
    expect((await listen(id, person('buyer'))).response.status).toBe(404);
  });
});
