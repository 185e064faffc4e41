import type Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { smallSandbox } from './suite/sandbox';
import { refused } from './suite/asking';
import { sdk, typesOf } from './suite/stripe';

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox);
});
afterAll(() => sandbox.close());

const pay = { amount: 1_200, currency: 'eur', payment_method: 'pm_card_visa', confirm: true } satisfies Stripe.PaymentIntentCreateParams;

describe('a search', () => {
  it('finds by metadata, status and amount, all of them or one of them', async () => {
    const customer = await stripe.customers.create({ email: 'seek@example.com', name: 'Grace Seeker' });
    const make = (amount: number, metadata: Record<string, string>, more: object = {}) => stripe.paymentIntents.create({ ...pay, amount, metadata, customer: customer.id, ...more });
    const [one, two, held] = [await make(1_000, { order: '7', leg: "buyer's" }), await make(2_000, { order: '8' }), await make(3_000, { order: '7' }, { capture_method: 'manual' })];
    const found = async (query: string) => (await stripe.paymentIntents.search({ query })).data.map((intent) => intent.id);
    expect(await found("metadata['order']:'7'")).toEqual([held.id, one.id]);
    expect(await found(`metadata["order"]:"7" AND status:"succeeded"`)).toEqual([one.id]);
    expect(await found(`metadata['leg']:'buyer\\'s'`)).toEqual([one.id]);
    expect(await found(`customer:'${customer.id}' -metadata['order']:'7'`)).toEqual([two.id]);
    expect(await found(`customer:'${customer.id}' AND amount>=2000`)).toEqual([held.id, two.id]);
    expect(await found("metadata['order']:'8' OR metadata['leg']:'buyer\\'s'")).toEqual([two.id, one.id]);
    expect(await found(`customer:'${customer.id}' AND -metadata['leg']:null`)).toEqual([one.id]);
    expect((await stripe.customers.search({ query: "email:'SEEK@example.com' name~'seeker'" })).data.map((who) => who.id)).toEqual([customer.id]);
    expect((await stripe.charges.search({ query: `payment_method_details.card.last4:4242 AND customer:'${customer.id}'` })).data).toHaveLength(3);
  });

  it('is walked page by page, with expansion', async () => {
    for (let at = 0; at < 7; at += 1) await stripe.paymentIntents.create({ ...pay, metadata: { walk: 'on' } });
    const walked: Stripe.PaymentIntent[] = [];
    for await (const intent of stripe.paymentIntents.search({ query: "metadata['walk']:'on'", limit: 3, expand: ['data.latest_charge'] })) walked.push(intent);
    expect(new Set(walked.map((intent) => intent.id)).size).toBe(7);
    expect(walked[0]?.latest_charge).toMatchObject({ object: 'charge' });
    expect(await stripe.paymentIntents.search({ query: "metadata['walk']:'on'", limit: 3 })).toMatchObject({ object: 'search_result', url: '/v1/payment_intents/search', has_more: true, next_page: expect.any(String) });
  });

  it.each(["colour:'red'", 'status', '', "status:'a' AND", "status:'a' AND status:'b' OR status:'c'"])('refuses %j', async (query) => {
    expect(await refused(stripe.paymentIntents.search({ query }))).toMatchObject({ statusCode: 400, param: 'query' });
  });
});

describe('a test clock', () => {
  it('moves the time of its customers alone: a hold ends, another one stays', async () => {
    const start = Math.floor(Date.parse('2026-04-01T00:00:00Z') / 1_000);
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start, name: 'holds' });
    expect(clock).toMatchObject({ object: 'test_helpers.test_clock', status: 'ready', frozen_time: start });
    const customer = await stripe.customers.create({ test_clock: clock.id });
    const hold = { ...pay, capture_method: 'manual', expand: ['latest_charge'] } satisfies Stripe.PaymentIntentCreateParams;
    const [theirs, other] = [await stripe.paymentIntents.create({ ...hold, customer: customer.id }), await stripe.paymentIntents.create(hold)];
    expect(theirs).toMatchObject({ created: start, latest_charge: { payment_method_details: { card: { capture_before: start + 7 * 86_400 } } } });
    expect((await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: start + 6 * 86_400 })).status).toBe('advancing');
    expect((await stripe.testHelpers.testClocks.retrieve(clock.id)).status).toBe('ready');
    expect((await stripe.paymentIntents.retrieve(theirs.id)).status).toBe('requires_capture');
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: start + 8 * 86_400 });
    expect(await stripe.paymentIntents.retrieve(theirs.id)).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic', canceled_at: start + 7 * 86_400 });
    expect((await stripe.paymentIntents.retrieve(other.id)).status).toBe('requires_capture');
    expect(await typesOf(stripe, theirs.id)).toContain('charge.expired');
    expect(await typesOf(stripe, clock.id)).toEqual(expect.arrayContaining(['test_helpers.test_clock.created', 'test_helpers.test_clock.advancing', 'test_helpers.test_clock.ready']));
  });

  it('brings disputes, refunds and their ends at its own time, and does not go back', async () => {
    const start = 1_800_000_000;
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
    const customer = await stripe.customers.create({ test_clock: clock.id });
    const disputed = await stripe.paymentIntents.create({ ...pay, customer: customer.id, payment_method: 'pm_card_createDispute' });
    const paid = await stripe.paymentIntents.create({ ...pay, customer: customer.id, payment_method: 'pm_card_refundFail' });
    const refund = await stripe.refunds.create({ payment_intent: paid.id });
    const [dispute] = (await stripe.disputes.list({ payment_intent: disputed.id })).data;
    expect(dispute).toMatchObject({ created: start, status: 'needs_response' });
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: start + 30 * 86_400 });
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe('failed');
    expect((await stripe.disputes.retrieve(dispute?.id ?? '')).status).toBe('lost');
    expect(await refused(stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: start }))).toMatchObject({ statusCode: 400, param: 'frozen_time' });
    expect((await stripe.customers.list({ test_clock: clock.id })).data.map((one) => one.id)).toEqual([customer.id]);
    await stripe.testHelpers.testClocks.del(clock.id);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
  });
});

describe('what is sold by name', () => {
  it('stands in a catalogue, and Checkout may name it', async () => {
    const product = await stripe.products.create({ name: 'Inspection', default_price_data: { currency: 'eur', unit_amount: 14_900 } });
    const price = await stripe.prices.retrieve(String(product.default_price), { expand: ['product'] });
    expect(price).toMatchObject({ unit_amount: 14_900, currency: 'eur', type: 'one_time', product: { name: 'Inspection' } });
    const session = await stripe.checkout.sessions.create({ mode: 'payment', line_items: [{ price: price.id, quantity: 2 }], success_url: 'https://shop.example/done', expand: ['line_items.data.price.product'] });
    expect(session).toMatchObject({ amount_total: 29_800, currency: 'eur', line_items: { data: [{ description: 'Inspection', quantity: 2, price: { id: price.id, product: { name: 'Inspection' } } }] } });
    await stripe.prices.update(price.id, { active: false });
    expect((await stripe.prices.list({ product: product.id, active: true })).data).toEqual([]);
    expect(await refused(stripe.checkout.sessions.create({ mode: 'payment', line_items: [{ price: price.id, quantity: 1 }], success_url: 'https://shop.example/done' }))).toMatchObject({ param: 'line_items[0][price]' });
    expect(await refused(stripe.products.del(product.id))).toMatchObject({ statusCode: 400 });
  });
});

it('says whose account it is', async () => {
  expect(await stripe.accounts.retrieveCurrent()).toMatchObject({ object: 'account', charges_enabled: true, payouts_enabled: true });
});
