import type { Range, VehicleCriteria } from '../../application/criteria';
import { earthRadiusKm } from '@autobroker/vocabulary';
import { boxAround, boxWithin } from '../../domain/geo';
import type { Coordinates } from '../../domain/facts';
import { nameKey, searchTerms } from './search-text';
import type { Params } from './params';

/** Who sees it: the shared catalogue, and the asking tenant's own stock. */
export function visibleTo(tenantId: string | null, params: Params, alias = 'v'): string {
  if (tenantId === null) return `${alias}.tenant_id is null`;
  return `(${alias}.tenant_id is null or ${alias}.tenant_id = ${params.add(tenantId, '::uuid')})`;
}

export interface NearSql {
  /** Grows with the distance, and costs little: for comparing. */
  readonly farness: string;
  readonly kilometres: string;
}

/**
 * The distance from a centre to the vehicle along the surface; only to be asked where `v.lat` is known. The cosine of the
 * angle between two places is exact to centimetres, and needs half the functions of the haversine.
 */
export function nearnessSql(centre: Coordinates, params: Params): NearSql {
  const lat = (centre.lat * Math.PI) / 180;
  const sine = params.add(Math.sin(lat), '::float8');
  const cosine = params.add(Math.cos(lat), '::float8');
  const lon = params.add(centre.lon, '::float8');
  const farness = `(1 - ${sine} * sin(radians(v.lat)) - ${cosine} * cos(radians(v.lat)) * cos(radians(v.lon - ${lon})))`;
  return { farness, kilometres: `(${earthRadiusKm} * acos(greatest(-1, least(1, 1 - ${farness}))))` };
}

export const kilometresOf = (farness: number): number => earthRadiusKm * Math.acos(Math.max(-1, 1 - farness));
export const farnessOf = (km: number): number => 1 - Math.cos(Math.min(km / earthRadiusKm, Math.PI));

/**
 * The conditions of a list, cheapest first: where no index serves, each is asked of every row that the ones before let
 * through.
 */
export function filterSql(criteria: VehicleCriteria, tenantId: string | null, params: Params): string {
  const where: string[] = ['v.deleted_at is null'];
  const range = (column: string, wanted: Range | undefined, type: string): void => {
    if (wanted?.min !== undefined) where.push(`${column} >= ${params.add(wanted.min, type)}`);
    if (wanted?.max !== undefined) where.push(`${column} <= ${params.add(wanted.max, type)}`);
  };
  const anyOf = (column: string, wanted: readonly string[] | undefined): void => {
    if (wanted === undefined || wanted.length === 0) return;
    // One value as an equality: the planner knows its frequency and can use it as a prefix of an index.
    if (wanted.length === 1) where.push(`${column} = ${params.add(wanted[0], '::text')}`);
    else where.push(`${column} = any(${params.add(wanted, '::text[]')})`);
  };
  // Lowered by the database on both sides: languages don't agree on what that means.
  const anyNameOf = (column: string, wanted: readonly string[] | undefined): void => {
    if (wanted === undefined || wanted.length === 0) return;
    const names = params.add(wanted, '::text[]');
    where.push(wanted.length === 1 ? `${column} = lower((${names})[1])` : `${column} = any(array(select lower(n) from unnest(${names}) n))`);
  };

  range('v.year', criteria.year, '::int');
  range('v.price_ref', criteria.price, '::bigint');
  range('v.mileage_km', criteria.mileageKm, '::int');
  range('v.power_kw', criteria.powerKw, '::int');
  if (criteria.hasImages !== undefined) where.push(criteria.hasImages ? 'v.image_count > 0' : 'v.image_count = 0');
  if (criteria.listedSince !== undefined) where.push(`v.listed_at >= ${params.add(criteria.listedSince, '::timestamptz')}`);
  anyOf('v.status', criteria.status);
  anyOf('v.make_key', criteria.make?.map(nameKey));
  anyOf('v.model_key', criteria.model?.map(nameKey));
  where.push(visibleTo(tenantId, params));
  if (criteria.stock !== undefined) where.push(criteria.stock === 'shared' ? 'v.tenant_id is null' : 'v.tenant_id is not null');
  anyOf('v.fuel', criteria.fuel);
  anyOf('v.gearbox', criteria.gearbox);
  anyOf('v.drivetrain', criteria.drivetrain);
  anyOf('v.body', criteria.body);
  anyOf('v.exterior_colour', criteria.colour);
  anyOf('v.interior_colour', criteria.interiorColour);
  anyOf('v.condition', criteria.condition);
  anyOf('v.damage_type', criteria.damageType);
  anyOf('v.title_status', criteria.titleStatus);
  range('v.doors', criteria.doors, '::int');
  range('v.seats', criteria.seats, '::int');
  range('v.owners_count', criteria.owners, '::int');
  anyOf('v.country', criteria.country);
  range('v.engine_displacement_cc', criteria.displacementCc, '::int');
  if (criteria.hasVin !== undefined) where.push(criteria.hasVin ? 'v.vin is not null' : 'v.vin is null');
  anyOf('v.vin', criteria.vin === undefined ? undefined : [criteria.vin]);
  anyNameOf('lower(v.city)', criteria.city);
  anyNameOf('lower(v.region)', criteria.region);
  anyNameOf('lower(v.trim)', criteria.trim);
  if (criteria.source !== undefined && criteria.source.length > 0) {
    where.push(`v.sources && ${params.add(criteria.source, '::text[]')}`);
  }
  if (criteria.features !== undefined && criteria.features.length > 0) {
    where.push(`v.features @> ${params.add(criteria.features, '::text[]')}`);
  }
  if (criteria.near !== undefined) where.push(nearSql(criteria.near, params));
  if (criteria.q !== undefined) where.push(searchSql(criteria.q, params));
  return where.join('\n  and ');
}

function nearSql(near: { readonly centre: Coordinates; readonly radiusKm: number }, params: Params): string {
  const box = boxAround(near.centre, near.radiusKm);
  const lonMin = params.add(box.lonMin, '::float8');
  const lonMax = params.add(box.lonMax, '::float8');
  const lon = box.crossesDateLine
    ? `(v.lon >= ${lonMin} or v.lon <= ${lonMax})`
    : `v.lon between ${lonMin} and ${lonMax}`;
  return `v.lat between ${params.add(box.latMin, '::float8')} and ${params.add(box.latMax, '::float8')} and ${lon}
  and ${withinSql(near, params)}`;
}

/**
 * Most of what is near lies in a box within the circle, where no distance has to be worked out. Of what is in the box around it
 * the circle leaves out a fifth. A comparison that the planner knows nothing of is taken to let a third through; where it is
 * asked whether that is false, two thirds (a mere `not` it turns into the opposite comparison). With half of what there is, a
 * list that is full long before all cars were read looks like one that several processes had better read to its end.
 */
function withinSql(near: { readonly centre: Coordinates; readonly radiusKm: number }, params: Params): string {
  const inner = boxWithin(near.centre, near.radiusKm);
  const inCircle = `(${nearnessSql(near.centre, params).farness} > ${params.add(farnessOf(near.radiusKm), '::float8')}) is false`;
  if (inner === null) return inCircle;
  const between = (column: string, low: number, high: number): string => `${column} between ${params.add(low, '::float8')} and ${params.add(high, '::float8')}`;
  return `((${between('v.lat', inner.latMin, inner.latMax)} and ${between('v.lon', inner.lonMin, inner.lonMax)}) or ${inCircle})`;
}

function searchSql(q: string, params: Params): string {
  const terms = searchTerms(q);
  // Words of punctuation alone ask for nothing that could be found.
  if (terms === null) return 'false';
  return `v.search @@ ${params.add(terms, '::tsquery')}`;
}
