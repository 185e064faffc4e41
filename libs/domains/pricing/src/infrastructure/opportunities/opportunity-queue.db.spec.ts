import type { Tx } from '@autobroker/platform/database';
import { marketBench, type MarketBench, uuidOf } from '../../testing/market-bench';
import { SqlOpportunityStore } from './opportunity-store';

let bench: MarketBench;
let store: SqlOpportunityStore;
beforeAll(async () => {
  bench = await marketBench();
  store = new SqlOpportunityStore(bench.db);
}, 60_000);
afterEach(() => bench.db.query('delete from pricing.opportunity_queue'));
afterAll(() => bench.close());

const [first, second] = [uuidOf(1), uuidOf(2)];
const note = (...ids: string[]) => bench.db.transaction((tx) => store.note(tx, ids, bench.clock.now()));
const waiting = () => bench.db.transaction((tx) => store.take(tx, 10));

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
    expect(await store.take(tx, 10)).toEqual([first, second]);
    // Its old valuation has been read by now.
    const noted = note(first);
    await Promise.race([noted, somebodyWaits(tx)]);
    await store.done(tx, [first, second]);
    return { noted };
  });
  await looked.noted;
  expect(await waiting()).toEqual([first]);
});
