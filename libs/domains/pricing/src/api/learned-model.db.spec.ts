import { join } from 'node:path';
import { workspaceRoot } from '@autobroker/platform/testing';
import { ModelStore } from '../application/registry/ports';
import { TrainModel } from '../application/registry/train-model';
import { RevalueCatalogue } from '../application/valuation/revalue-catalogue';
import { generatedCars, referenceOf, tellListed, type GeneratedCar } from '../testing/generated-market';
import { PricingHouse } from '../testing/pricing-house';

/** The model that is really learned, in its process, on a generated market whose true values are known. */
let house: PricingHouse;
let cars: GeneratedCar[];

beforeAll(async () => {
  // The process compiles the sources from their code, with the workspace's settings.
  process.env.TS_NODE_PROJECT = join(workspaceRoot(), 'tsconfig.base.json');
  house = await PricingHouse.start({ table: false, work: false });
  cars = generatedCars({ seed: 21, cars: 3_000, at: house.clock.now() });
  await tellListed(house.vehicles, cars);
  await house.hear();
}, 180_000);
afterAll(() => house.close());

it('is better than the median of its like, and its interval holds as often as it says', async () => {
  const outcome = await house.get(TrainModel).run({ ifGrown: true });
  expect(outcome).toMatchObject({ trained: true, decision: { promote: true, reason: 'first' } });
  const model = await house.get(ModelStore).active();
  expect(model?.metrics.mdape).toBeLessThan(model?.baseline?.mdape ?? 0);
  // Cars that have stood for long are asked for more wildly than those that have just come, and the newest are who judges.
  expect(model?.metrics.coverage80).toBeGreaterThan(74);
  expect(model?.metrics.coverage80).toBeLessThan(91);
  expect(model?.segments.length).toBeGreaterThan(1);
}, 120_000);

it('values the catalogue so that what cars are truly worth lies in the interval', async () => {
  await house.get(RevalueCatalogue).run();
  const rows = await house.db.query<{ id: string; q10: string; q90: string; currency: string; rating: string | null; position: number | null }>(
    `select vehicle_id as id, q10, q90, currency, rating, position_percent as position from pricing.valuations where method = 'model'`,
  );
  expect(rows.length).toBeGreaterThan(cars.length * 0.7);
  const byId = new Map(cars.map((car) => [car.vehicleId, car]));
  const judged = rows.flatMap(({ id, q10, q90, currency }) => {
    const car = byId.get(id);
    return car === undefined || car.facts.price === null || car.facts.price.currency !== currency || car.planted.includes('wrong_currency') ? [] : [car.trueValue >= Number(q10) && car.trueValue <= Number(q90)];
  });
  const share = judged.filter(Boolean).length / judged.length;
  expect(share).toBeGreaterThan(0.74);
  // Cars that are asked far below the middle are rated great, and the other way round.
  for (const { rating, position } of rows) {
    if (rating === 'great') expect(position).toBeLessThan(0);
    if (rating === 'over') expect(position).toBeGreaterThan(0);
  }
}, 120_000);

it('speaks of no car that it has not learned: what nobody has seen is not valued', async () => {
  const [base] = cars;
  if (base === undefined) throw new Error('the market is empty');
  const price = { amount: 2_000_000, currency: 'EUR' as const };
  const unknown = { vehicleId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b77', facts: { ...base.facts, make: 'Nonesuch', model: 'Nothing', price, reference_price: referenceOf(price) } };
  await tellListed(house.vehicles, [unknown]);
  await house.hear();
  const { data } = await house.read('nobody', `/vehicles/${unknown.vehicleId}/pricing`);
  expect([data.method, data.not_valued_because, data.rating]).toEqual(['none', 'too_few', null]);
});
