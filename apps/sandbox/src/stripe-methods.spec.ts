import type { Sandbox } from './sandbox';
import type Stripe from 'stripe';
import { control, smallSandbox } from './suite/sandbox';
import { refused, until } from './suite/asking';
import { raw, sdk, typesOf } from './suite/stripe';

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox);
});
afterAll(() => sandbox.close());

const eur = { amount: 20_00, currency: 'eur' } as const;
const debit = (iban: string, more: object = {}) => stripe.paymentIntents.create({ ...eur, confirm: true, payment_method_data: { type: 'sepa_debit', sepa_debit: { iban }, billing_details: { name: 'Ada', email: 'ada@example.com' } }, ...more });

describe('the kinds of methods that a payment may be made with', () => {
  it('are those that fit currency, customer and capture', async () => {
    const types = async (more: object) => (await stripe.paymentIntents.create({ ...eur, ...more })).payment_method_types;
    const customer = (await stripe.customers.create()).id;
    expect(await types({})).toEqual(['card', 'sepa_debit']);
    expect(await types({ customer })).toEqual(['card', 'customer_balance', 'sepa_debit']);
    expect(await types({ customer, currency: 'usd' })).toEqual(['card', 'customer_balance']);
    expect(await types({ customer, capture_method: 'manual' })).toEqual(['card']);
  });

  it('are narrowed by a list of allowed ones, which leaves out what does not fit, or of excluded ones', async () => {
    const allowed = await stripe.paymentIntents.create({ ...eur, allowed_payment_method_types: ['card', 'ideal', 'customer_balance'] });
    expect(allowed).toMatchObject({ allowed_payment_method_types: ['card', 'ideal', 'customer_balance'], payment_method_types: ['card'], excluded_payment_method_types: null });
    const excluded = await stripe.paymentIntents.create({ ...eur, excluded_payment_method_types: ['sepa_debit'] });
    expect(excluded).toMatchObject({ excluded_payment_method_types: ['sepa_debit'], payment_method_types: ['card'], automatic_payment_methods: { enabled: true } });
    expect(await refused(stripe.paymentIntents.create({ ...eur, currency: 'usd', allowed_payment_method_types: ['sepa_debit'] }))).toMatchObject({ statusCode: 400, param: 'allowed_payment_method_types' });
    expect(await refused(stripe.paymentIntents.create({ ...eur, allowed_payment_method_types: ['card'], excluded_payment_method_types: ['sepa_debit'] }))).toMatchObject({ statusCode: 400 });
    expect(await refused(stripe.paymentIntents.create({ ...eur, allowed_payment_method_types: ['card'], automatic_payment_methods: { enabled: true } }))).toMatchObject({ statusCode: 400 });
    expect(await refused(stripe.paymentIntents.create({ ...eur, allowed_payment_method_types: ['sepa_debit'], payment_method: 'pm_card_visa' }))).toMatchObject({ code: 'payment_intent_incompatible_payment_method' });
  });

  it('follow what is changed afterwards', async () => {
    const { id } = await stripe.paymentIntents.create(eur);
    const customer = (await stripe.customers.create()).id;
    expect((await stripe.paymentIntents.update(id, { customer })).payment_method_types).toContain('customer_balance');
    expect(await stripe.paymentIntents.update(id, { allowed_payment_method_types: ['card'] })).toMatchObject({ payment_method_types: ['card'], allowed_payment_method_types: ['card'] });
    expect((await stripe.paymentIntents.update(id, { currency: 'gbp' })).payment_method_types).toEqual(['card']);
  });

  it('may be said as before 2026-09-30, with a notice where Stripe would refuse', async () => {
    const form = 'amount=1000&currency=eur&payment_method_types[]=card';
    const said = async (version?: string) => {
      const { status, headers } = await raw(sandbox, 'POST', '/v1/payment_intents', form, version === undefined ? {} : { 'stripe-version': version });
      return [status, headers.get('stripe-notice')];
    };
    const old = await raw(sandbox, 'POST', '/v1/payment_intents', form, { 'stripe-version': '2026-08-26.dahlia' });
    expect([old.status, old.headers.get('stripe-notice'), old.body.payment_method_types, old.body.automatic_payment_methods]).toEqual([200, null, ['card'], null]);
    expect(await said()).toEqual([200, expect.stringContaining('allowed_payment_method_types')]);
    expect(await said('2026-08-26.preview')).toEqual([200, expect.stringContaining('allowed_payment_method_types')]);
    expect((await raw(sandbox, 'POST', '/v1/payment_intents', `${form}&payment_method_types[]=shells`)).status).toBe(400);
    const listed: object = { payment_method_types: ['card'] };
    expect((await stripe.setupIntents.create({ ...listed })).payment_method_types).toEqual(['card']);
  });
});

describe('a SEPA debit', () => {
  it('is under way for a while, and then paid', async () => {
    const intent = await debit('DE89 3704 0044 0532 0130 00', { expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0, latest_charge: { status: 'pending', paid: false, captured: false, balance_transaction: null, payment_method_details: { type: 'sepa_debit', sepa_debit: { country: 'DE', bank_code: '37040044', last4: '3000' } } } });
    const done = await until(() => stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] }), (one) => one.status !== 'processing');
    expect(done).toMatchObject({ status: 'succeeded', amount_received: 2_000, latest_charge: { status: 'succeeded', paid: true, captured: true } });
    expect(await typesOf(stripe, intent.id)).toEqual(['payment_intent.created', 'payment_intent.processing', 'charge.pending', 'charge.succeeded', 'payment_intent.succeeded']);
  });

  it('fails later, and the payment may be made otherwise', async () => {
    const intent = await debit('DE78370400440532013004');
    await control(sandbox, 'clock', { advance: '2m' });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('processing');
    expect((await refused(stripe.paymentIntents.cancel(intent.id))).code).toBe('payment_intent_unexpected_state');
    await control(sandbox, 'clock', { advance: '2m' });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'payment_intent_payment_attempt_failed' } });
    expect(await typesOf(stripe, intent.id)).toEqual(['payment_intent.created', 'payment_intent.processing', 'charge.pending', 'charge.failed', 'payment_intent.payment_failed']);
    expect(await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 'succeeded' });
  });

  it('is refused with an account that cannot be, and for a hold', async () => {
    expect(await refused(debit('DE89370400440532013001'))).toMatchObject({ code: 'invalid_bank_account_iban', param: 'sepa_debit[iban]' });
    expect(await refused(debit('DE89370400440532013000', { capture_method: 'manual' }))).toMatchObject({ code: 'payment_intent_incompatible_payment_method' });
  });
});

describe('options of cards', () => {
  it('hold a card alone', async () => {
    const intent = await stripe.paymentIntents.create({ ...eur, payment_method: 'pm_card_visa', confirm: true, payment_method_options: { card: { capture_method: 'manual' } }, expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 2_000, latest_charge: { payment_method_details: { card: { capture_before: expect.any(Number) } } } });
    expect((await stripe.paymentIntents.capture(intent.id)).status).toBe('succeeded');
  });

  it.each([['pm_card_threeDSecureOptional', 'automatic', 'succeeded'], ['pm_card_threeDSecureOptional', 'any', 'requires_action'], ['pm_card_visa', 'any', 'succeeded'], ['pm_card_visa', 'challenge', 'requires_action']] as const)('%s with request_three_d_secure %s: %s', async (payment_method, request_three_d_secure, status) => {
    expect((await stripe.paymentIntents.create({ ...eur, payment_method, confirm: true, payment_method_options: { card: { request_three_d_secure } } })).status).toBe(status);
  });
});
