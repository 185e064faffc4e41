import { orderEvents, paymentOrderSettled } from '@autobroker/contracts';
import { aParty, type House, orderHouse, person } from '../testing';

let house: House;
beforeAll(async () => {
  house = await orderHouse();
  const { data, headers } = await house.ask<Record<string, unknown>>('GET', '/orders/policies', house.admin);
  const { version: _version, ...settings } = data;
  const broker = { ...aParty('Autohaus am Dom GmbH'), kind: 'business', vat_id: 'DE123456789' };
  await house.ask('PUT', '/orders/policies', house.admin, { ...settings, broker }, { 'if-match': headers.get('etag') ?? '' });
}, 60_000);
afterAll(() => house?.close());

const lines = (...all: [string, number, 'broker' | 'authority' | 'seller'][]) => ({ lines: all.map(([code, amount, payee]) => ({ code, amount, payee, rule: null })), total: all.reduce((sum, [, amount]) => sum + amount, 0) });

describe('how a sale is taxed', () => {
  it('is told with its next step where its contract is of before anybody wrote it down', async () => {
    const events = await house.app.events('orders');
    const buyer = person('buyer');
    const { id, price } = await house.contracted(buyer, await house.listCar());
    await house.db(`update orders.orders set content = content #- '{progress,tax}' #- '{progress,buyerTaxed}' where id = $1`, id);
    await house.say(paymentOrderSettled, id, { order_id: id, received: price.total as { amount: number; currency: 'EUR' }, settled_at: house.clock.now().toISOString() });
    await house.becomes(id, 'balance_paid', buyer);
    const told = (await events.of(orderEvents.balance_paid)).filter(({ data }) => data.order_id === id).map(({ data }) => data.vat);
    expect(told).toEqual([{ treatment: 'standard', rate: 1_900 }]);
  });

  it.each([
    ['an agent’s fee with its tax', {}, { treatment: 'standard', rate: 1_900 }],
    ['an own car whose price has no line of tax', { capacity: 'commissionaire' as const, seller_kind: 'dealer_vat' as const, ...lines(['price', 1_899_000, 'broker']) }, { treatment: 'standard', rate: 1_900 }],
    ['an own car under the margin scheme', { capacity: 'dealer' as const, seller_kind: 'dealer_margin' as const, ...lines(['price', 1_899_000, 'broker']) }, { treatment: 'margin', rate: 0 }],
    ['a tax that is due by no rule', lines(['price', 1_899_000, 'seller'], ['broker_fee', 56_970, 'broker'], ['broker_fee_vat', 10_825, 'authority']), null],
  ])('is told from the contract on: %s', async (_, more, vat) => {
    const events = await house.app.events('orders');
    const buyer = person('buyer');
    const { id } = await house.contracted(buyer, await house.listCar(), more);
    const told = await Promise.all([orderEvents.inspection, orderEvents.contracted].map((event) => events.of<typeof event>(event)));
    const [inspected, contracted] = told.map((all) => all.filter(({ data }) => data.order_id === id).map(({ data }) => data));
    expect(inspected?.[0]).not.toHaveProperty('vat');
    expect(contracted).toMatchObject([{ vat }]);
    expect(await house.db('select distinct time_zone from orders.papers where order_id = $1', id)).toEqual([{ time_zone: 'Europe/Berlin' }]);
    // What decides it is kept for the order alone: nobody reads it in its history.
    expect(JSON.stringify(await house.db('select * from orders.history where order_id = $1', id))).not.toContain('buyerTaxed');
  });
});
