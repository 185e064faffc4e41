import { uuidv7 } from '@autobroker/kernel';
import { asUser, testTenant } from '@autobroker/platform/testing';
import { generatedCars, tellListed } from '../testing/generated-market';
import { PricingHouse } from '../testing/pricing-house';

/** Whatever is sent, the answer is a result or a problem with a code, and no number in it is none. */
let house: PricingHouse;
let vehicleId = '';

beforeAll(async () => {
  house = await PricingHouse.start({ table: true, work: false });
  const cars = generatedCars({ seed: 9, cars: 60, at: new Date('2026-11-20T00:00:00Z') });
  vehicleId = cars[0]?.vehicleId ?? '';
  await tellListed(house.vehicles, cars);
  await house.hear();
});
afterAll(() => house?.close());

interface Answered {
  readonly status: number;
  readonly code: string | null;
  readonly text: string;
}

/** As it is written: what JSON can't say is said all the same. By somebody new each time, who has no other question under way. */
async function send(method: string, path: string, body: string | null): Promise<Answered> {
  const response = await fetch(new URL(`/api/v1${path}`, house.app.url), { method, headers: { ...asUser({ role: 'agent', tenantId: testTenant.id, id: uuidv7() }), ...(body === null ? {} : { 'content-type': 'application/json' }) }, body });
  const text = await response.text();
  const code = /"code":"([a-z_]+)"/u.exec(text)?.[1] ?? null;
  return { status: response.status, code: response.status < 400 ? null : code, text };
}

const sums = ['-1', '0', '0.5', '1e400', '-1e400', '9007199254740993', '1e15', 'NaN', 'Infinity', '"12"', 'null', '[]', '100000000000000'];
const words = ['""', '" "', '"\\u0000"', '"\\ud800"', '"🚗"', `"${'x'.repeat(5_000)}"`, '17', '{}'];
const days = ['"2027-02-29"', '"2028-02-29"', '"0000-00-00"', '"9999-12-31"', '"0001-01-01"', '"tomorrow"', '20280229'];

const cost = (more: string): string => `{"price":{"amount":2000000,"currency":"EUR"},"origin":{"country":"DE"},"destination":{"country":"DE"},${more}}`;
const texan = (more: string): string => `{"price":{"amount":2000000,"currency":"USD"},"origin":{"country":"US"},"destination":{"country":"US","region":"TX"},${more}}`;
const bid = (more: string): string => `{"destination":{"country":"US","region":"CT"},"origin":{"country":"US"},"auction":{"house":"COPART"},${more}}`;
const asked = (more: string): string => `{"make":"Volkswagen","model":"Golf","year":2019,${more}}`;
const quote = (more: string): string => `{"vehicle_id":"${vehicleId}","destination":{"country":"DE"},"accept_ranges":true,${more}}`;

const questions: readonly (readonly [what: string, path: string, bodies: () => string[]])[] = [
  ['landed cost', '/landed-cost', () => [
    ...sums.flatMap((sum) => [cost(`"price":{"amount":${sum},"currency":"EUR"}`), cost(`"mileage_km":${sum}`), cost(`"bought_for":${sum},"seller_kind":"dealer_margin"`), texan(`"trade_in":${sum}`), texan(`"transport":{"distance_miles":${sum},"enclosed":true,"inoperable":true}`), texan(`"local_tax_rate":"${sum.replaceAll('"', '')}"`)]),
    ...words.flatMap((word) => [cost(`"destination":{"country":${word}}`), cost(`"destination":{"country":"DE","postal_code":${word}}`), cost(`"price":{"amount":1,"currency":${word}}`), cost(`"buyer_currency":${word}`)]),
    ...days.flatMap((day) => [cost(`"date":${day}`), cost(`"first_registration":${day}`)]),
    cost('"destination":{"country":"ZZ"}'), cost('"price":{"amount":1,"currency":"XAF"}'), cost('"price":{"amount":1,"currency":"QQQ"}'), '', '[]', '{', 'null',
  ]],
  ['highest bid', '/landed-cost/max-bid', () => sums.flatMap((sum) => [bid(`"limit":{"amount":${sum},"currency":"USD"}`), bid(`"resale_value":{"amount":${sum},"currency":"USD"},"margin":{"amount":${sum},"currency":"USD"}`), bid(`"limit":{"amount":5000000,"currency":"USD"},"trade_in":${sum}`)])],
  ['price query', '/price-queries', () => [
    ...sums.flatMap((sum) => [asked(`"mileage":${sum}`), asked(`"year":${sum}`), asked(`"production_year":${sum}`)]),
    ...words.flatMap((word) => [asked(`"make":${word}`), asked(`"model":${word}`), asked(`"color":${word}`), asked(`"damage_type":${word}`), asked(`"country":${word}`)]),
    asked('"year":1899'), asked('"year":2040'), asked('"mileage":0'), asked('"mileage":10000000,"mileage_unit":"mi"'),
  ]],
  ['quote', '/quotes', () => [
    ...sums.flatMap((sum) => [quote(`"bid":{"amount":${sum},"currency":"USD"}`), quote(`"trade_in":${sum}`), quote(`"fees":[{"code":"inspection","label":"Inspection","amount":${sum}}]`), quote(`"delivery":{"distance_miles":${sum}}`)]),
    ...words.flatMap((word) => [quote(`"currency":${word}`), quote(`"destination":{"country":${word}}`), quote(`"fees":[{"code":"inspection","label":${word},"amount":1}]`), quote(`"vehicle_id":${word}`)]),
    quote('"destination":{"country":"ZZ"}'), quote('"currency":"JPY"'),
  ]],
];

it.each(questions)('an absurd %s has an honest answer', async (_what, path, bodies) => {
  const wrong: string[] = [];
  for (const body of bodies()) {
    const { status, code, text } = await send('POST', path, body);
    const isHonest = status < 400 ? !/NaN|Infinity|e\+\d/u.test(text) : status < 500 && status !== 429 && code !== null;
    if (!isHonest) wrong.push(`${status} ${body.slice(0, 160)} ${text.slice(0, 200)}`);
  }
  expect(wrong).toEqual([]);
}, 120_000);

it('an absurd list has one too', async () => {
  const values = ['-1', '0', '1e400', 'NaN', 'Infinity', '9007199254740993', '1e3', '%00', '', 'x'.repeat(2_000), '2028-02-29'];
  const names = ['price_min', 'price_max', 'min_profit', 'min_score', 'min_roi', 'min_probability', 'max_risk', 'year_min', 'make', 'country', 'currency', 'source', 'page', 'per_page', 'cursor', 'sort', 'status'];
  const wrong: string[] = [];
  for (const query of [...names.flatMap((name) => values.map((value) => `${name}=${value}`)), 'price_min=1&currency=ZZZ', 'lat=1e400&lon=0&radius_km=1', 'lat=90&lon=180&radius_km=20100', 'price_max=1000000000000&currency=KWD']) {
    const { status, code, text } = await send('GET', `/opportunities?${query}`, null);
    if (status >= 500 || (status >= 400 && code === null)) wrong.push(`${status} ${query.slice(0, 80)} ${text.slice(0, 200)}`);
  }
  for (const id of ['0', 'NaN', '%00', vehicleId.replace(/^./u, 'z'), `${vehicleId}0`, '00000000-0000-7000-8000-000000000000']) {
    for (const path of [`/vehicles/${id}/pricing`, `/vehicles/${id}/similar`, `/opportunities/${id}`, `/price-queries/${id}`, `/quotes/${id}`]) {
      const { status, code } = await send('GET', path, null);
      if ((status !== 404 && status !== 400) || code === null) wrong.push(`${status} ${path}`);
    }
  }
  expect(wrong).toEqual([]);
}, 120_000);

describe('what a car that can’t be so is worth', () => {
  it.each<[string, object, string]>([
    ['no price at all, and a mileage of nothing at ten years', { mileage_km: 0, year: 2016, price: null, reference_price: null }, 'no_price'],
    ['ten million kilometres', { mileage_km: 10_000_000 }, 'implausible'],
    ['the year 1899', { year: 1899 }, 'implausible'],
    ['the year 2040', { year: 2040 }, 'implausible'],
    ['an unknown make', { make: 'Qwertz', model: 'Nine' }, 'not_enough_data'],
  ])('%s', async (_what, facts, unrated) => {
    const [like] = generatedCars({ seed: 31, cars: 20, at: new Date('2026-11-20T00:00:00Z') });
    if (like === undefined) throw new Error('the market is empty');
    await tellListed(house.vehicles, [{ vehicleId: like.vehicleId, facts: { ...like.facts, ...facts } }]);
    await house.hear();
    const { status, data } = await house.read('agent', `/vehicles/${like.vehicleId}/pricing`);
    expect([status, data.rating, data.value === null || data.quantiles.q10 <= data.value.amount]).toEqual([200, null, true]);
    expect(['not_enough_data', unrated]).toContain(data.unrated_because);
  });
});
