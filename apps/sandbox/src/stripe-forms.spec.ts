import type Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { smallSandbox } from './suite/sandbox';
import { refused } from './suite/asking';
import { sdk } from './suite/stripe';

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox, { maxNetworkRetries: 0 });
});
afterAll(() => sandbox.close());

const usd = { amount: 20_00, currency: 'usd' } as const;
/** What the types of the SDK would not let through. */
const odd = (form: object): object => form;
const nowhere = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

describe('what a form says', () => {
  it.each([
    ['shipping[address][planet]', { shipping: { name: 'Ada', address: { line1: '1', planet: 'Mars' } } }],
    ['payment_method_options[card][colour]', { payment_method_options: { card: { colour: 'red' } } }],
    ['payment_method_options[customer_balance][colour]', { payment_method_options: { customer_balance: { colour: 'red' } } }],
    ['automatic_payment_methods[colour]', { automatic_payment_methods: { enabled: true, colour: 'red' } }],
    ['colour', { colour: 'red' }],
  ] as const)('is known down to %s', async (param, more: object) => {
    expect(await refused(stripe.paymentIntents.create({ ...usd, ...more }))).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, code: 'parameter_unknown', param, message: `Received unknown parameter: ${param}`, doc_url: expect.stringContaining('parameter-unknown'), raw: { request_log_url: expect.stringContaining('req_') } });
  });

  it('about shipping needs a name and an address', async () => {
    const no = { statusCode: 400, code: 'parameter_missing' };
    expect(await refused(stripe.paymentIntents.create({ ...usd, ...odd({ shipping: { address: { line1: '1' } } }) }))).toMatchObject({ ...no, param: 'shipping[name]' });
    expect(await refused(stripe.customers.create({ ...odd({ shipping: { name: 'Ada' } }) }))).toMatchObject({ ...no, param: 'shipping[address]' });
  });

  it('about addresses is told with all its parts', async () => {
    const customer = await stripe.customers.create({ address: { city: 'Bonn', country: 'DE' }, shipping: { name: 'Ada', address: { line1: '1 Way' } } });
    expect(customer.address).toEqual({ ...nowhere, city: 'Bonn', country: 'DE' });
    expect(customer.shipping).toEqual({ name: 'Ada', phone: null, address: { ...nowhere, line1: '1 Way' } });
    expect(await stripe.customers.update(customer.id, { address: '', shipping: '' })).toMatchObject({ address: null, shipping: null });
    const intent = await stripe.paymentIntents.create({ ...usd, payment_method: 'pm_card_visa', confirm: true, shipping: { name: 'Ada', address: { line1: '1 Way' }, carrier: 'DHL' }, expand: ['latest_charge'] });
    const shipping = { name: 'Ada', phone: null, carrier: 'DHL', tracking_number: null, address: { ...nowhere, line1: '1 Way' } };
    expect(intent).toMatchObject({ shipping, latest_charge: { shipping } });
    expect((await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' }, billing_details: { address: { postal_code: '12345' } } })).billing_details.address).toEqual({ ...nowhere, postal_code: '12345' });
  });

  it('is one thing or the other', async () => {
    const no = { statusCode: 400, code: 'parameters_exclusive' };
    expect(await refused(stripe.refunds.create({ charge: 'ch_1', payment_intent: 'pi_1' }))).toMatchObject(no);
    expect(await refused(stripe.customers.list({ starting_after: 'cus_1', ending_before: 'cus_2' }))).toMatchObject(no);
    expect(await refused(stripe.paymentIntents.create({ ...usd, allowed_payment_method_types: ['card'], excluded_payment_method_types: ['sepa_debit'] }))).toMatchObject(no);
  });

  it('names mail addresses that could be ones', async () => {
    const no = { statusCode: 400, code: 'email_invalid' };
    expect(await refused(stripe.customers.create({ email: 'nobody' }))).toMatchObject({ ...no, param: 'email', message: 'Invalid email address: nobody' });
    expect(await refused(stripe.paymentIntents.create({ ...usd, receipt_email: 'no body@example.com' }))).toMatchObject({ ...no, param: 'receipt_email' });
    expect(await refused(stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' }, billing_details: { email: 'x' } }))).toMatchObject({ ...no, param: 'billing_details[email]' });
  });

  it('has room for fifty keys of metadata, with what is there already', async () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 'v']));
    expect(await refused(stripe.customers.create({ metadata: many(51) }))).toMatchObject({ statusCode: 400, param: 'metadata' });
    const { id } = await stripe.customers.create({ metadata: many(50) });
    expect(await refused(stripe.customers.update(id, { metadata: { more: 'v' } }))).toMatchObject({ statusCode: 400, param: 'metadata' });
    expect((await stripe.customers.update(id, { metadata: { key0: '', more: 'v' } })).metadata).toMatchObject({ more: 'v', key49: 'v' });
    expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({});
  });

  it('may call metadata by numbers', async () => {
    expect((await stripe.customers.create({ metadata: { 0: 'a', 7: 'b' } })).metadata).toEqual({ 0: 'a', 7: 'b' });
  });

  it('asks for transfers where there are accounts, and in their currency', async () => {
    const customer = (await stripe.customers.create()).id;
    const ask = (currency: string, bank_transfer: object) => stripe.paymentIntents.create({ amount: 50_00, currency, customer, confirm: true, payment_method_data: { type: 'customer_balance' }, payment_method_options: { customer_balance: { funding_type: 'bank_transfer', ...odd({ bank_transfer }) } } });
    const at = 'payment_method_options[customer_balance][bank_transfer]';
    expect(await refused(ask('eur', { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'IT' } }))).toMatchObject({ statusCode: 400, param: `${at}[eu_bank_transfer][country]` });
    expect(await refused(ask('eur', { type: 'us_bank_transfer' }))).toMatchObject({ statusCode: 400, param: `${at}[type]` });
    expect(await refused(ask('jpy', { type: 'jp_bank_transfer' }))).toMatchObject({ statusCode: 400 });
    expect((await ask('eur', { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'NL' } })).next_action?.display_bank_transfer_instructions).toMatchObject({ type: 'eu_bank_transfer', financial_addresses: [{ iban: { country: 'NL' } }] });
  });

  it('is of the right type, and what must be there is there', async () => {
    const invalid = { type: 'StripeInvalidRequestError', statusCode: 400, code: 'parameter_invalid_integer', param: 'amount' };
    for (const amount of ['many', 10.5, -5, 0]) expect(await refused(stripe.paymentIntents.create({ ...usd, ...{ amount: amount as number } }))).toMatchObject(invalid);
    expect(await refused(stripe.paymentIntents.create({ currency: 'usd' } as Stripe.PaymentIntentCreateParams))).toMatchObject({ code: 'parameter_missing', param: 'amount' });
    expect(await refused(stripe.paymentIntents.create({ amount: 1_000 } as Stripe.PaymentIntentCreateParams))).toMatchObject({ code: 'parameter_missing', param: 'currency' });
  });
});

it('an endpoint is told of events that there are', async () => {
  const url = 'https://shop.example/hook';
  const bogus = { url, enabled_events: ['charge.succeeded'], ...odd({ enabled_events: ['charge.succeeded', 'charge.danced'] }) } satisfies Stripe.WebhookEndpointCreateParams;
  expect(await refused(stripe.webhookEndpoints.create(bogus))).toMatchObject({ statusCode: 400, param: 'enabled_events[1]' });
  const { id } = await stripe.webhookEndpoints.create({ url, enabled_events: ['charge.dispute.funds_reinstated', 'radar.early_fraud_warning.created'] });
  expect(await refused(stripe.webhookEndpoints.update(id, odd({ enabled_events: ['no.such'] })))).toMatchObject({ param: 'enabled_events[0]' });
});
