import { ManualClock } from '@autobroker/kernel';
import { Market, type TruthLine } from '@autobroker/market';
import { platformTables } from '@autobroker/platform/database';
import { testDatabase, type TestDatabase } from '@autobroker/platform/testing';
import { HearMarket } from '../application/market/hear-market';
import { RecountMarket } from '../application/market/recount-market';
import { saying, type SaidCar } from '../domain/market/a-car';
import type { Price } from '../domain/market-car';
import type { MarketNews } from '../domain/market/projection';
import { pricingEntities } from '../infrastructure/entities';
import { SqlMarketCars } from '../infrastructure/market/market-cars';
import { SqlMarketStatistics } from '../infrastructure/market/market-statistics';
import { SqlMarketStore } from '../infrastructure/market/market-store';
import { pricingMigrations } from '../infrastructure/migrations';

/** For specs: the market on a database of its own, wired by hand. */
export async function marketBench(clock = new ManualClock()) {
  const schema = { name: 'pricing', entities: pricingEntities, migrations: [...platformTables('pricing'), ...pricingMigrations] };
  const database: TestDatabase = await testDatabase({ services: [schema], clock });
  const db = database.of('pricing');
  const store = new SqlMarketStore(db);
  const market = new HearMarket(store);
  const hear = (news: readonly MarketNews[]): Promise<void> => db.transaction((tx) => market.run(tx, news));
  return {
    database,
    db,
    clock,
    store,
    market,
    hear,
    cars: new SqlMarketCars(db, { currency: 'EUR' }),
    statistics: new SqlMarketStatistics(db),
    recount: new RecountMarket(db, store),
    /** What is counted, by the names of the segments and not their numbers. */
    counts: () =>
      db.query<Record<string, unknown>>(
        `select s.country, s.currency, s.make_key, s.model_key, s.year, s.kind, s.grade, c.source, c.measure, c.x, c.y, c.n
         from pricing.market_counts c join pricing.market_segments s on s.id = c.segment_id order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`,
      ),
    /** Everything of the projection, as text, in one order. */
    rows: () => db.query<Record<string, unknown>>('select to_jsonb(c) as row from pricing.market_cars c order by vehicle_id'),
    empty: async () => {
      for (const table of ['market_cars', 'market_offers', 'market_segments', 'market_counts']) await db.query(`delete from pricing.${table}`);
    },
    close: () => database.close(),
  };
}

export type MarketBench = Awaited<ReturnType<typeof marketBench>>;

const perEuro: Readonly<Record<string, number>> = { EUR: 1, USD: 1.25, GBP: 0.8 };
const places: Readonly<Record<string, { readonly lat: number; readonly lon: number }>> = {
  DE: { lat: 50.1, lon: 8.7 }, US: { lat: 39.1, lon: -94.6 }, GB: { lat: 52.5, lon: -1.9 }, IT: { lat: 44.5, lon: 11.3 }, FR: { lat: 47.2, lon: 2.2 },
};

/** A generated market with its past, as the vehicle service would tell of it: the events of each car in their order, one car after the other. */
export function generatedNews(cars: number, start: Date, days: number, seed = 7): MarketNews[] {
  const market = new Market({ seed, cars, start });
  market.advanceTo(new Date(start.getTime() + days * 86_400_000));
  return [...market.truth()].flatMap((line, index) => storyOf(line, index));
}

function storyOf(line: TruthLine, index: number): MarketNews[] {
  const id = uuidOf(index);
  const offers = line.listings.filter(({ prices }) => prices.length > 0);
  const prices = offers[0]?.prices ?? [];
  const price = ({ amount, currency }: TruthLine['listings'][number]['prices'][number]): Price => ({ amount, currency });
  const place = places[line.country];
  // Around the middle of its country, so that distances tell something.
  const coordinates = place === undefined ? null : { lat: place.lat + ((index * 37) % 300) / 100 - 1.5, lon: place.lon + ((index * 61) % 400) / 100 - 2 };
  const said = saying({
    id,
    facts: {
      make: line.make, model: line.model, trim: line.trim, year: line.year, mileageKm: line.mileage_km, fuel: line.fuel, body: line.body, gearbox: null,
      colour: line.color, damageType: line.damage, condition: line.damage === 'none' ? 'used' : 'damaged', country: line.country, coordinates, firstRegistration: null,
    },
    known: { vin: line.vin, listedAt: new Date(line.first_seen), sources: [...new Set(line.listings.map(({ source }) => source))].sort() },
  });
  const [first, ...later] = prices;
  const priced = (money: Price | null): SaidCar => ({ price: money });
  const news: MarketNews[] = [inReference(said.listed(1, { ...priced(first === undefined ? null : price(first)), at: line.first_seen }))];
  for (const step of later) news.push(inReference(said.priced(news.length + 1, price(step), step.at)));
  const ended = line.listings.map(({ ended_at }) => ended_at).filter((at) => at !== null).sort().at(-1);
  if (line.sold_at !== null) news.push(said.left(news.length + 1, 'sold', line.sold_at));
  else if (!line.on_market && ended !== undefined) news.push(said.left(news.length + 1, 'withdrawn', ended));
  return news;
}

function inReference(news: MarketNews): MarketNews {
  if (news.kind === 'delisted' || news.price === null) return news;
  const rate = perEuro[news.price.currency] ?? 1;
  return { ...news, referencePrice: { amount: Math.round(news.price.amount / rate), currency: 'EUR' } };
}

export const uuidOf = (index: number): string => `0192f0c1-7c1e-7d3a-9a4f-${index.toString(16).padStart(12, '0')}`;
