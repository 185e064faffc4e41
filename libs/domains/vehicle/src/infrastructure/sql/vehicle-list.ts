import { countCap, type ListQuery, type VehicleCriteria } from '../../application/criteria';
import type { Reach } from './list-reach';
import { filterSql, nearnessSql, visibleTo, type NearSql } from './vehicle-filter';
import { Params } from './params';
import { vehicleJson } from './vehicle-json';
import { afterSql, boundsSql, orderBackBy, orderBy, sortSql, untilSql, type SortSql } from './vehicle-order';

export interface Statement {
  readonly sql: string;
  readonly params: readonly unknown[];
  /** Whether one plan is good for all values, so that it is worth keeping. */
  readonly prepared: boolean;
}

/** One entry of a page: its place in the order, and its JSON. */
export interface ListRow {
  readonly id: string;
  readonly value: string | null;
  readonly json: string;
}
/** `total` is that of the list, as far as it was counted. Beyond that there is one row, whose place is a `Reach`, at most. */
export interface CountedRow {
  readonly id: string | null;
  readonly value: string | null;
  readonly json: string | null;
  readonly total: number;
}

export interface Asking {
  readonly tenantId: string | null;
  /** The installation's currency. */
  readonly currency: string;
}

/*
 * A list is answered in one of three ways, none of which trusts the planner to guess how a filter and an order go together
 * (the cheapest of the strongest cars: walking up from the cheapest finds none for a long while).
 *
 * - `collect`: all matches up to the cap are gathered once, then counted and sorted. Right whenever there are at most
 *   `countCap` of them. Of more, it is a sample: as many entries as the page needs lie before its own page's end.
 * - `walk`: with more matches than that, the order's index is walked from where the filter and the cursor let it begin, but
 *   only so far, and not on from where not one was found (the cheapest of the newest cars).
 * - `sift`: what the walk did not find, a scan that keeps the best does: slower than a lucky walk, never slow. It looks no
 *   further than the sample reached, or, for the nearest, than where they probably are (list-reach.ts).
 */

interface Prepared {
  readonly params: Params;
  readonly near: (() => NearSql) | null;
  readonly sort: SortSql;
  readonly where: string;
  readonly prepared: boolean;
}

/**
 * A plan for any value takes words, ranges with two ends and places to be narrow. Where they are not it is several times
 * slower than one for the values at hand, which costs a millisecond to make.
 */
function anyValueDoes({ q, near, year, price, mileageKm, powerKw, displacementCc }: VehicleCriteria): boolean {
  const ranges = [year, price, mileageKm, powerKw, displacementCc];
  return q === undefined && near === undefined && !ranges.some((range) => range?.min !== undefined && range.max !== undefined);
}

function prepare(query: ListQuery, asking: Asking): Prepared {
  const params = new Params();
  const near = query.criteria.near;
  let made: NearSql | undefined;
  // Parameters that no part of the statement uses are an error.
  const nearness = near === undefined ? null : (): NearSql => (made ??= nearnessSql(near.centre, params));
  return {
    params,
    near: nearness,
    sort: sortSql(query.order, nearness === null ? null : () => nearness().farness),
    where: filterSql(query.criteria, asking.tenantId, params),
    prepared: anyValueDoes(query.criteria),
  };
}

/**
 * A statement's text, the very same one each time: to compare two of several kilobytes, and to look them up, costs more than to
 * make them. `key` tells all that the text depends on; the parameters are added whether it is made or not. Strangers can't make
 * us keep more than so many.
 */
const textsMax = 500;
const texts = new Map<string, string>();

function kept(key: string, make: () => string): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const sql = make();
  if (texts.size < textsMax) texts.set(key, sql);
  return sql;
}

const shapeOf = ({ fields, include, order, from }: ListQuery): string =>
  `${fields?.join() ?? '*'}+${include.join()} ${order.descending ? '-' : ''}${order.by} ${'after' in from ? (from.after.value === null ? 'unknown' : 'after') : ''}`;

const offsetOf = (query: ListQuery): number => ('offset' in query.from ? query.from.offset : 0);

/** Gathers and counts at once: one row at least, which carries the total; a page only if that is at most the cap, else its reach. */
export function collectSql(query: ListQuery, asking: Asking): Statement {
  const { params, near, sort, where, prepared } = prepare(query, asking);
  const after = 'after' in query.from ? `where ${afterSql(sort, query.from.after, 'm.s', 'm.id', params)}` : '';
  const render = rendering(query, asking, params, near);
  const limit = params.add(query.perPage + 1, '::int');
  const offset = params.add(offsetOf(query), '::int');
  const aPage = params.add(query.perPage, '::int');
  const text = (): string => `
with m as materialized (
  select v.id, ${sort.sql} as s from vehicle.vehicles v
  where ${where}
  limit ${countCap + 1}
), counted as (select count(*)::integer as total from m),
page as (
  select m.id, m.s from m ${after}
  order by ${orderBy(sort, 'm.s', 'm.id')}
  limit ${limit} offset ${offset}
)
select c.total, r.id, r.value, r.json
from counted c left join (
  ${render}
  where (select total from counted) <= ${countCap}
  union all
  (select p.id, p.s, p.s::text, null from page p
  where (select total from counted) > ${countCap} and (select count(*) from page) > ${aPage}
  order by ${orderBackBy(sort, 'p.s', 'p.id')} limit 1)
) r on true
order by ${orderBy(sort, 'r.s', 'r.id')}`;
  return { sql: prepared ? kept(`collect ${shapeOf(query)} ${where}`, text) : text(), params: params.values, prepared };
}

/** How many entries of the index are looked at before the walk gives up. */
export const walkBudget = (query: ListQuery): number => 4_000 + 2 * (offsetOf(query) + query.perPage);

/**
 * How far the walk looks, one attempt after the other. The first is enough where one car in ten is wanted, and costs a fifth of
 * the last. Only for a list's beginning: what is found behind an offset says nothing of what was passed over, and behind a cursor
 * there was some a moment ago.
 */
export const walkAttempts = (query: ListQuery): readonly number[] =>
  'offset' in query.from && query.from.offset === 0 ? [400 + 10 * query.perPage, walkBudget(query)] : [walkBudget(query)];

/** Where there was not one so far, a page of them rarely is in the rest: sifting then costs less than to walk on and to sift. */
export const walksOn = (found: number): boolean => found > 0;

/** Walks the order's index. May find fewer than there are: then the caller sifts. `null` where no index has this order. */
export function walkSql(query: ListQuery, asking: Asking, entries = walkBudget(query)): Statement | null {
  const { params, near, sort, where, prepared } = prepare(query, asking);
  if (!sort.indexed) return null;
  const direction = sort.descending ? 'desc' : 'asc';
  const conditions = ['v.deleted_at is null', ...boundsSql(sort, query.criteria, params)];
  const from = query.from;
  const amongUnknown = 'after' in from && from.after.value === null;
  if (sort.nullable) conditions.push(`${sort.sql} is ${amongUnknown ? 'null' : 'not null'}`);
  if ('after' in from) {
    const known: SortSql = { ...sort, nullable: false };
    conditions.push(afterSql(known, from.after, sort.sql, 'v.id', params));
  }
  const walked = sort.sql.replace('v.', '');
  const render = rendering(query, asking, params, near);
  const sql = `
with page as (
  select v.id, v.${walked} as s from (
    select v.* from vehicle.vehicles v
    where ${conditions.join(' and ')}
    order by ${sort.sql} ${direction}, v.id ${direction}
    limit ${params.add(entries, '::int')}
  ) v
  where ${where}
  order by v.${walked} ${direction}, v.id ${direction}
  limit ${params.add(query.perPage + 1, '::int')} offset ${params.add(offsetOf(query), '::int')}
)
select r.id, r.value, r.json from (${render}) r
order by ${orderBy(sort, 'r.s', 'r.id')}`;
  return { sql, params: params.values, prepared };
}

/** With a reach, entries beyond it are not looked at: asked first, it spares most rows every other question. */
export function siftSql(query: ListQuery, asking: Asking, reach: Reach | null = null): Statement {
  const { params, near, sort, where } = prepare(query, asking);
  const until = reach === null ? '' : `${untilSql(sort, reach, params)} and `;
  const after = 'after' in query.from ? ` and ${afterSql(sort, query.from.after, sort.sql, 'v.id', params)}` : '';
  const render = rendering(query, asking, params, near);
  // `offset 0` keeps the order out of the scan's plan: it must not become a walk again.
  const sql = `
with page as (
  select m.id, m.s from (
    select v.id, ${sort.sql} as s from vehicle.vehicles v
    where ${until}${where}${after}
    offset 0
  ) m
  order by ${orderBy(sort, 'm.s', 'm.id')}
  limit ${params.add(query.perPage + 1, '::int')} offset ${params.add(offsetOf(query), '::int')}
)
select r.id, r.value, r.json from (${render}) r
order by ${orderBy(sort, 'r.s', 'r.id')}`;
  return { sql, params: params.values, prepared: false };
}

function rendering(query: ListQuery, asking: Asking, params: Params, near: (() => NearSql) | null): string {
  const json = vehicleJson({
    fields: query.fields,
    include: query.include,
    reference: params.late(() => params.add(asking.currency, '::text')),
    distance: near === null ? null : () => `round(${near().kilometres}::numeric, 1)`,
  });
  const details = json.needsDetails ? 'join vehicle.vehicle_details d on d.vehicle_id = v.id' : '';
  return `select p.id, p.s, p.s::text as value, (${json.expression})::text as json
  from page p join vehicle.vehicles v on v.id = p.id ${details}`;
}

/** One vehicle that the asker may see. */
export const oneSql = (id: string, shape: Pick<ListQuery, 'fields' | 'include'>, asking: Asking): Statement =>
  byIdSql(id, 'v.id = $1::uuid', '', shape, asking);

/** Those of several vehicles that the asker may see, whole and in no order. */
export const severalSql = (ids: readonly string[], asking: Asking): Statement =>
  byIdSql(ids, 'v.id = any($1::uuid[])', 'v.id, ', { fields: null, include: [] }, asking);

function byIdSql(key: unknown, wanted: string, more: string, shape: Pick<ListQuery, 'fields' | 'include'>, asking: Asking): Statement {
  const params = new Params();
  params.add(key);
  const visible = visibleTo(asking.tenantId, params);
  const reference = params.late(() => params.add(asking.currency, '::text'));
  const text = (): string => {
    const json = vehicleJson({ ...shape, reference, distance: null });
    const details = json.needsDetails ? 'join vehicle.vehicle_details d on d.vehicle_id = v.id' : '';
    return `select ${more}v.version, (${json.expression})::text as json
from vehicle.vehicles v ${details}
where ${wanted} and v.deleted_at is null and ${visible}`;
  };
  if (shape.fields !== null || shape.include.length > 0) return { sql: text(), params: params.values, prepared: true };
  // A whole vehicle has a price in the installation's currency.
  reference();
  return { sql: kept(`whole ${more}${wanted} ${visible}`, text), params: params.values, prepared: true };
}
