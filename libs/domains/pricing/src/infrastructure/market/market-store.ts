import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { MarketStore } from '../../application/ports';
import type { Count } from '../../domain/market/contributions';
import type { HeardCar } from '../../domain/market/projection';
import { heardOf, marketColumns, marketRowOf, type MarketRow } from './market-row';

const names = Object.keys(marketColumns);

/** The rows come as one JSON parameter: as many statements for hundreds as for one. */
const saveAll = `insert into pricing.market_cars (vehicle_id, tenant_id, ${names.join(', ')})
select r.vehicle_id, r.tenant_id, ${names.map((name) => `r.${name}`).join(', ')}
from jsonb_to_recordset($1::jsonb) as r(vehicle_id uuid, tenant_id uuid, ${Object.entries(marketColumns).map(([name, type]) => `${name} ${type}`).join(', ')})
on conflict (vehicle_id) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** A listing belongs to the car that spoke of it last: it may have moved there while the other's event was on its way. */
const saveListings = `with r as (
  select * from jsonb_to_recordset($1::jsonb) as r(listing_id uuid, vehicle_id uuid, source text, external_id text, url text, auction boolean, active boolean,
    price_amount bigint, price_currency text, price_kind text, doubtful boolean, told_at timestamptz)
), latest as (select distinct on (listing_id) * from r order by listing_id, told_at desc)
insert into pricing.market_offers as o (listing_id, vehicle_id, source, external_id, url, auction, active, price_amount, price_currency, price_kind, doubtful, told_at)
select listing_id, vehicle_id, source, external_id, url, auction, active, price_amount, price_currency, price_kind, doubtful, told_at from latest
on conflict (listing_id) do update set vehicle_id = excluded.vehicle_id, source = excluded.source, external_id = excluded.external_id, url = excluded.url,
  auction = excluded.auction, active = excluded.active, price_amount = excluded.price_amount, price_currency = excluded.price_currency,
  price_kind = excluded.price_kind, doubtful = excluded.doubtful, told_at = excluded.told_at
where excluded.told_at >= o.told_at`;

const countRow = 'country text, currency text, make_key text, model_key text, year smallint, kind text, grade smallint, source text, measure smallint, x integer, y smallint, n integer';
const sameSegment = ['make_key', 'model_key', 'year', 'country', 'currency', 'kind', 'grade'].map((name) => `s.${name} = r.${name}`).join(' and ');

const addSegments = `with r as (select distinct country, currency, make_key, model_key, year, kind, grade from jsonb_to_recordset($1::jsonb) as r(${countRow}))
insert into pricing.market_segments (country, currency, make_key, model_key, year, kind, grade)
select country, currency, make_key, model_key, year, kind, grade from r
where not exists (select 1 from pricing.market_segments s where ${sameSegment})
order by make_key, model_key, year, country, currency, kind, grade`;

const addCounts = `insert into pricing.market_counts as c (segment_id, source, measure, x, y, n)
select s.id, r.source, r.measure, r.x, r.y, sum(r.n) from jsonb_to_recordset($1::jsonb) as r(${countRow})
join pricing.market_segments s on ${sameSegment}
group by 1, 2, 3, 4, 5 order by 1, 3, 2, 4, 5
on conflict (segment_id, measure, source, x, y) do update set n = c.n + excluded.n`;

const dropEmpty = `delete from pricing.market_counts c using jsonb_to_recordset($1::jsonb) as r(${countRow}), pricing.market_segments s
where ${sameSegment} and c.segment_id = s.id and c.measure = r.measure and c.source = r.source and c.x = r.x and c.y = r.y and c.n = 0`;

@Injectable()
export class SqlMarketStore extends MarketStore {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async lock(tx: Tx): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('pricing.market', 0))`);
  }

  override async heard(tx: Tx, ids: readonly string[]): Promise<Map<string, HeardCar>> {
    const rows = await tx.query<{ row: MarketRow }>('select to_jsonb(c) as row from pricing.market_cars c where c.vehicle_id = any($1::uuid[])', [ids], { name: 'market-heard' });
    return new Map(rows.map(({ row }) => [row.vehicle_id, heardOf(row)]));
  }

  override async save(tx: Tx, cars: readonly HeardCar[]): Promise<void> {
    if (cars.length > 0) await tx.query(saveAll, [JSON.stringify(cars.map(marketRowOf))], { name: 'market-save' });
  }

  override async saveOffers(tx: Tx, cars: readonly HeardCar[]): Promise<void> {
    if (cars.length === 0) return;
    const listings = cars.flatMap(({ vehicleId, offers, left }) => (left?.reason === 'deleted' ? [] : (offers?.list ?? []).map((offer) => ({
      listing_id: offer.listingId,
      vehicle_id: vehicleId,
      source: offer.source,
      external_id: offer.externalId,
      url: offer.url,
      auction: offer.auction,
      active: offer.active,
      price_amount: offer.price?.amount ?? null,
      price_currency: offer.price?.currency ?? null,
      price_kind: offer.priceKind ?? null,
      doubtful: offer.doubtful ?? false,
      told_at: offers?.at.toISOString() ?? null,
    }))));
    await tx.query('delete from pricing.market_offers where vehicle_id = any($1::uuid[]) and not (listing_id = any($2::uuid[]))', [
      cars.map(({ vehicleId }) => vehicleId),
      listings.map(({ listing_id }) => listing_id),
    ]);
    if (listings.length > 0) await tx.query(saveListings, [JSON.stringify(listings)], { name: 'market-offers' });
  }

  override async count(tx: Tx, changes: readonly Count[]): Promise<void> {
    if (changes.length === 0) return;
    const rows = JSON.stringify(
      changes.map(({ segment: { make, model, ...segment }, source, measure, x, y, n }) => ({ ...segment, make_key: make, model_key: model, source, measure, x, y, n })),
    );
    await tx.query(addSegments, [rows], { name: 'market-segments' });
    await tx.query(addCounts, [rows], { name: 'market-counts' });
    if (changes.some(({ n }) => n < 0)) await tx.query(dropEmpty, [rows], { name: 'market-counts-empty' });
  }

  override async makes(): Promise<string[]> {
    // From one to the next along the index: there are few makers and many cars.
    const rows = await this.db.query<{ make: string }>(
      `with recursive of_cars as (
         (select make_key from pricing.market_cars where tenant_id is null and facts is not null order by make_key limit 1)
         union all
         select (select c.make_key from pricing.market_cars c where c.tenant_id is null and c.facts is not null and c.make_key > o.make_key order by c.make_key limit 1)
         from of_cars o where o.make_key is not null
       )
       select make_key as make from of_cars where make_key is not null union select make_key from pricing.market_segments order by 1`,
    );
    return rows.map(({ make }) => make);
  }

  override async ofMake(tx: Tx, make: string, after: string | null, limit: number): Promise<HeardCar[]> {
    const rows = await tx.query<{ row: MarketRow }>(
      `select to_jsonb(c) as row from pricing.market_cars c
       where c.tenant_id is null and c.facts is not null and c.make_key = $1 and c.vehicle_id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000')
       order by c.vehicle_id limit $3`,
      [make, after, limit],
    );
    return rows.map(({ row }) => heardOf(row));
  }

  override async forgetCounts(tx: Tx, make: string): Promise<void> {
    await tx.query('delete from pricing.market_counts where segment_id in (select id from pricing.market_segments where make_key = $1)', [make]);
  }

  override async retire(tx: Tx, leftBefore: Date, limit: number): Promise<number> {
    const rows = await tx.query(
      `update pricing.market_cars set comparable = false where vehicle_id in (
         select vehicle_id from pricing.market_cars where comparable and left_at < $1 order by left_at limit $2 for update skip locked) returning vehicle_id`,
      [leftBefore, limit],
    );
    return rows.length;
  }
}
