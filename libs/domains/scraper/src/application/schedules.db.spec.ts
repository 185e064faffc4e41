import { sourceDegraded, sourceRecovered } from '@autobroker/contracts';
import { recordEvents } from '@autobroker/platform/testing';
import { type Bench, CarLot, carLotPlugin, scraperBench, Site } from '../testing';
import { HearRequests } from './hear-requests';
import { sweepJob } from './jobs';
import type { SourcePlugin } from './source-plugin';
import { RescueRuns } from './sweep-schedules';

let site: Site;
let bench: Bench;
let lot: CarLot;
const never = new AbortController().signal;
const hour = 3_600_000;

beforeAll(async () => {
  site = await Site.open();
}, 60_000);
beforeEach(async () => {
  bench = await scraperBench({ addresses: { copart: site.url } });
  lot = new CarLot(site);
  lot.cars = [{ id: 'a', price: 1_000 }];
});
afterEach(() => bench.close());
afterAll(() => site.close());

const open = () => bench.db.query<{ id: string; kind: string; search_id: string | null }>(`select id, kind, search_id from scraper.runs where state in ('queued', 'running') order by requested_at`);
const sweepsAsked = (): number => bench.jobs.all().filter(({ job }) => job === sweepJob.name).length;
const workAll = async (): Promise<void> => {
  for (const { id } of await open()) {
    for (let turn = 0; turn < 6; turn += 1) {
      await bench.db.query(`update scraper.frontier set ready_at = '-infinity' where ready_at > now()`);
      if ((await bench.worker().run(id, never)) === 'done') break;
    }
  }
};

describe('schedules', () => {
  it('a new source is due at once, then by its cron; a full list a day, and in between what is new', async () => {
    const kinds: string[] = [];
    for (const hours of [0, 1, 6, 6, 6, 6]) {
      bench.clock.advance(hours * hour);
      await bench.sweep.run();
      kinds.push(...(await open()).map(({ kind }) => kind));
      await workAll();
    }
    expect(kinds).toEqual(['full', 'incremental', 'incremental', 'incremental', 'full']);
  });

  it('two sweeps at once start it once', async () => {
    await bench.sweep.prepare();
    await Promise.all([bench.sweep.run(), bench.sweep.run(), bench.sweep.run()]);
    expect(await open()).toHaveLength(1);
  });

  it('a month that was slept through is made up for once', async () => {
    await bench.sweep.run();
    await workAll();
    bench.clock.advance(30 * 24 * hour);
    expect(await bench.sweep.run()).toEqual({ started: 1 });
    await workAll();
    expect(await bench.sweep.run()).toEqual({ started: 0 });
  });

  it('what becomes due while a run is under way is started by its end, and once', async () => {
    await bench.sweep.run();
    bench.clock.advance(48 * hour);
    expect(await bench.sweep.run()).toEqual({ started: 0 });
    bench.jobs.clear();
    await workAll();
    expect(sweepsAsked()).toBe(1);
    expect(await bench.sweep.run()).toEqual({ started: 1 });
    bench.jobs.clear();
    await workAll();
    expect([sweepsAsked(), await bench.sweep.run()]).toEqual([0, { started: 0 }]);
  });

  it('whenever the clock is moved by a day each source runs once, whole, and its next time is after the moved now', async () => {
    for (let day = 0; day < 5; day += 1) {
      expect(await bench.sweep.run()).toEqual({ started: 1 });
      expect((await open()).map(({ kind }) => kind)).toEqual(['full']);
      await workAll();
      expect(await bench.sweep.run()).toEqual({ started: 0 });
      const ahead = ((await bench.schedules.find('source:copart'))?.nextRunAt.getTime() ?? 0) - bench.clock.now().getTime();
      expect([ahead > 0, ahead <= 6 * hour]).toEqual([true, true]);
      bench.clock.advance(24 * hour);
    }
  });

  it('a list that could not be read to its end is read whole again at the next time', async () => {
    lot.cars = Array.from({ length: 30 }, (_, index) => ({ id: `c${index}`, price: 1_000 + index }));
    lot.trouble = (path) => (path === '/list?page=3' ? 404 : null);
    await bench.sweep.run();
    await workAll();
    lot.trouble = () => null;
    const kinds: string[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      bench.clock.advance(6 * hour);
      await bench.sweep.run();
      kinds.push(...(await open()).map(({ kind }) => kind));
      await workAll();
    }
    expect(kinds).toEqual(['full', 'incremental']);
  });

  it('a run whose job was lost is found again', async () => {
    const id = await bench.start({ origin: 'schedule', kind: 'full', sources: ['copart'] });
    bench.jobs.clear();
    expect(await new RescueRuns(bench.runs, bench.jobs).run()).toEqual({ asked: 1 });
    expect(bench.jobs.all().map(({ id: job }) => job)).toEqual([`${id}.0`]);
    await bench.runs.lease(id, 'somebody', 60_000);
    bench.jobs.clear();
    expect(await new RescueRuns(bench.runs, bench.jobs).run()).toEqual({ asked: 0 });
  });
});

describe('saved searches', () => {
  const search = { search_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b64', user_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b65', criteria: { makes: ['VW'], marketplaces: ['copart', 'gone'] }, schedule_cron: '0 */6 * * *', is_active: true };
  const hear = () => new HearRequests(bench.db, bench.requests, bench.schedules, bench.config);
  const searchRuns = async () => (await open()).filter(({ search_id }) => search_id !== null);

  it('are read at once and by their own cron, until they are deleted', async () => {
    await bench.db.transaction((tx) => hear().saved(tx, search));
    await bench.sweep.run();
    expect(await searchRuns()).toHaveLength(1);
    await workAll();
    bench.clock.advance(hour);
    await bench.sweep.run();
    expect(await searchRuns()).toHaveLength(0);
    bench.clock.advance(6 * hour);
    await bench.sweep.run();
    expect(await searchRuns()).toHaveLength(1);
    await workAll();
    await bench.db.transaction((tx) => hear().deleted(tx, search.search_id));
    bench.clock.advance(12 * hour);
    await bench.sweep.run();
    expect(await searchRuns()).toHaveLength(0);
  });

  it('are not read while they are off, and by the house’s rhythm when they name none or one that can’t be read', async () => {
    await bench.db.transaction((tx) => hear().saved(tx, { ...search, is_active: false }));
    await bench.sweep.run();
    expect(await searchRuns()).toHaveLength(0);
    for (const schedule_cron of [null, 'whenever']) {
      await bench.db.transaction((tx) => hear().saved(tx, { ...search, schedule_cron }));
      expect((await bench.schedules.find(`search:${search.search_id}`))?.cron).toBe('0 */6 * * *');
    }
  });
});

describe('health', () => {
  const fail = async (): Promise<void> => {
    await bench.sweep.run();
    await workAll();
    await bench.ways.onApplicationShutdown();
  };

  it('a source behind a wall is degraded and paused, probed after its pause, paused for longer, and recovers', async () => {
    lot.cars = Array.from({ length: 15 }, (_, index) => ({ id: `c${index}`, price: 1_000 + index }));
    await fail();
    const events = await recordEvents(bench.db);
    lot.trouble = () => 403;
    bench.clock.advance(6 * hour);
    await fail();
    let row = await bench.sources.find('copart');
    expect(row).toMatchObject({ health: 'degraded', healthReasons: ['blocked'], pauses: 1, pausedBy: 'health' });
    expect((row?.pausedUntil?.getTime() ?? 0) - bench.clock.now().getTime()).toBe(15 * 60_000);
    // It is left alone while it rests.
    site.requests.length = 0;
    bench.clock.advance(10 * 60_000);
    await fail();
    expect(site.requests).toEqual([]);
    // Then a probe finds the wall still there: a longer pause.
    bench.clock.advance(6 * 60_000);
    await fail();
    row = await bench.sources.find('copart');
    expect(row?.pauses).toBe(2);
    expect((row?.pausedUntil?.getTime() ?? 0) - bench.clock.now().getTime()).toBe(30 * 60_000);
    // And gone: the probe is small, and what was missed is read soon after.
    lot.trouble = () => null;
    bench.clock.advance(31 * 60_000);
    site.requests.length = 0;
    await fail();
    expect(site.requests.filter((request) => request.includes('/list'))).toHaveLength(1);
    expect(await bench.sources.find('copart')).toMatchObject({ health: 'healthy', pausedUntil: null, pauses: 0 });
    expect(await bench.sweep.run()).toEqual({ started: 1 });
    expect((await events.of(sourceDegraded)).map(({ data }) => [data.reasons, data.paused])).toEqual([
      [['blocked'], true],
      [['blocked'], true],
    ]);
    expect(await events.of(sourceRecovered)).toHaveLength(1);
  });

  it('a day is moved on while a source is paused: its probe finds it well, and its list is read at once', async () => {
    await bench.close();
    bench = await scraperBench({ addresses: { copart: site.url }, config: { minPerDay: 100 } });
    lot.cars = Array.from({ length: 120 }, (_, index) => ({ id: `c${index}`, price: 1_000 + index }));
    await fail();
    lot.trouble = () => 403;
    bench.clock.advance(24 * hour);
    await fail();
    expect(await bench.sources.find('copart')).toMatchObject({ health: 'degraded', pausedBy: 'health' });
    lot.trouble = () => null;
    // So far that nothing has been read for days: all that is known of yield is old.
    bench.clock.advance(3 * 24 * hour);
    bench.jobs.clear();
    await bench.sweep.run();
    expect((await open()).map(({ kind }) => kind)).toEqual(['check']);
    await workAll();
    expect(await bench.sources.find('copart')).toMatchObject({ health: 'healthy', healthReasons: [], pausedUntil: null });
    expect(sweepsAsked()).toBe(1);
    await bench.sweep.run();
    expect((await open()).map(({ kind }) => kind)).toEqual(['full']);
    await workAll();
    expect(await bench.sources.find('copart')).toMatchObject({ health: 'healthy' });
  });

  it('a second day of mostly unchanged cars, told from lists that say less than pages, is a good day', async () => {
    const plain = carLotPlugin();
    const terse: SourcePlugin = {
      ...plain,
      carries: { summary: ['title_or_make', 'price'], detail: ['title_or_make', 'price', 'year'] },
      readList: (page, step) => {
        const reading = plain.readList(page, step);
        if (reading.kind !== 'list') return reading;
        return { ...reading, listings: reading.listings.map((one) => {
          const { year: _year, ...fields } = one.fields;
          return { ...one, fields };
        }) };
      },
    };
    await bench.close();
    bench = await scraperBench({ plugins: [terse], addresses: { copart: site.url }, config: { minPerDay: 100 } });
    lot.cars = Array.from({ length: 120 }, (_, index) => ({ id: `c${index}`, price: 1_000 + index }));
    for (let day = 0; day < 3; day += 1) {
      await fail();
      expect(await bench.sources.find('copart')).toMatchObject({ health: 'healthy', healthReasons: [] });
      bench.clock.advance(24 * hour);
      lot.cars = lot.cars.map((car, index) => (index < 12 ? { ...car, price: car.price + 1 } : car));
    }
  });

  it('a pause of staff is not ended by health, and while it lasts nothing is read', async () => {
    await bench.sweep.prepare();
    await bench.db.transaction((tx) => bench.sources.change(tx, 'copart', { pausedUntil: new Date('9999-12-31'), pausedBy: 'staff' }, bench.clock.now(), true));
    bench.clock.advance(24 * hour);
    expect(await bench.sweep.run()).toEqual({ started: 0 });
    await bench.health.run('copart', 'full');
    expect(await bench.sources.find('copart')).toMatchObject({ pausedBy: 'staff' });
  });
});
