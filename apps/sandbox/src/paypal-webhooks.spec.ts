import { createVerify, X509Certificate } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { CheckoutPaymentIntent } from '@paypal/paypal-server-sdk';
import type { Sandbox } from './sandbox';
import { close } from './shared/ports';
import { refused, until } from './suite/asking';
import { type Received, receiver } from './suite/receiver';
import { played, raw, problemOf, sdk, visit, type Sdk } from './suite/paypal';
import { control, smallSandbox, textAt, urlOf, type Parsed } from './suite/sandbox';

let sandbox: Sandbox;
let paypal: Sdk;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  paypal = await sdk(sandbox);
});
/** Whatever was begun ends, also when a test fails. */
const begun: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of begun.splice(0).reverse()) await end();
  await control(sandbox, 'chaos', { vendor: 'paypal', reset: true });
  for (const { id } of (await raw(sandbox, 'GET', '/v1/notifications/webhooks')).body.webhooks) await raw(sandbox, 'DELETE', `/v1/notifications/webhooks/${id}`);
});
afterAll(() => sandbox.close());

const listening = async (answers: number[] = [], types: string[] = ['*']) => {
  const at = await receiver(answers);
  begun.push(() => close(at.server));
  const { status, body } = await raw(sandbox, 'POST', '/v1/notifications/webhooks', { url: at.url, event_types: types.map((name) => ({ name })) });
  expect(status).toBe(201);
  return { ...at, id: body.id as string };
};
const order = async (intent: 'Capture' | 'Authorize', funding = 'balance', from = paypal, box = sandbox): Promise<string> => {
  const { result } = await from.orders.createOrder({ body: { intent: CheckoutPaymentIntent[intent], purchaseUnits: [{ amount: { currencyCode: 'EUR', value: '100.00' } }], payer: { name: { givenName: 'Zoë', surname: 'Käufer' } } } });
  await visit(box, result.id ?? '', { funding });
  return result.id ?? '';
};
const pay = async (funding = 'balance'): Promise<string> => {
  const { result } = await paypal.orders.captureOrder({ id: await order('Capture', funding) });
  return result.purchaseUnits?.[0]?.payments?.captures?.[0]?.id ?? '';
};
const hold = async (): Promise<string> => {
  const { result } = await paypal.orders.authorizeOrder({ id: await order('Authorize') });
  return result.purchaseUnits?.[0]?.payments?.authorizations?.[0]?.id ?? '';
};
const named = (received: readonly Received[]): string[] => received.map((one) => one.event.event_type);
const told = (received: readonly Received[], count: number) => until(() => received, (all) => all.length >= count);

/** As whoever is told verifies it: with the certificate of the address that came along, and the bytes as they came. */
const isGenuine = async ({ headers }: Received, webhook: string, body: string): Promise<boolean> => {
  const pem = await textAt(String(headers['paypal-cert-url']));
  const text = [headers['paypal-transmission-id'], headers['paypal-transmission-time'], webhook, crc32(body)].join('|');
  return createVerify('RSA-SHA256').update(text).verify(new X509Certificate(pem).publicKey, String(headers['paypal-transmission-sig']), 'base64');
};
const asked = ({ headers }: Received, webhook: string, event: string): string =>
  `{"auth_algo":"${String(headers['paypal-auth-algo'])}","cert_url":"${String(headers['paypal-cert-url'])}","transmission_id":"${String(headers['paypal-transmission-id'])}","transmission_sig":"${String(headers['paypal-transmission-sig'])}","transmission_time":"${String(headers['paypal-transmission-time'])}","webhook_id":"${webhook}","webhook_event":${event}}`;
const verified = async (body: string): Promise<string> => (await raw(sandbox, 'POST', '/v1/notifications/verify-webhook-signature', body)).body.verification_status;

describe('a webhook', () => {
  it('is made, listed, changed and deleted by its id', async () => {
    const at = await receiver();
    begun.push(() => close(at.server));
    const types = [{ name: 'PAYMENT.CAPTURE.COMPLETED' }];
    const made = (await raw(sandbox, 'POST', '/v1/notifications/webhooks', { url: at.url, event_types: types })).body;
    expect(made).toMatchObject({ id: expect.stringMatching(/^[A-Z0-9]{17}$/u), url: at.url, event_types: [{ name: 'PAYMENT.CAPTURE.COMPLETED', status: 'ENABLED' }], links: [{ rel: 'self' }, { rel: 'update', method: 'PATCH' }, { rel: 'delete', method: 'DELETE' }] });
    expect((await raw(sandbox, 'GET', '/v1/notifications/webhooks')).body.webhooks.map((one: Parsed) => one.id)).toEqual([made.id]);
    expect(await raw(sandbox, 'POST', '/v1/notifications/webhooks', { url: at.url, event_types: types })).toMatchObject({ status: 400, body: { name: 'WEBHOOK_URL_ALREADY_EXISTS' } });
    expect(await raw(sandbox, 'POST', '/v1/notifications/webhooks', { url: 'nowhere', event_types: types })).toMatchObject({ status: 400, body: { name: 'VALIDATION_ERROR', details: [{ field: 'url' }] } });
    expect(await raw(sandbox, 'POST', '/v1/notifications/webhooks', { url: `${at.url}/x` })).toMatchObject({ status: 400, body: { details: [{ field: 'event_types' }] } });
    const changed = await raw(sandbox, 'PATCH', `/v1/notifications/webhooks/${made.id}`, [{ op: 'replace', path: '/url', value: `${at.url}/2` }, { op: 'replace', path: '/event_types', value: [{ name: '*' }] }]);
    expect(changed).toMatchObject({ status: 200, body: { url: `${at.url}/2`, event_types: [{ name: '*' }] } });
    expect((await raw(sandbox, 'GET', '/v1/notifications/webhooks-event-types')).body.event_types.map((one: Parsed) => one.name)).toContain('CUSTOMER.DISPUTE.RESOLVED');
    expect((await raw(sandbox, 'DELETE', `/v1/notifications/webhooks/${made.id}`)).status).toBe(204);
    expect(await raw(sandbox, 'GET', `/v1/notifications/webhooks/${made.id}`)).toMatchObject({ status: 404, body: { name: 'INVALID_RESOURCE_ID' } });
  });

  it('is made for events that there are', async () => {
    const make = (...names: string[]) => raw(sandbox, 'POST', '/v1/notifications/webhooks', { url: 'https://shop.example/hook', event_types: names.map((name) => ({ name })) });
    expect(await make('PAYMENT.CAPTURE.DANCED')).toMatchObject({ status: 400, body: { name: 'VALIDATION_ERROR', details: [{ field: 'event_types[0].name' }] } });
    expect((await make('CUSTOMER.MANAGED-')).status).toBe(400);
    expect((await make('BILLING.SUBSCRIPTION.CREATED', 'CUSTOMER.MANAGED-ACCOUNT.RISK-ASSESSED', 'VAULT.PAYMENT-TOKEN.CREATED')).status).toBe(201);
  });

  it('can be shown an event that has not happened: signed over no webhook’s id, and kept nowhere', async () => {
    const hook = await listening();
    const { status, body } = await raw(sandbox, 'POST', '/v1/notifications/simulate-event', { webhook_id: hook.id, event_type: 'PAYMENT.CAPTURE.COMPLETED' });
    expect([status, body]).toEqual([202, expect.objectContaining({ event_type: 'PAYMENT.CAPTURE.COMPLETED', resource_type: 'capture', resource: expect.objectContaining({ status: 'COMPLETED' }) })]);
    const [one] = await told(hook.received, 1);
    if (one === undefined) throw new Error('nothing was told');
    expect(one.event.id).toBe(body.id);
    expect(await isGenuine(one, 'WEBHOOK_ID', one.body)).toBe(true);
    expect(await verified(asked(one, hook.id, one.body))).toBe('FAILURE');
    expect((await raw(sandbox, 'GET', `/v1/notifications/webhooks-events/${body.id}`)).status).toBe(404);
    const refusals = [{ event_type: 'PAYMENT.CAPTURE.COMPLETED' }, { url: hook.url }, { url: 'nowhere', event_type: 'PAYMENT.CAPTURE.COMPLETED' }];
    for (const form of refusals) expect(await raw(sandbox, 'POST', '/v1/notifications/simulate-event', form)).toMatchObject({ status: 400, body: { name: 'VALIDATION_ERROR' } });
  });

  it('is told of everything that happens to a payment', async () => {
    const hook = await listening();
    const authorization = await hold();
    await paypal.payments.captureAuthorizedPayment({ authorizationId: authorization, body: { amount: { currencyCode: 'EUR', value: '60.00' } } });
    await paypal.payments.voidPayment({ authorizationId: authorization });
    const capture = await pay();
    await paypal.payments.refundCapturedPayment({ captureId: capture, body: { amount: { currencyCode: 'EUR', value: '10.00' } } });
    const { dispute_id: dispute } = await played(sandbox, 'disputes', { capture_id: capture });
    await raw(sandbox, 'POST', `/v1/customer/disputes/${dispute}/provide-evidence`, { evidences: [{ evidence_type: 'OTHER', notes: 'n' }] });
    await raw(sandbox, 'POST', `/v1/customer/disputes/${dispute}/adjudicate`, { adjudication_outcome: 'BUYER_FAVOR' });
    const all = await told(hook.received, 11);
    expect(named(all).sort()).toEqual(['CHECKOUT.ORDER.APPROVED', 'CHECKOUT.ORDER.APPROVED', 'CUSTOMER.DISPUTE.CREATED', 'CUSTOMER.DISPUTE.RESOLVED', 'CUSTOMER.DISPUTE.UPDATED', 'PAYMENT.AUTHORIZATION.CREATED', 'PAYMENT.AUTHORIZATION.VOIDED', 'PAYMENT.CAPTURE.COMPLETED', 'PAYMENT.CAPTURE.COMPLETED', 'PAYMENT.CAPTURE.REFUNDED', 'PAYMENT.CAPTURE.REVERSED']);
    const one = (type: string): Parsed => all.find(({ event }) => event.event_type === type)?.event;
    expect(one('CHECKOUT.ORDER.APPROVED')).toMatchObject({ id: expect.stringMatching(/^WH-[A-Z0-9]{17}-[A-Z0-9]{17}$/u), event_version: '1.0', resource_type: 'checkout-order', resource_version: '2.0', resource: { status: 'APPROVED', payer: { name: { given_name: 'Zoë' } } }, links: [{ rel: 'self' }, { rel: 'resend' }] });
    expect(one('PAYMENT.AUTHORIZATION.CREATED')).toMatchObject({ resource_type: 'authorization', resource: { id: authorization, status: 'CREATED', amount: { value: '100.00', currency_code: 'EUR' } } });
    expect(one('PAYMENT.CAPTURE.REFUNDED')).toMatchObject({ resource_type: 'refund', resource: { amount: { value: '10.00' }, links: [{ rel: 'self' }, { rel: 'up', href: `${urlOf(sandbox, 'paypal')}/v2/payments/captures/${capture}` }] } });
    expect(one('PAYMENT.CAPTURE.REVERSED')).toMatchObject({ resource_type: 'refund', resource: { amount: { value: '90.00' } } });
    expect(one('CUSTOMER.DISPUTE.RESOLVED')).toMatchObject({ resource_type: 'dispute', resource: { dispute_id: dispute, dispute_outcome: { outcome_code: 'RESOLVED_BUYER_FAVOUR' } } });
    const kept = await raw(sandbox, 'GET', `/v1/notifications/webhooks-events/${one('PAYMENT.CAPTURE.REVERSED').id}`);
    expect(kept.body.event_type).toBe('PAYMENT.CAPTURE.REVERSED');
    expect((await raw(sandbox, 'GET', '/v1/notifications/webhooks-events?event_type=PAYMENT.CAPTURE.REVERSED')).body.count).toBe(1);
  });

  it('is told what it asked for, and of what comes by itself', async () => {
    const hook = await listening([], ['PAYMENT.CAPTURE.PENDING', 'PAYMENT.CAPTURE.COMPLETED', 'PAYMENT.CAPTURE.DECLINED', 'PAYMENT.AUTHORIZATION.VOIDED']);
    const [good, bad, authorization] = [await pay('echeck'), await pay('echeck_bounces'), await hold()];
    await told(hook.received, 2);
    await control(sandbox, 'clock', { advance: '30d' });
    const all = await told(hook.received, 5);
    expect(all.map(({ event }) => `${event.event_type} ${event.resource.id}`).sort()).toEqual([`PAYMENT.AUTHORIZATION.VOIDED ${authorization}`, `PAYMENT.CAPTURE.COMPLETED ${good}`, `PAYMENT.CAPTURE.DECLINED ${bad}`, `PAYMENT.CAPTURE.PENDING ${good}`, `PAYMENT.CAPTURE.PENDING ${bad}`].sort());
    // It was declined when it was due, not when somebody looked.
    const declined = all.find(({ event }) => event.event_type === 'PAYMENT.CAPTURE.DECLINED')?.event;
    expect(Date.parse(declined.create_time) - Date.parse(declined.resource.create_time)).toBe(5 * 86_400_000);
  });

  it('is tried again until it takes the event', async () => {
    const hook = await listening([500, 302], ['PAYMENT.CAPTURE.COMPLETED']);
    await pay();
    await told(hook.received, 3);
    expect(new Set(hook.received.map((one) => one.event.id)).size).toBe(1);
    expect(new Set(hook.received.map((one) => one.headers['paypal-transmission-id'])).size).toBe(3);
  });

  it('can be told once more', async () => {
    const hook = await listening([], ['PAYMENT.CAPTURE.COMPLETED']);
    await pay();
    const [first] = await told(hook.received, 1);
    expect((await raw(sandbox, 'POST', `/v1/notifications/webhooks-events/${first?.event.id}/resend`, { webhook_ids: [hook.id] })).status).toBe(202);
    const [, second] = await told(hook.received, 2);
    expect(second?.event.id).toBe(first?.event.id);
  });
});

describe('a signature', () => {
  it('is for these bytes, this webhook and this moment', async () => {
    const hook = await listening([], ['CHECKOUT.ORDER.APPROVED']);
    await order('Capture');
    const [first] = await told(hook.received, 1);
    if (first === undefined) throw new Error('nothing came');
    expect(first.headers).toMatchObject({ 'paypal-auth-algo': 'SHA256withRSA', 'paypal-transmission-id': expect.stringMatching(/^[0-9a-f-]{36}$/u), 'paypal-transmission-time': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u) });
    expect(await isGenuine(first, hook.id, first.body)).toBe(true);
    expect(await isGenuine(first, 'OTHERWEBHOOK00000', first.body)).toBe(false);
    expect(await isGenuine(first, hook.id, first.body.replace('100.00', '100.01'))).toBe(false);
    // Written anew, the same event has other bytes.
    expect(await isGenuine(first, hook.id, JSON.stringify(JSON.parse(first.body)))).toBe(false);
    expect(await isGenuine({ ...first, headers: { ...first.headers, 'paypal-transmission-time': '2020-01-01T00:00:00Z' } }, hook.id, first.body)).toBe(false);
    // Of now, wherever the sandbox's clock stands.
    expect(Math.abs(Date.parse(String(first.headers['paypal-transmission-time'])) - Date.now())).toBeLessThan(60_000);
  });

  it('comes with a certificate that OpenSSL reads', async () => {
    const hook = await listening([], ['CHECKOUT.ORDER.APPROVED']);
    await order('Capture');
    const [first] = await told(hook.received, 1);
    const url = new URL(String(first?.headers['paypal-cert-url']));
    expect(url.origin).toBe(urlOf(sandbox, 'paypal'));
    const certificate = new X509Certificate(await textAt(url.href));
    expect(certificate.subject).toContain('CN=messageverificationcerts.sandbox.paypal.com');
    expect(certificate.checkHost('messageverificationcerts.sandbox.paypal.com')).toBe('messageverificationcerts.sandbox.paypal.com');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2_048);
    expect(certificate.ca).toBe(false);
    expect([Date.parse(certificate.validFrom) < Date.now(), Date.parse(certificate.validTo) > Date.now() + 86_400_000]).toEqual([true, true]);
    expect((await fetch(`${url.origin}/v1/notifications/certs/CERT-none`)).status).toBe(404);
  });

  it('is made with another key when the certificate is renewed, and the old one still verifies', async () => {
    const hook = await listening([], ['CHECKOUT.ORDER.APPROVED']);
    await order('Capture');
    await told(hook.received, 1);
    const { cert_url: renewed } = await played(sandbox, 'certificates/renew');
    await order('Capture');
    const [before, after] = await told(hook.received, 2);
    if (before === undefined || after === undefined) throw new Error('nothing came');
    expect([after.headers['paypal-cert-url'], before.headers['paypal-cert-url'] === renewed]).toEqual([renewed, false]);
    for (const one of [before, after]) expect(await isGenuine(one, hook.id, one.body)).toBe(true);
    expect(await isGenuine({ ...before, headers: { ...before.headers, 'paypal-cert-url': renewed } }, hook.id, before.body)).toBe(false);
  });

  it('is verified by PayPal itself for whoever asks', async () => {
    const hook = await listening([], ['CHECKOUT.ORDER.APPROVED']);
    await order('Capture');
    const [first] = await told(hook.received, 1);
    if (first === undefined) throw new Error('nothing came');
    expect(await verified(asked(first, hook.id, first.body))).toBe('SUCCESS');
    expect(await verified(asked(first, hook.id, JSON.stringify(JSON.parse(first.body))))).toBe('SUCCESS');
    expect(await verified(asked(first, hook.id, first.body.replace('100.00', '1.00')))).toBe('FAILURE');
    expect(await verified(asked(first, 'OTHERWEBHOOK00000', first.body))).toBe('FAILURE');
    expect(await verified(asked({ ...first, headers: { ...first.headers, 'paypal-cert-url': 'https://evil.example.com/cert' } }, hook.id, first.body))).toBe('FAILURE');
    expect(await raw(sandbox, 'POST', '/v1/notifications/verify-webhook-signature', {})).toMatchObject({ status: 400, body: { name: 'VALIDATION_ERROR' } });
  });
});

describe('chaos among the webhooks', () => {
  const upset = (switches: object) => control(sandbox, 'chaos', { vendor: 'paypal', ...switches });

  it('sends them twice', async () => {
    const hook = await listening([], ['PAYMENT.CAPTURE.COMPLETED']);
    await upset({ duplicate: 1 });
    await pay();
    await told(hook.received, 2);
    expect(hook.received[0]?.event.id).toBe(hook.received[1]?.event.id);
  });

  it('sends the last first', async () => {
    const hook = await listening([], ['CHECKOUT.ORDER.APPROVED', 'PAYMENT.CAPTURE.COMPLETED']);
    await upset({ reorder: true });
    await pay();
    await told(hook.received, 2);
    expect(named(hook.received)).toEqual(['PAYMENT.CAPTURE.COMPLETED', 'CHECKOUT.ORDER.APPROVED']);
  });

  it('loses them while it is on, and what was lost comes after', async () => {
    const hook = await listening([], ['PAYMENT.CAPTURE.COMPLETED']);
    await upset({ drop: true });
    const id = await pay();
    expect((await paypal.payments.getCapturedPayment({ captureId: id })).result.status).toBe('COMPLETED');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(hook.received).toHaveLength(0);
    await upset({ reset: true });
    await told(hook.received, 1);
  });

  it('keeps them waiting', async () => {
    const hook = await listening([], ['CHECKOUT.ORDER.APPROVED']);
    await upset({ delay_ms: 300 });
    const id = (await paypal.orders.createOrder({ body: { intent: CheckoutPaymentIntent.Capture, purchaseUnits: [{ amount: { currencyCode: 'EUR', value: '1.00' } }] } })).result.id ?? '';
    await visit(sandbox, id);
    expect(hook.received).toHaveLength(0);
    await told(hook.received, 1);
  });

  it('does not hear the first answer, and sends again', async () => {
    const hook = await listening([], ['CHECKOUT.ORDER.APPROVED']);
    const id = (await paypal.orders.createOrder({ body: { intent: CheckoutPaymentIntent.Capture, purchaseUnits: [{ amount: { currencyCode: 'EUR', value: '1.00' } }] } })).result.id ?? '';
    await upset({ fail_after_commit: true });
    await visit(sandbox, id);
    await told(hook.received, 2);
  });
});

describe('a process that is killed', () => {
  it('is found again as it was: orders, holds, request ids, certificates and what was still to be sent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'autobroker-paypal-'));
    const stateFile = join(folder, 'sandbox.json');
    const first = await smallSandbox({ cars: 60, stateFile });
    begun.push(async () => rmSync(folder, { recursive: true }), () => first.close());
    const before = await sdk(first);
    const at = await receiver(Array.from({ length: 50 }, () => 503));
    begun.push(() => close(at.server));
    const webhook = (await raw(first, 'POST', '/v1/notifications/webhooks', { url: at.url, event_types: [{ name: 'PAYMENT.AUTHORIZATION.CREATED' }] })).body.id;
    await fetch(`${urlOf(first, 'paypal')}/sandbox/settings`, { method: 'POST', body: JSON.stringify({ reauthorize: 'once' }) });
    const id = await order('Authorize', 'balance', before, first);
    const paid = await before.orders.authorizeOrder({ id, paypalRequestId: 'survives' });
    const authorizationId = paid.result.purchaseUnits?.[0]?.payments?.authorizations?.[0]?.id ?? '';
    await until(() => at.received.length, (count) => count > 0);
    // What a killed process leaves: whole lines and perhaps a half one.
    const file = join(folder, 'sandbox-paypal.jsonl');
    const left = readFileSync(file, 'utf8');
    await first.close();
    rmSync(file);
    appendFileSync(file, `${left}{"n":9,"c":[["orde`);
    await close(at.server);

    const second = await smallSandbox({ cars: 60, stateFile });
    begun.push(() => second.close());
    const after = await sdk(second);
    expect((await after.payments.getAuthorizedPayment({ authorizationId })).result).toMatchObject({ status: 'CREATED', amount: { value: '100.00' } });
    const again = await after.orders.authorizeOrder({ id, paypalRequestId: 'survives' });
    expect([again.statusCode, again.result.purchaseUnits?.[0]?.payments?.authorizations?.length]).toEqual([200, 1]);
    expect((await (await fetch(`${urlOf(second, 'paypal')}/sandbox/settings`)).json()) as Parsed).toMatchObject({ reauthorize: 'once' });
    const taking = await receiver();
    begun.push(() => close(taking.server));
    await raw(second, 'PATCH', `/v1/notifications/webhooks/${webhook}`, [{ op: 'replace', path: '/url', value: taking.url }]);
    const [one] = await until(() => taking.received, (all) => all.length > 0, 20_000);
    if (one === undefined) throw new Error('nothing came');
    expect(one.event.resource.id).toBe(authorizationId);
    expect(await isGenuine(one, webhook, one.body)).toBe(true);
    // The key is the old one.
    expect(new URL(String(one.headers['paypal-cert-url'])).pathname).toBe(new URL(String(at.received[0]?.headers['paypal-cert-url'])).pathname);
    await control(second, 'clock', { advance: '30d' });
    expect(problemOf(await refused(after.payments.captureAuthorizedPayment({ authorizationId, body: {} }))).issues).toEqual(['AUTHORIZATION_EXPIRED']);
  });
});
