import { listingCaptured, listingChecked, scrapeCompleted } from '@autobroker/contracts';
import { type EventRecorder, recordEvents } from '@autobroker/platform/testing';
import { type Bench, CarLot, carLotPlugin, scraperBench, Site } from '../testing';
import type { OfferRef } from './check-listings';

let site: Site;
let bench: Bench;
let lot: CarLot;
let events: EventRecorder;
const never = new AbortController().signal;
// Everything about a car stands in its list: it has no page.
const feed = { ...carLotPlugin('dealer-feed'), detailRequest: () => null };

beforeAll(async () => {
  site = await Site.open();
}, 60_000);
beforeEach(async () => {
  bench = await scraperBench({ plugins: [carLotPlugin(), feed], addresses: { copart: site.url, 'dealer-feed': site.url } });
  lot = new CarLot(site);
  site.requests.length = 0;
  events = await recordEvents(bench.db);
});
afterEach(() => bench.close());
afterAll(() => site.close());

const look = async (...offers: OfferRef[]): Promise<void> => {
  const { runs } = await bench.db.transaction((tx) => bench.checks.run(tx, { origin: 'staff', offers }));
  for (const { id } of runs) {
    for (let turn = 0; turn < 5; turn += 1) {
      await bench.db.query(`update scraper.frontier set ready_at = '-infinity'`);
      if ((await bench.worker().run(id, never)) === 'done') break;
    }
  }
};
const told = async () => (await events.of(listingChecked)).map(({ key, data }) => [key, data.reason, data.status, data.price]).sort();
const at = (source: string, externalId: string): OfferRef => ({ source, externalId });

it('an order asks about offers: each is looked at now and told with its status and its price', async () => {
  lot.cars = [{ id: 'a', price: 12_500 }, { id: 'b', price: 9_000, sold: true }];
  await look(at('copart', 'a'), at('copart', 'b'), at('copart', 'nobody'), at('copart', 'a'));
  expect(site.requests.sort()).toEqual(['GET /car/a', 'GET /car/b', 'GET /car/nobody']);
  expect(await told()).toEqual([
    ['copart:a', 'asked', 'active', { amount: 1_250_000, currency: 'EUR' }],
    ['copart:b', 'asked', 'sold', null],
    ['copart:nobody', 'asked', 'removed', null],
  ]);
  // What its page says is told as well, and the run is no sign of the source's health.
  expect((await events.of(listingCaptured)).map(({ data }) => [data.external_id, data.kind])).toEqual([['a', 'detail']]);
  expect((await bench.sources.find('copart'))?.lastRunAt).toBeNull();
  expect((await events.of(scrapeCompleted))[0]?.data).toMatchObject({ runs: [{ source: 'copart', outcome: 'completed' }] });
});

it('a price that the page does not say beyond doubt is left out', async () => {
  await bench.close();
  const doubtful = carLotPlugin();
  bench = await scraperBench({
    addresses: { copart: site.url },
    plugins: [
      {
        ...doubtful,
        readDetail: (page, id) => {
          const reading = doubtful.readDetail(page, id);
          if (reading.kind !== 'listing') return reading;
          const price = { a: { value: '12500', confidence: 0.3 }, b: { value: '199 € / Monat', confidence: 1 }, c: { value: '12500', confidence: 1 } }[id];
          const currency = id === 'c' ? { currency: { value: 'Taler', from: 'api' as const, confidence: 1 } } : {};
          return { ...reading, listing: { ...reading.listing, fields: { ...(price === undefined ? {} : { price: { ...price, from: 'api' as const } }), ...currency } } };
        },
      },
    ],
  });
  events = await recordEvents(bench.db);
  lot.cars = ['a', 'b', 'c', 'd'].map((id) => ({ id, price: 1 }));
  await look(at('copart', 'a'), at('copart', 'b'), at('copart', 'c'), at('copart', 'd'));
  expect((await told()).map(([, , status, price]) => [status, price])).toEqual(Array.from({ length: 4 }, () => ['active', null]));
});

it('what is missing from a list is told with its price when its page still shows one', async () => {
  lot.cars = Array.from({ length: 12 }, (_, index) => ({ id: `c${index}`, price: 1_000 + index }));
  const full = { origin: 'schedule', kind: 'full', sources: ['copart'] } as const;
  await bench.worker().run(await bench.start(full), never);
  bench.clock.advance(86_400_000);
  // The list is cut short; the pages are all there.
  const whole = site.answer;
  site.answer = (request, response, url) => {
    if (url.pathname === '/list') return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ cars: lot.cars.slice(0, 9) }));
    whole(request, response, url);
  };
  await bench.worker().run(await bench.start(full), never);
  expect(await told()).toEqual([9, 10, 11].map((index) => [`copart:c${index}`, 'missing', 'active', { amount: 100_000 + index * 100, currency: 'EUR' }]).sort());
});

it('where cars have no pages their list is read', async () => {
  lot.cars = Array.from({ length: 25 }, (_, index) => ({ id: `c${index}`, price: 1_000 + index }));
  await look(at('dealer-feed', 'c17'), at('dealer-feed', 'gone'));
  expect(site.requests).toEqual(['GET /list?page=1', 'GET /list?page=2', 'GET /list?page=3']);
  expect(await told()).toEqual([
    ['dealer-feed:c17', 'asked', 'active', { amount: 101_700, currency: 'EUR' }],
    ['dealer-feed:gone', 'asked', 'removed', null],
  ]);
});

it('nobody waits for an answer in vain: what can’t be looked at is unknown', async () => {
  lot.cars = [{ id: 'a', price: 1 }];
  lot.trouble = () => 403;
  await look(at('copart', 'a'), at('dealer-feed', 'a'));
  await bench.db.transaction((tx) => bench.sources.change(tx, 'copart', { enabled: false }, bench.clock.now(), true));
  await look(at('copart', 'b'));
  // Paused between the question and the look.
  await bench.db.transaction(async (tx) => {
    await bench.checks.run(tx, { origin: 'order', offers: [at('dealer-feed', 'z')] });
    await bench.sources.change(tx, 'dealer-feed', { pausedUntil: new Date('2099-01-01'), pausedBy: 'staff' }, bench.clock.now(), true);
  });
  const [open] = await bench.db.query<{ id: string }>(`select id from scraper.runs where state = 'queued'`);
  await bench.worker().run(open?.id ?? '', never);
  expect(await told()).toEqual([
    ['copart:a', 'asked', 'unknown', null],
    ['copart:b', 'asked', 'unknown', null],
    ['dealer-feed:a', 'asked', 'unknown', null],
    ['dealer-feed:z', 'asked', 'unknown', null],
  ]);
});
