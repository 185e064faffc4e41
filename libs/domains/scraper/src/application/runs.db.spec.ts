import { listingCaptured, listingChecked, scrapeCompleted, scrapeFailed } from '@autobroker/contracts';
import { recordEvents } from '@autobroker/platform/testing';
import { type Bench, CarLot, scraperBench, Site } from '../testing';
import type { FetcherName } from './source-plugin';
import { Fetchers, type FetchOutcome, PageFetcher } from './ports';

let site: Site;
let bench: Bench;
let lot: CarLot;
const never = new AbortController().signal;

beforeAll(async () => {
  site = await Site.open();
}, 60_000);
beforeEach(async () => {
  bench = await scraperBench({ addresses: { copart: site.url } });
  lot = new CarLot(site);
  site.requests.length = 0;
});
afterEach(() => bench.close());
afterAll(() => site.close());

const stock = (count: number, price = 10_000): CarLot['cars'] => Array.from({ length: count }, (_, index) => ({ id: `c${String(index).padStart(3, '0')}`, price: price + index }));
const full = { origin: 'schedule', kind: 'full', sources: ['copart'] } as const;
const counts = async (id: string) => (await bench.runs.find(id))?.counts;

it('a full run tells every car once, in order, with what its page says and without who sells it', async () => {
  lot.cars = stock(25);
  const events = await recordEvents(bench.db);
  const id = await bench.start(full);
  expect(await bench.worker().run(id, never)).toBe('done');
  const told = await events.of(listingCaptured);
  expect(told.map(({ data }) => data.external_id).sort()).toEqual(lot.cars.map((car) => car.id));
  expect(told.map(({ data }) => data.seq)).toEqual(Array.from({ length: 25 }, (_, index) => index));
  const first = told[0]?.data;
  expect(first).toMatchObject({ source: 'copart', run_id: id, kind: 'detail', query_id: null, hints: { currency: 'EUR', mileage_unit: 'km' } });
  expect(JSON.stringify(first)).not.toContain('2345678');
  expect(told[0]?.key).toBe(`copart:${first?.external_id ?? ''}`);
  expect(await bench.runs.find(id)).toMatchObject({ state: 'completed', counts: { found: 25, new: 25, captured: 25, failed: {} } });
  expect(await events.of(scrapeCompleted)).toHaveLength(1);
});

it('what stays as it was is told from the list, what has a new price from its page', async () => {
  lot.cars = stock(12);
  await bench.worker().run(await bench.start(full), never);
  site.requests.length = 0;
  lot.cars = lot.cars.map((car, index) => (index === 3 ? { ...car, price: 5_000 } : car));
  const events = await recordEvents(bench.db);
  const id = await bench.start(full);
  await bench.worker().run(id, never);
  expect(site.requests.filter((request) => request.includes('/car/'))).toEqual(['GET /car/c003']);
  expect(await counts(id)).toMatchObject({ found: 12, new: 0, changed: 1, unchanged: 11, captured: 12 });
  const kinds = (await events.of(listingCaptured)).map(({ data }) => data.kind);
  expect(kinds.filter((kind) => kind === 'detail')).toHaveLength(1);
});

it('an incremental run stops where everything is known', async () => {
  lot.cars = stock(60);
  await bench.worker().run(await bench.start(full), never);
  site.requests.length = 0;
  lot.cars = [{ id: 'new1', price: 1 }, ...lot.cars];
  const id = await bench.start({ ...full, kind: 'incremental' });
  await bench.worker().run(id, never);
  // The page with the new car, and the one that shows that the rest is known.
  expect(lot.countOf('/list')).toBe(2);
  expect(await counts(id)).toMatchObject({ new: 1, changed: 0 });
});

it('an incremental run notices new prices on the pages that it reads, and goes on behind them; the daily full run all others', async () => {
  lot.cars = stock(60);
  await bench.worker().run(await bench.start(full), never);
  lot.cars = lot.cars.map((car, index) => (index === 4 || index === 55 ? { ...car, price: 7_000 + index } : car));
  const events = await recordEvents(bench.db);
  await bench.worker().run(await bench.start({ ...full, kind: 'incremental' }), never);
  const priced = async (): Promise<unknown[]> => (await events.of(listingCaptured)).filter(({ data }) => data.kind === 'detail').map(({ data }) => [data.external_id, data.fields.price?.value]);
  expect(await priced()).toEqual([['c004', '7004']]);
  await bench.worker().run(await bench.start(full), never);
  expect(await priced()).toEqual([['c004', '7004'], ['c055', '7055']]);
});

it('cars that the whole list no longer names are looked at: sold, taken off, or only missed', async () => {
  lot.cars = stock(30);
  await bench.worker().run(await bench.start(full), never);
  const events = await recordEvents(bench.db);
  lot.cars = lot.cars.filter(({ id }) => id !== 'c001').map((car) => (car.id === 'c002' ? { ...car, sold: true } : car));
  const id = await bench.start(full);
  bench.clock.advance(86_400_000);
  await bench.worker().run(id, never);
  const checked = (await events.of(listingChecked)).map(({ data }) => [data.external_id, data.status, data.reason]);
  expect(checked.sort()).toEqual([
    ['c001', 'removed', 'missing'],
    ['c002', 'sold', 'missing'],
  ]);
  expect(await counts(id)).toMatchObject({ found: 28, gone: 2 });
  // It is not looked at again, and one that comes back is news.
  lot.cars = [{ id: 'c001', price: 10_001 }, ...lot.cars];
  bench.clock.advance(86_400_000);
  const next = await bench.start(full);
  await bench.worker().run(next, never);
  expect(await counts(next)).toMatchObject({ gone: 0, changed: 1 });
});

it('a list that could not be read to its end takes nothing for missing', async () => {
  lot.cars = stock(30);
  await bench.worker().run(await bench.start(full), never);
  bench.clock.advance(86_400_000);
  const events = await recordEvents(bench.db);
  lot.trouble = (path) => (path === '/list?page=2' ? 404 : null);
  const id = await bench.start(full);
  await bench.worker().run(id, never);
  expect(await bench.runs.find(id)).toMatchObject({ state: 'partial', listComplete: false, counts: { gone: 0, failed: { client_error: 1 } } });
  expect(await events.of(listingChecked)).toEqual([]);
});

it('a car whose page fails is told as the list had it, and the failure is counted', async () => {
  lot.cars = stock(5);
  lot.trouble = (path) => (path === '/car/c002' ? 400 : null);
  const events = await recordEvents(bench.db);
  const id = await bench.start(full);
  await bench.worker().run(id, never);
  const told = await events.of(listingCaptured);
  expect(told.map(({ data }) => [data.external_id, data.kind]).sort()).toEqual([['c000', 'detail'], ['c001', 'detail'], ['c002', 'summary'], ['c003', 'detail'], ['c004', 'detail']]);
  expect(await bench.runs.find(id)).toMatchObject({ state: 'partial', counts: { captured: 5, failed: { client_error: 1 } } });
});

/** Stops as a killed process does: in the middle, and without another word. */
class Dying extends PageFetcher {
  override readonly name = 'direct';
  override readonly batch = 1;
  constructor(
    private readonly real: PageFetcher,
    private left: number,
  ) {
    super();
  }
  override async fetch(...given: Parameters<PageFetcher['fetch']>): Promise<FetchOutcome[]> {
    const outcomes = await this.real.fetch(...given);
    this.left -= 1;
    if (this.left < 0) throw new Error('killed');
    return outcomes;
  }
}
const dyingAfter = (pages: number): Fetchers => {
  const dying = new Dying(bench.direct, pages);
  return new (class extends Fetchers {
    override of(_name: FetcherName | 'replay'): PageFetcher {
      return dying;
    }
    override address = (slug: string) => bench.fetchers.address(slug);
    override isSandbox = (slug: string) => bench.fetchers.isSandbox(slug);
  })();
};

it.each([0, 1, 2, 3, 7, 13, 23])('killed after %i pages, another worker goes on: nothing is lost, doubled or fetched again', async (pages) => {
  lot.cars = stock(21);
  const events = await recordEvents(bench.db);
  const id = await bench.start(full);
  await expect(bench.worker(dyingAfter(pages)).run(id, never)).rejects.toThrow('killed');
  const before = new Set(await doneUrls(id));
  site.requests.length = 0;
  expect(await bench.worker().run(id, never)).toBe('done');
  const told = (await events.of(listingCaptured)).map(({ data }) => data.external_id);
  expect(told.sort()).toEqual(lot.cars.map((car) => car.id));
  for (const request of site.requests) expect(before).not.toContain(request.replace('GET ', ''));
  expect(await counts(id)).toMatchObject({ found: 21, new: 21, captured: 21 });
  expect((await events.of(listingCaptured)).map(({ data }) => data.seq)).toEqual(Array.from({ length: 21 }, (_, index) => index));
});

const doneUrls = async (id: string): Promise<string[]> =>
  (await bench.db.query<{ url: string; external_id: string | null }>(`select url, external_id from scraper.frontier where run_id = $1 and state = 'done'`, [id])).map(({ url, external_id: car }) => (car === null ? url : `/car/${car}`));

it('two workers do not work on one run, and one that has lost it changes nothing any more', async () => {
  lot.cars = stock(5);
  const id = await bench.start(full);
  const held = await bench.runs.lease(id, 'first', 60_000);
  expect(held?.state).toBe('running');
  expect(await bench.worker().run(id, never)).toBe('not_mine');
  await bench.db.query(`update scraper.runs set leased_until = now() - interval '1 second'`);
  expect(await bench.worker().run(id, never)).toBe('done');
  await bench.db.transaction(async (tx) => expect(await bench.runs.lockMine(tx, id, 'first')).toBeNull());
});

it('the full run of a source runs alone, however often it is started', async () => {
  lot.cars = stock(3);
  const ids = await Promise.all([bench.start(full), bench.start(full), bench.start(full)]);
  expect(ids.filter((id) => id !== '')).toHaveLength(1);
});

it('a query gets its captures in order under its id, and then that it is complete', async () => {
  lot.cars = stock(30);
  const queryId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b63';
  const events = await recordEvents(bench.db);
  const id = await bench.start({ origin: 'query', kind: 'query', sources: ['copart'], queryId, maxResults: 12, filters: { makes: ['VW'] } });
  await bench.worker().run(id, never);
  const all = await events.all();
  expect(new Set(all.map(({ key }) => key))).toEqual(new Set([queryId]));
  expect(all.map(({ type }) => type)).toEqual([...Array.from({ length: 12 }, () => listingCaptured.type), scrapeCompleted.type]);
  const [done] = await events.of(scrapeCompleted);
  expect(done?.data).toMatchObject({ query_id: queryId, captured: 12, runs: [{ source: 'copart', outcome: 'completed' }] });
});

it('a query that no source can answer hears why', async () => {
  const queryId = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b64';
  const events = await recordEvents(bench.db);
  await bench.start({ origin: 'query', kind: 'query', sources: [], queryId });
  lot.trouble = () => 403;
  const id = await bench.start({ origin: 'query', kind: 'query', sources: ['copart'], queryId });
  for (let turn = 0; turn < 4; turn += 1) {
    await bench.db.query(`update scraper.frontier set ready_at = '-infinity'`);
    await bench.worker().run(id, never);
  }
  expect((await events.of(scrapeFailed)).map(({ data }) => data.reason)).toEqual(['no_source', 'blocked']);
});

it('a run is read again from what it has kept, without the network', async () => {
  lot.cars = stock(12);
  const id = await bench.start(full);
  await bench.worker().run(id, never);
  site.requests.length = 0;
  const events = await recordEvents(bench.db);
  const replay = await bench.start({ origin: 'staff', kind: 'replay', sources: ['copart'], replayOf: id });
  await bench.worker().run(replay, never);
  expect(site.requests).toEqual([]);
  const told = await events.of(listingCaptured);
  expect(told.map(({ data }) => [data.external_id, data.kind]).sort()).toEqual(lot.cars.map((car) => [car.id, 'detail']));
  expect(await bench.runs.find(replay)).toMatchObject({ state: 'completed' });
});

it('what is kept of a page can’t be read without the key, and is gone after its time', async () => {
  lot.cars = stock(1);
  const id = await bench.start(full);
  await bench.worker().run(id, never);
  const [row] = await bench.db.query<{ id: string; object_key: string }>(`select id, object_key from scraper.captures where kind = 'detail'`);
  const stored = await bench.objects.get(row?.object_key ?? '');
  const bytes: Buffer[] = [];
  for await (const part of stored?.stream ?? []) bytes.push(Buffer.from(part));
  expect(Buffer.concat(bytes).includes('c000')).toBe(false);
  const capture = await bench.captures.find(row?.id ?? '');
  expect(capture === null ? null : (await bench.captures.read(capture))?.body.toString()).toContain('c000');
  expect(await bench.captures.removeExpired(new Date(bench.clock.now().getTime() + 29 * 86_400_000), 100)).toBe(0);
  // A process died between the file and its row.
  const lost = await bench.captures.keep({ url: 'https://cars.example/1', status: 200, contentType: 'text/html', body: Buffer.from('x') }, { runId: id, source: 'copart', requestKey: 'x', kind: 'detail', externalId: 'c1' });
  const later = new Date(bench.clock.now().getTime() + 32 * 86_400_000);
  expect([await bench.captures.removeStray('copart', bench.clock.now()), await bench.captures.removeStray('copart', later)]).toEqual([0, 1]);
  expect([await bench.objects.head(lost.objectKey), await bench.captures.removeStray('copart', later)]).toEqual([null, 0]);
  expect(await bench.captures.removeExpired(later, 100)).toBe(2);
  expect(await bench.objects.head(row?.object_key ?? '')).toBeNull();
});

it('a run that is called off ends where it is', async () => {
  lot.cars = stock(30);
  const id = await bench.start(full);
  await bench.db.query('update scraper.runs set cancel_requested = true where id = $1', [id]);
  await bench.worker().run(id, never);
  expect(await bench.runs.find(id)).toMatchObject({ state: 'cancelled' });
  expect((await bench.frontier.progress(id)).lists.waiting).toBe(0);
});
