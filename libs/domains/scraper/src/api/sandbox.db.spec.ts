import { listingCaptured, listingChecked } from '@autobroker/contracts';
import { ManualClock } from '@autobroker/kernel';
import { SandboxProcess, testApp, type TestApp } from '@autobroker/platform/testing';
import { z } from 'zod';
import { SweepSchedules } from '../application/sweep-schedules';
import { scraperService } from '../scraper.module';

const truthSchema = z.object({
  listings: z.array(
    z.object({
      source: z.string(),
      external_id: z.string(),
      listed_at: z.string(),
      ended_at: z.string().nullable(),
      prices: z.array(z.object({ amount: z.number().nullable(), currency: z.string() })),
      planted: z.array(z.string()),
    }),
  ),
});
type Truth = z.output<typeof truthSchema>['listings'][number];

const start = '2026-11-20T08:00:00.000Z';
const day = 86_400_000;
const clock = new ManualClock(start);
let sandbox: SandboxProcess;
let app: TestApp;

beforeAll(async () => {
  sandbox = await SandboxProcess.start(200, start);
  // Pictures are left out: another spec looks at them, and here they would be most of the work.
  app = await testApp({ services: [scraperService], overrides: { clock }, env: { SANDBOX_URL: sandbox.url, SCRAPER_MIN_PER_DAY: '0', SCRAPER_IMAGE_HASH_SOURCES: 'none' } });
}, 120_000);
afterAll(async () => {
  await app.close();
  await sandbox.stop();
});

const keyOf = (one: { source: string; external_id: string }): string => `${one.source}:${one.external_id}`;
const offers = async (): Promise<Truth[]> => (await sandbox.truth()).flatMap((line) => truthSchema.parse(line).listings);

/** Until every run that was started has ended, and so many have. */
async function settled(runs: number): Promise<void> {
  for (let turn = 0; turn < 600; turn += 1) {
    const [row] = await app.of('scraper').query<{ all: number; open: number }>(`select count(*)::integer as all, count(*) filter (where state in ('queued', 'running'))::integer as open from scraper.runs`);
    if (row !== undefined && row.all >= runs && row.open === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('the runs do not end');
}

it('the first runs begin by themselves: every offer of the market is captured once, at its price', async () => {
  await settled(13);
  const runs = await app.of('scraper').query<{ source: string; state: string; problem: string | null }>('select source, state, problem from scraper.runs');
  expect(runs.filter(({ state }) => state !== 'completed')).toEqual([]);
  const all = await app.of('scraper').query<{ data: unknown }>(`select data from scraper.outbox where type = $1 order by position`, [listingCaptured.type]);
  const told = all.map(({ data }) => listingCaptured.data.parse(data));
  const open = (await offers()).filter(({ ended_at }) => ended_at === null);
  expect(told.map((one) => keyOf(one)).sort()).toEqual(open.map((one) => keyOf(one)).sort());
  // What the market has not lied about is at its price; what has no price in the market has none here.
  const byKey = new Map(told.map((one) => [keyOf(one), one]));
  const plain = open.filter(({ planted, prices }) => planted.length === 0 && prices.length > 0);
  const wrong = plain.filter((one) => {
    const amount = one.prices.at(-1)?.amount ?? null;
    const price = byKey.get(keyOf(one))?.fields.price?.value;
    return amount !== null && price !== undefined && Math.round(Number(price) * 100) !== amount;
  });
  expect(wrong.map((one) => [keyOf(one), one.prices.at(-1)?.amount, byKey.get(keyOf(one))?.fields.price?.value])).toEqual([]);
}, 180_000);

it('two days later what is new is captured, what has another price is captured again, and what is gone is found out', async () => {
  const before = await offers();
  await sandbox.control('clock', { advance: '2d' });
  clock.advance(2 * day);
  const events = await app.events('scraper');
  await app.app.get<SweepSchedules>(SweepSchedules).run();
  await settled(26);
  const after = await offers();
  const wasOpen = new Set(before.filter(({ ended_at }) => ended_at === null).map((one) => keyOf(one)));
  const told = new Set((await events.of(listingCaptured)).map(({ data }) => keyOf(data)));
  const checked = new Map((await events.of(listingChecked)).map(({ data }) => [keyOf(data), data.status]));

  const fresh = after.filter((one) => one.ended_at === null && !wasOpen.has(keyOf(one)));
  expect(fresh.length).toBeGreaterThan(0);
  expect(fresh.filter((one) => !told.has(keyOf(one))).map((one) => keyOf(one))).toEqual([]);

  const ended = after.filter((one) => one.ended_at !== null && wasOpen.has(keyOf(one)));
  expect(ended.length).toBeGreaterThan(0);
  expect(ended.filter((one) => !['sold', 'removed'].includes(checked.get(keyOf(one)) ?? '')).map((one) => keyOf(one))).toEqual([]);
  const open = after.filter((one) => one.ended_at === null);
  expect(open.filter((one) => ['sold', 'removed'].includes(checked.get(keyOf(one)) ?? '')).map((one) => keyOf(one))).toEqual([]);

  // Nothing that stayed as it was has been asked for again.
  const [work] = await app.of('scraper').query<{ details: number; changed: number; found: number }>(
    `select (select count(*)::integer from scraper.captures c where c.kind = 'detail' and c.run_id = any(array_agg(r.id))) as details,
            sum((counts->>'new')::integer + (counts->>'changed')::integer)::integer as changed, sum((counts->>'found')::integer)::integer as found
     from scraper.runs r where requested_at >= $1`,
    [new Date(Date.parse(start) + day)],
  );
  expect(work?.found).toBeGreaterThan(200);
  expect(work?.details).toBeLessThanOrEqual(work?.changed ?? 0);
  expect(work?.changed ?? 0).toBeLessThan((work?.found ?? 0) / 2);
}, 180_000);

it('a source that answers nonsense, too much, in circles or from elsewhere is contained and recorded; the others do not notice', async () => {
  const trouble: Readonly<Record<string, readonly [Record<string, unknown>, string]>> = {
    autotrader: [{ huge: true }, 'too_large'],
    cargurus: [{ redirect_loop: true }, 'too_many_redirects'],
    gumtree: [{ redirect_to_internal: true }, 'off_origin'],
    'mobile-de': [{ garbage: true }, 'unreadable'],
    facebook: [{ status: 500 }, 'server_error'],
    'cars-com': [{ bot_wall: 'cloudflare' }, 'blocked'],
    autoscout24: [{ bot_wall: 'consent' }, 'consent'],
    craigslist: [{ robots: '500' }, 'server_error'],
    copart: [{ robots: 'disallow' }, 'robots'],
  };
  for (const [vendor, [chaos]] of Object.entries(trouble)) await sandbox.control('chaos', { vendor, ...chaos });
  await sandbox.control('clock', { advance: '1d' });
  clock.advance(day);
  const [before] = await app.of('scraper').query<{ n: number }>('select count(*)::integer as n from scraper.runs');
  await app.app.get<SweepSchedules>(SweepSchedules).run();
  await settled((before?.n ?? 0) + 13);
  const runs = await app.of('scraper').query<{ source: string; state: string; counts: { failed: Record<string, number>; gone: number } }>(
    `select distinct on (source) source, state, counts from scraper.runs order by source, requested_at desc`,
  );
  for (const { source, state, counts } of runs) {
    const expected = trouble[source]?.[1];
    if (expected === undefined) expect([source, state, counts.failed]).toEqual([source, 'completed', {}]);
    else expect([source, state, Object.keys(counts.failed), counts.gone]).toEqual([source, 'failed', [expected], 0]);
  }
  const paused = await app.of('scraper').query<{ slug: string }>(`select slug from scraper.sources where health = 'degraded' order by slug`);
  expect(paused.map(({ slug }) => slug)).toEqual(Object.keys(trouble).sort());
}, 180_000);
