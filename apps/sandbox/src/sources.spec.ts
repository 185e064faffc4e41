import type { Sandbox } from './sandbox';
import { readers } from './suite/facts';
import { control, shopOf, smallSandbox, textAt, urlOf, type Parsed } from './suite/sandbox';
import { ebayToken, graph, nextData, walks } from './suite/walks';

const sources = Object.keys(walks);

describe('a visitor of the thirteen sources', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await smallSandbox();
  });
  afterAll(() => sandbox.close());

  it.each(sources)('turns every page of %s and finds each offer exactly once, the newest first', async (slug) => {
    const listed = await walks[slug]?.(urlOf(sandbox, slug));
    const offered = shopOf(sandbox, slug).onOffer();
    expect(offered.length).toBeGreaterThan(0);
    expect(listed).toHaveLength(offered.length);
    expect([...(listed ?? [])].sort()).toEqual(offered.map((listing) => listing.externalId).sort());
    const newestFirst = ['autotrader', 'cars-com', 'cargurus', 'autoscout24', 'mobile-de', 'facebook', 'gumtree', 'craigslist', 'copart', 'iaai'];
    if (newestFirst.includes(slug)) expect(listed).toEqual(offered.map((listing) => listing.externalId));
  });

  it.each(sources)('reads on the pages of %s what the market says of the car', async (slug) => {
    const offered = shopOf(sandbox, slug).onOffer();
    for (const listing of offered.slice(0, slug === 'dealer-feed' ? 8 : 25)) {
      const facts = await readers[slug]?.(urlOf(sandbox, slug), listing);
      const auction = listing.auction !== null;
      expect({ id: listing.externalId, ...facts, make: facts?.make.toLowerCase() }).toEqual({
        id: listing.externalId,
        make: listing.make.toLowerCase(),
        price: auction ? (listing.auction?.buyNow ?? null) : listing.price,
        mileage: listing.mileage,
      });
    }
  });

  it('narrows the lists by make, year, price and mileage', async () => {
    const shop = shopOf(sandbox, 'autoscout24');
    const [make] = shop.makes()[0] ?? [''];
    const { listings } = nextData(await textAt(`${urlOf(sandbox, 'autoscout24')}/lst?mmvmk0=${encodeURIComponent(make)}&fregfrom=2016&priceto=30000&kmto=150000`));
    const expected = shop.onOffer().filter((one) => one.make === make && (one.year ?? 0) >= 2016 && one.price !== null && one.price <= 30_000 && one.mileage !== null && one.mileage <= 150_000);
    expect(listings.map((one: Parsed) => one.id).sort()).toEqual(expected.slice(0, 20).map((one) => one.externalId).sort());
  });

  it('is told at every source that a car is gone, in that source’s way', async () => {
    const before = new Map(sources.map((slug) => [slug, shopOf(sandbox, slug).onOffer()]));
    await control(sandbox, 'clock', { advance: '45d' });
    const told = new Map<string, number | string>();
    for (const slug of sources.filter((one) => one !== 'dealer-feed')) {
      const ended = before.get(slug)?.map((listing) => shopOf(sandbox, slug).find(listing.externalId)).find((listing) => listing !== undefined && listing.endedAt !== null && listing.status !== 'sold');
      if (ended === undefined) continue;
      const base = urlOf(sandbox, slug);
      if (slug === 'facebook') {
        told.set(slug, JSON.stringify((await graph(base, '6204519089593047', { targetId: ended.externalId })).data.viewer.marketplace_product_details_page.target));
      } else {
        const answer = await fetch(base + ended.path, slug === 'ebay' ? { headers: { authorization: `Bearer ${await ebayToken(base)}` } } : {});
        const body = await answer.text();
        told.set(slug, answer.status === 200 ? (/no longer available|not found|"data":\{\}/u.exec(body)?.[0] ?? 'nothing') : answer.status);
      }
    }
    expect(told.size).toBeGreaterThan(8);
    const ways: Record<string, number | string> = { autotrader: 404, 'cars-com': 'no longer available', cargurus: 404, autoscout24: 410, 'mobile-de': 404, ebay: 404, facebook: 'null', gumtree: 410, craigslist: 410, copart: '"data":{}', iaai: 'not found', 'dealer-site': 410 };
    for (const [slug, way] of told) expect([slug, way]).toEqual([slug, ways[slug]]);
    for (const slug of sources) {
      const listed = await walks[slug]?.(urlOf(sandbox, slug));
      expect([...(listed ?? [])].sort()).toEqual(shopOf(sandbox, slug).onOffer().map((listing) => listing.externalId).sort());
    }
  });
});
