import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAdvance } from './front/advance';
import { startSandbox, type Sandbox } from './sandbox';
import { readSettings } from './settings';
import { listenFrom } from './shared/ports';
import { control, post, shopOf, smallSandbox, textAt, urlOf, type Parsed } from './suite/sandbox';

const day = 86_400_000;

describe('the front page of the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await smallSandbox({ cars: 120 });
  });
  afterAll(() => sandbox.close());

  it('lists every vendor with its address and what a client needs to be let in', async () => {
    const { vendors } = await control(sandbox, 'vendors');
    expect(vendors.map((vendor: Parsed) => vendor.slug)).toEqual(['autotrader', 'cars-com', 'cargurus', 'autoscout24', 'mobile-de', 'ebay', 'facebook', 'gumtree', 'craigslist', 'copart', 'iaai', 'dealer-site', 'dealer-feed', 'firecrawl', 'kbb', 'edmunds', 'perplexity', 'paypal', 'stripe']);
    expect(vendors.find((vendor: Parsed) => vendor.slug === 'ebay')).toMatchObject({ kind: 'marketplace', base_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/u), key: { client_id: expect.any(String), client_secret: expect.any(String) } });
    const page = await textAt(sandbox.url);
    for (const vendor of vendors) expect(page).toContain(`href="${vendor.base_url}`);
  });

  it('has its control API to itself: vendors have none', async () => {
    expect((await fetch(`${urlOf(sandbox, 'cars-com')}/control/vendors`)).status).toBe(404);
  });

  it('takes no orders from the pages of other sites, nor under another name', async () => {
    const clock = { method: 'POST', body: JSON.stringify({ advance: '1d' }) };
    expect((await fetch(`${sandbox.url}/control/clock`, { ...clock, headers: { origin: 'http://evil.example' } })).status).toBe(403);
    expect((await control(sandbox, 'clock')).offset_ms).toBe(sandbox.clock.offsetMs);
  });

  it('tells the truth, a car a line, with addresses that lead to the offers', async () => {
    const lines = (await textAt(`${sandbox.url}/control/truth`)).trim().split('\n').map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThanOrEqual(120);
    const listed = lines.flatMap((line) => line.listings).find((listing) => listing.source === 'cars-com' && listing.ended_at === null);
    expect((await fetch(listed.url)).status).toBe(200);
    const onOffer = lines.flatMap((line) => line.listings).filter((listing) => listing.source === 'copart' && listing.ended_at === null);
    expect(onOffer).toHaveLength(shopOf(sandbox, 'copart').count);
  });

  it('remembers who asked for what, so that manners can be seen', async () => {
    await control(sandbox, 'requests', {});
    await textAt(`${urlOf(sandbox, 'gumtree')}/robots.txt`, { headers: { 'user-agent': 'autobroker-test/1' } });
    await textAt(`${urlOf(sandbox, 'gumtree')}/search`, { headers: { 'user-agent': 'autobroker-test/1' } });
    const { counters, requests } = await control(sandbox, 'requests?vendor=gumtree');
    expect(counters.gumtree).toMatchObject({ total: 2, robots: 1, by_status: { 200: 2 } });
    expect(requests).toMatchObject([
      { path: '/robots.txt', user_agent: 'autobroker-test/1', status: 200 },
      { path: '/search', user_agent: 'autobroker-test/1', status: 200 },
    ]);
  });

  it('refuses what it does not understand', async () => {
    const refused = async (path: string, body: unknown) => (await post(`${sandbox.url}/control/${path}`, body)).status;
    expect(await refused('clock', { advance: '-1d' })).toBe(400);
    expect(await refused('clock', {})).toBe(400);
    expect(await refused('chaos', { vendor: 'nobody', drop: true })).toBe(404);
    expect(await refused('chaos', { vendor: 'ebay', explode: true })).toBe(400);
    expect(await refused('chaos', { drop: true })).toBe(400);
    expect(await refused('nothing', {})).toBe(404);
  });
});

describe('the clock of the sandbox', () => {
  it('moves the market, and answers a follower that waits at once', async () => {
    const sandbox = await smallSandbox({ cars: 120 });
    const { offset_ms: before } = await control(sandbox, 'clock');
    const listed = new Set(shopOf(sandbox, 'autoscout24').onOffer().map((listing) => listing.externalId));
    const waiting = control(sandbox, `clock?after=${before}&wait=50&follower=a`);
    const moved = control(sandbox, 'clock', { advance: '10d' });
    expect((await waiting).offset_ms).toBe(before + 10 * day);
    // The follower has not asked again yet: only then has it seen the new time.
    const again = control(sandbox, `clock?after=${before + 10 * day}&wait=50&follower=a`);
    expect(await moved).toMatchObject({ offset_ms: before + 10 * day, followers: 1, behind: 0 });
    const now = shopOf(sandbox, 'autoscout24').onOffer();
    expect(now.some((listing) => !listed.has(listing.externalId))).toBe(true);
    await sandbox.close();
    await again.catch(() => undefined);
  });

  it('waits no longer than three seconds for a follower that does not come back', async () => {
    const sandbox = await smallSandbox({ cars: 120 });
    const { offset_ms: before } = await control(sandbox, 'clock');
    const waiting = control(sandbox, `clock?after=${before}&wait=50&follower=slow`);
    const moved = control(sandbox, 'clock', { advance: 60 });
    await waiting;
    expect(await moved).toMatchObject({ offset_ms: before + 60_000, followers: 1, behind: 1 });
    await sandbox.close();
  });

  it('is found again after a restart, with the market that belongs to it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'autobroker-sandbox-'));
    const stateFile = join(folder, 'sandbox.json');
    const options = { port: 0, cars: 120, seed: 3, start: new Date('2026-03-02T10:00:00Z'), stateFile };
    const first = await startSandbox(options);
    await control(first, 'clock', { advance: 'P20D' });
    const { offset_ms: offset } = await control(first, 'clock');
    const offered = shopOf(first, 'iaai').onOffer().map((listing) => listing.externalId);
    await first.close();
    const second = await startSandbox({ port: 0, cars: 120, seed: 3, stateFile });
    expect((await control(second, 'clock')).offset_ms).toBe(offset);
    expect(shopOf(second, 'iaai').onOffer().map((listing) => listing.externalId)).toEqual(offered);
    await second.close();
    rmSync(folder, { recursive: true });
  });

  it('is advanced by seconds, short texts and ISO durations, and never goes back', () => {
    const now = new Date('2026-01-31T00:00:00Z');
    expect(readAdvance(90, now)).toBe(90_000);
    expect(readAdvance('1d', now)).toBe(day);
    expect(readAdvance('90m', now)).toBe(5_400_000);
    expect(readAdvance('P1DT2H', now)).toBe(26 * 3_600_000);
    expect(readAdvance('P1M', now)).toBe(28 * day);
    expect(readAdvance(-1, now)).toBeNull();
    expect(readAdvance('soon', now)).toBeNull();
    expect(readAdvance(null, now)).toBeNull();
  });
});

describe('the ports of the sandbox', () => {
  it('are the next free ones where the wanted ones are taken', async () => {
    const taken = createServer();
    const port = await listenFrom(taken, 0);
    const other = createServer();
    try {
      expect(await listenFrom(other, port)).toBeGreaterThan(port);
    } finally {
      taken.close();
      other.close();
    }
  });
});

describe('the settings of the sandbox', () => {
  it('are refused in production', () => {
    expect(() => readSettings({ NODE_ENV: 'production' })).toThrow(/production/u);
  });

  it('have useful defaults and name what is wrong', () => {
    expect(readSettings({})).toEqual({ port: 4_900, cars: 5_000, seed: 1, dataFolder: null });
    expect(readSettings({ SANDBOX_PORT: '5000', SANDBOX_CARS: '300', SANDBOX_SEED: 'spring', AUTOBROKER_DATA: '/data' })).toEqual({ port: 5_000, cars: 300, seed: 'spring', dataFolder: '/data' });
    expect(() => readSettings({ SANDBOX_CARS: 'many' })).toThrow(/SANDBOX_CARS/u);
    expect(() => readSettings({ SANDBOX_START: 'long ago' })).toThrow(/SANDBOX_START/u);
  });
});
