import { documentIssued, documentSigned, orderBalancePaid, orderCancelled, orderCompleted, orderContracted, orderContractReady, orderDelivered, orderDepositHeld, orderDisputed, orderInTransit, orderPriceChanged, orderResumed, paymentAuthorized, paymentCaptured, paymentDisputed, paymentFailed, paymentOrderSettled, paymentRefundSettled, userErased, vehicleUpdated } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { type House, orderHouse, type OrderJson, person } from '../testing';

let house: House;
beforeAll(async () => {
  house = await orderHouse();
}, 60_000);
afterAll(() => house?.close());

const day = 86_400_000;
const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const now = () => house.clock.now().toISOString();
const settle = (order: OrderJson, amount = order.price.total.amount) => house.say(paymentOrderSettled, order.id, { order_id: order.id, received: eur(amount), settled_at: now() });
const dispute = (order: OrderJson, id: string, status: 'opened' | 'won' | 'lost') =>
  house.say(paymentDisputed, order.id, { ...paymentDisputed.fixture, order_id: order.id, dispute_id: id, status, changed_at: now(), due_by: new Date(house.clock.now().getTime() + 10 * day).toISOString() });
const queued = async (orderId: string) => (await house.db<{ kind: string; dedupe: string }>('select kind, dedupe from orders.ops_items where order_id = $1 and resolved_at is null order by dedupe', orderId)).map(({ kind, dedupe }) => `${kind}/${dedupe}`);

describe('a sale that goes well', () => {
  it('goes from the quote to the keys, each step with what it needs, and ends when the buyer’s time is over', async () => {
    const buyer = person('buyer');
    const car = await house.listCar();
    const events = await house.app.events('orders');
    const { id, price } = await house.held(buyer, car);
    expect(await events.of(orderDepositHeld)).toMatchObject([{ data: { method: 'card', previous_state: 'reserved' } }]);

    // Somebody looks at the car; the buyer decides.
    expect((await house.step(id, 'inspection', house.agent)).reasons).toEqual(['inspection_arranged']);
    expect((await house.does(id, 'inspection', buyer, { inspector: 'TÜV' })).code).toBe('permission_denied');
    expect((await house.does(id, 'inspection', house.agent, { inspector: 'TÜV Süd, Köln' })).data).toMatchObject({ state: 'inspection' });
    expect((await house.does(id, 'inspection/decision', buyer, { decision: 'accept', information_received: true })).code).toBe('transition_not_allowed');
    await house.does(id, 'inspection/report', house.agent, { summary: 'As described', passed: true, mileage_km: 48_230, defects: ['stone chip'] });
    expect((await house.does(id, 'inspection/decision', buyer, { decision: 'accept' })).code).toBe('transition_not_allowed');
    expect((await house.does(id, 'inspection/decision', buyer, { decision: 'accept', information_received: true })).data).toMatchObject({ state: 'inspection', contract: { defects: ['stone chip'] } });
    expect(await events.of(orderContractReady)).toMatchObject([{ data: { order_id: id, price: { total: price.total } } }]);

    // One signature is not two.
    const contract = await house.signs(id, 'purchase_contract', { complete: false });
    expect((await house.get(id, buyer)).data.state).toBe('inspection');
    await house.signs(id, 'purchase_contract', { documentId: contract, role: 'seller' });
    await house.becomes(id, 'contracted', buyer);
    expect(await events.of(orderContracted)).toHaveLength(1);

    await settle(await house.becomes(id, 'contracted', buyer));
    await house.becomes(id, 'balance_paid', buyer);
    expect(await events.of(orderBalancePaid)).toHaveLength(1);
    expect((await house.step(id, 'titling', house.agent)).reasons).toEqual(['title_received', 'poa_received']);
    const nextWeek = new Date(house.clock.now().getTime() + 7 * day).toISOString();
    expect(await house.does(id, 'registration', house.agent, { title_received_at: nextWeek, poa_received_at: now() })).toMatchObject({ status: 400, code: 'validation_failed', reasons: ['in_future'] });
    await house.does(id, 'registration', house.agent, { title_received_at: now(), poa_received_at: now() });
    expect((await house.step(id, 'titling', buyer)).code).toBe('permission_denied');
    expect((await house.step(id, 'titling', house.agent)).data.state).toBe('titling');

    expect((await house.step(id, 'in_transit', house.agent)).reasons).toEqual(['carrier_accepted', 'leg_insured', 'pickup_pictured']);
    const eta = new Date(house.clock.now().getTime() + 3 * day).toISOString();
    const planned = await house.does(id, 'transport-legs', house.agent, { carrier: 'Spedition Meyer', from: 'München', to: 'Köln', eta });
    const leg = planned.data.transport[0]?.id ?? '';
    await house.does(id, `transport-legs/${leg}`, house.agent, { status: 'accepted', insurance: 'P-4711', pickup_photos: 6 });
    expect((await house.step(id, 'in_transit', house.agent)).data.state).toBe('in_transit');
    expect(await events.of(orderInTransit)).toMatchObject([{ data: { eta } }]);

    expect((await house.step(id, 'delivered', house.agent)).reasons).toEqual(['handover_recorded', 'handover_signed']);
    expect(await house.does(id, 'handover', house.agent, { place: 'Köln', at: nextWeek, odometer_km: 48_241, keys: 2 })).toMatchObject({ status: 400, reasons: ['in_future'] });
    await house.does(id, 'handover', house.agent, { place: 'Köln', at: now(), odometer_km: 48_241, keys: 2, papers: ['service book'] });
    expect((await house.step(id, 'delivered', house.agent)).reasons).toEqual(['handover_signed']);
    await house.does(id, 'handover/acceptance', buyer);
    expect((await house.step(id, 'delivered', house.agent)).data.state).toBe('delivered');
    const [told] = await events.of(orderDelivered);
    expect(told?.data).toMatchObject({ odometer_km: 48_241 });
    expect(Date.parse(told?.data.withdrawal_until ?? '') - house.clock.now().getTime()).toBeGreaterThanOrEqual(14 * day);

    house.clock.advance(14 * day);
    await house.sweep();
    expect((await house.get(id, buyer)).data.state).toBe('delivered');
    house.clock.advance(day);
    await house.sweep();
    expect((await house.get(id, buyer)).data).toMatchObject({ state: 'completed', holds_vehicle: false });
    expect(await events.of(orderCompleted)).toHaveLength(1);

    const { data: history } = await house.ask<{ version: number; what: string; to_state: string; actor: { kind: string } }[]>('GET', `/orders/${id}/history`, buyer);
    expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
    expect(history.map(({ what }) => what)).toEqual(expect.arrayContaining(['place', 'reserve', 'hold_deposit', 'inspect', 'contract', 'settle', 'register', 'ship', 'hand_over', 'complete']));
    await expect(house.db(`update orders.history set reason = 'x' where order_id = $1`, id)).rejects.toThrow(/only added to/);
    const versions = (await events.all()).filter(({ key, type }) => key === id && type.startsWith('order.')).map(({ data }) => (data as { version?: number }).version ?? 0);
    expect(versions.filter((version) => version > 0)).toEqual(versions.filter((version) => version > 0).toSorted((a, b) => a - b));
  });

  it('tells everybody what they may do now, and why not the rest', async () => {
    const buyer = person('buyer');
    const { id } = await house.held(buyer, await house.listCar());
    type Choice = { to: string; allowed: boolean; automatic: boolean; code: string | null; reasons: { code: string }[] };
    const choices = async (by: typeof buyer) => Object.fromEntries((await house.ask<{ transitions: Choice[] }>('GET', `/orders/${id}/transitions`, by)).data.transitions.map((one) => [one.to, one]));
    const mine = await choices(buyer);
    expect(Object.keys(mine)).toHaveLength(11);
    expect(mine.cancelled).toMatchObject({ allowed: true });
    expect(mine.disputed).toMatchObject({ allowed: true });
    expect(mine.inspection).toMatchObject({ allowed: false, reasons: [{ code: 'inspection_arranged' }] });
    expect(mine.delivered).toMatchObject({ allowed: false, code: 'wrong_state' });
    const stranger = await house.ask('GET', `/orders/${id}/transitions`, person('buyer'));
    expect(stranger.code).toBe('not_found');
    expect((await choices(person('finance'))).cancelled).toMatchObject({ allowed: false, code: 'permission_denied' });
  });
});

describe('money', () => {
  it('of another amount or currency holds nothing: nobody moves, somebody is called, and it is on record', async () => {
    const buyer = person('buyer');
    const { id } = await house.reservable(buyer, await house.listCar());
    await house.step(id, 'reserved', buyer);
    await house.pays(id, buyer, { amount: eur(196_678) });
    await house.pays(id, buyer, { amount: { amount: 196_679, currency: 'USD' } });
    await house.until(async () => (await queued(id)).length === 2, 'both are in the queue');
    expect((await house.get(id, buyer)).data.state).toBe('reserved');
    expect(await house.db(`select reason from orders.audit_log where object_id = $1 and action = 'order.refused'`, id)).toEqual([{ reason: 'deposit_mismatch' }, { reason: 'deposit_mismatch' }]);
    await house.pays(id, buyer);
    await house.becomes(id, 'deposit_held', buyer);
  });

  it('told twice, late, or in another order comes to the same', async () => {
    const buyer = person('buyer');
    const { id, price } = await house.reservable(buyer, await house.listCar());
    await house.step(id, 'reserved', buyer);
    const ref = { ...paymentCaptured.fixture, payment_id: uuidv7(), order_id: id, amount: eur(price.deposit.amount) };
    await house.say(paymentCaptured, id, ref);
    const held = await house.becomes(id, 'deposit_held', buyer);
    expect(held.deposit).toMatchObject({ state: 'captured' });
    const authorized = { ...ref, capture_before: null, authorized_at: now() };
    const { captured_at: _captured, ...late } = authorized;
    await house.say(paymentAuthorized, id, late);
    await house.say(paymentCaptured, id, ref);
    // All paid before the contract: it takes effect when the contract is there.
    await settle(held);
    await house.until(async () => ((await house.get(id, buyer)).data.settled_at !== null ? true : null), 'the payment is known');
    const seen = (await house.get(id, buyer)).data;
    expect(seen).toMatchObject({ state: 'deposit_held', deposit: { state: 'captured' } });
    await house.does(id, 'inspection/waiver', buyer, { information_received: true });
    await house.signs(id, 'purchase_contract');
    await house.becomes(id, 'balance_paid', buyer);
  });

  it('stays as it was when the buyer would do without an inspection and was not informed', async () => {
    const buyer = person('buyer');
    const { id } = await house.held(buyer, await house.listCar());
    const before = (await house.get(id, buyer)).data;
    const answer = await house.ask('POST', `/orders/${id}/inspection/waiver`, buyer, { information_received: false });
    expect([answer.status, answer.code]).toEqual([409, 'transition_not_allowed']);
    expect((await house.get(id, buyer)).data).toEqual(before);
    await house.does(id, 'inspection/waiver', buyer, { information_received: true });
  });

  it('that the bank lets go ends the sale and frees the car; a try that failed does not', async () => {
    const buyer = person('buyer');
    const { id } = await house.reservable(buyer, await house.listCar());
    await house.step(id, 'reserved', buyer);
    const failed = { ...paymentFailed.fixture, order_id: id };
    await house.say(paymentFailed, id, { ...failed, payment_id: uuidv7() });
    const paymentId = await house.pays(id, buyer);
    await house.becomes(id, 'deposit_held', buyer);
    await house.say(paymentFailed, id, { ...failed, payment_id: paymentId, reason: 'released', may_try_again: false });
    expect(await house.becomes(id, 'cancelled', buyer)).toMatchObject({ holds_vehicle: false, cancellation: { reason: 'deposit_released', fault: 'nobody', retain: eur(0) } });
    // After the contract it is no reason to undo the sale, but to call somebody.
    const sold = await house.contracted(buyer, await house.listCar());
    await house.say(paymentFailed, sold.id, { ...failed, order_id: sold.id, payment_id: (sold.deposit as { payment_id: string }).payment_id, reason: 'expired', may_try_again: false });
    await house.until(async () => (await queued(sold.id)).length === 1, 'somebody is called');
    expect((await house.get(sold.id, buyer)).data.state).toBe('contracted');
  });

  it('is told to go back with what may be kept, and the order is closed when nothing is owed', async () => {
    const buyer = person('buyer');
    const events = await house.app.events('orders');
    const { id } = await house.contracted(buyer, await house.listCar());
    expect((await house.step(id, 'cancelled', buyer, { reason: 'changed my mind' })).code).toBe('permission_denied');
    expect((await house.step(id, 'cancelled', house.agent)).code).toBe('validation_failed');
    const ended = await house.step(id, 'cancelled', house.agent, { reason: 'buyer does not pay', fault: 'buyer', proven_cost: 1_000_000 });
    // More than the deposit is never kept.
    expect(ended.data.cancellation).toMatchObject({ fault: 'buyer', retain: eur(196_679), closed_at: null });
    expect(await events.of(orderCancelled)).toMatchObject([{ data: { retain: eur(196_679), previous_state: 'contracted', reason: 'buyer does not pay' } }]);
    expect(await house.db('select kind, state from orders.compensations where order_id = $1 order by seq', id)).toEqual([{ kind: 'refund', state: 'pending' }, { kind: 'release_vehicle', state: 'done' }]);
    await house.say(paymentRefundSettled, id, { order_id: id, refunded: eur(0), retained: eur(196_679), settled_at: now() });
    await house.until(async () => ((await house.get(id, buyer)).data.cancellation?.closed_at != null ? true : null), 'it is closed');
    expect(await house.db(`select state from orders.compensations where order_id = $1 and kind = 'refund'`, id)).toEqual([{ state: 'done' }]);
  });

  it('that does not come is asked for once more, and then the buyer is in default', async () => {
    const buyer = person('buyer');
    const { id } = await house.contracted(buyer, await house.listCar());
    house.clock.advance(12 * day);
    // Two processes sweep at once: each deadline is kept once.
    await Promise.all([house.sweep(), house.sweep()]);
    expect(await house.db(`select what from orders.history where order_id = $1 and what = 'payer_reminded'`, id)).toHaveLength(1);
    const reminded = (await house.get(id, buyer)).data;
    expect(reminded.state).toBe('contracted');
    expect(Date.parse(reminded.due_at ?? '')).toBeGreaterThan(house.clock.now().getTime());
    house.clock.advance(12 * day);
    await house.sweep();
    expect((await house.get(id, buyer)).data).toMatchObject({ state: 'cancelled', cancellation: { reason: 'balance_not_paid', fault: 'buyer', retain: eur(0) } });
  });
});

describe('a car whose number nobody knows', () => {
  const accept = (id: string, buyer: ReturnType<typeof person>) => house.does(id, 'inspection/waiver', buyer, { information_received: true });

  it('is in no contract: the buyer can’t accept it before somebody has told the number, and the broker’s people are called', async () => {
    const buyer = person('buyer');
    const events = await house.app.events('orders');
    const { id } = await house.held(buyer, await house.listCar({ vin: null }));
    expect(await queued(id)).toEqual(['vin_missing/vin_missing']);
    expect(await accept(id, buyer)).toMatchObject({ status: 409, code: 'vin_missing' });
    expect([(await house.get(id, buyer)).data.state, await events.of(orderContractReady)]).toEqual(['deposit_held', []]);
    const tell = (vin: string, by = house.agent) => house.does(id, 'vin', by, { vin });
    expect((await tell('WVWZZZCDZMW012345', buyer)).code).toBe('permission_denied');
    expect((await tell('WVWZZZCDZMW0I2345')).code).toBe('validation_failed');
    expect((await tell('wvw zzz cdz mw012345')).data).toMatchObject({ vehicle: { vin: 'WVWZZZCDZMW012345' } });
    expect(await queued(id)).toEqual([]);
    expect((await tell('WVWZZZCDZMW012346')).code).toBe('conflict');
    expect((await accept(id, buyer)).data.state).toBe('inspection');
    expect(await events.of(orderContractReady)).toHaveLength(1);
    await house.signs(id, 'purchase_contract');
    await house.becomes(id, 'contracted', buyer);
    expect((await tell('WVWZZZCDZMW012345')).code).toBe('transition_not_allowed');
  });

  it('is told on an order that was placed before the catalogue had told of the car at all', async () => {
    const buyer = person('buyer');
    const { id } = await house.held(buyer, await house.listCar({ vin: null }));
    await house.db(`update orders.orders set content = jsonb_set(content, '{car}', 'null') where id = $1`, id);
    expect((await house.does(id, 'vin', house.agent, { vin: 'WVWZZZCDZMW012345' })).data).toMatchObject({ vehicle: { make: 'Volkswagen', vin: 'WVWZZZCDZMW012345' } });
    expect((await accept(id, buyer)).data.state).toBe('inspection');
  });

  it('has the number that the catalogue has learned since it was ordered', async () => {
    const buyer = person('buyer');
    const car = await house.listCar({ vin: null });
    const { id } = await house.held(buyer, car);
    await house.say(vehicleUpdated, car.vehicleId, { ...vehicleUpdated.fixture, vehicle_id: car.vehicleId, version: 2 }, null);
    await house.until(async () => (await house.db(`select 1 from orders.vehicles where vehicle_id = $1 and car->>'vin' is not null`, car.vehicleId)).length === 1, 'the number is known');
    expect((await accept(id, buyer)).data).toMatchObject({ state: 'inspection', vehicle: { vin: vehicleUpdated.fixture.facts.vin } });
  });
});

describe('another price', () => {
  it('is shown first, agreed to by the buyer, and what was signed at the old one counts no more', async () => {
    const buyer = person('buyer');
    const { id, price } = await house.held(buyer, await house.listCar());
    const events = await house.app.events('orders');
    await house.does(id, 'inspection', house.agent, { inspector: 'DEKRA' });
    await house.does(id, 'inspection/report', house.agent, { summary: 'Worn brakes', passed: true, defects: ['brakes'] });
    expect((await house.does(id, 'price-changes', buyer, { lines: [{ code: 'price', amount: 1 }], reason: 'x' })).code).toBe('permission_denied');
    expect((await house.does(id, 'price-changes', house.agent, { lines: [{ code: 'nothing', amount: 1 }], reason: 'x' })).code).toBe('validation_failed');
    const proposed = await house.does(id, 'price-changes', house.agent, { lines: [{ code: 'price', amount: 1_849_000 }], reason: 'brakes' });
    expect(proposed.data).toMatchObject({ price: { total: price.total }, price_change: { difference: -50_000, price: { total: eur(1_916_794) } } });
    expect((await house.does(id, 'inspection/decision', buyer, { decision: 'accept', information_received: true })).code).toBe('price_consent_required');
    const change = proposed.data.price_change?.id ?? '';
    expect((await house.does(id, `price-changes/${change}/confirm`, house.agent)).code).toBe('permission_denied');
    expect((await house.does(id, `price-changes/${uuidv7()}/confirm`, buyer)).code).toBe('conflict');
    const agreed = await house.does(id, `price-changes/${change}/confirm`, buyer);
    expect(agreed.data).toMatchObject({ price_change: null, price: { total: eur(1_916_794), deposit: price.deposit, balance: eur(1_916_794 - 196_679) } });
    expect(await events.of(orderPriceChanged)).toMatchObject([{ data: { reason: 'brakes', price: { total: eur(1_916_794) } } }]);

    await house.does(id, 'inspection/decision', buyer, { decision: 'accept', information_received: true });
    const document = uuidv7();
    await house.say(documentIssued, id, { ...documentIssued.fixture, document_id: document, order_id: id, kind: 'purchase_contract', version: 1, issued_at: now() });
    house.clock.advance(5_000);
    const again = await house.does(id, 'price-changes', house.agent, { lines: [{ code: 'price', amount: 1_839_000 }], reason: 'tyres' });
    await house.does(id, `price-changes/${again.data.price_change?.id}/confirm`, buyer);
    expect((await events.of(orderContractReady)).map(({ data }) => data.price.total.amount)).toEqual([1_916_794, 1_906_794]);
    // The old paper is signed by everybody, too late.
    await house.say(documentSigned, id, { ...documentSigned.fixture, document_id: document, order_id: id, kind: 'purchase_contract', version: 1, complete: true, signed_at: now() });
    await house.until(async () => (await house.db('select 1 from orders.papers where document_id = $1 and complete', document)).length === 1, 'the signature is known');
    expect((await house.get(id, buyer)).data.state).toBe('inspection');
    // Other terms have to be written anew as well.
    expect((await house.does(id, 'contract-terms', house.agent, { guarantee_months: 12 })).data.state).toBe('inspection');
    expect(await events.of(orderContractReady)).toHaveLength(3);
    house.clock.advance(5_000);
    await house.signs(id, 'purchase_contract', { version: 2 });
    await house.becomes(id, 'contracted', buyer);
    expect((await house.does(id, 'price-changes', house.agent, { lines: [{ code: 'price', amount: 1 }], reason: 'x' })).code).toBe('transition_not_allowed');
  });

  it('by a new quote, where the offer has changed: each quote is good for one order', async () => {
    const buyer = person('buyer');
    const car = await house.listCar();
    const first = await house.reservable(buyer, car);
    const other = (await house.place({ buyer, car })).data;
    house.clock.advance(1_000);
    await house.checked(car, { price: eur(1_799_000) });
    expect((await house.step(first.id, 'reserved', buyer)).code).toBe('offer_changed');
    const quote = house.quote({ buyer, car, more: { asked_price: 1_799_000, lines: [{ code: 'price', amount: 1_799_000, payee: 'seller', rule: null }], total: 1_799_000 } });
    const proposed = await house.does(first.id, 'price-changes', buyer, { quote, reason: 'the offer is cheaper' });
    expect(proposed.data.price_change).toMatchObject({ price: { total: eur(1_799_000), deposit: eur(179_900) } });
    expect((await house.step(first.id, 'reserved', buyer)).code).toBe('price_consent_required');
    expect((await house.does(first.id, `price-changes/${proposed.data.price_change?.id}/confirm`, buyer)).data.price.total).toEqual(eur(1_799_000));
    expect((await house.step(first.id, 'reserved', buyer)).status).toBe(200);
    const twice = await house.does(other.id, 'price-changes', buyer, { quote, reason: 'again' });
    expect((await house.does(other.id, `price-changes/${twice.data.price_change?.id}/confirm`, buyer)).code).toBe('quote_used');
  });

  it('is not wanted: the buyer says no to the car, and gets everything back', async () => {
    const buyer = person('buyer');
    const { id } = await house.held(buyer, await house.listCar());
    await house.does(id, 'inspection', house.agent, { inspector: 'DEKRA' });
    await house.does(id, 'inspection/report', house.agent, { summary: 'Rust', passed: false, defects: ['rust'] });
    expect((await house.does(id, 'inspection/decision', buyer, { decision: 'decline', reason: 'rust' })).data).toMatchObject({ state: 'cancelled', cancellation: { fault: 'inspection', reason: 'rust', retain: eur(0) } });
  });
});

describe('a withdrawal', () => {
  it('is declared and then confirmed, by the buyer alone, and everything goes back', async () => {
    const buyer = person('buyer');
    const { id } = await house.delivered(buyer, await house.listCar());
    const terms = await house.ask<{ stage: string; withdrawal: { possible: boolean; days: number; two_steps: boolean } }>('GET', `/orders/${id}/terms`, buyer);
    expect(terms.data).toMatchObject({ stage: 'delivered', withdrawal: { possible: true, days: 14, two_steps: true } });
    expect((await house.does(id, 'withdrawal', house.agent)).code).toBe('permission_denied');
    const declared = await house.does(id, 'withdrawal', buyer);
    expect(declared.data.state).toBe('delivered');
    expect((await house.does(id, `withdrawal/${uuidv7()}/confirm`, buyer)).code).toBe('conflict');
    const ended = await house.does(id, `withdrawal/${declared.data.withdrawal?.id}/confirm`, buyer);
    expect(ended.data).toMatchObject({ state: 'cancelled', cancellation: { fault: 'withdrawal', retain: eur(0) } });
    expect(Date.parse(ended.data.cancellation?.refund_due_at ?? '') - house.clock.now().getTime()).toBe(14 * day);
    // How far it was driven, and what it has lost, is seen when it is back.
    expect(await queued(id)).toEqual(['car_returning/car_returning', 'compensation/compensation:recall_seller_payment']);
  });

  it('of a car that was driven shows what is kept for it before it is confirmed, and keeps that', async () => {
    const buyer = person('buyer');
    const { id } = await house.delivered(buyer, await house.listCar());
    expect((await house.ask<{ withdrawal: object }>('GET', `/orders/${id}/terms`, buyer)).data.withdrawal).toMatchObject({ use: { free_km: 50, life_km: 250_000 } });
    // 1,000 kilometres beyond a look, of 201,770 that it had still to run.
    const declared = await house.does(id, 'withdrawal', buyer, { odometer_km: 48_230 + 1_050 });
    expect(declared.data.withdrawal).toMatchObject({ use: { km: 1_000, amount: eur(9_412) }, deduction: eur(9_412), assessment: null });
    const ended = await house.does(id, `withdrawal/${declared.data.withdrawal?.id}/confirm`, buyer);
    expect(ended.data).toMatchObject({ state: 'cancelled', cancellation: { fault: 'withdrawal', retain: eur(9_412) } });
    expect(await queued(id)).toEqual(['car_returning/car_returning', 'compensation/compensation:recall_seller_payment']);
  });

  it('with a car that has lost more than its odometer says: two of the broker’s people say so, and the buyer is shown it first', async () => {
    const buyer = person('buyer');
    const { id } = await house.delivered(buyer, await house.listCar());
    const declared = await house.does(id, 'withdrawal', buyer, { odometer_km: 48_231 });
    const path = `withdrawal/${declared.data.withdrawal?.id}/assessment`;
    const assess = (amount: number, by = house.agent) => house.does(id, path, by, { amount, reason: 'The clutch is worn' });
    expect([(await assess(1, buyer)).code, (await assess(1_899_001)).code, (await house.does(id, `withdrawal/${uuidv7()}/assessment`, house.agent, { amount: 1, reason: 'x' })).code]).toEqual(['permission_denied', 'validation_failed', 'not_found']);
    expect((await house.does(id, `${path}/approve`, house.admin)).code).toBe('transition_not_allowed');
    expect((await assess(50_000)).data.withdrawal).toMatchObject({ deduction: eur(50_000), assessment: { counts: true } });
    expect((await assess(50_001)).data.withdrawal).toMatchObject({ deduction: eur(0), assessment: { amount: eur(50_001), counts: false } });
    expect((await house.does(id, `${path}/approve`, house.agent)).code).toBe('second_approval_required');
    expect((await house.does(id, `${path}/approve`, house.admin)).data.withdrawal).toMatchObject({ deduction: eur(50_001), assessment: { counts: true } });
    const ended = await house.does(id, `withdrawal/${declared.data.withdrawal?.id}/confirm`, buyer);
    expect(ended.data.cancellation).toMatchObject({ retain: eur(50_001) });
    expect((await assess(1)).code).toBe('conflict');
    const trail = await house.db<{ actor_id: string }>(`select actor_id from orders.audit_log where object_id = $1 and action = 'order.use_assessed' order by at, id`, id);
    expect(trail.map(({ actor_id }) => actor_id)).toEqual([house.agent.id, house.agent.id, house.admin.id]);
  });

  it('is not possible of a private seller’s car once it is sold, of a business, or after the time; a year longer if the buyer was not told', async () => {
    const buyer = person('buyer');
    const fromPrivate = await house.contracted(buyer, await house.listCar(), { seller_kind: 'private' });
    expect((await house.does(fromPrivate.id, 'withdrawal', buyer)).code).toBe('withdrawal_not_possible');
    const asBusiness = await house.contracted(buyer, await house.listCar(), { buyer_kind: 'business' });
    expect((await house.does(asBusiness.id, 'withdrawal', buyer)).code).toBe('withdrawal_not_possible');
    const untold = await house.delivered(buyer, await house.listCar());
    await house.does(untold.id, 'contract-terms', house.agent, { guarantee_months: 12, withdrawal_told: false });
    house.clock.advance(300 * day);
    await house.sweep();
    expect((await house.get(untold.id, buyer)).data.state).toBe('delivered');
    expect((await house.does(untold.id, 'withdrawal', buyer)).status).toBe(200);
    house.clock.advance(90 * day);
    expect((await house.does(untold.id, 'withdrawal', buyer)).code).toBe('withdrawal_not_possible');
  });

  it('on the way stops the carrier first, and people turn the car round', async () => {
    const buyer = person('buyer');
    const { id, price } = await house.contracted(buyer, await house.listCar());
    await settle({ ...(await house.get(id, buyer)).data, price });
    await house.becomes(id, 'balance_paid', buyer);
    await house.does(id, 'registration', house.agent, { title_received_at: now(), poa_received_at: now() });
    await house.step(id, 'titling', house.agent);
    const planned = await house.does(id, 'transport-legs', house.agent, { carrier: 'Meyer', from: 'A', to: 'B', insurance: 'P-1' });
    await house.does(id, `transport-legs/${planned.data.transport[0]?.id}`, house.agent, { status: 'picked_up', pickup_photos: 4 });
    await house.step(id, 'in_transit', house.agent);
    const declared = await house.does(id, 'withdrawal', buyer);
    const events = await house.app.events('orders');
    expect((await house.does(id, `withdrawal/${declared.data.withdrawal?.id}/confirm`, buyer)).data.state).toBe('cancelled');
    expect((await events.types()).filter((type) => ['order.disputed.v1', 'order.cancelled.v1'].includes(type))).toEqual(['order.disputed.v1', 'order.cancelled.v1']);
    expect(await queued(id)).toEqual(['compensation/compensation:recall_seller_payment', 'compensation/compensation:stop_carrier']);
  });
});

describe('a dispute', () => {
  it('stops the sale where it stands, keeps the car held, and lets it go on when it is won', async () => {
    const buyer = person('buyer');
    const order = await house.contracted(buyer, await house.listCar());
    const events = await house.app.events('orders');
    const id = uuidv7();
    await dispute(order, id, 'opened');
    expect(await house.becomes(order.id, 'disputed', buyer)).toMatchObject({ holds_vehicle: true, resume_state: 'contracted' });
    expect(await events.of(orderDisputed)).toMatchObject([{ data: { dispute_id: id, resume_state: 'contracted' } }]);
    expect((await house.step(order.id, 'contracted', house.agent)).reasons).toEqual(['disputes_closed']);
    await settle(order);
    await dispute(order, id, 'won');
    // What was paid meanwhile counts as soon as it goes on.
    await house.becomes(order.id, 'balance_paid', buyer);
    expect(await events.of(orderResumed)).toMatchObject([{ data: { state: 'contracted' } }]);
    // A late word of its beginning does not begin it again.
    await dispute(order, id, 'opened');
    await dispute(order, uuidv7(), 'opened');
    await house.becomes(order.id, 'disputed', buyer);
    expect(((await house.get(order.id, buyer)).data.disputes as { status: string }[]).map(({ status }) => status)).toEqual(['closed', 'open']);
  });

  it('that is lost calls somebody, who ends it; one of a cancelled order moves nothing', async () => {
    const buyer = person('buyer');
    const order = await house.contracted(buyer, await house.listCar());
    const id = uuidv7();
    await dispute(order, id, 'opened');
    await house.becomes(order.id, 'disputed', buyer);
    await dispute(order, id, 'lost');
    await house.until(async () => (await queued(order.id)).length === 1, 'somebody is called');
    expect((await house.step(order.id, 'cancelled', house.agent, { reason: 'chargeback', fault: 'buyer' })).data.state).toBe('cancelled');
    await dispute(order, uuidv7(), 'opened');
    await house.until(async () => (((await house.get(order.id, buyer)).data.disputes as unknown[]).length === 2 ? true : null), 'it is noted');
    expect((await house.get(order.id, buyer)).data.state).toBe('cancelled');
  });

  it('of the buyer, with a reason', async () => {
    const buyer = person('buyer');
    const { id } = await house.delivered(buyer, await house.listCar());
    expect((await house.step(id, 'disputed', buyer)).code).toBe('validation_failed');
    expect((await house.step(id, 'disputed', buyer, { reason: 'The gearbox is broken' })).data).toMatchObject({ state: 'disputed', resume_state: 'delivered', disputes: [{ kind: 'claim', status: 'open' }] });
    const [claimed] = (await house.get(id, buyer)).data.disputes as { id: string }[];
    expect((await house.step(id, 'delivered', house.agent)).reasons).toEqual(['disputes_closed']);
    expect((await house.does(id, `disputes/${claimed?.id}/close`, person('buyer'), { reason: 'x' })).code).toBe('not_found');
    await house.does(id, `disputes/${claimed?.id}/close`, buyer, { reason: 'repaired' });
    expect((await house.step(id, 'completed', house.agent)).reasons).toEqual(['window_over']);
    expect((await house.step(id, 'delivered', buyer)).code).toBe('permission_denied');
    expect((await house.step(id, 'delivered', house.agent)).data).toMatchObject({ state: 'delivered', resume_state: null });
  });
});

it('a person who is forgotten can’t be read any more, and what is not paid for comes to nothing', async () => {
  const buyer = person('buyer');
  const [free, paid] = [await house.reservable(buyer, await house.listCar()), await house.held(buyer, await house.listCar())];
  await house.say(userErased, buyer.id, { ...userErased.fixture, user_id: buyer.id });
  await house.becomes(free.id, 'cancelled', house.agent);
  expect((await house.get(paid.id, house.agent)).data.state).toBe('deposit_held');
  expect(await queued(paid.id)).toEqual(['buyer_erased/buyer_erased']);
  expect(await house.db('select 1 from orders.parties where person_id = $1', buyer.id)).toEqual([]);
});
