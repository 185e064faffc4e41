import type Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { control, smallSandbox, urlOf } from './suite/sandbox';
import { refused, until } from './suite/asking';
import { keyOf, raw, sdk, typesOf } from './suite/stripe';

let sandbox: Sandbox;
let stripe: Stripe;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox);
});
afterEach(() => control(sandbox, 'chaos', { vendor: 'stripe', reset: true }));
afterAll(() => sandbox.close());

const charged = (payment_method: string, more: object = {}) => stripe.paymentIntents.create({ amount: 20_00, currency: 'eur', payment_method, confirm: true, allowed_payment_method_types: ['card'], ...more });

describe('a payment by card', () => {
  it('succeeds, with a charge, a fee and the events in their order', async () => {
    const intent = await charged('pm_card_visa', { expand: ['latest_charge.balance_transaction'], metadata: { order: '7' } });
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2_000, amount_capturable: 0, capture_method: 'automatic_async', metadata: { order: '7' }, last_payment_error: null, livemode: false });
    expect(intent.id).toMatch(/^pi_[0-9A-Za-z]{24}$/u);
    expect(intent.client_secret).toMatch(new RegExp(`^${intent.id}_secret_`, 'u'));
    expect(intent.latest_charge).toMatchObject({ object: 'charge', captured: true, amount_captured: 2_000, paid: true, status: 'succeeded', payment_intent: intent.id, balance_transaction: { object: 'balance_transaction', amount: 2_000, fee: 55, net: 1_945, type: 'charge', status: 'pending' }, outcome: { type: 'authorized' }, metadata: { order: '7' } });
    expect(await typesOf(stripe, intent.id)).toEqual(['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded', 'charge.updated']);
  });

  it('goes the long way: created, given a card by number, confirmed', async () => {
    const created = await stripe.paymentIntents.create({ amount: 1_099, currency: 'usd' });
    expect(created.status).toBe('requires_payment_method');
    const method = await stripe.paymentMethods.create({ type: 'card', card: { number: '4242 4242 4242 4242', exp_month: 12, exp_year: 2030, cvc: '123' }, billing_details: { name: 'Ada', address: { country: 'DE' } } });
    expect(method.card).toMatchObject({ brand: 'visa', last4: '4242', checks: { cvc_check: 'pass' } });
    const updated = await stripe.paymentIntents.update(created.id, { payment_method: method.id, description: 'a car', metadata: { a: '1' } });
    expect(updated).toMatchObject({ status: 'requires_confirmation', description: 'a car' });
    expect(await stripe.paymentIntents.confirm(created.id)).toMatchObject({ status: 'succeeded', payment_method: method.id });
    const error = await refused(stripe.paymentIntents.confirm(created.id));
    expect(error).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400, code: 'payment_intent_unexpected_state', payment_intent: { id: created.id, status: 'succeeded' } });
    expect(await refused(stripe.paymentIntents.cancel(created.id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  it.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
    ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
    ['pm_card_chargeDeclinedStolenCard', 'card_declined', 'stolen_card'],
    ['pm_card_visa_chargeDeclinedStolenCard', 'card_declined', 'stolen_card'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc'],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
    ['pm_card_chargeDeclinedFraudulent', 'card_declined', 'fraudulent'],
    ['pm_card_visa_chargeDeclinedVelocityLimitExceeded', 'card_declined', 'card_velocity_exceeded'],
  ])('is refused with %s as %s, %s, and can be tried again', async (token, code, decline) => {
    const error = await refused(charged(token));
    expect(error).toMatchObject({ type: 'StripeCardError', rawType: 'card_error', statusCode: 402, code, decline_code: decline, doc_url: expect.stringContaining(code.replaceAll('_', '-')), payment_intent: { status: 'requires_payment_method', last_payment_error: { code, decline_code: decline, payment_method: { type: 'card' } } } });
    const intent = await stripe.paymentIntents.retrieve(error.payment_intent.id, { expand: ['latest_charge'] });
    expect(intent).toMatchObject({ payment_method: null, latest_charge: { id: error.charge, status: 'failed', paid: false, captured: false, failure_code: code, payment_method_details: { card: { checks: { cvc_check: code === 'incorrect_cvc' ? 'fail' : 'pass' } } } } });
    expect(await typesOf(stripe, intent.id)).toEqual(['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed']);
    expect(await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 'succeeded', last_payment_error: null });
  });

  it('is refused at first sight where the number, the month or the code cannot be', async () => {
    const card = (change: object) => refused(stripe.paymentMethods.create({ type: 'card', card: { number: '4242424242424242', exp_month: 5, exp_year: 2031, cvc: '123', ...change } }));
    expect(await card({ number: '4242424242424241' })).toMatchObject({ type: 'StripeCardError', code: 'incorrect_number' });
    expect(await card({ exp_month: 13 })).toMatchObject({ code: 'invalid_expiry_month' });
    expect(await card({ exp_year: 2020 })).toMatchObject({ code: 'invalid_expiry_year' });
    expect(await card({ cvc: '12' })).toMatchObject({ code: 'invalid_cvc' });
  });
});

describe('a hold on a card', () => {
  const held = (more: object = {}) => charged('pm_card_visa', { capture_method: 'manual', ...more });

  it('is taken in part, once, and the rest let go', async () => {
    const intent = await held({ expand: ['latest_charge'] });
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 2_000, amount_received: 0, latest_charge: { captured: false, paid: true, balance_transaction: null } });
    const card = (intent.latest_charge as Stripe.Charge).payment_method_details?.card;
    expect((card?.capture_before ?? 0) - intent.created).toBe(7 * 86_400);
    expect(await refused(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 2_001 }))).toMatchObject({ statusCode: 400, code: 'amount_too_large', param: 'amount_to_capture' });
    const done = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 700, expand: ['latest_charge.balance_transaction'] });
    expect(done).toMatchObject({ status: 'succeeded', amount: 2_000, amount_received: 700, amount_capturable: 0, latest_charge: { captured: true, amount_captured: 700, balance_transaction: { amount: 700, fee: 36 } } });
    expect(await refused(stripe.paymentIntents.capture(intent.id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
    expect(await typesOf(stripe, intent.id)).toEqual(['payment_intent.created', 'charge.succeeded', 'payment_intent.amount_capturable_updated', 'charge.captured', 'payment_intent.succeeded']);
  });

  it('is taken in steps and raised only where that was asked for', async () => {
    const plain = await held();
    expect(await refused(stripe.paymentIntents.capture(plain.id, { amount_to_capture: 100, final_capture: false }))).toMatchObject({ param: 'final_capture' });
    expect((await refused(stripe.paymentIntents.incrementAuthorization(plain.id, { amount: 3_000 }))).statusCode).toBe(400);
    const asked = await held({ payment_method_options: { card: { request_multicapture: 'if_available', request_incremental_authorization: 'if_available' } } });
    expect(await stripe.paymentIntents.incrementAuthorization(asked.id, { amount: 3_000 })).toMatchObject({ amount: 3_000, amount_capturable: 3_000 });
    expect(await stripe.paymentIntents.capture(asked.id, { amount_to_capture: 1_000, final_capture: false })).toMatchObject({ status: 'requires_capture', amount_received: 1_000, amount_capturable: 2_000 });
    const taken = String(asked.latest_charge);
    expect(await stripe.charges.retrieve(taken)).toMatchObject({ captured: false, amount_captured: 1_000, amount_refunded: 0 });
    expect(await refused(stripe.paymentIntents.capture(asked.id, { amount_to_capture: 2_000, final_capture: false }))).toMatchObject({ statusCode: 400, param: 'final_capture' });
    await stripe.refunds.create({ payment_intent: asked.id, amount: 1_000 });
    expect(await stripe.charges.retrieve(taken)).toMatchObject({ refunded: false, amount_refunded: 1_000 });
    expect(await stripe.paymentIntents.capture(asked.id)).toMatchObject({ status: 'succeeded', amount_received: 3_000 });
    expect(await typesOf(stripe, asked.id)).toEqual(expect.arrayContaining(['charge.updated', 'charge.captured', 'payment_intent.succeeded']));
  });

  it('keeps what was taken in steps when the rest is let go: by a last capture of nothing, a cancellation or time', async () => {
    const begun = async () => {
      const { id } = await held({ payment_method_options: { card: { request_multicapture: 'if_available' } } });
      await stripe.paymentIntents.capture(id, { amount_to_capture: 800, final_capture: false });
      return id;
    };
    const kept = { status: 'succeeded', amount_received: 800, amount_capturable: 0, latest_charge: { captured: true, amount_captured: 800, amount_refunded: 0, refunded: false } };
    const [last, cancelled, left] = [await begun(), await begun(), await begun()];
    await stripe.paymentIntents.capture(last, { amount_to_capture: 0 });
    await stripe.paymentIntents.cancel(cancelled);
    await control(sandbox, 'clock', { advance: '8d' });
    for (const id of [last, cancelled, left]) expect(await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] })).toMatchObject(kept);
    expect(await refused(stripe.paymentIntents.capture((await held()).id, { amount_to_capture: 0 }))).toMatchObject({ param: 'amount_to_capture' });
  });

  it('is let go when it is cancelled', async () => {
    const intent = await held();
    expect(await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'requested_by_customer', expand: ['latest_charge'] })).toMatchObject({ status: 'canceled', cancellation_reason: 'requested_by_customer', amount_capturable: 0, latest_charge: { captured: false, refunded: true, amount_refunded: 2_000 } });
    expect(await typesOf(stripe, intent.id)).toEqual(expect.arrayContaining(['charge.refunded', 'payment_intent.canceled']));
    expect((await stripe.balanceTransactions.list({ source: String(intent.latest_charge) })).data).toEqual([]);
  });

  it('ends by itself after seven days of the sandbox’s clock', async () => {
    const intent = await held();
    await control(sandbox, 'clock', { advance: '6d' });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_capture');
    await control(sandbox, 'clock', { advance: '25h' });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic', amount_capturable: 0, canceled_at: intent.created + 7 * 86_400 });
    expect(await typesOf(stripe, intent.id)).toEqual(expect.arrayContaining(['charge.expired', 'payment_intent.canceled']));
    expect(await refused(stripe.paymentIntents.capture(intent.id))).toMatchObject({ code: 'payment_intent_unexpected_state' });
  });
});

describe('3-D Secure', () => {
  const answer = async (intent: Stripe.PaymentIntent, outcome: string): Promise<URL> => {
    const url = intent.next_action?.redirect_to_url?.url ?? '';
    expect(await (await fetch(url)).text()).toContain('name="outcome"');
    const back = await fetch(url, { method: 'POST', body: new URLSearchParams({ outcome }), redirect: 'manual' });
    return new URL(back.headers.get('location') ?? '');
  };
  const challenged = (number: string, more: object = {}) => stripe.paymentIntents.create({ amount: 5_000, currency: 'eur', confirm: true, allowed_payment_method_types: ['card'], payment_method_data: { type: 'card', card: { number, exp_month: 1, exp_year: 2032, cvc: '123' } } as never, return_url: 'https://shop.example/back?x=1', ...more });

  it('asks the customer, who agrees', async () => {
    const intent = await challenged('4000002760003184', { capture_method: 'manual' });
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: 'https://shop.example/back?x=1' } }, latest_charge: null });
    const back = await answer(intent, 'complete');
    expect(Object.fromEntries(back.searchParams)).toMatchObject({ x: '1', payment_intent: intent.id, payment_intent_client_secret: intent.client_secret, redirect_status: 'succeeded' });
    expect(await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] })).toMatchObject({ status: 'requires_capture', next_action: null, latest_charge: { payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } } } });
    expect(await typesOf(stripe, intent.id)).toEqual(['payment_intent.created', 'payment_intent.requires_action', 'charge.succeeded', 'payment_intent.amount_capturable_updated']);
  });

  it('asks the customer, who does not', async () => {
    const intent = await challenged('4000002760003184');
    expect((await answer(intent, 'fail')).searchParams.get('redirect_status')).toBe('failed');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'payment_intent_authentication_failure' } });
  });

  it('and the bank refuses all the same', async () => {
    const intent = await challenged('4000008260003178');
    await answer(intent, 'complete');
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'card_declined', decline_code: 'insufficient_funds' } });
  });

  it('cannot be asked of somebody who is away', async () => {
    const customer = await stripe.customers.create({ email: 'ada@example.com' });
    const method = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer: customer.id });
    const error = await refused(charged(method.id, { customer: customer.id, off_session: true }));
    expect(error).toMatchObject({ statusCode: 402, code: 'authentication_required', decline_code: 'authentication_required', payment_intent: { status: 'requires_payment_method' } });
    expect(await refused(charged('pm_card_threeDSecure2Required', { error_on_requires_action: true }))).toMatchObject({ code: 'authentication_required' });
  });

  it('is settled once for all by a set-up', async () => {
    const customer = await stripe.customers.create({ name: 'Grace' });
    const setup = await stripe.setupIntents.create({ customer: customer.id, payment_method: 'pm_card_authenticationRequiredOnSetup', confirm: true, allowed_payment_method_types: ['card'], return_url: 'https://shop.example/saved' });
    expect(setup.status).toBe('requires_action');
    await fetch(setup.next_action?.redirect_to_url?.url ?? '', { method: 'POST', body: new URLSearchParams({ outcome: 'complete' }), redirect: 'manual' });
    const done = await stripe.setupIntents.retrieve(setup.id, { expand: ['payment_method'] });
    expect(done).toMatchObject({ status: 'succeeded', payment_method: { customer: customer.id } });
    const kept = done.payment_method as Stripe.PaymentMethod;
    expect(await charged(kept.id, { customer: customer.id, off_session: true })).toMatchObject({ status: 'succeeded' });
    expect((await stripe.customers.listPaymentMethods(customer.id, { type: 'card' })).data.map((one) => one.id)).toEqual([kept.id]);
  });
});

describe('a refund', () => {
  it('is given in parts, never more than was taken', async () => {
    const intent = await charged('pm_card_visa');
    const first = await stripe.refunds.create({ payment_intent: intent.id, amount: 500, reason: 'requested_by_customer', metadata: { why: 'scratch' } });
    expect(first).toMatchObject({ object: 'refund', status: 'succeeded', amount: 500, charge: intent.latest_charge, reason: 'requested_by_customer' });
    expect(await refused(stripe.refunds.create({ payment_intent: intent.id, amount: 1_501 }))).toMatchObject({ statusCode: 400, param: 'amount' });
    await stripe.refunds.create({ charge: String(intent.latest_charge), amount: 500 });
    await stripe.refunds.create({ payment_intent: intent.id });
    expect(await refused(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({ code: 'charge_already_refunded' });
    const charge = await stripe.charges.retrieve(String(intent.latest_charge), { expand: ['refunds.data.balance_transaction'] });
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 2_000 });
    expect(charge.refunds?.data.map((one) => [one.amount, (one.balance_transaction as Stripe.BalanceTransaction).amount])).toEqual([[1_000, -1_000], [500, -500], [500, -500]]);
    const event = (await stripe.events.list({ type: 'charge.refunded', limit: 3 })).data.at(-1);
    expect(event?.data.previous_attributes).toEqual({ amount_refunded: 0 });
  });

  it('fails later, and the money comes back', async () => {
    const intent = await charged('pm_card_refundFail');
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe('succeeded');
    await control(sandbox, 'clock', { advance: '1m' });
    expect(await stripe.refunds.retrieve(refund.id, { expand: ['failure_balance_transaction'] })).toMatchObject({ status: 'failed', failure_reason: expect.any(String), failure_balance_transaction: { amount: 2_000 } });
    expect(await stripe.charges.retrieve(String(intent.latest_charge))).toMatchObject({ refunded: false, amount_refunded: 0 });
    expect(await typesOf(stripe, refund.id)).toEqual(expect.arrayContaining(['refund.created', 'refund.updated', 'refund.failed']));
  });

  it('is pending for a while with some cards, in real time too', async () => {
    const intent = await charged('pm_card_pendingRefund');
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 100 });
    expect(refund.status).toBe('pending');
    await until(async () => (await stripe.refunds.retrieve(refund.id)).status, (status) => status === 'succeeded');
  });

  it('is refused for a hold', async () => {
    const intent = await charged('pm_card_visa', { capture_method: 'manual' });
    expect((await refused(stripe.refunds.create({ payment_intent: intent.id }))).statusCode).toBe(400);
  });
});

describe('a dispute', () => {
  const disputed = async (token = 'pm_card_createDispute'): Promise<Stripe.Dispute> => {
    const intent = await charged(token);
    const { data } = await stripe.disputes.list({ payment_intent: intent.id });
    const [dispute] = data;
    if (dispute === undefined) throw new Error('no dispute');
    return dispute;
  };

  it('takes the money away at once', async () => {
    const dispute = await disputed();
    expect(dispute).toMatchObject({ object: 'dispute', status: 'needs_response', reason: 'fraudulent', amount: 2_000, is_charge_refundable: false, evidence_details: { has_evidence: false, submission_count: 0 }, balance_transactions: [{ amount: -2_000, fee: 2_000, type: 'adjustment', reporting_category: 'dispute' }] });
    expect(dispute.evidence_details.due_by ?? 0).toBeGreaterThan(dispute.created + 7 * 86_400);
    expect(await stripe.charges.retrieve(String(dispute.charge))).toMatchObject({ disputed: true });
    expect(await refused(stripe.refunds.create({ charge: String(dispute.charge) }))).toMatchObject({ code: 'charge_disputed' });
    expect(await typesOf(stripe, dispute.id)).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn']);
  });

  it('is won with winning evidence, prepared first and then sent', async () => {
    const dispute = await disputed();
    const staged = await stripe.disputes.update(dispute.id, { evidence: { customer_name: 'Ada' }, submit: false });
    expect(staged).toMatchObject({ status: 'needs_response', evidence: { customer_name: 'Ada' }, evidence_details: { has_evidence: true, submission_count: 0 } });
    const won = await stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' }, submit: true });
    expect(won).toMatchObject({ status: 'won', evidence_details: { submission_count: 1 } });
    expect(won.balance_transactions.map((one) => one.net)).toEqual([-4_000, 4_000]);
    expect(await typesOf(stripe, dispute.id)).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn', 'charge.dispute.updated', 'charge.dispute.updated', 'charge.dispute.funds_reinstated', 'charge.dispute.closed']);
    expect((await refused(stripe.disputes.update(dispute.id, { evidence: { customer_name: 'B' } }))).statusCode).toBe(400);
  });

  it('is lost with losing evidence, by giving in and by silence', async () => {
    const [argued, givenIn, silent] = [await disputed(), await disputed('pm_card_createDisputeProductNotReceived'), await disputed()];
    expect((await stripe.disputes.update(argued.id, { evidence: { uncategorized_text: 'losing_evidence' } })).status).toBe('lost');
    expect(givenIn.reason).toBe('product_not_received');
    expect((await stripe.disputes.close(givenIn.id)).status).toBe('lost');
    await control(sandbox, 'clock', { advance: '11d' });
    expect(await stripe.disputes.retrieve(silent.id)).toMatchObject({ status: 'lost', evidence_details: { past_due: true } });
  });

  it('is only asked about with an inquiry, which takes no money', async () => {
    const dispute = await disputed('pm_card_createDisputeInquiry');
    expect(dispute).toMatchObject({ status: 'warning_needs_response', balance_transactions: [], is_charge_refundable: true });
    expect((await stripe.disputes.close(dispute.id)).status).toBe('warning_closed');
  });

  it('takes files as evidence', async () => {
    const dispute = await disputed();
    const file = await stripe.files.create({ purpose: 'dispute_evidence', file: { data: Buffer.from('%PDF-1.7 handover'), name: 'handover.pdf', type: 'application/pdf' } });
    expect(file).toMatchObject({ object: 'file', filename: 'handover.pdf', size: 17, type: 'pdf' });
    const kept = await fetch(file.url ?? '', { headers: { authorization: `Bearer ${await keyOf(sandbox)}` } });
    expect([kept.status, kept.headers.get('content-type'), await kept.text()]).toEqual([200, 'application/pdf', '%PDF-1.7 handover']);
    expect((await fetch(file.url ?? '')).status).toBe(401);
    const large = Buffer.alloc(4 * 1_024 * 1_024, 'x');
    expect((await stripe.files.create({ purpose: 'dispute_evidence', file: { data: large, name: 'pack.pdf', type: 'application/pdf' } })).size).toBe(large.length);
    expect(await stripe.disputes.update(dispute.id, { evidence: { receipt: file.id } })).toMatchObject({ status: 'under_review', evidence: { receipt: file.id } });
  });
});

describe('a bank transfer', () => {
  it('comes in parts and too much, and is put to the payment that waits', async () => {
    const customer = await stripe.customers.create({ name: 'Ada Buyer' });
    const waiting = await stripe.paymentIntents.create({ amount: 1_500_000, currency: 'eur', customer: customer.id, allowed_payment_method_types: ['customer_balance'], payment_method_data: { type: 'customer_balance' }, payment_method_options: { customer_balance: { funding_type: 'bank_transfer', bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } } } }, confirm: true });
    expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'display_bank_transfer_instructions', display_bank_transfer_instructions: { amount_remaining: 1_500_000, currency: 'eur', type: 'eu_bank_transfer', financial_addresses: [{ type: 'iban', iban: { iban: expect.stringMatching(/^DE\d{20}$/u) } }] } } });
    await stripe.testHelpers.customers.fundCashBalance(customer.id, { amount: 500_000, currency: 'eur' });
    expect(await stripe.paymentIntents.retrieve(waiting.id)).toMatchObject({ status: 'requires_action', amount_received: 0, next_action: { display_bank_transfer_instructions: { amount_remaining: 1_000_000 } } });
    await stripe.testHelpers.customers.fundCashBalance(customer.id, { amount: 1_000_100, currency: 'eur' });
    expect(await stripe.paymentIntents.retrieve(waiting.id, { expand: ['latest_charge.balance_transaction'] })).toMatchObject({ status: 'succeeded', amount_received: 1_500_000, latest_charge: { id: expect.stringMatching(/^py_/u), balance_transaction: { type: 'payment', amount: 1_500_000, fee: 500 } } });
    expect(await stripe.customers.retrieve(customer.id, { expand: ['cash_balance'] })).toMatchObject({ cash_balance: { available: { eur: 100 } } });
    expect(await typesOf(stripe, waiting.id)).toEqual(expect.arrayContaining(['payment_intent.requires_action', 'payment_intent.partially_funded', 'payment_intent.succeeded']));
    const told = await stripe.customers.createFundingInstructions(customer.id, { currency: 'eur', funding_type: 'bank_transfer', bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } } });
    expect(told.bank_transfer.financial_addresses[0]?.iban?.iban).toBe(waiting.next_action?.display_bank_transfer_instructions?.financial_addresses?.[0]?.iban?.iban);
  });

  it('is put to a payment by hand where the customer’s balance is kept so', async () => {
    const customer = await stripe.customers.create();
    await stripe.customers.updateCashBalance(customer.id, { settings: { reconciliation_mode: 'manual' } });
    const waiting = await stripe.paymentIntents.create({ amount: 90_000, currency: 'eur', customer: customer.id, allowed_payment_method_types: ['customer_balance'], payment_method_data: { type: 'customer_balance' }, confirm: true });
    await stripe.testHelpers.customers.fundCashBalance(customer.id, { amount: 95_000, currency: 'eur' });
    expect((await stripe.paymentIntents.retrieve(waiting.id)).status).toBe('requires_action');
    expect(await stripe.paymentIntents.applyCustomerBalance(waiting.id, { amount: 40_000 })).toMatchObject({ status: 'requires_action', next_action: { display_bank_transfer_instructions: { amount_remaining: 50_000 } } });
    expect((await stripe.paymentIntents.applyCustomerBalance(waiting.id)).status).toBe('succeeded');
    expect((await stripe.customers.retrieveCashBalance(customer.id)).available).toEqual({ eur: 5_000 });
  });

  it('goes back to the customer when the payment is given up', async () => {
    const customer = await stripe.customers.create();
    const waiting = await stripe.paymentIntents.create({ amount: 90_000, currency: 'eur', customer: customer.id, allowed_payment_method_types: ['customer_balance'], payment_method_data: { type: 'customer_balance' }, confirm: true });
    await stripe.testHelpers.customers.fundCashBalance(customer.id, { amount: 30_000, currency: 'eur' });
    expect((await stripe.paymentIntents.cancel(waiting.id)).status).toBe('canceled');
    expect((await stripe.customers.retrieveCashBalance(customer.id)).available).toEqual({ eur: 30_000 });
    expect((await stripe.customers.listCashBalanceTransactions(customer.id)).data.map((one) => [one.type, one.net_amount])).toEqual([['unapplied_from_payment', 30_000], ['applied_to_payment', -30_000], ['funded', 30_000]]);
  });

  it('goes back from the customer’s balance to their bank, as much as lies there', async () => {
    const customer = await stripe.customers.create();
    await stripe.testHelpers.customers.fundCashBalance(customer.id, { amount: 30_000, currency: 'eur' });
    const ask = { customer: customer.id, currency: 'eur', origin: 'customer_balance' } as const;
    await expect(stripe.refunds.create({ ...ask, amount: 30_001 })).rejects.toThrow(/insufficient/u);
    const refund = await stripe.refunds.create({ ...ask, amount: 30_000 });
    expect(refund).toMatchObject({ status: 'pending', charge: null, payment_intent: null, amount: 30_000, balance_transaction: null });
    expect((await stripe.customers.retrieveCashBalance(customer.id)).available).toEqual({ eur: 0 });
    expect((await stripe.refunds.cancel(refund.id)).status).toBe('canceled');
    expect((await stripe.customers.retrieveCashBalance(customer.id)).available).toEqual({ eur: 30_000 });
  });
});

describe('the balance', () => {
  it('adds up to what was taken, given back, lost and paid out, in each currency', async () => {
    await control(sandbox, 'clock', { advance: '4d' });
    const { data: payouts } = await stripe.payouts.list({ status: 'paid' });
    expect(payouts.length).toBeGreaterThan(0);
    const [payout] = payouts;
    const carried = await stripe.balanceTransactions.list({ payout: payout?.id ?? '', limit: 100 }).autoPagingToArray({ limit: 1_000 });
    expect(carried.filter((one) => one.type !== 'payout').reduce((sum, one) => sum + one.net, 0)).toBe(payout?.amount);
    const all = await stripe.balanceTransactions.list({ currency: 'eur', limit: 100 }).autoPagingToArray({ limit: 5_000 });
    const balance = await stripe.balance.retrieve();
    const of = (part: Stripe.Balance.Available[]) => part.find((one) => one.currency === 'eur')?.amount ?? 0;
    expect(of(balance.available) + of(balance.pending)).toBe(all.reduce((sum, one) => sum + one.net, 0));
    expect((await stripe.events.list({ type: 'payout.paid' })).data.length).toBeGreaterThan(0);
  });

  it('pays out no more than there is', async () => {
    expect(await refused(stripe.payouts.create({ amount: 99_000_000, currency: 'eur' }))).toMatchObject({ code: 'balance_insufficient' });
    await charged('pm_card_bypassPending', { amount: 10_000, currency: 'usd' });
    const payout = await stripe.payouts.create({ amount: 5_000, currency: 'usd' });
    expect(payout).toMatchObject({ status: 'pending', automatic: false });
    await control(sandbox, 'clock', { advance: '2d' });
    expect((await stripe.payouts.retrieve(payout.id)).status).toBe('paid');
    // The night's own payout takes what the manual one has left, and no more.
    const all = await stripe.balanceTransactions.list({ currency: 'usd', limit: 100 }).autoPagingToArray({ limit: 5_000 });
    expect(all.reduce((sum, one) => sum + one.net, 0)).toBe(0);
    const paidOut = (await stripe.payouts.list({ limit: 100 })).data.filter((one) => one.currency === 'usd').reduce((sum, one) => sum + one.amount, 0);
    expect(paidOut).toBe(all.filter((one) => one.type !== 'payout').reduce((sum, one) => sum + one.net, 0));
  });
});

describe('what is plainly wrong', () => {
  it.each([
    ['amount=49&currency=usd', 'amount_too_small', 'amount'],
    ['amount=-100&currency=usd', 'parameter_invalid_integer', 'amount'],
    ['amount=0&currency=usd', 'parameter_invalid_integer', 'amount'],
    ['amount=10.5&currency=usd', 'parameter_invalid_integer', 'amount'],
    ['amount=100000000&currency=usd', 'amount_too_large', 'amount'],
    ['currency=usd', 'parameter_missing', 'amount'],
    ['amount=1000', 'parameter_missing', 'currency'],
    ['amount=&currency=usd', 'parameter_invalid_empty', 'amount'],
    ['amount=1000&currency=usd&colour=red', 'parameter_unknown', 'colour'],
    ['amount=1000&currency=usd&automatic_payment_methods[enable]=true', 'parameter_unknown', 'automatic_payment_methods[enable]'],
    ['amount=1000&currency=usd&customer=cus_none', 'resource_missing', 'customer'],
    ['amount=1000&currency=usd&payment_method=pm_none', 'resource_missing', 'payment_method'],
    ['amount=1000&currency=xxx', undefined, 'currency'],
    ['amount=1000&currency=usd&capture_method=later', undefined, 'capture_method'],
  ])('%s is refused', async (form, code, param) => {
    const { status, body } = await raw(sandbox, 'POST', '/v1/payment_intents', form);
    expect([status, body.error.type, body.error.code, body.error.param]).toEqual([400, 'invalid_request_error', code, param]);
  });

  it('a page of somebody else’s id says nothing', async () => {
    for (const path of ['/c/pay/cs_none', '/authenticate/pi_none', '/instructions/pi_none', '/receipts/ch_none']) expect((await fetch(`${urlOf(sandbox, 'stripe')}${path}`)).status).toBe(404);
  });
});

describe('a charge without an intent', () => {
  it('is made by a token, held, taken in part and given back', async () => {
    const token = await stripe.tokens.create({ card: { number: '4242424242424242', exp_month: '12', exp_year: '2031', cvc: '123' } });
    const held = await stripe.charges.create({ amount: 2_000, currency: 'eur', source: token.id, capture: false, description: 'of old' });
    expect(held).toMatchObject({ status: 'succeeded', paid: true, captured: false, payment_intent: null });
    expect(await refused(stripe.charges.create({ amount: 2_000, currency: 'eur', source: token.id }))).toMatchObject({ code: 'token_already_used' });
    expect(await refused(stripe.charges.capture(held.id, { amount: 2_001 }))).toMatchObject({ code: 'amount_too_large' });
    expect(await stripe.charges.capture(held.id, { amount: 700 })).toMatchObject({ captured: true, amount_captured: 700 });
    expect(await refused(stripe.charges.capture(held.id))).toMatchObject({ code: 'charge_already_captured' });
    await stripe.refunds.create({ charge: held.id });
    expect(await stripe.charges.retrieve(held.id)).toMatchObject({ refunded: true, amount_refunded: 700 });
  });

  it('is refused by the bank, and a hold ends by itself', async () => {
    const error = await refused(stripe.charges.create({ amount: 2_000, currency: 'eur', source: 'tok_chargeDeclinedInsufficientFunds' }));
    expect(error).toMatchObject({ type: 'StripeCardError', decline_code: 'insufficient_funds', advice_code: 'try_again_later', charge: expect.stringMatching(/^ch_/u) });
    const held = await stripe.charges.create({ amount: 2_000, currency: 'eur', source: 'tok_visa', capture: false });
    await control(sandbox, 'clock', { advance: '8d' });
    expect(await refused(stripe.charges.capture(held.id))).toMatchObject({ code: 'charge_expired_for_capture' });
    expect(await typesOf(stripe, held.id)).toContain('charge.expired');
  });
});

it('a dispute that was won leaves the money free to be given back', async () => {
  const intent = await charged('pm_card_createDispute');
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
  await stripe.disputes.update(dispute?.id ?? '', { evidence: { uncategorized_text: 'winning_evidence' } });
  expect((await stripe.refunds.create({ payment_intent: intent.id })).status).toBe('succeeded');
});

it('an early fraud warning is no longer to be acted on once the money was given back', async () => {
  const intent = await charged('pm_card_createIssuerFraudRecord');
  const warning = async () => (await stripe.radar.earlyFraudWarnings.list({ payment_intent: intent.id })).data[0];
  expect(await warning()).toMatchObject({ actionable: true, charge: intent.latest_charge });
  await stripe.refunds.create({ payment_intent: intent.id });
  expect(await warning()).toMatchObject({ actionable: false });
});
