import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { type OpenOpportunity, type OpportunityRecord, OpportunityStore } from '../../application/opportunities/ports';
import { keysOf } from '../../application/opportunities/record-of-deal';
import type { EndReason } from '../../domain/opportunity/lifecycle';
import { revaluationDiesAfterMs } from '../revaluations';

/** What of a row changes when its car is looked at again. */
const columns = {
  vehicle_version: 'integer',
  valuation_version: 'integer',
  tenant_id: 'uuid',
  make_key: 'text',
  model_key: 'text',
  year: 'smallint',
  country: 'text',
  lat: 'double precision',
  lon: 'double precision',
  sources: 'text[]',
  damaged: 'boolean',
  currency: 'text',
  asking: 'bigint',
  market_value: 'bigint',
  total_cost: 'bigint',
  profit: 'bigint',
  profit_low: 'bigint',
  profit_high: 'bigint',
  reference_currency: 'text',
  reference_price: 'bigint',
  reference_profit: 'bigint',
  score: 'real',
  confidence: 'real',
  probability: 'real',
  roi: 'real',
  risk: 'real',
  evidence: 'jsonb',
} as const;
const names = Object.keys(columns);
const given = `jsonb_to_recordset($1::jsonb) as r(id uuid, vehicle_id uuid, ${Object.entries(columns).map(([name, type]) => `${name} ${type}`).join(', ')})`;
const fromRow = (prefix: string) => names.map((name) => `${name} = ${prefix}.${name}`).join(', ');

const insertSql = `
insert into pricing.opportunities as o (id, vehicle_id, ${names.join(', ')}, created_at, updated_at)
select r.id, r.vehicle_id, ${names.map((name) => `r.${name}`).join(', ')}, $2, $2 from ${given} order by r.vehicle_id
on conflict on constraint opportunities_found_once do update set
  ${fromRow('excluded')}, version = o.version + 1, updated_at = excluded.updated_at, expired_at = null, expired_reason = null
returning o.id, o.vehicle_id as "vehicleId", (o.version = 1) as first`;

/** As the end of a walk along the index, and not as a filter: those that have time may be a whole catalogue. */
const takeSql = `
select vehicle_id as id from pricing.opportunity_queue
where queued_at <= (select case when exists (select 1 from pricing.revaluations where told_at >= $3) then $2::timestamptz else 'infinity' end)
order by queued_at, vehicle_id limit $1 for update skip locked`;

/** A car that was deleted and came again counts its valuations from one: what ended at the same number gives way. */
const makeRoomSql = `
delete from pricing.opportunities o using jsonb_to_recordset($1::jsonb) as r(id uuid, vehicle_id uuid, valuation_version integer)
where o.vehicle_id = r.vehicle_id and o.valuation_version = r.valuation_version and o.id <> r.id and o.expired_at is not null`;

const renewSql = `
update pricing.opportunities o set ${fromRow('r')}, version = o.version + 1, updated_at = $2
from ${given} where o.id = r.id and o.expired_at is null`;

/** Opportunities, written as sets. */
@Injectable()
export class SqlOpportunityStore extends OpportunityStore {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async note(tx: Tx, vehicleIds: readonly string[], by: Date): Promise<void> {
    if (vehicleIds.length === 0) return;
    // Whoever looks at such a car now may have read what it was worth before: this waits for that look, and stays for the next one.
    await tx.query(
      `insert into pricing.opportunity_queue as q (vehicle_id, queued_at) select id, $2 from unnest($1::uuid[]) as u(id) order by id
       on conflict (vehicle_id) do update set queued_at = least(q.queued_at, excluded.queued_at)`,
      [[...new Set(vehicleIds)], by],
      { name: 'opportunities-note' },
    );
  }

  override async take(tx: Tx, limit: number, now: Date): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(takeSql, [limit, now, new Date(now.getTime() - revaluationDiesAfterMs)]);
    return rows.map(({ id }) => id);
  }

  override async done(tx: Tx, vehicleIds: readonly string[]): Promise<void> {
    await tx.query('delete from pricing.opportunity_queue where vehicle_id = any($1::uuid[])', [vehicleIds]);
  }

  override async open(tx: Tx, vehicleIds: readonly string[]): Promise<ReadonlyMap<string, OpenOpportunity>> {
    if (vehicleIds.length === 0) return new Map();
    const rows = await tx.query<Omit<OpenOpportunity, 'asking'> & { readonly asking: string }>(
      `select id, vehicle_id as "vehicleId", vehicle_version as "vehicleVersion", valuation_version as "valuationVersion", tenant_id as "tenantId", asking, currency, score
       from pricing.opportunities where vehicle_id = any($1::uuid[]) and expired_at is null order by vehicle_id for update`,
      [vehicleIds],
    );
    return new Map(rows.map((row) => [row.vehicleId, { ...row, asking: Number(row.asking) }]));
  }

  override async insert(tx: Tx, records: readonly OpportunityRecord[], at: Date): Promise<ReadonlyMap<string, { readonly id: string; readonly first: boolean }>> {
    if (records.length === 0) return new Map();
    const rows = await tx.query<{ id: string; vehicleId: string; first: boolean }>(insertSql, [JSON.stringify(records.map(rowOf)), at]);
    return new Map(rows.map(({ vehicleId, id, first }) => [vehicleId, { id, first }]));
  }

  override async renew(tx: Tx, records: readonly OpportunityRecord[], at: Date): Promise<void> {
    if (records.length === 0) return;
    const rows = JSON.stringify(records.map(rowOf));
    await tx.query(makeRoomSql, [rows]);
    await tx.query(renewSql, [rows, at]);
  }

  override async expire(tx: Tx, ended: readonly { readonly id: string; readonly reason: EndReason }[], at: Date): Promise<void> {
    await tx.query(
      `update pricing.opportunities o set expired_at = $3, expired_reason = u.reason, version = o.version + 1, updated_at = $3
       from unnest($1::uuid[], $2::text[]) as u(id, reason) where o.id = u.id and o.expired_at is null`,
      [ended.map(({ id }) => id), ended.map(({ reason }) => reason), at],
    );
  }

  override async removeEnded(before: Date, limit: number): Promise<number> {
    const rows = await this.db.query('delete from pricing.opportunities where id in (select id from pricing.opportunities where expired_at < $1 order by expired_at limit $2) returning id', [before, limit]);
    return rows.length;
  }
}

function rowOf(record: OpportunityRecord): Record<string, unknown> {
  const { vehicle } = record.evidence;
  const { make, model } = keysOf(record);
  return {
    id: record.id,
    vehicle_id: record.vehicleId,
    vehicle_version: record.vehicleVersion,
    valuation_version: record.valuationVersion,
    tenant_id: record.tenantId,
    make_key: make,
    model_key: model,
    year: Math.min(9_999, Math.max(0, vehicle.year)),
    country: vehicle.country,
    lat: vehicle.coordinates?.lat ?? null,
    lon: vehicle.coordinates?.lon ?? null,
    sources: vehicle.sources,
    damaged: record.damaged,
    currency: record.currency,
    asking: record.asking,
    market_value: record.marketValue,
    total_cost: record.totalCost,
    profit: record.profit,
    profit_low: record.profitLow,
    profit_high: record.profitHigh,
    reference_currency: record.referenceCurrency,
    reference_price: record.referencePrice,
    reference_profit: record.referenceProfit,
    score: record.score,
    confidence: record.confidence,
    probability: record.probability,
    roi: record.roi,
    risk: record.risk,
    evidence: record.evidence,
  };
}
