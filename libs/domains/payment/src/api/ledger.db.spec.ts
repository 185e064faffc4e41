import { uuidv7 } from '@autobroker/kernel';
import { ListenToProviders } from '../application/listen-to-providers';
import { LookAtPayment } from '../application/look-at-payment';
import { CheckLedger } from '../application/check-ledger';
import { Reconcile } from '../application/reconcile';
import { aPrice, eur, PaymentHouse, type SpokenOrder } from '../testing/payment-house';

let house: PaymentHouse;
beforeAll(async () => {
  house = await PaymentHouse.start({ work: false });
  await house.get(ListenToProviders).run();
  house.relay.isHolding = true;
}, 120_000);
afterAll(() => house?.close());

const good = '4242424242424242';
const today = () => house.clock.now().toISOString().slice(0, 10);

async function bought(last: 'contracted' | 'completed' = 'contracted', number = good): Promise<{ readonly order: SpokenOrder; readonly ids: readonly string[] }> {
  const order = await house.order('reserved');
  await house.hear();
  const ids: string[] = [];
  for (const leg of ['deposit', 'balance'] as const) {
    if (leg === 'balance') await house.advance(order, 'contracted');
    await house.hear();
    await house.operate();
    const { data } = await house.pay(order, leg, 'card');
    await house.operate();
    await house.checkout(await house.page(data.id), number);
    await house.get(LookAtPayment).run(data.id);
    ids.push(data.id);
  }
  await house.advance(order, last);
  await house.hear();
  await house.operate();
  return { order, ids };
}

describe('the ledger', () => {
  it('is never changed', async () => {
    await bought();
    for (const sql of ['update payment.ledger_entries set amount = amount + 1', 'delete from payment.ledger_entries', 'update payment.ledger_journals set memo = 1', 'delete from payment.ledger_journals', 'truncate payment.ledger_entries']) {
      await expect(house.db.pool.query(sql)).rejects.toThrow(/never changed/u);
    }
  });

  it('takes nothing that does not add up, or mixes orders or currencies', async () => {
    const { order } = await bought();
    const journal = async (entries: readonly [string, number, string, string][]): Promise<void> => {
      await house.db.transaction(async (tx) => {
        const id = uuidv7();
        await tx.query(`insert into payment.ledger_journals (id, key, kind, order_id, currency, memo, posted_at) values ($1, $2, 'sale', $3, 'EUR', 0, now())`, [id, id, order.id]);
        await tx.query('insert into payment.ledger_entries (journal_id, seq, order_id, account, currency, amount) select $1, e.seq, e.of::uuid, e.account, e.currency, e.amount from unnest($2::int[], $3::text[], $4::bigint[], $5::text[], $6::text[]) as e (seq, account, amount, currency, of)', [id, entries.map((_, index) => index), entries.map(([account]) => account), entries.map(([, amount]) => amount), entries.map(([, , currency]) => currency), entries.map(([, , , of]) => of)]);
      });
    };
    await expect(journal([['buyer_receivable', 100, 'EUR', order.id], ['bank', -99, 'EUR', order.id]])).rejects.toThrow(/add up/u);
    await expect(journal([['buyer_receivable', 100, 'EUR', order.id], ['bank', -100, 'USD', order.id]])).rejects.toThrow(/one order and one currency/u);
    await expect(journal([['buyer_receivable', 100, 'EUR', order.id], ['bank', -100, 'EUR', uuidv7()]])).rejects.toThrow(/one order and one currency/u);
    await expect(journal([['piggy_bank', 100, 'EUR', order.id], ['bank', -100, 'EUR', order.id]])).rejects.toThrow(/check constraint/u);
    expect(await house.get(CheckLedger).run()).toMatchObject({ faults: 0 });
  });

  it('its nightly check finds a balance that is wrong, and an order that says something else than its payments', async () => {
    const { order, ids } = await bought();
    await house.db.query(`update payment.ledger_balances set amount = amount + 1 where order_id = $1 and account = 'psp_fees'`, [order.id]);
    await house.db.query('update payment.payments set captured = captured - 1, applied = applied - 1 where id = $1', [ids[1]]);
    expect(await house.get(CheckLedger).run()).toMatchObject({ faults: 2 });
    const { data } = await house.ask('finance', 'GET', '/reconciliation/breaks?state=open');
    expect(data.map(({ kind, order_id, expected, actual }: Record<string, unknown>) => [kind, order_id, expected, actual]).sort()).toEqual([['balance_differs', order.id, expect.any(Number), expect.any(Number)], ['order_differs', order.id, 1_966_793, 1_966_794]]);
    await house.db.query(`update payment.ledger_balances set amount = amount - 1 where order_id = $1 and account = 'psp_fees'`, [order.id]);
    await house.db.query('update payment.payments set captured = captured + 1, applied = applied + 1 where id = $1', [ids[1]]);
    expect(await house.get(CheckLedger).run()).toMatchObject({ faults: 0 });
  });

  it('its nightly check calls somebody where a buyer’s money should be back by now, once', async () => {
    const order = await house.order('requested');
    await house.hear();
    await house.db.query(`update payment.orders set is_cancelled = true, refund_due_at = $2 where id = $1`, [order.id, new Date(house.clock.now().getTime() + 60_000)]);
    expect(await house.get(CheckLedger).run()).toMatchObject({ faults: 0, late: 0 });
    await house.db.query(`update payment.orders set refund_due_at = $2 where id = $1`, [order.id, new Date(house.clock.now().getTime() - 60_000)]);
    for (let night = 0; night < 2; night += 1) expect(await house.get(CheckLedger).run()).toMatchObject({ faults: 0, late: 1 });
    expect((await house.ask('finance', 'GET', '/reconciliation/breaks?state=open&kind=refund_overdue')).data).toMatchObject([{ order_id: order.id }]);
    await house.db.query('update payment.orders set closed_at = $2 where id = $1', [order.id, house.clock.now()]);
  });

  it('has the tax that an order says is in its price, though the price has no line of it; and puts right in the night what was posted by a rule of before', async () => {
    const whole = { ...aPrice, total: eur(1_899_000), lines: [{ code: 'price', amount: eur(1_899_000), payee: 'broker' as const, rule: null }] };
    const order = await house.order('contracted', whole, { capacity: 'commissionaire', vat: { treatment: 'standard', rate: 1_900 } });
    await house.hear();
    expect(await house.balances(order.id)).toMatchObject({ buyer_receivable: 1_899_000, commission_revenue: -1_595_798, vat_payable: -303_202 });
    // As a sale of before the order told how it is taxed: posted as agreed, and now it is known.
    const before = await house.order('contracted', whole, { vat: undefined });
    await house.hear();
    expect(await house.balances(before.id)).toEqual({ buyer_receivable: 1_899_000, commission_revenue: -1_899_000 });
    await house.db.query(`update payment.orders set tax = $2, is_sale_doubtful = true where id = $1`, [before.id, JSON.stringify({ treatment: 'standard', rate: 1_900, capacity: 'commissionaire' })]);
    for (let night = 0; night < 2; night += 1) expect(await house.get(CheckLedger).run()).toMatchObject({ faults: 0 });
    expect(await house.balances(before.id)).toEqual({ buyer_receivable: 1_899_000, commission_revenue: -1_595_798, vat_payable: -303_202 });
    expect((await house.ask('finance', 'GET', `/ledger?order_id=${before.id}`)).data.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['sale', 'sale_adjusted']);
    await house.cancel(before);
    await house.hear();
    expect(await house.balances(before.id)).toEqual({});
  });

  it('takes the tax out of a fee that has it inside with the first event that says how the sale is taxed', async () => {
    const lines = [...aPrice.lines, { code: 'valet', amount: eur(9_999), payee: 'broker' as const, rule: null }].filter(({ code }) => code !== 'broker_fee_vat');
    const price = { ...aPrice, total: eur(lines.reduce((sum, { amount }) => sum + amount.amount, 0)), lines };
    const order = await house.order('contracted', price, { vat: null });
    await house.hear();
    expect(await house.balances(order.id)).toMatchObject({ commission_revenue: -66_969 });
    await house.say({ ...order, more: { vat: { treatment: 'standard', rate: 1_900 } } }, 'titling');
    await house.hear();
    // 569.70 and 99.99 with 19 % inside: 478.74 and 84.03 net, 106.93 of tax, a cent of rounding.
    expect(await house.balances(order.id)).toMatchObject({ commission_revenue: -56_276, vat_payable: -10_693 });
  });

  it('knows the balance of an order with ten thousand journals without adding them up', async () => {
    const { order } = await bought();
    await house.db.transaction(async (tx) => {
      await tx.query(`insert into payment.ledger_journals (id, key, kind, order_id, currency, memo, posted_at) select gen_random_uuid(), 'many:' || n, 'sale', $1, 'EUR', 0, now() from generate_series(1, 10000) n`, [order.id]);
      await tx.query(`insert into payment.ledger_entries (journal_id, seq, order_id, account, currency, amount) select j.id, s.n, $1, s.account, 'EUR', s.amount from payment.ledger_journals j, (values (1, 'client_funds', 7), (2, 'bank', -7)) s (n, account, amount) where j.key like 'many:%'`, [order.id]);
    });
    const sums = await house.balances(order.id);
    expect([sums['client_funds'], sums['bank']]).toEqual([70_000, -70_000]);
    const plan = await house.db.query<{ 'QUERY PLAN': string }>('explain select account, currency, amount from payment.ledger_balances where order_id = $1', [order.id]);
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('ledger_entries');
  });
});

describe('what the providers’ books say', () => {
  it('is what ours say; what a lost webhook would have told is learned, and the rest is a break', async () => {
    const { order, ids } = await bought('completed');
    const [first] = await house.get(Reconcile).run({ provider: 'stripe', day: today() });
    expect(first).toMatchObject({ breaks: 0 });
    expect(first?.movements).toBeGreaterThanOrEqual(2);
    // Somebody gives money back at Stripe's own dashboard, and its webhook is lost.
    const { data: payments } = await house.ask('agent', 'GET', `/orders/${order.id}/payments`);
    expect(payments.map(({ id }: { id: string }) => id)).toEqual(ids);
    const [row] = await house.db.query<{ intent_ref: string }>('select intent_ref from payment.payments where id = $1', [ids[0]]);
    await house.stripe('POST', '/v1/refunds', { payment_intent: row?.intent_ref ?? '', amount: '1000' });
    // And a payment of the same account that is none of ours.
    await house.stripe('POST', '/v1/payment_intents', { amount: '5000', currency: 'usd', 'allowed_payment_method_types[0]': 'card', payment_method: 'pm_card_visa', confirm: 'true' });
    const [second] = await house.get(Reconcile).run({ provider: 'stripe', day: today() });
    expect(second).toMatchObject({ breaks: 1, healed: 1 });
    const open = (await house.ask('operator', 'GET', '/reconciliation/breaks?state=open&kind=missing_here')).data;
    expect(open.map(({ actual, currency, order_id }: Record<string, unknown>) => [actual, currency, order_id]).sort()).toEqual([[expect.any(Number), 'USD', null]]);
    expect((await house.ask('finance', 'GET', '/reconciliation/breaks?state=open&kind=missing_here')).data).toEqual([]);
    expect(await house.get(Reconcile).run({ provider: 'stripe', day: today() })).toMatchObject([{ breaks: 1 }]);
    expect((await house.ask('finance', 'GET', `/refunds?order_id=${order.id}`)).data).toMatchObject([{ origin: 'provider', state: 'succeeded', amount: { amount: 1_000 } }]);
    const [left] = (await house.ask('operator', 'GET', '/reconciliation/breaks?state=open&kind=missing_here')).data;
    expect((await house.ask('operator', 'POST', `/reconciliation/breaks/${left.id}/resolve`, { note: 'a shop of ours' })).data).toMatchObject({ state: 'resolved', note: 'a shop of ours' });
    expect((await house.ask('operator', 'POST', `/reconciliation/breaks/${left.id}/resolve`, { note: 'again' })).status).toBe(409);
  });

  it('a refund that comes back days later is no break', async () => {
    const order = await house.order('reserved');
    await house.hear();
    const { data } = await house.pay(order, 'deposit', 'card');
    await house.operate();
    await house.checkout(await house.page(data.id), '4000000000005126');
    await house.get(LookAtPayment).run(data.id);
    await house.advance(order, 'contracted');
    await house.hear();
    await house.operate();
    await house.cancel(order);
    await house.hear();
    await house.operate();
    expect((await house.payment(data.id)).state).toBe('refunded');
    await house.later(24);
    await house.get(LookAtPayment).run(data.id);
    expect((await house.payment(data.id)).state).toBe('captured');
    const days = [new Date(house.clock.now().getTime() - 24 * 3_600_000).toISOString().slice(0, 10), today()];
    for (const day of days) expect(await house.get(Reconcile).run({ provider: 'stripe', day })).toMatchObject([{ breaks: 0 }]);
  });

  it('what was paid out to our bank is booked to the orders that it was earned by', async () => {
    const { order } = await bought('completed');
    const before = await house.balances(order.id);
    await house.later(3 * 24);
    const day = today();
    await house.later(24);
    await house.get(Reconcile).run({ provider: 'stripe', day });
    await house.get(Reconcile).run({ provider: 'stripe', day: today() });
    await house.get(Reconcile).run({ provider: 'stripe', day: today() });
    const after = await house.balances(order.id);
    expect([after['psp_clearing:stripe'] ?? 0, after['bank']]).toEqual([0, before['psp_clearing:stripe']]);
    expect(await house.get(CheckLedger).run()).toMatchObject({ faults: 0 });
  });
});

it('a completed sale owes its seller, who is paid once', async () => {
  const { order } = await bought('completed');
  const { data: due } = await house.ask('finance', 'GET', `/payouts?order_id=${order.id}`);
  expect(due).toMatchObject([{ payee: 'seller', state: 'due', amount: { amount: 1_899_000 } }]);
  const pay = (person: 'finance' | 'agent' | 'stranger') => house.ask(person, 'POST', `/payouts/${due[0].id}/pay`, { bank_reference: 'SEPA 2026-11-27/1' });
  expect([(await pay('agent')).status, (await pay('stranger')).status]).toEqual([403, 404]);
  expect((await pay('finance')).data).toMatchObject({ state: 'paid', bank_reference: 'SEPA 2026-11-27/1' });
  expect(await pay('finance')).toMatchObject({ status: 409, code: 'transition_not_allowed' });
  expect(await house.balances(order.id)).toMatchObject({ bank: -1_899_000, commission_revenue: -56_970 });
  expect(await house.balances(order.id)).not.toHaveProperty('seller_payable');

  // One transfer pays one debt, whoever writes it down first; another tenant's bank has its own references.
  const { order: next } = await bought('completed');
  const { data: owed } = await house.ask('finance', 'GET', `/payouts?order_id=${next.id}`);
  const again = (bank_reference: string) => house.ask('finance', 'POST', `/payouts/${owed[0].id}/pay`, { bank_reference });
  expect(await again(' SEPA 2026-11-27/1 ')).toMatchObject({ status: 409, code: 'already_exists' });
  expect((await again('SEPA 2026-11-27/1\nSEPA 2')).code).toBe('validation_failed');
  expect((await again('SEPA 2026-11-27/2')).data.state).toBe('paid');
});
