import type { VehicleFactsJson } from '@autobroker/contracts';
import { ManualClock } from '@autobroker/kernel';
import { asUser, SandboxProcess, speakerFor, testApp, type TestApp, testTenant } from '@autobroker/platform/testing';
import { z } from 'zod';
import { pricingService } from '../pricing.module';
import { listCar, marketHas, until } from '../testing';

const start = '2026-11-20T08:00:00.000Z';
const hour = 3_600_000;
const clock = new ManualClock(start);
const otherTenant = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02';
const agent = asUser({ role: 'agent', tenantId: testTenant.id });
const stranger = asUser({ role: 'agent', tenantId: otherTenant });
const buyer = asUser({ role: 'buyer', tenantId: testTenant.id });

const truthSchema = z.object({ vin: z.string(), make: z.string(), model: z.string(), trim: z.string(), year: z.number(), mileage_km: z.number(), country: z.string(), damage: z.string(), true_value: z.object({ amount: z.number() }) });
const moneySchema = z.object({ amount: z.number(), currency: z.string() });
const viewSchema = z.object({
  sources: z.array(z.object({ source: z.string(), valuation: z.looseObject({ value: moneySchema.nullable(), trade_in: moneySchema.nullable(), retail: moneySchema.nullable(), stale: z.boolean(), citations: z.array(z.string()) }).nullable(), problem: z.object({ kind: z.string() }).nullable() })),
  aggregate: z.looseObject({ value: moneySchema, confidence: z.number(), stale: z.array(z.string()), missing: z.array(z.string()) }).nullable(),
  region: z.looseObject({ demand: z.string().nullable(), country: z.string() }).nullable(),
});
type View = z.output<typeof viewSchema>;
type Truth = z.output<typeof truthSchema>;

let sandbox: SandboxProcess;
let app: TestApp;
let americans: Truth[];

beforeAll(async () => {
  sandbox = await SandboxProcess.start(400, start);
  app = await testApp({ services: [pricingService, speakerFor('vehicle')], overrides: { clock }, env: { SANDBOX_URL: sandbox.url } });
  americans = (await sandbox.truth()).map((line) => truthSchema.parse(line)).filter(({ country, damage }) => country === 'US' && damage === 'none');
}, 120_000);
afterAll(async () => {
  await app.close();
  await sandbox.stop();
});

const carOf = ({ make, model, trim, year, mileage_km, vin }: Truth, more: Partial<VehicleFactsJson> = {}): Partial<VehicleFactsJson> => ({
  make,
  model,
  trim,
  year,
  mileage_km,
  vin,
  price: { amount: 2_000_000, currency: 'USD' },
  location: { city: null, region: 'California', postal_code: null, country: 'US', coordinates: null },
  ...more,
});

async function listed(truth: Truth | undefined, more: Partial<VehicleFactsJson> = {}, tenantId: string | null = null): Promise<string> {
  if (truth === undefined) throw new Error('the market is too small');
  const id = await listCar(app, carOf(truth, more), tenantId);
  await marketHas(app, [id]);
  return id;
}

const call = (id: string, who: Record<string, string>, method = 'GET') => app.call(`/api/v1/vehicles/${id}/external-valuations`, { method, headers: who });
async function view(id: string): Promise<View> {
  const answer = await call(id, agent);
  expect(answer.status).toBe(200);
  return z.object({ data: viewSchema }).parse(await answer.json()).data;
}
const ask = async (id: string): Promise<void> => expect((await call(id, agent, 'POST')).status).toBe(202);
const of = (shown: View, source: string) => shown.sources.find((one) => one.source === source);
const requestsTo = async (vendor: string): Promise<number> => {
  const counted = z.object({ counters: z.record(z.string(), z.object({ total: z.number() })) }).parse(JSON.parse(await sandbox.control(`requests?vendor=${vendor}&limit=1`)));
  return counted.counters[vendor]?.total ?? 0;
};

let known: string;

it('nobody is asked until staff wants it; then each says what it knows, near the truth, and one value comes of it', async () => {
  const [truth] = americans;
  known = await listed(truth);
  expect(await view(known)).toEqual({ sources: [], aggregate: null, region: null });
  await ask(known);
  const shown = await until(async () => {
    const now = await view(known);
    return now.sources.length === 3 && now.region !== null && now.sources.every(({ valuation }) => valuation !== null) ? now : null;
  }, 'three have spoken');
  const worth = truth?.true_value.amount ?? 0;
  for (const source of ['kbb', 'edmunds']) expect(Math.abs((of(shown, source)?.valuation?.value?.amount ?? 0) / worth - 1)).toBeLessThan(0.15);
  expect(of(shown, 'perplexity')?.valuation?.citations[0]).toMatch(/^https:/u);
  expect(shown.aggregate).toMatchObject({ stale: [], missing: [], value: { currency: 'USD' } });
  expect(Math.abs((shown.aggregate?.value.amount ?? 0) / worth - 1)).toBeLessThan(0.25);
  expect(shown.aggregate?.confidence).toBeGreaterThan(0.3);
  expect(shown.region).toMatchObject({ country: 'US', demand: expect.stringMatching(/low|balanced|high/u) });
}, 90_000);

it('what is fresh is not asked again: an hour for what is researched, a day for the guide books, a week for a region', async () => {
  const before = [await requestsTo('kbb'), await requestsTo('edmunds'), await requestsTo('perplexity')];
  await ask(known);
  clock.advance(2 * hour);
  const old = await view(known);
  expect([of(old, 'kbb')?.valuation?.stale, of(old, 'perplexity')?.valuation?.stale, old.aggregate?.stale]).toEqual([false, true, ['perplexity']]);
  await ask(known);
  await until(async () => of(await view(known), 'perplexity')?.valuation?.stale === false, 'the market was researched anew');
  const after = [await requestsTo('kbb'), await requestsTo('edmunds'), await requestsTo('perplexity')];
  expect([after[0], after[1]]).toEqual([before[0], before[1]]);
  expect(after[2]).toBeGreaterThan(before[2] ?? 0);
  // The vehicle's number at the vendor is known by now: a day later its values are one request.
  clock.advance(25 * hour);
  await ask(known);
  await until(async () => (await view(known)).aggregate?.stale.length === 0, 'all are fresh');
  expect(await requestsTo('kbb')).toBe((before[0] ?? 0) + 1);
}, 90_000);

it('cars of one model share what is researched of its market', async () => {
  const [truth] = americans;
  const before = await requestsTo('perplexity');
  const twin = await listed(truth, { vin: null, mileage_km: 12_000 });
  await ask(twin);
  const shown = await until(async () => (of(await view(twin), 'perplexity')?.valuation === undefined ? null : view(twin)), 'it is known');
  expect(of(shown, 'perplexity')?.valuation?.value).toEqual(of(await view(known), 'perplexity')?.valuation?.value);
  expect(await requestsTo('perplexity')).toBe(before);
}, 60_000);

it('one that fails is named with its reason, and the others go on', async () => {
  await sandbox.control('chaos', { vendor: 'edmunds', status: 500 });
  const id = await listed(americans[1]);
  await ask(id);
  const shown = await until(async () => {
    const now = await view(id);
    return of(now, 'edmunds')?.problem != null && of(now, 'kbb')?.valuation != null ? now : null;
  }, 'one has failed');
  expect(of(shown, 'edmunds')).toMatchObject({ valuation: null, problem: { kind: 'unavailable' } });
  expect(shown.aggregate?.missing).toContain('edmunds');
  await sandbox.control('chaos', { vendor: '*', reset: true });
  // The job comes back by itself.
  await until(async () => of(await view(id), 'edmunds')?.valuation != null, 'it was asked again');
}, 120_000);

it('a car of another continent is researched only; the guide books say that they do not know it', async () => {
  const id = await listed(americans[2], { vin: null, price: { amount: 1_900_000, currency: 'EUR' }, location: { city: null, region: null, postal_code: null, country: 'DE', coordinates: null } });
  await ask(id);
  const shown = await until(async () => {
    const now = await view(id);
    return now.sources.length === 3 && now.sources.every(({ valuation, problem }) => valuation != null || problem != null) ? now : null;
  }, 'all have answered');
  expect([of(shown, 'kbb')?.problem?.kind, of(shown, 'edmunds')?.problem?.kind]).toEqual(['not_covered', 'not_covered']);
}, 60_000);

it('what the day has cost is there for the operator to see', async () => {
  const operator = asUser({ role: 'operator', tenantId: null });
  const spent = z.object({ data: z.array(z.object({ source: z.string(), requests: z.object({ used: z.number(), limit: z.number().nullable() }), cost: moneySchema, cost_limit: moneySchema.nullable() })) });
  const { data } = spent.parse(await (await app.call('/api/v1/external-valuations/budgets', { headers: operator })).json());
  expect(data.map(({ source, requests, cost_limit }) => [source, requests.limit, cost_limit?.amount])).toEqual([['kbb', 500, undefined], ['edmunds', 500, undefined], ['perplexity', 100, 100]]);
  expect(data.every(({ requests }) => requests.used > 0)).toBe(true);
  expect(data[2]?.cost.amount).toBe(data[2]?.requests.used);
  expect((await app.call('/api/v1/external-valuations/budgets', { headers: agent })).status).toBe(403);
}, 60_000);

it('is for staff, and of a tenant’s own stock for that tenant alone', async () => {
  const own = await listed(americans[3], {}, testTenant.id);
  const nobody = '01900000-0000-7000-8000-000000000001';
  expect((await Promise.all([call(own, agent), call(own, stranger), call(own, stranger, 'POST'), call(known, buyer), call(known, buyer, 'POST'), call(known, {}, 'POST'), call(nobody, agent)])).map(({ status }) => status)).toEqual([200, 404, 404, 403, 403, 401, 404]);
}, 60_000);
