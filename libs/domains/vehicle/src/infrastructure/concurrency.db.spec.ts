import { ok } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { Offer } from '../domain/offer';
import { aCar, operator, somebodyWaits, staffOf, vehicleBench } from '../testing';

let bench: Awaited<ReturnType<typeof vehicleBench>>;
beforeAll(async () => {
  bench = await vehicleBench();
}, 60_000);
afterAll(() => bench.close());

const offer = (externalId: string, amount = 1_000_000): Offer => ({
  source: 'mobile',
  externalId,
  url: null,
  auctionUrl: null,
  status: 'active',
  seenAt: bench.clock.now(),
  facts: aCar({ price: { amount, currency: 'EUR' } }),
});

it('of two changes made at once from one version, one wins and the other is told', async () => {
  const created = await bench.create.run({ facts: aCar(), stock: 'shared', status: 'available' }, operator);
  if (!created.ok) throw new Error(created.error.detail);
  const { id } = created.value;
  const change = (year: number) => bench.change.run({ id, expectedVersion: 1, change: (facts) => ({ ...facts, year, productionYear: null }) }, operator);
  const results = await Promise.all([change(2020), change(2019), change(2018)]);
  expect(results.filter(({ ok: done }) => done)).toHaveLength(1);
  expect(results.flatMap((result) => (result.ok ? [] : [result.error.code]))).toEqual(['precondition_failed', 'precondition_failed']);
});

it('whoever waits for a car gets all of it as it was left, what stands beside it too', async () => {
  const created = await bench.create.run({ facts: aCar({ description: 'as it was' }), stock: 'shared', status: 'available' }, operator);
  const id = created.ok ? created.value.id : '';
  const locked = (tx: Tx) => bench.store.lock(tx, [id]).then((cars) => cars.get(id));
  const second = await bench.db.transaction(async (tx) => {
    const car = await locked(tx);
    if (car === undefined) throw new Error('the car is not there');
    const waiting = bench.db.transaction(locked);
    await somebodyWaits(tx);
    await bench.store.save(tx, [{ ...car, version: 2, facts: { ...car.facts, description: 'as it is', images: ['https://example.test/1.jpg'] } }]);
    return { waiting };
  });
  expect(await second.waiting).toMatchObject({ version: 2, facts: { description: 'as it is', images: ['https://example.test/1.jpg'] } });
});

it('two calls with the same new offers create each car once', async () => {
  const offers = Array.from({ length: 60 }, (_none, index) => offer(`same-${index}`));
  const calls = await Promise.all([0, 1, 2, 3].map((turn) => bench.upsert.run((turn % 2 === 0 ? offers : [...offers].reverse()).map((one) => ok(one)), 'shared', operator)));
  const results = calls.flatMap((call) => (call.ok ? call.value.map(({ result }) => result) : []));
  expect(results.filter((result) => result === 'created')).toHaveLength(60);
  expect(results.filter((result) => result === 'unchanged')).toHaveLength(180);
  const [row] = await bench.db.query<{ cars: number; offers: number }>(
    `select count(distinct vehicle_id)::integer as cars, count(*)::integer as offers from vehicle.listings where external_id like 'same-%'`,
  );
  expect(row).toEqual({ cars: 60, offers: 60 });
});

it('a transaction that fails leaves neither car nor event', async () => {
  const before = await counts();
  const broken = { ...offer('broken'), facts: aCar({ location: { ...aCar().location, country: 'Germany' } }) };
  await expect(bench.upsert.run([ok(offer('fine')), ok(broken)], 'shared', operator)).rejects.toThrow(/country/);
  expect(await counts()).toEqual(before);

  async function counts() {
    const [row] = await bench.db.query(
      `select (select count(*) from vehicle.vehicles) v, (select count(*) from vehicle.outbox) o, (select count(*) from vehicle.audit_log) a,
              (select count(*) from vehicle.price_history) h`,
    );
    return row;
  }
});

it('the database itself refuses half a price, half a place and unknown words', async () => {
  const created = await bench.create.run({ facts: aCar(), stock: undefined, status: 'available' }, staffOf('0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02'));
  const id = created.ok ? created.value.id : '';
  for (const change of ['price_currency = null', 'lat = null', `fuel = 'steam'`, `country = 'de'`, 'mileage_km = null', 'version = 0', 'lat = 91']) {
    await expect(bench.db.query(`update vehicle.vehicles set ${change} where id = $1`, [id])).rejects.toMatchObject({ code: '23514' });
  }
});
