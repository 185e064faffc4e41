import type { Page } from 'playwright-core';
import type Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { smallSandbox, urlOf } from './suite/sandbox';
import { sdk } from './suite/stripe';
import { Visitor } from './suite/visitor';

const visitor = new Visitor('stripe');

let sandbox: Sandbox;
let stripe: Stripe;
let home: string;
let page: Page;
beforeAll(async () => {
  await visitor.come();
  ({ home } = visitor);
  sandbox = await smallSandbox({ cars: 60 });
  stripe = await sdk(sandbox);
}, 60_000);
beforeEach(async () => {
  page = await visitor.newPage({ width: 1_280, height: 860 });
});
afterEach(() => page.context().close());
afterAll(async () => {
  await visitor.leave();
  await sandbox.close();
});

const item = { price_data: { currency: 'eur', unit_amount: 50_000, product_data: { name: 'Deposit for a BMW 320d' } }, quantity: 1 };
const opened = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => stripe.checkout.sessions.create({ mode: 'payment', line_items: [item], success_url: `${home}/done?s={CHECKOUT_SESSION_ID}`, cancel_url: `${home}/cart`, ...more });
const card = async (number: string): Promise<void> => {
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Card number').fill('');
  await page.getByLabel('Card number').pressSequentially(number);
  await page.getByPlaceholder('MM / YY').fill('');
  await page.getByPlaceholder('MM / YY').pressSequentially('1231');
  await page.getByPlaceholder('CVC').fill('123');
  await page.getByLabel('Cardholder name').fill('Ada Buyer');
};
const press = (name: string): Promise<void> => page.getByRole('button', { name }).click();
const look = async (name: string): Promise<void> => {
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  await visitor.picture(page, name);
};
const statusOf = async ({ id }: Stripe.Checkout.Session) => {
  const { status, payment_status } = await stripe.checkout.sessions.retrieve(id);
  return [status, payment_status];
};

describe('the hosted pages, in a browser', () => {
  it('refuse one card, challenge another, and take it when the bank is content', async () => {
    const session = await opened({ payment_intent_data: { capture_method: 'manual' } });
    await page.goto(session.url ?? '');
    await look('checkout');
    await card('4000000000009995');
    expect([await page.getByLabel('Card number').inputValue(), await page.getByPlaceholder('MM / YY').inputValue()]).toEqual(['4000 0000 0000 9995', '12 / 31']);
    await press('Pay');
    expect(await page.getByRole('alert').textContent()).toBe('Your card has insufficient funds.');
    await look('declined');
    await card('4000002760003184');
    await press('Pay');
    await page.getByRole('button', { name: 'Complete' }).waitFor();
    await look('challenge');
    await press('Fail');
    expect(await page.getByRole('alert').textContent()).toContain('unable to authenticate');
    await card('4000002760003184');
    await press('Pay');
    await press('Complete');
    await page.getByText('The shop').waitFor();
    expect(page.url()).toBe(`${home}/done?s=${session.id}`);
    expect(await statusOf(session)).toEqual(['complete', 'unpaid']);
    await page.goto(session.url ?? '');
    expect(page.url()).toBe(`${home}/done?s=${session.id}`);
  }, 60_000);

  it('let the visitor go back, and say when they have expired', async () => {
    const session = await opened();
    await page.goto(session.url ?? '');
    await page.getByRole('link', { name: 'Back' }).click();
    await page.waitForURL(`${home}/cart`);
    expect(await statusOf(session)).toEqual(['open', 'unpaid']);
    await stripe.checkout.sessions.expire(session.id);
    await page.goto(session.url ?? '');
    expect(await page.getByText('has expired').count()).toBe(1);
  }, 60_000);

  it('offer a bank transfer beside the card, and say where to', async () => {
    const customer = await stripe.customers.create({ name: 'Ada Buyer', email: 'ada@example.com' });
    const session = await opened({ customer: customer.id });
    await page.goto(session.url ?? '');
    expect(await page.getByLabel('Email').inputValue()).toBe('ada@example.com');
    await page.getByLabel('Bank transfer').check();
    expect(await page.getByLabel('Card number').isVisible()).toBe(false);
    await look('choice');
    await press('Pay');
    await page.getByText('IBAN').waitFor();
    await look('transfer');
    await page.getByRole('link', { name: 'Back to the shop' }).click();
    await page.waitForURL(`${home}/done**`);
    expect(await statusOf(session)).toEqual(['complete', 'unpaid']);
    await stripe.testHelpers.customers.fundCashBalance(customer.id, { amount: 50_000, currency: 'eur' });
    expect(await statusOf(session)).toEqual(['complete', 'paid']);
  }, 60_000);

  it('keep a card, on a telephone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    const session = await stripe.checkout.sessions.create({ mode: 'setup', currency: 'eur', success_url: `${home}/kept` });
    await page.goto(session.url ?? '');
    await look('setup-mobile');
    await card('4000002500003155');
    await press('Save card');
    await press('Complete');
    await page.waitForURL(`${home}/kept`);
    expect(await stripe.setupIntents.retrieve(String(session.setup_intent))).toMatchObject({ status: 'succeeded' });
  }, 60_000);

  it('lead back from a challenge to where the payment came from', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 5_000, currency: 'eur', payment_method: 'pm_card_authenticationRequired', confirm: true, return_url: `${home}/back` });
    await page.goto(intent.next_action?.redirect_to_url?.url ?? '');
    await press('Complete');
    await page.waitForURL(`${home}/back**`);
    expect(new URL(page.url()).searchParams.get('redirect_status')).toBe('succeeded');
    const { latest_charge: charge } = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    await page.goto(charge !== null && typeof charge === 'object' ? (charge.receipt_url ?? '') : '');
    expect(await page.getByText('€50.00').count()).toBe(1);
    await look('receipt');
  }, 60_000);

  it('let a person roll a webhook’s secret', async () => {
    const endpoint = await stripe.webhookEndpoints.create({ url: 'http://127.0.0.1:9/hook', enabled_events: ['payout.paid'] });
    await page.goto(`${urlOf(sandbox, 'stripe')}/`);
    await look('dashboard');
    await press('Roll secret');
    const fresh = await page.locator('#secret').textContent();
    expect(fresh).toMatch(/^whsec_\w{32}$/u);
    expect(fresh).not.toBe(endpoint.secret);
    await page.goto(sandbox.url);
    await look('front');
  }, 60_000);
});
