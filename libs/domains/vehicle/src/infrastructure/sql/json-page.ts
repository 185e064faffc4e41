import type { Database } from '@autobroker/platform/database';
import { countCap } from '../../application/criteria';
import type { JsonPage, Slice } from '../../application/offer-reader';
import type { Params } from './params';
import { afterSql, orderBy, type SortSql } from './vehicle-order';

interface Row {
  readonly id: string;
  readonly value: string | null;
  readonly json: string;
  readonly total: number;
}

export interface PageSql {
  readonly from: string;
  readonly where: readonly string[];
  readonly sort: SortSql;
  readonly id: string;
  /** One entry. */
  readonly json: string;
}

/** A page of something as finished JSON, with its total. */
export async function jsonPage(db: Database, { from, where, sort, id, json }: PageSql, slice: Slice, params: Params): Promise<JsonPage> {
  const conditions = where.length === 0 ? 'true' : where.join(' and ');
  const after = 'after' in slice.from ? ` and ${afterSql(sort, slice.from.after, sort.sql, id, params)}` : '';
  const offset = 'offset' in slice.from ? slice.from.offset : 0;
  const rows = await db.read<Row>(
    `select t.total, r.* from (
       select count(*)::integer as total from (select 1 from ${from} where ${conditions} limit ${countCap + 1}) c
     ) t left join lateral (
       select ${id} as id, ${sort.sql} as s, ${sort.sql}::text as value, (${json})::text as json from ${from}
       where ${conditions}${after} order by ${orderBy(sort, sort.sql, id)}
       limit ${params.add(slice.perPage + 1, '::int')} offset ${params.add(offset, '::int')}
     ) r on true order by ${orderBy(sort, 'r.s', 'r.id')}`,
    params.values,
  );
  const total = rows[0]?.total ?? 0;
  const found = rows.filter((row) => row.id !== null);
  const page = found.slice(0, slice.perPage);
  const last = page.at(-1);
  return {
    total: Math.min(total, countCap),
    capped: total > countCap,
    json: `[${page.map((row) => row.json).join(',')}]`,
    next: found.length > slice.perPage && last !== undefined ? { value: last.value, id: last.id } : null,
  };
}
