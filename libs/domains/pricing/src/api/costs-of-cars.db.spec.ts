import { testTenant } from '@autobroker/platform/testing';
import { generatedCars, tellListed } from '../testing/generated-market';
import { type Answer, type Person, PricingHouse } from '../testing/pricing-house';

/** Cars of the catalogue, one of them in the stock of a tenant. */
let house: PricingHouse;
const [shared, own] = generatedCars({ seed: 5, cars: 50, at: new Date('2026-11-20T00:00:00Z') }).map((car) => ({
  ...car,
  facts: { ...car.facts, price: { amount: 2_000_000, currency: 'EUR' as const }, first_registration: '2020-03-01', mileage_km: 60_000, location: { ...car.facts.location, country: 'DE', region: null, postal_code: null } },
}));
if (shared === undefined || own === undefined) throw new Error('the market is empty');

beforeAll(async () => {
  house = await PricingHouse.start({ table: true, work: false });
  await tellListed(house.vehicles, [shared]);
  await tellListed(house.vehicles, [own], testTenant.id);
  await house.hear();
});
afterAll(() => house?.close());

const ask = (who: Person, body: unknown, path = '/landed-cost'): Promise<Answer> => house.ask(who, 'POST', path, body);
const amounts = ({ data }: Answer): Record<string, [number, number] | null> =>
  Object.fromEntries(data.lines.map(({ code, amount }: { code: string; amount: { least: { amount: number }; most: { amount: number } } | null }) => [code, amount === null ? null : [amount.least.amount, amount.most.amount]]));
const italy = { country: 'IT' };
const texas = { price: { amount: 2_000_000, currency: 'USD' }, origin: { country: 'US' }, destination: { country: 'US', region: 'TX' }, transport: { distance_miles: 40 }, broker_fee: false };

describe('a car of the catalogue', () => {
  it('brings its price, its place, its age and its mileage', async () => {
    const answer = await ask('nobody', { vehicle_id: shared.vehicleId, destination: italy, seller_kind: 'dealer_vat', buyer_kind: 'business', buyer_vat_id: 'IT01234567890' });
    // From Germany, five years old, 60,000 km, to a business: no tax. The broker has 3 % of 20,000.
    expect([answer.status, answer.data.currency, amounts(answer)]).toEqual([200, 'EUR', { price: [2_000_000, 2_000_000], broker_fee: [60_000, 60_000], transport: null, vat: [0, 0], registration_fee: null }]);
    // As if it had run 5,000 km: 22 % where it arrives
    expect(amounts(await ask('nobody', { vehicle_id: shared.vehicleId, destination: italy, mileage_km: 5_000 })).vat).toEqual([440_000, 440_000]);
  });

  it('is not there for others when it is in a tenant’s stock', async () => {
    const statuses = async (body: unknown, path: string) => [(await ask('stranger', body, path)).status, (await ask('stranger', body, path)).code, (await ask('agent', body, path)).status];
    expect(await statuses({ vehicle_id: own.vehicleId, destination: italy }, '/landed-cost')).toEqual([404, 'not_found', 200]);
    expect(await statuses({ vehicle_id: own.vehicleId, destination: italy, limit: { amount: 3_000_000, currency: 'EUR' } }, '/landed-cost/max-bid')).toEqual([404, 'not_found', 200]);
  });
});

describe('a buyer who reckons in another currency', () => {
  it('is told the total in it, with the rate and its day', async () => {
    const { status, data } = await ask('nobody', { ...texas, buyer_currency: 'EUR' });
    expect([status, data.total.least, data.converted.total.least.currency]).toEqual([200, { amount: 2_127_800, currency: 'USD' }, 'EUR']);
    const { total, rate, day, source } = data.converted;
    // The rate is told to ten decimals: at these sums it is right to the cent.
    expect([total.least.amount, total.most.amount]).toEqual([Math.round(2_127_800 * Number(rate)), Math.round(2_128_300 * Number(rate))]);
    expect([/^\d{4}-\d{2}-\d{2}$/u.test(day), source.length > 0]).toEqual([true, true]);
  });

  it('is refused where the total is beyond all counting in it', async () => {
    const huge = { ...texas, price: { amount: 100_000_000_000_000, currency: 'USD' } };
    const answer = await ask('nobody', { ...huge, buyer_currency: 'IDR' });
    expect([answer.status, answer.code, answer.pointers]).toEqual([400, 'validation_failed', ['/buyer_currency']]);
    expect((await ask('nobody', { ...huge, buyer_currency: 'EUR' })).status).toBe(200);
  });

  it('is told nothing more where it is the same, and refused one without a rate', async () => {
    expect((await ask('nobody', { ...texas, buyer_currency: 'USD' })).data.converted).toBeNull();
    const refused = await ask('nobody', { ...texas, buyer_currency: 'XAF' });
    expect([refused.status, refused.code]).toEqual([400, 'currency_unsupported']);
  });
});

describe('the highest bid for a margin', () => {
  it('leaves the margin in the worst case, and one cent more does not', async () => {
    const auction = { auction: { house: 'COPART' }, destination: { country: 'US', region: 'TX' }, origin: { country: 'US' }, transport: { distance_km: 500 } };
    const resale = { resale_value: { amount: 1_800_000, currency: 'USD' }, margin: { amount: 200_000, currency: 'USD' } };
    const { status, data } = await ask('nobody', { ...auction, ...resale }, '/landed-cost/max-bid');
    expect(status).toBe(200);
    const most = async (amount: number) => (await ask('nobody', { ...auction, price: { amount, currency: 'USD' } })).data.total.most.amount;
    expect(1_800_000 - (await most(data.bid.amount))).toBeGreaterThanOrEqual(200_000);
    expect(1_800_000 - (await most(data.bid.amount + 1))).toBeLessThan(200_000);
    // 500 km are 310.7 miles: 311 of them, 200 + 311 × 0.65
    expect([data.landed.distance_miles, amounts({ data: data.landed } as Answer).transport]).toEqual([311, [40_215, 40_215]]);
  });

  const dollars = (amount: number) => ({ amount, currency: 'USD' });
  it.each<[string, unknown]>([
    ['neither a limit nor a resale', {}],
    ['both', { limit: dollars(5), resale_value: dollars(9), margin: dollars(1) }],
    ['a margin that is all of the price', { resale_value: dollars(500), margin: dollars(500) }],
    ['a margin below zero', { resale_value: dollars(500), margin: dollars(-1) }],
    ['miles and kilometres', { limit: dollars(500_000), transport: { distance_miles: 1, distance_km: 1 } }],
    ['more than there is', { limit: dollars(Number.MAX_SAFE_INTEGER) }],
  ])('is not asked with %s', async (_what, more) => {
    const answer = await ask('nobody', { destination: texas.destination, origin: texas.origin, ...(more as object) }, '/landed-cost/max-bid');
    expect([answer.status, answer.code]).toEqual([400, 'validation_failed']);
  });

  it('and a price that no sum could hold is refused', async () => {
    expect((await ask('nobody', { ...texas, price: dollars(Number.MAX_SAFE_INTEGER) })).status).toBe(400);
    expect((await ask('nobody', { ...texas, price: dollars(100_000_000_000) })).status).toBe(200);
    expect((await ask('nobody', { ...texas, price: dollars(0) })).data.total.least.amount).toBe(2_800);
  });
});

describe('a rule that takes another’s key', () => {
  it('is refused when it is of another place or kind', async () => {
    const rule = { key: 'eu-de-vat', jurisdiction: 'FR', terms: { kind: 'vat', percent: '1' }, currency: 'EUR', valid_from: '2026-02-01', source: 'None at all', confidence: 'unverified' };
    expect((await house.ask('operator', 'POST', '/cost-rules', rule)).pointers).toEqual(['/key']);
    expect((await house.ask('operator', 'POST', '/cost-rules', { ...rule, jurisdiction: 'DE', terms: { kind: 'broker_fee', percent: '1', least: 0, most: null } })).pointers).toEqual(['/key']);
    expect((await house.ask('operator', 'POST', '/cost-rules', { ...rule, jurisdiction: 'DE' })).status).toBe(201);
    // Fees of a state in other money would never be asked for.
    expect((await house.ask('operator', 'POST', '/cost-rules', { ...rule, key: 'us-tx-title', jurisdiction: 'US-TX', terms: { kind: 'title_fee', code: 'title_fee', least: 1, most: 1 } })).pointers).toEqual(['/currency']);
  });

  it('is added once, however often it is sent with the same key of the request', async () => {
    const rule = { key: 'us-transport-inoperable', jurisdiction: 'US', terms: { kind: 'transport_extra', variant: 'inoperable', amount: [10_000, 25_000] }, currency: 'USD', valid_from: '2026-02-01', source: 'Our carriers’ contract', confidence: 'official' };
    const send = () => house.ask('operator', 'POST', '/cost-rules', rule, { 'idempotency-key': 'a-winch-costs-this' });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.data.id]).toEqual([201, 201, first.data.id]);
    expect(amounts(await ask('nobody', { ...texas, transport: { distance_miles: 100, inoperable: true } })).transport_inoperable).toEqual([10_000, 25_000]);
  });
});
