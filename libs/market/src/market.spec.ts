import fc from 'fast-check';
import { Market } from './market';
import { marketSources, sourceSlugs, type SourceSlug } from './sources';
import type { MarketListing, TruthLine } from './types';

const start = new Date('2026-01-05T09:00:00.000Z');
const DAY = 86_400_000;
const at = (days: number): Date => new Date(start.getTime() + Math.round(days * DAY));
const everything = (market: Market): unknown => ({
  truth: [...market.truth()],
  offers: sourceSlugs.map((source) => market.listings(source)),
});

describe('a market of cars', () => {
  it('is the same for the same seed and another for another', () => {
    const one = new Market({ seed: 'a', cars: 120, start });
    const same = new Market({ seed: 'a', cars: 120, start });
    const other = new Market({ seed: 'b', cars: 120, start });
    expect(everything(same)).toEqual(everything(one));
    expect(everything(other)).not.toEqual(everything(one));
  });

  it('comes to the same in one step as in many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.array(fc.double({ min: 0, max: 35, noNaN: true }), { maxLength: 6 }), (seed, stops) => {
        // Over New Year: what arrives then must not know how far the clock has been moved.
        const before = new Date('2025-12-12T00:00:00.000Z');
        const later = (days: number): Date => new Date(before.getTime() + Math.round(days * DAY));
        const straight = new Market({ seed, cars: 60, start: before });
        const halting = new Market({ seed, cars: 60, start: before });
        for (const stop of stops.toSorted((a, b) => a - b)) {
          halting.advanceTo(later(stop));
          // Looking must not change anything either.
          halting.listings('ebay');
        }
        for (const market of [straight, halting]) market.advanceTo(later(35));
        expect(everything(halting)).toEqual(everything(straight));
      }),
      { numRuns: 25 },
    );
  });

  it('never takes back what has been seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 20, noNaN: true }), (seed, days) => {
        const market = new Market({ seed, cars: 60, start });
        market.advanceTo(at(days));
        const before = [...market.truth()];
        market.advanceTo(at(days + 12));
        const after = new Map([...market.truth()].map((line) => [line.car_id, line]));
        for (const line of before) {
          const now = after.get(line.car_id);
          const told = new Map(now?.listings.map((listing) => [`${listing.source} ${listing.external_id}`, listing]));
          for (const listing of line.listings) {
            const later = told.get(`${listing.source} ${listing.external_id}`);
            expect(later?.prices.slice(0, listing.prices.length)).toEqual(listing.prices);
            expect(later?.bids.slice(0, listing.bids.length)).toEqual(listing.bids);
            expect(later?.listed_at).toBe(listing.listed_at);
            if (listing.ended_at !== null) expect(later).toEqual(listing);
          }
          if (line.sold_at !== null) expect(now?.sold_at).toBe(line.sold_at);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('does not go back in time', () => {
    const market = new Market({ seed: 1, cars: 20, start });
    market.advanceTo(at(2));
    expect(() => market.advanceTo(at(1))).toThrow(RangeError);
    expect(() => market.advanceTo(new Date(Number.NaN))).toThrow(RangeError);
    expect(() => new Market({ seed: 1, cars: 0, start })).toThrow(RangeError);
    expect(market.now).toEqual(at(2));
  });
});

describe('a month on the market of five thousand cars', () => {
  let market: Market;
  let atStart: TruthLine[];
  let offeredAtStart: Map<SourceSlug, readonly MarketListing[]>;
  let after: TruthLine[];

  beforeAll(() => {
    market = new Market({ seed: 'autobroker', start });
    atStart = [...market.truth()];
    offeredAtStart = new Map(sourceSlugs.map((source) => [source, market.listings(source)]));
    for (let day = 1; day <= 30; day += 1) market.advanceTo(at(day));
    after = [...market.truth()];
  });

  it('opens with a grown stock that has been there for a while', () => {
    const standing = atStart.filter((line) => line.on_market);
    expect(standing.length).toBeGreaterThan(4_850);
    expect(standing.length).toBeLessThanOrEqual(5_000);
    const ages = standing.map((line) => (start.getTime() - Date.parse(line.first_seen)) / DAY).toSorted((a, b) => a - b);
    expect(ages[Math.floor(ages.length / 2)]).toBeGreaterThan(15);
    expect(ages.at(-1)).toBeGreaterThan(90);
    expect(ages[0]).toBeGreaterThanOrEqual(0);
  });

  it('shows sixty makes and six hundred models and more', () => {
    expect(new Set(atStart.map((line) => line.make)).size).toBeGreaterThanOrEqual(60);
    expect(new Set(atStart.map((line) => `${line.make} ${line.model}`)).size).toBeGreaterThanOrEqual(600);
  });

  it('renews itself by two to three in a hundred a day and keeps its size', () => {
    const fresh = after.filter((line) => Date.parse(line.first_seen) > start.getTime());
    expect(fresh.length / 30 / 5_000).toBeGreaterThan(0.02);
    expect(fresh.length / 30 / 5_000).toBeLessThan(0.03);
    const perDay = Array.from({ length: 30 }, (_, day) => fresh.filter((line) => Math.floor((Date.parse(line.first_seen) - start.getTime()) / DAY) === day).length);
    expect(Math.min(...perDay)).toBeGreaterThan(80);
    expect(Math.max(...perDay)).toBeLessThan(180);
    const standing = after.filter((line) => line.on_market).length;
    expect(standing).toBeGreaterThan(4_600);
    expect(standing).toBeLessThan(5_400);
    expect(after.filter((line) => line.sold_at !== null && Date.parse(line.sold_at) > start.getTime()).length).toBeGreaterThan(2_000);
  });

  it('gives no id, no VIN twice, and finds every offer by its id', () => {
    for (const source of sourceSlugs) {
      const ids = after.flatMap((line) => line.listings.filter((listing) => listing.source === source).map((listing) => listing.external_id));
      expect(ids.length).toBeGreaterThan(80);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => market.listing(source, id)?.externalId !== id)).toEqual([]);
      expect(market.listing(source, `${ids[0]}0`)).toBeUndefined();
      expect(market.listing(source, 'no such id')).toBeUndefined();
    }
    expect(new Set(after.map((line) => line.vin)).size).toBe(after.length);
    const urls = after.flatMap((line) => line.listings.map((listing) => `${listing.source}${listing.url}`));
    expect(new Set(urls).size).toBe(urls.length);
  });

  it('offers newest first and only what stands', () => {
    for (const source of sourceSlugs) {
      const offers = market.listings(source);
      expect(offers.length).toBe(market.count(source));
      expect(offers.every((offer) => offer.endedAt === null && (offer.status === 'active' || offer.status === 'reserved'))).toBe(true);
      expect(offers.every((offer, place) => place === 0 || offer.listedAt.getTime() <= (offers[place - 1]?.listedAt.getTime() ?? 0))).toBe(true);
      expect(offers.every((offer) => offer.listedAt <= market.now && offer.updatedAt <= market.now)).toBe(true);
      expect(market.page(source, 3, 7)).toEqual(offers.slice(3, 10));
      expect(market.page(source, offers.length - 2, 7)).toEqual(offers.slice(-2));
      expect(market.page(source, offers.length, 7)).toEqual([]);
    }
  });

  it('tells the same prices on the page as in the truth, in the order of time', () => {
    const wrong: unknown[] = [];
    let changes = 0;
    let rises = 0;
    for (const line of after) {
      for (const listing of line.listings) {
        const page = market.listing(listing.source, listing.external_id);
        const price = listing.prices.length === 0 ? null : (listing.prices.at(-1)?.amount ?? 0) / 100;
        if (page?.price !== price || page.path !== listing.url) wrong.push(listing);
        const times = [Date.parse(listing.listed_at), ...listing.prices.map((price) => Date.parse(price.at)), listing.ended_at === null ? market.now.getTime() : Date.parse(listing.ended_at)];
        if (times.some((time, place) => time < (times[place - 1] ?? 0))) wrong.push(listing);
        listing.prices.slice(1).forEach((next, place) => {
          const before = listing.prices[place]?.amount ?? 0;
          if (next.amount === before) wrong.push(listing);
          changes += 1;
          if (next.amount > before) rises += 1;
        });
      }
    }
    expect(wrong).toEqual([]);
    expect(changes).toBeGreaterThan(8_000);
    expect(rises / changes).toBeGreaterThan(0.05);
    expect(rises / changes).toBeLessThan(0.25);
  });

  it('lets what has gone be seen as gone', () => {
    const ended = after.flatMap((line) => line.listings.filter((listing) => listing.ended_at !== null));
    expect(ended.length).toBeGreaterThan(5_000);
    const reasons = new Set(ended.map((listing) => listing.end_reason));
    expect(reasons).toEqual(new Set(['sold', 'removed', 'expired']));
    const wrong = ended.filter((listing) => {
      const page = market.listing(listing.source, listing.external_id);
      return page?.status !== (listing.end_reason === 'sold' ? 'sold' : 'removed') || page.endedAt?.toISOString() !== listing.ended_at;
    });
    expect(wrong).toEqual([]);
    for (const [source, offers] of offeredAtStart) {
      const standing = new Set(market.listings(source).map((offer) => offer.externalId));
      expect(offers.filter((offer) => !standing.has(offer.externalId)).length / offers.length).toBeGreaterThan(0.25);
    }
  });

  it('offers half of the cars at two sources and more, where such cars are sold', () => {
    const counts = after.map((line) => new Set(line.listings.map((listing) => listing.source)).size);
    expect(counts.filter((count) => count > 1).length / counts.length).toBeGreaterThan(0.4);
    expect(Math.max(...counts)).toBe(4);
    expect(Math.min(...counts)).toBe(1);
    const countries = new Map(marketSources.map((source) => [source.slug, source.countries]));
    expect(after.filter((line) => line.listings.some((listing) => countries.get(listing.source)?.includes(line.country) !== true))).toEqual([]);
  });

  it('brings back under a new id what was taken down or has lapsed', () => {
    const again = after.filter((line) => line.planted.includes('relisted'));
    expect(again.length / after.length).toBeGreaterThan(0.05);
    for (const line of again) {
      const later = line.listings.filter((listing) => listing.planted.includes('relisted'));
      for (const listing of later) {
        expect(line.listings.some((earlier) => earlier.ended_at !== null && earlier.ended_at < listing.listed_at && earlier.external_id !== listing.external_id)).toBe(true);
      }
    }
  });

  it('has cars reserved, texts edited and clocks that say so', () => {
    const offers = sourceSlugs.flatMap((source) => market.listings(source));
    const reserved = offers.filter((offer) => offer.status === 'reserved');
    expect(reserved.length).toBeGreaterThan(20);
    const tell = new Set(marketSources.filter((source) => source.tellsReserved).map((source) => source.slug));
    expect(reserved.every((offer) => tell.has(offer.source))).toBe(true);
    expect(offers.filter((offer) => offer.updatedAt > offer.listedAt).length / offers.length).toBeGreaterThan(0.3);
    const earlier = new Map([...offeredAtStart.values()].flat().map((offer) => [`${offer.source}${offer.externalId}`, offer]));
    const edited = offers.filter((offer) => (earlier.get(`${offer.source}${offer.externalId}`)?.description ?? offer.description) !== offer.description);
    expect(edited.length).toBeGreaterThan(50);
  });
});
