import type { Sandbox } from './sandbox';
import { played, raw, visit } from './suite/paypal';
import { smallSandbox, type Parsed } from './suite/sandbox';
import { Shapes } from './suite/shapes';

let sandbox: Sandbox;
let shapes: Shapes;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 60 });
  shapes = new Shapes('paypal-shapes.ts', (wire) => wire.replace(/_(\w)/gu, (_, letter: string) => letter.toUpperCase()));
}, 60_000);
afterAll(() => sandbox.close());

const price = (value: string) => ({ currency_code: 'EUR', value });
let number = 0;
const post = async (path: string, body: unknown = {}): Promise<Parsed> => (await raw(sandbox, 'POST', path, body, { prefer: 'return=representation', 'paypal-request-id': `shape-${(number += 1)}` })).body;
const at = async (path: string): Promise<Parsed> => (await raw(sandbox, 'GET', path)).body;
const isA = (name: string, value: Parsed): void => expect({ [name]: shapes.faultsOf(value, name) }).toEqual({ [name]: [] });

const order = (intent: string, more: object = {}) => post('/v2/checkout/orders', {
  intent,
  purchase_units: [{ reference_id: 'car', custom_id: 'c', description: 'A car', soft_descriptor: 'CAR', amount: { ...price('100.00'), breakdown: { item_total: price('100.00') } }, items: [{ name: 'A car', quantity: '1', sku: '1', category: 'PHYSICAL_GOODS', unit_amount: price('100.00') }] }],
  ...more,
});

describe('everything is of the shape that the SDK promises', () => {
  it('an order from its beginning to a refund', async () => {
    const made = await order('CAPTURE', { payment_source: { paypal: { experience_context: { return_url: 'https://shop.example/', cancel_url: 'https://shop.example/' } } } });
    isA('order', made);
    await visit(sandbox, made.id);
    isA('order', await at(`/v2/checkout/orders/${made.id}`));
    const paid = await post(`/v2/checkout/orders/${made.id}/capture`);
    isA('order', paid);
    const { id } = paid.purchase_units[0].payments.captures[0];
    isA('capture', await at(`/v2/payments/captures/${id}`));
    const refund = await post(`/v2/payments/captures/${id}/refund`, { amount: price('1.00') });
    isA('refund', refund);
    isA('refund', await at(`/v2/payments/refunds/${refund.id}`));
    isA('order', await at(`/v2/checkout/orders/${made.id}`));
    await played(sandbox, 'disputes', { capture_id: id });
    isA('capture', await at(`/v2/payments/captures/${id}`));
  });

  it('what is held, what waits, and what is paid by a card', async () => {
    const { id } = await order('AUTHORIZE');
    await visit(sandbox, id);
    const held = (await post(`/v2/checkout/orders/${id}/authorize`)).purchase_units[0].payments.authorizations[0];
    isA('authorization', await at(`/v2/payments/authorizations/${held.id}`));
    isA('capture', await post(`/v2/payments/authorizations/${held.id}/capture`, { amount: price('40.00') }));
    isA('authorization', await at(`/v2/payments/authorizations/${held.id}`));
    isA('order', await at(`/v2/checkout/orders/${id}`));
    const waiting = (await order('CAPTURE')).id;
    await visit(sandbox, waiting, { funding: 'echeck' });
    isA('order', await post(`/v2/checkout/orders/${waiting}/capture`));
    isA('order', await order('CAPTURE', { payment_source: { card: { number: '4111111111111111', expiry: '2039-01', security_code: '123', name: 'Ada' } } }));
  });

  it('and what is not is found', () => {
    expect(shapes.faultsOf({ id: 7, status: 'LOST', price: '1.00', purchase_units: [{ amount: { currency_code: 'EUR' } }] }, 'order')).toEqual(['order.price is unknown', 'order.id must not be 7', 'order.purchase_units[].amount.value is missing', 'order.status must not be "LOST"']);
  });

  it('reports', async () => {
    const hours = (from: number): string => new Date(sandbox.clock.now().getTime() + from * 3_600_000).toISOString();
    isA('search', await at(`/v1/reporting/transactions?start_date=${hours(-1)}&end_date=${hours(1)}&fields=all`));
    isA('balances', await at('/v1/reporting/balances'));
  });
});
