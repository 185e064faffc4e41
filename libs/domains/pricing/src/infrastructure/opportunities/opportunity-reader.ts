import { Inject, Injectable } from '@nestjs/common';
import { isCurrencyCode } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import type { FailureKind } from '../../application/external/ports';
import {
  type OpportunityListQuestion,
  type OpportunityPage,
  OpportunityReader,
  type OpportunitySegment,
  type OpportunitySort,
  type SeenOpportunity,
  type SegmentQuestion,
  type Viewer,
} from '../../application/opportunities/ports';
import { endReasons, opportunityStatuses } from '../../domain/opportunity/lifecycle';
import { filterOf, Params } from './opportunity-filter';

const columns = `o.id, o.version, o.vehicle_id as "vehicleId", o.vehicle_version as "vehicleVersion", o.valuation_version as "valuationVersion", o.tenant_id as "tenantId",
  o.currency, o.asking::float8, o.market_value::float8 as "marketValue", o.total_cost::float8 as "totalCost", o.profit::float8, o.profit_low::float8 as "profitLow",
  o.profit_high::float8 as "profitHigh", o.reference_currency as "referenceCurrency", o.reference_price::float8 as "referencePrice",
  o.reference_profit::float8 as "referenceProfit", o.score, o.confidence, o.probability, o.roi, o.risk, o.damaged, o.evidence, o.created_at as "createdAt",
  o.updated_at as "updatedAt", o.expired_at as "expiredAt", o.expired_reason as "expiredReason", coalesce(s.status, 'new') as status, coalesce(s.version, 0) as "statusVersion"`;

type Row = Omit<SeenOpportunity, 'status' | 'expiredReason' | 'currency' | 'referenceCurrency'> & {
  readonly status: string;
  readonly expiredReason: string | null;
  readonly currency: string;
  readonly referenceCurrency: string;
};

const sorted: Readonly<Record<OpportunitySort, readonly [column: string, type: string]>> = {
  score: ['o.score', 'real'],
  profit: ['o.reference_profit', 'bigint'],
  roi: ['o.roi', 'real'],
  created_at: ['o.created_at', 'timestamptz'],
};

const countedTo = 10_000;
/** Who was asked in vain is asked again so much later, where that may help. */
const vainMs = 3_600_000;
const mayHelp: readonly FailureKind[] = ['over_budget', 'rate_limited', 'unavailable'];

/** Opportunities as one person sees them. */
@Injectable()
export class SqlOpportunityReader extends OpportunityReader {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async page(viewer: Viewer, { criteria, sort, descending, limit, from }: OpportunityListQuestion): Promise<OpportunityPage> {
    const params = new Params();
    const source = `pricing.opportunities o left join pricing.opportunity_statuses s on s.opportunity_id = o.id and s.user_id = ${params.add(viewer.userId, 'uuid')}`;
    const where = filterOf(criteria, viewer, params);
    const counted = this.db.query<{ n: number }>(`select count(*)::integer as n from (select 1 from ${source} where ${where} limit ${countedTo + 1}) as capped`, [...params.values]);
    const [column, type] = sorted[sort];
    const order = descending ? 'desc' : 'asc';
    const after = 'after' in from ? ` and (${column}, o.id) ${descending ? '<' : '>'} (${params.add(from.after.value, type)}, ${params.add(from.after.id, 'uuid')})` : '';
    const offset = 'offset' in from ? from.offset : 0;
    const rows = await this.db.query<Row & { readonly place: string }>(
      `select ${columns}, ${column}::text as place from ${source} where ${where}${after}
       order by ${column} ${order}, o.id ${order} limit ${params.add(limit + 1, 'integer')} offset ${params.add(offset, 'integer')}`,
      [...params.values],
    );
    const [count] = await counted;
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const n = count?.n ?? 0;
    return { items: rows.slice(0, limit).map(seenOf), next: last === undefined ? null : { value: last.place, id: last.id }, total: Math.min(n, countedTo), capped: n > countedTo };
  }

  override async byId(viewer: Viewer, id: string): Promise<SeenOpportunity | null> {
    const [row] = await this.db.query<Row>(
      `select ${columns} from pricing.opportunities o left join pricing.opportunity_statuses s on s.opportunity_id = o.id and s.user_id = $2
       where o.id = $1 and (o.tenant_id is null or o.tenant_id = $3)`,
      [id, viewer.userId, viewer.tenantId],
      { name: 'opportunity-by-id' },
    );
    return row === undefined ? null : seenOf(row);
  }

  override async segments({ since, make, country, limit, offset }: SegmentQuestion): Promise<{ items: OpportunitySegment[]; total: number }> {
    const rows = await this.db.query<OpportunitySegment & { readonly total: number }>(
      `select make_key as make, model_key as model, country, count(*)::integer as found, (count(*) filter (where expired_at is null))::integer as open,
         (count(*) filter (where expired_reason = 'sold'))::integer as realised, round(avg(score)::numeric, 1)::float8 as "averageScore",
         round(avg(reference_profit))::float8 as "averageProfit",
         round((percentile_cont(0.5) within group (order by extract(epoch from expired_at - created_at) / 86400) filter (where expired_reason = 'sold'))::numeric, 1)::float8 as "medianDaysToSale",
         (count(*) over ())::integer as total
       from pricing.opportunities
       where tenant_id is null and created_at >= $1 and ($2::text[] is null or make_key = any($2)) and ($3::text[] is null or country = any($3))
       group by make_key, model_key, country
       order by count(*) filter (where expired_reason = 'sold') desc, avg(reference_profit) * count(*) desc, make_key, model_key, country
       limit $4 offset $5`,
      [since, make ?? null, country ?? null, limit, offset],
    );
    return { items: rows.map(({ total: _total, ...segment }) => segment), total: rows[0]?.total ?? 0 };
  }

  override async unheard(among: number, now: Date): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `select best.vehicle_id as id from (select vehicle_id, score from pricing.opportunities where expired_at is null and tenant_id is null and not damaged order by score desc, id desc limit $1) best
       where not exists (select 1 from pricing.external_valuations x where x.vehicle_id = best.vehicle_id and (x.fetched_at is not null or x.claimed_until > $2 or x.failed_at > $3))
         and (not exists (select 1 from pricing.external_valuations x where x.vehicle_id = best.vehicle_id)
           or exists (select 1 from pricing.external_valuations x where x.vehicle_id = best.vehicle_id and coalesce(x.failure_kind, 'unavailable') = any($4)))
       order by best.score desc`,
      [among, now, new Date(now.getTime() - vainMs), mayHelp],
    );
    return rows.map(({ id }) => id);
  }

  override async active(): Promise<number> {
    const [row] = await this.db.query<{ n: number }>('select count(*)::integer as n from pricing.opportunities where expired_at is null');
    return row?.n ?? 0;
  }
}

function seenOf({ status, expiredReason, currency, referenceCurrency, ...row }: Row): SeenOpportunity {
  const known = opportunityStatuses.find((one) => one === status);
  const reason = expiredReason === null ? null : endReasons.find((one) => one === expiredReason);
  if (known === undefined || reason === undefined || !isCurrencyCode(currency) || !isCurrencyCode(referenceCurrency)) {
    throw new Error(`opportunity ${row.id} is ${status}, ended by ${String(expiredReason)}, in ${currency}`);
  }
  return { ...row, currency, referenceCurrency, status: known, expiredReason: reason };
}
