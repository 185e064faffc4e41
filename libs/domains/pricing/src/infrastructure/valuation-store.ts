import { Inject, Injectable } from '@nestjs/common';
import { isCurrencyCode } from '@autobroker/kernel';
import { type Database, databaseOf, GatheredReads, type Tx } from '@autobroker/platform/database';
import { OpportunityStore } from '../application/opportunities/ports';
import { type Drafted, type Queued, type Standing, type ValuationRecord, ValuationStore } from '../application/valuation/ports';
import { lateMs } from '../application/valuation/value-changed';
import { ratings, unratedReasons, type RatingResult } from '../domain/rating';
import { valuationMethods, type PriceQuantiles, type ValuationMethod } from '../domain/valuation';
import { evidenceOf, evidenceJson } from './evidence-json';

export const valuationColumns = `v.vehicle_id as "vehicleId", v.version, v.vehicle_version as "vehicleVersion", v.tenant_id as "tenantId", v.method,
  v.model_version as "modelVersion", v.currency, v.q10, v.q35, v.q50, v.q65, v.q90, v.asking, v.rating, v.unrated_reason as "unratedReason",
  v.position_percent as "position", v.effective_comparables as "effectiveComparables", v.comparables, v.comparable_prices as "comparablePrices",
  v.evidence, v.valued_at as "valuedAt"`;

export interface ValuationRow {
  readonly vehicleId: string;
  readonly version: number;
  readonly vehicleVersion: number;
  readonly tenantId: string | null;
  readonly method: string;
  readonly modelVersion: string | null;
  readonly currency: string;
  readonly q10: string | null;
  readonly q35: string | null;
  readonly q50: string | null;
  readonly q65: string | null;
  readonly q90: string | null;
  readonly asking: string | null;
  readonly rating: string | null;
  readonly unratedReason: string | null;
  readonly position: number | null;
  readonly effectiveComparables: number;
  readonly comparables: readonly string[];
  readonly comparablePrices: readonly string[];
  readonly evidence: unknown;
  readonly valuedAt: Date;
}

interface Written {
  readonly vehicleId: string;
  readonly version: number;
  readonly vehicleVersion: number;
  readonly tenantId: string | null;
}

/** Current valuations, written as sets. */
@Injectable()
export class SqlValuationStore extends ValuationStore {
  private readonly gathered = new GatheredReads<ValuationRecord>((ids) => this.byIds(ids));

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly opportunities: OpportunityStore,
  ) {
    super();
  }

  override byId(id: string): Promise<ValuationRecord | null> {
    return this.gathered.read(id, null);
  }

  override async byIds(ids: readonly string[]): Promise<ReadonlyMap<string, ValuationRecord>> {
    if (ids.length === 0) return new Map();
    const rows = await this.db.query<ValuationRow>(`select ${valuationColumns} from pricing.valuations v where v.vehicle_id = any($1::uuid[])`, [ids], { name: 'valuations-by-ids' });
    return new Map(rows.map((row) => [row.vehicleId, valuationOf(row)]));
  }

  override async standing(ids: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
    if (ids.length === 0) return new Map();
    const rows = await this.db.query<Pick<ValuationRow, 'vehicleId' | 'version' | 'rating' | 'unratedReason'>>(
      'select vehicle_id as "vehicleId", version, rating, unrated_reason as "unratedReason" from pricing.valuations where vehicle_id = any($1::uuid[])',
      [ids],
      { name: 'valuations-standing' },
    );
    return new Map(rows.map((row) => [row.vehicleId, { version: row.version, rating: ratingOf(row) }]));
  }

  override async save(tx: Tx, drafts: readonly Drafted[], before: ReadonlyMap<string, Standing>, lookedAtBy: Date = this.db.clock.now()): Promise<readonly Written[]> {
    if (drafts.length === 0) return [];
    const written = await tx.query<Written>(saveSql, [JSON.stringify(drafts.map(rowOf))], { name: 'valuations-save' });
    const changed = written.filter(({ vehicleId, version }) => before.get(vehicleId)?.version !== version);
    // In the same transaction: no valuation is ever passed over by who looks for deals among them.
    await this.opportunities.note(tx, changed.map(({ vehicleId }) => vehicleId), lookedAtBy);
    return changed;
  }

  override async enqueue(tx: Tx, cars: readonly Queued[], at: Date): Promise<{ readonly waiting: boolean }> {
    const latest = new Map<string, number>();
    for (const { vehicleId, vehicleVersion } of cars) latest.set(vehicleId, Math.max(vehicleVersion, latest.get(vehicleId) ?? 0));
    const ids = [...latest.keys()].sort();
    const [row] = await tx.query<{ waiting: boolean }>(
      `with before as (select exists (select 1 from pricing.valuation_queue where queued_at >= $4) as waiting),
       put as (
         insert into pricing.valuation_queue as q (vehicle_id, vehicle_version, queued_at)
         select id, version, $3 from unnest($1::uuid[], $2::integer[]) as u(id, version)
         on conflict (vehicle_id) do update set vehicle_version = greatest(q.vehicle_version, excluded.vehicle_version)
       )
       select waiting from before`,
      [ids, ids.map((id) => latest.get(id) ?? 1), at, new Date(at.getTime() - lateMs)],
    );
    return { waiting: row?.waiting ?? false };
  }

  override take(tx: Tx, limit: number): Promise<Queued[]> {
    // The projection hears the same events by itself, and may be a moment behind.
    return tx.query<Queued>(
      `select q.vehicle_id as "vehicleId", q.vehicle_version as "vehicleVersion" from pricing.valuation_queue q
       where exists (select 1 from pricing.market_cars c where c.vehicle_id = q.vehicle_id and c.version >= q.vehicle_version)
       order by q.queued_at, q.vehicle_id limit $1 for update skip locked`,
      [limit],
    );
  }

  override async done(tx: Tx, cars: readonly Queued[]): Promise<void> {
    await tx.query(
      `delete from pricing.valuation_queue q using unnest($1::uuid[], $2::integer[]) as u(id, version)
       where q.vehicle_id = u.id and q.vehicle_version <= u.version`,
      [cars.map(({ vehicleId }) => vehicleId), cars.map(({ vehicleVersion }) => vehicleVersion)],
    );
  }

  override async isWaiting(since: Date): Promise<boolean> {
    return (await this.db.query('select 1 from pricing.valuation_queue where queued_at >= $1 limit 1', [since])).length > 0;
  }

  override async giveUp(before: Date): Promise<void> {
    await this.db.query('delete from pricing.valuation_queue where queued_at < $1', [before]);
  }

  override async forget(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.query('delete from pricing.valuations where vehicle_id = any($1::uuid[])', [ids]);
    await tx.query('delete from pricing.valuation_queue where vehicle_id = any($1::uuid[])', [ids]);
    // Whoever looked for deals just before it was deleted may only have found one since.
    await this.opportunities.note(tx, ids, this.db.clock.now());
  }
}

/**
 * A model that values the whole catalogue does not look comparables up: those that were shown with the car stay.
 * A version counts what a reader would notice: another vehicle, price, interval, label or method.
 */
const saveSql = `
with given as (
  select * from jsonb_to_recordset($1::jsonb) as r(
    vehicle_id uuid, vehicle_version integer, tenant_id uuid, method text, model_version text, currency text, q10 bigint, q35 bigint, q50 bigint,
    q65 bigint, q90 bigint, asking bigint, rating text, unrated_reason text, position_percent real, effective_comparables real, comparables uuid[],
    comparable_prices bigint[], evidence jsonb, valued_at timestamptz)
)
  insert into pricing.valuations as v (vehicle_id, version, vehicle_version, tenant_id, method, model_version, currency, q10, q35, q50, q65, q90, asking, rating,
    unrated_reason, position_percent, effective_comparables, comparables, comparable_prices, evidence, valued_at)
  select vehicle_id, 1, vehicle_version, tenant_id, method, model_version, currency, q10, q35, q50, q65, q90, asking, rating, unrated_reason, position_percent,
    effective_comparables, comparables, comparable_prices, evidence, valued_at
  from given order by vehicle_id
  on conflict (vehicle_id) do update set
    version = v.version + case when (v.vehicle_version, v.method, v.model_version, v.currency, v.q10, v.q35, v.q50, v.q65, v.q90, v.asking, v.rating, v.unrated_reason)
      is distinct from (excluded.vehicle_version, excluded.method, excluded.model_version, excluded.currency, excluded.q10, excluded.q35, excluded.q50, excluded.q65,
        excluded.q90, excluded.asking, excluded.rating, excluded.unrated_reason) then 1 else 0 end,
    vehicle_version = excluded.vehicle_version, tenant_id = excluded.tenant_id, method = excluded.method, model_version = excluded.model_version,
    currency = excluded.currency, q10 = excluded.q10, q35 = excluded.q35, q50 = excluded.q50, q65 = excluded.q65, q90 = excluded.q90, asking = excluded.asking,
    rating = excluded.rating, unrated_reason = excluded.unrated_reason, position_percent = excluded.position_percent,
    effective_comparables = case when (excluded.method, excluded.comparables) = ('model', '{}'::uuid[]) then v.effective_comparables else excluded.effective_comparables end,
    comparables = case when (excluded.method, excluded.comparables) = ('model', '{}'::uuid[]) then v.comparables else excluded.comparables end,
    comparable_prices = case when (excluded.method, excluded.comparables) = ('model', '{}'::uuid[]) then v.comparable_prices else excluded.comparable_prices end,
    evidence = excluded.evidence, valued_at = excluded.valued_at
  where v.vehicle_version <= excluded.vehicle_version
  returning v.vehicle_id as "vehicleId", v.version, v.vehicle_version as "vehicleVersion", v.tenant_id as "tenantId"`;

function rowOf(draft: Drafted): Record<string, unknown> {
  const { quantiles } = draft;
  return {
    vehicle_id: draft.vehicleId,
    vehicle_version: draft.vehicleVersion,
    tenant_id: draft.tenantId,
    method: draft.method,
    model_version: draft.modelVersion,
    currency: draft.currency,
    ...(quantiles === null ? {} : quantiles),
    asking: draft.asking,
    rating: draft.rating.rating,
    unrated_reason: draft.rating.reason,
    position_percent: draft.position,
    effective_comparables: draft.effectiveComparables,
    comparables: draft.comparables.map(({ vehicleId }) => vehicleId),
    comparable_prices: draft.comparables.map(({ price }) => price),
    evidence: evidenceJson(draft.evidence),
    valued_at: draft.valuedAt.toISOString(),
  };
}

const isMethod = (text: string): text is ValuationMethod => valuationMethods.some((method) => method === text);

export function valuationOf(row: ValuationRow): ValuationRecord {
  const { method, currency } = row;
  if (!isMethod(method) || !isCurrencyCode(currency)) throw new Error(`valuation of ${row.vehicleId} is by ${method} in ${currency}`);
  return {
    vehicleId: row.vehicleId,
    version: row.version,
    vehicleVersion: row.vehicleVersion,
    tenantId: row.tenantId,
    method,
    modelVersion: row.modelVersion,
    currency,
    quantiles: quantilesOf(row),
    asking: row.asking === null ? null : Number(row.asking),
    rating: ratingOf(row),
    position: row.position,
    effectiveComparables: row.effectiveComparables,
    comparables: row.comparables.map((vehicleId, index) => ({ vehicleId, price: Number(row.comparablePrices[index] ?? 0) })),
    evidence: evidenceOf(row.evidence),
    valuedAt: row.valuedAt,
  };
}

function quantilesOf({ q10, q35, q50, q65, q90 }: ValuationRow): PriceQuantiles | null {
  if (q10 === null || q35 === null || q50 === null || q65 === null || q90 === null) return null;
  return { q10: Number(q10), q35: Number(q35), q50: Number(q50), q65: Number(q65), q90: Number(q90) };
}

function ratingOf({ rating, unratedReason }: Pick<ValuationRow, 'rating' | 'unratedReason'>): RatingResult {
  const label = ratings.find((one) => one === rating);
  if (label !== undefined) return { rating: label, reason: null };
  const reason = unratedReasons.find((one) => one === unratedReason);
  if (reason === undefined) throw new Error(`a valuation is unrated for the reason ${String(unratedReason)}`);
  return { rating: null, reason };
}
