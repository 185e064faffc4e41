import { asUser, testApp, testTenant, type TestApp } from '@autobroker/platform/testing';
import { pricingService } from '../pricing.module';

interface Span {
  readonly least: { readonly amount: number; readonly currency: string };
  readonly most: { readonly amount: number; readonly currency: string };
}
interface Line {
  readonly code: string;
  readonly amount: Span | null;
  readonly rule: { readonly key: string; readonly source: string } | null;
}
interface Body {
  readonly data: { readonly lines: readonly Line[]; readonly total: Span; readonly is_exact: boolean; readonly unknown: readonly string[]; readonly bid: { readonly amount: number }; readonly id: string; readonly distance_miles: number | null };
  readonly error: { readonly code: string; readonly errors: readonly { readonly pointer: string }[] };
}

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ services: [pricingService] });
});
afterAll(async () => {
  await app?.close();
});

const operator = asUser({ role: 'operator', tenantId: null });
const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<{ status: number; body: Body }> => {
  const answer = await app.call(`/api/v1${path}`, { method: 'POST', body, headers });
  return { status: answer.status, body: (await answer.json()) as Body };
};
const car = { price: { amount: 2_000_000, currency: 'USD' }, destination: { country: 'US', region: 'TX' }, origin: { country: 'US' }, transport: { distance_miles: 40 }, broker_fee: false };
const taxOf = (body: Body): number | undefined => body.data.lines.find(({ code }) => code === 'sales_tax')?.amount?.most.amount;

describe('landed cost over HTTP', () => {
  it('tells a visitor every line with its rule, and what is not known', async () => {
    const { status, body } = await post('/landed-cost', car);
    expect(status).toBe(200);
    expect(taxOf(body)).toBe(125_000);
    expect(body.data.lines.find(({ code }) => code === 'sales_tax')?.rule?.key).toBe('us-tx-sales-tax');
    expect([body.data.unknown, body.data.is_exact]).toEqual([['registration_fee'], false]);
    // 20,000.00 + 1,250.00 + title 28 to 33
    expect(body.data.total).toEqual({ least: { amount: 2_127_800, currency: 'USD' }, most: { amount: 2_128_300, currency: 'USD' } });
  });

  it('measures the way between two postal codes', async () => {
    const { body } = await post('/landed-cost', { ...car, transport: undefined, origin: { country: 'US', postal_code: '10001' }, destination: { country: 'US', region: 'CA', postal_code: '90001' } });
    expect(body.data.distance_miles).toBeGreaterThan(2_300);
    expect(body.data.distance_miles).toBeLessThan(3_300);
    expect(body.data.lines.find(({ code }) => code === 'transport')?.amount?.least.amount).toBeGreaterThan(150_000);
  });

  it('finds the highest bid, whose costs are within the limit', async () => {
    const asked = { ...car, price: undefined, auction: { house: 'IAAI' }, limit: { amount: 1_500_000, currency: 'USD' } };
    const { status, body } = await post('/landed-cost/max-bid', asked);
    expect(status).toBe(200);
    const at = async (amount: number) => (await post('/landed-cost', { ...car, auction: { house: 'IAAI' }, price: { amount, currency: 'USD' } })).body.data.total.most.amount;
    expect(await at(body.data.bid.amount)).toBeLessThanOrEqual(1_500_000);
    expect(await at(body.data.bid.amount + 1)).toBeGreaterThan(1_500_000);
  });

  it.each<[string, unknown, number, string]>([
    ['a place without rules', { ...car, destination: { country: 'CH' } }, 409, 'no_rule'],
    ['no state', { ...car, destination: { country: 'US' } }, 409, 'no_rule'],
    ['a day before all rules', { ...car, date: '2019-02-28' }, 409, 'no_rule'],
    ['a price below zero', { ...car, price: { amount: -1, currency: 'USD' } }, 400, 'validation_failed'],
    ['no price at all', { ...car, price: undefined }, 400, 'validation_failed'],
    ['a rate that is none', { ...car, local_tax_rate: '-2' }, 400, 'validation_failed'],
    ['a day that is none', { ...car, date: '2027-02-29' }, 400, 'validation_failed'],
    ['a car that is not there', { ...car, vehicle_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff' }, 404, 'not_found'],
    ['something else besides', { ...car, tip: 5 }, 400, 'validation_failed'],
  ])('refuses %s', async (_what, body, status, code) => {
    const answer = await post('/landed-cost', body);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('refuses a limit in another currency, and one that nothing fits into', async () => {
    const other = await post('/landed-cost/max-bid', { ...car, limit: { amount: 1_000_000, currency: 'EUR' } });
    expect([other.status, other.body.error.code]).toEqual([400, 'currency_mismatch']);
    const small = await post('/landed-cost/max-bid', { ...car, auction: { house: 'COPART' }, limit: { amount: 1_000, currency: 'USD' } });
    expect([small.status, small.body.error.errors[0]?.pointer]).toEqual([400, '/limit']);
  });
});

describe('rules of the installation', () => {
  const rule = { key: 'us-nv-sales-tax', jurisdiction: 'US-NV', terms: { kind: 'sales_tax', percent: '7', local: null, tradeIn: 'none' }, currency: 'USD', valid_from: '2026-02-01', source: 'The state’s own letter', confidence: 'official' };
  const nevada = { ...car, destination: { country: 'US', region: 'NV' } };

  it('go before those that come with the program, until they are ended', async () => {
    // 20,000 × 6.85 %
    expect(taxOf((await post('/landed-cost', nevada)).body)).toBe(137_000);
    const added = await post('/cost-rules', rule, operator);
    expect(added.status).toBe(201);
    expect(taxOf((await post('/landed-cost', nevada)).body)).toBe(140_000);
    expect(taxOf((await post('/landed-cost', { ...nevada, date: '2026-01-31' })).body)).toBe(137_000);
    expect([(await post('/cost-rules', rule, operator)).body.error.code, (await post(`/cost-rules/${added.body.data.id}/end`, { valid_to: '2025-12-31' }, operator)).status]).toEqual(['already_exists', 400]);
    expect((await post(`/cost-rules/${added.body.data.id}/end`, { valid_to: '2026-03-01' }, operator)).status).toBe(200);
    expect(taxOf((await post('/landed-cost', { ...nevada, date: '2026-02-28' })).body)).toBe(140_000);
    expect(taxOf((await post('/landed-cost', { ...nevada, date: '2026-03-01' })).body)).toBe(137_000);
    const audited = await app.of('pricing').query('select action from pricing.audit_log where object_id = $1 order by id', [added.body.data.id]);
    expect(audited).toEqual([{ action: 'cost_rule.added' }, { action: 'cost_rule.ended' }]);
  });

  it('are the operator’s alone, and are checked', async () => {
    expect((await post('/cost-rules', rule, asUser({ role: 'admin', tenantId: testTenant.id }))).status).toBe(403);
    expect((await post('/cost-rules', rule)).status).toBe(401);
    for (const terms of [{ kind: 'vat', percent: 'nineteen' }, { kind: 'magic' }, { kind: 'auction_bid_fee', variant: 'live', steps: [{ from: 5, fee: 1 }, { from: 5, fee: 2 }] }]) {
      expect((await post('/cost-rules', { ...rule, key: 'a-new-one', terms }, operator)).status).toBe(400);
    }
    expect((await post('/cost-rules', { ...rule, key: 'a-new-one', valid_to: '2026-02-01' }, operator)).status).toBe(400);
    expect((await post('/cost-rules/0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4bff/end', { valid_to: '2026-03-01' }, operator)).status).toBe(404);
  });

  it('can be read by everybody', async () => {
    const answer = await app.call('/api/v1/cost-rules?jurisdiction=DE&at=2026-11-27');
    const { data } = (await answer.json()) as { data: readonly { readonly key: string; readonly id: string | null }[] };
    expect(data.map(({ key, id }) => [key, id])).toEqual([['eu-de-vat', null]]);
  });
});
