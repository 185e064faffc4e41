import type { OpportunityCriteria, Viewer } from '../../application/opportunities/ports';
import { nameKey } from '../../domain/market/grade';

/** Parameters of one statement, numbered as they come. */
export class Params {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

const earthKm = 6_371.0088;

/** Open opportunities that this person may see and asks for. */
export function filterOf(criteria: OpportunityCriteria, viewer: Viewer, params: Params): string {
  const parts = ['o.expired_at is null', `(o.tenant_id is null or o.tenant_id = ${params.add(viewer.tenantId, 'uuid')})`, `coalesce(s.status, 'new') = any(${params.add(criteria.statuses, 'text[]')})`];
  const any = (column: string, values: readonly string[] | undefined): void => {
    if (values !== undefined) parts.push(`${column} = any(${params.add(values, 'text[]')})`);
  };
  const bound = (column: string, sign: '>=' | '<=', value: number | undefined, type: string): void => {
    if (value !== undefined) parts.push(`${column} ${sign} ${params.add(value, type)}`);
  };
  any('o.make_key', criteria.make?.map(nameKey));
  any('o.model_key', criteria.model?.map(nameKey));
  any('o.country', criteria.country);
  if (criteria.source !== undefined) parts.push(`o.sources && ${params.add(criteria.source, 'text[]')}`);
  bound('o.year', '>=', criteria.yearMin, 'integer');
  bound('o.year', '<=', criteria.yearMax, 'integer');
  bound('o.reference_price', '>=', criteria.priceMin, 'bigint');
  bound('o.reference_price', '<=', criteria.priceMax, 'bigint');
  bound('o.reference_profit', '>=', criteria.minProfit, 'bigint');
  bound('o.score', '>=', criteria.minScore, 'real');
  bound('o.roi', '>=', criteria.minRoi, 'real');
  bound('o.probability', '>=', criteria.minProbability, 'real');
  bound('o.confidence', '>=', criteria.minConfidence, 'real');
  bound('o.risk', '<=', criteria.maxRisk, 'real');
  if (!criteria.damaged) parts.push('not o.damaged');
  if (criteria.near !== undefined) parts.push(within(criteria.near, params));
  return parts.join(' and ');
}

/** Along the surface (haversine); a car that stands nobody knows where is near nothing. */
function within({ lat, lon, radiusKm }: NonNullable<OpportunityCriteria['near']>, params: Params): string {
  const [at, on] = [params.add(lat, 'double precision'), params.add(lon, 'double precision')];
  const half = `power(sin(radians(o.lat - ${at}) / 2), 2) + cos(radians(${at})) * cos(radians(o.lat)) * power(sin(radians(o.lon - ${on}) / 2), 2)`;
  return `${2 * earthKm} * asin(least(1, sqrt(${half}))) <= ${params.add(radiusKm, 'double precision')}`;
}
