import { join } from 'node:path';
import { workspaceRoot } from '@autobroker/platform/testing';
import { CpuPool } from '@autobroker/platform/workers';
import type { FetchedPage } from '../../application/source-plugin';
import { autotrader } from '../sources/autotrader/source';
import { largePageBytes, PooledPageReading } from './page-reading';

const cpu = new CpuPool();
beforeAll(() => {
  // The threads of the pool compile the sources from their code, with the workspace's settings.
  process.env.TS_NODE_PROJECT = join(workspaceRoot(), 'tsconfig.base.json');
});
afterAll(() => cpu.close());

const page = (padding: number): FetchedPage => {
  const inventory = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [String(700_000 + index), { id: 700_000 + index, title: `Used 2019 BMW X${index}`, make: { name: 'BMW' }, year: 2019, pricingDetail: { salePrice: 20_000 + index }, description: { label: 'x'.repeat(padding) } }]));
  const state = { props: { pageProps: { __eggsState: { inventory }, results: { activeResults: Object.keys(inventory) } } } };
  const body = Buffer.from(`<html><body><script id="__NEXT_DATA__" type="application/json">${JSON.stringify(state)}</script></body></html>`);
  return { url: 'https://www.autotrader.com/cars-for-sale/all-cars', status: 200, contentType: 'text/html', body };
};

it('a large page is read in a thread, and says there what it says here', async () => {
  const large = page(8_000);
  expect(large.body.length).toBeGreaterThan(largePageBytes);
  const read = await new PooledPageReading(cpu).list(autotrader, large, { page: 1 });
  expect(cpu.threadCount).toBe(1);
  expect(read).toEqual(autotrader.readList(large, { page: 1 }));
  expect(read.kind === 'list' && read.listings.length).toBe(25);
}, 60_000);

it('a small one is read where it is', async () => {
  const pool = new CpuPool();
  const read = await new PooledPageReading(pool).list(autotrader, page(10), { page: 1 });
  expect([read.kind, pool.threadCount]).toEqual(['list', 0]);
  await pool.close();
});
