import type { MarketFilter, SegmentSort } from '../../application/market/statistics';
import { measures } from '../../domain/market/contributions';
import { grades, nameKey } from '../../domain/market/grade';
import { supplyDays } from '../../domain/market/survival';

/** Collects the values of one statement and hands out their placeholders. */
export class Params {
  readonly values: unknown[] = [];

  add(value: unknown, cast = ''): string {
    this.values.push(value);
    return `$${this.values.length}${cast}`;
  }
}

export function segmentsWhere(filter: MarketFilter, params: Params): string {
  const where = [`s.grade = ${params.add(filter.damaged ? grades.damaged : grades.sound, '::smallint')}`];
  if (filter.make !== undefined) where.push(`s.make_key = any(${params.add(filter.make.map(nameKey), '::text[]')})`);
  if (filter.model !== undefined) where.push(`s.model_key = any(${params.add(filter.model.map(nameKey), '::text[]')})`);
  if (filter.country !== undefined) where.push(`s.country = any(${params.add(filter.country, '::text[]')})`);
  if (filter.currency !== undefined) where.push(`s.currency = ${params.add(filter.currency, '::text')}`);
  if (filter.yearMin !== undefined) where.push(`s.year >= ${params.add(filter.yearMin, '::smallint')}`);
  if (filter.yearMax !== undefined) where.push(`s.year <= ${params.add(filter.yearMax, '::smallint')}`);
  return where.join(' and ');
}

const from = 'from pricing.market_segments s join pricing.market_counts c on c.segment_id = s.id';

/** Events count with their day, lives and stock with their bucket: one row for each that differs. */
export function supplySql(filter: MarketFilter, since: number, params: Params): string {
  const where = segmentsWhere(filter, params);
  const day = params.add(since, '::integer');
  return `select s.country, s.currency, c.measure, case when c.measure in (${measures.listed}, ${measures.left}) then 0 else c.x end as x, c.y, sum(c.n)::integer as n
    ${from} where ${where} and c.source = ''
      and (c.measure in (${measures.stock}, ${measures.unpriced}, ${measures.life}, ${measures.since}) or (c.measure in (${measures.listed}, ${measures.left}) and c.x > ${day}))
    group by 1, 2, 3, 4, 5`;
}

const periodSql: Readonly<Record<string, string>> = {
  day: `to_char(date '1970-01-01' + c.x, 'YYYY-MM-DD')`,
  week: `to_char(date_trunc('week', date '1970-01-01' + c.x), 'YYYY-MM-DD')`,
  month: `to_char(date_trunc('month', date '1970-01-01' + c.x), 'YYYY-MM-DD')`,
};

export function trendSql(filter: MarketFilter, days: readonly [number, number], interval: string, params: Params): string {
  const where = segmentsWhere(filter, params);
  const [first, last] = [params.add(days[0], '::integer'), params.add(days[1], '::integer')];
  return `select s.country, s.currency, ${periodSql[interval] ?? ''} as period, c.measure, case when c.measure = ${measures.listed} then 0 else c.y end as y, sum(c.n)::integer as n
    ${from} where ${where} and c.source = '' and c.measure in (${measures.listed}, ${measures.left}, ${measures.named}) and c.x between ${first} and ${last}
    group by 1, 2, 3, 4, 5`;
}

/** Enough to tell how prices move, in however large a market: the kinds of cars that are spoken of most. */
const mostKinds = 3_000;

export function trendCellsSql(filter: MarketFilter, days: readonly [number, number], interval: string, params: Params): string {
  const where = segmentsWhere(filter, params);
  const [first, last] = [params.add(days[0], '::integer'), params.add(days[1], '::integer')];
  const named = `c.source = '' and c.measure = ${measures.named} and c.x between ${first} and ${last}`;
  return `with large as (select s.id, s.country, s.currency ${from} where ${where} and ${named} group by s.id having sum(c.n) > 1 order by sum(c.n) desc, s.id limit ${mostKinds})
    select l.country, l.currency, l.id::text as segment, ${periodSql[interval] ?? ''} as period, sum(c.n)::integer as n, (sum(c.n * c.y)::double precision / sum(c.n)) as bucket
    from large l join pricing.market_counts c on c.segment_id = l.id where ${named} group by 1, 2, 3, 4`;
}

const amount = (bucket: string): string => `round(exp(${bucket} * ln(1.02::double precision)))`;
const quantile = (level: number): string => `min(bucket) filter (where upto > ${level} * (total - 1))`;

/** Of one model year: fewer have no cheapest quarter. */
const fewestAlike = 5;

const sorts: Readonly<Record<SegmentSort, string>> = {
  score: 'score desc nulls last', available: 'available desc', spread: 'spread desc nulls last', days_supply: 'days_supply nulls last', sold: 'sold desc',
};

export function segmentsSql(filter: MarketFilter, today: number, page: { readonly sort: SegmentSort; readonly least: number; readonly offset: number; readonly limit: number }, params: Params): string {
  const where = segmentsWhere(filter, params);
  const since = params.add(today - supplyDays, '::integer');
  const least = params.add(page.least, '::integer');
  const [limit, offset] = [params.add(page.limit, '::integer'), params.add(page.offset, '::integer')];
  return `with stock as (
      select s.country, s.currency, s.make_key, s.model_key, c.x as bucket, sum(c.n)::integer as n
      ${from} where ${where} and c.source = '' and c.measure = ${measures.stock} group by 1, 2, 3, 4, 5
    ), run as (
      select *, sum(n) over (partition by country, currency, make_key, model_key order by bucket) as upto,
        sum(n) over (partition by country, currency, make_key, model_key) as total from stock
    ), priced as (
      select country, currency, make_key, model_key, max(total)::integer as available, ${amount(quantile(0.5))} as median, ${amount(quantile(0.1))} as q10, ${amount(quantile(0.9))} as q90
      from run where total >= ${least} group by 1, 2, 3, 4
    ), yearly as (
      select s.id, s.country, s.currency, s.make_key, s.model_key, c.x as bucket, sum(c.n) over (partition by s.id order by c.x) as upto, sum(c.n) over (partition by s.id) as total
      ${from} where ${where} and c.source = '' and c.measure = ${measures.stock}
    ), alike as (
      select country, currency, make_key, model_key, max(total) as n, 1 - exp((${quantile(0.25)} - ${quantile(0.5)}) * ln(1.02::double precision)) as spread
      from yearly where total >= ${fewestAlike} group by id, 1, 2, 3, 4
    ), spreads as (
      select country, currency, make_key, model_key, round((100 * sum(n * spread) / sum(n))::numeric, 1)::double precision as spread from alike group by 1, 2, 3, 4
    ), sales as (
      select s.country, s.currency, s.make_key, s.model_key, sum(c.n)::integer as sold
      ${from} where ${where} and c.source = '' and c.measure = ${measures.left} and c.y = 1 and c.x > ${since} group by 1, 2, 3, 4
    ), judged as (
      select p.*, coalesce(x.sold, 0) as sold, y.spread,
        case when x.sold > 0 then round((p.available * ${supplyDays}.0 / x.sold)::numeric, 1)::double precision end as days_supply
      from priced p left join sales x using (country, currency, make_key, model_key) left join spreads y using (country, currency, make_key, model_key)
    ), scored as (
      select *, case when days_supply is null or spread is null then null else round((spread * least(1, 30 / greatest(days_supply, 1)))::numeric, 1)::double precision end as score from judged
    )
    , page as (
      select *, (count(*) over ())::integer as total, (row_number() over (order by ${sorts[page.sort]}, make_key, model_key, country, currency))::integer as place from scored
      order by place limit ${limit} offset ${offset}
    )
    select p.*, coalesce(n.make, p.make_key) as make, coalesce(n.model, p.model_key) as model from page p left join lateral (
      select c.make, c.model from pricing.market_cars c
      where c.make_key = p.make_key and c.model_key = p.model_key and c.left_at is null and c.tenant_id is null and c.facts is not null limit 1
    ) n on true order by p.place`;
}

/** A source's prices against the middle of all like cars: those of the same model, year, country and currency. */
export function sourcesSql(filter: MarketFilter, page: { readonly offset: number; readonly limit: number }, params: Params): string {
  const where = segmentsWhere(filter, params);
  const [limit, offset] = [params.add(page.limit, '::integer'), params.add(page.offset, '::integer')];
  return `with stock as (
      select s.id, c.x as bucket, sum(c.n) over (partition by s.id order by c.x) as upto, sum(c.n) over (partition by s.id) as total
      ${from} where ${where} and c.source = '' and c.measure = ${measures.stock}
    ), middle as (select id, ${quantile(0.5)} as bucket from stock where total >= 3 group by id
    ), told as (
      select c.source, c.measure, c.x, s.id, c.n ${from} where ${where} and c.source <> '' and c.measure in (${measures.offered}, ${measures.offeredAt}, ${measures.faults})
    )
    select t.source,
      (coalesce(sum(t.n) filter (where t.measure = ${measures.offered}), 0))::integer as cars,
      (coalesce(sum(t.n) filter (where t.measure = ${measures.offeredAt}), 0))::integer as priced,
      (sum(t.n * t.x) filter (where t.measure = ${measures.offered}))::double precision / nullif(sum(t.n) filter (where t.measure = ${measures.offered}), 0) as completeness,
      (sum(t.n * (t.x - m.bucket)) filter (where t.measure = ${measures.offeredAt}))::double precision
        / nullif(sum(t.n) filter (where t.measure = ${measures.offeredAt} and m.id is not null), 0) as off,
      (coalesce(sum(t.n) filter (where t.measure = ${measures.offeredAt} and m.id is not null), 0))::integer as compared,
      (coalesce(sum(t.n) filter (where t.measure = ${measures.faults} and t.x = 1), 0))::integer as relisted,
      (coalesce(sum(t.n) filter (where t.measure = ${measures.faults} and t.x = 2), 0))::integer as contradicted,
      (coalesce(sum(t.n) filter (where t.measure = ${measures.faults} and t.x = 3), 0))::integer as doubtful,
      (count(*) over ())::integer as total
    from told t left join middle m on m.id = t.id
    group by t.source having sum(t.n) > 0 order by cars desc, t.source limit ${limit} offset ${offset}`;
}

export function agesSql(filter: MarketFilter, params: Params): string {
  return `select s.country, s.currency, s.year, s.kind, c.x as bucket, sum(c.n)::integer as n
    ${from} where ${segmentsWhere(filter, params)} and c.source = '' and c.measure = ${measures.stock} group by 1, 2, 3, 4, 5`;
}
