import { vehicleDelisted, vehicleListed, vehiclePriceChanged, type VehicleFactsJson } from '@autobroker/contracts';
import { asUser, speakerFor, testApp, type TestApp, testTenant } from '@autobroker/platform/testing';
import { z } from 'zod';
import { pricingService } from '../pricing.module';

/** Only the outbox of the vehicle service: this spec says what it would say. */
const vehicle = speakerFor('vehicle');

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ services: [pricingService, vehicle] });
}, 60_000);
afterAll(() => app.close());

const envelope = z.object({
  data: z.unknown(),
  meta: z.object({ pagination: z.object({ page: z.int(), total: z.int() }).optional() }),
  error: z.object({ code: z.string() }).nullable(),
});
const record = z.record(z.string(), z.unknown());
const agent = asUser({ role: 'agent', tenantId: testTenant.id });
const stranger = asUser({ role: 'agent', tenantId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02' });

async function get(path: string, headers: Record<string, string> = agent) {
  const response = await app.call(`/api/v1${path}`, { headers });
  const { data, meta, error } = envelope.parse(await response.json());
  return { status: response.status, data, list: Array.isArray(data) ? data.map((one) => record.parse(one)) : [], total: meta.pagination?.total, code: error?.code };
}

const idOf = (n: number): string => `0192f0c1-7c1e-7d3a-9a4f-${n.toString(16).padStart(12, '0')}`;
const [event] = [vehicleListed.fixture];
const facts = (change: Partial<VehicleFactsJson> = {}): VehicleFactsJson => ({
  ...event.facts, exterior_colour: 'white', mileage_km: 60_000, listed_at: app.clock.now().toISOString(), offers: [], ...change,
});
const inEuros = (amount: number) => ({ amount: amount * 100, currency: 'EUR' as const });
const euros = (amount: number) => ({ price: inEuros(amount), reference_price: inEuros(amount) });

interface Said {
  readonly n: number;
  readonly facts?: Partial<VehicleFactsJson>;
  readonly tenantId?: string;
}
const list = (...cars: readonly Said[]) =>
  app.of('vehicle').transaction((tx) =>
    tx.publishAll(vehicleListed, cars.map(({ n, tenantId, facts: change }) => ({ key: idOf(n), tenantId: tenantId ?? null, data: { vehicle_id: idOf(n), version: 1, facts: facts(change) } }))),
  );

/** Until the projection has heard of so many cars. */
async function heard(wanted: number, where = 'true'): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const [row] = await app.of('pricing').query<{ n: number }>(`select count(*)::integer as n from pricing.market_cars where ${where}`);
    if ((row?.n ?? 0) >= wanted) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it never came');
}

describe('vehicles like one', () => {
  beforeAll(async () => {
    await list(
      { n: 1, facts: euros(28_990) },
      { n: 2, facts: { ...euros(28_500), exterior_colour: 'red' } },
      { n: 3, facts: { ...euros(24_000), year: 2019, mileage_km: 90_000 } },
      { n: 4, facts: { ...euros(19_000), model: 'Polo' } },
      { n: 5, facts: euros(29_100), tenantId: testTenant.id },
      { n: 6, facts: { ...euros(29_500), mileage_km: null } },
      { n: 7, facts: { ...euros(15_000), make: 'Audi', model: 'A3' } },
    );
    await heard(7);
  });

  it('are ranked by the points, with what each is for and what was learned beside it', async () => {
    const { status, list: found, total } = await get(`/vehicles/${idOf(1)}/similar`, {});
    expect([status, total]).toEqual([200, 4]);
    expect(found.map(({ rank, score, points, vehicle }) => [rank, score, points, record.parse(vehicle).id])).toEqual([
      [1, 95, { make: 20, model: 20, year: 20, mileage: 25, damage: 10, colour: 0 }, idOf(2)],
      [2, 80, { make: 20, model: 0, year: 20, mileage: 25, damage: 10, colour: 5 }, idOf(4)],
      [3, 75, { make: 20, model: 20, year: 20, mileage: 0, damage: 10, colour: 5 }, idOf(6)],
      [4, 70, { make: 20, model: 20, year: 10, mileage: 5, damage: 10, colour: 5 }, idOf(3)],
    ]);
    expect(found[0]).toMatchObject({ learned: { cars: 4, score: expect.any(Number) } });
    expect(found[3]).toMatchObject({ learned: { gaps: expect.arrayContaining([{ fact: 'age', percent: expect.any(Number) }, { fact: 'mileage', percent: expect.any(Number) }]) } });
  });

  it('or by what was learned, page by page', async () => {
    const first = await get(`/vehicles/${idOf(1)}/similar?sort=learned&per_page=2`);
    const second = await get(`/vehicles/${idOf(1)}/similar?sort=learned&per_page=2&page=2`);
    const scores = [...first.list, ...second.list].map(({ learned }) => Number(record.parse(learned).score));
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect([...first.list, ...second.list].map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
  });

  it('of another tenant’s stock, of no vehicle, and of what is no id, there are none', async () => {
    expect((await get(`/vehicles/${idOf(5)}/similar`)).status).toBe(200);
    expect(await get(`/vehicles/${idOf(5)}/similar`, stranger)).toMatchObject({ status: 404, code: 'not_found' });
    expect(await get(`/vehicles/${idOf(99)}/similar`, {})).toMatchObject({ status: 404, code: 'not_found' });
    expect((await get('/vehicles/golf/similar', {})).status).toBe(400);
  });
});

describe('analytics', () => {
  const skoda = { make: 'Škoda', model: 'Octavia', damage_type: 'none' as const };
  beforeAll(async () => {
    const day = 86_400_000;
    const listed = (ago: number): string => new Date(app.clock.now().getTime() - ago * day).toISOString();
    await list(...Array.from({ length: 20 }, (_, index) => ({ n: 100 + index, facts: { ...skoda, ...euros(20_000 - index * 100), year: 2016 + (index % 2), listed_at: listed(index + 1), sources: index % 2 === 0 ? ['a-source'] : ['a-source', 'other'] } })));
    await heard(20, `make = 'Škoda'`);
    const at = new Date().toISOString();
    await app.of('vehicle').transaction(async (tx) => {
      await tx.publish(vehiclePriceChanged, { key: idOf(100), tenantId: null, data: { ...vehiclePriceChanged.fixture, vehicle_id: idOf(100), version: 2, ...euros(19_500), seen_at: at } });
      for (const n of [101, 102, 103]) await tx.publish(vehicleDelisted, { key: idOf(n), tenantId: null, data: { vehicle_id: idOf(n), version: 2, reason: n === 103 ? 'withdrawn' : 'sold', status: n === 103 ? 'withdrawn' : 'sold' } });
    });
    await heard(3, `make = 'Škoda' and left_at is not null`);
    await heard(1, `vehicle_id = '${idOf(100)}' and version = 2`);
  });
  const only = `make=${encodeURIComponent('škoda')}&model=Octavia`;

  it('supply: what is there, at what prices, how soon it sells', async () => {
    const { list: markets } = await get(`/analytics/supply?${only}`);
    expect(markets).toMatchObject([
      { country: 'DE', currency: 'EUR', available: 17, priced: 17, listed_45_days: 20, left_45_days: 3, sold_45_days: 2, days_supply: 382.5, days_to_sell: { cars: 20, sold: 2, median: null } },
    ]);
    const median = Number(z.object({ median: z.object({ amount: z.number() }) }).parse(markets[0]?.price).median.amount);
    expect(Math.abs(median / 1_885_000 - 1)).toBeLessThan(0.03);
  });

  it('price trends: each kind of car against itself', async () => {
    const { list: trends } = await get(`/analytics/price-trends?${only}&interval=month`);
    const points = z.array(z.looseObject({ prices: z.number(), listed: z.number(), sold: z.number(), index: z.number() })).parse(trends[0]?.points);
    expect(trends).toHaveLength(1);
    expect(points.reduce((sum, { prices }) => sum + prices, 0)).toBe(21);
    expect(points.reduce((sum, { listed, sold }) => sum + listed + sold, 0)).toBe(22);
    expect(points[0]?.index).toBe(100);
  });

  it('segments: models with what a good buy leaves, under their own names', async () => {
    const { list: segments, total } = await get('/analytics/segments?country=DE&min_available=10');
    expect(total).toBe(1);
    expect(segments).toMatchObject([{ make: 'Škoda', model: 'Octavia', available: 17, sold_45_days: 2, days_supply: 382.5, score: expect.any(Number) }]);
    expect(await get('/analytics/segments?country=DE&min_available=10&page=2')).toMatchObject({ list: [], total: 1 });
  });

  it('source quality: completeness, prices against like cars, faults', async () => {
    const { list: sources } = await get(`/analytics/source-quality?${only}`);
    expect(sources).toMatchObject([
      { source: 'a-source', cars: 17, priced: 17, completeness_percent: 100, relisted: 0, vin_contradicted: 0, doubtful_prices: 0 },
      { source: 'other', cars: 8 },
    ]);
    expect(Math.abs(Number(sources[0]?.price_deviation_percent))).toBeLessThan(4);
  });

  it('depreciation: by age, drawn to what is usual', async () => {
    const { list: curves } = await get(`/analytics/depreciation?${only}`);
    expect(curves).toMatchObject([{ country: 'DE', currency: 'EUR', cars: 17, usual_five_years_percent: 45.6 }]);
    expect((await get('/analytics/depreciation')).status).toBe(400);
  });

  it('and all of it at a glance', async () => {
    const { data } = await get(`/analytics?${only}`);
    expect(data).toMatchObject({ markets: [{ available: 17 }], best_segments: [{ model: 'Octavia' }], sources: [{ source: 'a-source' }, { source: 'other' }] });
  });

  it.each([
    ['/analytics/price-trends?from=2026-02-01&to=2026-01-01', 400, 'validation_failed'],
    ['/analytics/price-trends?from=1900-01-01&interval=day', 400, 'validation_failed'],
    ['/analytics/supply?year_min=2020&year_max=2019', 400, 'validation_failed'],
    ['/analytics/supply?currency=EURO', 400, 'validation_failed'],
    ['/analytics/segments?per_page=101', 400, 'validation_failed'],
    ['/analytics/supply?make=Trabant', 200, undefined],
    ['/analytics/depreciation?make=Trabant', 200, undefined],
    ['/analytics/price-trends?make=Trabant', 200, undefined],
    ['/analytics/source-quality?make=Trabant', 200, undefined],
  ])('%s answers %d', async (path, status, code) => {
    const answer = await get(path);
    expect([answer.status, answer.code, answer.list]).toEqual([status, code, []]);
  });

  it('is for staff and partners', async () => {
    expect((await get('/analytics/supply', {})).status).toBe(401);
    expect((await get('/analytics/supply', asUser({ role: 'buyer', tenantId: testTenant.id }))).status).toBe(403);
    expect((await get('/analytics/supply', asUser({ role: 'partner', tenantId: testTenant.id, kind: 'client' }))).status).toBe(200);
  });
});
