import { load } from 'cheerio';
import type Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { control, smallSandbox, urlOf } from './suite/sandbox';
import { refused } from './suite/asking';
import { sdk, typesOf } from './suite/stripe';

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox);
});
afterAll(() => sandbox.close());

const item = { price_data: { currency: 'eur', unit_amount: 50_000, product_data: { name: 'Deposit for a BMW 320d' } }, quantity: 1 };
const urls = { success_url: 'https://shop.example/done?s={CHECKOUT_SESSION_ID}', cancel_url: 'https://shop.example/cart' };
const opened = (more: object = {}) => stripe.checkout.sessions.create({ mode: 'payment', line_items: [item], ...urls, ...more });

/** A visitor who fills in what the page asks for. */
const visit = async (url: string, fill: Record<string, string>): Promise<Response> => {
  const $ = load(await (await fetch(url)).text());
  const form = $('form');
  const given = new URLSearchParams();
  form.find('input').each((_, input) => {
    const [name, value] = [$(input).attr('name') ?? '', $(input).attr('value') ?? ''];
    if ($(input).attr('type') !== 'radio' || $(input).attr('checked') !== undefined) given.set(name, value);
  });
  for (const [name, value] of Object.entries(fill)) given.set(name, value);
  return fetch(new URL(form.attr('action') ?? '', url), { method: 'POST', body: given, redirect: 'manual' });
};
const card = (number: string) => ({ email: 'ada@example.com', billingName: 'Ada Buyer', cardNumber: number, cardExpiry: '12 / 31', cardCvc: '123' });
const location = (answer: Response): string => answer.headers.get('location') ?? '';

describe('Checkout', () => {
  it('holds a deposit: manual capture, metadata, and back to the shop with the session’s id', async () => {
    const session = await opened({ client_reference_id: 'order-1', metadata: { order: '1' }, customer_creation: 'always', payment_intent_data: { capture_method: 'manual', metadata: { leg: 'deposit' }, description: 'Deposit' } });
    expect(session).toMatchObject({ object: 'checkout.session', id: expect.stringMatching(/^cs_test_/u), status: 'open', payment_status: 'unpaid', amount_total: 50_000, currency: 'eur', payment_intent: null, expires_at: session.created + 86_400 });
    expect(session.url).toBe(`${urlOf(sandbox, 'stripe')}/c/pay/${session.id}`);
    const page = await (await fetch(session.url ?? '')).text();
    expect(page).toContain('Deposit for a BMW 320d');
    expect(page).toContain('€500.00');
    const back = await visit(session.url ?? '', card('4242 4242 4242 4242'));
    expect([back.status, location(back)]).toEqual([303, `https://shop.example/done?s=${session.id}`]);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent.latest_charge', 'line_items', 'customer'] });
    expect(done).toMatchObject({ status: 'complete', payment_status: 'unpaid', url: null, client_reference_id: 'order-1', metadata: { order: '1' }, customer_details: { email: 'ada@example.com', name: 'Ada Buyer' }, customer: { email: 'ada@example.com' }, payment_intent: { status: 'requires_capture', amount_capturable: 50_000, metadata: { leg: 'deposit' }, latest_charge: { captured: false } }, line_items: { data: [{ amount_total: 50_000, quantity: 1 }] } });
    expect(await typesOf(stripe, session.id)).toEqual(['checkout.session.completed']);
    const intent = done.payment_intent as Stripe.PaymentIntent;
    await stripe.paymentIntents.capture(intent.id);
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
    expect(location(await fetch(session.url ?? '', { redirect: 'manual' }))).toContain(session.id);
    expect((await stripe.paymentIntents.list({ limit: 100 })).data.filter((one) => one.metadata['leg'] === 'deposit')).toHaveLength(1);
  });

  it('says what is wrong with a card, and takes another one for the same payment', async () => {
    const session = await opened();
    const wrong = await visit(session.url ?? '', card('4242 4242 4242 4241'));
    expect([wrong.status, load(await wrong.text())('[role=alert]').text()]).toEqual([402, 'Your card number is incorrect.']);
    const poor = await visit(session.url ?? '', card('4000000000009995'));
    const text = await poor.text();
    expect(load(text)('[role=alert]').text()).toBe('Your card has insufficient funds.');
    expect(load(text)('#email').attr('value')).toBe('ada@example.com');
    expect((await visit(session.url ?? '', card('4242424242424242'))).status).toBe(303);
    const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', payment_intent: { status: 'succeeded' } });
    expect(await typesOf(stripe, (done.payment_intent as Stripe.PaymentIntent).id)).toEqual(['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed', 'charge.succeeded', 'payment_intent.succeeded', 'charge.updated', 'checkout.session.completed']);
  });

  it.each([['complete', 'done'], ['fail', 'form']])('leads over the bank’s page, where one may %s', async (outcome, then) => {
    const session = await opened();
    const toBank = location(await visit(session.url ?? '', card('4000002760003184')));
    expect(toBank).toContain('/authenticate/pi_');
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    const answered = await fetch(toBank, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });
    const last = await fetch(location(answered), { redirect: 'manual' });
    if (then === 'done') {
      expect(location(last)).toBe(`https://shop.example/done?s=${session.id}`);
      expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'paid' });
    } else {
      expect(load(await last.text())('[role=alert]').text()).toContain('unable to authenticate');
      expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    }
  });

  it('keeps a card for later', async () => {
    const customer = await stripe.customers.create();
    const session = await stripe.checkout.sessions.create({ mode: 'setup', customer: customer.id, currency: 'eur', ...urls });
    expect(session).toMatchObject({ mode: 'setup', amount_total: null, payment_status: 'no_payment_required', setup_intent: expect.stringMatching(/^seti_/u) });
    expect(location(await visit(session.url ?? '', card('5555555555554444')))).toContain(session.id);
    expect(await stripe.setupIntents.retrieve(String(session.setup_intent), { expand: ['payment_method'] })).toMatchObject({ status: 'succeeded', payment_method: { customer: customer.id, card: { brand: 'mastercard' } } });
  });

  it('waits for a bank transfer', async () => {
    const customer = await stripe.customers.create();
    const session = await opened({ customer: customer.id, allowed_payment_method_types: ['customer_balance'], payment_method_options: { customer_balance: { funding_type: 'bank_transfer', bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'FR' } } } } });
    const told = location(await visit(session.url ?? '', { email: 'ada@example.com', billingName: 'Ada' }));
    expect(await (await fetch(told)).text()).toContain('FR');
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    await stripe.testHelpers.customers.fundCashBalance(customer.id, { amount: 50_000, currency: 'eur' });
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
    expect(await typesOf(stripe, session.id)).toEqual(['checkout.session.completed', 'checkout.session.async_payment_succeeded']);
  });

  it('ends when it is told to, or when its time is over', async () => {
    const [told, left] = [await opened(), await opened()];
    await visit(left.url ?? '', card('4000000000000002'));
    expect(await stripe.checkout.sessions.expire(told.id)).toMatchObject({ status: 'expired', url: null });
    expect((await refused(stripe.checkout.sessions.expire(told.id))).statusCode).toBe(400);
    expect((await fetch(told.url ?? '')).status).toBe(410);
    await control(sandbox, 'clock', { advance: '25h' });
    const ended = await stripe.checkout.sessions.retrieve(left.id, { expand: ['payment_intent'] });
    expect(ended).toMatchObject({ status: 'expired', payment_intent: { status: 'canceled' } });
    expect((await fetch(left.url ?? '', { method: 'POST', body: new URLSearchParams(card('4242424242424242')) })).status).toBe(410);
    expect(await typesOf(stripe, left.id)).toEqual(['checkout.session.expired']);
  });

  it('lists what is sold page by page, in its order', async () => {
    const session = await opened({ line_items: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ ...item, price_data: { ...item.price_data, product_data: { name } } })) });
    const names = (items: readonly Stripe.LineItem[]) => items.map((one) => one.description);
    const first = await stripe.checkout.sessions.listLineItems(session.id, { limit: 2 });
    expect([names(first.data), first.has_more]).toEqual([['a', 'b'], true]);
    expect(names(await stripe.checkout.sessions.listLineItems(session.id, { limit: 2 }).autoPagingToArray({ limit: 9 }))).toEqual(['a', 'b', 'c', 'd', 'e']);
    const before = await stripe.checkout.sessions.listLineItems(session.id, { limit: 1, ending_before: first.data[1]?.id ?? '' });
    expect([names(before.data), before.has_more]).toEqual([['a'], false]);
    expect(await refused(stripe.checkout.sessions.listLineItems(session.id, { starting_after: 'li_none' }))).toMatchObject({ code: 'resource_missing', param: 'starting_after' });
    const both = { starting_after: first.data[0]?.id ?? '', ending_before: first.data[1]?.id ?? '' };
    expect(await refused(stripe.checkout.sessions.listLineItems(session.id, both))).toMatchObject({ code: 'parameters_exclusive', param: 'ending_before' });
  });

  it('refuses what cannot be sold', async () => {
    expect(await refused(stripe.checkout.sessions.create({ mode: 'payment', ...urls }))).toMatchObject({ code: 'parameter_missing', param: 'line_items' });
    expect(await refused(opened({ line_items: [{ ...item, price_data: { ...item.price_data, unit_amount: 10 } }] }))).toMatchObject({ code: 'amount_too_small' });
    expect(await refused(opened({ expires_at: 1 }))).toMatchObject({ param: 'expires_at' });
    expect(await refused(opened({ discounts: [{ coupon: 'half' }] }))).toMatchObject({ param: 'discounts' });
    expect(await refused(opened({ automatic_tax: { enabled: true } }))).toMatchObject({ param: 'automatic_tax' });
    expect((await opened({ automatic_tax: { enabled: false } })).status).toBe('open');
    expect(await refused(stripe.checkout.sessions.create({ mode: 'payment', line_items: [item] }))).toMatchObject({ param: 'success_url' });
  });

  it('shows names as they are, and nothing that they try to be', async () => {
    const session = await opened({ line_items: [{ ...item, price_data: { ...item.price_data, product_data: { name: '<script>alert(1)</script>' } } }] });
    const page = await (await fetch(session.url ?? '')).text();
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
  });
});
