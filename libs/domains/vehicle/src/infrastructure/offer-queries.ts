import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import {
  OfferReader,
  type HistoryCriteria,
  type JsonPage,
  type ListingCriteria,
  type ListingOrder,
  type Slice,
} from '../application/offer-reader';
import { ReferencePrices } from '../application/ports';
import type { VehicleJson } from '../application/reader';
import { jsonPage } from './sql/json-page';
import { Params } from './sql/params';
import { visibleTo } from './sql/vehicle-filter';
import { historyJson, listingIsActive, listingJson, mediaJson } from './sql/vehicle-json';
import type { SortSql } from './sql/vehicle-order';

const listingSorts: Readonly<Record<ListingOrder['by'], Omit<SortSql, 'descending'>>> = {
  id: { sql: 'l.id', type: '::uuid', nullable: false, indexed: true },
  last_seen_at: { sql: 'l.last_seen_at', type: '::timestamptz', nullable: false, indexed: true },
  price: { sql: 'l.price_ref', type: '::bigint', nullable: true, indexed: true },
};

const latestFirst: SortSql = { sql: 'h.observed_at', type: '::timestamptz', nullable: false, indexed: true, descending: true };

@Injectable()
export class SqlOfferReader extends OfferReader {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly prices: ReferencePrices,
  ) {
    super();
  }

  override async sees(vehicleId: string, tenantId: string | null): Promise<boolean> {
    const params = new Params();
    const rows = await this.db.read(
      `select 1 from vehicle.vehicles v where v.id = ${params.add(vehicleId, '::uuid')} and v.deleted_at is null and ${visibleTo(tenantId, params)}`,
      params.values,
    );
    return rows.length > 0;
  }

  override async listings(criteria: ListingCriteria, order: ListingOrder, slice: Slice, tenantId: string | null): Promise<JsonPage> {
    const params = new Params();
    const where = ['v.deleted_at is null', visibleTo(tenantId, params)];
    if (criteria.vehicleId !== undefined) where.push(`l.vehicle_id = ${params.add(criteria.vehicleId, '::uuid')}`);
    if (criteria.source !== undefined) where.push(`l.source = any(${params.add(criteria.source, '::text[]')})`);
    if (criteria.externalId !== undefined) where.push(`l.external_id = ${params.add(criteria.externalId, '::text')}`);
    if (criteria.status !== undefined) where.push(`l.status = any(${params.add(criteria.status, '::text[]')})`);
    if (criteria.isActive !== undefined) where.push(`${listingIsActive} = ${params.add(criteria.isActive, '::boolean')}`);
    if (criteria.seenSince !== undefined) where.push(`l.last_seen_at >= ${params.add(criteria.seenSince, '::timestamptz')}`);
    const from = 'vehicle.listings l join vehicle.vehicles v on v.id = l.vehicle_id';
    const json = listingJson(params.add(this.prices.currency, '::text'));
    return jsonPage(this.db, { from, where, sort: { ...listingSorts[order.by], descending: order.descending }, id: 'l.id', json }, slice, params);
  }

  override async listing(id: string, tenantId: string | null): Promise<string | null> {
    const params = new Params();
    const json = listingJson(params.add(this.prices.currency, '::text'));
    const [row] = await this.db.read<{ json: string }>(
      `select (${json})::text as json from vehicle.listings l join vehicle.vehicles v on v.id = l.vehicle_id
       where l.id = ${params.add(id, '::uuid')} and v.deleted_at is null and ${visibleTo(tenantId, params)}`,
      params.values,
    );
    return row?.json ?? null;
  }

  override history({ vehicleId, since, until }: HistoryCriteria, slice: Slice): Promise<JsonPage> {
    const params = new Params();
    const where = [`h.vehicle_id = ${params.add(vehicleId, '::uuid')}`];
    if (since !== undefined) where.push(`h.observed_at >= ${params.add(since, '::timestamptz')}`);
    if (until !== undefined) where.push(`h.observed_at <= ${params.add(until, '::timestamptz')}`);
    const json = historyJson(params.add(this.prices.currency, '::text'));
    return jsonPage(this.db, { from: 'vehicle.price_history h', where, sort: latestFirst, id: 'h.id', json }, slice, params);
  }

  override async media(vehicleId: string, tenantId: string | null): Promise<VehicleJson | null> {
    const params = new Params();
    const [row] = await this.db.read<VehicleJson>(
      `select v.version, (select coalesce(json_agg(${mediaJson} order by m.position, m.id), '[]'::json)::text
         from vehicle.media m where m.vehicle_id = v.id) as json
       from vehicle.vehicles v
       where v.id = ${params.add(vehicleId, '::uuid')} and v.deleted_at is null and ${visibleTo(tenantId, params)}`,
      params.values,
    );
    return row ?? null;
  }

  override async oneMedia(vehicleId: string, mediaId: string): Promise<string> {
    const [row] = await this.db.query<{ json: string }>(
      `select (${mediaJson})::text as json from vehicle.media m where m.id = $1 and m.vehicle_id = $2`,
      [mediaId, vehicleId],
    );
    if (row === undefined) throw new Error(`picture ${mediaId} is gone`);
    return row.json;
  }
}
