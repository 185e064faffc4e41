import { vehicleDelisted } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { testTenant } from '@autobroker/platform/testing';
import { generatedCars, referenceOf, tellListed, tellPrice, type GeneratedCar } from '../testing/generated-market';
import { PricingHouse } from '../testing/pricing-house';

/** The service at work: events come in, cars are valued, and what is asked is answered from the cache until it changes. */
let house: PricingHouse;
let golf: GeneratedCar;
const money = (amount: number) => ({ amount, currency: 'EUR' as const });

/** Forty cars of one kind, whose prices follow a rule. */
function golfs(base: GeneratedCar): GeneratedCar[] {
  return Array.from({ length: 40 }, (_value, index) => {
    const km = 40_000 + index * 2_000;
    const price = money(Math.round((2_600_000 * Math.exp(-0.03 * (km / 10_000)) * (1 + ((index * 7) % 11) / 100)) / 1_000) * 1_000);
    return { ...base, vehicleId: uuidv7(), facts: { ...base.facts, make: 'Volkswagen', model: 'Golf', trim: 'GTI', year: 2022, mileage_km: km, power_kw: 180, title_status: 'clean', damage_type: 'none', condition: 'used', price, reference_price: price, location: { ...base.facts.location, country: 'DE' }, listed_at: new Date(house.clock.now().getTime() - (index + 1) * 3_600_000).toISOString() } };
  });
}

const pricing = (person: 'nobody' | 'buyer' | 'agent' | 'stranger' | 'operator', id: string, query = '') => house.read(person, `/vehicles/${id}/pricing${query}`);
const valued = (id: string) => house.until(() => house.db.query('select 1 from pricing.valuations where vehicle_id = $1', [id]), (rows) => rows.length > 0);

beforeAll(async () => {
  house = await PricingHouse.start({ table: true, work: true });
  const [base] = generatedCars({ seed: 3, cars: 50, at: house.clock.now() });
  if (base === undefined) throw new Error('the market is empty');
  const cars = golfs(base);
  await tellListed(house.vehicles, cars);
  golf = cars[10] ?? base;
  for (const { vehicleId } of cars) await valued(vehicleId);
}, 120_000);
afterAll(() => house.close());

describe('what a car is worth', () => {
  it('is answered to everybody, with its interval, its label and what stands behind it', async () => {
    const answer = await house.until(() => pricing('nobody', golf.vehicleId), ({ data }) => data.method === 'hedonic');
    expect(answer.status).toBe(200);
    expect(answer.data).toMatchObject({ vehicle_id: golf.vehicleId, currency: 'EUR', asking_price: golf.facts.price, not_valued_because: null, model: null });
    const { q10, q35, q50, q65, q90 } = answer.data.quantiles;
    expect(q10 <= q35 && q35 <= q50 && q50 <= q65 && q65 <= q90).toBe(true);
    expect(['great', 'good', 'fair', 'high', 'over']).toContain(answer.data.rating);
    expect(answer.data.deal.difference.amount).toBe((golf.facts.price?.amount ?? 0) - q50);
    expect(answer.data.comparables.count).toBeGreaterThanOrEqual(8);
    expect(answer.data.market).toMatchObject({ available: 40, sold_45_days: 0, days_supply: null, median: { currency: 'EUR' } });
  });

  it('is not sent again while it is the same', async () => {
    const first = await pricing('nobody', golf.vehicleId);
    const etag = first.headers.get('etag') ?? '';
    const again = await house.read('nobody', `/vehicles/${golf.vehicleId}/pricing`, { 'if-none-match': etag });
    expect(again.status).toBe(304);
  });

  it('comes with every comparable when asked for the evidence', async () => {
    const { data } = await pricing('nobody', golf.vehicleId, '?include=evidence');
    expect(data.evidence.comparables).toHaveLength(data.comparables.count);
    expect(data.evidence.comparables[0]).toMatchObject({ make: 'Volkswagen', model: 'Golf', year: 2022, price: { currency: 'EUR' } });
    expect(data.evidence.comparables.map(({ vehicle_id }: { vehicle_id: string }) => vehicle_id)).not.toContain(golf.vehicleId);
    expect((await pricing('nobody', golf.vehicleId)).data.evidence).toBeUndefined();
  });

  it('changes with the price, and the cache does not stand in the way', async () => {
    const before = await pricing('nobody', golf.vehicleId);
    await tellPrice(house.vehicles, golf, 2, Math.round(before.data.quantiles.q10 * 0.8));
    const after = await house.until(() => pricing('nobody', golf.vehicleId), ({ data }) => data.rating === 'great');
    expect(after.data.asking_price.amount).toBe(Math.round(before.data.quantiles.q10 * 0.8));
    const kept = await house.until(() => house.db.query<{ version: number; rating: string }>('select version, rating from pricing.valuations where vehicle_id = $1', [golf.vehicleId]), ([row]) => row?.rating === 'great');
    expect(kept[0]?.version).toBeGreaterThan(before.data.version);
    await tellPrice(house.vehicles, golf, 3, before.data.quantiles.q90 * 2);
    await house.until(() => pricing('nobody', golf.vehicleId), ({ data }) => data.rating === 'over');
  });

  it('in a dollar car’s own currency, with the rate that was used', async () => {
    const price = { amount: 2_750_000, currency: 'USD' as const };
    const car = { vehicleId: uuidv7(), facts: { ...golf.facts, price, reference_price: referenceOf(price) } };
    await tellListed(house.vehicles, [car]);
    await valued(car.vehicleId);
    const { data } = await pricing('nobody', car.vehicleId);
    expect([data.currency, data.asking_price.currency]).toEqual(['USD', 'USD']);
  });
});

describe('an honest answer', () => {
  const list = async (facts: Partial<GeneratedCar['facts']>) => {
    const car = { vehicleId: uuidv7(), facts: { ...golf.facts, ...facts } };
    await tellListed(house.vehicles, [car]);
    await valued(car.vehicleId);
    return pricing('nobody', car.vehicleId);
  };

  it.each([
    [{ year: 1899 }, 'implausible_year', 'implausible'],
    [{ year: 2040 }, 'implausible_year', 'implausible'],
    [{ mileage_km: 10_000_000 }, 'implausible_mileage', 'implausible'],
    [{ make: 'Nonesuch', model: 'Nothing' }, 'too_few', 'not_enough_data'],
  ] as const)('to %j: no price, and why', async (facts, because, unrated) => {
    const { status, data } = await list(facts);
    expect([status, data.method, data.not_valued_because, data.value, data.quantiles, data.rating, data.unrated_because]).toEqual([200, 'none', because, null, null, null, unrated]);
  });

  it('to a car without a price: its worth, and no label', async () => {
    const { data } = await list({ price: null, reference_price: null });
    expect([data.method, data.rating, data.unrated_because, data.deal]).toEqual(['hedonic', null, 'no_price', null]);
  });

  it('to what is no car: 404, and 400 for what is no id', async () => {
    expect((await pricing('nobody', uuidv7())).status).toBe(404);
    expect((await pricing('nobody', 'x')).status).toBe(400);
    expect((await pricing('nobody', golf.vehicleId, '?include=secrets')).status).toBe(400);
  });
});

it('a car that is deleted from the catalogue has no worth any more', async () => {
  const car = { vehicleId: uuidv7(), facts: golf.facts };
  await tellListed(house.vehicles, [car]);
  await valued(car.vehicleId);
  await house.vehicles.transaction(async (tx) => {
    await tx.publish(vehicleDelisted, { key: car.vehicleId, tenantId: null, data: { vehicle_id: car.vehicleId, version: 2, reason: 'deleted', status: 'withdrawn' } });
  });
  await house.until(() => pricing('nobody', car.vehicleId), ({ status }) => status === 404);
  await house.until(() => house.db.query('select 1 from pricing.valuations where vehicle_id = $1', [car.vehicleId]), (rows) => rows.length === 0);
});

describe('private stock', () => {
  const own = () => ({ vehicleId: uuidv7(), facts: golf.facts });

  it('is priced for its tenant, and does not exist for another', async () => {
    const car = own();
    await tellListed(house.vehicles, [car], testTenant.id);
    await valued(car.vehicleId);
    expect((await pricing('agent', car.vehicleId)).status).toBe(200);
    expect((await pricing('nobody', car.vehicleId)).status).toBe(200); // on the tenant's own storefront
    for (const path of ['pricing', 'pricing?include=evidence', 'recommended-price']) {
      const elsewhere = await house.read('stranger', `/vehicles/${car.vehicleId}/${path}`);
      expect([path, elsewhere.status, elsewhere.code]).toEqual([path, 404, 'not_found']);
    }
  });

  it('has a recommended price by the tenant’s rules, each step with its reason', async () => {
    const car = own();
    await tellListed(house.vehicles, [car], testTenant.id);
    await valued(car.vehicleId);
    const plain = await house.read('agent', `/vehicles/${car.vehicleId}/recommended-price`);
    expect(plain.status).toBe(200);
    expect(plain.data.steps[0]).toMatchObject({ code: 'market_middle', before: null, after: { amount: plain.data.quantiles.q50 } });
    expect(plain.data.policy_version).toBe(0);
    const dear = await house.read('agent', `/vehicles/${car.vehicleId}/recommended-price?cost=${plain.data.quantiles.q90 * 2}`);
    expect(dear.data.above_market).toBe(true);
    expect((await house.read('buyer', `/vehicles/${car.vehicleId}/recommended-price`)).status).toBe(403);
    // What everybody offers is nobody's stock.
    expect((await house.read('agent', `/vehicles/${golf.vehicleId}/recommended-price`)).status).toBe(404);
    expect((await house.read('agent', `/vehicles/${car.vehicleId}/recommended-price?cost=-1`)).status).toBe(400);
  });

  it('is priced by rules that a tenant sets, with the version it has seen, and keeps for itself', async () => {
    const first = await house.read('admin', '/pricing-policy');
    expect([first.data.version, first.headers.get('etag')?.startsWith('"0-')]).toEqual([0, true]);
    const { version: _version, updated_at: _at, ...rules } = first.data;
    const change = { ...rules, rounding: 'none', max_step_percent: 50, target_margin_percent: 12 };
    expect((await house.ask('admin', 'PUT', '/pricing-policy', change)).status).toBe(428);
    expect((await house.ask('agent', 'PUT', '/pricing-policy', change, { 'if-match': '"0"' })).status).toBe(403);
    const set = await house.ask('admin', 'PUT', '/pricing-policy', change, { 'if-match': '"0"' });
    expect([set.status, set.data.version, set.data.rounding]).toEqual([200, 1, 'none']);
    expect((await house.ask('admin', 'PUT', '/pricing-policy', change, { 'if-match': '"0"' })).status).toBe(412);
    const wrong = await house.ask('admin', 'PUT', '/pricing-policy', { ...change, min_margin_percent: 40 }, { 'if-match': '"1"' });
    expect([wrong.status, wrong.pointers]).toEqual([400, ['/target_margin_percent', '/max_margin_percent']]);
    expect((await house.read('stranger', '/pricing-policy')).data).toMatchObject({ version: 0, rounding: 'charm' });
    const audit = await house.db.query(`select tenant_id from pricing.audit_log where action = 'pricing_policy.changed'`);
    expect(audit).toEqual([{ tenant_id: testTenant.id }]);
  });
});
