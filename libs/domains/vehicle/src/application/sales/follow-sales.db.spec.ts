import { vehicleDelisted, vehicleListed, vehicleOffersMoved, vehicleUpdated } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { recordEvents } from '@autobroker/platform/testing';
import type { SaleState } from '../../domain/sale-status';
import { operator, somebodyWaits, vehicleBench } from '../../testing';
import { captured } from '../ingest/a-capture';
import type { News } from '../ingest/ingest-listings';

let bench: Awaited<ReturnType<typeof vehicleBench>>;
beforeAll(async () => {
  bench = await vehicleBench();
}, 60_000);
beforeEach(async () => {
  await bench.db.query('delete from vehicle.vehicles');
  for (const table of ['sale_holds', 'vehicle_merges', 'audit_log']) await bench.db.query(`delete from vehicle.${table}`);
});
afterAll(() => bench.close());

const now = (): Date => bench.clock.now();
const take = (...news: News[]) => bench.db.transaction((tx) => bench.ingest.run(tx, null, news, now()));
const says = (status: 'active' | 'removed' | 'sold') => take({ kind: 'checked', checked: { source: 'mobile-de', externalId: 'a', url: null, status, price: null, checkedAt: new Date(bench.clock.advance(1_000)) } });
const hear = (orderId: string, vehicleId: string, version: number, state: SaleState, listingId: string | null = null) => bench.db.transaction((tx) => bench.sales.run(tx, { orderId, vehicleId, listingId, version, state, at: now() }));
const car = async (): Promise<{ id: string; status: string; version: number }> => {
  const [row] = await bench.db.query<{ id: string; status: string; version: number }>('select id, status, version from vehicle.vehicles');
  if (row === undefined) throw new Error('there is no car');
  return row;
};
const status = async () => (await car()).status;

async function listed(): Promise<string> {
  await take(captured('mobile-de', 'a', new Date(now().getTime() - 3_600_000)));
  return (await car()).id;
}

it('a car is held by its order, and free when the order comes to nothing: both are told and on record', async () => {
  const id = await listed();
  const order = uuidv7();
  const events = await recordEvents(bench.db);
  await hear(order, id, 2, 'holds');
  expect(await status()).toBe('reserved');
  await hear(order, id, 3, 'over');
  expect(await status()).toBe('available');
  expect((await events.of(vehicleUpdated)).map(({ data }) => data.facts.status)).toEqual(['reserved', 'available']);
  expect(await events.of(vehicleListed)).toEqual([]);
  expect(await bench.db.query(`select actor_id, reason from vehicle.audit_log where object_id = $1 and action = 'vehicle.status_changed'`, [id])).toEqual(Array.from({ length: 2 }, () => ({ actor_id: 'vehicle.follow-sales', reason: `order ${order}` })));
});

it('a car that is sold leaves the market, and its order’s end can be undone', async () => {
  const id = await listed();
  const order = uuidv7();
  const events = await recordEvents(bench.db);
  await hear(order, id, 2, 'holds');
  await hear(order, id, 9, 'sold');
  expect(await status()).toBe('sold');
  expect(await events.of(vehicleDelisted)).toMatchObject([{ data: { reason: 'sold' } }]);
  await hear(order, id, 11, 'over');
  expect(await status()).toBe('available');
});

it('a car that was sold, is offered anew and is ordered again follows its new order, and its old one has no say any more', async () => {
  const id = await listed();
  const [old, latest] = [uuidv7(), uuidv7()];
  await hear(old, id, 2, 'holds');
  await hear(old, id, 9, 'sold');
  await says('removed');
  await says('active');
  expect(await status()).toBe('available');
  await hear(latest, id, 2, 'holds');
  expect(await status()).toBe('reserved');
  await hear(old, id, 11, 'over');
  expect(await status()).toBe('reserved');
  await hear(latest, id, 3, 'over');
  expect(await status()).toBe('available');
});

it('what was heard before, twice or late changes nothing; another order’s end frees nobody’s car', async () => {
  const id = await listed();
  const [first, second, never] = [uuidv7(), uuidv7(), uuidv7()];
  await hear(first, id, 2, 'holds');
  // The next buyer's hold arrives before the first one's end.
  await hear(second, id, 2, 'holds');
  await hear(first, id, 3, 'over');
  await hear(never, id, 2, 'over');
  expect(await status()).toBe('reserved');
  const { version } = await car();
  await hear(second, id, 2, 'holds');
  await hear(first, id, 2, 'holds');
  expect((await car()).version).toBe(version);
  await hear(second, id, 5, 'over');
  await hear(second, id, 4, 'holds');
  expect(await status()).toBe('available');
});

it('no source makes a held car free, gone or sold; afterwards it is what its offers say', async () => {
  const id = await listed();
  const order = uuidv7();
  await hear(order, id, 2, 'holds');
  await says('removed');
  expect(await status()).toBe('reserved');
  await says('active');
  expect(await status()).toBe('reserved');
  await says('removed');
  await hear(order, id, 3, 'over');
  expect(await status()).toBe('withdrawn');
});

it('no hand frees it but the order’s', async () => {
  const id = await listed();
  const order = uuidv7();
  await hear(order, id, 2, 'holds');
  const change = () => bench.status.run({ id, to: 'available', reason: null, expectedVersion: undefined }, operator);
  expect(await change()).toMatchObject({ ok: false, error: { code: 'transition_not_allowed' } });
  await bench.db.query(`update vehicle.sale_holds set state = 'over' where order_id = $1`, [order]);
  expect((await change()).ok).toBe(true);
});

it('news of the source that arrive while the hold is being written see it', async () => {
  const id = await listed();
  const order = uuidv7();
  let go: () => void = () => undefined;
  const waits = new Promise<void>((resolve) => (go = resolve));
  const holding = bench.db.transaction(async (tx) => {
    await bench.sales.run(tx, { orderId: order, vehicleId: id, listingId: null, version: 2, state: 'holds', at: now() });
    await waits;
  });
  const gone = says('removed');
  // Somebody in this database: other specs wait on the same server.
  const waiting = 'select 1 from pg_locks w where not w.granted and w.transactionid is not null and exists (select 1 from pg_locks o where o.pid = w.pid and o.database = (select oid from pg_database where datname = current_database()))';
  while ((await bench.db.query(waiting)).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  go();
  await Promise.all([holding, gone]);
  expect(await status()).toBe('reserved');
});

/** Two cars at two sources that nobody takes for one. */
async function twoCars(): Promise<readonly [string, string]> {
  const other = { city: 'Hamburg', postal_code: '20095', mileage: '91.004 km', color: 'rot', trim: 'Trendline', title: 'VW Golf Trendline', power: '81 kW' };
  const at = new Date(now().getTime() - 3_600_000);
  const taken = await take(captured('mobile-de', 'a', at), captured('gumtree', 'b', at, other));
  const [one, two] = taken.map((each) => (each.result === 'created' ? each.vehicleId : ''));
  return [one ?? '', two ?? ''];
}
const merged = async (into: string, from: string): Promise<string> => {
  const merge = await bench.reorganise.merge(into, from, 'seen in the yard', operator);
  if (!merge.ok) throw new Error(merge.error.detail);
  return merge.value.id;
};
const statusOf = async (id: string) => (await bench.db.query<{ status: string }>('select status from vehicle.vehicles where id = $1 and deleted_at is null', [id]))[0]?.status ?? null;
const heldTwice = () => bench.db.query(`select object_id from vehicle.audit_log where action = 'vehicle.held_twice'`);

it('an order of a car that was put together with another meanwhile holds that one', async () => {
  const [one, two] = await twoCars();
  const order = uuidv7();
  await merged(one, two);
  await hear(order, two, 2, 'holds');
  expect(await statusOf(one)).toBe('reserved');
  await hear(order, two, 3, 'over');
  expect(await statusOf(one)).toBe('available');
});

it('when the merge is taken back, the order’s own car is held and the other is free', async () => {
  const [one, two] = await twoCars();
  const order = uuidv7();
  const merge = await merged(one, two);
  await hear(order, two, 2, 'holds');
  expect((await bench.reorganise.revert(merge, operator)).ok).toBe(true);
  expect([await statusOf(one), await statusOf(two)]).toEqual(['available', 'reserved']);
  await hear(order, two, 3, 'sold');
  expect([await statusOf(one), await statusOf(two)]).toEqual(['available', 'sold']);
});

it('a sale goes where its car goes: sold stays sold, and its undoing is heard there', async () => {
  const [one, two] = await twoCars();
  const order = uuidv7();
  await hear(order, two, 2, 'holds');
  await hear(order, two, 9, 'sold');
  await merged(one, two);
  expect(await statusOf(one)).toBe('sold');
  await hear(order, two, 11, 'over');
  expect(await statusOf(one)).toBe('available');
});

it('two orders of what turns out to be one car both hold it, until people have said which is right; taken apart, each holds its own', async () => {
  const [one, two] = await twoCars();
  const [first, second] = [uuidv7(), uuidv7()];
  const merge = await merged(one, two);
  await hear(first, one, 2, 'holds');
  expect(await heldTwice()).toEqual([]);
  await hear(second, two, 2, 'holds');
  expect(await heldTwice()).toEqual([{ object_id: one }]);
  await hear(first, one, 3, 'over');
  expect(await statusOf(one)).toBe('reserved');
  expect((await bench.reorganise.revert(merge, operator)).ok).toBe(true);
  expect([await statusOf(one), await statusOf(two)]).toEqual(['available', 'reserved']);
});

it('a car that an order holds is neither put into another nor deleted, whatever its sources say of it', async () => {
  const [one, two] = await twoCars();
  await take({ kind: 'checked', checked: { source: 'gumtree', externalId: 'b', url: null, status: 'removed', price: null, checkedAt: now() } });
  await hear(uuidv7(), two, 2, 'holds');
  expect(await statusOf(two)).toBe('withdrawn');
  expect(await bench.reorganise.merge(one, two, 'seen in the yard', operator)).toMatchObject({ ok: false, error: { code: 'vehicle_unavailable' } });
  expect(await bench.remove.run(two, undefined, operator)).toMatchObject({ ok: false, error: { code: 'transition_not_allowed' } });
});

it('a car that waits for its hold while it is being put into another is held there', async () => {
  const [one, two] = await twoCars();
  const order = uuidv7();
  const heard = await bench.db.transaction(async (tx) => {
    await bench.store.lock(tx, [one, two]);
    const hearing = hear(order, two, 2, 'holds');
    await somebodyWaits(tx);
    await tx.query('update vehicle.listings set vehicle_id = $1 where vehicle_id = $2', [one, two]);
    await tx.query('update vehicle.vehicles set deleted_at = now() where id = $1', [two]);
    await bench.matches.merged(tx, [{ id: uuidv7(), kind: 'merge', ownerTenantId: null, fromVehicleId: two, toVehicleId: one, listingIds: [], mediaIds: [], reason: null, by: operator.actor, at: now(), revertedAt: null }]);
    return { hearing };
  });
  await heard.hearing;
  expect(await statusOf(one)).toBe('reserved');
});

const somebody = { ...operator, actor: { kind: 'user' as const, id: uuidv7() } };
const offerOf = async (externalId: string): Promise<string> => (await bench.db.query<{ id: string }>('select id from vehicle.listings where external_id = $1', [externalId]))[0]?.id ?? '';
async function split(vehicleId: string, listingId: string): Promise<{ readonly id: string; readonly car: string }> {
  const done = await bench.reorganise.split(vehicleId, listingId, 'two cars of a fleet', somebody);
  if (!done.ok) throw new Error(done.error.detail);
  return { id: done.value.id, car: done.value.toVehicleId };
}

it('an offer that staff give a car of its own takes its order along, and brings it back when that is taken back', async () => {
  const [one, two] = await twoCars();
  await merged(one, two);
  const [order, offer] = [uuidv7(), await offerOf('b')];
  await hear(order, one, 2, 'holds', offer);
  const { id, car: parted } = await split(one, offer);
  expect([await statusOf(one), await statusOf(parted)]).toEqual(['available', 'reserved']);
  expect((await bench.reorganise.revert(id, somebody)).ok).toBe(true);
  expect([await statusOf(one), await statusOf(parted)]).toEqual(['reserved', null]);
  await hear(order, one, 3, 'over', offer);
  expect(await statusOf(one)).toBe('available');
});

it('an order that is heard of late holds the car that its offer was given meanwhile', async () => {
  const [one, two] = await twoCars();
  await merged(one, two);
  const [first, second, offer] = [uuidv7(), uuidv7(), await offerOf('b')];
  const { car: parted } = await split(one, offer);
  // One was placed when both were one car, the other when the offer had still its first one.
  await hear(first, one, 2, 'holds', offer);
  expect([await statusOf(one), await statusOf(parted)]).toEqual(['available', 'reserved']);
  await hear(first, one, 3, 'over', offer);
  await hear(second, two, 2, 'holds', offer);
  expect([await statusOf(one), await statusOf(parted)]).toEqual(['available', 'reserved']);
});

it('where offers go is told, so that orders can name their cars: put together, given a car of their own, and taken back', async () => {
  const [one, two] = await twoCars();
  const events = await recordEvents(bench.db);
  const told = async () => (await events.of(vehicleOffersMoved)).map(({ data }) => [data.from_vehicle_id, data.vehicle_id, data.listing_ids, data.whole]);
  const offer = await offerOf('b');
  const merge = await merged(one, two);
  expect((await bench.reorganise.revert(merge, somebody)).ok).toBe(true);
  await merged(one, two);
  const { id, car: parted } = await split(one, offer);
  expect((await bench.reorganise.revert(id, somebody)).ok).toBe(true);
  expect(await told()).toEqual([
    [two, one, [offer], true],
    [one, two, [offer], false],
    [two, one, [offer], true],
    [one, parted, [offer], false],
    [parted, one, [offer], true],
  ]);
});
