import { join } from 'node:path';
import { listingCaptured, listingChecked } from '@autobroker/contracts';
import { ManualClock } from '@autobroker/kernel';
import { asUser, SandboxProcess, testApp, testTenant, type TestApp, workspaceRoot } from '@autobroker/platform/testing';
import { z } from 'zod';
import { scraperService } from '../scraper.module';

const truthSchema = z.object({
  listings: z.array(
    z.object({ source: z.string(), external_id: z.string(), ended_at: z.string().nullable(), planted: z.array(z.string()), prices: z.array(z.object({ amount: z.number().nullable(), currency: z.string() })) }),
  ),
});
const start = '2026-11-20T08:00:00.000Z';
const clock = new ManualClock(start);
const operator = asUser({ role: 'operator', tenantId: null });
const scout = asUser({ role: 'scout', tenantId: testTenant.id });
const buyer = asUser({ role: 'buyer', tenantId: testTenant.id });
let sandbox: SandboxProcess;
let app: TestApp;

beforeAll(async () => {
  // The threads of the pool compile pictures' code from its source, with the workspace's settings.
  process.env.TS_NODE_PROJECT = join(workspaceRoot(), 'tsconfig.base.json');
  sandbox = await SandboxProcess.start(60, start);
  app = await testApp({ services: [scraperService], overrides: { clock }, env: { SANDBOX_URL: sandbox.url, SCRAPER_MIN_PER_DAY: '0', SCRAPER_IMAGE_HASH_SOURCES: 'cars-com,autotrader,cargurus' } });
  await until(async () => (await runsOf()).length >= 13 && (await open()) === 0);
}, 180_000);
afterAll(async () => {
  await app.close();
  await sandbox.stop();
});

const runsOf = () => app.of('scraper').query<{ id: string; source: string; state: string }>('select id, source, state from scraper.runs');
const open = async () => (await runsOf()).filter(({ state }) => state === 'queued' || state === 'running').length;
async function until(done: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 480; turn += 1) {
    if (await done()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('it does not come to an end');
}

async function ask(person: object, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await app.call(`/api/v1${path}`, { method, headers: { ...person, ...headers }, ...(body === undefined ? {} : { body }) });
  const json = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, data: json.data, code: json.error?.code ?? null, pagination: json.meta?.pagination };
}

it('shows every source with its health, its schedule and its last runs, to staff', async () => {
  const { status, data } = await ask(scout, 'GET', '/sources');
  expect(status).toBe(200);
  expect(data.map((one: { slug: string }) => one.slug)).toHaveLength(13);
  for (const one of data) expect([one.slug, one.available, one.health.status, one.last_runs.length]).toEqual([one.slug, true, 'healthy', 1]);
  const one = await ask(scout, 'GET', '/sources/cars-com');
  expect(one.data).toMatchObject({ slug: 'cars-com', fetcher: 'direct', cron: '0 */6 * * *', paused: false, next_run_at: '2026-11-20T12:00:00.000Z' });
  expect(one.data.budgets[0].requests.used).toBeGreaterThan(0);
  expect([(await ask(buyer, 'GET', '/sources')).status, (await ask({}, 'GET', '/sources')).status, (await ask(scout, 'GET', '/sources/nobody')).code]).toEqual([403, 401, 'not_found']);
});

it('is set by operators alone, against the version they have seen', async () => {
  const seen = await ask(operator, 'GET', '/sources/gumtree');
  const etag = seen.headers.get('etag') ?? '';
  const patch = { cron: '15 3 * * *', politeness: { per_minute: 12 }, paused: true };
  expect((await ask(scout, 'PATCH', '/sources/gumtree', patch, { 'if-match': etag })).status).toBe(403);
  expect((await ask(operator, 'PATCH', '/sources/gumtree', patch)).code).toBe('precondition_required');
  expect((await ask(operator, 'PATCH', '/sources/gumtree', { cron: 'now and then' }, { 'if-match': etag })).code).toBe('validation_failed');
  const changed = await ask(operator, 'PATCH', '/sources/gumtree', patch, { 'if-match': etag });
  expect(changed.data).toMatchObject({ version: seen.data.version + 1, cron: '15 3 * * *', paused: true, paused_by: 'staff', next_run_at: '2026-11-21T03:15:00.000Z' });
  expect(changed.data.politeness.per_minute).toBe(12);
  expect((await ask(operator, 'PATCH', '/sources/gumtree', { paused: false }, { 'if-match': etag })).code).toBe('precondition_failed');
  expect((await ask(operator, 'POST', '/sources/gumtree/runs', { kind: 'full' })).code).toBe('source_unavailable');
  const released = await ask(operator, 'PATCH', '/sources/gumtree', { paused: false }, { 'if-match': changed.headers.get('etag') ?? '' });
  expect(released.data).toMatchObject({ paused: false, paused_until: null });
  const [audit] = await app.of('scraper').query<{ n: number }>(`select count(*)::integer as n from scraper.audit_log where action = 'source.changed' and object_id = 'gumtree'`);
  expect(audit?.n).toBe(2);
});

it('a run is started, watched to its end, and read again from what it kept', async () => {
  const started = await ask(operator, 'POST', '/sources/autotrader/runs', { kind: 'full' });
  expect([started.status, started.data.kind]).toEqual([202, 'full']);
  const path = (started.headers.get('location') ?? '').replace('/api/v1', '');
  await until(async () => (await ask(scout, 'GET', path)).data.state === 'completed');
  const run = await ask(scout, 'GET', path);
  expect(run.data.progress.lists.done).toBeGreaterThan(0);
  expect(run.data.counts.unchanged).toBe(run.data.counts.found);
  const first = (await ask(scout, 'GET', '/sources/autotrader/runs?per_page=1&page=2')).data[0];
  const replayed = await ask(operator, 'POST', `/sources/autotrader/runs/${first.id}/replay`);
  const replayPath = (replayed.headers.get('location') ?? '').replace('/api/v1', '');
  await until(async () => (await ask(scout, 'GET', replayPath)).data.state === 'completed');
  const replay = await ask(scout, 'GET', replayPath);
  expect(replay.data).toMatchObject({ kind: 'replay', replay_of: first.id, counts: { captured: first.counts.captured, failed: {} } });
  expect((await ask(operator, 'POST', `${path}/cancel`)).code).toBe('conflict');
});

it('a capture is for operators, and never a page', async () => {
  const [row] = await app.of('scraper').query<{ id: string }>(`select id from scraper.captures where source = 'cars-com' and kind = 'detail' limit 1`);
  const path = `/api/v1/sources/cars-com/captures/${row?.id ?? ''}`;
  const answer = await app.call(path, { headers: operator });
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([200, 'application/octet-stream', `attachment; filename="${row?.id ?? ''}"`]);
  expect(await answer.text()).toContain('application/ld+json');
  expect((await app.call(path, { headers: scout })).status).toBe(403);
  expect((await app.call(path.replace('cars-com', 'gumtree'), { headers: operator })).status).toBe(404);
});

it('something is looked for at several sources at once', async () => {
  const started = await ask(operator, 'POST', '/scrape-jobs', { sources: ['autotrader', 'cars-com', 'autoscout24'], filters: { makes: ['BMW'], year_min: 2016 }, max_results: 5 });
  expect(started.status).toBe(202);
  const path = `/scrape-jobs/${started.data.id}`;
  await until(async () => (await ask(operator, 'GET', path)).data.state !== 'running');
  const job = (await ask(operator, 'GET', path)).data;
  expect(job).toMatchObject({ state: 'completed', origin: 'staff' });
  expect(job.captured).toBeGreaterThan(0);
  for (const run of job.runs) expect([run.source, run.counts.found <= 5]).toEqual([run.source, true]);
  const rows = await app.of('scraper').query<{ data: unknown }>(`select data from scraper.outbox where type = $1 and data->>'run_id' = any($2)`, [listingCaptured.type, job.runs.map((run: { id: string }) => run.id)]);
  const told = rows.map(({ data }) => listingCaptured.data.parse(data));
  expect(told.map(({ fields }) => String(fields.make?.value).toLowerCase())).toEqual(told.map(() => 'bmw'));
  expect((await ask(scout, 'POST', '/scrape-jobs', { sources: ['autotrader'] })).status).toBe(403);
  expect((await ask(operator, 'POST', '/scrape-jobs', { sources: ['nobody'] })).code).toBe('not_found');
});

it('whether single offers still stand, and at what price, is looked at now, at every source', async () => {
  // One of each source, one that the market does not lie about where there is one.
  const all = (await sandbox.truth()).flatMap((line) => truthSchema.parse(line).listings).filter((one) => one.ended_at === null);
  const offers = [...new Map([...all.filter(({ planted }) => planted.length > 0), ...all.filter(({ planted }) => planted.length === 0)].map((one) => [one.source, one])).values()];
  const { length } = [...new Set(all.map(({ source }) => source))];
  expect([offers.length, length > 10]).toEqual([length, true]);
  const events = await app.events('scraper');
  const checks = offers.map(({ source, external_id }) => ({ source, external_id }));
  const started = await ask(operator, 'POST', '/scrape-jobs', { checks });
  expect([started.status, started.data.runs.length]).toEqual([202, length]);
  await until(async () => (await ask(operator, 'GET', `/scrape-jobs/${started.data.id}`)).data.state !== 'running');
  const told = await events.of(listingChecked);
  expect(told.map(({ data }) => [data.source, data.external_id, data.reason, data.status]).sort()).toEqual(offers.map((one) => [one.source, one.external_id, 'asked', 'active']).sort());
  const real = new Map(offers.filter(({ planted }) => planted.length === 0).map((one) => [one.source, one.prices.at(-1)]));
  const priced = told.flatMap(({ data }) => (data.price === null || !real.has(data.source) ? [] : [[data.source, data.price]]));
  expect(priced).toEqual(priced.map(([source]) => [source, real.get(String(source))]));
  expect(priced.length).toBeGreaterThanOrEqual(9);
  expect((await ask(scout, 'POST', '/scrape-jobs', { checks })).status).toBe(403);
  expect((await ask(operator, 'POST', '/scrape-jobs', { checks, sources: ['copart'] })).code).toBe('validation_failed');
  expect((await ask(operator, 'POST', '/scrape-jobs', { checks: [{ source: 'nobody', external_id: '1' }] })).code).toBe('not_found');
});

it('the photograph of one car has nearly the same hash at two sources, those of two cars have not', async () => {
  const rows = await app.of('scraper').query<{ source: string; external_id: string; image_hash: string }>(`select source, external_id, image_hash from scraper.known_listings where image_hash is not null`);
  const hashes = new Map(rows.map((row) => [`${row.source}:${row.external_id}`, BigInt(`0x${row.image_hash}`)]));
  const cars = (await sandbox.truth()).map((line) => truthSchema.parse(line)).map((line) => line.listings.flatMap((one) => hashes.get(`${one.source}:${one.external_id}`) ?? []));
  const distance = (a: bigint, b: bigint): number => (a ^ b).toString(2).replaceAll('0', '').length;
  const same = cars.flatMap(([a, b]) => (a === undefined || b === undefined ? [] : [distance(a, b)]));
  const firsts = cars.flatMap(([a]) => a ?? []);
  const others = firsts.slice(1).map((hash, index) => distance(hash, firsts[index] ?? 0n));
  const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? -1;
  expect([same.length > 2, others.length > 10]).toEqual([true, true]);
  expect(median(same)).toBeLessThanOrEqual(8);
  expect(median(others)).toBeGreaterThan(12);
});

it('Firecrawl reads a source in place of ourselves, in batches, on its own budget', async () => {
  const seen = await ask(operator, 'GET', '/sources/cars-com');
  await ask(operator, 'PATCH', '/sources/cars-com', { fetcher: 'firecrawl' }, { 'if-match': seen.headers.get('etag') ?? '' });
  await app.of('scraper').query(`delete from scraper.known_listings where source = 'cars-com'`);
  const started = await ask(operator, 'POST', '/sources/cars-com/runs', { kind: 'full' });
  const path = (started.headers.get('location') ?? '').replace('/api/v1', '');
  await until(async () => !['queued', 'running'].includes((await ask(scout, 'GET', path)).data.state));
  const run = (await ask(scout, 'GET', path)).data;
  expect(run).toMatchObject({ state: 'completed', counts: { failed: {} } });
  expect(run.counts.new).toBe(run.counts.captured);
  const { data: budgets } = await ask(scout, 'GET', '/sources/cars-com/budgets');
  const paid = budgets.find(({ scope }: { scope: string }) => scope === 'api:firecrawl');
  const pages = run.progress.lists.done + run.progress.details.done;
  expect(paid).toMatchObject({ requests: { used: pages, limit: 1_000 }, cost: { amount: pages, currency: 'USD' } });
});
