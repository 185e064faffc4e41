import { readFileSync } from 'node:fs';
import { CheckoutPaymentIntent, OrderApplicationContextUserAction } from '@paypal/paypal-server-sdk';
import type { Page } from 'playwright-core';
import type { Sandbox } from './sandbox';
import { refused } from './suite/asking';
import { problemOf, sdk, type Sdk } from './suite/paypal';
import { smallSandbox, urlOf, type Parsed } from './suite/sandbox';
import { Visitor } from './suite/visitor';

const visitor = new Visitor('paypal');

let sandbox: Sandbox;
let paypal: Sdk;
let home: string;
let page: Page;
beforeAll(async () => {
  await visitor.come();
  ({ home } = visitor);
  sandbox = await smallSandbox({ cars: 60 });
  paypal = await sdk(sandbox);
}, 60_000);
beforeEach(async () => {
  page = await visitor.newPage({ width: 390, height: 844 });
});
afterEach(() => page.context().close());
afterAll(async () => {
  await visitor.leave();
  await sandbox.close();
});

const euros = (value: string) => ({ currencyCode: 'EUR', value });
const opened = async (): Promise<{ id: string; approve: string }> => {
  const { result } = await paypal.orders.createOrder({
    body: {
      intent: CheckoutPaymentIntent.Authorize,
      purchaseUnits: [{ amount: { ...euros('1250.00'), breakdown: { itemTotal: euros('1250.00') } }, items: [{ name: 'Deposit: BMW 320d Touring, 2021', quantity: '1', unitAmount: euros('1000.00') }, { name: 'Brokerage fee', quantity: '2', unitAmount: euros('125.00') }] }],
      applicationContext: { brandName: 'Autohaus Müller', returnUrl: `${home}/done?order=7`, cancelUrl: `${home}/cart`, userAction: OrderApplicationContextUserAction.PayNow },
    },
  });
  return { id: result.id ?? '', approve: result.links?.find(({ rel }) => rel === 'approve')?.href ?? '' };
};
const press = (name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();

/** Nothing sticks out, everybody can use it, and there is a picture of it for whoever wants one. */
const look = async (name: string): Promise<void> => {
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found: Parsed = await page.evaluate('axe.run()');
  expect(found.violations.map((one: Parsed) => `${one.id}: ${one.nodes[0].html}`)).toEqual([]);
  await visitor.picture(page, name);
};

describe('the page of approval, in a browser', () => {
  it('takes one way to pay that is then declined, and another one that is not', async () => {
    const { id, approve } = await opened();
    await page.goto(approve);
    await look('checkout');
    await page.getByText('Other ways').click();
    await page.getByLabel('Card that is declined').check();
    await look('checkout-ways');
    await press('Agree and pay');
    expect(page.url()).toBe(`${home}/done?order=7&token=${id}&PayerID=S4NDB0XBUYER1`);
    const error = await refused(paypal.orders.authorizeOrder({ id }));
    expect(problemOf(error).issues).toEqual(['INSTRUMENT_DECLINED']);
    await page.goto(JSON.parse(error.body).links.find((one: Parsed) => one.rel === 'redirect').href);
    expect(await page.getByRole('alert').textContent()).toContain('declined');
    await look('checkout-declined');
    await press('Agree and pay');
    await page.waitForURL(`${home}/done**`);
    expect((await paypal.orders.authorizeOrder({ id })).result.purchaseUnits?.[0]?.payments?.authorizations).toMatchObject([{ status: 'CREATED', amount: euros('1250.00') }]);
    await page.goto(approve);
    expect(await page.getByRole('heading').textContent()).toBe('This order has been paid already');
    await look('checkout-paid');
  });

  it('lets the payer go back to the shop', async () => {
    const { id, approve } = await opened();
    await page.goto(approve);
    await press(/^Cancel and return/u);
    expect(page.url()).toBe(`${home}/cart?token=${id}`);
    expect((await paypal.orders.getOrder({ id })).result.status).toBe('CREATED');
  });

  it('shows the merchant what there is, and lets a buyer complain', async () => {
    const { id, approve } = await opened();
    await page.goto(approve);
    await press('Agree and pay');
    const authorizationId = (await paypal.orders.authorizeOrder({ id })).result.purchaseUnits?.[0]?.payments?.authorizations?.[0]?.id ?? '';
    await paypal.payments.captureAuthorizedPayment({ authorizationId, body: {} });
    await page.setViewportSize({ width: 1_280, height: 860 });
    await page.goto(urlOf(sandbox, 'paypal'));
    await page.getByLabel('because of').first().selectOption('UNAUTHORISED');
    await press('Open');
    await page.getByText(/^PP-D-\d{9}$/u).first().waitFor();
    await look('dashboard');
  });
});
