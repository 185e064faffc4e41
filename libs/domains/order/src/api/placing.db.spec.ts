import { offerCheckAsked, orderRequested, orderReserved } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { aParty, type House, orderHouse, person } from '../testing';

let house: House;
beforeAll(async () => {
  house = await orderHouse();
}, 60_000);
afterAll(() => house?.close());

const elsewhere = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02';

describe('a quote is taken', () => {
  it('by its buyer: the order is there, told, audited, and the offer is to be looked at', async () => {
    const buyer = person('buyer');
    const car = await house.listCar();
    const events = await house.app.events('orders');
    const placed = await house.place({ buyer, car }, { buyer: aParty() });
    expect([placed.status, placed.code]).toEqual([201, 'ok']);
    expect(placed.data).toMatchObject({ state: 'requested', version: 1, holds_vehicle: false, locale: 'de', vehicle: { make: 'Volkswagen' }, price: { total: { amount: 1_966_794, currency: 'EUR' }, deposit: { amount: 196_679 }, balance: { amount: 1_770_115 } } });
    expect(placed.data.number).toMatch(/^AB-\d{4}-\d{6}$/);
    expect(Date.parse(placed.data.due_at ?? '') - house.clock.now().getTime()).toBe(72 * 3_600_000);
    expect(placed.headers.get('location')).toBe(`/api/v1/orders/${placed.data.id}`);
    expect(await events.of(orderRequested)).toMatchObject([{ key: placed.data.id, data: { order_id: placed.data.id, buyer_id: buyer.id, locale: 'de', version: 1 } }]);
    expect(await events.of(offerCheckAsked)).toMatchObject([{ data: { external_id: car.externalId, source: 'autoscout24' } }]);
    expect(await house.db('select action from orders.audit_log where object_id = $1', placed.data.id)).toEqual([{ action: 'order.place' }]);
    expect(await house.db('select kind from orders.deadlines where order_id = $1', placed.data.id)).toEqual([{ kind: 'expire' }]);
    const [sealed] = await house.db<{ sealed: string }>('select sealed from orders.parties where order_id = $1', placed.data.id);
    expect(sealed?.sealed).toMatch(/^v1\.party\./);
    expect(JSON.stringify(await events.all())).not.toContain('Mustermann');
  });

  it('once: however many take it at the same time, one order comes of it', async () => {
    const buyer = person('buyer');
    const car = await house.listCar();
    const quote = house.quote({ buyer, car });
    const answers = await Promise.all(Array.from({ length: 8 }, () => house.ask('POST', '/orders', buyer, { quote })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 409)]);
    expect(answers.filter(({ status }) => status === 409).every(({ code }) => code === 'quote_used')).toBe(true);
  });

  it('and is refused when it is altered, expired, another’s, for another tenant, or in no order to be given: nothing moves, and the refusal is on record', async () => {
    const buyer = person('buyer');
    const stranger = person('buyer');
    const car = await house.listCar();
    const token = house.quote({ buyer, car });
    const [head, payload = '', signature] = token.split('.');
    const cheaper = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('"total":1966794', '"total":1966793').replace('"amount":1899000', '"amount":1898999')).toString('base64url');
    const place = (quote: string, by = buyer) => house.ask('POST', '/orders', by, { quote });
    const iat = Math.floor(house.clock.now().getTime() / 1_000) - 300_000;
    const codes = await Promise.all([
      place(`${head}.${cheaper}.${signature}`),
      place(house.quote({ buyer, car, more: { iat, nbf: iat, exp: iat + 259_200 } })),
      place(token, stranger),
      place(token, person('buyer', elsewhere)),
      place('nonsense'),
      place(house.quote({ buyer, car, more: { lines: [{ code: 'price', amount: 0, payee: 'seller', rule: null }], total: 0 } })),
    ]);
    expect(codes.map(({ code }) => code)).toEqual(['quote_invalid', 'quote_expired', 'quote_not_yours', 'quote_not_yours', 'quote_invalid', 'quote_invalid']);
    expect(await house.db('select 1 from orders.orders where buyer_id = any($1::uuid[])', [buyer.id, stranger.id])).toEqual([]);
    const audited = await house.db<{ reason: string }>(`select reason from orders.audit_log where action = 'order.refused' and actor_id = $1`, buyer.id);
    expect(audited.map(({ reason }) => reason).toSorted()).toEqual(['quote_expired', 'quote_invalid', 'quote_invalid', 'quote_invalid']);
  });

  it('needs a key for repeats, and gives the same answer to the same key', async () => {
    const buyer = person('buyer');
    const body = { quote: house.quote({ buyer, car: await house.listCar() }) };
    expect((await house.app.call('/api/v1/orders', { method: 'POST', headers: buyer.headers, body })).status).toBe(400);
    const key = { 'idempotency-key': uuidv7() };
    const [first, again] = [await house.ask('POST', '/orders', buyer, body, key), await house.ask('POST', '/orders', buyer, body, key)];
    expect([first.status, again.status, again.data.id]).toEqual([201, 201, first.data.id]);
  });

  it('by a partner for its buyer: both see it, and nobody else does', async () => {
    const [partner, buyer, other] = [person('partner'), person('buyer'), person('buyer')];
    const car = await house.listCar();
    const placed = await house.ask('POST', '/orders', partner, { quote: house.quote({ buyer, car }), buyer_id: buyer.id });
    expect(placed.status).toBe(201);
    const seen = async (by: ReturnType<typeof person>) => (await house.get(placed.data.id, by)).status;
    expect([await seen(partner), await seen(buyer), await seen(house.agent), await seen(other), await seen(person('admin', elsewhere))]).toEqual([200, 200, 200, 404, 404]);
    expect((await house.ask('POST', '/orders', other, { quote: house.quote({ buyer, car }), buyer_id: buyer.id })).code).toBe('permission_denied');
    const listed = async (by: ReturnType<typeof person>) => (await house.ask<{ id: string }[]>('GET', '/orders', by)).data.some(({ id }) => id === placed.data.id);
    expect([await listed(partner), await listed(buyer), await listed(house.agent), await listed(other), await listed(person('admin', elsewhere))]).toEqual([true, true, true, false, false]);
  });
});

describe('a car is reserved', () => {
  it('when the mandate is signed and the offer stands; until then the buyer is told what is missing', async () => {
    const buyer = person('buyer');
    const car = await house.listCar();
    const { data } = await house.place({ buyer, car });
    expect(await house.step(data.id, 'reserved', buyer)).toMatchObject({ status: 409, code: 'transition_not_allowed', reasons: ['mandate_signed', 'offer_checked'] });
    await house.signs(data.id, 'mandate');
    expect(await house.step(data.id, 'reserved', buyer)).toMatchObject({ status: 409, code: 'offer_unchecked' });
    await house.checked(car);
    const events = await house.app.events('orders');
    const reserved = await house.step(data.id, 'reserved', buyer);
    expect(reserved).toMatchObject({ status: 200, data: { state: 'reserved', holds_vehicle: true } });
    expect(Date.parse(reserved.data.due_at ?? '') - house.clock.now().getTime()).toBe(30 * 60_000);
    expect(await events.of(orderReserved)).toMatchObject([{ data: { previous_state: 'requested', price: { deposit: { amount: 196_679, currency: 'EUR' } } } }]);
    expect(await house.step(data.id, 'reserved', buyer)).toMatchObject({ status: 409, code: 'transition_not_allowed' });
  });

  it('not on a look of sixteen minutes ago: another one is asked for', async () => {
    const buyer = person('buyer');
    const car = await house.listCar();
    const { id } = await house.reservable(buyer, car);
    house.clock.advance(16 * 60_000);
    const events = await house.app.events('orders');
    expect((await house.step(id, 'reserved', buyer)).code).toBe('offer_unchecked');
    expect((await house.step(id, 'reserved', buyer)).code).toBe('offer_unchecked');
    expect(await events.of(offerCheckAsked)).toHaveLength(1);
    await house.checked(car);
    expect((await house.step(id, 'reserved', buyer)).status).toBe(200);
  });

  it('not at another price, when it is sold, or after the quote has run out', async () => {
    const buyer = person('buyer');
    const cars = await Promise.all([house.listCar(), house.listCar(), house.listCar()]);
    const [dearer, sold, late] = await Promise.all(cars.map((car) => house.reservable(buyer, car)));
    const [first, second] = cars;
    house.clock.advance(1_000);
    if (first !== undefined) await house.checked(first, { price: { amount: 1_899_001, currency: 'EUR' } });
    if (second !== undefined) await house.checked(second, { status: 'sold', price: null });
    expect((await house.step(dearer?.id ?? '', 'reserved', buyer)).code).toBe('offer_changed');
    expect((await house.step(sold?.id ?? '', 'reserved', buyer)).code).toBe('vehicle_unavailable');
    house.clock.advance(72 * 3_600_000);
    const refused = await house.step(late?.id ?? '', 'reserved', buyer);
    expect([refused.status, refused.reasons]).toEqual([409, ['quote_valid', 'offer_checked']]);
    expect(refused.code).toBe('quote_expired');
  });

  it('not on a quote that is not what was signed any more', async () => {
    const buyer = person('buyer');
    const { id } = await house.reservable(buyer, await house.listCar());
    await house.db(`update orders.used_quotes set token = overlay(token placing 'AAAA' from 200) where order_id = $1`, id);
    expect(await house.step(id, 'reserved', buyer)).toMatchObject({ status: 400, code: 'quote_invalid' });
    expect((await house.get(id, buyer)).data.state).toBe('requested');
  });

  it('of our own stock without a source, by what the catalogue says', async () => {
    const buyer = person('buyer');
    const car = await house.listCar({}, { ownStock: true });
    const { id } = await house.reservable(buyer, car, { capacity: 'dealer', seller_kind: 'dealer_vat' });
    expect((await house.step(id, 'reserved', buyer)).status).toBe(200);
  });

  it('of our own stock that stands at a source as well, by what the catalogue says: nobody reads the source', async () => {
    const buyer = person('buyer');
    const car = await house.listCar({}, { ownStock: true, listed: true });
    const events = await house.app.events('orders');
    const { data } = await house.place({ buyer, car }, { buyer: aParty() });
    await house.signs(data.id, 'mandate');
    expect((await house.step(data.id, 'reserved', buyer)).status).toBe(200);
    expect(await events.of(offerCheckAsked)).toEqual([]);
  });

  it('by the word of the broker’s people where its source can’t be read, who say whom they asked', async () => {
    const buyer = person('buyer');
    const car = await house.listCar();
    const { data } = await house.place({ buyer, car });
    await house.signs(data.id, 'mandate');
    await house.unreadable(car);
    const queued = () => house.db('select kind, resolved_by from orders.ops_items where order_id = $1', data.id);
    expect((await house.step(data.id, 'reserved', buyer)).code).toBe('offer_unchecked');
    expect((await house.step(data.id, 'reserved', buyer)).code).toBe('offer_unchecked');
    expect(await queued()).toEqual([{ kind: 'offer_unreadable', resolved_by: null }]);
    const confirm = (by: ReturnType<typeof person>) => house.does(data.id, 'offer-confirmation', by, { reason: 'asked the seller by telephone' });
    expect([(await confirm(buyer)).code, (await confirm(person('admin', elsewhere))).code]).toEqual(['permission_denied', 'not_found']);
    expect((await house.does(data.id, 'offer-confirmation', house.agent)).code).toBe('validation_failed');
    expect((await confirm(house.agent)).status).toBe(200);
    expect(await queued()).toEqual([{ kind: 'offer_unreadable', resolved_by: house.agent.id }]);
    expect(await house.db(`select actor_id, reason from orders.audit_log where object_id = $1 and action = 'order.offer_confirmed'`, data.id)).toEqual([{ actor_id: house.agent.id, reason: 'asked the seller by telephone' }]);
    expect((await house.step(data.id, 'reserved', buyer)).status).toBe(200);
    expect((await confirm(house.agent)).code).toBe('transition_not_allowed');
  });

  it('by one of fifty who want it at once; the others are told so, and nothing of theirs is touched', async () => {
    const car = await house.listCar();
    const buyers = Array.from({ length: 50 }, () => person('buyer'));
    const orders = [];
    for (const buyer of buyers) orders.push({ buyer, id: (await house.place({ buyer, car })).data.id });
    for (const { id } of orders) await house.signs(id, 'mandate');
    await house.checked(car);
    const events = await house.app.events('orders');
    const answers = await Promise.all(orders.map(({ buyer, id }) => house.step(id, 'reserved', buyer)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status, code }) => status === 409 && code === 'vehicle_unavailable')).toHaveLength(49);
    expect(await events.of(orderReserved)).toHaveLength(1);
    expect(await house.db('select state from orders.orders where vehicle_id = $1 and holds_vehicle', car.vehicleId)).toEqual([{ state: 'reserved' }]);
  }, 120_000);

  it('for longer when the deposit comes by transfer, however late that is said', async () => {
    const buyer = person('buyer');
    const { id } = await house.reservable(buyer, await house.listCar());
    const reserved = await house.step(id, 'reserved', buyer, { payment_method: 'bank_transfer' });
    const hours = (order: { due_at: string | null }) => (Date.parse(order.due_at ?? '') - house.clock.now().getTime()) / 3_600_000;
    expect(hours(reserved.data)).toBe(48);
    expect(hours((await house.does(id, 'payment-method', buyer, { payment_method: 'card' })).data)).toBe(0.5);
    house.clock.advance(15 * 60_000);
    expect(hours((await house.does(id, 'payment-method', buyer, { payment_method: 'bank_transfer' })).data)).toBe(47.75);
    expect((await house.does(id, 'payment-method', house.agent, { payment_method: 'card' })).code).toBe('permission_denied');
    await house.sweep();
    expect((await house.get(id, buyer)).data.state).toBe('reserved');
  });

  it('and free again when nobody pays: who comes next gets it', async () => {
    const [first, second] = [person('buyer'), person('buyer')];
    const car = await house.listCar();
    const [a, b] = [await house.reservable(first, car), await house.reservable(second, car)];
    expect((await house.step(a.id, 'reserved', first)).status).toBe(200);
    expect((await house.step(b.id, 'reserved', second)).code).toBe('vehicle_unavailable');
    house.clock.advance(30 * 60_000);
    await house.sweep();
    expect((await house.get(a.id, first)).data).toMatchObject({ state: 'cancelled', holds_vehicle: false, cancellation: { reason: 'deposit_not_paid', fault: 'buyer', retain: { amount: 0 } } });
    await house.checked(car);
    expect((await house.step(b.id, 'reserved', second)).status).toBe(200);
  });
});
