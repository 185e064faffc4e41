import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { MarketStore } from '../../application/ports';
import type { Count, Segment } from '../../domain/market/contributions';
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

const segmentRow = 'n integer, country text, currency text, make_key text, model_key text, year smallint, kind text, grade smallint';
const sameSegment = ['make_key', 'model_key', 'year', 'country', 'currency', 'kind', 'grade'].map((name) => `s.${name} = r.${name}`).join(' and ');

/** One look into the index for each, whatever the planner makes of a table that is growing under it. */
const findSegments = `select r.n, f.id from jsonb_to_recordset($1::jsonb) as r(${segmentRow})
left join lateral (select s.id from pricing.market_segments s where ${sameSegment} offset 0) f on true`;

const addSegments = `insert into pricing.market_segments (country, currency, make_key, model_key, year, kind, grade)
select country, currency, make_key, model_key, year, kind, grade from jsonb_to_recordset($1::jsonb) as r(${segmentRow}) order by n returning id`;

const countRow = 'segment_id integer, source text, measure smallint, x integer, y smallint, n integer';

const addCounts = `insert into pricing.market_counts as c (segment_id, source, measure, x, y, n)
select segment_id, source, measure, x, y, n from jsonb_to_recordset($1::jsonb) as r(${countRow})
order by segment_id, measure, source, x, y
on conflict (segment_id, measure, source, x, y) do update set n = c.n + excluded.n`;

const dropEmpty = `delete from pricing.market_counts where ctid = any(array(
  select f.ctid from jsonb_to_recordset($1::jsonb) as r(${countRow})
  cross join lateral (
    select c.ctid from pricing.market_counts c
    where c.segment_id = r.segment_id and c.measure = r.measure and c.source = r.source and c.x = r.x and c.y = r.y and c.n = 0 offset 0
  ) f
))`;

const labelOf = ({ make, model, year, country, currency, kind, grade }: Segment): string => JSON.stringify([make, model, year, country, currency, kind, grade]);

@Injectable()
export class SqlMarketStore extends MarketStore {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async lock(tx: Tx): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('pricing.market', 0))`);
  }

  override async heard(tx: Tx, ids: readonly string[]): Promise<Map<string, HeardCar>> {
    const rows = await tx.query<{ row: MarketRow }>('select to_jsonb(c) as row from pricing.market_cars c where c.vehicle_id = any($1::uuid[])', [ids]);
    return new Map(rows.map(({ row }) => [row.vehicle_id, heardOf(row)]));
  }

  override async save(tx: Tx, cars: readonly HeardCar[]): Promise<void> {
    if (cars.length > 0) await tx.query(saveAll, [JSON.stringify(cars.map(marketRowOf))]);
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
    if (listings.length > 0) await tx.query(saveListings, [JSON.stringify(listings)]);
  }

  override async count(tx: Tx, changes: readonly Count[]): Promise<void> {
    if (changes.length === 0) return;
    const ids = await this.segmentIds(tx, changes);
    const rows = changes.map(({ segment, source, measure, x, y, n }) => ({ segment_id: ids.get(labelOf(segment)), source, measure, x, y, n }));
    await tx.query(addCounts, [JSON.stringify(rows)]);
    const less = rows.filter(({ n }) => n < 0);
    if (less.length > 0) await tx.query(dropEmpty, [JSON.stringify(less)]);
  }

  /** Nobody else makes any meanwhile: whoever writes the market holds its lock. */
  private async segmentIds(tx: Tx, changes: readonly Count[]): Promise<ReadonlyMap<string, number>> {
    const segments = [...new Map(changes.map(({ segment }) => [labelOf(segment), segment]))];
    const row = ([, { make, model, ...segment }]: (typeof segments)[number], n: number) => ({ n, ...segment, make_key: make, model_key: model });
    const ids = new Map<string, number>();
    const missing: (typeof segments)[number][] = [];
    for (const { n, id } of await tx.query<{ n: number; id: number | null }>(findSegments, [JSON.stringify(segments.map(row))])) {
      const one = segments[n];
      if (one === undefined) continue;
      if (id === null) missing.push(one);
      else ids.set(one[0], id);
    }
    const made = missing.length === 0 ? [] : await tx.query<{ id: number }>(addSegments, [JSON.stringify(missing.map(row))]);
    for (const [index, { id }] of made.entries()) ids.set(missing[index]?.[0] ?? '', id);
    return ids;
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
