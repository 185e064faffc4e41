import { ListenToProviders } from '../application/listen-to-providers';
import { LookAtPayment } from '../application/look-at-payment';
import { RunOperation } from '../application/run-operation';
import { SweepPayments } from '../application/sweep-payments';
import { WatchHolds } from '../application/watch-holds';
import { buyingFinanceId, PaymentHouse, type SpokenOrder } from '../testing/payment-house';

/** Nothing works by itself here: each step is taken when the story says so. */
let house: PaymentHouse;
beforeAll(async () => {
  house = await PaymentHouse.start({ work: false });
  await house.get(ListenToProviders).run();
}, 120_000);
afterAll(() => house?.close());
beforeEach(() => {
  house.relay.isHolding = true;
  house.relay.held.length = 0;
});
afterEach(async () => {
  await house.chaos('stripe', { reset: true });
  await house.expectSound();
});

const good = '4242424242424242';
const signal = new AbortController().signal;
const settledWebhooks = (count: number) => house.untilSo(() => Promise.resolve(house.relay.held), (held) => held.length >= count);

async function begun(method: 'card' | 'bank_transfer' = 'card'): Promise<{ readonly order: SpokenOrder; readonly id: string }> {
  const order = await house.order('reserved');
  await house.hear();
  return { order, id: (await house.pay(order, 'deposit', method)).data.id };
}

/** Paid at the provider, and nothing of it known here yet; the webhooks wait at the relay. */
async function paid(number = good) {
  const one = await begun();
  await house.operate();
  await house.checkout(await house.page(one.id), number);
  await settledWebhooks(2);
  return one;
}

async function held(number = good) {
  const one = await paid(number);
  await house.get(LookAtPayment).run(one.id);
  house.relay.held.length = 0;
  return one;
}

async function captured(number = good) {
  const one = await held(number);
  await house.advance(one.order, 'contracted');
  await house.hear();
  await house.operate();
  return one;
}

const stateOf = async (id: string): Promise<string> => (await house.payment(id)).state;
const toldTypes = async ({ id }: SpokenOrder): Promise<string[]> => (await house.told(id)).map(({ type }) => type);

describe('webhooks', () => {
  it('twice, late and the last first: the payment is authorised once', async () => {
    const { order, id } = await paid();
    const events = [...house.relay.held].reverse();
    for (const event of [...events, ...events]) expect(await house.relay.send(event)).toBe(200);
    expect(await house.process()).toEqual({ applied: events.length, foreign: 0 });
    expect([await stateOf(id), await toldTypes(order)]).toEqual(['authorized', ['payment.authorized.v1']]);
    for (const event of events) await house.relay.send(event);
    expect(await house.process()).toEqual({ applied: 0, foreign: 0 });
  });

  it('three at the same moment make one authorisation and one capture', async () => {
    const { order, id } = await paid();
    await Promise.all(house.relay.held.map((event) => house.relay.send(event)));
    await Promise.all([house.get(LookAtPayment).run(id), house.process(), house.get(LookAtPayment).run(id)]);
    expect(await toldTypes(order)).toEqual(['payment.authorized.v1']);
    await house.advance(order, 'contracted');
    await house.hear();
    await house.operate();
    house.relay.held.length = 0;
    await Promise.all([house.get(LookAtPayment).run(id), house.get(LookAtPayment).run(id), house.get(LookAtPayment).run(id)]);
    expect(await toldTypes(order)).toEqual(['payment.authorized.v1', 'payment.captured.v1']);
    const { data } = await house.ask('finance', 'GET', `/ledger?order_id=${order.id}`);
    expect(data.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['authorization_held', 'authorization_released', 'deposit_applied', 'deposit_captured', 'provider_fee', 'sale']);
  });

  it('an event may be here before the provider’s answer to us is', async () => {
    const { order, id } = await begun();
    // The process that asked dies before it hears the answer: nothing of it is written down.
    await house.chaos('stripe', { fail_after_commit: true });
    const [operation] = await house.db.query<{ id: string }>(`select id from payment.operations where payment_id = $1`, [id]);
    await expect(house.get(RunOperation).run(operation?.id ?? '')).rejects.toThrow();
    await house.chaos('stripe', { reset: true });
    expect(await stateOf(id)).toBe('unknown');
    // Meanwhile the buyer, who somehow has the address, pays.
    const { data: sessions } = await house.stripe('GET', '/v1/checkout/sessions?limit=5');
    const session = sessions.find((one: { client_reference_id: string }) => one.client_reference_id === id);
    await house.checkout(session.url, good);
    await settledWebhooks(2);
    for (const event of house.relay.held) await house.relay.send(event);
    await house.process();
    expect([await stateOf(id), await toldTypes(order)]).toEqual(['authorized', ['payment.authorized.v1']]);
    // And when the answer comes after all, it is the same payment.
    expect(await house.operate()).toEqual(['done']);
    expect([await stateOf(id), await toldTypes(order)]).toEqual(['authorized', ['payment.authorized.v1']]);
  });

  it('what is not signed, signed by somebody else, too old or changed is not believed', async () => {
    await paid();
    const [event] = house.relay.held;
    if (event === undefined) throw new Error('no event');
    const before = await house.db.query('select 1 from payment.provider_events');
    const signature = String(event.headers['stripe-signature']);
    expect(await house.relay.send(event, { 'stripe-signature': '' })).toBe(403);
    expect(await house.relay.send(event, { 'stripe-signature': signature.replace(/v1=../u, 'v1=00') })).toBe(403);
    expect(await house.relay.send(event, { 'stripe-signature': signature.replace(/t=(\d+)/u, (_, at: string) => `t=${Number(at) - 301}`) })).toBe(403);
    expect(await house.relay.send({ ...event, body: Buffer.concat([event.body, Buffer.from(' ')]) })).toBe(403);
    expect(await house.relay.send({ ...event, body: Buffer.from('nonsense') })).toBe(400);
    expect(await house.db.query('select 1 from payment.provider_events')).toHaveLength(before.length);
    const kept = await house.untilSo(() => house.db.query(`select distinct action, actor_kind, object_id, reason from payment.audit_log where action like '%refused' and actor_kind = 'anonymous' order by reason`), (rows) => rows.length === 2);
    expect(kept).toEqual([
      { action: 'payment.refused', actor_kind: 'anonymous', object_id: 'POST /api/v1/webhooks/stripe', reason: 'malformed_json' },
      { action: 'payment.access_refused', actor_kind: 'anonymous', object_id: 'POST /api/v1/webhooks/stripe', reason: 'signature_invalid' },
    ]);
  });

  it('somebody else’s payment of the same account is answered and left alone', async () => {
    await house.stripe('POST', '/v1/payment_intents', { amount: '1234', currency: 'eur', 'allowed_payment_method_types[0]': 'card', payment_method: 'pm_card_visa', confirm: 'true' });
    await settledWebhooks(1);
    for (const event of house.relay.held) expect(await house.relay.send(event)).toBe(200);
    expect(await house.process()).toMatchObject({ applied: 0, foreign: house.relay.held.length });
  });

  it('another payment of the same account that names ours is not it, and what the buyer then pays is', async () => {
    const { order, id } = await begun();
    await house.operate();
    await house.stripe('POST', '/v1/payment_intents', { amount: '196679', currency: 'usd', 'allowed_payment_method_types[0]': 'card', payment_method: 'pm_card_visa', confirm: 'true', 'metadata[payment_id]': id });
    await settledWebhooks(1);
    for (const event of house.relay.held) expect(await house.relay.send(event)).toBe(200);
    await house.process();
    expect([await stateOf(id), await toldTypes(order)]).toEqual(['requires_action', []]);
    await house.checkout(await house.page(id), good);
    await house.get(LookAtPayment).run(id);
    expect([await stateOf(id), await toldTypes(order)]).toEqual(['authorized', ['payment.authorized.v1']]);
  });

  it('where it can’t be noted the provider is told to come again', async () => {
    await paid();
    const [event] = house.relay.held;
    if (event === undefined) throw new Error('no event');
    await house.db.pool.query('alter table payment.provider_events rename to provider_events_away');
    try {
      expect(await house.relay.send(event)).toBeGreaterThanOrEqual(500);
    } finally {
      await house.db.pool.query('alter table payment.provider_events_away rename to provider_events');
    }
    expect(await house.relay.send(event)).toBe(200);
  });
});

describe('a process that dies', () => {
  it('between asking and writing down: the janitor finds out', async () => {
    const { order, id } = await begun();
    await house.chaos('stripe', { fail_after_commit: true });
    const [operation] = await house.db.query<{ id: string }>(`select id from payment.operations where payment_id = $1`, [id]);
    await expect(house.get(RunOperation).run(operation?.id ?? '')).rejects.toThrow();
    await house.chaos('stripe', { reset: true });
    house.clock.advance(2 * 60_000);
    expect((await house.get(SweepPayments).run(signal)).operations).toBeGreaterThan(0);
    expect(await house.operate()).toEqual(['done']);
    expect(await stateOf(id)).toBe('requires_action');
    expect((await house.stripe('GET', '/v1/checkout/sessions?limit=100')).data.filter((one: { client_reference_id: string }) => one.client_reference_id === id)).toHaveLength(1);
    expect(await toldTypes(order)).toEqual([]);
  });

  it('while it captures: it is captured once', async () => {
    const { order, id } = await held();
    await house.advance(order, 'contracted');
    await house.hear();
    await house.chaos('stripe', { fail_after_commit: true });
    const [operation] = await house.db.query<{ id: string }>(`select id from payment.operations where payment_id = $1 and kind = 'capture'`, [id]);
    await expect(house.get(RunOperation).run(operation?.id ?? '')).rejects.toThrow();
    await house.chaos('stripe', { reset: true });
    expect(await stateOf(id)).toBe('authorized');
    await house.operate();
    expect([await stateOf(id), await toldTypes(order)]).toEqual(['captured', ['payment.authorized.v1', 'payment.captured.v1']]);
  });

  it('all webhooks are lost: what is held is found by the sweep', async () => {
    const { order, id } = await paid();
    house.clock.advance(2 * 60_000);
    expect((await house.get(SweepPayments).run(signal)).looked).toBeGreaterThan(0);
    expect([await stateOf(id), await toldTypes(order)]).toEqual(['authorized', ['payment.authorized.v1']]);
  });
});

describe('what nobody pays', () => {
  it('a bank transfer that does not come is given up, and another way may be taken', async () => {
    const { order, id } = await begun('bank_transfer');
    await house.operate();
    await house.later(6 * 24);
    await house.get(SweepPayments).run(signal);
    await house.operate();
    expect(await stateOf(id)).toBe('requires_action');
    await house.later(25);
    await house.get(SweepPayments).run(signal);
    await house.operate();
    expect(await house.payment(id)).toMatchObject({ state: 'failed', failure: { reason: 'abandoned' } });
    expect((await house.pay(order, 'deposit', 'card')).status).toBe(202);
  });
});

describe('what is paid by half', () => {
  it('goes back to the buyer’s bank when the sale comes to nothing, once, whatever is heard of it', async () => {
    const { order, id } = await begun('bank_transfer');
    await house.operate();
    const { data: intents } = await house.stripe('GET', '/v1/payment_intents?limit=1');
    const { customer } = intents[0];
    await house.stripe('POST', `/v1/test_helpers/customers/${customer}/fund_cash_balance`, { amount: '80000', currency: 'eur' });
    await house.cancel(order);
    await house.hear();
    await house.chaos('stripe', { fail_after_commit: true });
    for (let turn = 0; turn < 4; turn += 1) await house.operate().catch(() => undefined);
    await house.chaos('stripe', { reset: true });
    await house.operate();
    expect(await house.payment(id)).toMatchObject({ state: 'failed', captured: { amount: 0 } });
    expect((await house.stripe('GET', `/v1/customers/${customer}/cash_balance`)).available).toEqual({ eur: 0 });
    const { data: refunds } = await house.stripe('GET', '/v1/refunds?limit=100');
    expect(refunds.filter((one: { customer: string }) => one.customer === customer)).toMatchObject([{ amount: 80_000, charge: null, metadata: { payment_id: id } }]);
  });
});

describe('what comes when nothing waits for it any more', () => {
  const returnsOf = async (customer: string) => (await house.stripe('GET', '/v1/refunds?limit=100')).data.filter((one: { customer: string }) => one.customer === customer).map(({ amount }: { amount: number }) => amount);
  const booked = async (orderId: string) => (await house.db.query<{ kind: string }>(`select kind from payment.ledger_journals where order_id = $1 and kind = 'transfer_returned'`, [orderId])).length;

  async function cancelled() {
    const { order, id } = await begun('bank_transfer');
    await house.operate();
    const { data: intents } = await house.stripe('GET', '/v1/payment_intents?limit=1');
    await house.cancel(order);
    await house.hear();
    await house.operate();
    expect(await stateOf(id)).toBe('failed');
    house.relay.held.length = 0;
    const customer: string = intents[0].customer;
    return { order, id, customer, fund: () => house.stripe('POST', `/v1/test_helpers/customers/${customer}/fund_cash_balance`, { amount: '80000', currency: 'eur' }) };
  }

  it('goes back once and is booked, and an equal sum that comes after it does too', async () => {
    const { order, customer, fund } = await cancelled();
    for (const times of [1, 2]) {
      await fund();
      // Not that of the money that went back before, which may be late.
      await house.untilSo(() => Promise.resolve(house.relay.held), (held) => held.some(({ type, body }) => type === 'customer_cash_balance_transaction.created' && JSON.parse(body.toString()).data.object.type === 'funded'));
      // Heard twice.
      for (const event of [...house.relay.held, ...house.relay.held]) await house.relay.send(event);
      house.relay.held.length = 0;
      await house.process();
      await house.chaos('stripe', { fail_after_commit: true });
      for (let turn = 0; turn < 4; turn += 1) await house.operate().catch(() => undefined);
      await house.chaos('stripe', { reset: true });
      await house.operate();
      expect((await house.stripe('GET', `/v1/customers/${customer}/cash_balance`)).available).toEqual({ eur: 0 });
      expect([await returnsOf(customer), await booked(order.id)]).toEqual([Array.from({ length: times }, () => 80_000), times]);
      expect(await house.balances(order.id)).toEqual({});
    }
  });

  it('is found by the sweep where no webhook has told of it', async () => {
    const { order, customer, fund } = await cancelled();
    await fund();
    await house.later(7);
    for (let turn = 0; turn < 2; turn += 1) {
      await house.get(SweepPayments).run(signal);
      await house.operate();
    }
    expect([await returnsOf(customer), await booked(order.id)]).toEqual([[80_000], 1]);
  });

  it('and that the buyer’s bank does not take is not sent again before somebody has looked', async () => {
    const { id, customer, fund } = await cancelled();
    await fund();
    await house.get(LookAtPayment).run(id);
    await house.operate();
    const [refund] = (await house.stripe('GET', '/v1/refunds?limit=100')).data.filter((one: { customer: string }) => one.customer === customer);
    await house.stripe('POST', `/v1/refunds/${refund.id}/cancel`);
    expect((await house.stripe('GET', `/v1/customers/${customer}/cash_balance`)).available).toEqual({ eur: 80_000 });
    await house.get(LookAtPayment).run(id);
    await house.operate();
    expect(await returnsOf(customer)).toEqual([80_000]);
    const { data: breaks } = await house.ask('finance', 'GET', '/reconciliation/breaks?state=open&kind=refund_failed');
    expect(breaks.filter((one: { payment_id: string }) => one.payment_id === id)).toMatchObject([{ expected: 80_000 }]);
    // What comes after that is a reason to try again, with all that lies there.
    await fund();
    for (let turn = 0; turn < 2; turn += 1) {
      await house.get(LookAtPayment).run(id);
      await house.operate();
    }
    expect(await returnsOf(customer)).toEqual([160_000, 80_000]);
    expect((await house.stripe('GET', `/v1/customers/${customer}/cash_balance`)).available).toEqual({ eur: 0 });
  });
});

describe('what is sent ahead', () => {
  const fundingOf = (customer: string, amount: number) => house.stripe('POST', `/v1/test_helpers/customers/${customer}/fund_cash_balance`, { amount: String(amount), currency: 'eur' });
  const lying = async (customer: string): Promise<number> => (await house.stripe('GET', `/v1/customers/${customer}/cash_balance`)).available?.eur ?? 0;
  const balances = async ({ id }: SpokenOrder) => (await house.ask('agent', 'GET', `/orders/${id}/payments`)).data.filter(({ leg }: { leg: string }) => leg === 'balance');

  /** Sold, its deposit paid by transfer: the buyer knows an account, and owes the balance. */
  async function sold() {
    const { order, id } = await begun('bank_transfer');
    await house.operate();
    const { data: intents } = await house.stripe('GET', '/v1/payment_intents?limit=1');
    const customer: string = intents[0].customer;
    await fundingOf(customer, 196_679);
    await house.get(LookAtPayment).run(id);
    await house.advance(order, 'contracted');
    await house.hear();
    // Long after the provider has forgotten under which key the account was opened.
    await house.later(48);
    return { order, id, customer };
  }

  it('before the balance’s payment is begun pays it, and nothing goes back; heard twice, once', async () => {
    const { order, id, customer } = await sold();
    await fundingOf(customer, 1_770_115);
    for (let turn = 0; turn < 2; turn += 1) await house.get(LookAtPayment).run(id);
    await house.operate();
    expect(await balances(order)).toMatchObject([{ method: 'bank_transfer', state: 'captured', captured: { amount: 1_770_115 } }]);
    expect(await house.untilTold(order.id, 'payment.order_settled.v1')).toMatchObject({ data: { received: { amount: 1_966_794 } } });
    expect(await lying(customer)).toBe(0);
    expect(await house.db.query(`select 1 from payment.operations where order_id = $1 and kind = 'send_back'`, [order.id])).toEqual([]);
  });

  it('in part begins it as well: what is missing is asked for to the same account', async () => {
    const { order, id, customer } = await sold();
    await fundingOf(customer, 1_000_000);
    await house.get(LookAtPayment).run(id);
    await house.operate();
    expect(await balances(order)).toMatchObject([{ state: 'requires_action', next_action: { type: 'bank_transfer', transfer: { remaining: { amount: 770_115 } } } }]);
    await fundingOf(customer, 770_115);
    const [{ id: balance }] = await balances(order);
    await house.get(LookAtPayment).run(balance);
    expect([await stateOf(balance), await lying(customer)]).toEqual(['captured', 0]);
  });

  it('while it is being paid another way waits for what comes of that, and goes back where nothing is owed any more', async () => {
    const { order, id, customer } = await sold();
    const { data: card } = await house.pay(order, 'balance', 'card');
    await house.operate();
    await fundingOf(customer, 500_000);
    await house.get(LookAtPayment).run(id);
    await house.operate();
    expect([(await balances(order)).length, await lying(customer)]).toEqual([1, 500_000]);
    await house.checkout(await house.page(card.id), good);
    await house.get(LookAtPayment).run(card.id);
    expect(await stateOf(card.id)).toBe('captured');
    await house.get(SweepPayments).run(signal);
    await house.operate();
    expect(await lying(customer)).toBe(0);
    expect((await house.balances(order.id))['buyer_receivable'] ?? 0).toBe(0);
  });

  it('pays the balance where the other way comes to nothing', async () => {
    const { order, id, customer } = await sold();
    const { data: card } = await house.pay(order, 'balance', 'card');
    await house.operate();
    await fundingOf(customer, 1_770_115);
    await house.get(LookAtPayment).run(id);
    await house.ask('buyer', 'POST', `/payments/${card.id}/cancel`);
    await house.operate();
    await house.get(SweepPayments).run(signal);
    await house.operate();
    expect((await balances(order)).map(({ method, state }: { method: string; state: string }) => [method, state])).toEqual([['card', 'failed'], ['bank_transfer', 'captured']]);
    expect(await lying(customer)).toBe(0);
  });
});

describe('other than was agreed', () => {
  it('another amount is no deposit: it goes to the break queue and back to the buyer', async () => {
    const { order, id } = await begun();
    const intent = await house.stripe('POST', '/v1/payment_intents', { amount: '196678', currency: 'eur', capture_method: 'manual', 'allowed_payment_method_types[0]': 'card', payment_method: 'pm_card_visa', confirm: 'true', 'metadata[payment_id]': id });
    await settledWebhooks(1);
    for (const event of house.relay.held) await house.relay.send(event);
    await house.process();
    expect(await stateOf(id)).toBe('review');
    const { data: breaks } = await house.ask('finance', 'GET', '/reconciliation/breaks?state=open&kind=amount_mismatch');
    expect(breaks).toMatchObject([{ payment_id: id, expected: 196_679, actual: 196_678 }]);
    await house.operate();
    expect((await house.stripe('GET', `/v1/payment_intents/${intent.id}`)).status).toBe('canceled');
    expect(await stateOf(id)).toBe('voided');
    expect(await house.told(order.id)).toMatchObject([{ type: 'payment.failed.v1', data: { reason: 'amount_mismatch', may_try_again: false } }]);
  });

  it('a hold that has ended can’t be taken: the balance becomes the whole price', async () => {
    const { order, id } = await held();
    await house.later(7 * 24 + 2);
    await house.advance(order, 'contracted');
    await house.hear();
    expect(await house.operate()).toEqual(['refused']);
    expect(await house.payment(id)).toMatchObject({ state: 'voided', failure: { reason: 'expired' } });
    expect((await house.told(order.id)).at(-1)).toMatchObject({ type: 'payment.failed.v1', data: { reason: 'expired' } });
    expect((await house.pay(order, 'balance', 'card')).data.amount.amount).toBe(1_966_794);
  });

  it.each([['is being looked at', true], ['is not looked at yet', false]])('a day before a hold ends, where the car %s', async (_, isInspected) => {
    const { order, id } = await held();
    if (isInspected) {
      await house.advance(order, 'inspection');
      await house.hear();
    }
    await house.get(WatchHolds).run();
    await house.operate();
    expect(await stateOf(id)).toBe('authorized');
    await house.later(6 * 24 + 2);
    await house.get(WatchHolds).run();
    await house.operate();
    expect(await stateOf(id)).toBe(isInspected ? 'captured' : 'voided');
    expect((await house.told(order.id)).at(-1)).toMatchObject(isInspected ? { type: 'payment.captured.v1' } : { type: 'payment.failed.v1', data: { reason: 'released' } });
    if (isInspected) expect(await house.balances(order.id)).toMatchObject({ deposit_liability: -196_679 });
  });

  it('two pages paid at once: what is too much is let go', async () => {
    const { order, id } = await begun();
    await house.operate();
    const page = await house.page(id);
    // The buyer gives up in one window, and pays in the other before the provider has heard of it.
    await house.ask('buyer', 'POST', `/payments/${id}/cancel`);
    await house.checkout(page, good);
    expect(await house.operate()).toEqual(['refused']);
    expect([await stateOf(id), await toldTypes(order)]).toEqual(['authorized', ['payment.authorized.v1']]);
    expect(await house.pay(order, 'deposit', 'card')).toMatchObject({ status: 409, code: 'nothing_owed' });
  });
});

describe('refunds by hand', () => {
  const refund = (order: SpokenOrder, amount: number, person: 'agent' | 'finance' | 'secondFinance' | 'buyer' | 'stranger' = 'finance', currency = 'EUR') => house.ask(person, 'POST', '/refunds', { order_id: order.id, amount: { amount, currency }, reason: 'a scratch that nobody saw' });

  it('under the limit one is enough; what is not there can’t go back', async () => {
    const { order, id } = await captured();
    expect(await refund(order, 196_680)).toMatchObject({ status: 409, code: 'refund_exceeds_payment', error: { refundable: 196_679 } });
    expect(await refund(order, 1_000, 'finance', 'USD')).toMatchObject({ status: 400, code: 'currency_mismatch' });
    for (const amount of [0, -5]) expect((await refund(order, amount)).status).toBe(400);
    expect((await refund(order, 1_000, 'buyer')).status).toBe(403);
    expect((await refund(order, 1_000, 'stranger')).status).toBe(404);
    const asked = await refund(order, 50_000, 'agent');
    expect([asked.status, asked.data.state]).toEqual([201, 'approved']);
    await house.operate();
    expect((await house.ask('agent', 'GET', `/refunds/${asked.data.id}`)).data).toMatchObject({ state: 'succeeded', parts: [{ payment_id: id, status: 'succeeded' }] });
    expect(await house.payment(id)).toMatchObject({ state: 'partially_refunded', refunded: { amount: 50_000 } });
    // It is not owed again.
    expect((await house.pay(order, 'balance', 'card')).data.amount.amount).toBe(1_770_115);
  });

  it('above the limit, many small ones counted as one, it takes two people', async () => {
    const { order, id } = await captured();
    expect((await refund(order, 40_000, 'agent')).data.state).toBe('approved');
    const second = await refund(order, 10_001);
    expect(second.data).toMatchObject({ state: 'requested', needs_second: true });
    await house.operate();
    expect((await house.payment(id)).refunded.amount).toBe(40_000);
    const decide = (person: 'agent' | 'finance' | 'secondFinance' | 'stranger', what: string, body?: object) => house.ask(person, 'POST', `/refunds/${second.data.id}/${what}`, body);
    expect(await decide('finance', 'approve')).toMatchObject({ status: 409, code: 'second_approval_required' });
    expect((await decide('agent', 'approve')).status).toBe(403);
    expect((await decide('stranger', 'approve')).status).toBe(404);
    expect((await decide('secondFinance', 'approve', { note: 'seen' })).data).toMatchObject({ state: 'approved', decision_note: 'seen' });
    expect(await decide('secondFinance', 'refuse', { note: 'too late' })).toMatchObject({ status: 409, code: 'transition_not_allowed' });
    await house.operate();
    expect((await house.payment(id)).refunded.amount).toBe(50_001);
    const third = await refund(order, 20_000);
    expect((await house.ask('secondFinance', 'POST', `/refunds/${third.data.id}/refuse`, { note: 'no' })).data.state).toBe('refused');
  });

  it('to oneself it takes two people, however small it is', async () => {
    const order = await house.order('reserved', undefined, { buyer_id: buyingFinanceId });
    await house.hear();
    const { data } = await house.pay(order, 'deposit', 'card', 'buyingFinance');
    await house.operate();
    await house.checkout(await house.page(data.id), good);
    await house.get(LookAtPayment).run(data.id);
    await house.advance(order, 'contracted');
    await house.hear();
    await house.operate();
    const mine = await house.ask('buyingFinance', 'POST', '/refunds', { order_id: order.id, amount: { amount: 100, currency: 'EUR' }, reason: 'for me' });
    expect(mine.data).toMatchObject({ state: 'requested', needs_second: true });
    const asked = await refund(order, 50_000, 'finance');
    expect(asked.data.state).toBe('requested');
    expect(await house.ask('buyingFinance', 'POST', `/refunds/${asked.data.id}/approve`)).toMatchObject({ status: 409, code: 'second_approval_required' });
    expect((await house.ask('secondFinance', 'POST', `/refunds/${mine.data.id}/approve`)).data.state).toBe('approved');
  });

  it('what is refused is on record: who, what, and why not', async () => {
    const { order } = await captured();
    const { data: big } = await refund(order, 60_000, 'secondFinance');
    const kept = (): Promise<{ object_type: string; object_id: string; reason: string }[]> => house.db.query(`select object_type, object_id, reason from payment.audit_log where action like 'payment.%refused' and at >= $1 and actor_kind = 'user' order by at`, [since]);
    const since = new Date(house.clock.now().getTime());
    await house.db.query('delete from payment.audit_log where at >= $1', [since]);
    await refund(order, -5);
    await refund(order, 1_000, 'finance', 'USD');
    await refund(order, 999_999_999);
    await refund(order, 1_000, 'stranger');
    await refund(order, 1_000, 'buyer');
    await house.ask('secondFinance', 'POST', `/refunds/${big.id}/approve`);
    const rows = await house.untilSo(kept, (all) => all.length >= 6);
    const route = { object_type: 'route', object_id: 'POST /api/v1/refunds' };
    expect(rows.map((row) => row.reason).sort()).toEqual(['currency_mismatch', 'not_found', 'permission_denied', 'refund_exceeds_payment', 'second_approval_required', 'validation_failed']);
    expect(rows).toEqual(expect.arrayContaining([{ ...route, reason: 'currency_mismatch' }, { object_type: 'refund', object_id: big.id, reason: 'second_approval_required' }]));
  });

  it('the tenant sets its own limit', async () => {
    const limit = await house.ask('admin', 'GET', '/refund-limits/EUR');
    expect(limit.data).toEqual({ currency: 'EUR', limit: { amount: 50_000, currency: 'EUR' }, version: 0 });
    const put = (amount: number, etag: string) => house.ask('admin', 'PUT', '/refund-limits/EUR', { amount }, { 'if-match': etag });
    expect((await put(100, String(limit.headers.get('etag')))).data.version).toBe(1);
    expect((await put(200, String(limit.headers.get('etag')))).status).toBe(412);
    const { order } = await captured();
    expect((await refund(order, 101)).data.state).toBe('requested');
    const now = await house.ask('admin', 'GET', '/refund-limits/EUR');
    expect((await put(50_000, String(now.headers.get('etag')))).status).toBe(200);
  });

  it('takes a limit as it was read', async () => {
    const read = await house.ask('admin', 'GET', '/refund-limits/EUR');
    const put = (body: object, version = read.data.version) => house.ask('admin', 'PUT', '/refund-limits/EUR', body, { 'if-match': version === read.data.version ? String(read.headers.get('etag')) : '*' });
    const written = await put(read.data);
    expect([written.status, written.data]).toEqual([200, { ...read.data, version: read.data.version + 1 }]);
    for (const wrong of [{}, { amount: 1, limit: read.data.limit }, { limit: { amount: 1, currency: 'USD' } }, { amount: 1, currency: 'USD' }, { limit: { amount: -1, currency: 'EUR' } }]) expect(await put(wrong)).toMatchObject({ status: 400, code: 'validation_failed' });
  });
});

describe('a dispute', () => {
  it.each([['winning_evidence', 'won'], ['losing_evidence', 'lost']])('with %s is %s', async (statement, outcome) => {
    const { order, id } = await captured('4000000000000259');
    await house.get(LookAtPayment).run(id);
    const { data: disputes } = await house.ask('finance', 'GET', `/disputes?order_id=${order.id}`);
    expect(disputes).toMatchObject([{ status: 'opened', reason: 'fraudulent', amount: { amount: 196_679 }, taken_back: { amount: 196_679 } }]);
    expect((await house.told(order.id)).at(-1)).toMatchObject({ type: 'payment.disputed.v1', data: { status: 'opened', dispute_id: disputes[0].id } });
    expect(await house.balances(order.id)).toMatchObject({ chargebacks: 196_679 });
    expect(await house.ask('finance', 'POST', '/refunds', { order_id: order.id, amount: { amount: 100, currency: 'EUR' }, reason: 'no' })).toMatchObject({ status: 409, code: 'refund_exceeds_payment' });
    const send = () => house.ask('finance', 'POST', `/disputes/${disputes[0].id}/evidence`, { statement, fields: { service_date: '2026-11-20' } });
    expect((await send()).status).toBe(202);
    expect((await send()).status).toBe(409);
    await house.operate();
    expect((await house.ask('finance', 'GET', `/disputes/${disputes[0].id}`)).data).toMatchObject({ status: outcome, given_back: { amount: outcome === 'won' ? 196_679 : 0 } });
    expect((await house.told(order.id)).at(-1)).toMatchObject({ type: 'payment.disputed.v1', data: { status: outcome } });
    expect((await house.balances(order.id))['chargebacks'] ?? 0).toBe(outcome === 'won' ? 0 : 196_679);
    expect((await house.ask('stranger', 'GET', `/disputes/${disputes[0].id}`)).status).toBe(404);
  });
});
