import type { Ordering, Position } from '../../application/criteria';
import type { VehicleSort } from '../../application/vehicle-fields';
import type { Params } from './params';

interface SortColumn {
  readonly sql: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** Every one but the distance has an index (column, id) that is walked in either direction. */
const columns: Readonly<Record<Exclude<VehicleSort, 'distance'>, SortColumn>> = {
  listed_at: { sql: 'v.listed_at', type: '::timestamptz', nullable: false },
  created_at: { sql: 'v.created_at', type: '::timestamptz', nullable: false },
  updated_at: { sql: 'v.updated_at', type: '::timestamptz', nullable: false },
  price: { sql: 'v.price_ref', type: '::bigint', nullable: true },
  year: { sql: 'v.year', type: '::int', nullable: false },
  mileage: { sql: 'v.mileage_km', type: '::int', nullable: true },
  power: { sql: 'v.power_kw', type: '::int', nullable: true },
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

/** "After this entry", in the order of `orderBy`. */
export function afterSql(sort: SortSql, after: Position, value: string, id: string, params: Params): string {
  const beyond = sort.descending ? '<' : '>';
  const lastId = params.add(after.id, '::uuid');
  if (after.value === null) return `(${value} is null and ${id} ${beyond} ${lastId})`;
  const rows = `(${value}, ${id}) ${beyond} (${params.add(after.value, sort.type)}, ${lastId})`;
  return sort.nullable ? `(${rows} or ${value} is null)` : rows;
}
