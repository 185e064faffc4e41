import { listingCaptured } from '@autobroker/contracts';
import { recordEvents } from '@autobroker/platform/testing';
import { type Bench, CarLot, scraperBench, Site } from '../testing';
import { Backlog } from './ports';
import { workRunJob } from './jobs';

class Queue extends Backlog {
  waiting: number | null = 0;
  override size(): Promise<number | null> {
    return Promise.resolve(this.waiting);
  }
}

const never = new AbortController().signal;
const backlog = new Queue();
let site: Site;
let bench: Bench;

beforeAll(async () => {
  site = await Site.open();
  bench = await scraperBench({ addresses: { copart: site.url }, backlog, config: { maxBacklog: 1_000 } });
}, 60_000);
afterAll(async () => {
  await bench.close();
  await site.close();
});

it('while those who hear of listings are behind, runs wait and ask the sources nothing; then they go on where they were', async () => {
  const lot = new CarLot(site);
  lot.cars = Array.from({ length: 30 }, (_, index) => ({ id: `c${index}`, price: 1_000 + index }));
  const events = await recordEvents(bench.db);
  const id = await bench.start({ origin: 'schedule', kind: 'full', sources: ['copart'] });
  bench.jobs.clear();
  backlog.waiting = 1_001;
  expect(await bench.worker().run(id, never)).toBe('handed_on');
  expect(site.requests).toEqual([]);
  const [again] = bench.jobs.all();
  expect(again).toMatchObject({ job: workRunJob.name, data: { run_id: id }, options: { delayMs: 15_000 } });
  // The next turn is another job than this one, or it would be taken for a repeat of it.
  expect(again?.id).not.toBe(`${id}.0`);
  expect(await bench.runs.find(id)).toMatchObject({ state: 'running' });
  // As many as may wait are no reason to.
  backlog.waiting = 1_000;
  expect(await bench.worker().run(id, never)).toBe('done');
  expect((await events.of(listingCaptured)).map(({ data }) => data.external_id).sort()).toEqual(lot.cars.map((car) => car.id).sort());
});
