import { uuidv7 } from '@autobroker/kernel';
import { connectDirect } from '@autobroker/platform/database';
import { countCap, type ListQuery, type VehicleCriteria } from '../application/criteria';
import { boxAround } from '../domain/geo';
import type { Vehicle } from '../domain/vehicle';
import { generatedFacts } from './demo/generator';
import { Random } from './demo/random';
import { withinReach } from './sql/list-reach';
import { Params } from './sql/params';
import { filterSql } from './sql/vehicle-filter';
import { collectSql, siftSql, walkSql, type CountedRow, type ListRow, type Statement } from './sql/vehicle-list';
import { vehicleBench } from '../testing';

/** More cars than are counted, so that lists have to be walked and sifted. */
const cars = countCap + 1_000;
let bench: Awaited<ReturnType<typeof vehicleBench>>;

beforeAll(async () => {
  bench = await vehicleBench();
  const random = new Random(11);
  for (let done = 0; done < cars; done += 1_000) {
    const batch = Array.from({ length: 1_000 }, () => generated(random));
    await bench.db.transaction((tx) => bench.store.insert(tx, batch));
    bench.clock.advance(60_000);
  }
}, 120_000);
afterAll(() => bench.close());

function generated(random: Random): Vehicle {
  const now = bench.clock.now();
  const facts = generatedFacts(random, now.getUTCFullYear());
  return {
    id: uuidv7(now),
    ownerTenantId: null,
    version: 1,
    status: 'available',
    facts,
    vinFlags: [],
    referencePrice: facts.price === null ? null : bench.prices.of(facts.price),
    sources: ['mobile'],
    imageCount: facts.images.length,
    quality: null,
    relistCount: 0,
    listedAt: now,
    createdAt: now,
    updatedAt: now,
  };
}

const question = (more: Partial<ListQuery>): ListQuery => ({
  criteria: { status: ['available', 'reserved'] },
  order: { by: 'listed_at', descending: true },
  perPage: 25,
  from: { offset: 0 },
  fields: ['id'],
  include: [],
  ...more,
});

/** The plain truth, by a sort of everything. */
const truth = async (column: string, direction: 'asc' | 'desc'): Promise<string[]> => {
  const rows = await bench.db.query<{ id: string }>(`select id from vehicle.vehicles order by ${column} ${direction} nulls last, id ${direction}`);
  return rows.map(({ id }) => id);
};

const idsOf = (entries: readonly string[]): string[] => entries.map((entry) => JSON.parse(entry).id);

it.each([
  ['price', 'price_ref', true],
  ['price', 'price_ref', false],
  ['mileage', 'mileage_km', true],
  ['power', 'power_kw', false],
  ['listed_at', 'listed_at', true],
] as const)('a list by %s (%s, descending %s) that is too long to count is walked by cursor from end to end', async (by, column, descending) => {
  const expected = await truth(column, descending ? 'desc' : 'asc');
  const walked: string[] = [];
  let page = await bench.reader.list(question({ order: { by, descending }, perPage: 100 }), null, null);
  const known = { total: page.total, capped: page.capped };
  expect(known).toEqual({ total: countCap, capped: true });
  walked.push(...idsOf(page.entries));
  while (page.next !== null) {
    page = await bench.reader.list(question({ order: { by, descending }, perPage: 100, from: { after: page.next } }), null, known);
    walked.push(...idsOf(page.entries));
  }
  expect(walked).toEqual(expected);
}, 60_000);

it('walking and sifting give the same page, wherever the matches lie', async () => {
  for (const powerKw of [{ min: 60 }, { min: 300 }, { max: 100 }]) {
    const query = question({ criteria: { powerKw }, order: { by: 'price', descending: false } });
    const sifted = siftSql(query, asking);
    const walked = walkSql(query, asking);
    const full = await bench.db.query<ListRow>(sifted.sql, [...sifted.params]);
    const part = walked === null ? [] : await bench.db.query<ListRow>(walked.sql, [...walked.params]);
    expect(part).toEqual(full.slice(0, part.length));
    expect(full).toHaveLength(26);
  }
});

it.each<VehicleCriteria>([
  { fuel: ['hydrogen'] },
  { gearbox: ['semi_automatic'] },
  { interiorColour: ['green'] },
  { condition: ['not_running'] },
  { damageType: ['vandalism'] },
  { titleStatus: ['parts_only'] },
  { body: ['other'] },
  { doors: { min: 8 } },
  { seats: { min: 20 } },
  { owners: { min: 30 } },
  { displacementCc: { min: 60_000 } },
  { country: ['NO'] },
  { region: ['Nowhere'] },
])('what hardly a car has is found without reading all of them: %j', async (criteria) => {
  const { sql, params } = collectSql(question({ criteria }), asking);
  const plan = await bench.db.query<Record<'QUERY PLAN', string>>(`explain ${sql}`, [...params]);
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan on vehicles');
});

const asking = { tenantId: null, currency: 'EUR' };
const rowsOf = <R>({ sql, params }: Statement): Promise<R[]> => bench.db.query<R>(sql, [...params]);

it('a sift that looks no further than the sample reached finds the same page as one that looks at everything', async () => {
  const near = { centre: { lat: 50, lon: 9 }, radiusKm: 20_000 };
  const questions: Partial<ListQuery>[] = [
    { order: { by: 'price', descending: false } },
    { order: { by: 'mileage', descending: true } },
    { order: { by: 'listed_at', descending: true } },
    { order: { by: 'year', descending: false }, from: { offset: 300 } },
    { order: { by: 'distance', descending: false }, criteria: { near } },
  ];
  let reached = 0;
  for (const more of questions) {
    const query = question({ criteria: {}, ...more });
    const sampled = await rowsOf<CountedRow>(collectSql(query, asking));
    // Cars without coordinates are not near anything: that list may be short enough to be counted.
    if ((sampled[0]?.total ?? 0) <= countCap) continue;
    expect(sampled).toHaveLength(1);
    const reach = sampled[0]?.value ?? null;
    expect(reach).not.toBeNull();
    const full = await rowsOf<ListRow>(siftSql(query, asking));
    expect(await rowsOf<ListRow>(siftSql(query, asking, reach))).toEqual(full);
    expect(full).toHaveLength(26);
    if (query.order.by === 'distance') {
      const nearer = String(Number(full[20]?.value) * 1.000_000_1);
      expect(await rowsOf<ListRow>(siftSql(withinReach(query, nearer), asking, nearer))).toEqual(full.slice(0, 21));
    }
    reached += 1;
  }
  expect(reached).toBeGreaterThanOrEqual(4);
});

it('a sample whose last entries have no value to sort by reaches nowhere', async () => {
  await bench.db.query('update vehicle.vehicles set power_kw = null where id in (select id from vehicle.vehicles order by id offset 10)');
  try {
    const query = question({ criteria: {}, order: { by: 'power', descending: true } });
    const [sampled] = await rowsOf<CountedRow>(collectSql(query, asking));
    expect(sampled).toMatchObject({ total: countCap + 1, value: null });
    const page = await bench.reader.list(query, null, null);
    expect(idsOf(page.entries)).toEqual((await truth('power_kw', 'desc')).slice(0, 25));
  } finally {
    await bench.db.query('update vehicle.vehicles set power_kw = 60 + mileage_km % 200 where power_kw is null');
  }
});

it('a walk begins where the filter lets it, not at the end of the index', async () => {
  const [row] = await bench.db.query<{ middle: number }>(
    'select percentile_disc(0.4) within group (order by price_ref)::integer as middle from vehicle.vehicles',
  );
  const query = question({ criteria: { price: { max: row?.middle } }, order: { by: 'price', descending: true } });
  const walk = walkSql(query, asking);
  const walked = walk === null ? [] : await rowsOf<ListRow>(walk);
  expect(walked).toEqual(await rowsOf<ListRow>(siftSql(query, asking)));
  expect(walked).toHaveLength(26);
});

const kindOf = (sql: string): string => (sql.includes('as materialized') ? 'collect' : sql.includes('select v.* from') ? 'walk' : 'sift');

it.each([
  [300, ['collect', 'walk']],
  [640, ['collect', 'walk', 'walk']],
  [700, ['collect', 'walk', 'sift']],
])('a list whose first %d by the order are not wanted is the same by whatever ways it is found: %j', async (unwanted, ways) => {
  await bench.db.query(`update vehicle.vehicles set sources = '{other}' where id in (select id from vehicle.vehicles order by price_ref, id limit $1)`, [unwanted]);
  const read = jest.spyOn(bench.db, 'read');
  try {
    const page = await bench.reader.list(question({ criteria: { source: ['mobile'] }, order: { by: 'price', descending: false } }), null, null);
    expect(read.mock.calls.map(([sql]) => kindOf(sql))).toEqual(ways);
    expect(idsOf(page.entries)).toEqual((await truth('price_ref', 'asc')).slice(unwanted, unwanted + 25));
  } finally {
    read.mockRestore();
    await bench.db.query(`update vehicle.vehicles set sources = '{mobile}' where sources = '{other}'`);
  }
});

it.each([50, 300, 1_000])('of the box around a circle of %d km the planner expects most to lie within', async (radiusKm) => {
  const owner = await connectDirect({ url: bench.database.url, applicationName: 'spec' });
  await owner.query('analyze vehicle.vehicles').finally(() => owner.end());
  const expected = async (where: string, values: readonly unknown[]): Promise<number> => {
    const [row] = await bench.db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(`explain (format json) select 1 from vehicle.vehicles v where ${where}`, [...values]);
    return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  };
  const near = { centre: { lat: 50, lon: 9 }, radiusKm };
  const params = new Params();
  const circle = await expected(filterSql({ near }, null, params), params.values);
  const { latMin, latMax, lonMin, lonMax } = boxAround(near.centre, radiusKm);
  const box = 'v.deleted_at is null and v.tenant_id is null and v.lat between $1 and $2 and v.lon between $3 and $4';
  const share = circle / (await expected(box, [latMin, latMax, lonMin, lonMax]));
  expect(share).toBeGreaterThan(0.6);
  expect(share).toBeLessThan(0.95);
});

it('cars that are read at the same time are each what they are when read alone', async () => {
  const ids = (await truth('price_ref', 'asc')).slice(0, 20);
  const whole = { fields: null, include: [] };
  const together = await Promise.all([...ids, uuidv7()].map((id) => bench.reader.one(id, whole, null)));
  for (const [index, id] of ids.entries()) {
    const alone = await bench.reader.one(id, whole, null);
    expect(together[index]).toMatchObject({ version: alone?.version, json: alone?.json });
    expect(JSON.parse(alone?.json ?? '').id).toBe(id);
  }
  expect(together.at(-1)).toBeNull();
});

it('a page far in is the same by number as in the plain truth', async () => {
  const expected = await truth('price_ref', 'asc');
  const page = await bench.reader.list(question({ order: { by: 'price', descending: false }, from: { offset: 9_975 } }), null, null);
  expect(idsOf(page.entries)).toEqual(expected.slice(9_975, 10_000));
});

it('of very many cars around a place the nearest come first, page after page', async () => {
  const near = { centre: { lat: 50, lon: 9 }, radiusKm: 20_000 };
  const order = { by: 'distance', descending: false } as const;
  const fields = ['id', 'distance_km'] as const;
  const distances: number[] = [];
  const ids = new Set<string>();
  const ways: string[] = [];
  let from: ListQuery['from'] = { offset: 0 };
  for (let page = 0; page < 8; page++) {
    const asked = question({ criteria: { near }, order, fields, perPage: 100, from });
    const got = await bench.reader.list(asked, null, null);
    const read = jest.spyOn(bench.db, 'read');
    expect(await bench.reader.list(asked, null, { total: got.total, capped: got.capped })).toEqual(got);
    ways.push(read.mock.calls.map(([sql]) => kindOf(sql)).join());
    read.mockRestore();
    for (const car of got.entries.map((entry) => JSON.parse(entry))) {
      distances.push(car.distance_km);
      ids.add(car.id);
    }
    if (got.next === null) throw new Error('the list ended early');
    from = { after: got.next };
  }
  expect(ids.size).toBe(800);
  // Once it is known that there are very many, a page mostly says where the next is found.
  expect(ways[0]).toBe('collect,sift');
  expect(ways.filter((way) => way === 'sift').length).toBeGreaterThanOrEqual(4);
  expect(distances).toEqual([...distances].sort((a, b) => a - b));
  const [row] = await bench.db.query<{ km: number }>(
    `select min(2 * 6371.0088 * asin(sqrt(power(sin(radians(lat - 50) / 2), 2) + cos(radians(50)) * cos(radians(lat)) * power(sin(radians(lon - 9) / 2), 2)))) as km
     from vehicle.vehicles where lat is not null`,
  );
  expect(distances[0]).toBeCloseTo(row?.km ?? -1, 0);
});

it('cars that come in meanwhile neither repeat nor hide what a cursor still has to show', async () => {
  const order = { by: 'price', descending: false } as const;
  const first = await bench.reader.list(question({ order, perPage: 50 }), null, null);
  const rest = await truth('price_ref', 'asc');
  const random = new Random(99);
  await bench.db.transaction((tx) => bench.store.insert(tx, Array.from({ length: 40 }, () => ({ ...generated(random), referencePrice: { amount: 1, currency: 'EUR' as const } }))));
  if (first.next === null) throw new Error('there is no second page');
  const second = await bench.reader.list(question({ order, perPage: 50, from: { after: first.next } }), null, null);
  expect(idsOf(second.entries)).toEqual(rest.slice(50, 100));
});
