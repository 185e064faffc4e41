import { PaymentHouse } from '../testing/payment-house';

let house: PaymentHouse;
beforeAll(async () => {
  house = await PaymentHouse.start({ work: true });
}, 120_000);
afterAll(() => house?.close());
afterEach(async () => {
  await house.chaos('stripe', { reset: true });
  await house.expectSound();
});

const good = '4242424242424242';

describe('a deposit by card', () => {
  it('is held, taken with the contract, and settles with the balance', async () => {
    const order = await house.order('reserved');
    const begun = await house.pay(order, 'deposit', 'card');
    expect([begun.status, begun.data.state, begun.data.amount.amount]).toEqual([202, 'created', 196_679]);
    const back = await house.checkout(await house.page(begun.data.id), good);
    expect(back).toMatchObject({ status: 303, location: expect.stringContaining(`/orders/${order.id}?payment=${begun.data.id}`) });
    const held = await house.until(begun.data.id, 'authorized');
    expect(held).toMatchObject({ authorized: { amount: 196_679 }, captured: { amount: 0 }, next_action: null });
    expect(Date.parse(held.capture_before) - Date.now()).toBeGreaterThan(6 * 86_400_000);
    expect(await house.told(order.id)).toMatchObject([{ type: 'payment.authorized.v1', data: { payment_id: begun.data.id, leg: 'deposit', amount: { amount: 196_679 }, capture_before: held.capture_before } }]);
    expect(await house.balances(order.id)).toEqual({});
    await house.advance(order, 'contracted');
    await house.until(begun.data.id, 'captured');
    const balance = await house.pay(order, 'balance', 'card');
    expect(balance.data.amount.amount).toBe(1_770_115);
    await house.checkout(await house.page(balance.data.id), good);
    expect(await house.untilTold(order.id, 'payment.order_settled.v1')).toMatchObject({ data: { received: { amount: 1_966_794 } } });
    const { 'psp_clearing:stripe': clearing = 0, psp_fees: fees = 0, ...rest } = await house.balances(order.id);
    expect([clearing + fees, rest]).toEqual([1_966_794, { seller_payable: -1_899_000, commission_revenue: -56_970, vat_payable: -10_824 }]);
    expect(fees).toBeGreaterThan(0);
  });
});
