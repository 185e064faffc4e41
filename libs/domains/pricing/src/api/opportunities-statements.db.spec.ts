import { uuidv7 } from '@autobroker/kernel';
import { metrics } from '@autobroker/platform/telemetry';
import { FindOpportunities } from '../application/opportunities/find-opportunities';
import { MarketCars } from '../application/ports';
import { TrainModel } from '../application/registry/train-model';
import { RevalueCatalogue } from '../application/valuation/revalue-catalogue';
import { ValueChanged } from '../application/valuation/value-changed';
import { generatedCars, tellListed, type GeneratedCar } from '../testing/generated-market';
import { PricingHouse } from '../testing/pricing-house';

/** A market of one model of car whose prices follow a rule, valued by a model; what it costs to look for deals in it. */
let house: PricingHouse;
let golf: GeneratedCar;

function aGolf(mileage_km: number, share: number): GeneratedCar {
  const price = { amount: Math.round((2_600_000 * Math.exp(-0.000_003 * mileage_km) * share) / 100) * 100, currency: 'EUR' as const };
  const listed_at = new Date(house.clock.now().getTime() - 3_600_000).toISOString();
  return { ...golf, vehicleId: uuidv7(), facts: { ...golf.facts, mileage_km, vin: 'WVWZZZCDZMW012345', price, reference_price: price, listed_at } };
}

async function offered(cars: readonly GeneratedCar[]): Promise<void> {
  await tellListed(house.vehicles, cars);
  await house.hear();
  await house.get(ValueChanged).run();
}

beforeAll(async () => {
  house = await PricingHouse.start({ table: true, work: false });
  const [base] = generatedCars({ seed: 3, cars: 50, at: house.clock.now() });
  if (base === undefined) throw new Error('the market is empty');
  const facts = { ...base.facts, make: 'Volkswagen', model: 'Golf', trim: 'GTI', year: 2022, power_kw: 180, title_status: 'clean' as const, damage_type: 'none' as const, condition: 'used' as const, first_registration: '2022-03-01' };
  golf = { ...base, facts: { ...facts, location: { ...facts.location, city: 'München', region: 'Bayern', country: 'DE', coordinates: { lat: 48.137, lon: 11.575 } } } };
  await offered(Array.from({ length: 1_200 }, (_none, index) => aGolf(40_000 + index * 20, 0.95 + ((index * 7) % 11) / 100)));
  await house.get(TrainModel).run({ ifGrown: true });
  await house.get(RevalueCatalogue).run();
  await house.get(FindOpportunities).run();
}, 120_000);
afterAll(() => house.close());

/** Statements of the service so far; none runs here that nobody has asked for. */
const statements = async (): Promise<number> =>
  (await metrics.render()).split('\n').filter((line) => line.startsWith('database_query_seconds_count{') && line.includes('service="pricing"')).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);

async function lookedAt(cars: readonly GeneratedCar[]) {
  await offered(cars);
  const compared: number[] = [];
  const market = house.get(MarketCars);
  const comparables = market.comparables.bind(market);
  const spy = jest.spyOn(market, 'comparables').mockImplementation((some, at) => {
    compared.push(some.length);
    return comparables(some, at);
  });
  const before = await statements();
  const { looked, found } = await house.get(FindOpportunities).run();
  const asked = (await statements()) - before;
  spy.mockRestore();
  return { looked, found, asked, compared: compared.reduce((sum, n) => sum + n, 0) };
}

/** A quarter below their price, or near it. */
const some = (deals: number, others: number) => [...Array.from({ length: deals }, (_none, index) => aGolf(50_000 + index * 20, 0.75)), ...Array.from({ length: others }, (_none, index) => aGolf(50_000 + index * 20, 0.97))];

it('many deals take as many statements as few, and like cars are looked up only for cars that may be deals', async () => {
  await lookedAt(some(1, 9));
  const few = await lookedAt(some(5, 95));
  const many = await lookedAt(some(150, 250));
  expect([few.looked, few.found, many.looked, many.found]).toEqual([100, 5, 400, 150]);
  expect(few.asked).toBeGreaterThan(5);
  expect(many.asked).toBeLessThanOrEqual(few.asked);
  expect([few.compared, many.compared]).toEqual([5, 150]);
}, 60_000);
