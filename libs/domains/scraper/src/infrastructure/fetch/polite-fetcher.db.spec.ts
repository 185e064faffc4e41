import { gzipSync } from 'node:zlib';
import type { FetchContext, FetchOutcome } from '../../application/ports';
import type { PageRequest, SourcePlugin } from '../../application/source-plugin';
import { type Bench, carLotPlugin, scraperBench, Site } from '../../testing';

let site: Site;
let stranger: Site;
let bench: Bench;
const plugin = carLotPlugin();

beforeAll(async () => {
  site = await Site.open();
  stranger = await Site.open();
  bench = await scraperBench({
    addresses: { copart: site.url },
    config: { maxBodyBytes: 1_000_000, maxFeedBytes: 3_000_000, headersTimeoutMs: 400, idleTimeoutMs: 400, totalTimeoutMs: 1_500 },
  });
}, 60_000);
afterAll(async () => {
  await bench.close();
  await Promise.all([site.close(), stranger.close()]);
});
beforeEach(async () => {
  site.robots = (_request, response) => response.writeHead(404).end();
  site.requests.length = 0;
  stranger.requests.length = 0;
  // Each spec begins with a closed circuit and no memory of robots.txt.
  await bench.ways.onApplicationShutdown();
  await bench.db.query('delete from scraper.robots');
  bench.robots.forget();
  await bench.db.query('delete from scraper.rate_windows');
});

const context = (more: Partial<FetchContext> = {}, own: SourcePlugin = plugin): FetchContext => ({
  plugin: own,
  politeness: own.politeness,
  runId: 'run',
  replayOf: null,
  session: 'session',
  signal: new AbortController().signal,
  ...more,
});
const ask = async (request: PageRequest | string, more: Partial<FetchContext> = {}): Promise<FetchOutcome> => {
  const [outcome] = await bench.direct.fetch([{ request: typeof request === 'string' ? { method: 'GET', path: request } : request, validators: null }], context(more));
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
};
const errorOf = async (path: string, more: Partial<FetchContext> = {}): Promise<string> => {
  const outcome = await ask(path, more);
  return outcome.ok ? 'ok' : outcome.error;
};

describe('where a request may go', () => {
  it('the source’s own address, although it is on this machine', async () => {
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html', etag: '"1"' }).end('<p>hello</p>');
    const outcome = await ask('/list');
    expect(outcome.ok && !outcome.notModified && [outcome.page.status, outcome.page.body.toString(), outcome.validators.etag]).toEqual([200, '<p>hello</p>', '"1"']);
  });

  it('no redirect leads to another service of this machine', async () => {
    site.answer = (_request, response) => response.writeHead(302, { location: `${stranger.url}/secret` }).end();
    stranger.answer = (_request, response) => response.writeHead(200).end('secret');
    expect(await errorOf('/list')).toBe('off_origin');
    expect(stranger.requests).toEqual([]);
  });

  it.each(['http://169.254.169.254/latest/meta-data', 'http://localhost:1/', 'http://[::1]/', 'file:///etc/passwd', 'ftp://example.com/', 'http://user:password@127.0.0.1/'])('no link leads to %s', async (link) => {
    expect(await errorOf(link)).toBe('off_origin');
  });

  it('a declared origin must be public, whatever its name says today', async () => {
    stranger.answer = (_request, response) => response.writeHead(200).end('secret');
    const port = new URL(stranger.url).port;
    const sly = { ...plugin, origins: [`http://127.0.0.1:${port}`, `http://localhost:${port}`] };
    expect(await errorOf(`http://127.0.0.1:${port}/x`, { plugin: sly })).toBe('address_refused');
    expect(await errorOf(`http://localhost:${port}/x`, { plugin: sly })).toBe('address_refused');
    expect(stranger.requests).toEqual([]);
  });

  it('redirects within the source are followed, five at the most, and in no circle', async () => {
    site.answer = (_request, response, url) => {
      const hop = Number(url.searchParams.get('hop'));
      if (url.pathname === '/circle') return void response.writeHead(302, { location: `/circle?hop=${1 - hop}` }).end();
      if (hop >= 5 && url.pathname === '/five') return void response.writeHead(200, { 'content-type': 'text/html' }).end('there');
      return void response.writeHead(302, { location: `${url.pathname}?hop=${hop + 1}` }).end();
    };
    expect(await errorOf('/five?hop=0')).toBe('ok');
    expect(await errorOf('/endless?hop=0')).toBe('too_many_redirects');
    expect(await errorOf('/circle?hop=0')).toBe('redirect_loop');
    expect(site.requests.length).toBeLessThan(20);
  });

  it('a page that sets a cookie and comes back to itself is no circle', async () => {
    site.answer = (request, response) => {
      if (request.headers.cookie === 'seen=1') return void response.writeHead(200, { 'content-type': 'text/html' }).end('welcome');
      return void response.writeHead(302, { location: '/list', 'set-cookie': 'seen=1; Path=/' }).end();
    };
    expect(await errorOf('/list')).toBe('ok');
  });
});

describe('answers that are no pages', () => {
  it('one without an end is left when it is too large', async () => {
    let sent = 0;
    site.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const block = Buffer.alloc(64 * 1024, 'x');
      const more = (): void => {
        if (response.destroyed || sent > 1_000_000_000) return void response.end();
        sent += block.length;
        if (response.write(block)) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    };
    expect(await errorOf('/huge')).toBe('too_large');
    expect(sent).toBeLessThan(50_000_000);
  });

  it('a sitemap may be larger than a page, and has an end all the same', async () => {
    site.answer = ({ url }, response) => response.writeHead(200, { 'content-type': 'application/xml' }).end('x'.repeat(url === '/sitemap.xml' ? 2_000_000 : 4_000_000));
    expect(await ask({ method: 'GET', path: '/sitemap.xml', isFeed: true })).toMatchObject({ ok: true });
    expect(await ask({ method: 'GET', path: '/sitemap.xml' })).toMatchObject({ ok: false, error: 'too_large' });
    expect(await ask({ method: 'GET', path: '/endless.xml', isFeed: true })).toMatchObject({ ok: false, error: 'too_large' });
  });

  it('one that says it is too large is not read at all', async () => {
    site.answer = (_request, response) => void response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000000000' }).write('x');
    expect(await errorOf('/declared')).toBe('too_large');
  });

  it('a small file that unfolds into a huge one counts as huge', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(bomb);
    expect(await errorOf('/bomb')).toBe('too_large');
  });

  it('what is packed honestly is unpacked', async () => {
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(gzipSync('packed'));
    const outcome = await ask('/packed');
    expect(outcome.ok && !outcome.notModified && outcome.page.body.toString()).toBe('packed');
  });

  it('one that never begins, and one that never ends, time out', async () => {
    site.answer = () => undefined;
    expect(await errorOf('/silent')).toBe('timeout');
    site.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const drip = setInterval(() => response.write('x'), 100);
      response.on('close', () => clearInterval(drip));
    };
    expect(await errorOf('/slow-loris')).toBe('timeout');
  });

  it('a film, broken packing, and a line that is cut', async () => {
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'video/mp4' }).end('film');
    expect(await errorOf('/film')).toBe('content_type');
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end('not gzip');
    expect(await errorOf('/broken')).toBe('unreadable');
    site.answer = (request) => void request.socket.destroy();
    expect(await errorOf('/cut')).toBe('network');
  });

  it.each([
    [500, 'server_error'],
    [503, 'server_error'],
    [403, 'blocked'],
    [401, 'unauthorized'],
    [400, 'client_error'],
    [429, 'rate_limited'],
  ])('status %i is %s', async (status, error) => {
    site.answer = (_request, response) => response.writeHead(status).end('no');
    expect(await errorOf('/status')).toBe(error);
  });
});

describe('manners', () => {
  it('Retry-After is passed on, and holds for everybody who asks that host', async () => {
    site.answer = (_request, response) => response.writeHead(429, { 'retry-after': '120' }).end();
    expect(await ask('/list')).toMatchObject({ ok: false, error: 'rate_limited', retryAfterMs: 120_000 });
    const [row] = await bench.db.query<{ held: boolean }>(`select free_at > now() + interval '100 seconds' as held from scraper.rate_windows where key = 'rate_limit:scraper:copart'`);
    expect(row?.held).toBe(true);
  });

  it('what robots.txt forbids is not asked for', async () => {
    site.robots = (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('User-agent: *\nDisallow: /private\n');
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('x');
    expect([await errorOf('/private/1'), await errorOf('/list')]).toEqual(['robots', 'ok']);
    expect(site.requests).toEqual(['GET /list']);
  });

  it('a robots.txt that fails forbids everything for now; one that is not there nothing', async () => {
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('x');
    let asked = 0;
    site.robots = (_request, response) => {
      asked += 1;
      response.writeHead(500).end();
    };
    expect([await errorOf('/list'), await errorOf('/list')]).toEqual(['server_error', 'server_error']);
    expect([asked, site.requests]).toEqual([1, []]);
    bench.clock.advance(3_600_000);
    site.robots = (_request, response) => response.writeHead(404).end();
    expect(await errorOf('/list')).toBe('ok');
  });

  it('a robots.txt that sends us to an internal address forbids everything for now, and nobody is asked there', async () => {
    site.robots = (_request, response) => response.writeHead(302, { location: `${stranger.url}/robots.txt` }).end();
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('x');
    expect(await errorOf('/list')).toBe('address_refused');
    expect([stranger.requests, site.requests]).toEqual([[], []]);
  });

  it('robots.txt is read once a day', async () => {
    let asked = 0;
    site.robots = (_request, response) => {
      asked += 1;
      response.writeHead(200).end('User-agent: *\nAllow: /\n');
    };
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('x');
    for (let turn = 0; turn < 3; turn += 1) await ask('/list');
    expect(asked).toBe(1);
    bench.clock.advance(25 * 3_600_000);
    await ask('/list');
    expect(asked).toBe(2);
  });

  it('the day’s budget ends the day', async () => {
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('x');
    bench.clock.advance(24 * 3_600_000);
    const politeness = { ...plugin.politeness, perDay: 2 };
    // The second is the last but one of few: it may go, and then it is over.
    expect([await errorOf('/1', { politeness }), await errorOf('/2', { politeness: { ...politeness, perDay: 20 } }), await errorOf('/3', { politeness })]).toEqual(['ok', 'ok', 'budget']);
    bench.clock.advance(24 * 3_600_000);
    expect(await errorOf('/4', { politeness: { ...politeness, perDay: 20 } })).toBe('ok');
  });

  it('a request whose turn never came has cost nothing', async () => {
    await bench.db.query('delete from scraper.daily_usage');
    const used = async () => (await bench.db.query<{ used: number }>(`select used from scraper.daily_usage where scope = 'source:copart'`))[0]?.used;
    site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('x');
    await bench.allowance.holdOff('copart', 10 * 60_000);
    const leaving = new AbortController();
    const asked = ask('/1', { signal: leaving.signal });
    while ((await used()) !== 1) await new Promise((resolve) => setTimeout(resolve, 5));
    leaving.abort();
    await expect(asked).rejects.toThrow();
    expect([await used(), site.requests]).toEqual([0, []]);
  });

  it('what has not changed is not sent again', async () => {
    site.answer = (request, response) => void (request.headers['if-none-match'] === '"7"' ? response.writeHead(304).end() : response.writeHead(200).end('x'));
    const [outcome] = await bench.direct.fetch([{ request: { method: 'GET', path: '/x' }, validators: { etag: '"7"', lastModified: null } }], context());
    expect(outcome).toEqual({ ok: true, notModified: true });
  });

  it('a source that only fails is left alone, and the others are not', async () => {
    site.answer = (_request, response) => response.writeHead(500).end();
    for (let turn = 0; turn < 8; turn += 1) expect(await errorOf('/list')).toBe('server_error');
    expect(await errorOf('/list')).toBe('circuit_open');
    const before = site.requests.length;
    expect(await errorOf('/list')).toBe('circuit_open');
    expect(site.requests.length).toBe(before);
    expect(await errorOf('/list', { plugin: carLotPlugin('iaai') })).toBe('network');
  });
});
