import { mkdtempSync, readFileSync, rmSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { close } from './shared/ports';
import { control, smallSandbox, urlOf, type Parsed } from './suite/sandbox';
import { refused, until } from './suite/asking';
import { receiver, type Received } from './suite/receiver';
import { raw, sdk } from './suite/stripe';

const signatureOf = (told: Received | undefined): string => String(told?.headers['stripe-signature'] ?? '');

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox);
});
afterEach(async () => {
  await control(sandbox, 'chaos', { vendor: 'stripe', reset: true });
  for (const { id } of (await stripe.webhookEndpoints.list({ limit: 100 })).data) await stripe.webhookEndpoints.del(id);
});
afterAll(() => sandbox.close());

const pay = { amount: 1_200, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, capture_method: 'automatic', allowed_payment_method_types: ['card'] } satisfies Stripe.PaymentIntentCreateParams;
const listening = async (answers: number[] = [], events: string[] = ['*']) => {
  const at = await receiver(answers);
  const endpoint = await stripe.webhookEndpoints.create({ url: at.url, enabled_events: events as never });
  return { ...at, endpoint, secret: endpoint.secret ?? '', end: () => close(at.server) };
};
const named = (received: readonly { readonly event: Parsed }[]): string[] => received.map((one) => one.event.type);

describe('a webhook endpoint', () => {
  it('tells its secret once, and is told what it asked for', async () => {
    const hook = await listening([], ['payment_intent.succeeded']);
    expect(hook.endpoint).toMatchObject({ object: 'webhook_endpoint', status: 'enabled', secret: expect.stringMatching(/^whsec_\w{32}$/u) });
    expect((await stripe.webhookEndpoints.retrieve(hook.endpoint.id)).secret).toBeUndefined();
    const intent = await stripe.paymentIntents.create(pay);
    await until(() => hook.received.length, (count) => count > 0);
    expect(named(hook.received)).toEqual(['payment_intent.succeeded']);
    expect(hook.received[0]?.event).toMatchObject({ object: 'event', type: 'payment_intent.succeeded', data: { object: { id: intent.id, status: 'succeeded' } }, livemode: false, pending_webhooks: 1, request: { id: expect.stringMatching(/^req_/u), idempotency_key: expect.any(String) } });
    const event = await until(() => stripe.events.retrieve(hook.received[0]?.event.id), (one) => one.pending_webhooks === 0);
    expect(event.data.object).toMatchObject({ id: intent.id });
    await hook.end();
  });

  it('is told in the version that it was made for', async () => {
    const at = await receiver();
    await stripe.webhookEndpoints.create({ url: at.url, enabled_events: ['customer.created'], api_version: '2025-09-30.clover' });
    await stripe.customers.create();
    const [first] = await until(() => at.received, (all) => all.length > 0);
    expect(first?.event.api_version).toBe('2025-09-30.clover');
    await close(at.server);
  });

  it('signs the very bytes, so that the SDK believes them and nothing else', async () => {
    const hook = await listening([], ['customer.created']);
    await stripe.customers.create({ name: 'Zoë „Käufer“' });
    const [first] = await until(() => hook.received, (all) => all.length > 0);
    const { body = '' } = first ?? {};
    const signature = signatureOf(first);
    expect(stripe.webhooks.constructEvent(body, signature, hook.secret).type).toBe('customer.created');
    expect(() => stripe.webhooks.constructEvent(JSON.stringify(JSON.parse(body)), signature, hook.secret)).toThrow(/signature/u);
    expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow(/signature/u);
    expect(() => stripe.webhooks.constructEvent(body.replace('Zoë', 'Zoe'), signature, hook.secret)).toThrow(/signature/u);
    await hook.end();
  });

  it('signs with the real time, wherever the sandbox’s clock stands', async () => {
    await control(sandbox, 'clock', { advance: '40d' });
    const hook = await listening([], ['customer.created']);
    await stripe.customers.create();
    const [first] = await until(() => hook.received, (all) => all.length > 0);
    expect(stripe.webhooks.constructEvent(first?.body ?? '', signatureOf(first), hook.secret, 300).created).toBeGreaterThan(0);
    await hook.end();
  });

  it('signs with both secrets while one gives way to the other', async () => {
    const hook = await listening([], ['customer.created']);
    const rolled = await raw(sandbox, 'POST', `/v1/test_helpers/webhook_endpoints/${hook.endpoint.id}/roll_secret`, 'expires_in=3600');
    const fresh: string = rolled.body.secret;
    expect(fresh).not.toBe(hook.secret);
    await stripe.customers.create();
    const [first] = await until(() => hook.received, (all) => all.length > 0);
    expect(signatureOf(first).match(/v1=/gu)).toHaveLength(2);
    for (const secret of [hook.secret, fresh]) expect(stripe.webhooks.constructEvent(first?.body ?? '', signatureOf(first), secret).type).toBe('customer.created');
    const form = await fetch(`${urlOf(sandbox, 'stripe')}/dashboard/webhooks/${hook.endpoint.id}/roll`, { method: 'POST', body: new URLSearchParams({ expires_in: '0' }) });
    const newest = /<code id="secret">(whsec_\w+)<\/code>/u.exec(await form.text())?.[1] ?? '';
    await stripe.customers.create();
    const [, second] = await until(() => hook.received, (all) => all.length > 1);
    expect(signatureOf(second).match(/v1=/gu)).toHaveLength(1);
    expect(() => stripe.webhooks.constructEvent(second?.body ?? '', signatureOf(second), fresh)).toThrow(/signature/u);
    expect(stripe.webhooks.constructEvent(second?.body ?? '', signatureOf(second), newest).type).toBe('customer.created');
    await hook.end();
  });

  it('is tried again until it takes the event', async () => {
    const hook = await listening([500, 302], ['customer.created']);
    await stripe.customers.create();
    await until(() => hook.received.length, (count) => count === 3);
    expect(new Set(hook.received.map((one) => one.event.id)).size).toBe(1);
    await hook.end();
  });

  it('refuses addresses and events that are none', async () => {
    expect(await refused(stripe.webhookEndpoints.create({ url: 'nowhere', enabled_events: ['*'] }))).toMatchObject({ code: 'url_invalid', param: 'url' });
    expect(await refused(stripe.webhookEndpoints.create({ url: 'http://127.0.0.1/x', enabled_events: ['everything'] as never }))).toMatchObject({ statusCode: 400 });
  });
});

describe('chaos among the webhooks', () => {
  const upset = (switches: object) => control(sandbox, 'chaos', { vendor: 'stripe', ...switches });

  it('sends them twice', async () => {
    const hook = await listening([], ['payment_intent.succeeded']);
    await upset({ duplicate: 1 });
    await stripe.paymentIntents.create(pay);
    await until(() => hook.received.length, (count) => count === 2);
    expect(hook.received[0]?.event.id).toBe(hook.received[1]?.event.id);
    await hook.end();
  });

  it('sends the last first', async () => {
    const hook = await listening([], ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded']);
    await upset({ reorder: true });
    await stripe.paymentIntents.create(pay);
    await until(() => hook.received.length, (count) => count === 3);
    expect(named(hook.received)).toEqual(['payment_intent.succeeded', 'charge.succeeded', 'payment_intent.created']);
    await hook.end();
  });

  it('loses them while it is on, and what was lost comes after', async () => {
    const hook = await listening([], ['payment_intent.succeeded']);
    await upset({ drop: true });
    const intent = await stripe.paymentIntents.create(pay);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(hook.received).toHaveLength(0);
    await upset({ reset: true });
    await until(() => hook.received.length, (count) => count === 1);
    await hook.end();
  });

  it('keeps them waiting', async () => {
    const hook = await listening([], ['customer.created']);
    await upset({ delay_ms: 300 });
    await stripe.customers.create();
    expect(hook.received).toHaveLength(0);
    await until(() => hook.received.length, (count) => count === 1);
    await hook.end();
  });

  it('does not hear the first answer, and sends again', async () => {
    const hook = await listening([], ['payment_intent.succeeded']);
    await upset({ fail_after_commit: true });
    await stripe.paymentIntents.create(pay);
    await until(() => hook.received.length, (count) => count === 2);
    await hook.end();
  });
});

describe('a process that is killed', () => {
  it('is found again as it was: payments, keys, secrets and what was still to be sent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'autobroker-stripe-'));
    const stateFile = join(folder, 'sandbox.json');
    const first = await smallSandbox({ cars: 60, stateFile });
    const before = await sdk(first);
    const at = await receiver(Array.from({ length: 50 }, () => 503));
    const endpoint = await before.webhookEndpoints.create({ url: at.url, enabled_events: ['payment_intent.amount_capturable_updated'] });
    const intent = await before.paymentIntents.create({ ...pay, capture_method: 'manual' }, { idempotencyKey: 'survives' });
    await until(() => at.received.length, (count) => count > 0);
    // What a killed process leaves: whole lines and perhaps a half one.
    const file = join(folder, 'sandbox-stripe.jsonl');
    const left = readFileSync(file, 'utf8');
    await first.close();
    rmSync(file);
    appendFileSync(file, `${left}{"n":9,"c":[["payment_in`);
    at.received.length = 0;
    await close(at.server);

    const second = await smallSandbox({ cars: 60, stateFile });
    const after = await sdk(second);
    expect(await after.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'requires_capture', amount_capturable: 1_200 });
    const again = await after.paymentIntents.create({ ...pay, capture_method: 'manual' }, { idempotencyKey: 'survives' });
    expect([again.id, again.lastResponse.headers['idempotent-replayed']]).toEqual([intent.id, 'true']);
    const taking = await receiver();
    await after.webhookEndpoints.update(endpoint.id, { url: taking.url });
    const [told] = await until(() => taking.received, (all) => all.length > 0, 20_000);
    expect(after.webhooks.constructEvent(told?.body ?? '', signatureOf(told), endpoint.secret ?? '').data.object).toMatchObject({ id: intent.id });
    const other = await after.paymentIntents.create(pay);
    expect(other.id).not.toBe(intent.id);
    await control(second, 'clock', { advance: '8d' });
    expect((await after.paymentIntents.retrieve(intent.id)).status).toBe('canceled');
    await second.close();
    await close(taking.server);
    rmSync(folder, { recursive: true });
  });
});
