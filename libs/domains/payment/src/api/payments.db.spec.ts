import { uuidv7 } from '@autobroker/kernel';
import { PaymentReader } from '../application/ports';
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
    expect(held).toMatchObject({ authorized: { amount: 196_679 }, captured: { amount: 0 }, next_action: null, authorized_at: expect.any(String), captured_at: null });
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

describe('what can go wrong at the page', () => {
  it('a card is declined and another one is taken', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'card');
    const page = await house.page(data.id);
    expect((await house.checkout(page, '4000000000009995')).status).toBe(402);
    const declined = await house.untilSo(() => house.payment(data.id), (payment) => payment.failure !== null);
    expect(declined).toMatchObject({ state: 'requires_action', failure: { reason: 'declined', decline_code: 'insufficient_funds' } });
    expect(await house.told(order.id)).toEqual([]);
    expect((await house.checkout(page, good)).status).toBe(303);
    await house.until(data.id, 'authorized');
    expect((await house.told(order.id)).map(({ type }) => type)).toEqual(['payment.authorized.v1']);
  });

  it('the bank asks, and the buyer agrees', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'card');
    const { location } = await house.checkout(await house.page(data.id), '4000002760003184');
    await fetch(location, { method: 'POST', body: new URLSearchParams({ outcome: 'complete' }), redirect: 'manual' });
    await house.until(data.id, 'authorized');
  });

  it('a payment is given up, and another way is taken', async () => {
    const order = await house.order('reserved');
    const first = await house.pay(order, 'deposit', 'card');
    await house.page(first.data.id);
    expect(await house.pay(order, 'deposit', 'bank_transfer')).toMatchObject({ status: 409, code: 'payment_in_progress', error: { payment_id: first.data.id } });
    expect((await house.ask('buyer', 'POST', `/payments/${first.data.id}/cancel`)).status).toBe(202);
    expect(await house.until(first.data.id, 'failed')).toMatchObject({ failure: { reason: 'abandoned' } });
    const second = await house.pay(order, 'deposit', 'bank_transfer');
    expect([second.status, second.data.attempt]).toEqual([202, 2]);
    expect((await house.told(order.id)).map(({ type, data }) => [type, data.may_try_again])).toEqual([['payment.failed.v1', true]]);
    expect(await house.ask('buyer', 'POST', `/payments/${first.data.id}/cancel`)).toMatchObject({ status: 409, code: 'transition_not_allowed' });
  });

  it('it is given up before the provider has heard of it', async () => {
    await house.chaos('stripe', { delay_ms: 700 });
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'card');
    await house.ask('buyer', 'POST', `/payments/${data.id}/cancel`);
    await house.until(data.id, 'failed');
  });

  it('the provider answers nothing though it has done it: asked again under the same key, it is one payment', async () => {
    await house.chaos('stripe', { fail_after_commit: true });
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'card');
    await house.checkout(await house.page(data.id), good);
    await house.chaos('stripe', { reset: true });
    await house.until(data.id, 'authorized');
    await house.advance(order, 'contracted');
    await house.until(data.id, 'captured');
    const sums = await house.balances(order.id);
    expect(sums['buyer_receivable']).toBe(1_770_115);
  });
});

describe('a bank transfer', () => {
  it('comes in two parts, and is here when it is whole', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'bank_transfer');
    const waiting = await house.untilSo(() => house.payment(data.id), (payment) => payment.next_action !== null);
    expect(waiting.next_action).toMatchObject({ type: 'bank_transfer', url: expect.stringContaining('http'), transfer: { remaining: { amount: 196_679 }, iban: expect.stringMatching(/^DE/u), reference: expect.any(String) } });
    const { key, base_url: base } = JSON.parse(await house.sandbox.control('vendors')).vendors.find((one: { slug: string }) => one.slug === 'stripe');
    const [row] = await house.db.query<{ customer_ref: string }>('select customer_ref from payment.payments where id = $1', [data.id]);
    const fund = (amount: number) => fetch(`${base}/v1/test_helpers/customers/${row?.customer_ref}/fund_cash_balance`, { method: 'POST', headers: { authorization: `Bearer ${key.secret_key}` }, body: new URLSearchParams({ amount: String(amount), currency: 'eur' }) });
    expect((await fund(100_000)).status).toBe(200);
    await house.untilSo(() => house.payment(data.id), (payment) => payment.next_action?.transfer.remaining.amount === 96_679);
    await fund(96_679);
    expect(await house.until(data.id, 'captured')).toMatchObject({ captured: { amount: 196_679 } });
    expect((await house.told(order.id)).map(({ type }) => type)).toEqual(['payment.captured.v1']);
    expect(await house.balances(order.id)).toMatchObject({ deposit_liability: -196_679 });
    await house.cancel(order);
    expect(await house.untilTold(order.id, 'payment.refund_settled.v1').catch(async () => (await house.later(1), house.untilTold(order.id, 'payment.refund_settled.v1')))).toMatchObject({ data: { refunded: { amount: 196_679 }, retained: { amount: 0 } } });
  });
});

describe('a sale that comes to nothing', () => {
  it('before it was taken the hold is let go, all of it', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'card');
    await house.checkout(await house.page(data.id), good);
    await house.until(data.id, 'authorized');
    await house.cancel(order);
    expect(await house.until(data.id, 'voided')).toMatchObject({ failure: { reason: 'released' } });
    expect(await house.untilTold(order.id, 'payment.refund_settled.v1')).toMatchObject({ data: { refunded: { amount: 0 }, retained: { amount: 0 } } });
    expect(await house.pay(order, 'deposit', 'card')).toMatchObject({ status: 409, code: 'nothing_owed' });
  });

  it('while the page is open it is closed', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'card');
    const page = await house.page(data.id);
    await house.cancel(order);
    await house.until(data.id, 'failed');
    await house.untilTold(order.id, 'payment.refund_settled.v1');
    expect((await fetch(page)).status).toBe(410);
  });

  it('after the contract the rest goes back, and what may be kept stays', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'card');
    await house.checkout(await house.page(data.id), good);
    await house.until(data.id, 'authorized');
    await house.advance(order, 'contracted');
    await house.until(data.id, 'captured');
    await house.cancel(order, 50_000);
    expect(await house.untilTold(order.id, 'payment.refund_settled.v1')).toMatchObject({ data: { refunded: { amount: 146_679 }, retained: { amount: 50_000 } } });
    const sums = await house.balances(order.id);
    expect(sums).toEqual({ 'psp_clearing:stripe': 50_000 - (sums['psp_fees'] ?? 0), psp_fees: expect.any(Number), commission_revenue: -50_000 });
    expect((await house.told(order.id)).map(({ type }) => type)).toEqual(['payment.authorized.v1', 'payment.captured.v1', 'payment.refunded.v1', 'payment.refund_settled.v1']);
  });

  it('a refund that the bank sends back waits for somebody, who sends it again', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'card');
    await house.checkout(await house.page(data.id), '4000000000005126');
    await house.until(data.id, 'authorized');
    await house.advance(order, 'contracted');
    await house.until(data.id, 'captured');
    await house.cancel(order);
    await house.until(data.id, 'refunded');
    await house.later(1);
    await house.until(data.id, 'captured');
    const { data: breaks } = await house.ask('finance', 'GET', '/reconciliation/breaks?state=open&kind=refund_failed');
    expect(breaks).toMatchObject([{ order_id: order.id, expected: 196_679 }]);
    const { data: refunds } = await house.ask('finance', 'GET', `/refunds?order_id=${order.id}`);
    expect(refunds).toMatchObject([{ origin: 'cancellation', state: 'failed' }]);
    expect((await house.ask('finance', 'POST', `/refunds/${refunds[0].id}/retry`)).status).toBe(200);
    await house.until(data.id, 'refunded');
  });
});

describe('who may', () => {
  it('a buyer sees their own, the broker’s people their tenant’s, and nobody else anything', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'card');
    expect((await house.ask('buyer', 'GET', `/orders/${order.id}/payments`)).data.map((one: { id: string }) => one.id)).toEqual([data.id]);
    for (const person of ['otherBuyer', 'stranger'] as const) {
      expect(await house.ask(person, 'GET', `/payments/${data.id}`)).toMatchObject({ status: 404, code: 'not_found' });
      expect((await house.ask(person, 'GET', `/orders/${order.id}/payments`)).status).toBe(404);
      expect((await house.pay(order, 'deposit', 'card', person)).status).toBe(404);
      expect((await house.ask(person, 'POST', `/payments/${data.id}/cancel`)).status).toBe(404);
    }
    expect((await house.ask('nobody', 'GET', `/payments/${data.id}`)).status).toBe(401);
    expect((await house.ask('buyer', 'GET', `/ledger?order_id=${order.id}`)).status).toBe(403);
    expect((await house.ask('stranger', 'GET', `/ledger/orders/${order.id}`)).status).toBe(404);
  });

  it('what is not owed, or in another currency, is not taken', async () => {
    const order = await house.order('reserved');
    const start = (body: object) => house.ask('buyer', 'POST', `/orders/${order.id}/payments`, { leg: 'deposit', method: 'card', ...body });
    expect(await start({ amount: { amount: 196_678, currency: 'EUR' } })).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(await start({ amount: { amount: 196_679, currency: 'USD' } })).toMatchObject({ status: 400, code: 'currency_mismatch' });
    for (const amount of [0, -1]) expect(await start({ amount: { amount, currency: 'EUR' } })).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(await start({ leg: 'balance' })).toMatchObject({ status: 409, code: 'nothing_owed' });
    expect((await house.ask('buyer', 'POST', `/orders/${order.id}/payments`, { leg: 'deposit', method: 'card' }, { 'idempotency-key': '' })).code).toMatch(/^idempotency_key/u);
  });

  it('the payment may be begun before the news of the reservation are here', async () => {
    const order = await house.order('requested');
    const [begun] = await Promise.all([house.pay(order, 'deposit', 'card'), house.advance(order, 'reserved')]);
    expect(begun.status).toBe(202);
  });

  it('of an order that nobody has told of it is looked for twice, and not again and again', async () => {
    const reads = jest.spyOn(house.get(PaymentReader), 'order');
    const { status, code } = await house.ask('buyer', 'POST', `/orders/${uuidv7()}/payments`, { leg: 'deposit', method: 'card' });
    expect([status, code, reads.mock.calls.length]).toEqual([404, 'not_found', 2]);
    reads.mockRestore();
  });
});
