import type { FetchOutcome } from '../../application/ports';
import { type Bench, carLotPlugin, scraperBench, Site } from '../../testing';

let source: Site;
let api: Site;
let bench: Bench;
const plugin = carLotPlugin();

beforeAll(async () => {
  [source, api] = await Promise.all([Site.open(), Site.open()]);
  bench = await scraperBench({ addresses: { copart: source.url }, config: { firecrawlUrl: api.url, firecrawlKey: 'fc-key', apiBudgets: ['firecrawl=3', 'ebay=1'], apiCosts: ['firecrawl=1 USD'] } });
}, 60_000);
afterAll(async () => {
  await bench.close();
  await Promise.all([source.close(), api.close()]);
});
beforeEach(async () => {
  await bench.db.query('delete from scraper.daily_usage');
  api.requests.length = 0;
});

/** What Firecrawl says of a page: where it was led, and what it found there. */
const scraped = (url: string): void => {
  api.answer = (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ success: true, data: { rawHtml: '<p>a car</p>', metadata: { statusCode: 200, url, sourceURL: `${source.url}/car/1` } } }));
};

const ask = async (path: string): Promise<FetchOutcome | undefined> => {
  const context = { plugin, politeness: plugin.politeness, runId: 'run', replayOf: null, session: 'session', signal: new AbortController().signal };
  const [outcome] = await bench.fetchers.of('firecrawl').fetch([{ request: { method: 'GET', path }, validators: null }], context);
  return outcome;
};

it('a page of the source is read by way of Firecrawl, and the source itself is not asked', async () => {
  scraped(`${source.url}/car/1`);
  const outcome = await ask('/car/1');
  expect(outcome?.ok === true && !outcome.notModified && [outcome.page.url, outcome.page.body.toString()]).toEqual([`${source.url}/car/1`, '<p>a car</p>']);
  expect([api.requests.length, source.requests]).toEqual([1, []]);
});

it('a page to which Firecrawl was led from there is none of the source’s', async () => {
  scraped('https://elsewhere.example/car/1');
  expect(await ask('/car/1')).toMatchObject({ ok: false, error: 'off_origin' });
});

it('an address elsewhere is not asked for, and costs nothing', async () => {
  scraped('https://elsewhere.example/car/1');
  expect([await ask('https://elsewhere.example/car/1'), api.requests]).toEqual([expect.objectContaining({ ok: false, error: 'client_error' }), []]);
});

it('what Firecrawl refuses as a whole is given back to the day', async () => {
  const used = async () => (await bench.db.query<{ used: number }>(`select used from scraper.daily_usage where scope = 'api:firecrawl'`))[0]?.used ?? 0;
  const before = await used();
  api.answer = (_request, response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{"success":false,"error":"no such key"}');
  expect(await ask('/car/1')).toMatchObject({ ok: false, error: 'unauthorized' });
  expect(await used()).toBe(before);
});

it('a day’s budget of pages ends the day', async () => {
  scraped(`${source.url}/car/1`);
  const outcomes: (string | undefined)[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const outcome = await ask('/car/1');
    outcomes.push(outcome?.ok === true ? 'ok' : outcome?.error);
  }
  expect([outcomes, api.requests.length]).toEqual([['ok', 'ok', 'ok', 'budget'], 3]);
});
