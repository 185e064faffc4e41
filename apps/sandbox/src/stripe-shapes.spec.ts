import type Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { until } from './suite/asking';
import { control, smallSandbox, urlOf, type Parsed } from './suite/sandbox';
import { Shapes } from './suite/shapes';
import { keyOf, sdk } from './suite/stripe';

let sandbox: Sandbox;
let stripe: Stripe;
let shapes: Shapes;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox, { maxNetworkRetries: 0 });
  shapes = new Shapes('stripe-shapes.ts');
}, 60_000);
afterAll(() => sandbox.close());

/** As it came over the wire. */
const wire = async (path: string): Promise<Parsed> => (await fetch(`${urlOf(sandbox, 'stripe')}/v1/${path}`, { headers: { authorization: `Bearer ${await keyOf(sandbox)}` } })).json();

const kinds: Readonly<Record<string, string>> = {
  ch: 'charges', cs: 'checkout/sessions', cus: 'customers', du: 'disputes', file: 'files', issfr: 'radar/early_fraud_warnings', pi: 'payment_intents', pm: 'payment_methods', po: 'payouts', prod: 'products', price: 'prices', py: 'charges', pyr: 'refunds', re: 'refunds', seti: 'setup_intents', clock: 'test_helpers/test_clocks', txn: 'balance_transactions', we: 'webhook_endpoints',
};
const faultsOf = (value: Parsed): readonly string[] => shapes.faultsOf(value, value.object);
const isAsPromised = async (id: unknown): Promise<void> => {
  const path = `${kinds[String(id).split('_')[0] ?? ''] ?? 'nothing'}/${String(id)}`;
  expect({ [path]: faultsOf(await wire(path)) }).toEqual({ [path]: [] });
};

const pay = (more: object = {}) => stripe.paymentIntents.create({ amount: 25_00, currency: 'eur', payment_method: 'pm_card_visa', confirm: true, return_url: 'https://shop.example/', ...more });
const answer = (intent: Stripe.PaymentIntent) => fetch(intent.next_action?.redirect_to_url?.url ?? '', { method: 'POST', redirect: 'manual', body: new URLSearchParams({ outcome: 'complete' }) });
const whole = async (id: string): Promise<void> => {
  const intent = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] });
  const charge = intent.latest_charge as Stripe.Charge | null;
  for (const one of [id, intent.payment_method, charge?.id, charge?.balance_transaction]) if (one !== null && one !== undefined) await isAsPromised(one);
};

describe('everything is of the shape that the SDK promises', () => {
  it.each([['paid', {}], ['held', { capture_method: 'manual' }], ['for somebody, elsewhere', { shipping: { name: 'Ada', address: { line1: 'Hauptstraße 1' } }, receipt_email: 'ada@example.com' }]])('a payment that is %s', async (_, more) => whole((await pay(more)).id));

  it('a payment that its customer proves', async () => {
    const intent = await pay({ payment_method: 'pm_card_threeDSecure2Required' });
    await whole(intent.id);
    await answer(intent);
    await whole(intent.id);
  });

  it('a payment that is declined, and one that is given up', async () => {
    const declined = await pay({ payment_method: 'pm_card_chargeDeclined' }).then(() => null, (error: Parsed) => error.payment_intent);
    await whole(declined.id);
    await whole((await stripe.paymentIntents.cancel(declined.id)).id);
  });

  it('refunds, whatever becomes of them', async () => {
    for (const payment_method of ['pm_card_visa', 'pm_card_refundFail', 'pm_card_pendingRefund']) {
      const { id } = await stripe.refunds.create({ payment_intent: (await pay({ payment_method })).id, amount: 5_00 });
      await isAsPromised(id);
      await control(sandbox, 'clock', { advance: '2d' });
      await isAsPromised(id);
    }
  });

  it.each(['createDispute', 'createDisputeInquiry', 'createComplianceDispute'])('a dispute, pm_card_%s', async (name) => {
    const { id } = await pay({ payment_method: `pm_card_${name}` });
    const [dispute] = await until(async () => (await stripe.disputes.list({ payment_intent: id })).data, (found) => found.length > 0);
    await isAsPromised(dispute?.id);
    await stripe.disputes.close(dispute?.id ?? '');
    await isAsPromised(dispute?.id);
    await whole(id);
  });

  it('customers, their money and what they pay with', async () => {
    const { id: customer } = await stripe.customers.create({ name: 'Ada', email: 'ada@example.com', address: { city: 'Bonn' } });
    await isAsPromised(customer);
    const transfer = { funding_type: 'bank_transfer' as const, bank_transfer: { type: 'eu_bank_transfer' as const, eu_bank_transfer: { country: 'DE' as const } } };
    expect(faultsOf(await stripe.customers.createFundingInstructions(customer, { currency: 'eur', ...transfer }))).toEqual([]);
    const { id } = await pay({ customer, payment_method: undefined, allowed_payment_method_types: ['customer_balance'], payment_method_data: { type: 'customer_balance' }, payment_method_options: { customer_balance: transfer } });
    await whole(id);
    await stripe.testHelpers.customers.fundCashBalance(customer, { amount: 30_00, currency: 'eur' });
    await whole(id);
    await isAsPromised((await stripe.refunds.create({ payment_intent: id, amount: 1_00 })).id);
    expect(faultsOf(await wire(`customers/${customer}/cash_balance`))).toEqual([]);
    for (const one of (await wire(`customers/${customer}/cash_balance_transactions`)).data) expect(faultsOf(one)).toEqual([]);
    await whole((await pay({ payment_method: undefined, payment_method_data: { type: 'sepa_debit', sepa_debit: { iban: 'DE89370400440532013000' }, billing_details: { name: 'Ada', email: 'ada@example.com' } } })).id);
    const setup = await stripe.setupIntents.create({ customer, payment_method: 'pm_card_visa', confirm: true });
    await isAsPromised(setup.id);
    for (const one of (await wire(`setup_attempts?setup_intent=${setup.id}`)).data) expect(faultsOf(one)).toEqual([]);
  });

  it('sessions, and what is sold by them', async () => {
    const success_url = 'https://shop.example/';
    const { id } = await stripe.checkout.sessions.create({ mode: 'payment', success_url, customer_email: 'ada@example.com', line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 25_00, product_data: { name: 'A car' } } }] });
    await isAsPromised(id);
    const { data } = await wire(`checkout/sessions/${id}/line_items`);
    for (const one of data) expect(faultsOf(one)).toEqual([]);
    for (const one of [data[0].price.id, data[0].price.product]) await isAsPromised(one);
    await stripe.checkout.sessions.expire(id);
    await isAsPromised(id);
    await isAsPromised((await stripe.checkout.sessions.create({ mode: 'setup', currency: 'eur', success_url })).id);
  });

  it('the account and what belongs to it', async () => {
    await pay({ amount: 500_00, currency: 'usd', payment_method: 'pm_card_bypassPending' });
    const payout = await stripe.payouts.create({ amount: 10_00, currency: 'usd' });
    for (const one of [payout.id, payout.balance_transaction]) await isAsPromised(one);
    await isAsPromised((await stripe.webhookEndpoints.create({ url: 'https://shop.example/hook', enabled_events: ['*'] })).id);
    await isAsPromised((await stripe.testHelpers.testClocks.create({ frozen_time: 2_000_000_000 })).id);
    await isAsPromised((await stripe.files.create({ purpose: 'dispute_evidence', file: { data: Buffer.from('%PDF-1.4'), name: 'evidence.pdf', type: 'application/pdf' } })).id);
    await pay({ payment_method: 'pm_card_createIssuerFraudRecord' });
    const warned = await until(async () => (await stripe.radar.earlyFraudWarnings.list()).data, (found) => found.length > 0);
    await isAsPromised(warned[0]?.id);
    for (const path of ['account', 'balance']) expect({ [path]: faultsOf(await wire(path)) }).toEqual({ [path]: [] });
    expect(faultsOf(await stripe.tokens.create({ card: { number: '4242424242424242', exp_month: '12', exp_year: '2039', cvc: '123', name: 'Ada', address_zip: '53111' } }))).toEqual([]);
  });
});
