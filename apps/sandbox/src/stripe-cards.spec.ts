import type Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { smallSandbox, type Parsed } from './suite/sandbox';
import { refused } from './suite/asking';
import { sdk } from './suite/stripe';

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox, { maxNetworkRetries: 0 });
});
afterAll(() => sandbox.close());

const pay = (payment_method: string, more: object = {}) => stripe.paymentIntents.create({ amount: 25_00, currency: 'usd', payment_method, confirm: true, expand: ['latest_charge'], ...more });
const cardOf = (intent: Stripe.PaymentIntent): Parsed => (intent.latest_charge as Stripe.Charge).payment_method_details?.card;
const answer = async (action: Stripe.PaymentIntent.NextAction | Stripe.SetupIntent.NextAction | null, outcome: 'complete' | 'fail') => {
  const url = action?.redirect_to_url?.url ?? String((action?.use_stripe_sdk as Parsed)?.stripe_js);
  await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ outcome }) });
};

describe('a test card', () => {
  it('is there for every country that has one', async () => {
    for (const country of 'ae ar at au be bg br by ca ch cl cn co cr cy cz de dk ec ee es fi fr gb gi gr hk hr hu ie in it jp li lt lu lv mt mx my nl no nz pa pe pl pt py ro sa se sg si sk th tw us uy'.split(' ')) {
      expect([country, (await stripe.paymentMethods.retrieve(`pm_card_${country}`)).card?.country]).toEqual([country, country.toUpperCase()]);
    }
  });

  it.each([['3530111333300000', 'jcb'], ['36227206271667', 'diners'], ['6205500000000000004', 'unionpay'], ['6011981111111113', 'discover'], ['2223003122003222', 'mastercard'], ['371449635398431', 'amex'], ['4000002500001001', 'visa']])('%s is of %s', async (number, brand) => {
    expect((await stripe.paymentMethods.create({ type: 'card', card: { number, exp_month: 12, exp_year: 2040 } })).card?.brand).toBe(brand);
  });

  it.each([['avsFail', 'fail', 'fail'], ['avsLine1Fail', 'fail', 'pass'], ['avsZipFail', 'pass', 'fail'], ['avsUnchecked', 'unavailable', 'unavailable']])('pm_card_%s is paid with, and its address is checked: %s, %s', async (name, line1, postal) => {
    expect(cardOf(await pay(`pm_card_${name}`)).checks).toMatchObject({ address_line1_check: line1, address_postal_code_check: postal, cvc_check: 'pass' });
  });
});

describe('a card that has to be set up', () => {
  it('asks no more while its customer is away, and whenever they are there', async () => {
    const customer = (await stripe.customers.create()).id;
    const early = await stripe.paymentMethods.attach('pm_card_authenticationRequiredOnSetup', { customer });
    expect(await refused(pay(early.id, { customer, off_session: true }))).toMatchObject({ code: 'authentication_required', payment_intent: { status: 'requires_payment_method' } });
    const setup = await stripe.setupIntents.create({ customer, payment_method: early.id, confirm: true, expand: ['latest_attempt'] });
    expect(setup).toMatchObject({ status: 'requires_action', latest_attempt: { object: 'setup_attempt', status: 'requires_action', payment_method: early.id, customer } });
    await answer(setup.next_action, 'complete');
    expect(await stripe.setupIntents.retrieve(setup.id, { expand: ['latest_attempt'] })).toMatchObject({ status: 'succeeded', latest_attempt: { status: 'succeeded', usage: 'off_session' } });
    expect((await pay(early.id, { customer, off_session: true })).status).toBe('succeeded');
    expect((await pay(early.id, { customer })).status).toBe('requires_action');
  });

  it('is told of as it was asked for, and to whoever has its secret', async () => {
    const setup = await stripe.setupIntents.create({ automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
    expect(setup.automatic_payment_methods).toEqual({ enabled: true, allow_redirects: 'never' });
    expect(await refused(stripe.setupIntents.retrieve(setup.id, { client_secret: 'other' }))).toMatchObject({ code: 'setup_intent_invalid_parameter', param: 'client_secret' });
    expect((await stripe.setupIntents.retrieve(setup.id, { client_secret: setup.client_secret ?? '' })).id).toBe(setup.id);
  });

  it('is asked for as often as it is tried', async () => {
    const { id } = await stripe.setupIntents.create();
    await refused(stripe.setupIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }));
    await stripe.setupIntents.confirm(id, { payment_method: 'pm_card_visa' });
    const { data } = await stripe.setupAttempts.list({ setup_intent: id, expand: ['data.payment_method'] });
    expect(data).toMatchObject([{ status: 'succeeded', payment_method: { object: 'payment_method' } }, { status: 'failed', setup_error: { code: 'card_declined' } }]);
    expect(await refused(stripe.setupAttempts.list({ setup_intent: 'seti_none' }))).toMatchObject({ code: 'resource_missing', param: 'setup_intent' });
  });
});

it('a payment that is confirmed by hand waits for it after the bank has been satisfied', async () => {
  const intent = await pay('pm_card_authenticationRequired', { confirmation_method: 'manual', return_url: 'https://shop.example/back' });
  expect(intent.status).toBe('requires_action');
  await answer(intent.next_action, 'complete');
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'requires_confirmation', next_action: null, latest_charge: null });
  expect(await stripe.paymentIntents.confirm(intent.id)).toMatchObject({ status: 'succeeded', amount_received: 25_00 });
});

it('a customer may come with a card by its token', async () => {
  const customer = await stripe.customers.create({ source: 'tok_mastercard' });
  expect(customer.default_source).toEqual(expect.any(String));
  expect(await stripe.charges.create({ amount: 5_00, currency: 'usd', customer: customer.id })).toMatchObject({ status: 'succeeded', customer: customer.id, payment_method_details: { card: { brand: 'mastercard' } } });
  expect(await refused(stripe.customers.create({ source: 'tok_chargeDeclined' }))).toMatchObject({ type: 'StripeCardError', code: 'card_declined' });
});
