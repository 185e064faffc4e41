import type { ConfigOf } from '@autobroker/platform/config';
import { vaultConfig } from '@autobroker/platform/database';
import Stripe from 'stripe';
import { paymentConfig, type PaymentConfig } from '../application/config';
import { PaypalConnection } from '../infrastructure/paypal/paypal-connection';
import { PaypalEvents } from '../infrastructure/paypal/paypal-events';
import { StripeConnection } from '../infrastructure/stripe/stripe-connection';
import { StripeEvents } from '../infrastructure/stripe/stripe-events';
import { WebhookSecrets, withWanted } from '../infrastructure/webhook-secrets';
import { PaymentHouse } from '../testing/payment-house';

const cash = 'customer_cash_balance_transaction.created';

it('an endpoint is told of what is missing besides, and one that is told of everything of nothing more', () => {
  expect(withWanted(['mine', 'a'], ['a', 'b', 'c'])).toEqual(['mine', 'a', 'b', 'c']);
  expect(withWanted(['b', 'a', 'mine'], ['a', 'b'])).toBeNull();
  expect(withWanted(['*'], ['a'])).toBeNull();
});

describe('webhook endpoints of an older version', () => {
  let house: PaymentHouse;
  beforeAll(async () => {
    house = await PaymentHouse.start({ work: false });
    house.relay.isHolding = true;
    await house.untilSo(() => house.db.query('select 1 from payment.webhook_endpoints'), (rows) => rows.length === 2);
  }, 120_000);
  afterAll(() => house?.close());

  /** As the next process does that starts. */
  async function listenAnew(more: Partial<PaymentConfig> = {}): Promise<StripeEvents> {
    const config: PaymentConfig = { ...house.app.app.get<PaymentConfig>(paymentConfig.token), ...more };
    const secrets = new WebhookSecrets(house.db, house.app.app.get<ConfigOf<typeof vaultConfig>>(vaultConfig.token));
    const stripe = new StripeEvents(new StripeConnection(config), secrets, config);
    await stripe.listen();
    await new PaypalEvents(new PaypalConnection(config), secrets, config).listen();
    return stripe;
  }
  const signed = async (event: unknown, aheadS = 0) => {
    const payload = JSON.stringify(event);
    const secret = 'whsec_mine';
    const header = new Stripe('unused').webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(Date.now() / 1_000) + aheadS });
    const read = await (await listenAnew({ stripeWebhookSecrets: [secret] })).read(Buffer.from(payload), { 'stripe-signature': header });
    return read.ok ? read.value : read.error.code;
  };
  const endpoints = async (): Promise<{ id: string; url: string; enabled_events: string[] }[]> => (await house.stripe('GET', '/v1/webhook_endpoints?limit=100')).data;
  const changed = (id: string, events: readonly string[]) => house.stripe('POST', `/v1/webhook_endpoints/${id}`, Object.fromEntries(events.map((name, at) => [`enabled_events[${at}]`, name])));

  it('believe what is signed for now, and not what is signed for a time to come', async () => {
    const event = { id: 'evt_1', type: 'payment_intent.succeeded', data: { object: { id: 'pi_1', metadata: {} } } };
    expect(await signed(event)).toEqual({ id: 'evt_1', type: 'payment_intent.succeeded', paymentId: null, refs: ['pi_1'] });
    expect([await signed(event, 290), await signed(event, 3_600)]).toEqual([expect.objectContaining({ id: 'evt_1' }), 'signature_invalid']);
  });

  it.each([{ type: 'x', data: { object: {} } }, { id: null, type: 'x', data: {} }, { id: 'evt_1', data: { object: {} } }, { id: 'e'.repeat(300), type: 'x' }])('refuse what is signed and is no event: %j', async (event) => {
    expect(await signed(event)).toBe('validation_failed');
  });

  it.each([{}, { data: null }, { data: { object: null } }, { data: { object: { id: 5 } } }, { object: 'v2.core.event' }])('note what is of a shape that is not ours: %j', async (more) => {
    expect(await signed({ id: 'evt_1', type: 'x', ...more })).toEqual({ id: 'evt_1', type: 'x', paymentId: null, refs: [] });
  });

  it('that we have made ourselves are told of what came since, keep what somebody has added, and go on under their secret', async () => {
    const [made] = await endpoints();
    if (made === undefined) throw new Error('there is no endpoint');
    expect(made.enabled_events).toContain(cash);
    const older = [...made.enabled_events.filter((name) => name !== cash), 'customer.created'];
    await changed(made.id, older);
    const stripe = await listenAnew();
    expect(await endpoints()).toMatchObject([{ id: made.id, enabled_events: [...older, cash] }]);
    const { id: customer } = await house.stripe('POST', '/v1/customers', { name: 'Ada' });
    await house.stripe('POST', `/v1/test_helpers/customers/${customer}/fund_cash_balance`, { amount: '100', currency: 'eur' });
    const [event] = await house.untilSo(() => Promise.resolve(house.relay.held.filter(({ type }) => type === cash)), (held) => held.length > 0);
    if (event === undefined) throw new Error('no event');
    expect(await stripe.read(event.body, event.headers)).toMatchObject({ ok: true, value: { type: cash } });
  });

  it('that somebody has made at Stripe are known by where they lead, and others left alone', async () => {
    const { key, base_url: stripeUrl } = JSON.parse(await house.sandbox.control('vendors')).vendors.find(({ slug }: { slug: string }) => slug === 'stripe');
    const publicUrl = 'http://127.0.0.1:9/broker';
    const ours = await house.stripe('POST', '/v1/webhook_endpoints', { url: `${publicUrl}/api/v1/webhooks/stripe`, 'enabled_events[0]': 'payment_intent.succeeded', 'enabled_events[1]': 'customer.deleted' });
    const other = await house.stripe('POST', '/v1/webhook_endpoints', { url: 'http://127.0.0.1:9/shop', 'enabled_events[0]': 'customer.deleted' });
    const live = { stripeKey: String(key.secret_key), stripeUrl: String(stripeUrl), stripeWebhookSecrets: [String(ours.secret)], publicUrl };
    for (let start = 0; start < 2; start += 1) await listenAnew(live);
    const now = await endpoints();
    const told = now.find(({ id }) => id === ours.id)?.enabled_events ?? [];
    expect(told.slice(0, 2)).toEqual(['payment_intent.succeeded', 'customer.deleted']);
    expect([told.includes(cash), new Set(told).size]).toEqual([true, told.length]);
    expect(now.find(({ id }) => id === other.id)?.enabled_events).toEqual(['customer.deleted']);
  });

  it('are completed at PayPal too', async () => {
    const api = await house.get(PaypalConnection).find();
    const webhook = async () => ((await api?.rest('GET', '/v1/notifications/webhooks'))?.body as { webhooks: { id: string; event_types: { name: string }[] }[] }).webhooks[0];
    const { id = '' } = (await webhook()) ?? {};
    await api?.rest('PATCH', `/v1/notifications/webhooks/${id}`, [{ op: 'replace', path: '/event_types', value: [{ name: 'PAYMENT.CAPTURE.COMPLETED' }, { name: 'PAYMENT.SALE.COMPLETED' }] }]);
    await listenAnew();
    const names = (await webhook())?.event_types.map(({ name }) => name);
    expect(names?.slice(0, 2)).toEqual(['PAYMENT.CAPTURE.COMPLETED', 'PAYMENT.SALE.COMPLETED']);
    expect(names).toContain('CUSTOMER.DISPUTE.RESOLVED');
  });
});
