import { opportunityExpired, opportunityFound, userErased, vehicleDelisted } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant, type EventRecorder } from '@autobroker/platform/testing';
import { metrics } from '@autobroker/platform/telemetry';
import { z } from 'zod';
import { ExternalValuations, type FailureKind } from '../application/external/ports';
import { HearMarket } from '../application/market/hear-market';
import { FindOpportunities } from '../application/opportunities/find-opportunities';
import { OpportunityReader, OpportunityStore } from '../application/opportunities/ports';
import { SweepOpportunities } from '../application/opportunities/sweep-opportunities';
import { ValuationStore } from '../application/valuation/ports';
import { ValueChanged } from '../application/valuation/value-changed';
import { generatedCars, tellListed, tellPrice, tellUpdated, type GeneratedCar } from '../testing/generated-market';
import { otherTenant, PricingHouse } from '../testing/pricing-house';
import { ForgetStatusesConsumer } from './opportunity.consumers';
import { FindOpportunitiesProcessor } from './opportunity.jobs';

const pageSchema = z.object({ data: z.array(z.object({ id: z.string() })), meta: z.object({ pagination: z.object({ total: z.int(), next_cursor: z.string().nullable() }) }) });

/** Golfs whose prices follow a rule, and some that are offered for less. */
let house: PricingHouse;
let told: EventRecorder;
let golf: GeneratedCar;

const usual = (km: number): number => Math.round((2_600_000 * Math.exp(-0.03 * (km / 10_000))) / 1_000) * 1_000;
const euros = (amount: number) => ({ amount, currency: 'EUR' as const });

function aGolf(facts: Partial<GeneratedCar['facts']> = {}, share = 1): GeneratedCar {
  const km = facts.mileage_km ?? 60_000;
  const price = facts.price === undefined ? euros(Math.round(usual(km) * share)) : facts.price;
  return {
    ...golf,
    vehicleId: uuidv7(),
    facts: { ...golf.facts, mileage_km: km, vin: 'WVWZZZCDZMW012345', ...facts, price, reference_price: price, listed_at: new Date(house.clock.now().getTime() - 3_600_000).toISOString() },
  };
}

/** What the vehicle service has said is heard, what changed is valued, and the new valuations are looked at. */
async function settle(): Promise<void> {
  await house.hear();
  await house.get(ValueChanged).run();
  await house.get(FindOpportunities).run();
}

async function offered(...cars: GeneratedCar[]): Promise<void> {
  await tellListed(house.vehicles, cars);
  await settle();
}

const found = async (car: GeneratedCar, query = '?per_page=100&damaged=true') => (await house.read('buyer', `/opportunities${query}`)).list.find(({ vehicle_id }) => vehicle_id === car.vehicleId);
const events = async (type: string, car: GeneratedCar) => (await told.all()).filter((event) => event.type === type && event.key === car.vehicleId);
const sold = async (car: GeneratedCar, version: number, reason: 'sold' | 'withdrawn' = 'sold') => {
  await house.vehicles.transaction(async (tx) => {
    await tx.publish(vehicleDelisted, { key: car.vehicleId, tenantId: null, data: { vehicle_id: car.vehicleId, version, reason, status: reason === 'sold' ? 'sold' : 'withdrawn' } });
  });
  await settle();
};

beforeAll(async () => {
  house = await PricingHouse.start({ table: true, work: false });
  told = await house.app.events('pricing');
  const [base] = generatedCars({ seed: 3, cars: 50, at: house.clock.now() });
  if (base === undefined) throw new Error('the market is empty');
  const facts = { ...base.facts, make: 'Volkswagen', model: 'Golf', trim: 'GTI', year: 2022, power_kw: 180, title_status: 'clean' as const, damage_type: 'none' as const, condition: 'used' as const, first_registration: '2022-03-01' };
  golf = { ...base, facts: { ...facts, location: { ...facts.location, city: 'München', region: 'Bayern', country: 'DE', coordinates: { lat: 48.137, lon: 11.575 } } } };
  const market = Array.from({ length: 40 }, (_none, index) => {
    const km = 40_000 + index * 1_500;
    return aGolf({ mileage_km: km }, 0.96 + ((index * 7) % 11) / 100);
  });
  await offered(...market);
}, 120_000);
afterAll(() => house.close());

describe('a car that is offered for a fifth less than it brings', () => {
  let car: GeneratedCar;
  beforeAll(async () => {
    car = aGolf({}, 0.8);
    await offered(car, aGolf({}, 0.99), aGolf({}, 1.1));
  }, 60_000);

  it('is the one opportunity of this market', async () => {
    const { status, list } = await house.read('buyer', '/opportunities');
    expect(status).toBe(200);
    expect(list.map(({ vehicle_id }) => vehicle_id)).toEqual([car.vehicleId]);
    const [one] = list;
    expect(one).toMatchObject({ vehicle: { make: 'Volkswagen', model: 'Golf', year: 2022 }, asking_price: car.facts.price, status: 'new', damaged: false, expired_at: null });
    expect(one.score).toBeGreaterThan(50);
    expect(one.probability).toBeGreaterThan(0.75);
    expect(one.projected_profit.amount).toBeGreaterThan(100_000);
    expect(one.profit_interval.low.amount).toBeLessThan(one.projected_profit.amount);
    expect(one.profit_interval.high.amount).toBeGreaterThan(one.projected_profit.amount);
  });

  it('comes with all that it is from', async () => {
    const { data, headers } = await house.read('buyer', `/opportunities/${(await found(car)).id}`);
    expect(headers.get('etag')).not.toBeNull();
    const { cost_breakdown: costs, market_analysis: analysis } = data;
    expect(costs.purchase_price).toEqual(car.facts.price);
    expect(costs.lines.reduce((sum: number, { amount }: { amount: { amount: number } }) => sum + amount.amount, 0)).toBe(costs.total_cost.amount);
    expect(Math.round(data.market_value.amount * (1 - data.holding_percent / 100))).toBeCloseTo(costs.total_cost.amount + data.projected_profit.amount, -4);
    expect(analysis.comparable_prices.length).toBeGreaterThanOrEqual(8);
    expect(analysis.market_average.amount).toBeGreaterThan(data.asking_price.amount);
    expect([analysis.kbb_value, analysis.edmunds_value, analysis.perplexity_insights]).toEqual([null, null, null]);
    expect(data.score_parts.map(({ part }: { part: string }) => part)).toEqual(['profit', 'probability', 'roi', 'liquidity', 'data_quality', 'risk']);
    expect(data.risk_factors.every(({ reason }: { reason: string }) => reason.endsWith('.'))).toBe(true);
  });

  it('shows what others say of it as soon as they have said it', async () => {
    const { id } = await found(car);
    await house.db.query(
      `insert into pricing.external_valuations (vehicle_id, source, currency, private_party, citations, fetched_at, expires_at) values ($1, 'kbb', 'EUR', 2120000, '{}', $2, $3)`,
      [car.vehicleId, house.clock.now(), new Date(house.clock.now().getTime() + 86_400_000)],
    );
    expect((await house.read('buyer', `/opportunities/${id}`)).data.market_analysis.kbb_value).toEqual(euros(2_120_000));
  });

  it('is told of once, however often and by however many its valuation is looked at', async () => {
    const before = await events(opportunityFound.type, car);
    expect(before).toHaveLength(1);
    expect(before[0]?.data).toMatchObject({ vehicle_id: car.vehicleId, is_new: true, vehicle: { make: 'Volkswagen' } });
    for (let turn = 0; turn < 3; turn += 1) {
      await house.db.transaction((tx) => house.get(OpportunityStore).note(tx, [car.vehicleId], house.clock.now()));
      await Promise.all([1, 2, 3].map(() => house.get(FindOpportunities).run()));
    }
    expect(await events(opportunityFound.type, car)).toHaveLength(1);
    const audited = await house.db.query(`select action from pricing.audit_log where object_type = 'opportunity' and action = 'opportunity.found' and after->>'vehicle_id' = $1`, [car.vehicleId]);
    expect(audited).toHaveLength(1);
  });

  it('is told of again at a lower price, and is the same opportunity', async () => {
    const before = await found(car);
    await tellPrice(house.vehicles, car, 2, Math.round(usual(60_000) * 0.75));
    await settle();
    const after = await found(car);
    expect([after.id, after.version]).toEqual([before.id, before.version + 1]);
    expect(after.score).toBeGreaterThan(before.score);
    const both = await events(opportunityFound.type, car);
    expect(both.map(({ data }) => opportunityFound.data.parse(data).is_new)).toEqual([true, false]);
    expect(new Set(both.map(({ data }) => opportunityFound.data.parse(data).valuation_version)).size).toBe(2);
  });

  it('is none any more once its price has risen', async () => {
    const { id } = await found(car);
    await tellPrice(house.vehicles, car, 3, usual(60_000));
    await settle();
    expect(await found(car)).toBeUndefined();
    expect((await events(opportunityExpired.type, car)).map(({ data }) => data)).toEqual([expect.objectContaining({ opportunity_id: id, reason: 'price_rose' })]);
    expect((await house.read('buyer', `/opportunities/${id}`)).data).toMatchObject({ id, expired_reason: 'price_rose' });
  });

  it('is another one when it is cheap again', async () => {
    const ids = new Set((await events(opportunityFound.type, car)).map(({ data }) => opportunityFound.data.parse(data).opportunity_id));
    await tellPrice(house.vehicles, car, 4, Math.round(usual(60_000) * 0.78));
    await settle();
    expect(ids.has((await found(car)).id)).toBe(false);
    expect((await events(opportunityFound.type, car)).map(({ data }) => opportunityFound.data.parse(data).is_new)).toEqual([true, false, true]);
  });

  it('ends with the event of its sale, and counts as a deal that somebody took', async () => {
    house.clock.advance(5 * 86_400_000);
    await sold(car, 5);
    expect(await found(car)).toBeUndefined();
    expect((await events(opportunityExpired.type, car)).at(-1)?.data).toMatchObject({ reason: 'sold' });
    const { list } = await house.read('agent', '/analytics/opportunities?make=volkswagen');
    expect(list).toEqual([expect.objectContaining({ make: 'volkswagen', model: 'golf', country: 'DE', found: 2, open: 0, realised: 1, realised_percent: 50, median_days_to_sale: 5 })]);
    expect((await house.read('buyer', '/analytics/opportunities')).code).toBe('permission_denied');
  });
});

it('a car that was deleted while it was found to be a deal is none any more', async () => {
  const car = aGolf({}, 0.8);
  await offered(car);
  // Its deletion was heard before the opportunity was there to be ended: what is left is its valuation, which is forgotten now.
  const gone = { vehicleId: car.vehicleId, ownerTenantId: null, version: 2, at: house.clock.now(), kind: 'delisted', reason: 'deleted', status: 'available' } as const;
  await house.db.transaction(async (tx) => {
    await house.get(HearMarket).run(tx, [gone]);
    await house.get(ValuationStore).enqueue(tx, [{ vehicleId: car.vehicleId, vehicleVersion: 2 }], gone.at);
  });
  expect(await found(car)).toBeDefined();
  await settle();
  expect(await found(car)).toBeUndefined();
  expect((await events(opportunityExpired.type, car)).map(({ data }) => data)).toMatchObject([{ reason: 'deleted' }]);
});

describe('what only looks like a bargain', () => {
  it('is not found: another currency, a bait, a lost figure, a turned odometer, a slip of the mileage, a branded title', async () => {
    const turned = aGolf({ mileage_km: 130_000 }, 1.2);
    await offered(turned);
    const traps = [
      aGolf({ price: { amount: Math.round(usual(60_000) * 0.95), currency: 'USD' } }),
      aGolf({}, 0.3),
      aGolf({}, 0.1),
      aGolf({ mileage_km: 6_000 }, 0.8),
      aGolf({ title_status: 'parts_only' }, 0.8),
    ];
    await offered(...traps);
    const back = { ...turned, facts: { ...turned.facts, mileage_km: 60_000, price: euros(Math.round(usual(60_000) * 0.8)), reference_price: euros(Math.round(usual(60_000) * 0.8)) } };
    await tellUpdated(house.vehicles, back, 2, ['mileage', 'price']);
    await settle();
    for (const car of [...traps, back]) expect([car.facts.price, await found(car)]).toEqual([car.facts.price, undefined]);
    const valued = await house.db.query<{ position: number }>('select position_percent as position from pricing.valuations where vehicle_id = $1', [back.vehicleId]);
    expect(valued[0]?.position).toBeLessThan(-15);
  }, 60_000);

  it('is not found where the profit is below the installation’s minimum', async () => {
    const car = aGolf({}, 0.97);
    await offered(car);
    expect(await found(car)).toBeUndefined();
  });

  it('a damaged car is shown to those who look for such, and below sound ones', async () => {
    // A market of its own: damaged cars are compared with damaged ones.
    await offered(...Array.from({ length: 16 }, (_none, index) => aGolf({ damage_type: 'hail', condition: 'damaged', mileage_km: 50_000 + index * 1_500 }, 0.7 + (index % 5) / 100)));
    const car = aGolf({ damage_type: 'hail', condition: 'damaged' }, 0.52);
    const sound = aGolf({}, 0.8);
    await offered(car, sound);
    expect((await found(car))?.damaged).toBe(true);
    expect(await found(car, '?per_page=100')).toBeUndefined();
    expect((await found(car)).score).toBeLessThan((await found(sound)).score);
    await sold(sound, 2);
    await sold(car, 2, 'withdrawn');
  }, 60_000);
});

describe('private stock', () => {
  it('is an opportunity for its own tenant, and does not exist for another', async () => {
    const car = aGolf({}, 0.8);
    await tellListed(house.vehicles, [car], otherTenant);
    await settle();
    const own = (await house.read('stranger', '/opportunities')).list.find(({ vehicle_id }) => vehicle_id === car.vehicleId);
    expect(own).toBeDefined();
    expect(await found(car)).toBeUndefined();
    for (const person of ['buyer', 'admin'] as const) {
      expect((await house.read(person, `/opportunities/${own.id}`)).code).toBe('not_found');
      expect((await house.read(person, `/opportunities/${own.id}/status`)).code).toBe('not_found');
      expect((await house.ask(person, 'PATCH', `/opportunities/${own.id}/status`, { status: 'viewed' }, { 'if-match': '"0-0"' })).code).toBe('not_found');
    }
    expect((await house.read('nobody', '/opportunities')).status).toBe(401);
    expect((await events(opportunityFound.type, car)).map(({ tenant_id }) => tenant_id)).toEqual([otherTenant]);
    const { list } = await house.read('agent', '/analytics/opportunities');
    expect(list.map(({ found: counted }) => counted)).not.toContain(0);
  });
});

describe('what a person does with an opportunity', () => {
  let car: GeneratedCar;
  let id: string;
  const somebody = uuidv7();
  const headers = asUser({ role: 'buyer', tenantId: testTenant.id, id: somebody });
  const mine = async (query = '') => (await house.ask('nobody', 'GET', `/opportunities${query}`, undefined, headers)).list.map((one) => one.id);
  const mark = (status: string, ifMatch: string | null) => house.ask('nobody', 'PATCH', `/opportunities/${id}/status`, { status }, { ...headers, ...(ifMatch === null ? {} : { 'if-match': ifMatch }) });

  beforeAll(async () => {
    car = aGolf({}, 0.8);
    await offered(car);
    id = (await found(car)).id;
  });

  it('is new until it is marked, and only at the version that was read', async () => {
    const read = await house.ask('nobody', 'GET', `/opportunities/${id}/status`, undefined, headers);
    expect([read.data, read.headers.get('etag')]).toEqual([{ opportunity_id: id, status: 'new', version: 0 }, '"0-0"']);
    expect((await mark('viewed', null)).code).toBe('precondition_required');
    expect((await mark('bought', '"0-0"')).code).toBe('validation_failed');
    const marked = await mark('viewed', '"0-0"');
    expect([marked.status, marked.data.version, marked.headers.get('etag')]).toEqual([200, 1, '"1-0"']);
    expect((await mark('dismissed', '"0-0"')).code).toBe('precondition_failed');
  });

  it('hides what was dismissed from that person alone, unless it is asked for', async () => {
    expect(await mine('?status=viewed')).toEqual([id]);
    expect((await mark('dismissed', '"1-0"')).data).toMatchObject({ status: 'dismissed', version: 2 });
    expect(await mine()).not.toContain(id);
    expect(await mine('?status=dismissed')).toEqual([id]);
    expect(await found(car)).toMatchObject({ id, status: 'new' });
    const audited = await house.db.query<{ before: unknown; after: unknown }>(`select before, after from pricing.audit_log where action = 'opportunity.status_changed' and object_id = $1 order by at`, [id]);
    expect(audited).toEqual([{ before: { status: 'new', version: 0 }, after: { status: 'viewed', version: 1 } }, { before: { status: 'viewed', version: 1 }, after: { status: 'dismissed', version: 2 } }]);
  });

  it('of two marks at once from one version, one wins', async () => {
    const answers = await Promise.all(['new', 'alerted', 'viewed'].map((status) => mark(status, '"2-0"')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('is forgotten with the person', async () => {
    const event = { id: uuidv7(), type: userErased.type, version: 1, key: somebody, tenant_id: testTenant.id, occurred_at: house.clock.now().toISOString(), trace: null, data: { user_id: somebody, erased_at: house.clock.now().toISOString() } };
    await house.db.transaction((tx) => house.get(ForgetStatusesConsumer).handle(event, tx));
    expect(await house.db.query('select 1 from pricing.opportunity_statuses where user_id = $1', [somebody])).toEqual([]);
    expect((await house.ask('nobody', 'GET', `/opportunities/${id}/status`, undefined, headers)).data).toMatchObject({ status: 'new', version: 0 });
  });
});

describe('a list', () => {
  const shares = [0.72, 0.76, 0.8, 0.83, 0.86];
  let cars: GeneratedCar[];
  beforeAll(async () => {
    cars = shares.map((share, index) => aGolf({ mileage_km: 50_000 + index * 5_000, sources: [index % 2 === 0 ? 'mobile-de' : 'autoscout24'], location: { ...golf.facts.location, city: 'Hamburg', coordinates: index === 4 ? { lat: 53.55, lon: 10 } : { lat: 48.1 + index / 100, lon: 11.5 } } }, share));
    await offered(...cars);
  }, 60_000);
  const ids = async (query: string) => {
    const answer = await house.read('buyer', `/opportunities?per_page=100&${query}`);
    expect(answer.code).toBeNull();
    const own = new Set(cars.map(({ vehicleId }) => vehicleId));
    return answer.list.filter(({ vehicle_id }) => own.has(vehicle_id)).map(({ vehicle_id }) => cars.findIndex(({ vehicleId }) => vehicleId === vehicle_id));
  };

  it('has the best first, and other orders when asked', async () => {
    const figures = async (query: string, of: (one: Awaited<ReturnType<typeof found>>) => unknown) => (await house.read('buyer', `/opportunities?per_page=100${query}`)).list.map(of);
    const scores = await figures('', ({ score }) => Number(score));
    expect(scores.length).toBeGreaterThan(4);
    expect(scores).toEqual(scores.toSorted((a, b) => Number(b) - Number(a)));
    const returns = await figures('&sort=roi', ({ roi }) => Number(roi));
    expect(returns).toEqual(returns.toSorted((a, b) => Number(a) - Number(b)));
    const profits = await figures('&sort=-profit', (one) => Number(one.reference_profit.amount));
    expect(profits).toEqual(profits.toSorted((a, b) => Number(b) - Number(a)));
    const dates = await figures('&sort=-created_at', (one) => String(one.created_at));
    expect(dates).toEqual(dates.toSorted().reverse());
    expect((await ids(''))[0]).toBe(0);
  });

  it.each([
    ['make=VOLKSWAGEN&model=golf', [0, 1, 2, 3, 4]],
    ['make=Audi', []],
    ['country=FR', []],
    ['year_min=2023', []],
    ['source=autoscout24', [1, 3]],
    ['lat=48.1&lon=11.5&radius_km=60', [0, 1, 2, 3]],
    ['lat=53.5&lon=10&radius_km=60', [4]],
    ['min_score=100', []],
    ['max_risk=0', []],
    ['min_probability=0.2&max_risk=1&damaged=true', [0, 1, 2, 3, 4]],
  ])('is of those that are asked for: %s', async (query, expected) => {
    expect((await ids(query)).toSorted()).toEqual(expected);
  });

  it('has thresholds of whoever asks, in a currency of choice', async () => {
    const all = (await house.read('buyer', '/opportunities?per_page=100')).list;
    const middle = all[Math.floor(all.length / 2)];
    const above = all.filter((one) => one.reference_profit.amount >= middle.reference_profit.amount).map((one) => one.id);
    expect((await house.read('buyer', `/opportunities?per_page=100&min_profit=${middle.reference_profit.amount}`)).list.map((one) => one.id).toSorted()).toEqual(above.toSorted());
    expect((await house.read('buyer', `/opportunities?per_page=100&min_roi=${middle.roi}&min_score=${middle.score}`)).list.map((one) => one.id)).toContain(middle.id);
    const dear = (await house.read('buyer', `/opportunities?per_page=100&price_min=${all[0].asking_price.amount}&currency=USD`)).list;
    expect(dear.length).toBeGreaterThanOrEqual((await house.read('buyer', `/opportunities?per_page=100&price_min=${all[0].asking_price.amount}`)).list.length);
  });

  it('is walked by cursor as it is at once', async () => {
    const whole = (await house.read('buyer', '/opportunities?per_page=100&sort=-score')).list.map((one) => one.id);
    const walked: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null && walked.length <= whole.length; ) {
      const response = await house.app.call(`/api/v1/opportunities?per_page=2&sort=-score${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, { headers: asUser({ role: 'buyer', tenantId: testTenant.id }) });
      const { data, meta } = pageSchema.parse(await response.json());
      walked.push(...data.map(({ id }) => id));
      expect(meta.pagination.total).toBe(whole.length);
      cursor = meta.pagination.next_cursor;
    }
    expect(walked).toEqual(whole);
    const second = await house.read('buyer', '/opportunities?per_page=2&page=2');
    expect(second.list.map((one) => one.id)).toEqual(whole.slice(2, 4));
  });

  it.each([
    ['wheels=4', 'validation_failed', '/query/wheels'],
    ['year_min=2020&year_max=2010', 'validation_failed', '/query/year_max'],
    ['lat=48', 'validation_failed', '/query/lon'],
    ['sort=distance', 'validation_failed', '/query/sort'],
    ['status=bought', 'validation_failed', '/query/status/0'],
    ['per_page=101', 'validation_failed', '/query/per_page'],
    ['cursor=abc', 'invalid_cursor', '/query/cursor'],
    ['page=501', 'page_too_deep', '/query/page'],
  ])('is refused for %s', async (query, code, pointer) => {
    const answer = await house.read('buyer', `/opportunities?${query}`);
    expect([answer.status, answer.code]).toEqual([400, code]);
    expect(answer.pointers).toContain(pointer);
  });
});

it('how many are open is in the metrics', async () => {
  const [{ n } = { n: -1 }] = await house.db.query<{ n: number }>('select count(*)::integer as n from pricing.opportunities where expired_at is null');
  expect(n).toBeGreaterThan(4);
  await house.get(FindOpportunitiesProcessor).run({}, { signal: new AbortController().signal });
  expect((await metrics.render()).split('\n').filter((line) => line.startsWith('active_opportunities'))).toEqual([`active_opportunities ${n}`]);
});

it('who was asked about a deal in vain is asked again an hour later, where that may help', async () => {
  const now = house.clock.now();
  const [vehicleId = ''] = await house.get(OpportunityReader).unheard(1, now);
  const says = (kind: FailureKind) => house.db.transaction((tx) => house.get(ExternalValuations).fail(tx, vehicleId, 'perplexity', { kind, detail: 'none', at: now }));
  const isUnheard = async (minutes: number): Promise<boolean> => (await house.get(OpportunityReader).unheard(100, new Date(now.getTime() + minutes * 60_000))).includes(vehicleId);
  await says('over_budget');
  expect([await isUnheard(59), await isUnheard(61)]).toEqual([false, true]);
  await says('not_covered');
  expect(await isUnheard(61)).toBe(false);
});

it('what ended long ago is not kept', async () => {
  house.clock.advance(400 * 86_400_000);
  expect((await house.get(SweepOpportunities).run()).removed).toBeGreaterThan(0);
  expect(await house.db.query('select 1 from pricing.opportunities where expired_at is not null')).toEqual([]);
});
