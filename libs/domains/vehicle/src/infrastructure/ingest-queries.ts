import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { IngestReader } from '../application/ingest/ingest-reader';
import type { Onlooker, QuarantineCriteria } from '../application/ingest/quarantine';
import type { JsonPage, Slice } from '../application/offer-reader';
import { jsonPage } from './sql/json-page';
import { Params } from './sql/params';
import { mergeChain } from './sql/survivor';
import { visibleTo } from './sql/vehicle-filter';
import { timeJson } from './sql/vehicle-json';
import type { SortSql } from './sql/vehicle-order';

const newestFirst = (id: string): SortSql => ({ sql: id, type: '::uuid', nullable: false, indexed: true, descending: true });

const quarantineJson = `json_build_object('id', q.id, 'source', q.source, 'external_id', q.external_id, 'url', q.url, 'state', q.state,
  'reasons', q.reasons, 'details', q.details, 'attempts', q.attempts, 'captured_at', ${timeJson('q.captured_at')}, 'first_seen_at', ${timeJson('q.first_seen_at')},
  'tried_at', ${timeJson('q.tried_at')}, 'resolved_at', ${timeJson('q.resolved_at')}, 'note', q.note)`;

const decisionJson = `json_build_object('id', m.id, 'decided_at', ${timeJson('m.decided_at')}, 'listing_id', m.listing_id, 'vehicle_id', m.vehicle_id,
  'other_vehicle_id', m.other_vehicle_id, 'outcome', m.outcome, 'method', m.method, 'score', round(m.score::numeric, 4), 'why', m.why,
  'by', json_build_object('kind', m.actor_kind, 'id', m.actor_id))`;

const mergeJson = `json_build_object('id', g.id, 'kind', g.kind, 'vehicle_id', g.to_vehicle_id, 'from_vehicle_id', g.from_vehicle_id,
  'listing_ids', g.listing_ids, 'reason', g.reason, 'by', json_build_object('kind', g.actor_kind, 'id', g.actor_id),
  'at', ${timeJson('g.merged_at')}, 'reverted_at', ${timeJson('g.reverted_at')})`;

@Injectable()
export class SqlIngestReader extends IngestReader {
  constructor(@Inject(databaseOf('vehicle')) private readonly db: Database) {
    super();
  }

  override quarantine({ state, source, reason, externalId }: QuarantineCriteria, { tenantId }: Onlooker, slice: Slice): Promise<JsonPage> {
    const params = new Params();
    const where: string[] = [visibleTo(tenantId, params, 'q')];
    if (state !== undefined) where.push(`q.state = any(${params.add(state, '::text[]')})`);
    if (source !== undefined) where.push(`q.source = any(${params.add(source, '::text[]')})`);
    if (reason !== undefined) where.push(`q.reasons @> array[${params.add(reason, '::text')}]`);
    if (externalId !== undefined) where.push(`q.external_id = ${params.add(externalId, '::text')}`);
    return jsonPage(this.db, { from: 'vehicle.quarantine q', where, sort: newestFirst('q.id'), id: 'q.id', json: quarantineJson }, slice, params);
  }

  override async quarantined(id: string, { tenantId }: Onlooker): Promise<string | null> {
    const params = new Params();
    const [row] = await this.db.read<{ json: string }>(
      `select (${quarantineJson}::jsonb || jsonb_build_object('captured', q.captured))::text as json from vehicle.quarantine q
       where q.id = ${params.add(id, '::uuid')} and ${visibleTo(tenantId, params, 'q')}`,
      params.values,
    );
    return row?.json ?? null;
  }

  override decisions(vehicleId: string, slice: Slice): Promise<JsonPage> {
    const params = new Params();
    const id = params.add(vehicleId, '::uuid');
    return jsonPage(
      this.db,
      { from: 'vehicle.match_decisions m', where: [`(m.vehicle_id = ${id} or m.other_vehicle_id = ${id})`], sort: newestFirst('m.id'), id: 'm.id', json: decisionJson },
      slice,
      params,
    );
  }

  override async merge(id: string): Promise<string | null> {
    const [row] = await this.db.query<{ json: string }>(`select (${mergeJson})::text as json from vehicle.vehicle_merges g where g.id = $1`, [id]);
    return row?.json ?? null;
  }

  override async stats(now: Date): Promise<string> {
    const [row] = await this.db.read<{ json: string }>(
      `select json_build_object(
         'sources', (select coalesce(json_agg(json_build_object('source', s.source, 'listings', s.listings, 'active', s.active, 'seen_24h', s.seen, 'new_24h', s.fresh,
             'last_seen_at', ${timeJson('s.last_seen')}) order by s.source), '[]'::json)
           from (select source, count(*) as listings, count(*) filter (where status in ('active', 'reserved')) as active,
                   count(*) filter (where last_seen_at > $1::timestamptz - interval '1 day') as seen,
                   count(*) filter (where first_seen_at > $1::timestamptz - interval '1 day') as fresh, max(last_seen_at) as last_seen
                 from vehicle.listings where tenant_id is null group by source) s),
         'quarantine', json_build_object(
           'waiting', (select count(*) from vehicle.quarantine where state = 'waiting' and tenant_id is null),
           'reasons', (select coalesce(json_object_agg(r.reason, r.n), '{}'::json)
             from (select u.reason, count(*) as n from vehicle.quarantine q cross join unnest(q.reasons) as u(reason) where q.state = 'waiting' and q.tenant_id is null group by u.reason) r)),
         'decisions_24h', (select coalesce(json_object_agg(d.outcome, d.n), '{}'::json)
           from (select outcome, count(*) as n from vehicle.match_decisions where decided_at > $1::timestamptz - interval '1 day' and tenant_id is null group by outcome) d))::text as json`,
      [now],
    );
    if (row === undefined) throw new Error('a statement without a condition gave no row');
    return row.json;
  }

  override async survivorOf(vehicleId: string, tenantId: string | null): Promise<string | null> {
    const params = new Params();
    const [row] = await this.db.read<{ id: string }>(
      `with recursive ${mergeChain(params.add(vehicleId, '::uuid'))}
       select v.id from chain c join vehicle.vehicles v on v.id = c.id
       where c.depth > 0 and v.deleted_at is null and ${visibleTo(tenantId, params)} order by c.depth limit 1`,
      params.values,
    );
    return row?.id ?? null;
  }
}
