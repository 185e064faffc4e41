import { CheckoutPaymentIntent, OrderApplicationContextUserAction, PatchOp, ShipmentCarrier, type OrderRequest } from '@paypal/paypal-server-sdk';
import type { Sandbox } from './sandbox';
import { refused } from './suite/asking';
import { keyOf, played, problemOf, raw, sdk, visit, type Sdk } from './suite/paypal';
import { control, smallSandbox, textAt, urlOf, type Parsed } from './suite/sandbox';

let sandbox: Sandbox;
let paypal: Sdk;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  paypal = await sdk(sandbox);
});
afterEach(async () => {
  await control(sandbox, 'chaos', { vendor: 'paypal', reset: true });
  await played(sandbox, 'settings', { reset: true });
});
afterAll(() => sandbox.close());

const whole = 'return=representation';
const request = (intent: 'CAPTURE' | 'AUTHORIZE' = 'CAPTURE', value = '500.00', currencyCode = 'EUR'): OrderRequest => ({
  intent: CheckoutPaymentIntent[intent === 'CAPTURE' ? 'Capture' : 'Authorize'],
  purchaseUnits: [{ amount: { currencyCode, value }, description: 'Deposit for a car', customId: 'order-1' }],
  applicationContext: { returnUrl: 'https://broker.example.com/back?x=1', cancelUrl: 'https://broker.example.com/no', brandName: 'Autobroker', userAction: OrderApplicationContextUserAction.PayNow },
});
const create = async (...given: Parameters<typeof request>): Promise<string> => (await paypal.orders.createOrder({ body: request(...given) })).result.id ?? '';
const approved = async (funding: string, ...given: Parameters<typeof request>): Promise<string> => {
  const id = await create(...given);
  await visit(sandbox, id, { funding });
  return id;
};
const refusal = async (attempt: Promise<unknown>) => problemOf(await refused(attempt));

describe('whoever asks', () => {
  it('needs the right secret, and a token that holds', async () => {
    const { client_id: id } = await keyOf(sandbox);
    const wrong = await sdk(sandbox, { clientCredentialsAuthCredentials: { oAuthClientId: id, oAuthClientSecret: 'wrong' } });
    expect(await refusal(wrong.orders.getOrder({ id: 'X' }))).toEqual({ status: 401, name: 'invalid_client', issues: [] });
    expect(await raw(sandbox, 'GET', '/v2/checkout/orders/X', undefined, { authorization: '' })).toMatchObject({ status: 401, body: { name: 'AUTHENTICATION_FAILURE', debug_id: expect.any(String) } });
    expect(await raw(sandbox, 'GET', '/v2/checkout/orders/X', undefined, { authorization: 'Bearer A21AAnone' })).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    const token = await fetch(`${urlOf(sandbox, 'paypal')}/v1/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'password' }), headers: { authorization: `Basic ${Buffer.from(Object.values(await keyOf(sandbox)).join(':')).toString('base64')}` } });
    expect([token.status, ((await token.json()) as Parsed).error]).toEqual([400, 'unsupported_grant_type']);
  });

  it('asks for another token when the time of one is over', async () => {
    await played(sandbox, 'settings', { token_seconds: 1 });
    const short = await sdk(sandbox);
    const id = (await short.orders.createOrder({ body: request() })).result.id ?? '';
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect((await short.orders.getOrder({ id })).result.id).toBe(id);
    await played(sandbox, 'tokens/revoke');
    await played(sandbox, 'settings', { token_seconds: 3_600 });
    expect(await refused((await sdk(sandbox)).orders.getOrder({ id, paypalMockResponse: 'NOT_AUTHORIZED' }))).toMatchObject({ statusCode: 403 });
    expect(problemOf(await refused(short.orders.getOrder({ id })))).toEqual({ status: 401, name: 'invalid_token', issues: [] });
  });

  it('is named on the front page and to programs', async () => {
    const { vendors } = await control(sandbox, 'vendors');
    expect(vendors.find((one: Parsed) => one.slug === 'paypal')).toMatchObject({ kind: 'payments', title: 'PayPal', key: { client_id: expect.any(String), client_secret: expect.any(String) } });
    expect(await textAt(sandbox.url)).toContain(`href="${urlOf(sandbox, 'paypal')}/"`);
    expect(await textAt(`${urlOf(sandbox, 'paypal')}/`)).toContain('Webhooks');
  });

  it('is told of paths and things that are not there', async () => {
    expect(await refusal(paypal.orders.getOrder({ id: 'NONE' }))).toEqual({ status: 404, name: 'RESOURCE_NOT_FOUND', issues: ['INVALID_RESOURCE_ID'] });
    expect((await raw(sandbox, 'GET', '/v2/unicorns')).status).toBe(404);
    expect((await raw(sandbox, 'DELETE', '/v2/checkout/orders')).status).toBe(405);
    expect((await raw(sandbox, 'POST', '/v2/checkout/orders', '{"intent":')).body).toMatchObject({ name: 'INVALID_REQUEST', details: [{ issue: 'MALFORMED_REQUEST_JSON' }] });
    const { headers } = await raw(sandbox, 'GET', '/v2/checkout/orders/NONE');
    expect(headers.get('paypal-debug-id')).toMatch(/^[0-9a-f]{13}$/u);
  });
});

describe('an order', () => {
  it('is sketched when it is made, and shown whole when it is asked for', async () => {
    const { result, statusCode } = await paypal.orders.createOrder({ body: request() });
    expect(statusCode).toBe(201);
    expect(Object.keys(JSON.parse(JSON.stringify(result))).sort()).toEqual(['id', 'links', 'status']);
    expect(result.id).toMatch(/^[A-Z0-9]{17}$/u);
    expect(result.links?.map(({ rel, method }) => [rel, method])).toEqual([['self', 'GET'], ['approve', 'GET'], ['update', 'PATCH'], ['capture', 'POST']]);
    expect(result.links?.find(({ rel }) => rel === 'approve')?.href).toBe(`${urlOf(sandbox, 'paypal')}/checkoutnow?token=${result.id ?? ''}`);
    const full = (await paypal.orders.createOrder({ body: request(), prefer: whole })).result;
    expect(full).toMatchObject({ intent: 'CAPTURE', status: 'CREATED', createTime: expect.stringMatching(/^\d{4}-.*Z$/u), purchaseUnits: [{ referenceId: 'default', amount: { currencyCode: 'EUR', value: '500.00' }, customId: 'order-1', payee: { merchantId: expect.any(String) } }] });
  });

  it('waits for its payer, is captured, and then is done', async () => {
    const id = await create();
    expect(await refusal(paypal.orders.captureOrder({ id }))).toEqual({ status: 422, name: 'UNPROCESSABLE_ENTITY', issues: ['ORDER_NOT_APPROVED'] });
    const page = await textAt(`${urlOf(sandbox, 'paypal')}/checkoutnow?token=${id}`);
    expect(page).toContain('Pay Autobroker');
    expect(page).toContain('€500.00 EUR');
    const back = new URL((await visit(sandbox, id)) ?? '');
    expect([back.origin, back.searchParams.get('x'), back.searchParams.get('token'), back.searchParams.get('PayerID')]).toEqual(['https://broker.example.com', '1', id, 'S4NDB0XBUYER1']);
    const order = (await paypal.orders.getOrder({ id })).result;
    expect(order).toMatchObject({ status: 'APPROVED', payer: { emailAddress: 'sb-buyer@personal.example.com' }, paymentSource: { paypal: { accountId: 'S4NDB0XBUYER1' } } });
    expect(order.links?.map(({ rel }) => rel)).toEqual(['self', 'update', 'capture']);
    const { result, statusCode } = await paypal.orders.captureOrder({ id });
    expect(statusCode).toBe(201);
    // 3.49 % of 500.00 and 0.39.
    expect(result).toMatchObject({ status: 'COMPLETED', purchaseUnits: [{ payments: { captures: [{ status: 'COMPLETED', finalCapture: true, amount: { value: '500.00' }, sellerReceivableBreakdown: { grossAmount: { value: '500.00' }, paypalFee: { value: '17.84' }, netAmount: { value: '482.16' } } }] } }] });
    expect(await refusal(paypal.orders.captureOrder({ id }))).toMatchObject({ issues: ['ORDER_ALREADY_CAPTURED'] });
    expect((await paypal.orders.getOrder({ id })).result.links?.map(({ rel }) => rel)).toEqual(['self']);
  });

  it('says on the page what is bought, and lets no shop write markup into it', async () => {
    const money = (value: string) => ({ currencyCode: 'EUR', value });
    const { result } = await paypal.orders.createOrder({ body: { intent: CheckoutPaymentIntent.Capture, purchaseUnits: [{ amount: { ...money('250.00'), breakdown: { itemTotal: money('250.00') } }, items: [{ name: '<b>Fee</b>', quantity: '2', unitAmount: money('125.00') }] }], applicationContext: { brandName: 'A & B' } } });
    const page = await textAt(`${urlOf(sandbox, 'paypal')}/checkoutnow?token=${result.id ?? ''}`);
    expect(page).toContain('<td>&lt;b&gt;Fee&lt;/b&gt; × 2</td><td>€250.00 EUR</td>');
    expect(page).toContain('Pay A &amp; B');
    const done = await fetch(`${urlOf(sandbox, 'paypal')}/checkoutnow`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ token: result.id ?? '', action: 'approve' }) });
    expect([done.status, (await done.text()).includes('You can close this window')]).toEqual([200, true]);
    expect((await fetch(`${urlOf(sandbox, 'paypal')}/checkoutnow`, { method: 'POST', body: new URLSearchParams({ token: result.id ?? '', action: 'approve', funding: 'gold' }) })).status).toBe(400);
  });

  it('may be cancelled on the page, which changes nothing', async () => {
    const id = await create();
    expect(await visit(sandbox, id, { action: 'cancel' })).toBe(`https://broker.example.com/no?token=${id}`);
    expect((await paypal.orders.getOrder({ id })).result.status).toBe('CREATED');
    const body = { ...request(), applicationContext: { returnUrl: 'https://broker.example.com/#/back', cancelUrl: 'https://broker.example.com/?no' } };
    const odd = (await paypal.orders.createOrder({ body })).result.id ?? '';
    expect(await visit(sandbox, odd, { action: 'cancel' })).toBe(`https://broker.example.com/?no&token=${odd}`);
    expect(await visit(sandbox, odd)).toBe(`https://broker.example.com/?token=${odd}&PayerID=S4NDB0XBUYER1#/back`);
    expect((await fetch(`${urlOf(sandbox, 'paypal')}/checkoutnow?token=NONE`)).status).toBe(404);
  });

  it('asks for the payer in another way when it names the wallet, and needs a request id then', async () => {
    const body = { ...request(), paymentSource: { paypal: { experienceContext: { returnUrl: 'https://broker.example.com/in', cancelUrl: 'https://broker.example.com/out' } } } };
    expect(await refusal(paypal.orders.createOrder({ body }))).toEqual({ status: 400, name: 'INVALID_REQUEST', issues: ['PAYPAL_REQUEST_ID_REQUIRED'] });
    const { result } = await paypal.orders.createOrder({ body, paypalRequestId: 'wallet-1' });
    expect([result.status, result.links?.map(({ rel }) => rel)]).toEqual(['PAYER_ACTION_REQUIRED', ['self', 'payer-action']]);
    expect(await refusal(paypal.orders.captureOrder({ id: result.id ?? '' }))).toMatchObject({ issues: ['ORDER_NOT_APPROVED'] });
    expect(await visit(sandbox, result.id ?? '')).toContain('https://broker.example.com/in?token=');
  });

  it('can be given its way to pay later', async () => {
    const id = await create('AUTHORIZE');
    const { result } = await paypal.orders.confirmOrder({ id, body: { paymentSource: { paypal: { emailAddress: 'zoe@example.com', experienceContext: { returnUrl: 'https://broker.example.com/late' } } } } });
    expect(result.status).toBe('PAYER_ACTION_REQUIRED');
    expect(await visit(sandbox, id)).toContain('https://broker.example.com/late?token=');
    expect((await paypal.orders.getOrder({ id })).result.payer?.emailAddress).toBe('zoe@example.com');
    expect(await refusal(paypal.orders.confirmOrder({ id, body: { paymentSource: { paypal: {} } } }))).toMatchObject({ issues: ['PAYMENT_ALREADY_APPROVED'] });
    await paypal.orders.authorizeOrder({ id });
    expect(await refusal(paypal.orders.confirmOrder({ id, body: { paymentSource: { paypal: {} } } }))).toMatchObject({ issues: ['ORDER_CANNOT_BE_CONFIRMED'] });
  });

  it('is charged at once with a card, or is told that it was refused', async () => {
    const card = { number: '4032039317984658', expiry: '2030-01', securityCode: '123', name: 'Zoe Doe' };
    const paid = await paypal.orders.createOrder({ body: { ...request(), paymentSource: { card } }, paypalRequestId: 'card-1', prefer: whole });
    expect(paid.result).toMatchObject({ status: 'COMPLETED', paymentSource: { card: { lastDigits: '4658', brand: 'VISA' } }, purchaseUnits: [{ payments: { captures: [{ status: 'COMPLETED' }] } }] });
    const not = await paypal.orders.createOrder({ body: { ...request(), paymentSource: { card: { ...card, name: 'CCREJECT-REFUSED' } } }, paypalRequestId: 'card-2', prefer: whole });
    expect(not.result.purchaseUnits?.[0]?.payments?.captures?.[0]).toMatchObject({ status: 'DECLINED' });
    expect(await refusal(paypal.orders.createOrder({ body: { ...request(), paymentSource: { card: { ...card, expiry: '2020-01' } } }, paypalRequestId: 'card-3' }))).toMatchObject({ status: 422, issues: ['CARD_EXPIRED'] });
    expect(await refusal(paypal.orders.createOrder({ body: { ...request(), paymentSource: { card: { ...card, number: '4032039317984657' } } }, paypalRequestId: 'card-4' }))).toMatchObject({ status: 400 });
  });

  it('is gone when nobody approves it in time', async () => {
    await played(sandbox, 'settings', { order_hours: 3 });
    const id = await create();
    const kept = await create();
    await control(sandbox, 'clock', { advance: '150m' });
    await visit(sandbox, kept);
    await control(sandbox, 'clock', { advance: '45m' });
    expect(await refusal(paypal.orders.getOrder({ id }))).toMatchObject({ status: 404 });
    expect((await fetch(`${urlOf(sandbox, 'paypal')}/checkoutnow?token=${id}`)).status).toBe(404);
    expect((await paypal.orders.getOrder({ id: kept })).result.status).toBe('APPROVED');
    await control(sandbox, 'clock', { advance: '3h' });
    expect(await refusal(paypal.orders.captureOrder({ id: kept }))).toMatchObject({ status: 404 });
  });
});

describe('the form of an order', () => {
  const issues = async (body: unknown) => {
    const { status, body: told } = await raw(sandbox, 'POST', '/v2/checkout/orders', body);
    return [status, ...(told.details ?? []).map((one: Parsed) => `${one.field} ${one.issue}`)];
  };
  const unit = (amount: object, more: object = {}) => ({ intent: 'CAPTURE', purchase_units: [{ amount, ...more }] });
  const eur = (value: string) => ({ currency_code: 'EUR', value });

  it('is checked field by field', async () => {
    expect(await issues({})).toEqual([400, '/intent MISSING_REQUIRED_PARAMETER', '/purchase_units MISSING_REQUIRED_PARAMETER', '/purchase_units INVALID_ARRAY_MIN_ITEMS'].filter((one) => !String(one).includes('MIN_ITEMS')));
    expect(await issues({ intent: 'BUY', purchase_units: [] })).toEqual([400, '/intent INVALID_PARAMETER_VALUE', '/purchase_units INVALID_ARRAY_MIN_ITEMS']);
    expect(await issues(unit({ currency_code: 'EUR' }))).toEqual([400, '/purchase_units/0/amount/value MISSING_REQUIRED_PARAMETER']);
    expect(await issues(unit(eur('1.00'), { invoice_id: 'x'.repeat(128) }))).toEqual([400, '/purchase_units/0/invoice_id INVALID_STRING_LENGTH']);
  });

  it.each([
    [eur('ten'), 400, 'INVALID_PARAMETER_SYNTAX'],
    [eur('0.00'), 422, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    [eur('-5.00'), 422, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    [eur('1.005'), 422, 'DECIMAL_PRECISION'],
    [{ currency_code: 'JPY', value: '10.50' }, 422, 'DECIMALS_NOT_SUPPORTED'],
    [{ currency_code: 'HUF', value: '10.00' }, 422, 'DECIMALS_NOT_SUPPORTED'],
    [{ currency_code: 'XAU', value: '1.00' }, 422, 'INVALID_CURRENCY_CODE'],
  ])('takes no amount like %j', async (amount, status, issue) => {
    const [code, told] = await issues(unit(amount));
    expect([code, String(told).split(' ')[1]]).toEqual([status, issue]);
  });

  it('has amounts that add up', async () => {
    const breakdown = { item_total: eur('90.00'), tax_total: eur('19.00'), discount: eur('9.00') };
    const items = [{ name: 'Fee', quantity: '2', unit_amount: eur('45.00'), tax: eur('9.50') }];
    expect(await issues(unit({ ...eur('100.00'), breakdown }, { items }))).toEqual([201]);
    expect(await issues(unit({ ...eur('101.00'), breakdown }, { items }))).toEqual([422, '/purchase_units/0/amount/value AMOUNT_MISMATCH']);
    expect(await issues(unit({ ...eur('100.00'), breakdown }, { items: [{ ...items[0], quantity: '1' }] }))).toEqual([422, '/purchase_units/0/amount/breakdown/item_total/value ITEM_TOTAL_MISMATCH', '/purchase_units/0/amount/breakdown/tax_total/value TAX_TOTAL_MISMATCH']);
    expect(await issues(unit(eur('90.00'), { items: [{ name: 'Fee', quantity: '2', unit_amount: eur('45.00') }] }))).toEqual([422, '/purchase_units/0/amount/breakdown/item_total ITEM_TOTAL_REQUIRED']);
    expect(await issues(unit({ ...eur('100.00'), breakdown: { item_total: { currency_code: 'USD', value: '100.00' } } }))).toEqual([422, '/purchase_units/0/amount/breakdown/item_total/currency_code MULTI_CURRENCY_ORDER']);
  });

  it('has units that can be told apart', async () => {
    const two = (intent: string, a: object, b: object) => ({ intent, purchase_units: [a, b] });
    expect(await issues(two('CAPTURE', { reference_id: 'a', amount: eur('1.00') }, { reference_id: 'a', amount: eur('2.00') }))).toEqual([422, '/purchase_units/1/reference_id DUPLICATE_REFERENCE_ID']);
    expect(await issues(two('CAPTURE', { reference_id: 'a', amount: eur('1.00') }, { amount: eur('2.00') }))).toEqual([422, '/purchase_units/1/reference_id REFERENCE_ID_REQUIRED']);
    expect(await issues(two('AUTHORIZE', { reference_id: 'a', amount: eur('1.00') }, { reference_id: 'b', amount: eur('2.00') }))).toEqual([422, '/intent UNSUPPORTED_INTENT']);
    const { body } = await raw(sandbox, 'POST', '/v2/checkout/orders', two('CAPTURE', { reference_id: 'a', amount: eur('1.00') }, { reference_id: 'b', amount: eur('2.00') }));
    await visit(sandbox, body.id);
    const paid = (await paypal.orders.captureOrder({ id: body.id })).result;
    expect(paid.purchaseUnits?.map((one) => [one.referenceId, one.payments?.captures?.[0]?.amount?.value])).toEqual([['a', '1.00'], ['b', '2.00']]);
  });

  it('writes yen without decimals', async () => {
    const id = await approved('balance', 'CAPTURE', '52000', 'JPY');
    const { result } = await paypal.orders.captureOrder({ id });
    expect(result.purchaseUnits?.[0]?.payments?.captures?.[0]).toMatchObject({ amount: { currencyCode: 'JPY', value: '52000' }, sellerReceivableBreakdown: { paypalFee: { value: '1864' }, netAmount: { value: '50136' } } });
  });
});

describe('an order that is sent', () => {
  it('is told where it is, by the number of what was paid', async () => {
    const id = await approved('balance');
    const early = await refusal(paypal.orders.createOrderTracking({ id, body: { captureId: 'NONE', trackingNumber: 'T1' } }));
    expect(early).toMatchObject({ status: 422, issues: ['CAPTURE_ID_NOT_FOUND'] });
    const captureId = (await paypal.orders.captureOrder({ id })).result.purchaseUnits?.[0]?.payments?.captures?.[0]?.id ?? '';
    const { result, statusCode } = await paypal.orders.createOrderTracking({ id, body: { captureId, trackingNumber: 'T1', carrier: ShipmentCarrier.Dhl, items: [{ name: 'Car', quantity: '1' }] } });
    const trackerId = `${captureId}-T1`;
    expect([statusCode, result.purchaseUnits?.[0]?.shipping?.trackers]).toMatchObject([201, [{ id: trackerId, status: 'SHIPPED', items: [{ name: 'Car' }], links: [{ rel: 'up' }, { rel: 'update', method: 'PATCH' }] }]]);
    expect((await paypal.orders.updateOrderTracking({ id, trackerId, body: [{ op: PatchOp.Replace, path: '/status', value: 'CANCELLED' }] })).statusCode).toBe(204);
    expect((await paypal.orders.getOrder({ id })).result.purchaseUnits?.[0]?.shipping?.trackers?.[0]?.status).toBe('CANCELLED');
    expect(await refusal(paypal.orders.updateOrderTracking({ id, trackerId: 'NONE', body: [] }))).toMatchObject({ status: 404, issues: ['TRACKER_ID_NOT_FOUND'] });
    expect(await refusal(paypal.orders.updateOrderTracking({ id, trackerId, body: [{ op: PatchOp.Replace, path: '/carrier', value: 'UPS' }] }))).toMatchObject({ issues: ['NOT_PATCHABLE'] });
  });
});

describe('an order that is changed', () => {
  const at = (field: string) => `/purchase_units/@reference_id=='default'/${field}`;

  it('takes another amount, number and intent', async () => {
    const id = await create();
    await paypal.orders.patchOrder({ id, body: [{ op: PatchOp.Replace, path: at('amount'), value: { currency_code: 'EUR', value: '650.00' } }, { op: PatchOp.Add, path: at('invoice_id'), value: 'INV-9' }, { op: PatchOp.Replace, path: '/intent', value: 'AUTHORIZE' }] });
    expect((await paypal.orders.getOrder({ id })).result).toMatchObject({ intent: 'AUTHORIZE', purchaseUnits: [{ invoiceId: 'INV-9', amount: { value: '650.00' } }] });
    await visit(sandbox, id);
    expect((await paypal.orders.authorizeOrder({ id })).result.purchaseUnits?.[0]?.payments?.authorizations?.[0]).toMatchObject({ status: 'CREATED', amount: { value: '650.00' }, invoiceId: 'INV-9' });
    expect(await refusal(paypal.orders.patchOrder({ id, body: [{ op: PatchOp.Replace, path: at('description'), value: 'x' }] }))).toMatchObject({ status: 422, issues: ['ORDER_ALREADY_COMPLETED'] });
  });

  it('changes all that was asked or nothing', async () => {
    const id = await create();
    const attempt = (...changes: { op: PatchOp; path?: string; value?: unknown }[]) => refusal(paypal.orders.patchOrder({ id, body: [{ op: PatchOp.Replace, path: at('amount'), value: { currency_code: 'EUR', value: '1.00' } }, ...changes] }));
    expect((await attempt({ op: PatchOp.Replace, path: at('reference_id'), value: 'x' })).issues).toEqual(['NOT_PATCHABLE']);
    expect((await attempt({ op: PatchOp.Replace, path: '/status', value: 'COMPLETED' })).issues).toEqual(['NOT_PATCHABLE']);
    expect((await attempt({ op: PatchOp.Replace, path: "/purchase_units/@reference_id=='other'/description", value: 'x' })).issues).toEqual(['REFERENCE_ID_NOT_FOUND']);
    expect((await attempt({ op: PatchOp.Remove, path: at('invoice_id') })).issues).toEqual(['INVALID_PATCH_OPERATION']);
    expect((await attempt({ op: PatchOp.Remove, path: at('amount') })).issues).toEqual(['INVALID_PATCH_OPERATION']);
    expect((await attempt({ op: PatchOp.Replace, path: at('amount'), value: { currency_code: 'EUR', value: '-1.00' } })).issues).toEqual(['CANNOT_BE_ZERO_OR_NEGATIVE']);
    expect((await paypal.orders.getOrder({ id })).result.purchaseUnits?.[0]?.amount?.value).toBe('500.00');
  });
});

describe('a payer whose money is not there', () => {
  it('is sent back to choose another way', async () => {
    const id = await approved('declined');
    const error = await refused(paypal.orders.captureOrder({ id }));
    expect(problemOf(error)).toEqual({ status: 422, name: 'UNPROCESSABLE_ENTITY', issues: ['INSTRUMENT_DECLINED'] });
    expect(JSON.parse(error.body).links).toContainEqual({ href: `${urlOf(sandbox, 'paypal')}/checkoutnow?token=${id}`, rel: 'redirect', method: 'GET' });
    expect(await textAt(`${urlOf(sandbox, 'paypal')}/checkoutnow?token=${id}`)).toContain('was declined');
    await visit(sandbox, id, { funding: 'balance' });
    expect((await paypal.orders.captureOrder({ id })).result.status).toBe('COMPLETED');
  });

  it('is refused for good after too many attempts', async () => {
    const id = await approved('declined', 'AUTHORIZE');
    for (let time = 0; time < 10; time += 1) expect((await refusal(paypal.orders.authorizeOrder({ id }))).issues).toEqual(['INSTRUMENT_DECLINED']);
    await visit(sandbox, id, { funding: 'balance' });
    expect((await refusal(paypal.orders.authorizeOrder({ id }))).issues).toEqual(['MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED']);
  });

  it('may have to say it once more', async () => {
    const id = await approved('asks_again');
    expect((await refusal(paypal.orders.captureOrder({ id }))).issues).toEqual(['PAYER_ACTION_REQUIRED']);
    expect((await paypal.orders.getOrder({ id })).result.status).toBe('PAYER_ACTION_REQUIRED');
    expect((await refusal(paypal.orders.captureOrder({ id }))).issues).toEqual(['PAYER_ACTION_REQUIRED']);
    await visit(sandbox, id);
    expect((await paypal.orders.captureOrder({ id })).result.status).toBe('COMPLETED');
  });
});

describe('a request id', () => {
  it('does a thing once, and shows what has become of it', async () => {
    const first = await paypal.orders.createOrder({ body: request(), paypalRequestId: 'order:deposit:1' });
    const again = await paypal.orders.createOrder({ body: request(), paypalRequestId: 'order:deposit:1' });
    expect([first.statusCode, again.statusCode, again.result.id]).toEqual([201, 200, first.result.id]);
    const id = first.result.id ?? '';
    await visit(sandbox, id);
    expect((await paypal.orders.createOrder({ body: request(), paypalRequestId: 'order:deposit:1' })).result.status).toBe('APPROVED');
    const paid = await paypal.orders.captureOrder({ id, paypalRequestId: 'capture:1' });
    const repeated = await paypal.orders.captureOrder({ id, paypalRequestId: 'capture:1' });
    expect([paid.statusCode, repeated.statusCode]).toEqual([201, 200]);
    const capture = paid.result.purchaseUnits?.[0]?.payments?.captures?.[0]?.id;
    expect(repeated.result.purchaseUnits?.[0]?.payments?.captures?.map((one) => one.id)).toEqual([capture]);
  });

  it('is for one request alone', async () => {
    await paypal.orders.createOrder({ body: request(), paypalRequestId: 'k2' });
    expect(await refusal(paypal.orders.createOrder({ body: request('CAPTURE', '501.00'), paypalRequestId: 'k2' }))).toEqual({ status: 422, name: 'UNPROCESSABLE_ENTITY', issues: ['DUPLICATE_REQUEST_ID'] });
  });

  it('may try again what was refused', async () => {
    const id = await create();
    expect((await refusal(paypal.orders.captureOrder({ id, paypalRequestId: 'k3' }))).issues).toEqual(['ORDER_NOT_APPROVED']);
    await visit(sandbox, id);
    expect((await paypal.orders.captureOrder({ id, paypalRequestId: 'k3' })).statusCode).toBe(201);
  });

  it('finds what was done though its answer was a failure', async () => {
    const id = await approved('balance');
    await control(sandbox, 'chaos', { vendor: 'paypal', fail_after_commit: true });
    expect(await refusal(paypal.orders.captureOrder({ id, paypalRequestId: 'k4' }))).toMatchObject({ status: 500, name: 'INTERNAL_SERVER_ERROR' });
    await control(sandbox, 'chaos', { vendor: 'paypal', reset: true });
    expect(await paypal.orders.captureOrder({ id, paypalRequestId: 'k4' })).toMatchObject({ statusCode: 200, result: { status: 'COMPLETED' } });
  });

  it('is not taken twice by requests at the same time', async () => {
    const id = await approved('balance');
    await control(sandbox, 'chaos', { vendor: 'paypal', delay_ms: 50 });
    const many = await Promise.all(Array.from({ length: 5 }, () => raw(sandbox, 'POST', `/v2/checkout/orders/${id}/capture`, {}, { 'paypal-request-id': 'k5' })));
    const good = many.filter(({ status }) => status < 300);
    expect(good.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(good.map(({ body }) => body.purchase_units[0].payments.captures.map((one: Parsed) => one.id).join())).size).toBe(1);
    const busy = many.filter(({ status }) => status >= 300);
    expect(busy.length).toBeGreaterThan(0);
    for (const { status, body } of busy) expect([status, body.name, body.details[0].issue]).toEqual([409, 'RESOURCE_CONFLICT', 'PREVIOUS_REQUEST_IN_PROGRESS']);
  });
});

describe('a number of an invoice', () => {
  const numbered = (invoiceId: string): OrderRequest => ({ ...request(), purchaseUnits: [{ amount: { currencyCode: 'EUR', value: '10.00' }, invoiceId }] });
  const ready = async (invoice: string): Promise<string> => {
    const id = (await paypal.orders.createOrder({ body: numbered(invoice) })).result.id ?? '';
    await visit(sandbox, id);
    return id;
  };

  it('pays one order', async () => {
    await paypal.orders.captureOrder({ id: await ready('INV-1') });
    const second = await ready('INV-1');
    expect(await refusal(paypal.orders.captureOrder({ id: second }))).toMatchObject({ status: 422, issues: ['DUPLICATE_INVOICE_ID'] });
    await played(sandbox, 'settings', { unique_invoices: false });
    expect((await paypal.orders.captureOrder({ id: second })).result.status).toBe('COMPLETED');
  });
});

describe('what a caller wants to go wrong', () => {
  it('goes wrong by a header, with the status that belongs to it', async () => {
    const id = await approved('balance');
    const mock = (code: string) => refusal(paypal.orders.captureOrder({ id, paypalMockResponse: JSON.stringify({ mock_application_codes: code }) }));
    expect(await mock('INSTRUMENT_DECLINED')).toEqual({ status: 422, name: 'UNPROCESSABLE_ENTITY', issues: ['INSTRUMENT_DECLINED'] });
    expect(await mock('PERMISSION_DENIED')).toEqual({ status: 403, name: 'NOT_AUTHORIZED', issues: ['PERMISSION_DENIED'] });
    expect(await mock('INTERNAL_SERVER_ERROR')).toEqual({ status: 500, name: 'INTERNAL_SERVER_ERROR', issues: [] });
    expect(await mock('SHIPPING_ADDRESS_INVALID')).toEqual({ status: 422, name: 'UNPROCESSABLE_ENTITY', issues: ['SHIPPING_ADDRESS_INVALID'] });
    expect(await mock('CONSENT_NEEDED')).toEqual({ status: 403, name: 'NOT_AUTHORIZED', issues: ['CONSENT_NEEDED'] });
    expect(await mock('COFFEE')).toMatchObject({ status: 400 });
    expect((await paypal.orders.getOrder({ id })).result.status).toBe('APPROVED');
  });

  it('is told in PayPal’s words when it is in trouble', async () => {
    await paypal.orders.createOrder({ body: request() });
    await control(sandbox, 'chaos', { vendor: 'paypal', rate_limit: { per_minute: 1 } });
    await paypal.orders.createOrder({ body: request() });
    expect(await refusal(paypal.orders.createOrder({ body: request() }))).toMatchObject({ status: 429, name: 'RATE_LIMIT_REACHED' });
    await control(sandbox, 'chaos', { vendor: 'paypal', reset: true, status: 503 });
    expect(await refusal(paypal.orders.createOrder({ body: request() }))).toMatchObject({ status: 503, name: 'SERVICE_UNAVAILABLE' });
  });
});
