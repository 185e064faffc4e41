import Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { control, smallSandbox, textAt, urlOf, type Parsed } from './suite/sandbox';
import { refused } from './suite/asking';
import { keyOf, raw, sdk } from './suite/stripe';

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox, { maxNetworkRetries: 0 });
});
afterEach(() => control(sandbox, 'chaos', { vendor: 'stripe', reset: true }));
afterAll(() => sandbox.close());

const pay = { amount: 1_200, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, allowed_payment_method_types: ['card'] };

describe('who asks', () => {
  it('needs the key, and no other', async () => {
    const none = await fetch(`${urlOf(sandbox, 'stripe')}/v1/balance`);
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Stripe"']);
    expect(await none.json()).toMatchObject({ error: { type: 'invalid_request_error', message: expect.stringContaining('You did not provide an API key') } });
    const { hostname, port } = new URL(urlOf(sandbox, 'stripe'));
    const stranger = new Stripe('sk_test_wrong1234567890', { host: hostname, port: Number(port), protocol: 'http' });
    expect(await refused(stranger.balance.retrieve())).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401, message: 'Invalid API Key provided: sk_test_***********7890' });
    const basic = await fetch(`${urlOf(sandbox, 'stripe')}/v1/balance`, { headers: { authorization: `Basic ${Buffer.from(`${await keyOf(sandbox)}:`).toString('base64')}` } });
    expect(basic.status).toBe(200);
  });

  it('is named on the front page and to programs', async () => {
    const { vendors } = await control(sandbox, 'vendors');
    const told = vendors.find((one: Parsed) => one.slug === 'stripe');
    expect(told).toMatchObject({ slug: 'stripe', base_url: urlOf(sandbox, 'stripe'), kind: 'payments', key: { secret_key: expect.stringMatching(/^sk_test_/u), publishable_key: expect.stringMatching(/^pk_test_/u) } });
    expect(await textAt(sandbox.url)).toContain(`href="${urlOf(sandbox, 'stripe')}/"`);
    const front = await textAt(sandbox.url);
    for (const part of [urlOf(sandbox, 'stripe'), ...Object.values(told.key), 'webhookEndpoints.create']) expect(front).toContain(part);
    expect(told.hints).toMatchObject({ webhooks: expect.stringContaining('secret'), sdk: expect.stringContaining(new URL(urlOf(sandbox, 'stripe')).port) });
    expect(await textAt(`${urlOf(sandbox, 'stripe')}/`)).toContain('Webhook endpoints');
  });

  it('may do in a browser what the other key allows', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 1_000, currency: 'usd' });
    const key = (await control(sandbox, 'vendors')).vendors.find((one: Parsed) => one.slug === 'stripe').key.publishable_key;
    const asked = (path: string) => fetch(`${urlOf(sandbox, 'stripe')}${path}`, { headers: { authorization: `Bearer ${key}` } });
    expect((await asked(`/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret ?? ''}`)).status).toBe(200);
    expect((await asked(`/v1/payment_intents/${intent.id}?client_secret=other`)).status).toBe(403);
    expect((await asked(`/v1/payment_intents/${intent.id}`)).status).toBe(403);
    expect((await asked('/v1/charges')).status).toBe(403);
  });

  it('is answered with the request’s id and version', async () => {
    const { headers } = await raw(sandbox, 'GET', '/v1/balance', null, { 'stripe-version': '2025-09-30.clover' });
    expect(headers.get('request-id')).toMatch(/^req_/u);
    expect(headers.get('stripe-version')).toBe('2025-09-30.clover');
    expect((await raw(sandbox, 'GET', '/v1/balance', null, { 'stripe-version': 'yesterday' })).status).toBe(400);
    expect((await stripe.balance.retrieve()).lastResponse).toMatchObject({ statusCode: 200, apiVersion: '2026-10-28.endive' });
  });

  it('asks for this account, and for no other', async () => {
    const { id } = await stripe.accounts.retrieveCurrent();
    expect((await stripe.customers.create({}, { stripeAccount: id })).lastResponse.headers['stripe-account']).toBe(id);
    const strange = { type: 'StripePermissionError', statusCode: 403, code: 'account_invalid' };
    expect(await refused(stripe.customers.create({}, { stripeAccount: 'acct_other' }))).toMatchObject(strange);
    expect(await refused(stripe.accounts.retrieve('acct_other'))).toMatchObject(strange);
  });

  it('is told of what does not exist', async () => {
    expect(await refused(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'intent', message: "No such payment_intent: 'pi_none'" });
    expect(await refused(stripe.customers.retrieve('cus_none'))).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'id' });
    expect((await raw(sandbox, 'GET', '/v1/unicorns')).body.error.message).toContain('Unrecognized request URL (GET: /v1/unicorns)');
    expect((await raw(sandbox, 'GET', '/v1/unicorns')).status).toBe(404);
  });
});

describe('an idempotency key', () => {
  it('gives the same answer again, and does nothing', async () => {
    const first = await stripe.paymentIntents.create(pay, { idempotencyKey: 'order:deposit:1' });
    const again = await stripe.paymentIntents.create(pay, { idempotencyKey: 'order:deposit:1' });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(again.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect(again).toEqual(first);
  });

  it('is for one request alone', async () => {
    await stripe.paymentIntents.create(pay, { idempotencyKey: 'k2' });
    expect(await refused(stripe.paymentIntents.create({ ...pay, amount: 1_300 }, { idempotencyKey: 'k2' }))).toMatchObject({ type: 'StripeIdempotencyError', rawType: 'idempotency_error', statusCode: 400 });
    expect(await refused(stripe.customers.create({}, { idempotencyKey: 'k2' }))).toMatchObject({ rawType: 'idempotency_error', statusCode: 400 });
  });

  it('repeats a refusal of the bank, but not one of the form', async () => {
    const declined = { ...pay, payment_method: 'pm_card_chargeDeclined' };
    const [one, other] = [await refused(stripe.paymentIntents.create(declined, { idempotencyKey: 'k3' })), await refused(stripe.paymentIntents.create(declined, { idempotencyKey: 'k3' }))];
    expect(other.payment_intent.id).toBe(one.payment_intent.id);
    expect((await raw(sandbox, 'POST', '/v1/customers', 'nme=x', { 'idempotency-key': 'k4' })).status).toBe(400);
    for (const wrong of ['email=nobody', 'tax_exempt=maybe', 'address=here', 'preferred_locales=de', 'name=x&expand[]=colour']) expect((await raw(sandbox, 'POST', '/v1/customers', wrong, { 'idempotency-key': 'k4' })).status).toBe(400);
    expect((await raw(sandbox, 'POST', '/v1/customers', 'name=x', { 'idempotency-key': 'k4' })).status).toBe(200);
  });

  it('is in use while its request runs', async () => {
    await control(sandbox, 'chaos', { vendor: 'stripe', delay_ms: 400 });
    const twice = () => raw(sandbox, 'POST', '/v1/customers', 'name=x', { 'idempotency-key': 'k5' });
    const many = await Promise.all([twice(), twice(), twice(), twice(), twice()]);
    const good = many.filter((one) => one.status === 200);
    expect(new Set(good.map((one) => one.body.id)).size).toBe(1);
    for (const one of many.filter((other) => other.status !== 200)) expect([one.status, one.body.error.code]).toEqual([409, 'idempotency_key_in_use']);
    expect(many.some((one) => one.status === 409)).toBe(true);
  });

  it('finds what was done though its answer was a failure', async () => {
    await control(sandbox, 'chaos', { vendor: 'stripe', fail_after_commit: true });
    const intent = await (await sdk(sandbox, { maxNetworkRetries: 2 })).paymentIntents.create({ ...pay, metadata: { once: 'only' } }, { idempotencyKey: 'k6' });
    expect(intent.lastResponse.headers['idempotent-replayed']).toBe('true');
    const all = await stripe.paymentIntents.list({ limit: 100 });
    expect(all.data.filter((one) => one.metadata['once'] === 'only')).toHaveLength(1);
  });
});

describe('a list', () => {
  it('is walked by cursors both ways, the newest first', async () => {
    const made: string[] = [];
    for (let at = 0; at < 23; at += 1) made.push((await stripe.customers.create({ email: 'list@example.com', metadata: { at: String(at) } })).id);
    made.reverse();
    const listed: string[] = [];
    for await (const customer of stripe.customers.list({ email: 'list@example.com', limit: 5 })) listed.push(customer.id);
    expect(listed).toEqual(made);
    const page = await stripe.customers.list({ email: 'list@example.com', limit: 3, starting_after: made[4] ?? '' });
    expect(page).toMatchObject({ object: 'list', url: '/v1/customers', has_more: true });
    expect(page.data.map((one) => one.id)).toEqual(made.slice(5, 8));
    const before = await stripe.customers.list({ email: 'list@example.com', limit: 3, ending_before: made[8] ?? '' });
    expect(before.data.map((one) => one.id)).toEqual(made.slice(5, 8));
    expect(before.has_more).toBe(true);
    const end = await stripe.customers.list({ email: 'list@example.com', limit: 10, starting_after: made[19] ?? '' });
    expect([end.data.length, end.has_more]).toEqual([3, false]);
    expect((await stripe.customers.list({ email: 'list@example.com' })).data).toHaveLength(10);
  });

  it('is narrowed by time and owner', async () => {
    const customer = await stripe.customers.create();
    const intent = await stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer: customer.id });
    expect((await stripe.paymentIntents.list({ customer: customer.id })).data.map((one) => one.id)).toEqual([intent.id]);
    expect((await stripe.paymentIntents.list({ customer: customer.id, created: { gte: intent.created, lte: intent.created + 5 } })).data).toHaveLength(1);
    expect((await stripe.paymentIntents.list({ customer: customer.id, created: { lt: intent.created } })).data).toHaveLength(0);
    expect((await stripe.paymentIntents.list({ customer: customer.id, created: intent.created })).data).toHaveLength(1);
  });

  it('of somebody is of somebody who is, or was, there', async () => {
    for (const list of [stripe.paymentIntents.list({ customer: 'cus_none' }), stripe.charges.list({ customer: 'cus_none' }), stripe.paymentMethods.list({ customer: 'cus_none' })]) expect(await refused(list)).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'customer' });
    for (const list of [stripe.charges.list({ payment_intent: 'pi_none' }), stripe.refunds.list({ payment_intent: 'pi_none' })]) expect(await refused(list)).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'payment_intent' });
    const customer = await stripe.customers.create();
    await stripe.paymentIntents.create({ amount: 900, currency: 'usd', customer: customer.id });
    await stripe.customers.del(customer.id);
    expect((await stripe.paymentIntents.list({ customer: customer.id, expand: ['data.customer'] })).data).toMatchObject([{ customer: { id: customer.id, deleted: true } }]);
  });

  it('refuses limits, cursors and filters that make no sense', async () => {
    for (const [query, param] of [['limit=0', 'limit'], ['limit=101', 'limit'], ['limit=x', 'limit'], ['starting_after=cus_none', 'starting_after'], ['colour=red', 'colour']] as const) {
      const { status, body } = await raw(sandbox, 'GET', `/v1/customers?${query}`);
      expect([status, body.error.param]).toEqual([400, param]);
    }
  });
});

describe('expansion', () => {
  it('goes four levels deep, into lists as well', async () => {
    const customer = await stripe.customers.create({ name: 'Ada' });
    const { id } = await stripe.paymentIntents.create({ ...pay, customer: customer.id });
    const intent = await stripe.paymentIntents.retrieve(id, { expand: ['customer', 'payment_method', 'latest_charge.balance_transaction.source'] });
    expect(intent).toMatchObject({ customer: { name: 'Ada' }, payment_method: { card: { last4: '4242' } }, latest_charge: { balance_transaction: { source: { object: 'charge', payment_intent: id } } } });
    const listed = await stripe.charges.list({ payment_intent: id, expand: ['data.balance_transaction', 'data.payment_intent.customer'] });
    expect(listed.data).toMatchObject([{ balance_transaction: { amount: 1_200 }, payment_intent: { customer: { id: customer.id } } }]);
    expect((await stripe.paymentIntents.retrieve(id)).customer).toBe(customer.id);
    expect(await refused(stripe.paymentIntents.retrieve(id, { expand: ['colour'] }))).toMatchObject({ statusCode: 400, param: 'expand', message: expect.stringContaining('cannot be expanded (colour)') });
    expect(await refused(stripe.paymentIntents.retrieve(id, { expand: ['a.b.c.d.e'] }))).toMatchObject({ statusCode: 400 });
  });

  it.each(['colour', 'amount', 'metadata', 'latest_charge.colour', 'customer.name', 'latest_charge.balance_transaction.source.colour'])('refuses %s before anything is done', async (path) => {
    const marked = { ...pay, metadata: { path } };
    expect(await refused(stripe.paymentIntents.create({ ...marked, expand: [path] }))).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, param: 'expand' });
    expect((await stripe.paymentIntents.search({ query: `metadata['path']:'${path}'` })).data).toEqual([]);
  });

  it('of a list begins with data, whatever is in it', async () => {
    expect(await refused(stripe.charges.list({ expand: ['customer'] }))).toMatchObject({ statusCode: 400, message: expect.stringContaining("'data.customer'") });
    expect(await refused(stripe.payouts.list({ expand: ['data.colour'] }))).toMatchObject({ statusCode: 400 });
    expect((await stripe.payouts.list({ expand: ['data.balance_transaction'] })).data).toEqual([]);
    const counted = { query: "metadata['walk']:'none'", expand: ['total_count'] };
    expect((await stripe.paymentIntents.search(counted)).total_count).toBe(0);
    expect((await stripe.paymentIntents.search({ query: "status:'succeeded'", limit: 1, expand: ['total_count'] })).total_count).toBeGreaterThan(1);
    expect(await stripe.paymentIntents.search({ query: "status:'succeeded'" })).not.toHaveProperty('total_count');
  });

  it('shows nothing that is the sandbox’s own', async () => {
    const intent = await stripe.paymentIntents.create({ ...pay, expand: ['payment_method', 'latest_charge'] });
    const seen = JSON.stringify([intent, await stripe.events.list({ limit: 100 }), await stripe.paymentMethods.retrieve('pm_card_visa')]);
    expect(seen).not.toMatch(/"_\w+":/u);
    expect(seen).not.toContain('4242424242424242');
  });
});

describe('objects that are kept', () => {
  it('customers are changed key by key, and told of with what was before', async () => {
    const customer = await stripe.customers.create({ name: 'Ada', metadata: { a: '1', b: '2' }, address: { city: 'Bonn', country: 'DE' } });
    const changed = await stripe.customers.update(customer.id, { name: 'Ada L.', metadata: { b: '', c: '3' } });
    expect(changed).toMatchObject({ name: 'Ada L.', metadata: { a: '1', c: '3' }, address: { city: 'Bonn' } });
    const [event] = (await stripe.events.list({ type: 'customer.updated', limit: 1 })).data;
    expect(event).toMatchObject({ object: 'event', api_version: '2026-10-28.endive', request: { id: expect.stringMatching(/^req_/u) }, data: { object: { id: customer.id }, previous_attributes: { name: 'Ada', metadata: { b: '2', c: null } } } });
    expect(await stripe.customers.del(customer.id)).toMatchObject({ id: customer.id, deleted: true });
    expect(await stripe.customers.retrieve(customer.id)).toEqual(expect.objectContaining({ id: customer.id, deleted: true }));
    expect((await stripe.customers.list({ limit: 100 })).data.map((one) => one.id)).not.toContain(customer.id);
  });

  it('cards belong to one customer and are used up without one', async () => {
    const [ada, grace] = [await stripe.customers.create(), await stripe.customers.create()];
    const card = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: ada.id });
    expect(card).toMatchObject({ customer: ada.id, card: { brand: 'mastercard', last4: '4444' } });
    expect((await refused(stripe.paymentMethods.attach(card.id, { customer: grace.id }))).statusCode).toBe(400);
    expect((await refused(stripe.paymentIntents.create({ ...pay, payment_method: card.id }))).statusCode).toBe(400);
    expect((await stripe.paymentIntents.create({ ...pay, payment_method: card.id, customer: ada.id })).status).toBe('succeeded');
    expect((await stripe.paymentMethods.detach(card.id)).customer).toBeNull();
    expect((await refused(stripe.paymentMethods.attach(card.id, { customer: ada.id }))).statusCode).toBe(400);
    const loose = await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } });
    await stripe.paymentIntents.create({ ...pay, payment_method: loose.id });
    expect((await refused(stripe.paymentIntents.create({ ...pay, payment_method: loose.id }))).statusCode).toBe(400);
    expect(await refused(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer: ada.id }))).toMatchObject({ type: 'StripeCardError', code: 'card_declined' });
    expect(await refused(stripe.setupIntents.create({ payment_method: 'pm_card_chargeDeclined', confirm: true, allowed_payment_method_types: ['card'] }))).toMatchObject({ statusCode: 402, setup_intent: { status: 'requires_payment_method' } });
  });
});

describe('trouble at Stripe', () => {
  it('is told in its own words: too many, and broken', async () => {
    await control(sandbox, 'chaos', { vendor: 'stripe', rate_limit: { per_minute: 2 } });
    await stripe.balance.retrieve();
    await stripe.balance.retrieve();
    expect(await refused(stripe.balance.retrieve())).toMatchObject({ type: 'StripeRateLimitError', statusCode: 429, code: 'rate_limit' });
    await control(sandbox, 'chaos', { vendor: 'stripe', reset: true, status: 503 });
    expect(await refused(stripe.balance.retrieve())).toMatchObject({ type: 'StripeAPIError', statusCode: 503 });
  });
});
