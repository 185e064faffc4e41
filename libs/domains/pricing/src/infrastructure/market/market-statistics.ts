import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import {
  MarketStatistics, type Listed, type MarketAges, type MarketFilter, type MarketKey, type MarketSupply, type MarketTrend, type ModelSegment, type SegmentSort, type SourceQuality,
} from '../../application/market/statistics';
import { dateOfDay, measures } from '../../domain/market/contributions';
import { carKinds, type CarKind } from '../../domain/market/grade';
import { countOf, logOfBucket, quantileOf, type Bucket } from '../../domain/market/price-sketch';
import type { Life } from '../../domain/market/survival';
import { periodOf, periodsBetween, type Interval } from '../../domain/market/trend';
import { agesSql, Params, segmentsSql, sourcesSql, supplySql, trendCellsSql, trendSql } from './statistics-sql';

interface KeyRow {
  readonly country: string;
  readonly currency: string;
}

const keyOf = ({ country, currency }: KeyRow): MarketKey => ({ country: country === 'ZZ' ? null : country, currency: currency === 'XXX' ? null : currency });
const byMarket = <T extends KeyRow>(rows: readonly T[]): Map<string, T[]> => Map.groupBy(rows, ({ country, currency }) => `${country}/${currency}`);
/** A label sorts by country, then currency. */
const inOrder = <T>(groups: ReadonlyMap<string, T>): T[] => [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
const sumOf = (rows: readonly { readonly n: number }[]): number => rows.reduce((sum, { n }) => sum + n, 0);

type SupplyRow = KeyRow & { readonly measure: number; readonly x: number; readonly y: number; readonly n: number };
type TrendRow = KeyRow & { readonly period: string; readonly measure: number; readonly y: number; readonly n: number };
type CellRow = KeyRow & { readonly segment: string; readonly period: string; readonly n: number; readonly bucket: number };
type AgeRow = KeyRow & { readonly year: number; readonly kind: string; readonly bucket: number; readonly n: number };
type SegmentRow = KeyRow & {
  readonly make: string; readonly model: string; readonly available: number; readonly median: number; readonly q10: number; readonly q90: number;
  readonly spread: number | null; readonly sold: number; readonly days_supply: number | null; readonly score: number | null; readonly total: number;
};
interface SourceRow {
  readonly source: string; readonly cars: number; readonly priced: number; readonly completeness: number | null; readonly off: number | null;
  readonly compared: number; readonly relisted: number; readonly contradicted: number; readonly doubtful: number; readonly total: number;
}

/** Reads what is counted; the replica will do. */
@Injectable()
export class SqlMarketStatistics extends MarketStatistics {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async supply(filter: MarketFilter, today: number, days: number): Promise<MarketSupply[]> {
    const params = new Params();
    const rows = await this.db.read<SupplyRow>(supplySql(filter, today - days, params), params.values);
    return inOrder(byMarket(rows)).map((mine) => supplyOf(mine, today));
  }

  override async trend(filter: MarketFilter, from: number, to: number, interval: Interval): Promise<MarketTrend[]> {
    const [params, cellParams] = [new Params(), new Params()];
    const [rows, cells] = await Promise.all([
      this.db.read<TrendRow>(trendSql(filter, [from, to], interval, params), params.values),
      this.db.read<CellRow>(trendCellsSql(filter, [from, to], interval, cellParams), cellParams.values),
    ]);
    const cellsOf = byMarket(cells);
    const periods = periodsBetween(dateOfDay(from), dateOfDay(to), interval);
    return inOrder(byMarket(rows)).flatMap((mine) => {
      const [first] = mine;
      if (first === undefined) return [];
      const byPeriod = Map.groupBy(mine, ({ period }) => period);
      return [{
        ...keyOf(first),
        periods: periods.map((period) => periodOfRows(period, byPeriod.get(period) ?? [])),
        cells: (cellsOf.get(`${first.country}/${first.currency}`) ?? []).map(({ segment, period, n, bucket }) => ({ segment, period: periodOf(period, interval), n, logMean: logOfBucket(bucket) })),
      }];
    });
  }

  override async segments(filter: MarketFilter, today: number, page: { readonly sort: SegmentSort; readonly least: number; readonly offset: number; readonly limit: number }): Promise<Listed<ModelSegment>> {
    const params = new Params();
    const rows = await this.db.read<SegmentRow>(segmentsSql(filter, today, page, params), params.values);
    const items = rows.map((row) => ({
      ...keyOf(row), make: row.make, model: row.model, available: row.available, median: row.median, q10: row.q10, q90: row.q90,
      spread: row.spread, sold: row.sold, daysSupply: row.days_supply, score: row.score,
    }));
    return { items, total: rows[0]?.total ?? (page.offset === 0 ? 0 : await this.totalOf((offset) => this.segments(filter, today, { ...page, offset, limit: 1 }))) };
  }

  override async sources(filter: MarketFilter, page: { readonly offset: number; readonly limit: number }): Promise<Listed<SourceQuality>> {
    const params = new Params();
    const rows = await this.db.read<SourceRow>(sourcesSql(filter, page, params), params.values);
    const items = rows.map((row) => ({
      source: row.source, cars: row.cars, priced: row.priced, completeness: Math.round((row.completeness ?? 0) * 10) / 10,
      priceDeviation: row.off === null ? null : Math.round(1_000 * (Math.exp(logOfBucket(row.off)) - 1)) / 10,
      comparedPrices: row.compared, relisted: row.relisted, vinContradicted: row.contradicted, doubtfulPrices: row.doubtful,
    }));
    return { items, total: rows[0]?.total ?? (page.offset === 0 ? 0 : await this.totalOf((offset) => this.sources(filter, { offset, limit: 1 }))) };
  }

  override async ages(filter: MarketFilter, thisYear: number): Promise<MarketAges[]> {
    const params = new Params();
    const rows = await this.db.read<AgeRow>(agesSql(filter, params), params.values);
    return inOrder(byMarket(rows)).flatMap((mine) => {
      const [first] = mine;
      if (first === undefined) return [];
      const ages = [...Map.groupBy(mine, ({ year }) => year)].map(([year, some]) => ({ age: Math.max(0, thisYear - year), cars: countOf(some), median: quantileOf(some, 0.5) ?? 0 }));
      const kinds = [...Map.groupBy(mine, ({ kind }) => kindOf(kind))].map(([kind, some]) => ({ kind, n: countOf(some) }));
      return [{ ...keyOf(first), ages: together(ages), kinds }];
    });
  }

  /** Beyond its last page a list still tells how long it is. */
  private async totalOf(ask: (offset: number) => Promise<Listed<unknown>>): Promise<number> {
    return (await ask(0)).total;
  }
}

const kindOf = (text: string): CarKind => carKinds.find((kind) => kind === text) ?? 'other';

/** Next year's model is as old as this year's. */
function together(ages: readonly { age: number; cars: number; median: number }[]): { age: number; cars: number; median: number }[] {
  return [...Map.groupBy(ages, ({ age }) => age)].map(([age, some]) => {
    const cars = some.reduce((sum, one) => sum + one.cars, 0);
    return { age, cars, median: Math.round(Math.exp(some.reduce((sum, one) => sum + one.cars * Math.log(Math.max(1, one.median)), 0) / cars)) };
  });
}

function supplyOf(rows: readonly SupplyRow[], today: number): MarketSupply {
  const of = (measure: number): SupplyRow[] => rows.filter((row) => row.measure === measure);
  const bucketsOf = (some: readonly SupplyRow[]): Bucket[] => some.map(({ x, n }) => ({ bucket: x, n }));
  const left = of(measures.left);
  const gone: Life[] = of(measures.life).map(({ x, y, n }) => ({ days: x, sold: y === 1, n }));
  const there: Life[] = of(measures.since).map(({ x, n }) => ({ days: Math.max(0, today - x), sold: false, n }));
  return {
    ...keyOf(rows[0] ?? { country: 'ZZ', currency: 'XXX' }),
    unpriced: sumOf(of(measures.unpriced)),
    prices: bucketsOf(of(measures.stock)),
    listed: sumOf(of(measures.listed)),
    left: sumOf(left),
    sold: sumOf(left.filter(({ y }) => y === 1)),
    lives: [...gone, ...there],
  };
}

function periodOfRows(period: string, rows: readonly TrendRow[]) {
  const of = (measure: number): TrendRow[] => rows.filter((row) => row.measure === measure);
  const left = of(measures.left);
  return {
    period,
    prices: of(measures.named).map(({ y, n }) => ({ bucket: y, n })),
    listed: sumOf(of(measures.listed)),
    left: sumOf(left),
    sold: sumOf(left.filter(({ y }) => y === 1)),
  };
}
