import type { Ordering, Position, VehicleCriteria } from '../../application/criteria';
import type { VehicleSort } from '../../application/vehicle-fields';
import type { Params } from './params';

interface SortColumn {
  readonly sql: string;
  readonly type: string;
  readonly nullable: boolean;
  /** What the filter says about the same column: a walk begins there. */
  readonly bounds?: (criteria: VehicleCriteria) => Bounds | undefined;
}

interface Bounds {
  readonly min?: number | Date | undefined;
  readonly max?: number | Date | undefined;
}

/** Every one but the distance has an index (column, id) that is walked in either direction. */
const columns: Readonly<Record<Exclude<VehicleSort, 'distance'>, SortColumn>> = {
  listed_at: { sql: 'v.listed_at', type: '::timestamptz', nullable: false, bounds: ({ listedSince }) => ({ min: listedSince }) },
  created_at: { sql: 'v.created_at', type: '::timestamptz', nullable: false },
  updated_at: { sql: 'v.updated_at', type: '::timestamptz', nullable: false },
  price: { sql: 'v.price_ref', type: '::bigint', nullable: true, bounds: ({ price }) => price },
  year: { sql: 'v.year', type: '::int', nullable: false, bounds: ({ year }) => year },
  mileage: { sql: 'v.mileage_km', type: '::int', nullable: true, bounds: ({ mileageKm }) => mileageKm },
  power: { sql: 'v.power_kw', type: '::int', nullable: true, bounds: ({ powerKw }) => powerKw },
};

export interface SortSql extends SortColumn {
  readonly descending: boolean;
  readonly indexed: boolean;
}

export function sortSql(order: Ordering, farness: (() => string) | null): SortSql {
  if (order.by === 'distance') {
    return { sql: farness === null ? 'null::float8' : farness(), type: '::float8', nullable: false, descending: order.descending, indexed: false };
  }
  return { ...columns[order.by], descending: order.descending, indexed: true };
}

/** Unknown values come last in either direction. */
export function orderBy(sort: SortSql, value: string, id: string): string {
  const direction = sort.descending ? 'desc' : 'asc';
  return `${value} ${direction}${sort.nullable ? ' nulls last' : ''}, ${id} ${direction}`;
}

/** `orderBy` from behind. */
export function orderBackBy(sort: SortSql, value: string, id: string): string {
  const direction = sort.descending ? 'asc' : 'desc';
  return `${value} ${direction}${sort.nullable ? ' nulls first' : ''}, ${id} ${direction}`;
}

/** What the filter asks of the column that the order is by, on its own. */
export function boundsSql(sort: SortSql, criteria: VehicleCriteria, params: Params): string[] {
  const { min, max } = sort.bounds?.(criteria) ?? {};
  const conditions: string[] = [];
  if (min !== undefined) conditions.push(`${sort.sql} >= ${params.add(min, sort.type)}`);
  if (max !== undefined) conditions.push(`${sort.sql} <= ${params.add(max, sort.type)}`);
  return conditions;
}

/** "Not after this value, which is known", in the order of `orderBy`. */
export const untilSql = (sort: SortSql, value: string, params: Params): string =>
  `${sort.sql} ${sort.descending ? '>=' : '<='} ${params.add(value, sort.type)}`;

/** "After this entry", in the order of `orderBy`. */
export function afterSql(sort: SortSql, after: Position, value: string, id: string, params: Params): string {
  const beyond = sort.descending ? '<' : '>';
  const lastId = params.add(after.id, '::uuid');
  if (after.value === null) return `(${value} is null and ${id} ${beyond} ${lastId})`;
  const rows = `(${value}, ${id}) ${beyond} (${params.add(after.value, sort.type)}, ${lastId})`;
  return sort.nullable ? `(${rows} or ${value} is null)` : rows;
}
