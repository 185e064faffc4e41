import { type EventData, listingCaptured, listingRefused, priceQueryCompleted, priceQueryFailed, scrapeCompleted, scrapeFailed, scrapeRequested, userErased, type VehicleFactsJson } from '@autobroker/contracts';
import { ManualClock, uuidv7 } from '@autobroker/kernel';
import { Cache } from '@autobroker/platform/cache';
import { asUser, type EventRecorder, speakerFor, testApp, type TestApp, testTenant } from '@autobroker/platform/testing';
import { z } from 'zod';
import { AskPrice } from '../application/queries/ask-price';
import { priceQueryConfig } from '../application/queries/config';
import { KeepQueries } from '../application/queries/keep-queries';
import { PriceQueries } from '../application/queries/ports';
import { QueryPrices } from '../application/queries/query-prices';
import { SettleQueries } from '../application/queries/settle-queries';
import { pricingService } from '../pricing.module';
import { anOffer, listCar, marketHas, until } from '../testing';

const clock = new ManualClock('2026-11-20T08:00:00.000Z');
const minute = 60_000;
const otherTenant = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02';
const someone = (role: 'buyer' | 'agent' | 'operator', tenantId: string | null = testTenant.id) => {
  const id = uuidv7();
  return { id, headers: asUser({ role, tenantId, id }) };
};
const [buyer, another, agent, abroad, foreignAgent, operator] = [someone('buyer'), someone('buyer'), someone('agent'), someone('buyer', otherTenant), someone('agent', otherTenant), someone('operator', null)];
type Person = typeof buyer;

const money = z.object({ amount: z.number(), currency: z.string() });
const vehicle = z.looseObject({ make: z.string(), price: money.nullable() }).nullable();
const querySchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  scrape: z.string(),
  average_price: money.nullable(),
  median_price: money.nullable(),
  price_confidence: z.number(),
  comparables: z.number(),
  failure_reason: z.string().nullable(),
  normalized_filters: z.record(z.string(), z.unknown()),
  similar: z.array(z.looseObject({ vehicle_id: z.string(), similarity_score: z.number(), learned_score: z.number(), rank: z.number(), vehicle })).optional(),
  auction_listings: z.array(z.looseObject({ vehicle_id: z.string(), auction_platform: z.string(), listing_url: z.string().nullable(), estimated_price: money.nullable(), price_basis: z.string().nullable(), rank: z.number() })).optional(),
});
const answerSchema = z.object({ data: z.unknown(), meta: z.object({ pagination: z.object({ total: z.number(), next_cursor: z.string().nullish() }).optional() }), error: z.object({ code: z.string() }).nullable() });

let app: TestApp;
let events: EventRecorder;
beforeAll(async () => {
  app = await testApp({ services: [pricingService, speakerFor('vehicle'), speakerFor('scraper'), speakerFor('identity')], overrides: { clock }, env: { PRICE_QUERY_MAX_OPEN: '6' } });
  events = await app.events('pricing');
}, 60_000);
afterAll(() => app.close());

async function call(path: string, who: Person | null, body?: unknown, headers: Record<string, string> = {}) {
  const response = await app.call(`/api/v1${path}`, { method: body === undefined ? 'GET' : 'POST', headers: { ...who?.headers, ...headers }, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const parsed = text === '' ? null : answerSchema.parse(JSON.parse(text));
  return { status: response.status, headers: response.headers, data: parsed?.data, code: parsed?.error?.code ?? null, pagination: parsed?.meta.pagination };
}

async function ask(body: object, who: Person = buyer, headers: Record<string, string> = {}) {
  const { status, data } = await call('/price-queries', who, body, headers);
  expect(status).toBe(202);
  return querySchema.parse(data);
}
const get = async (id: string, who: Person = buyer) => querySchema.parse((await call(`/price-queries/${id}`, who)).data);
const becomes = (id: string, status: string, who: Person = buyer) => until(async () => ((await get(id, who)).status === status ? get(id, who) : null), `${id} is ${status}`);
const settle = () => app.app.get<SettleQueries>(SettleQueries).due();

let seq = 0;
async function capture(queryId: string | null, source: string, externalId: string): Promise<void> {
  seq += 1;
  const data: EventData<typeof listingCaptured> = { ...listingCaptured.fixture, source, external_id: externalId, query_id: queryId, seq };
  await app.of('scraper').transaction((tx) => tx.publish(listingCaptured, { key: queryId ?? `${source}:${externalId}`, tenantId: null, data }));
}
const scraped = (queryId: string, captured: number) =>
  app.of('scraper').transaction((tx) => tx.publish(scrapeCompleted, { key: queryId, tenantId: null, data: { ...scrapeCompleted.fixture, query_id: queryId, captured } }));
const notScraped = (queryId: string) => app.of('scraper').transaction((tx) => tx.publish(scrapeFailed, { key: queryId, tenantId: null, data: { ...scrapeFailed.fixture, query_id: queryId } }));

const at = (amount: number): Partial<VehicleFactsJson> => ({ price: { amount, currency: 'EUR' }, reference_price: { amount, currency: 'EUR' } });
const lot = (externalId: string, amount: number, more: Partial<VehicleFactsJson> = {}): Partial<VehicleFactsJson> => ({
  ...at(amount),
  ...more,
  sources: ['copart'],
  offers: [anOffer('copart', externalId, { auction: true, price: { amount, currency: 'EUR' }, price_kind: 'bid' })],
});
async function list(...cars: Partial<VehicleFactsJson>[]): Promise<string[]> {
  const ids = [];
  for (const car of cars) ids.push(await listCar(app, car));
  await marketHas(app, ids);
  return ids;
}

const golf = { make: 'vw', model: 'Golf 8', year: 2019, mileage: 62_000, mileage_unit: 'mi', color: 'Grau' };
/** The same for a model of its own, so that one scenario does not know another's cars. */
const fresh = (model: string, more: object = {}) => ({ make: 'Volkswagen', model, year: 2019, ...more });
const eventsOf = async (id: string) => (await events.all()).filter(({ key }) => key === id).map(({ type }) => type);

describe('a price query', () => {
  it('answers at once with what is known, has listings searched for, and in the end ranks what is like it', async () => {
    const [near, far, older] = await list({ ...at(1_500_000), mileage_km: 101_000 }, { ...at(1_520_000), mileage_km: 130_000, exterior_colour: 'red' }, { ...at(1_300_000), year: 2018, mileage_km: 100_000 }, { ...at(1_480_000) }, { ...at(1_510_000) });
    const asked = await ask(golf);
    expect(asked).toMatchObject({ status: 'pending', scrape: 'requested', average_price: { currency: 'EUR' }, comparables: expect.any(Number), normalized_filters: { make: 'Volkswagen', model: 'Golf', color: 'grey', mileage_km: 99_779, recognised: true } });
    expect(asked.median_price?.amount).toBeGreaterThan(1_400_000);
    expect(asked.price_confidence).toBeGreaterThan(0.2);
    expect((await events.of(scrapeRequested)).find(({ key }) => key === asked.id)?.data).toEqual({ query_id: asked.id, filters: { makes: ['Volkswagen'], models: ['Golf'], year_min: 2017, year_max: 2021 }, sources: null, max_results: 50 });

    await capture(asked.id, 'copart', 'lot-1');
    await capture(asked.id, 'iaai', 'lot-2');
    await capture(null, 'copart', 'somebody-else');
    await scraped(asked.id, 2);
    await becomes(asked.id, 'calculating');
    // What was captured comes onto the market a moment later, one of it as an auction lot.
    const [found] = await list(lot('lot-1', 700_000, { mileage_km: 99_000 }), { ...at(1_490_000), offers: [anOffer('iaai', 'lot-2')] });
    const done = await becomes(asked.id, 'completed');
    expect(done).toMatchObject({ scrape: 'completed', failure_reason: null });
    const [first, ...others] = done.similar ?? [];
    expect([first?.rank, first?.similarity_score]).toEqual([1, 90]);
    expect([...others.map(({ vehicle_id }) => vehicle_id)]).toEqual(expect.arrayContaining([far, older]));
    expect(done.similar?.map(({ vehicle_id }) => vehicle_id)).toContain(near);
    expect(done.similar?.map(({ similarity_score }) => similarity_score)).toEqual((done.similar ?? []).map(({ similarity_score }) => similarity_score).toSorted((a, b) => b - a));
    expect(done.auction_listings).toMatchObject([{ vehicle_id: found, auction_platform: 'copart', listing_url: 'https://copart.example/lot-1', estimated_price: { amount: 700_000 }, price_basis: 'bid', rank: 1 }]);
    // A bid is no price.
    expect(done.average_price?.amount).toBeGreaterThan(1_400_000);
    expect((await events.of(priceQueryCompleted)).find(({ key }) => key === asked.id)).toMatchObject({
      tenant_id: testTenant.id,
      data: { query_id: asked.id, user_ids: [buyer.id], scrape: 'completed', similar: done.similar?.length, auction_listings: 1 },
    });
    const audited = await app.of('pricing').query<{ action: string }>(`select action from pricing.audit_log where object_id = $1 order by at, id`, [asked.id]);
    expect(audited.map(({ action }) => action)).toEqual(['price_query.created', 'price_query.asked', 'price_query.calculating', 'price_query.completed']);
  }, 60_000);

  it('goes on after a minute without what the catalogue refused', async () => {
    await list({ ...at(900_000), model: 'Polo' });
    const { id } = await ask(fresh('Polo'));
    await capture(id, 'copart', 'refused');
    await scraped(id, 1);
    await becomes(id, 'calculating');
    await settle();
    expect((await get(id)).status).toBe('calculating');
    clock.advance(minute);
    await settle();
    expect(await get(id)).toMatchObject({ status: 'completed', scrape: 'completed', average_price: { amount: 900_000 } });
  }, 60_000);

  it('does not wait for what it hears was refused, whether it hears so before or after', async () => {
    const { id } = await ask(fresh('Golf Plus'));
    const refuse = (externalId: string, capturedAt: string) =>
      app.of('vehicle').transaction((tx) => tx.publish(listingRefused, { key: externalId, tenantId: null, data: { ...listingRefused.fixture, source: 'copart', external_id: externalId, captured_at: capturedAt } }));
    const [before, now] = ['2026-11-01T12:00:00.000Z', listingCaptured.fixture.captured_at];
    await refuse('r-1', now);
    // Of an earlier capture: says nothing of this one.
    await refuse('r-2', before);
    await until(async () => (await app.of('pricing').query('select 1 from pricing.refused_listings')).length === 2, 'refusals are known');
    await capture(id, 'copart', 'r-1');
    await capture(id, 'copart', 'r-2');
    await scraped(id, 2);
    await becomes(id, 'calculating');
    await settle();
    expect((await get(id)).status).toBe('calculating');
    await refuse('r-2', now);
    expect(await becomes(id, 'completed')).toMatchObject({ scrape: 'completed', average_price: null });
  }, 60_000);

  it('does not take what a tenant has in its own stock for what was captured', async () => {
    const { id } = await ask(fresh('Touran'));
    const own = await listCar(app, { ...at(1_000_000), model: 'Touran', offers: [anOffer('copart', 't-1')] }, testTenant.id);
    await marketHas(app, [own]);
    const refuse = (externalId: string, tenantId: string | null) =>
      app.of('vehicle').transaction((tx) => tx.publish(listingRefused, { key: externalId, tenantId, data: { ...listingRefused.fixture, source: 'copart', external_id: externalId } }));
    await refuse('t-1', testTenant.id);
    await refuse('t-2', null);
    await until(async () => (await app.of('pricing').query(`select 1 from pricing.refused_listings where external_id = 't-2'`)).length === 1, 'the refusals are known');
    await capture(id, 'copart', 't-1');
    await scraped(id, 1);
    await becomes(id, 'calculating');
    await settle();
    expect((await get(id)).status).toBe('calculating');
    const [car] = await list({ ...at(1_100_000), model: 'Touran', offers: [anOffer('copart', 't-1')] });
    expect((await becomes(id, 'completed')).similar).toMatchObject([{ vehicle_id: car }]);
  }, 60_000);

  it('is not confused by what comes twice, late, or in another order', async () => {
    const { id } = await ask(fresh('Passat'));
    // Two are told of, one has been heard of: the end has overtaken it.
    await capture(id, 'copart', 'p-1');
    await scraped(id, 2);
    await becomes(id, 'calculating');
    const [car] = await list({ ...at(1_000_000), model: 'Passat', offers: [anOffer('copart', 'p-1'), anOffer('copart', 'p-2')] });
    await settle();
    expect((await get(id)).status).toBe('calculating');
    await capture(id, 'copart', 'p-2');
    const done = await becomes(id, 'completed');
    expect(done.similar).toMatchObject([{ vehicle_id: car }]);
    await scraped(id, 2);
    await notScraped(id);
    await capture(id, 'copart', 'p-3');
    await scraped(uuidv7(), 1);
    await until(async () => (await app.of('pricing').query(`select 1 from pricing.price_query_captures where price_query_id = $1`, [id])).length === 2, 'captures are counted');
    await settle();
    expect(await get(id)).toEqual(done);
    expect(await eventsOf(id)).toEqual(['scrape.requested.v1', 'price_query.completed.v1']);
  }, 60_000);

  it('is answered from what is known when the scraper never answers, and fails where nothing is', async () => {
    await list({ ...at(2_000_000), model: 'Tiguan' });
    const known = await ask(fresh('Tiguan'));
    const unknown = await ask(fresh('Phaeton'));
    clock.advance(9 * minute);
    await settle();
    expect((await get(known.id)).status).toBe('pending');
    clock.advance(minute);
    await settle();
    expect(await get(known.id)).toMatchObject({ status: 'completed', scrape: 'timed_out', average_price: { amount: 2_000_000 } });
    expect(await get(unknown.id)).toMatchObject({ status: 'failed', scrape: 'timed_out', failure_reason: 'scrape_timed_out', average_price: null, price_confidence: 0 });
    expect((await events.of(priceQueryFailed)).find(({ key }) => key === unknown.id)?.data).toMatchObject({ user_ids: [buyer.id], reason: 'scrape_timed_out' });
    // The answer that comes after all changes nothing.
    await scraped(known.id, 0);
    await settle();
    expect((await get(known.id)).scrape).toBe('timed_out');
    // What failed may be asked again at once.
    expect((await ask(fresh('Phaeton'))).id).not.toBe(unknown.id);
  }, 60_000);

  it('knows what it knows when the scrape failed', async () => {
    await list({ ...at(700_000), model: 'Lupo' });
    const [known, unknown] = [await ask(fresh('Lupo')), await ask(fresh('Corrado'))];
    await notScraped(known.id);
    await notScraped(unknown.id);
    expect(await becomes(known.id, 'completed')).toMatchObject({ scrape: 'failed', average_price: { amount: 700_000 } });
    expect(await becomes(unknown.id, 'failed')).toMatchObject({ failure_reason: 'scrape_failed' });
  }, 60_000);
});

describe('the same question', () => {
  it('is the same query for an hour and for everybody of the tenant, in whatever words; another tenant has its own', async () => {
    const one = await ask(fresh('Touran', { color: 'grau' }));
    const same = await Promise.all([ask(fresh('Touran', { color: 'grey' })), ask({ make: 'VW', model: 'touran', year: 2019, color: 'Gray' }, another)]);
    expect(same.map(({ id }) => id)).toEqual([one.id, one.id]);
    expect((await ask(fresh('Touran', { color: 'grau' }), abroad)).id).not.toBe(one.id);
    expect((await ask(fresh('Touran'), another)).id).not.toBe(one.id);
    expect((await eventsOf(one.id)).filter((type) => type === 'scrape.requested.v1')).toHaveLength(1);
    expect((await get(one.id, another)).id).toBe(one.id);
    await scraped(one.id, 0);
    await becomes(one.id, 'completed');
    expect((await events.of(priceQueryCompleted)).find(({ key }) => key === one.id)?.data.user_ids.toSorted()).toEqual([buyer.id, another.id].toSorted());
    clock.advance(59 * minute);
    expect((await ask(fresh('Touran', { color: 'grau' }))).id).toBe(one.id);
    clock.advance(minute);
    expect((await ask(fresh('Touran', { color: 'grau' }))).id).not.toBe(one.id);
    await settle();
  }, 60_000);

  it('asked at the same moment is asked once', async () => {
    const all = await Promise.all([buyer, another, agent].map((who) => ask(fresh('Sharan'), who)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const { id } = all[0] ?? { id: '' };
    expect(await app.of('pricing').query('select 1 from pricing.price_queries where filters_hash = (select filters_hash from pricing.price_queries where id = $1)', [id])).toHaveLength(1);
  });

  it('asked of two processes is one query, too: what one remembers the other finds', async () => {
    const part = <T>(token: Parameters<typeof app.app.get>[0]): T => app.app.get<T>(token);
    // Each with a cache of its own, as processes have.
    const processes = [1, 2, 3].map(() => new AskPrice(app.of('pricing'), part(PriceQueries), part(QueryPrices), part(SettleQueries), new Cache(), app.app.settings.get(priceQueryConfig)));
    const asked = { make: 'VW', model: 'Taigo', year: 2022, mileage: null, mileageUnit: 'km', color: null, damageType: null, productionYear: null, country: null } as const;
    const by = { actor: { kind: 'user', id: another.id }, userId: another.id, tenantId: testTenant.id, from: { ip: null, request_id: null } } as const;
    const answers = await Promise.all(processes.map((one) => one.run(asked, by)));
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value.id : answer.error.code))).size).toBe(1);
  });

  it('has its average kept for a day, by make, model, year, colour and damage, until a query knows better', async () => {
    await list({ ...at(500_000), model: 'Fox' });
    expect((await ask(fresh('Fox'))).average_price?.amount).toBe(500_000);
    await list({ ...at(540_000), model: 'Fox' });
    // Of another tenant, so not the same query; the price is the one that is kept.
    const kept = await ask(fresh('Fox'), abroad);
    expect(kept.average_price?.amount).toBe(500_000);
    // A mileage is not in the key.
    expect((await ask(fresh('Fox', { mileage: 90_000 }), abroad)).average_price?.amount).toBe(520_000);
    await notScraped(kept.id);
    await becomes(kept.id, 'completed', abroad);
    await until(async () => (await ask(fresh('Fox'), someone('buyer', uuidv7()))).average_price?.amount === 520_000, 'the completed query is known');
  }, 60_000);

  it('sent again with its key is answered again, and another body with that key is refused', async () => {
    const key = { 'idempotency-key': uuidv7() };
    const one = await ask(fresh('Amarok'), another, key);
    expect(await ask(fresh('Amarok'), another, key)).toEqual(one);
    expect(await call('/price-queries', another, fresh('Arteon'), key)).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });
});

describe('who may see it', () => {
  it('whoever asked, the tenant’s staff and the operator; for everybody else there is no such query', async () => {
    const { id } = await ask(fresh('Up'));
    const statuses = await Promise.all([buyer, agent, operator, another, abroad, foreignAgent].map(async (who) => (await call(`/price-queries/${id}`, who)).status));
    expect(statuses).toEqual([200, 200, 200, 404, 404, 404]);
    expect((await call(`/price-queries/${id}`, null)).status).toBe(401);
    expect((await call('/price-queries', null, fresh('Up'))).status).toBe(401);
    expect((await call(`/queries/${id}`, buyer)).status).toBe(200);
    const { headers } = await call(`/price-queries/${id}`, buyer);
    expect((await call(`/price-queries/${id}`, buyer, undefined, { 'if-none-match': headers.get('etag') ?? '' })).status).toBe(304);
  });

  it('one’s own are listed, latest first, page by page', async () => {
    clock.advance(11 * minute);
    await settle();
    const reader = someone('buyer');
    const ids: string[] = [];
    for (const year of [2010, 2011, 2012]) {
      clock.advance(1_000);
      ids.unshift((await ask(fresh('Eos', { year }), reader)).id);
    }
    const first = await call('/price-queries?per_page=2', reader);
    const idsOf = (data: unknown) => z.array(z.looseObject({ id: z.string() })).parse(data).map(({ id }) => id);
    expect([idsOf(first.data), first.pagination?.total]).toEqual([ids.slice(0, 2), 3]);
    const second = await call(`/price-queries?per_page=2&cursor=${encodeURIComponent(first.pagination?.next_cursor ?? '')}`, reader);
    expect([idsOf(second.data), second.pagination?.next_cursor]).toEqual([ids.slice(2), null]);
    expect(idsOf((await call('/queries?status=completed', reader)).data)).toEqual([]);
    expect((await call(`/price-queries?cursor=${encodeURIComponent(first.pagination?.next_cursor ?? '')}`, another)).code).toBe('invalid_cursor');
    for (const year of [2013, 2014, 2015]) await ask(fresh('Eos', { year }), reader);
    expect(await call('/price-queries', reader, fresh('Eos', { year: 2016 }))).toMatchObject({ status: 409, code: 'limit_reached' });
  });
});

describe('absurd questions have honest answers', () => {
  it.each([
    ['of a year before the car', { make: 'Volkswagen', model: 'Golf', year: 1885 }],
    ['of a year to come', { make: 'Volkswagen', model: 'Golf', year: 2040 }],
  ])('%s: nothing, at once', async (_name, body) => {
    const person = someone('buyer');
    expect(await ask(body, person)).toMatchObject({ status: 'completed', scrape: 'skipped', average_price: null, median_price: null, price_confidence: 0, comparables: 0 });
  });

  it.each([
    ['an unknown make', { make: 'Qwertz', model: 'Foo 9', year: 2019 }],
    ['the year 1899', { make: 'Volkswagen', model: 'Golf', year: 1899 }],
    ['ten million kilometres and words that mean nothing', { make: 'Volkswagen', model: 'Bora', year: 2003, mileage: 10_000_000, color: 'blurple', damage_type: 'zzz' }],
  ])('%s: no price, no confidence', async (_name, body) => {
    expect(await ask(body, someone('buyer'))).toMatchObject({ status: 'pending', average_price: null, price_confidence: 0 });
  });

  it('one comparable is little to go by, and comparables that all cost the same are that price', async () => {
    await list({ ...at(300_000), model: 'Vento' }, ...[1, 2, 3, 4].map(() => ({ ...at(400_000), model: 'Jetta' })));
    const one = await ask(fresh('Vento'), someone('buyer'));
    expect([one.average_price?.amount, one.comparables, one.price_confidence < 0.25]).toEqual([300_000, 1, true]);
    expect(await ask(fresh('Jetta'), someone('buyer'))).toMatchObject({ average_price: { amount: 400_000 }, median_price: { amount: 400_000 }, comparables: 4 });
  });

  it.each([{ mileage: -1 }, { year: 0 }, { year: 2_019.5 }, { make: '' }, { make: ' ' }, { model: 'x'.repeat(81) }, { country: 'germany' }, { mileage_unit: 'leagues' }, { surprise: true }])('%j is refused', async (wrong) => {
    expect(await call('/price-queries', buyer, { ...fresh('Golf'), ...wrong })).toMatchObject({ status: 400, code: 'validation_failed' });
  });
});

describe('what is not kept', () => {
  it('whoever asks to be forgotten is: their own queries are gone, those of others too go on without them', async () => {
    const [leaving, staying] = [someone('buyer'), someone('buyer')];
    const own = await ask(fresh('Scirocco'), leaving);
    const shared = await ask(fresh('Beetle'), leaving);
    expect((await ask(fresh('Beetle'), staying)).id).toBe(shared.id);
    await app.of('identity').transaction((tx) => tx.publish(userErased, { key: leaving.id, tenantId: testTenant.id, data: { user_id: leaving.id, erased_at: clock.now().toISOString() } }));
    await until(async () => (await call(`/price-queries/${own.id}`, operator)).status === 404, 'it is gone');
    expect([(await call(`/price-queries/${shared.id}`, leaving)).status, (await call(`/price-queries/${shared.id}`, staying)).status]).toEqual([404, 200]);
    expect(await app.of('pricing').query('select 1 from pricing.price_queries where user_id = $1 union all select 1 from pricing.price_query_askers where user_id = $1', [leaving.id])).toEqual([]);
    // The same question is a new one now.
    expect((await ask(fresh('Scirocco'), staying)).id).not.toBe(own.id);
  }, 60_000);

  it('what is older than three months', async () => {
    const { id } = await ask(fresh('Caddy'), someone('buyer'));
    await scraped(id, 0);
    await becomes(id, 'completed', operator);
    clock.advance(89 * 1_440 * minute);
    await app.app.get<KeepQueries>(KeepQueries).cleanUp();
    expect((await call(`/price-queries/${id}`, operator)).status).toBe(200);
    clock.advance(2 * 1_440 * minute);
    await app.app.get<KeepQueries>(KeepQueries).cleanUp();
    expect((await call(`/price-queries/${id}`, operator)).status).toBe(404);
    expect(await app.of('pricing').query('select 1 from pricing.similarity_matches m where not exists (select 1 from pricing.price_queries q where q.id = m.price_query_id)')).toEqual([]);
  }, 60_000);
});
