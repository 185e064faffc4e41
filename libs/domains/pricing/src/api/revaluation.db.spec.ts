import { pricingCatalogueValued } from '@autobroker/contracts';
import { FindOpportunities } from '../application/opportunities/find-opportunities';
import { MarketCars } from '../application/ports';
import { TrainModel } from '../application/registry/train-model';
import { RevalueCatalogue } from '../application/valuation/revalue-catalogue';
import { ValueChanged } from '../application/valuation/value-changed';
import { generatedCars, tellListed, tellPrice, type GeneratedCar } from '../testing/generated-market';
import { PricingHouse } from '../testing/pricing-house';

/** A catalogue of several pages; its valuing is stopped between two of them, as a crash would. */
let house: PricingHouse;
let cars: GeneratedCar[];
beforeAll(async () => {
  house = await PricingHouse.start({ table: true, work: false });
  cars = generatedCars({ seed: 11, cars: 700, at: house.clock.now() });
  await tellListed(house.vehicles, cars);
  await house.hear();
  await house.get(ValueChanged).run();
  await house.get(FindOpportunities).run();
}, 120_000);
afterAll(() => house.close());

const waiting = async () => (await house.db.query('select 1 from pricing.opportunity_queue')).length;
const find = async () => (await house.get(FindOpportunities).run()).looked;

/** Its second page is the last that it values. */
async function stopped(id: string): Promise<void> {
  const controller = new AbortController();
  const market = house.get(MarketCars);
  const page = market.page.bind(market);
  let pages = 0;
  const spy = jest.spyOn(market, 'page').mockImplementation((after, limit) => {
    pages += 1;
    // The third is asked for while the second is valued.
    if (pages === 3) controller.abort(new Error('the process ends'));
    return page(after, limit);
  });
  try {
    await expect(house.get(RevalueCatalogue).run({ id, signal: controller.signal })).rejects.toThrow('the process ends');
  } finally {
    spy.mockRestore();
  }
}

it('deals are looked for beside a valuing of the catalogue only among cars that change, and among all once it has died', async () => {
  expect(await waiting()).toBe(0);
  // The first model values every car in another way.
  await house.get(TrainModel).run({ ifGrown: true });
  await stopped('nightly');
  const noted = await waiting();
  expect(noted).toBeGreaterThan(300);
  expect(await find()).toBe(0);

  const changed = cars.find(({ facts }) => facts.price?.currency === 'EUR');
  if (changed === undefined) throw new Error('the market is empty');
  await tellPrice(house.vehicles, changed, 2, 1_234_500);
  await house.hear();
  await house.get(ValueChanged).run();
  expect(await find()).toBe(1);
  expect(await waiting()).toBeGreaterThanOrEqual(noted - 1);

  house.clock.advance(60_000);
  expect(await find()).toBeGreaterThanOrEqual(noted - 1);
  expect(await waiting()).toBe(0);
}, 60_000);

it('the next attempt goes on where the one before has ended, and then all that it has noted is looked at', async () => {
  const said = await house.app.events('pricing');
  await said.clear();
  const before = house.clock.now();
  house.clock.advance(1_000);
  const progress = await house.get(RevalueCatalogue).run({ id: 'nightly' });
  const valued = await house.db.query('select 1 from pricing.valuations where valued_at > $1', [before]);
  expect([progress.valued, valued.length]).toEqual([progress.of, progress.of - 500]);
  expect((await said.of(pricingCatalogueValued)).map(({ data }) => data.vehicles)).toEqual([progress.of]);
  expect(await house.db.query('select 1 from pricing.revaluations')).toEqual([]);
  const noted = await waiting();
  expect(noted).toBeGreaterThan(50);
  expect(await find()).toBe(noted);
}, 60_000);

it('one that begins meanwhile values all of them, and the one before ends', async () => {
  const said = await house.app.events('pricing');
  await said.clear();
  const market = house.get(MarketCars);
  const page = market.page.bind(market);
  const began: Promise<unknown>[] = [];
  let pages = 0;
  const spy = jest.spyOn(market, 'page').mockImplementation((after, limit) => {
    pages += 1;
    if (pages === 3) began.push(house.get(RevalueCatalogue).run({ id: 'model' }));
    return page(after, limit);
  });
  const before = await house.get(RevalueCatalogue).run({ id: 'asked' });
  expect(await Promise.all(began)).toMatchObject([{ superseded: false, valued: before.of }]);
  spy.mockRestore();
  expect(before.superseded).toBe(true);
  expect((await said.of(pricingCatalogueValued)).map(({ data }) => data.vehicles)).toEqual([before.of]);
  expect(await house.db.query('select 1 from pricing.revaluations')).toEqual([]);
}, 60_000);
