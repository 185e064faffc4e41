import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Bench, carLotPlugin, scraperBench, Site } from '../testing';

const total = 20_000;
const perPage = 500;
let site: Site;
let bench: Bench;

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');
/** What is really held, in megabytes. */
const held = (): number => {
  if (typeof collectGarbage === 'function') collectGarbage();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};

const plain = carLotPlugin();
const feed = {
  ...plain,
  detailRequest: () => null,
  nextStep: (step: { readonly page: number }) => ({ step: step.page < total / perPage ? { page: step.page + 1 } : null, capped: false }),
};

beforeAll(async () => {
  site = await Site.open();
  bench = await scraperBench({ plugins: [feed], addresses: { copart: site.url }, config: { maxBacklog: 1_000_000 } });
}, 60_000);
afterAll(async () => {
  await bench.close();
  await site.close();
});

it('a run of twenty thousand listings holds no more at its end than at its beginning', async () => {
  const samples: number[] = [];
  const words = 'A car as long as its description. '.repeat(20);
  site.answer = (_request, response, url) => {
    samples.push(held());
    const first = (Number(url.searchParams.get('page')) - 1) * perPage;
    const cars = Array.from({ length: perPage }, (_, index) => ({ id: `c${first + index}`, price: 1_000 + index, words }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ cars }));
  };
  const id = await bench.start({ origin: 'schedule', kind: 'full', sources: ['copart'] });
  expect(await bench.worker().run(id, new AbortController().signal)).toBe('done');
  expect(await bench.runs.find(id)).toMatchObject({ state: 'completed', counts: { found: total, captured: total } });
  expect(samples).toHaveLength(total / perPage);
  // Had every listing been kept, with its description, it would be tens of megabytes more.
  const early = Math.max(...samples.slice(2, 8));
  const late = Math.max(...samples.slice(-6));
  expect(late - early).toBeLessThan(12);
}, 180_000);
