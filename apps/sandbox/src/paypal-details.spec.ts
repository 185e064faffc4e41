import type { Sandbox } from './sandbox';
import { raw, visit } from './suite/paypal';
import { smallSandbox, type Parsed } from './suite/sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
});
afterAll(() => sandbox.close());

let number = 0;
const ask = (method: string, path: string, body?: unknown) => raw(sandbox, method, path, body, { 'paypal-request-id': `detail-${(number += 1)}` });
const price = (value: string) => ({ currency_code: 'EUR', value });
const order = (unit: object = {}, more: object = {}) => ({ intent: 'CAPTURE', purchase_units: [{ amount: price('100.00'), ...unit }], ...more });
const create = (unit?: object, more?: object) => ask('POST', '/v2/checkout/orders', order(unit, more));
const issuesOf = ({ status, body }: { readonly status: number; readonly body: Parsed }) => [status, ...body.details.map((one: Parsed) => `${one.issue} ${one.field}`)];
const card = (more: object = {}) => ({ payment_source: { card: { number: '4111111111111111', expiry: '2039-01', security_code: '123', name: 'Ada', ...more } } });

describe('an address that the API does not have', () => {
  it.each([['GET', '/v3/vault/payment-tokens', 404, 'RESOURCE_NOT_FOUND'], ['GET', '/nothing', 404, 'RESOURCE_NOT_FOUND'], ['PUT', '/v2/checkout/orders/1', 405, 'METHOD_NOT_SUPPORTED']])('is refused as the API refuses: %s %s', async (method, path, status, name) => {
    const answer = await ask(method, path);
    expect([answer.status, answer.body.name, answer.body.debug_id]).toEqual([status, name, answer.headers.get('paypal-debug-id')]);
  });
});

describe('what an order says of parties and things', () => {
  const item = (more: object) => ({ amount: { ...price('100.00'), breakdown: { item_total: price('100.00') } }, items: [{ name: 'A car', quantity: '1', unit_amount: price('100.00'), ...more }] });

  it('is of a category that there is', async () => {
    expect((await create(item({ category: 'PHYSICAL_GOODS' }))).status).toBe(201);
    expect(issuesOf(await create(item({ category: 'CARS' })))).toEqual([400, 'INVALID_PARAMETER_VALUE /purchase_units/0/items/0/category']);
  });

  it('goes to a country, by its two letters', async () => {
    const to = (address: object) => create({ shipping: { address } });
    expect((await to({ country_code: 'DE' })).status).toBe(201);
    expect(issuesOf(await to({ address_line_1: 'Hauptstraße 1' }))).toEqual([400, 'MISSING_REQUIRED_PARAMETER /purchase_units/0/shipping/address/country_code']);
    expect(issuesOf(await to({ country_code: 'Germany' }))).toEqual([400, 'INVALID_STRING_LENGTH /purchase_units/0/shipping/address/country_code']);
    expect(issuesOf(await to({ country_code: 'de' }))).toEqual([400, 'INVALID_PARAMETER_SYNTAX /purchase_units/0/shipping/address/country_code']);
  });

  it('names a payee by an address that could be one', async () => {
    expect(issuesOf(await create({ payee: { email_address: 'nobody' } }))).toEqual([400, 'INVALID_PARAMETER_SYNTAX /purchase_units/0/payee/email_address']);
  });

  it('has a source if it says that it has one', async () => {
    expect(issuesOf(await create({}, { payment_source: {} }))).toEqual([422, 'NO_PAYMENT_SOURCE_PROVIDED /payment_source']);
  });
});

describe('an order that is told how it is paid when it is captured', () => {
  const capture = (id: string, body: object) => ask('POST', `/v2/checkout/orders/${id}/capture`, body);

  it('is paid by the card', async () => {
    const { id } = (await create()).body;
    const { status, body } = await capture(id, card());
    expect([status, body.status, body.payment_source.card.last_digits, body.purchase_units[0].payments.captures[0].status]).toEqual([201, 'COMPLETED', '1111', 'COMPLETED']);
  });

  it('is as it was when the card is none', async () => {
    const { id } = (await create()).body;
    expect(issuesOf(await capture(id, card({ expiry: '2020-01' })))).toEqual([422, 'CARD_EXPIRED /payment_source/card/expiry']);
    expect(issuesOf(await capture(id, {}))[1]).toMatch(/^ORDER_NOT_APPROVED/u);
  });

  it('is paid by what its payer has agreed to, once they have', async () => {
    const { id } = (await create()).body;
    await visit(sandbox, id);
    expect((await capture(id, card())).body.payment_source).toHaveProperty('paypal');
  });
});
