import { LookAtPayment } from '../application/look-at-payment';
import { Reconcile } from '../application/reconcile';
import { PaypalConnection } from '../infrastructure/paypal/paypal-connection';
import { PaymentHouse, type SpokenOrder } from '../testing/payment-house';

let house: PaymentHouse;
beforeAll(async () => {
  house = await PaymentHouse.start({ work: true });
}, 120_000);
afterAll(() => house?.close());
beforeEach(() => {
  house.relay.arrived.length = 0;
});
afterEach(async () => {
  await house.chaos('paypal', { reset: true });
  await house.expectSound();
});

async function held(): Promise<{ readonly order: SpokenOrder; readonly id: string }> {
  const order = await house.order('reserved');
  const { data } = await house.pay(order, 'deposit', 'paypal');
  await house.agree(await house.page(data.id));
  await house.until(data.id, 'authorized');
  return { order, id: data.id };
}

describe('PayPal', () => {
  it('holds the deposit after the buyer has agreed, takes it with the contract, and the balance after that', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'paypal');
    expect(data).toMatchObject({ provider: 'paypal', method: 'paypal', state: 'created' });
    expect(await house.agree(await house.page(data.id))).toContain(`/orders/${order.id}?payment=${data.id}`);
    const held = await house.until(data.id, 'authorized');
    expect(Date.parse(held.capture_before) - Date.now()).toBeGreaterThan(28 * 86_400_000);
    await house.advance(order, 'contracted');
    await house.until(data.id, 'captured');
    const balance = await house.pay(order, 'balance', 'paypal');
    await house.agree(await house.page(balance.data.id));
    expect(await house.untilTold(order.id, 'payment.order_settled.v1')).toMatchObject({ data: { received: { amount: 1_966_794 } } });
    const { 'psp_clearing:paypal': clearing = 0, psp_fees: fees = 0, ...rest } = await house.balances(order.id);
    expect([clearing + fees, fees > 0, rest]).toEqual([1_966_794, true, { seller_payable: -1_899_000, commission_revenue: -56_970, vat_payable: -10_824 }]);
  });

  it('declines, and the buyer begins anew', async () => {
    const order = await house.order('reserved');
    const first = await house.pay(order, 'deposit', 'paypal');
    await house.agree(await house.page(first.data.id), 'declined');
    expect(await house.until(first.data.id, 'failed')).toMatchObject({ failure: { reason: 'declined', decline_code: 'INSTRUMENT_DECLINED' } });
    expect(await house.told(order.id)).toMatchObject([{ type: 'payment.failed.v1', data: { reason: 'declined', may_try_again: true } }]);
    const second = await house.pay(order, 'deposit', 'paypal');
    await house.agree(await house.page(second.data.id));
    await house.until(second.data.id, 'authorized');
  });

  it('lets a hold go, and keeps of one that was taken what may be kept', async () => {
    const voided = await held();
    await house.cancel(voided.order);
    expect(await house.until(voided.id, 'voided')).toMatchObject({ failure: { reason: 'released' } });
    await house.untilTold(voided.order.id, 'payment.refund_settled.v1');
    const kept = await held();
    await house.advance(kept.order, 'contracted');
    await house.until(kept.id, 'captured');
    await house.cancel(kept.order, 50_000);
    expect(await house.untilTold(kept.order.id, 'payment.refund_settled.v1')).toMatchObject({ data: { refunded: { amount: 146_679 }, retained: { amount: 50_000 } } });
  });

  it('is given up before anybody has agreed: what is agreed to later is not taken', async () => {
    const order = await house.order('reserved');
    const { data } = await house.pay(order, 'deposit', 'paypal');
    const page = await house.page(data.id);
    await house.ask('buyer', 'POST', `/payments/${data.id}/cancel`);
    expect(await house.until(data.id, 'failed')).toMatchObject({ failure: { reason: 'abandoned' } });
    await house.agree(page);
    await house.untilSo(() => Promise.resolve(house.relay.arrived), (all) => all.some(({ type }) => type === 'CHECKOUT.ORDER.APPROVED'));
    await house.get(LookAtPayment).run(data.id);
    expect((await house.payment(data.id)).state).toBe('failed');
  });

  it('asks for an old hold once more before it takes it', async () => {
    const { order, id } = await held();
    await house.later(5 * 24);
    await house.advance(order, 'contracted');
    expect(await house.until(id, 'captured')).toMatchObject({ captured: { amount: 196_679 }, authorized: { amount: 196_679 } });
  });

  it.each([{ fail_after_commit: true }, { duplicate: 2 }, { reorder: true }, { delay_ms: 150 }])('whatever happens on the way (%j) it is one payment', async (switches) => {
    await house.chaos('paypal', switches);
    const { order, id } = await held();
    await house.advance(order, 'contracted');
    await house.until(id, 'captured');
    expect((await house.told(order.id)).map(({ type }) => type)).toEqual(['payment.authorized.v1', 'payment.captured.v1']);
  });

  it('is believed by its signature alone', async () => {
    await held();
    const [event] = await house.untilSo(() => Promise.resolve(house.relay.arrived), (all) => all.length > 0);
    if (event === undefined) throw new Error('no event');
    expect(await house.relay.send(event)).toBe(200);
    const again = JSON.stringify(JSON.parse(event.body.toString('utf8')));
    expect(await house.relay.send({ ...event, body: Buffer.from(again) })).toBe(403);
    expect(await house.relay.send(event, { 'paypal-transmission-time': '2020-01-01T00:00:00Z' })).toBe(403);
    expect(await house.relay.send(event, { 'paypal-transmission-id': 'another' })).toBe(403);
    expect(await house.relay.send(event, { 'paypal-cert-url': `${house.relay.url}/v1/notifications/certs/mine` })).toBe(403);
    // Nor under another spelling of its address, nor by one that PayPal does not have.
    const address = String(event.headers['paypal-cert-url']);
    for (const other of [`${address}?again=1`, address.replace('://', '://me@'), `${address}0`, 'nowhere']) expect([other, await house.relay.send(event, { 'paypal-cert-url': other })]).toEqual([other, 403]);
    expect(await house.relay.send(event, { 'paypal-transmission-sig': '' })).toBe(403);
  });

  it('takes a payment back and gives it again when the evidence is good, and its books say what ours say', async () => {
    const { order, id } = await held();
    await house.advance(order, 'contracted');
    await house.until(id, 'captured');
    const [row] = await house.db.query<{ charge_ref: string }>('select charge_ref from payment.payments where id = $1', [id]);
    await house.played('disputes', { capture_id: row?.charge_ref, reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED' });
    const opened = await house.untilTold(order.id, 'payment.disputed.v1');
    expect(opened.data).toMatchObject({ status: 'opened', reason: 'merchandise_or_service_not_received', amount: { amount: 196_679 } });
    await house.untilSo(() => house.balances(order.id), (sums) => sums['chargebacks'] === 196_679);
    expect((await house.ask('finance', 'POST', `/disputes/${opened.data.dispute_id}/evidence`, { statement: 'It was handed over.' })).status).toBe(202);
    await house.untilSo(() => house.told(order.id), (all) => all.some((one) => one.type === 'payment.disputed.v1' && one.data.status === 'evidence_sent'));
    const [report] = await house.get(Reconcile).run({ provider: 'paypal', day: house.clock.now().toISOString().slice(0, 10) });
    expect(report?.movements).toBeGreaterThan(1);
    expect(report).toMatchObject({ breaks: 0 });
  });

  it.each([
    ['by the bank that has taken it back, whose word PayPal passes on', 'EXTERNAL'],
    ['by PayPal, which gives the buyer what it has held', 'INTERNAL'],
  ])('loses a dispute, decided %s: the money has gone once, in the books as in its report', async (_, channel) => {
    const { order, id } = await held();
    await house.advance(order, 'contracted');
    await house.until(id, 'captured');
    const [row] = await house.db.query<{ charge_ref: string }>('select charge_ref from payment.payments where id = $1', [id]);
    await house.played('disputes', { capture_id: row?.charge_ref, reason: 'MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED', channel });
    const opened = await house.untilTold(order.id, 'payment.disputed.v1');
    expect((await house.ask('finance', 'POST', `/disputes/${opened.data.dispute_id}/evidence`, { statement: 'It was as described.' })).status).toBe(202);
    await house.untilSo(() => house.told(order.id), (all) => all.some((one) => one.type === 'payment.disputed.v1' && one.data.status === 'evidence_sent'));
    const [dispute] = await house.db.query<{ ref: string }>('select ref from payment.disputes where payment_id = $1', [id]);
    await (await house.get(PaypalConnection).find())?.rest('POST', `/v1/customer/disputes/${dispute?.ref}/adjudicate`, { adjudication_outcome: 'BUYER_FAVOR' });
    await house.untilSo(() => house.told(order.id), (all) => all.some((one) => one.type === 'payment.disputed.v1' && one.data.status === 'lost'));
    const { 'psp_clearing:paypal': clearing = 0, psp_fees: fees = 0 } = await house.balances(order.id);
    expect(clearing + fees).toBe(0);
    expect(await house.get(Reconcile).run({ provider: 'paypal', day: house.clock.now().toISOString().slice(0, 10) })).toMatchObject([{ breaks: 0 }]);
    const queued = await house.db.query<{ kind: string }>('select kind from payment.breaks where payment_id = $1', [id]);
    expect(queued.map(({ kind }) => kind)).toEqual(['dispute_opened']);
    const { data: refunds } = await house.ask('finance', 'GET', `/refunds?order_id=${order.id}`);
    expect(refunds.map(({ reason }: { reason: string }) => reason)).toEqual(channel === 'INTERNAL' ? ['dispute_lost'] : []);
  });

  it('pays out to the bank: one that empties the account is booked by the orders whose money it carries, any other as a whole, and each once', async () => {
    const { order, id } = await held();
    await house.advance(order, 'contracted');
    await house.until(id, 'captured');
    const day = house.clock.now().toISOString().slice(0, 10);
    const reconcile = async () => expect(await house.get(Reconcile).run({ provider: 'paypal', day })).toMatchObject([{ breaks: 0 }]);
    const booked = () => house.db.query<{ order_id: string | null; account: string; amount: number }>(`select j.order_id, e.account, e.amount::integer as amount from payment.ledger_journals j join payment.ledger_entries e on e.journal_id = j.id where j.kind = 'provider_payout' and j.provider = 'paypal' order by j.id, e.seq`);
    const { amount: all } = await house.played('withdrawals', { currency: 'EUR' });
    await reconcile();
    const whole = await booked();
    const { 'psp_clearing:paypal': left = 0, bank = 0, psp_fees: fees = 0 } = await house.balances(order.id);
    expect([left, bank + fees]).toEqual([0, 196_679]);
    expect(whole.filter(({ account }) => account === 'bank').reduce((sum, { amount }) => sum + amount, 0)).toBe(Math.round(Number(all.value) * 100));
    expect(whole.some(({ order_id }) => order_id === null)).toBe(false);

    const next = await held();
    await house.advance(next.order, 'contracted');
    await house.until(next.id, 'captured');
    await house.played('withdrawals', { currency: 'EUR', amount: { currency_code: 'EUR', value: '100.00' }, fee: { currency_code: 'EUR', value: '1.50' } });
    await reconcile();
    await reconcile();
    expect((await booked()).slice(whole.length)).toEqual([{ order_id: null, account: 'bank', amount: 10_000 }, { order_id: null, account: 'psp_fees', amount: 150 }, { order_id: null, account: 'psp_clearing:paypal', amount: -10_150 }]);
  });
});
