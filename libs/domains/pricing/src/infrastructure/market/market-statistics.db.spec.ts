import { ManualClock } from '@autobroker/kernel';
import type { MarketFilter } from '../../application/market/statistics';
import { euros, saying } from '../../domain/market/a-car';
import { dayOf } from '../../domain/market/contributions';
import { countOf, quantileOf } from '../../domain/market/price-sketch';
import { daysToSell } from '../../domain/market/survival';
import { generatedNews, marketBench, uuidOf, type MarketBench } from '../../testing/market-bench';
import { agesSql, Params, supplySql } from './statistics-sql';

const start = new Date('2026-01-05T09:00:00.000Z');
const now = new Date(start.getTime() + 60 * 86_400_000);
const today = dayOf(now);
const sound: MarketFilter = { damaged: false };

let bench: MarketBench;
beforeAll(async () => {
  bench = await marketBench(new ManualClock(now));
  const news = generatedNews(3_000, start, 60);
  for (let at = 0; at < news.length; at += 1_000) await bench.hear(news.slice(at, at + 1_000));
  await bench.db.query('analyze pricing.market_counts');
  await bench.db.query('analyze pricing.market_segments');
}, 120_000);
afterAll(() => bench.close());

/** The same, worked out from the cars themselves. */
const exactly = async <T>(sql: string): Promise<T[]> => bench.db.query<T>(sql);
const soundCars = `tenant_id is null and facts is not null and left_reason is distinct from 'deleted' and grade = 0`;

describe('what is counted of a market', () => {
  it('is what its cars say: stock, arrivals, sales and the middle price of every country', async () => {
    const exact = await exactly<{ country: string; currency: string; priced: number; listed: number; sold: number; median: number }>(
      `select country, price_currency as currency, count(*) filter (where left_at is null and doubt is null)::integer as priced,
         count(*) filter (where (listed_at at time zone 'utc')::date > date '1970-01-01' + ${today - 45})::integer as listed,
         count(*) filter (where left_reason = 'sold' and (left_at at time zone 'utc')::date > date '1970-01-01' + ${today - 45})::integer as sold,
         percentile_disc(0.5) within group (order by price_amount) filter (where left_at is null and doubt is null)::double precision as median
       from pricing.market_cars where ${soundCars} and price_currency is not null group by 1, 2 order by 1, 2`,
    );
    const counted = (await bench.statistics.supply(sound, today, 45)).filter(({ currency }) => currency !== null);
    expect(counted.map(({ country, currency, prices, listed, sold }) => ({ country, currency, priced: countOf(prices), listed, sold }))).toEqual(
      exact.map(({ country, currency, priced, listed, sold }) => ({ country, currency, priced, listed, sold })),
    );
    expect(exact.length).toBeGreaterThan(4);
    for (const [index, { median, priced }] of exact.entries()) {
      if (priced === 0) continue;
      const found = quantileOf(counted[index]?.prices ?? [], 0.5) ?? 0;
      expect(Math.abs(found / median - 1)).toBeLessThan(0.05);
    }
    expect(counted.map(({ lives }) => daysToSell(lives).cars).reduce((sum, n) => sum + n, 0)).toBe((await exactly<{ n: number }>(`select count(*)::integer as n from pricing.market_cars where ${soundCars} and price_currency is not null`))[0]?.n);
  });

  it('knows damaged cars as a market of their own', async () => {
    const damaged = await bench.statistics.supply({ damaged: true }, today, 45);
    const [row] = await exactly<{ n: number }>(`select count(*)::integer as n from pricing.market_cars where tenant_id is null and grade = 1 and left_at is null`);
    expect(damaged.reduce((sum, { prices, unpriced }) => sum + countOf(prices) + unpriced, 0)).toBe(row?.n);
  });

  it('names each price once on the day it was named', async () => {
    const trends = await bench.statistics.trend({ damaged: false, country: ['DE'], currency: 'EUR' }, today - 60, today, 'week');
    const [row] = await exactly<{ n: number }>(
      `select count(*)::integer as n from pricing.market_cars c cross join lateral jsonb_array_elements(c.moments) m
       where ${soundCars} and country = 'DE' and price_currency = 'EUR' and doubt is null and m->'p'->>'currency' = 'EUR' and (m->>'at')::numeric >= ${(today - 60) * 86_400_000}`,
    );
    expect(trends).toHaveLength(1);
    expect(trends[0]?.periods.reduce((sum, { prices }) => sum + countOf(prices), 0)).toBe(row?.n);
    expect(trends[0]?.periods.map(({ period }) => period)).toEqual(trends[0]?.periods.map(({ period }) => period).toSorted());
  });

  it('narrows to makers, models and years', async () => {
    const all = await bench.statistics.ages({ damaged: false, make: ['volkswagen'] }, 2026);
    const young = await bench.statistics.ages({ damaged: false, make: ['Volkswagen'], yearMin: 2022 }, 2026);
    const cars = (some: typeof all): number => some.reduce((sum, { ages }) => sum + ages.reduce((total, { cars: n }) => total + n, 0), 0);
    expect(cars(all)).toBeGreaterThan(cars(young));
    expect(cars(young)).toBeGreaterThan(0);
    expect(Math.max(...young.flatMap(({ ages }) => ages.map(({ age }) => age)))).toBeLessThanOrEqual(4);
  });

  it('sorts segments as asked and tells how many there are', async () => {
    const page = { least: 5, offset: 0, limit: 5 };
    const byStock = await bench.statistics.segments(sound, today, { ...page, sort: 'available' });
    const bySupply = await bench.statistics.segments(sound, today, { ...page, sort: 'days_supply' });
    expect(byStock.total).toBeGreaterThan(5);
    expect(byStock.items.map(({ available }) => available)).toEqual(byStock.items.map(({ available }) => available).toSorted((a, b) => b - a));
    expect(bySupply.items.map(({ daysSupply }) => daysSupply ?? Infinity)).toEqual(bySupply.items.map(({ daysSupply }) => daysSupply ?? Infinity).toSorted((a, b) => a - b));
    expect((await bench.statistics.segments(sound, today, { ...page, sort: 'available', offset: 100_000 })).total).toBe(byStock.total);
  });

  it('for one model is read along indexes', async () => {
    const plan = async (of: (params: Params) => string): Promise<string> => {
      const params = new Params();
      const rows = await bench.db.query<Record<'QUERY PLAN', string>>(`explain ${of(params)}`, params.values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const golf = { damaged: false, make: ['Volkswagen'], model: ['Golf'] };
    for (const text of [await plan((params) => agesSql(golf, params)), await plan((params) => supplySql(golf, today, params))]) {
      expect(text).toContain('market_segments_key');
      expect(text).toContain('market_counts_pkey');
      expect(text).not.toContain('Seq Scan');
    }
  });
});

describe('the quality of a source', () => {
  it('is how its prices lie against those of like cars, and what is wrong with them', async () => {
    const trabant = (n: number, source: string, price: number, faults = false) =>
      saying({ id: uuidOf(500_000 + n), facts: { make: 'Trabant', model: '601', ...(faults ? { trim: null, ownersCount: null, colour: null, features: [] } : {}) }, known: { sources: [source], relistCount: faults ? 2 : 0, vinFlags: faults ? ['vin_make_differs'] : [] } }).listed(1, { price: euros(price) });
    await bench.hear([1, 2, 3, 4, 5].map((n) => trabant(n, 'fair', 10_000)));
    await bench.hear([6, 7].map((n) => trabant(n, 'cheap', 8_000, true)));
    await bench.hear([trabant(8, 'cheap', 1)]);
    const { items, total } = await bench.statistics.sources({ damaged: false, make: ['trabant'] }, { offset: 0, limit: 10 });
    expect(total).toBe(2);
    expect(items).toEqual([
      { source: 'fair', cars: 5, priced: 5, completeness: 100, priceDeviation: 0, comparedPrices: 5, relisted: 0, vinContradicted: 0, doubtfulPrices: 0 },
      { source: 'cheap', cars: 3, priced: 2, completeness: expect.closeTo(83.3, 0), priceDeviation: expect.any(Number), comparedPrices: 2, relisted: 2, vinContradicted: 2, doubtfulPrices: 1 },
    ]);
    // A fifth below, as exactly as prices are counted.
    expect(Math.abs((items[1]?.priceDeviation ?? 0) + 20)).toBeLessThan(2);
  });
});
