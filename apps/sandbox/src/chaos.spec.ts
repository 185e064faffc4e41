import { load } from 'cheerio';
import type { Sandbox } from './sandbox';
import { control, jsonAt, shopOf, smallSandbox, textAt, urlOf, type Parsed } from './suite/sandbox';
import { nextData } from './suite/walks';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 150 });
});
afterEach(() => control(sandbox, 'chaos', { vendor: '*', reset: true }));
afterAll(() => sandbox.close());

const cars = () => `${urlOf(sandbox, 'cars-com')}/shopping/results/`;
const upset = (switches: object) => control(sandbox, 'chaos', { vendor: 'cars-com', ...switches });

describe('a source that goes wrong', () => {
  it('leaves all others as they are', async () => {
    await upset({ status: 500 });
    expect((await fetch(cars())).status).toBe(500);
    for (const [slug, path] of [['gumtree', '/search'], ['iaai', '/Search'], ['autoscout24', '/lst']] as const) expect((await fetch(urlOf(sandbox, slug) + path)).status).toBe(200);
    await control(sandbox, 'chaos', { vendor: 'cars-com', reset: true });
    expect((await fetch(cars())).status).toBe(200);
  });

  it('fails for the share of requests that was asked for', async () => {
    await upset({ status: { code: 503, share: 0.25 } });
    const statuses: number[] = [];
    for (let request = 0; request < 12; request += 1) statuses.push((await fetch(cars())).status);
    expect(statuses.filter((status) => status === 503)).toHaveLength(3);
  });

  it('says too many requests, and how long to wait', async () => {
    await upset({ rate_limit: { per_minute: 3 } });
    for (let request = 0; request < 3; request += 1) expect((await fetch(cars())).status).toBe(200);
    const refused = await fetch(cars());
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${urlOf(sandbox, 'cars-com')}/robots.txt`)).status).toBe(200);
  });

  it.each([
    ['captcha', 403, 'Press & Hold'],
    ['cloudflare', 403, 'Just a moment'],
    ['consent', 200, 'Alle akzeptieren'],
  ])('stands behind a wall: %s', async (bot_wall, status, words) => {
    await upset({ bot_wall });
    const answer = await fetch(cars());
    expect(answer.status).toBe(status);
    const body = await answer.text();
    expect(load(body).text()).toContain(words);
    expect(body).not.toContain('vehicle-card');
  });

  it('drops the connection', async () => {
    await upset({ drop: true });
    await expect(fetch(cars())).rejects.toThrow();
  });

  it('begins an answer that never ends, until the client goes', async () => {
    await upset({ stall: true });
    const patience = new AbortController();
    const answer = await fetch(cars(), { signal: patience.signal });
    expect(answer.status).toBe(200);
    const rest = answer.text();
    patience.abort();
    await expect(rest).rejects.toThrow();
  });

  it('sends a page without end, and stops when the client has had enough', async () => {
    await upset({ huge: true });
    const answer = await fetch(cars());
    const reader = answer.body?.getReader();
    let size = 0;
    while (size < 5_000_000) size += (await reader?.read())?.value?.length ?? 5_000_000;
    await reader?.cancel();
    expect(size).toBeGreaterThanOrEqual(5_000_000);
  });

  it('leads in circles, and to where nobody should go', async () => {
    await upset({ redirect_loop: true });
    await expect(fetch(cars())).rejects.toThrow();
    await upset({ reset: true, redirect_to_internal: true });
    const answer = await fetch(cars(), { redirect: 'manual' });
    expect(['http://127.0.0.1:22/', 'http://169.254.169.254/latest/meta-data/']).toContain(answer.headers.get('location'));
  });

  it('sends garbage that says it is a page', async () => {
    await upset({ garbage: true });
    const answer = await fetch(cars());
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(load(await answer.text())('.vehicle-card')).toHaveLength(0);
  });

  it('serves markup that is not well formed, with the cars still in it', async () => {
    const whole = await textAt(cars());
    await upset({ broken_html: true });
    const broken = await textAt(cars());
    expect(broken).not.toBe(whole);
    expect(broken).not.toContain('</html>');
    const [first] = shopOf(sandbox, 'cars-com').onOffer();
    expect(broken).toContain(first?.path);
  });

  it('has been redesigned: other classes, attributes and keys, the same words', async () => {
    await control(sandbox, 'chaos', { vendor: '*', changed_selectors: true });
    const list = load(await textAt(cars()));
    expect(list('.vehicle-card, [data-vehicle-details]')).toHaveLength(0);
    const [first] = shopOf(sandbox, 'cars-com').onOffer();
    expect(list.text()).toContain(first?.title);
    const [car] = shopOf(sandbox, 'mobile-de').onOffer();
    const detail = load(await textAt(urlOf(sandbox, 'mobile-de') + (car?.path ?? '')));
    expect(detail('[itemprop], #mileage-v')).toHaveLength(0);
    expect(detail('h1').first().text()).toBe(car?.title);
    expect(load(await textAt(`${urlOf(sandbox, 'autoscout24')}/lst`))('#__NEXT_DATA__')).toHaveLength(0);
    expect(await jsonAt(`${urlOf(sandbox, 'cargurus')}/Cars/searchPage.action`)).not.toHaveProperty('tiles');
  });
});

describe('the robots.txt of a source', () => {
  const robots = (slug = 'cars-com') => fetch(`${urlOf(sandbox, slug)}/robots.txt`);

  it('lets visitors see the cars', async () => {
    const lines = (await (await robots()).text()).split('\n');
    expect(lines).toContain('User-agent: *');
    expect(lines).not.toContain('Disallow: /shopping/results/');
    expect(await (await robots('dealer-site')).text()).toContain(`Sitemap: ${urlOf(sandbox, 'dealer-site')}/sitemap.xml`);
  });

  it.each([
    ['allow', 200, /Allow: \//u],
    ['disallow', 200, /User-agent: \*\nDisallow: \/\n/u],
    ['broken', 200, /<!DOCTYPE html>/u],
    ['500', 500, /Error/u],
  ])('can be made to say: %s', async (choice, status, words) => {
    await upset({ robots: choice });
    const answer = await robots();
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(words);
  });

  it('may ask for time between requests', async () => {
    await upset({ crawl_delay: 2 });
    expect(await (await robots()).text()).toContain('Crawl-delay: 2');
  });
});

describe('a visitor who has been here before', () => {
  it.each([
    ['cars-com', '/shopping/results/'],
    ['autotrader', '/cars-for-sale/all-cars'],
    ['autoscout24', '/lst'],
    ['gumtree', '/search'],
    ['craigslist', '/search/cta?format=atom'],
    ['dealer-site', '/sitemap.xml'],
    ['dealer-feed', '/feed/inventory.csv'],
    ['dealer-feed', '/feed/inventory.xml'],
  ])('is not sent what %s%s has not changed', async (slug, path) => {
    const url = urlOf(sandbox, slug) + path;
    const first = await fetch(url);
    const tag = first.headers.get('etag');
    expect(tag).toMatch(/^(?:W\/)?"/u);
    const again = await fetch(url, { headers: { 'if-none-match': tag ?? '' } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect((await fetch(url, { headers: { 'if-none-match': '"another"' } })).status).toBe(200);
  });

  it('may go by the date of the last change instead', async () => {
    const [car] = shopOf(sandbox, 'mobile-de').onOffer();
    const url = urlOf(sandbox, 'mobile-de') + (car?.path ?? '');
    const changed = (await fetch(url)).headers.get('last-modified') ?? '';
    expect((await fetch(url, { headers: { 'if-modified-since': changed } })).status).toBe(304);
    expect((await fetch(url, { headers: { 'if-modified-since': 'Sat, 01 Jan 2000 00:00:00 GMT' } })).status).toBe(200);
  });
});

describe('the pictures of a source', () => {
  it('are real JPEGs, the same at every look, and unknown addresses have none', async () => {
    const car = shopOf(sandbox, 'autoscout24').onOffer().find((listing) => listing.pictures.length > 0);
    const { listings } = nextData(await textAt(`${urlOf(sandbox, 'autoscout24')}/lst`));
    const url = listings.find((one: Parsed) => one.id === car?.externalId).images[0];
    const picture = await fetch(url);
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
    expect((await fetch(`${urlOf(sandbox, 'autoscout24')}/img/0123456789abcdef/1.jpg`)).status).toBe(404);
  });
});
