import type { Tx } from '@autobroker/platform/database';
import { marketBench, type MarketBench, uuidOf } from '../../testing/market-bench';
import { SqlRevaluations } from '../revaluations';
import { SqlOpportunityStore } from './opportunity-store';

let bench: MarketBench;
let store: SqlOpportunityStore;
beforeAll(async () => {
  bench = await marketBench();
  store = new SqlOpportunityStore(bench.db);
}, 60_000);
afterEach(() => bench.db.query('delete from pricing.opportunity_queue; delete from pricing.revaluations'));
afterAll(() => bench.close());

const [first, second, third] = [uuidOf(1), uuidOf(2), uuidOf(3)];
const minute = 60_000;
const inMinutes = (minutes: number) => new Date(bench.clock.now().getTime() + minutes * minute);
const noteBy = (by: Date, ...ids: string[]) => bench.db.transaction((tx) => store.note(tx, ids, by));
const note = (...ids: string[]) => noteBy(bench.clock.now(), ...ids);
const waiting = () => bench.db.transaction((tx) => store.take(tx, 10, bench.clock.now()));

async function somebodyWaits(tx: Tx): Promise<void> {
  for (;;) {
    const [row] = await tx.query<{ n: number }>('select count(*)::integer as n from pg_locks l where not l.granted and pg_backend_pid() = any(pg_blocking_pids(l.pid))');
    if ((row?.n ?? 0) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('a car that waits already keeps its place, and waits once', async () => {
  await note(first);
  bench.clock.advance(1_000);
  await note(second, first);
  expect(await waiting()).toEqual([first, second]);
});

it('a car that is valued again while it is looked at is looked at again', async () => {
  await note(first, second);
  const looked = await bench.db.transaction(async (tx) => {
    expect(await store.take(tx, 10, bench.clock.now())).toEqual([first, second]);
    // Its old valuation has been read by now.
    const noted = note(first);
    await Promise.race([noted, somebodyWaits(tx)]);
    await store.done(tx, [first, second]);
    return { noted };
  });
  await looked.noted;
  expect(await waiting()).toEqual([first]);
});

it('who has time comes after those who have none, and at once when it has none any more', async () => {
  await noteBy(inMinutes(15), first, third);
  bench.clock.advance(minute);
  await note(second);
  expect(await waiting()).toEqual([second, first, third]);
  await note(third);
  expect(await waiting()).toEqual([second, third, first]);
  await noteBy(inMinutes(15), second);
  expect(await waiting()).toEqual([second, third, first]);
});

describe('while the catalogue is valued anew', () => {
  let revaluations: SqlRevaluations;
  const nightly = { id: 'nightly', attempt: uuidOf(901) };
  beforeEach(async () => {
    revaluations = new SqlRevaluations(bench.db);
    await revaluations.begin(nightly, bench.clock.now());
    await noteBy(inMinutes(15), first);
    await note(second);
  });
  const reached = () => bench.db.transaction((tx) => revaluations.reached(tx, nightly, { after: first, valued: 250, changed: 1 }, bench.clock.now()));

  it('only cars that have no time are looked at, and all of them once it is over', async () => {
    expect(await waiting()).toEqual([second]);
    await bench.db.transaction((tx) => revaluations.over(tx, nightly));
    expect(await waiting()).toEqual([second, first]);
  });

  it('nobody waits for one that has died', async () => {
    bench.clock.advance(minute);
    expect(await waiting()).toEqual([second, first]);
    await reached();
    expect(await waiting()).toEqual([second]);
  });

  it('nobody waits for longer than a car has time', async () => {
    bench.clock.advance(16 * minute);
    await reached();
    expect(await waiting()).toEqual([second, first]);
  });
});

describe('a valuing of the catalogue', () => {
  let revaluations: SqlRevaluations;
  const start = { after: null, valued: 0, changed: 0 };
  const place = { after: second, valued: 500, changed: 7 };
  const begin = (id: string, attempt = uuidOf(901)) => revaluations.begin({ id, attempt }, bench.clock.now());
  const reached = (id: string, attempt = uuidOf(901)) => bench.db.transaction((tx) => revaluations.reached(tx, { id, attempt }, place, bench.clock.now()));
  beforeEach(() => {
    revaluations = new SqlRevaluations(bench.db);
  });

  it('that has died is gone on with, unless that was long ago', async () => {
    expect(await begin('asked')).toEqual(start);
    expect(await reached('asked')).toBe(true);
    bench.clock.advance(10 * minute);
    expect(await begin('asked')).toEqual(place);
    bench.clock.advance(61 * minute);
    expect(await begin('asked')).toEqual(start);
  });

  it('gives way to the next one', async () => {
    await begin('asked');
    expect(await begin('model')).toEqual(start);
    expect([await reached('asked'), await reached('model')]).toEqual([false, true]);
    expect(await begin('asked')).toEqual(start);
  });

  it('that begins at the same moment as another is the only one all the same', async () => {
    await begin('nightly');
    const { begun } = await bench.db.transaction(async (tx) => {
      // Both are under way before either can go on.
      await tx.query('select 1 from pricing.revaluations for update');
      const both = Promise.all([begin('model', uuidOf(902)), begin('asked', uuidOf(903))]);
      for (let waits = 0; waits < 2; ) waits = await waitingSessions(tx);
      return { begun: both };
    });
    expect(await begun).toEqual([start, start]);
    expect((await Promise.all([reached('nightly'), reached('model', uuidOf(902)), reached('asked', uuidOf(903))])).filter(Boolean)).toHaveLength(1);
  });

  it('that is begun a second time, while the first attempt was only taken for dead, goes on alone', async () => {
    await begin('nightly', uuidOf(902));
    expect(await reached('nightly', uuidOf(902))).toBe(true);
    expect(await begin('nightly', uuidOf(903))).toEqual(place);
    expect([await reached('nightly', uuidOf(902)), await reached('nightly', uuidOf(903))]).toEqual([false, true]);
    await bench.db.transaction((tx) => revaluations.over(tx, { id: 'nightly', attempt: uuidOf(902) }));
    expect(await reached('nightly', uuidOf(903))).toBe(true);
  });
});

const waitingSessions = async (tx: Tx): Promise<number> =>
  (await tx.query<{ n: number }>(`select count(distinct w.pid)::integer as n from pg_locks w where not w.granted
     and exists (select 1 from pg_locks o where o.pid = w.pid and o.database = (select oid from pg_database where datname = current_database()))`))[0]?.n ?? 0;
