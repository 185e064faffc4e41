import { Inject, Injectable } from '@nestjs/common';
import { uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { type Arrivals, type Capture, type KeptCar, type KeptLot, type ListWindow, type PriceQuery, PriceQueries, type QueryChange, type QueryPage } from '../../application/queries/ports';
import type { PriceBasis, RankedLot, RankedMatch } from '../../domain/queries/ranking';
import { currencyOf, queryColumns, queryOf, type QueryRow } from './query-row';

interface MatchRow {
  readonly id: string;
  readonly vehicle_id: string;
  readonly score: number;
  readonly rank: number;
}

interface LotRow extends MatchRow {
  readonly auction_platform: string;
  readonly listing_url: string | null;
  readonly estimated_price: number | null;
  readonly price_currency: string | null;
  readonly price_basis: PriceBasis | null;
}

@Injectable()
export class SqlPriceQueries extends PriceQueries {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async find(id: string): Promise<PriceQuery | null> {
    const [row] = await this.db.query<QueryRow>(`select ${queryColumns} from pricing.price_queries q where q.id = $1`, [id], { name: 'price-query' });
    return row === undefined ? null : queryOf(row);
  }

  override async findSame(tx: Tx, filtersHash: string, since: Date): Promise<string | null> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 5))', [filtersHash]);
    const [row] = await tx.query<{ id: string }>(`select id from pricing.price_queries where filters_hash = $1 and created_at > $2 and status <> 'failed' order by created_at desc limit 1`, [filtersHash, since]);
    return row?.id ?? null;
  }

  override async insert(tx: Tx, query: PriceQuery): Promise<void> {
    const { asked, price } = query;
    await tx.query(
      `insert into pricing.price_queries (id, version, tenant_id, user_id, make, model, year, mileage, mileage_unit, color, damage_type, production_year, country,
         normalized_filters, filters_hash, average_price, median_price, price_currency, price_confidence, comparables, status, scrape, due_at, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $24)`,
      [
        ...[query.id, query.version, query.tenantId, query.userId, asked.make, asked.model, asked.year, asked.mileage, asked.mileageUnit, asked.color, asked.damageType],
        ...[asked.productionYear, asked.country, query.filters, query.filtersHash, price.average, price.median, query.currency, price.confidence, price.comparables],
        ...[query.status, query.scrape, query.dueAt, query.createdAt],
      ],
    );
  }

  override async lock(tx: Tx, id: string): Promise<PriceQuery | null> {
    const [row] = await tx.query<QueryRow>(`select ${queryColumns} from pricing.price_queries q where q.id = $1 for update`, [id]);
    return row === undefined ? null : queryOf(row);
  }

  override async change(tx: Tx, id: string, { status, scrape, dueAt, price, currency, failureReason, capturesTold, completedAt }: QueryChange, now: Date): Promise<void> {
    await tx.query(
      `update pricing.price_queries set version = version + 1, status = $2, scrape = $3, due_at = $4, updated_at = $5, failure_reason = $6, completed_at = $7,
              captured = coalesce($8, captured)
        where id = $1`,
      [id, status, scrape, dueAt, now, failureReason ?? null, completedAt ?? null, capturesTold ?? null],
    );
    if (price === undefined) return;
    await tx.query('update pricing.price_queries set average_price = $2, median_price = $3, price_currency = $4, price_confidence = $5, comparables = $6 where id = $1', [
      ...[id, price.average, price.median, currency ?? null, price.confidence, price.comparables],
    ]);
  }

  override async addAsker(tx: Tx, id: string, userId: string, now: Date): Promise<boolean> {
    const rows = await tx.query('insert into pricing.price_query_askers (price_query_id, user_id, asked_at) values ($1, $2, $3) on conflict do nothing returning 1', [id, userId, now]);
    return rows.length > 0;
  }

  override async askers(tx: Tx, id: string): Promise<string[]> {
    const rows = await tx.query<{ user_id: string }>('select user_id from pricing.price_query_askers where price_query_id = $1 order by asked_at, user_id limit 1000', [id]);
    return rows.map(({ user_id }) => user_id);
  }

  override async isAsker(id: string, userId: string): Promise<boolean> {
    return (await this.db.query('select 1 from pricing.price_query_askers where price_query_id = $1 and user_id = $2', [id, userId])).length > 0;
  }

  override async openOf(userId: string): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(
      `select count(*)::integer as n from pricing.price_query_askers a join pricing.price_queries q on q.id = a.price_query_id where a.user_id = $1 and q.due_at is not null`,
      [userId],
    );
    return row?.n ?? 0;
  }

  override async listOf(userId: string, { limit, offset, after, status }: ListWindow): Promise<QueryPage> {
    const mine = `from pricing.price_query_askers a join pricing.price_queries q on q.id = a.price_query_id where a.user_id = $1 and ($2::text is null or q.status = $2)`;
    const [rows, [count]] = await Promise.all([
      this.db.query<QueryRow>(`select ${queryColumns} ${mine} and ($3::uuid is null or q.id < $3) order by a.price_query_id desc limit $4 offset $5`, [userId, status, after, limit + 1, after === null ? offset : 0]),
      this.db.query<{ n: number }>(`select count(*)::integer as n from (select 1 ${mine} limit 10001) counted`, [userId, status]),
    ]);
    const queries = rows.slice(0, limit).map(queryOf);
    return { queries, total: count?.n ?? 0, next: rows.length > limit ? (queries.at(-1)?.id ?? null) : null };
  }

  override async addCaptures(tx: Tx, captures: readonly Capture[]): Promise<void> {
    await tx.query(
      `insert into pricing.price_query_captures (price_query_id, source, external_id, captured_at, seq)
       select c.id, c.source, c.external_id, c.captured_at, c.seq
         from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::integer[]) as c (id, source, external_id, captured_at, seq)
         join pricing.price_queries q on q.id = c.id and q.completed_at is null
       on conflict do nothing`,
      [captures.map(({ queryId }) => queryId), captures.map(({ source }) => source), captures.map(({ externalId }) => externalId), captures.map(({ capturedAt }) => capturedAt), captures.map(({ seq }) => seq)],
    );
  }

  override async arrivals(id: string): Promise<Arrivals> {
    // A tenant's own stock may have an offer of the same name; it is nobody's answer.
    const rows = await this.db.query<{ heard: number; vehicle_id: string | null; refused: boolean }>(
      `select c.heard, exists (select 1 from pricing.refused_listings r where r.source = c.source and r.external_id = c.external_id and r.captured_at >= c.captured_at) as refused, (
           select o.vehicle_id from pricing.market_offers o join pricing.market_cars m on m.vehicle_id = o.vehicle_id and m.tenant_id is null
            where o.source = c.source and o.external_id = c.external_id order by o.told_at desc limit 1) as vehicle_id
         from (select source, external_id, count(*)::integer as heard, max(captured_at) as captured_at from pricing.price_query_captures where price_query_id = $1 group by source, external_id) c`,
      [id],
    );
    const vehicleIds = rows.flatMap(({ vehicle_id }) => vehicle_id ?? []);
    return { heard: rows.reduce((sum, { heard }) => sum + heard, 0), captured: rows.length, arrived: rows.filter(({ vehicle_id, refused }) => vehicle_id !== null || refused).length, vehicleIds: [...new Set(vehicleIds)] };
  }

  override async addRefusals(tx: Tx, refusals: readonly Omit<Capture, 'queryId' | 'seq'>[]): Promise<void> {
    await tx.query(
      `insert into pricing.refused_listings as r (source, external_id, captured_at)
       select source, external_id, max(captured_at) from unnest($1::text[], $2::text[], $3::timestamptz[]) as c (source, external_id, captured_at) group by source, external_id
       on conflict (source, external_id) do update set captured_at = greatest(r.captured_at, excluded.captured_at)`,
      [refusals.map(({ source }) => source), refusals.map(({ externalId }) => externalId), refusals.map(({ capturedAt }) => capturedAt)],
    );
  }

  override async saveResults(tx: Tx, id: string, cars: readonly RankedMatch[], lots: readonly RankedLot[], now: Date): Promise<void> {
    for (const { vehicleId, score, learned, rank } of cars) {
      await tx.query('insert into pricing.similarity_matches (id, price_query_id, vehicle_id, similarity_score, learned_score, rank, created_at) values ($1, $2, $3, $4, $5, $6, $7)', [
        ...[uuidv7(now), id, vehicleId, score, learned, rank, now],
      ]);
    }
    for (const { vehicleId, score, rank, platform, url, estimatedPrice, priceBasis } of lots) {
      await tx.query(
        `insert into pricing.auction_listings (id, price_query_id, vehicle_id, auction_platform, listing_url, estimated_price, price_currency, price_basis, similarity_score, rank, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [uuidv7(now), id, vehicleId, platform, url, estimatedPrice?.amount ?? null, estimatedPrice?.currency ?? null, priceBasis, score, rank, now],
      );
    }
  }

  override async results(id: string): Promise<{ readonly cars: readonly KeptCar[]; readonly lots: readonly KeptLot[] }> {
    const [cars, lots] = await Promise.all([
      this.db.query<MatchRow & { readonly learned: number }>('select id, vehicle_id, similarity_score::float8 as score, learned_score::float8 as learned, rank from pricing.similarity_matches where price_query_id = $1 order by rank', [id]),
      this.db.query<LotRow>(
        `select id, vehicle_id, similarity_score::float8 as score, rank, auction_platform, listing_url, estimated_price::float8, price_currency, price_basis
           from pricing.auction_listings where price_query_id = $1 order by rank`,
        [id],
      ),
    ]);
    return { cars: cars.map((row) => ({ ...keptCar(row), learned: row.learned })), lots: lots.map(keptLot) };
  }

  override async toSettle(now: Date, limit: number): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(`select id from pricing.price_queries where due_at is not null and (due_at <= $1 or status = 'calculating') order by due_at limit $2`, [now, limit]);
    return rows.map(({ id }) => id);
  }

  override async forget(tx: Tx, userId: string): Promise<{ readonly deleted: number; readonly kept: number }> {
    const left = await tx.query<{ id: string }>('delete from pricing.price_query_askers where user_id = $1 returning price_query_id as id', [userId]);
    const deleted = await tx.query(
      `delete from pricing.price_queries q where (q.id = any($1::uuid[]) or q.user_id = $2) and not exists (select 1 from pricing.price_query_askers a where a.price_query_id = q.id) returning 1`,
      [left.map(({ id }) => id), userId],
    );
    const kept = await tx.query('update pricing.price_queries set user_id = null, version = version + 1 where user_id = $1 returning 1', [userId]);
    return { deleted: deleted.length, kept: kept.length };
  }

  override async removeBefore(createdBefore: Date, limit: number): Promise<number> {
    const rows = await this.db.query(
      `with old as (delete from pricing.refused_listings where captured_at < $1)
       delete from pricing.price_queries where id in (select id from pricing.price_queries where created_at < $1 and completed_at is not null order by created_at limit $2) returning 1`,
      [createdBefore, limit],
    );
    return rows.length;
  }
}

const keptCar = ({ id, vehicle_id, score, rank }: MatchRow): Omit<KeptCar, 'learned'> => ({ id, vehicleId: vehicle_id, score, rank });

function keptLot(row: LotRow): KeptLot {
  const currency = currencyOf(row.price_currency);
  return {
    ...keptCar(row),
    platform: row.auction_platform,
    url: row.listing_url,
    estimatedPrice: row.estimated_price === null || currency === null ? null : { amount: row.estimated_price, currency },
    priceBasis: row.price_basis,
  };
}
