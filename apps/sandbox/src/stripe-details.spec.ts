import type Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { refused, until } from './suite/asking';
import { smallSandbox, urlOf } from './suite/sandbox';
import { raw, sdk } from './suite/stripe';

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox, { maxNetworkRetries: 0 });
});
afterAll(() => sandbox.close());

const pay = (more: object = {}) => stripe.paymentIntents.create({ amount: 25_00, currency: 'eur', payment_method: 'pm_card_visa', confirm: true, ...more });
const car = { price_data: { currency: 'eur', unit_amount: 25_00, product_data: { name: 'A car', description: 'Blue', metadata: { vin: '1' } } }, quantity: 2 };
const success_url = 'https://shop.example/';

describe('an address that the API does not have', () => {
  it.each([['PUT', '/v1/customers'], ['PATCH', '/v1/customers/cus_1'], ['GET', '/nothing'], ['GET', '/v3/customers'], ['DELETE', '/']])('is refused as the API refuses: %s %s', async (method, path) => {
    const { status, headers, body } = await raw(sandbox, method, path);
    expect([status, headers.get('content-type')]).toEqual([404, 'application/json']);
    expect(headers.get('request-id')).toMatch(/^req_/u);
    expect(body.error).toMatchObject({ type: 'invalid_request_error', message: expect.stringContaining(`(${method}: ${path})`) });
  });
});

describe('what is sold for a price that the session brings along', () => {
  it('is a product like others, though not one that can be bought again', async () => {
    const { id } = await stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items: [car] });
    const { data } = await stripe.checkout.sessions.listLineItems(id, { expand: ['data.price.product'] });
    expect(data[0]).toMatchObject({ description: 'A car', amount_total: 50_00, price: { active: false, product: { object: 'product', active: false, name: 'A car', description: 'Blue', metadata: { vin: '1' } } } });
    const again = { price: data[0]?.price?.id ?? '', quantity: 1 };
    expect((await stripe.prices.retrieve(again.price)).unit_amount).toBe(25_00);
    expect(await refused(stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items: [again] }))).toMatchObject({ code: undefined, param: 'line_items[0][price]' });
  });

  it('may be priced in decimals', async () => {
    const { id } = await stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items: [{ price_data: { currency: 'eur', unit_amount_decimal: '2500' as never, product_data: { name: 'A car' } }, quantity: 1 }] });
    expect((await stripe.checkout.sessions.retrieve(id)).amount_total).toBe(25_00);
  });

  it('has to be named', async () => {
    expect(await refused(stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items: [{ price_data: { currency: 'eur', unit_amount: 1_00 }, quantity: 1 }] }))).toMatchObject({ code: 'parameter_missing', param: 'line_items[0][price_data][product]' });
  });
});

describe('a session', () => {
  const open = (more: object) => stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items: [car], ...more });

  it('is shown in a language, and ends with words, that there are', async () => {
    expect(await open({ locale: 'de', submit_type: 'book', billing_address_collection: 'required' })).toMatchObject({ locale: 'de', submit_type: 'book', billing_address_collection: 'required' });
    for (const name of ['locale', 'submit_type', 'billing_address_collection', 'payment_method_collection']) expect(await refused(open({ [name]: 'other' }))).toMatchObject({ statusCode: 400, param: name });
  });

  it('can be told more of its payment as long as it is open', async () => {
    const { id } = await open({ payment_intent_data: { description: 'A car', metadata: { order: '1', leg: 'deposit' } } });
    await stripe.checkout.sessions.update(id, { payment_intent_data: { description: 'Another car', metadata: { leg: '', car: '2' } } });
    const body = new URLSearchParams({ email: 'ada@example.com', cardNumber: '4242424242424242', cardExpiry: '12 / 39', cardCvc: '123', billingName: 'Ada' });
    await fetch(`${urlOf(sandbox, 'stripe')}/c/pay/${id}`, { method: 'POST', redirect: 'manual', body });
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
    expect(session).toMatchObject({ status: 'complete', payment_intent: { description: 'Another car', metadata: { order: '1', car: '2' } } });
    expect(await refused(stripe.checkout.sessions.update(id, { payment_intent_data: { description: 'Late' } }))).toMatchObject({ param: 'payment_intent_data' });
  });

  it('says what it was asked for', async () => {
    expect(await open({ phone_number_collection: { enabled: true }, allow_promotion_codes: true })).toMatchObject({ phone_number_collection: { enabled: true }, allow_promotion_codes: true });
  });
});

describe('words for a bank statement', () => {
  it('come after those of the account where a card is paid with', async () => {
    const { latest_charge: charge } = await pay({ statement_descriptor_suffix: 'CAR 1', expand: ['latest_charge'] });
    expect(charge).toMatchObject({ calculated_statement_descriptor: 'SANDBOX* CAR 1', statement_descriptor_suffix: 'CAR 1' });
  });

  it('cannot be said whole of a card', async () => {
    const wrong = { statusCode: 400, type: 'StripeInvalidRequestError', param: 'statement_descriptor' };
    expect(await refused(pay({ statement_descriptor: 'A CAR' }))).toMatchObject(wrong);
    const { id } = await stripe.paymentIntents.create({ amount: 25_00, currency: 'eur' });
    expect(await refused(stripe.paymentIntents.update(id, { statement_descriptor: 'A CAR' }))).toMatchObject(wrong);
    expect(await refused(stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items: [car], payment_intent_data: { statement_descriptor: 'A CAR' } }))).toMatchObject({ ...wrong, param: 'payment_intent_data[statement_descriptor]' });
    expect((await stripe.paymentIntents.create({ amount: 25_00, currency: 'eur', allowed_payment_method_types: ['sepa_debit'], statement_descriptor: 'A CAR' })).statement_descriptor).toBe('A CAR');
  });

  it('are letters, and what a statement can show', async () => {
    expect(await refused(pay({ statement_descriptor_suffix: '<car>' }))).toMatchObject({ code: 'invalid_characters', param: 'statement_descriptor_suffix' });
    expect(await refused(pay({ statement_descriptor_suffix: 'Авто' }))).toMatchObject({ code: 'invalid_characters' });
    expect((await pay({ statement_descriptor_suffix: 'Käufer 1' })).statement_descriptor_suffix).toBe('Käufer 1');
    expect(await refused(pay({ statement_descriptor_suffix: '4711' }))).toMatchObject({ param: 'statement_descriptor_suffix' });
  });
});

describe('events', () => {
  it('are listed by one type or by several, not by both', async () => {
    expect(await refused(stripe.events.list({ type: 'charge.succeeded', types: ['charge.failed'] }))).toMatchObject({ code: 'parameters_exclusive', param: 'types' });
  });
});

describe('a customer', () => {
  it('whose transfers are matched by hand from the beginning', async () => {
    const customer = await stripe.customers.create({ cash_balance: { settings: { reconciliation_mode: 'manual' } } });
    const transfer = { funding_type: 'bank_transfer' as const, bank_transfer: { type: 'eu_bank_transfer' as const, eu_bank_transfer: { country: 'DE' as const } } };
    const intent = await stripe.paymentIntents.create({ amount: 50_00, currency: 'eur', customer: customer.id, confirm: true, allowed_payment_method_types: ['customer_balance'], payment_method_data: { type: 'customer_balance' }, payment_method_options: { customer_balance: transfer } });
    await stripe.testHelpers.customers.fundCashBalance(customer.id, { amount: 50_00, currency: 'eur' });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action');
    expect((await stripe.paymentIntents.applyCustomerBalance(intent.id)).status).toBe('succeeded');
    expect(await refused(stripe.customers.update(customer.id, { cash_balance: { settings: { reconciliation_mode: 'never' } } }))).toMatchObject({ param: 'cash_balance[settings][reconciliation_mode]' });
  });
});

describe('a request that is refused', () => {
  const there = async () => {
    const [customers, intents, sessions, products, prices] = await Promise.all([stripe.customers.list({ limit: 100 }), stripe.paymentIntents.list({ limit: 100 }), stripe.checkout.sessions.list({ limit: 100 }), stripe.products.list({ limit: 100 }), stripe.prices.list({ limit: 100 })]);
    return [customers, intents, sessions, products, prices].map(({ data }) => data.length);
  };

  it('leaves nothing behind', async () => {
    const { id: customer } = await stripe.customers.create();
    const before = await there();
    const open = (more: object) => stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items: [car], ...more });
    const transfer = { funding_type: 'bank_transfer' as const, bank_transfer: { type: 'us_bank_transfer' as const } };
    const attempts = [
      stripe.customers.create({ name: 'Nobody', invoice_settings: { default_payment_method: 'pm_nothing' } }),
      stripe.customers.create({ name: 'Nobody', test_clock: 'clock_nothing' }),
      stripe.paymentIntents.create({ amount: 50_00, currency: 'eur', customer, confirm: true, allowed_payment_method_types: ['customer_balance'], payment_method_data: { type: 'customer_balance' }, payment_method_options: { customer_balance: transfer } }),
      open({ expires_at: 1 }),
      open({ line_items: [car, { price: 'price_nothing', quantity: 1 }] }),
      stripe.products.create({ name: 'Nothing', default_price_data: { currency: 'eur' } }),
      stripe.prices.create({ currency: 'eur', product_data: { name: 'Nothing' } }),
    ];
    for (const attempt of attempts) expect((await refused(attempt)).statusCode).toBe(400);
    expect(await there()).toEqual(before);
  });
});

describe('an amount', () => {
  it('of three decimals ends with a nought', async () => {
    expect((await stripe.paymentIntents.create({ amount: 5_120, currency: 'kwd' })).amount).toBe(5_120);
    expect(await refused(stripe.paymentIntents.create({ amount: 5_124, currency: 'kwd' }))).toMatchObject({ statusCode: 400, param: 'amount' });
  });
});

describe('a customer of a test clock', () => {
  it('begins at its time', async () => {
    const { id: test_clock } = await stripe.testHelpers.testClocks.create({ frozen_time: 2_000_000_000 });
    expect(await stripe.customers.create({ test_clock })).toMatchObject({ test_clock, created: 2_000_000_000 });
  });
});

describe('a search', () => {
  it('takes a number that is equal', async () => {
    const { id } = await stripe.paymentIntents.create({ amount: 77_31, currency: 'eur' });
    for (const query of ['amount=7731', 'amount:7731']) expect((await stripe.paymentIntents.search({ query })).data.map((one) => one.id)).toEqual([id]);
  });
});

describe('a refund', () => {
  it('is in the currency of the charge', async () => {
    const { id: payment_intent } = await pay();
    expect(await refused(stripe.refunds.create({ payment_intent, amount: 1_00, currency: 'usd' }))).toMatchObject({ statusCode: 400, param: 'currency' });
    expect((await stripe.refunds.create({ payment_intent, amount: 1_00, currency: 'eur' })).currency).toBe('eur');
  });

  it('lets go what a charge of old only holds, all of it', async () => {
    const { id: charge } = await stripe.charges.create({ amount: 25_00, currency: 'eur', source: 'tok_visa', capture: false });
    expect(await refused(stripe.refunds.create({ charge, amount: 5_00 }))).toMatchObject({ statusCode: 400, param: 'amount' });
    expect(await stripe.refunds.create({ charge })).toMatchObject({ status: 'succeeded', amount: 25_00, balance_transaction: null });
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ captured: false, refunded: true, amount_refunded: 25_00 });
    expect((await refused(stripe.charges.capture(charge))).statusCode).toBe(400);
    expect((await refused(stripe.refunds.create({ charge }))).statusCode).toBe(400);
  });
});

describe('a card that is disputed', () => {
  const disputesOf = (payment_intent: string, count = 1) => until(async () => (await stripe.disputes.list({ payment_intent })).data, (found) => found.length === count);

  it('twice is refunded when both are won', async () => {
    const { id, amount } = await pay({ payment_method: 'pm_card_createMultipleDisputes', amount: 25_01 });
    const both = await disputesOf(id, 2);
    expect(both.reduce((sum, one) => sum + one.amount, 0)).toBe(amount);
    const win = (one: Stripe.Dispute | undefined) => stripe.disputes.update(one?.id ?? '', { evidence: { uncategorized_text: 'winning_evidence' } });
    await win(both[0]);
    expect(await refused(stripe.refunds.create({ payment_intent: id }))).toMatchObject({ code: 'charge_disputed' });
    await win(both[1]);
    expect((await stripe.refunds.create({ payment_intent: id })).status).toBe('succeeded');
  });

  it.each([['createCe3EligibleDispute', 'fraudulent', 'chargeback', 'visa_compelling_evidence_3'], ['createComplianceDispute', 'noncompliant', 'compliance', 'visa_compliance'], ['createMastercardComplianceDispute', 'noncompliant', 'compliance', 'mastercard_compliance']])('pm_card_%s is %s, a %s', async (name, reason, case_type, enhanced) => {
    const [dispute] = await disputesOf((await pay({ payment_method: `pm_card_${name}` })).id);
    expect(dispute).toMatchObject({ reason, status: 'needs_response', enhanced_eligibility_types: [enhanced], payment_method_details: { card: { case_type } } });
  });
});

describe('test cards of two brands, and of countries with several', () => {
  it.each([['visa_cartesBancaires', 'visa', 'FR', 'credit'], ['mastercard_cartesBancaires', 'mastercard', 'FR', 'credit'], ['visa_debit_eftposAuCoBranded', 'visa', 'AU', 'debit'], ['ae_mastercard', 'mastercard', 'AE', 'credit'], ['th_credit', 'visa', 'TH', 'credit'], ['th_debit', 'visa', 'TH', 'debit'], ['amex_threeDSecureNotSupported', 'amex', 'US', 'credit']])('pm_card_%s', async (name, brand, country, funding) => {
    expect((await stripe.paymentMethods.retrieve(`pm_card_${name}`)).card).toMatchObject({ brand, country, funding });
  });
});
