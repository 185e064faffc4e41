import { uuidv7 } from '@autobroker/kernel';
import { operator, somebodyWaits, vehicleBench } from '../../testing';
import { captured } from './a-capture';
import type { News } from './ingest-listings';
import { sourceLocks } from './take-in';

let bench: Awaited<ReturnType<typeof vehicleBench>>;
beforeAll(async () => {
  bench = await vehicleBench();
}, 60_000);
beforeEach(async () => {
  await bench.db.query('delete from vehicle.vehicles');
  await bench.db.query('delete from vehicle.quarantine');
});
afterAll(() => bench.close());

const ago = (hours: number): Date => new Date(bench.clock.now().getTime() - hours * 3_600_000);
const carOf = (externalId: string) => bench.db.query<{ vehicle_id: string }>('select vehicle_id from vehicle.listings where external_id = $1', [externalId]).then(([row]) => row?.vehicle_id ?? '');
const take = (...news: News[]) => bench.db.transaction((tx) => bench.ingest.run(tx, null, news, bench.clock.now()));
const sold = (): News => ({ kind: 'checked', checked: { source: 'mobile-de', externalId: 'a', url: null, status: 'sold', price: null, checkedAt: ago(0) } });
const elsewhere = { city: 'Hamburg', postal_code: '20095', mileage: '91.004 km', color: 'rot', trim: 'Trendline', title: 'VW Golf Trendline', power: '81 kW' };

/** What a second transaction does while the first has taken something in and has not committed. */
async function meanwhile<T>(first: News[], second: () => Promise<T>): Promise<{ readonly after: Promise<T> }> {
  return bench.db.transaction(async (tx) => {
    await bench.ingest.run(tx, null, first, bench.clock.now());
    const after = second();
    await Promise.race([somebodyWaits(tx), after]);
    return { after };
  });
}

it('one VIN under two makes in two batches at once is one car', async () => {
  const opel = { vin: 'W0L0XEP68G4123456', make: 'Opel', model: 'Corsa', title: 'Opel Corsa', trim: undefined };
  const { after } = await meanwhile([captured('mobile-de', 'a', ago(2), opel)], () => take(captured('gumtree', 'b', ago(1), { ...opel, make: 'Vauxhall', title: 'Vauxhall Corsa' })));
  await after;
  expect(await bench.db.query('select make_key from vehicle.listing_details order by 1')).toEqual([{ make_key: 'opel' }, { make_key: 'vauxhall' }]);
  expect(await bench.db.query('select sources from vehicle.vehicles')).toEqual([{ sources: ['gumtree', 'mobile-de'] }]);
});

it('who names no VIN does not wait for who does', async () => {
  const taken = await bench.db.transaction(async (tx) => {
    await bench.ingest.run(tx, null, [captured('mobile-de', 'a', ago(2), { vin: 'WVWZZZAUZHW123456' })], bench.clock.now());
    return take(captured('gumtree', 'b', ago(1), { make: 'Opel', model: 'Corsa', title: 'Opel Corsa', trim: undefined }));
  });
  expect(taken).toMatchObject([{ result: 'created' }]);
});

it('an offer that is put to another car while news of it waits for the first one is found there', async () => {
  await take(captured('mobile-de', 'a', ago(5)), captured('gumtree', 'b', ago(5), elsewhere));
  const [first, second] = [await carOf('a'), await carOf('b')];
  expect(first).not.toBe(second);
  const heard = await bench.db.transaction(async (tx) => {
    await tx.query('select 1 from vehicle.vehicles where id = $1 for update', [first]);
    const looked = take(sold());
    await somebodyWaits(tx);
    await tx.query(`delete from vehicle.listings where external_id = 'b'`);
    await tx.query('update vehicle.listings set vehicle_id = $2 where vehicle_id = $1', [first, second]);
    await tx.query('update vehicle.vehicles set deleted_at = now() where id = $1', [first]);
    return { looked };
  });
  expect(await heard.looked).toMatchObject([{ result: 'updated', vehicleId: second }]);
  expect(await bench.db.query('select status from vehicle.listings where external_id = $1', ['a'])).toEqual([{ status: 'sold' }]);
});

it('whoever tries the quarantine again does not stand in the way of what is captured meanwhile', async () => {
  await take(captured('mobile-de', 'w', ago(5), { year: undefined }));
  const again = await bench.db.transaction(async (tx) => {
    // As somebody who takes in: the source first, and its waiting listing at the end.
    await bench.listings.lock(tx, sourceLocks([{ ownerTenantId: null, source: 'mobile-de' }]));
    const tried = bench.reprocess.all({}, operator);
    await somebodyWaits(tx);
    const free = await tx.query(`select id from vehicle.quarantine where state = 'waiting' for update skip locked`);
    return { tried, free: free.length };
  });
  expect(again.free).toBe(1);
  expect(await again.tried).toMatchObject({ tried: 1, accepted: 0, waiting: 1 });
});

it('an offer that is seen again while it is being given up for unseen stays on offer', async () => {
  await take(captured('mobile-de', 'a', ago(24 * 60)));
  const night = await bench.db.transaction(async (tx) => {
    await bench.listings.lock(tx, sourceLocks([{ ownerTenantId: null, source: 'mobile-de' }]));
    const kept = bench.housekeeping.run(bench.clock.now());
    await somebodyWaits(tx);
    await tx.query('update vehicle.listings set last_seen_at = $1', [bench.clock.now()]);
    return { kept };
  });
  await night.kept;
  expect(await bench.db.query('select status from vehicle.listings')).toEqual([{ status: 'active' }]);
});

it('a new offer whose car is put into another while it waits for that car goes there, too', async () => {
  await take(captured('mobile-de', 'a', ago(5)), captured('gumtree', 'b', ago(5), elsewhere));
  const [first, second] = [await carOf('a'), await carOf('b')];
  const heard = await bench.db.transaction(async (tx) => {
    await tx.query('select 1 from vehicle.vehicles where id = $1 for update', [first]);
    const found = take(captured('autoscout24', 'c', ago(1)));
    await somebodyWaits(tx);
    await tx.query(`delete from vehicle.listings where external_id = 'b'`);
    await tx.query('update vehicle.listings set vehicle_id = $2 where vehicle_id = $1', [first, second]);
    await tx.query('update vehicle.vehicles set deleted_at = now() where id = $1', [first]);
    return { found };
  });
  expect(await heard.found).toMatchObject([{ result: 'updated', vehicleId: second }]);
});

it('what waits for such a car is not tried again while somebody works on its source, but with the next one', async () => {
  const waiting = () => bench.db.query('select state, attempts from vehicle.quarantine');
  await take(captured('gumtree', 'w', ago(5), { year: undefined }));
  await bench.db.transaction(async (tx) => {
    await bench.listings.lock(tx, sourceLocks([{ ownerTenantId: null, source: 'gumtree' }]));
    await take(captured('mobile-de', 'a', ago(4), elsewhere));
  });
  expect(await waiting()).toEqual([{ state: 'waiting', attempts: 1 }]);
  await take(captured('mobile-de', 'c', ago(3), { ...elsewhere, mileage: '71.000 km', city: 'Berlin', postal_code: '10115' }));
  expect(await waiting()).not.toEqual([{ state: 'waiting', attempts: 1 }]);
});

it('an ended offer that is offered anew while it is being put away stays where it is', async () => {
  await take(captured('mobile-de', 'a', ago(5)));
  await bench.db.query(`update vehicle.listings set status = 'sold', last_seen_at = $1`, [ago(24 * 3_000)]);
  const night = await bench.db.transaction(async (tx) => {
    await bench.listings.lock(tx, sourceLocks([{ ownerTenantId: null, source: 'mobile-de' }]));
    const kept = bench.housekeeping.run(bench.clock.now());
    await Promise.race([somebodyWaits(tx), kept]);
    await tx.query(`update vehicle.listings set status = 'active', last_seen_at = $1`, [bench.clock.now()]);
    return { kept };
  });
  expect(await night.kept).toMatchObject({ archivedListings: 1 });
  expect(await bench.db.query('select status from vehicle.listings')).toEqual([{ status: 'active' }]);
});

it('what was asked earlier and is heard late stands in the history of the car that its offer goes to in the same breath', async () => {
  const vin = 'W0L0XEP68G4123456';
  await take(captured('mobile-de', 'a', ago(5), { vin }));
  bench.clock.advance(1_000);
  await take(captured('gumtree', 'b', ago(5), elsewhere));
  const first = await carOf('a');
  await take(captured('gumtree', 'b', ago(9), { ...elsewhere, price: '21.500 €' }), captured('gumtree', 'b', ago(1), { ...elsewhere, vin }));
  expect(await carOf('b')).toBe(first);
  const history = await bench.db.query<{ vehicle_id: string }>(`select h.vehicle_id from vehicle.price_history h join vehicle.listings l on l.id = h.listing_id where l.external_id = 'b'`);
  expect(history.length).toBeGreaterThan(1);
  expect(new Set(history.map((row) => row.vehicle_id))).toEqual(new Set([first]));
});

it('a batch of several owners’ offers begins with what is shared, in whatever order they came', async () => {
  const tenant = uuidv7();
  const offers: [string | null, News[]][] = [[tenant, [captured('mobile-de', 'p', ago(1))]], [null, [captured('mobile-de', 'a', ago(1))]]];
  const both = await bench.db.transaction(async (tx) => {
    await bench.listings.lock(tx, sourceLocks([{ ownerTenantId: null, source: 'mobile-de' }]));
    const taken = bench.db.transaction((other) => bench.ingest.ofOwners(other, new Map(offers), bench.clock.now()));
    await somebodyWaits(tx);
    const free = await bench.listings.tryLock(tx, [`vehicle.match/${tenant}/volkswagen`]);
    return { taken, free: free.size };
  });
  await both.taken;
  expect(both.free).toBe(1);
  expect(await bench.db.query('select count(*)::integer as cars, count(tenant_id)::integer as private from vehicle.vehicles')).toEqual([{ cars: 2, private: 1 }]);
});

it('an offer that was taken in by the rules of another time ends when a look finds it gone', async () => {
  await take(captured('mobile-de', 'a', ago(5)));
  await bench.db.query(`update vehicle.listing_details set facts = facts || '{"fuel": "electric", "engineDisplacementCc": 1984}'`);
  expect(await take(sold())).toMatchObject([{ result: 'updated' }]);
  expect(await bench.db.query('select status from vehicle.vehicles')).toEqual([{ status: 'sold' }]);
});
