import { saying, euros, anOffer } from '../../domain/market/a-car';
import type { MarketNews } from '../../domain/market/projection';
import { generatedNews, marketBench, uuidOf, type MarketBench } from '../../testing/market-bench';

let bench: MarketBench;
beforeAll(async () => {
  bench = await marketBench();
}, 60_000);
beforeEach(async () => {
  await bench.empty();
});
afterAll(() => bench.close());

/** The same disorder on every run. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const mixed = [...items];
  let state = seed;
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (at + 1);
    const [a, b] = [mixed[at], mixed[other]];
    if (a === undefined || b === undefined) continue;
    mixed[at] = b;
    mixed[other] = a;
  }
  return mixed;
}

async function inBatches(news: readonly MarketNews[], size: number): Promise<void> {
  for (let at = 0; at < news.length; at += size) await bench.hear(news.slice(at, at + size));
}

const start = new Date('2026-01-05T09:00:00.000Z');

describe('a market that is told', () => {
  it('counts the same in order, in disorder with repetitions, and anew from what is kept', async () => {
    const news = generatedNews(400, start, 60);
    await inBatches(news, 97);
    const [rows, counts] = [await bench.rows(), await bench.counts()];
    expect(counts.length).toBeGreaterThan(2_000);
    expect(counts.filter(({ n }) => Number(n) <= 0)).toEqual([]);

    await bench.recount.run();
    expect(await bench.counts()).toEqual(counts);

    await bench.empty();
    await inBatches(shuffled([...news, ...news.filter((_one, index) => index % 3 === 0)], 42), 61);
    expect(await bench.rows()).toEqual(rows);
    expect(await bench.counts()).toEqual(counts);
  });

  it('counts the same when many tell at once', async () => {
    const news = generatedNews(200, start, 40, 11);
    await inBatches(news, 100);
    const [rows, counts] = [await bench.rows(), await bench.counts()];
    await bench.empty();
    const mixed = shuffled([...news, ...news], 5);
    const parts = Array.from({ length: 12 }, (_, part) => mixed.filter((_one, index) => index % 12 === part));
    await Promise.all(parts.map((part) => inBatches(part, 17)));
    expect(await bench.rows()).toEqual(rows);
    expect(await bench.counts()).toEqual(counts);
  });

  it('takes back all of a batch that fails', async () => {
    await bench.hear([saying().listed(1)]);
    const counts = await bench.counts();
    const failing = bench.db.transaction(async (tx) => {
      await bench.market.run(tx, [saying({ id: uuidOf(9) }).listed(1), saying().left(2, 'sold')]);
      throw new Error('the inbox could not be written');
    });
    await expect(failing).rejects.toThrow('the inbox');
    expect(await bench.counts()).toEqual(counts);
  });

  it('forgets what a car counted for when it is deleted, and keeps nothing of private stock', async () => {
    await bench.hear([saying().listed(1), saying().left(2, 'deleted')]);
    await bench.hear([saying({ id: uuidOf(2), owner: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01' }).listed(1)]);
    expect(await bench.counts()).toEqual([]);
    expect(await bench.cars.byIds([uuidOf(2), '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c'])).toMatchObject([{ vehicleId: uuidOf(2), ownerTenantId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01' }]);
  });

  it('survives facts that no column could hold', async () => {
    const absurd = saying({ facts: { year: 20_400, mileageKm: 9_000_000_000_000 } });
    await bench.hear([absurd.listed(1), saying({ id: uuidOf(3), facts: { year: -5, mileageKm: 0 } }).listed(1)]);
    const cars = await bench.cars.byIds([uuidOf(3), '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c']);
    expect(cars.map(({ facts }) => [facts.year, facts.mileageKm]).sort()).toEqual([[-5, 0], [20_400, 9_000_000_000_000]]);
    expect([...(await bench.cars.comparables(cars, bench.clock.now())).values()].map(({ cars: found }) => found)).toEqual([[], []]);
  });
});

describe('offers', () => {
  const one = saying();
  const other = saying({ id: uuidOf(5) });
  const offer = anOffer({ url: 'https://mobile.example/m1' });
  const of = () => bench.cars.offer('mobile-de', 'm1');

  it('are found by what their source calls them', async () => {
    await bench.hear([one.listed(1, { offers: [offer, anOffer({ listingId: uuidOf(77), source: 'gumtree', externalId: 'g1' })] })]);
    expect(await of()).toEqual({ ...offer, vehicleId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c' });
    await bench.hear([one.updated(2, { offers: [anOffer({ listingId: uuidOf(77), source: 'gumtree', externalId: 'g1' })] })]);
    expect(await of()).toBeNull();
  });

  it('go with a car that takes them over, whichever of the two is heard first', async () => {
    const before = one.listed(1, { at: '2026-01-05T09:00:00.000Z', offers: [offer] });
    const merged = other.updated(4, { at: '2026-01-06T09:00:00.000Z', offers: [offer] });
    const absorbed = one.left(2, 'deleted', '2026-01-06T09:00:00.000Z');
    for (const order of [[before, merged, absorbed], [before, absorbed, merged], [merged, before, absorbed]]) {
      await bench.empty();
      for (const news of order) await bench.hear([news]);
      expect((await of())?.vehicleId).toBe(uuidOf(5));
    }
  });
});

describe('the readers of the market', () => {
  it('get every car that is for sale once, page by page', async () => {
    await bench.hear([1, 2, 3, 4, 5].flatMap((n) => [saying({ id: uuidOf(n) }).listed(1)]));
    await bench.hear([saying({ id: uuidOf(2) }).left(2, 'sold'), saying({ id: uuidOf(6) }).priced(2, euros(9_000))]);
    const first = await bench.cars.page(null, 2);
    const second = await bench.cars.page(first.at(-1)?.vehicleId ?? null, 10);
    expect([...first, ...second].map(({ vehicleId }) => vehicleId)).toEqual([1, 3, 4, 5].map(uuidOf));
    expect(await bench.cars.count()).toBe(4);
  });

  it('get what came since a day, latest first, with what has gone and without what cost nothing that one can believe', async () => {
    const came = (n: number, day: string) => saying({ id: uuidOf(n), known: { listedAt: new Date(day) } });
    await bench.hear([came(1, '2026-01-01').listed(1), came(2, '2026-01-03').listed(1), came(3, '2026-01-02').listed(1), came(4, '2026-01-04').listed(1, { price: euros(1) })]);
    await bench.hear([came(3, '2026-01-02').left(2, 'sold')]);
    const since = new Date('2026-01-01T00:00:00Z');
    const first = await bench.cars.listedBetween(since, null, 2);
    expect(first.map(({ vehicleId }) => vehicleId)).toEqual([2, 3].map(uuidOf));
    const last = first.at(-1);
    expect((await bench.cars.listedBetween(since, last ?? null, 2)).map(({ vehicleId }) => vehicleId)).toEqual([uuidOf(1)]);
  });
});
