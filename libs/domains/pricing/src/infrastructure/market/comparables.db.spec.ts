import { ManualClock } from '@autobroker/kernel';
import { euros, saying } from '../../domain/market/a-car';
import { generatedNews, marketBench, uuidOf, type MarketBench } from '../../testing/market-bench';
import { candidatesSql, foreignSql, probeOf } from './comparables-sql';

const start = new Date('2026-01-05T09:00:00.000Z');
let bench: MarketBench;
beforeAll(async () => {
  bench = await marketBench(new ManualClock(new Date(start.getTime() + 30 * 86_400_000)));
  const news = generatedNews(20_000, start, 30);
  for (let at = 0; at < news.length; at += 2_000) await bench.hear(news.slice(at, at + 2_000));
  await bench.database.host.of('pricing').query('analyze pricing.market_cars');
}, 180_000);
afterAll(() => bench.close());

const now = (): Date => bench.clock.now();

async function planOf(sql: string, params: readonly unknown[]): Promise<string> {
  // With the values in place, as the statement is planned when it runs.
  const rows = await bench.db.query<Record<'QUERY PLAN', string>>(`explain ${sql}`, [...params]);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

describe('in a market of 20,000 cars', () => {
  it('candidates come from indexes alone, a bounded number each', async () => {
    const cars = await bench.cars.page(null, 20);
    const probes = JSON.stringify(cars.flatMap((car, n) => probeOf(car, n, now()) ?? []));
    const plan = await planOf(candidatesSql, [probes, start]);
    expect(plan).not.toContain('Seq Scan');
    expect(plan).toContain('market_cars_alike');
    expect(plan).toContain('market_cars_of_trim');
    expect(plan).toContain('market_cars_gone_alike');
    const abroad = await planOf(foreignSql, [probes]);
    expect(abroad).not.toContain('Seq Scan');
    expect(abroad).toContain('market_cars_in_model');
  });

  it('so do the pages of the catalogue, the cars to learn from, and those of a model', async () => {
    const zero = '00000000-0000-0000-0000-000000000000';
    expect(await planOf(`select * from pricing.market_cars c where c.left_at is null and c.facts is not null and c.vehicle_id > $1::uuid order by c.vehicle_id limit 500`, [zero])).toMatch(/Index Scan using market_cars_(for_sale|pkey)/);
    const since = await planOf(
      `select * from pricing.market_cars c where c.tenant_id is null and c.facts is not null and c.price_ref is not null and c.listed_at >= $1 order by c.listed_at desc, c.vehicle_id desc limit 500`,
      [start],
    );
    expect(since).toContain('Index Scan Backward using market_cars_by_listed');
  });

  it('most cars find enough that is comparable, of the own market and grade, and none finds itself', async () => {
    const cars = await bench.cars.page(null, 300);
    const found = await bench.cars.comparables(cars, now());
    let enough = 0;
    for (const car of cars) {
      const mine = found.get(car.vehicleId);
      if (mine === undefined) continue;
      if (mine.effective >= 8) enough += 1;
      for (const other of mine.cars) {
        expect(other.vehicleId).not.toBe(car.vehicleId);
        expect(other.car.facts).toMatchObject({ make: car.facts.make, model: car.facts.model });
        if (mine.rung?.startsWith('abroad') === false) expect([other.car.facts.country, other.car.price?.currency]).toEqual([car.facts.country, mine.currency]);
        expect(other.car.facts.damageType === 'none').toBe(car.facts.damageType === 'none');
      }
    }
    expect(found.size).toBe(300);
    expect(enough).toBeGreaterThan(40);
  });

  it('many are looked up as one would be', async () => {
    const cars = await bench.cars.page(null, 40);
    const together = await bench.cars.comparables(cars, now());
    for (const car of cars.slice(0, 8)) expect(await bench.cars.comparables([car], now())).toEqual(new Map([[car.vehicleId, together.get(car.vehicleId)]]));
  });
});

describe('who is compared', () => {
  const make = { make: 'Wartburg', model: '353' };
  const a = (n: number, rest: Parameters<typeof saying>[0] = {}) => saying({ id: uuidOf(900_000 + n), ...rest, facts: { ...make, ...rest.facts }, known: { listedAt: now(), ...rest.known } });
  const found = async (n: number) => {
    const car = await bench.cars.byId(uuidOf(900_000 + n));
    const comparables = car === null ? undefined : (await bench.cars.comparables([car], now())).get(car.vehicleId);
    return comparables?.cars.map(({ vehicleId }) => Number.parseInt(vehicleId.slice(-12), 16) - 900_000).sort((x, y) => x - y);
  };
  const day = (ago: number): string => new Date(now().getTime() - ago * 86_400_000).toISOString();

  it('is in the shared catalogue, at a price one can believe, there or gone lately', async () => {
    await bench.hear([
      a(1).listed(1),
      a(2).listed(1),
      a(3, { owner: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01' }).listed(1),
      a(4).listed(1, { price: euros(1) }),
      a(5).listed(1), a(5).left(2, 'sold', day(10)),
      a(6).listed(1), a(6).left(2, 'sold', day(46)),
      a(7).listed(1), a(7).left(2, 'deleted', day(1)),
      a(8, { facts: { titleStatus: 'salvage' } }).listed(1),
      a(9, { facts: { mileageKm: null } }).listed(1),
      a(10, { facts: { country: 'AT' } }).listed(1),
      a(11).listed(1, { price: null }),
    ]);
    expect(await found(1)).toEqual([2, 5, 9]);
    // Private stock has comparables, though it is nobody's.
    expect(await found(3)).toEqual([1, 2, 5, 9]);
    // Without a price of its own it is looked for in the money of its country.
    expect(await found(11)).toEqual([1, 2, 5, 9]);
  });

  it('is looked for abroad by a car that is alone in its country, in the installation’s currency', async () => {
    const alone = await bench.cars.byId(uuidOf(900_010));
    const comparables = alone === null ? undefined : (await bench.cars.comparables([alone], now())).get(alone.vehicleId);
    expect(comparables).toMatchObject({ rung: 'abroad/2y/50%/country', currency: 'EUR' });
    expect(comparables?.cars.map(({ car }) => car.facts.country)).toEqual(['DE', 'DE', 'DE']);
  });

  it('is out of the way once it left long ago', async () => {
    const comparable = async (n: number) => (await bench.db.query<{ comparable: boolean }>('select comparable from pricing.market_cars where vehicle_id = $1', [uuidOf(900_000 + n)]))[0]?.comparable;
    expect([await comparable(5), await comparable(6)]).toEqual([true, true]);
    const counts = await bench.counts();
    await bench.recount.retire();
    expect([await comparable(5), await comparable(6)]).toEqual([true, false]);
    expect(await bench.counts()).toEqual(counts);
  });
});
