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
  readonly data: { readonly lines: readonly Line[]; readonly total: Span; readonly is_exact: boolean; readonly unknown: readonly string[]; readonly bid: { readonly amount: number }; readonly id: string; readonly distance_miles: number | null; readonly inside: readonly Line[]; readonly converted: { readonly total: Span; readonly day: string; readonly source: string } | null };
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

describe('what else one may ask', () => {
  const german = { price: { amount: 1_899_000, currency: 'EUR' }, destination: { country: 'DE' }, origin: { country: 'DE' }, broker_fee: false };

  it('tells the total in the buyer’s currency, with the rate and its day', async () => {
    const { status, body } = await post('/landed-cost', { ...german, buyer_currency: 'USD' });
    expect(status).toBe(200);
    const { converted } = body.data;
    expect([converted?.source, converted?.day, converted?.total.most.currency]).toEqual(['builtin', '2026-11-16', 'USD']);
    // 18,990.00 and at most 74.00 for papers and plates, × 1.16, at the rate that comes with the program
    expect(converted?.total.most.amount).toBe(2_211_424);
    expect((await post('/landed-cost', { ...german, buyer_currency: 'EUR' })).body.data.converted).toBeNull();
    expect((await post('/landed-cost', { ...german, buyer_currency: 'XAF' })).body.error.code).toBe('currency_unsupported');
  });

  it('tells a dealer the tax inside the margin, and not in the total', async () => {
    const { body } = await post('/landed-cost', { ...german, seller_kind: 'dealer_margin', bought_for: 1_600_000 });
    expect(body.data.inside.map(({ code, amount }) => [code, amount?.most.amount])).toEqual([['margin_vat', 47_739]]);
    // 16.70 to 74.00 for papers and plates
    expect([body.data.total.least.amount, body.data.total.most.amount]).toEqual([1_900_670, 1_906_400]);
  });

  it('finds the bid that leaves a margin of what the car will bring', async () => {
    const base = { ...car, price: undefined, resale_value: { amount: 2_000_000, currency: 'USD' } };
    const [byMoney, byShare, byLimit] = await Promise.all([
      post('/landed-cost/max-bid', { ...base, margin: { amount: 300_000, currency: 'USD' } }),
      post('/landed-cost/max-bid', { ...base, margin_percent: '15' }),
      post('/landed-cost/max-bid', { ...base, resale_value: undefined, limit: { amount: 1_700_000, currency: 'USD' } }),
    ]);
    expect([byMoney.status, byMoney.body.data.bid, byShare.body.data.bid]).toEqual([200, byLimit.body.data.bid, byLimit.body.data.bid]);
    const wrong = [base, { ...base, limit: { amount: 1, currency: 'USD' }, margin_percent: '5' }, { ...base, margin_percent: '5', margin: { amount: 1, currency: 'USD' } }];
    for (const body of wrong) expect((await post('/landed-cost/max-bid', body)).status).toBe(400);
    expect((await post('/landed-cost/max-bid', { ...base, margin: { amount: 1, currency: 'EUR' } })).body.error.code).toBe('currency_mismatch');
    // A margin above what the car will bring leaves nothing to bid with.
    expect((await post('/landed-cost/max-bid', { ...base, margin: { amount: 3_000_000, currency: 'USD' } })).body.error.errors[0]?.pointer).toBe('/margin');
  });

  it.each([{ buyer_vat_id: 'DE' }, { buyer_vat_id: 'not one' }, { bought_for: -1 }, { trade_in: 1.5 }, { price: { amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' } }, { buyer_currency: 'EURO' }])('refuses %p', async (more) => {
    expect((await post('/landed-cost', { ...german, ...more })).status).toBe(400);
  });
});

describe('fees of a broker', () => {
  const admin = asUser({ role: 'admin', tenantId: testTenant.id });
  const other = asUser({ role: 'admin', tenantId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b09' });
  const today = () => app.clock.now().toISOString().slice(0, 10);
  const inDays = (days: number) => new Date(app.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const feeOf = async (headers = {}, date?: string) => {
    const { body } = await post('/landed-cost', { ...car, broker_fee: true, ...(date === undefined ? {} : { date }) }, headers);
    return body.data.lines.find(({ code }) => code === 'broker_fee')?.amount?.most.amount;
  };

  it('are its own from the day on that it says, and nobody else’s', async () => {
    // 3 % of 20,000
    expect(await feeOf(admin)).toBe(60_000);
    const added = await post('/broker-fees', { percent: '4.5', least: 50_000, most: 80_000, currency: 'USD', valid_from: today() }, admin);
    expect(added.status).toBe(201);
    // 4.5 % would be 900.00; at most 800.00
    expect([await feeOf(admin), await feeOf(), await feeOf(other)]).toEqual([80_000, 80_000, 60_000]);
    expect((await post('/broker-fees', { least: 39_900, currency: 'USD', valid_from: inDays(10) }, admin)).status).toBe(201);
    expect([await feeOf(admin, inDays(9)), await feeOf(admin, inDays(10))]).toEqual([80_000, 39_900]);
    const audited = await app.of('pricing').query('select tenant_id from pricing.audit_log where object_id = $1', [added.body.data.id]);
    expect(audited).toEqual([{ tenant_id: testTenant.id }]);
    const listed = (await (await app.call('/api/v1/broker-fees', { headers: other })).json()) as { data: unknown[] };
    expect(listed.data).toEqual([]);
  });

  it('don’t begin in the past, nor twice on one day, and are the admin’s', async () => {
    const fee = { percent: '2', currency: 'EUR', valid_from: today() };
    expect((await post('/broker-fees', { ...fee, valid_from: inDays(-1) }, admin)).status).toBe(400);
    expect((await post('/broker-fees', fee, admin)).status).toBe(201);
    expect((await post('/broker-fees', fee, admin)).body.error.code).toBe('already_exists');
    expect((await post('/broker-fees', { ...fee, least: 5, most: 4, valid_from: inDays(3) }, admin)).status).toBe(400);
    expect((await post('/broker-fees', fee, asUser({ role: 'agent', tenantId: testTenant.id }))).status).toBe(403);
    expect((await post('/broker-fees', fee)).status).toBe(401);
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
    expect(data.map(({ key, id }) => [key, id])).toEqual([['eu-de-vat', null], ['eu-de-registration', null]]);
  });
});
