import { PaymentHouse } from '../testing/payment-house';
import { Reconcile } from '../application/reconcile';

/** Many orders at once, while everything outside goes wrong that can. */
let house: PaymentHouse;
beforeAll(async () => {
  house = await PaymentHouse.start({ work: true });
}, 120_000);
afterAll(() => house?.close());

const count = 12;

it('every buyer is charged once and exactly, whatever goes wrong on the way', async () => {
  for (const vendor of ['stripe', 'paypal']) await house.chaos(vendor, { duplicate: 2, reorder: true, delay_ms: 20, fail_after_commit: true });
  const sales = await Promise.all(
    Array.from({ length: count }, async (_, nth) => {
      const method = nth % 3 === 0 ? ('paypal' as const) : ('card' as const);
      const order = await house.order('reserved');
      const { data } = await house.pay(order, 'deposit', method);
      const page = await house.page(data.id);
      if (method === 'paypal') await house.agree(page);
      else await house.checkout(page, '4242424242424242');
      await house.until(data.id, 'authorized', 'captured');
      return { order, nth, method };
    }),
  );
  for (const vendor of ['stripe', 'paypal']) await house.chaos(vendor, { reset: true });
  await Promise.all(
    sales.map(async ({ order, nth, method }) => {
      if (nth % 4 === 3) return house.cancel(order);
      await house.advance(order, 'contracted');
      if (nth % 4 === 2) return house.cancel(order, 10_000);
      const { data } = await house.untilSo(() => house.pay(order, 'balance', method), ({ status }) => status === 202);
      const page = await house.page(data.id);
      return method === 'paypal' ? house.agree(page) : house.checkout(page, '4242424242424242');
    }),
  );
  for (const { order, nth } of sales) {
    const type = nth % 4 < 2 ? 'payment.order_settled.v1' : 'payment.refund_settled.v1';
    const { data } = await house.untilTold(order.id, type);
    const told = await house.told(order.id);
    expect(told.filter((one) => one.type === type)).toHaveLength(1);
    if (nth % 4 < 2) expect(data.received.amount).toBe(1_966_794);
    else expect(data.retained.amount).toBeLessThanOrEqual(nth % 4 === 2 ? 10_000 : 0);
  }
  await house.expectSound();
  const day = house.clock.now().toISOString().slice(0, 10);
  expect((await house.get(Reconcile).run({ provider: null, day })).map(({ provider, breaks }) => [provider, breaks])).toEqual([['stripe', 0], ['paypal', 0]]);
}, 180_000);
