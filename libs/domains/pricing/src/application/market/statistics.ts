import type { AgePoint } from '../../domain/market/depreciation';
import type { CarKind } from '../../domain/market/grade';
import type { Bucket } from '../../domain/market/price-sketch';
import type { Life } from '../../domain/market/survival';
import type { Interval, TrendCell } from '../../domain/market/trend';

/** Which cars of the shared catalogue are meant. */
export interface MarketFilter {
  readonly make?: readonly string[] | undefined;
  readonly model?: readonly string[] | undefined;
  readonly country?: readonly string[] | undefined;
  readonly currency?: string | undefined;
  readonly yearMin?: number | undefined;
  readonly yearMax?: number | undefined;
  /** Cars with a damage or a branded title instead of sound ones. */
  readonly damaged: boolean;
}

/** Prices are held together only within one country and currency. */
export interface MarketKey {
  readonly country: string | null;
  /** Null for cars that name no price. */
  readonly currency: string | null;
}

export interface MarketSupply extends MarketKey {
  readonly unpriced: number;
  readonly prices: readonly Bucket[];
  readonly listed: number;
  readonly left: number;
  readonly sold: number;
  readonly lives: readonly Life[];
}

export interface TrendPeriod {
  readonly period: string;
  readonly prices: readonly Bucket[];
  readonly listed: number;
  readonly left: number;
  readonly sold: number;
}

export interface MarketTrend extends MarketKey {
  readonly periods: readonly TrendPeriod[];
  readonly cells: readonly TrendCell[];
}

export const segmentSorts = ['score', 'available', 'spread', 'days_supply', 'sold'] as const;
export type SegmentSort = (typeof segmentSorts)[number];

/** What a model is worth to a dealer: what lies between a good buy and the middle of the market, and how soon it sells. */
export interface ModelSegment extends MarketKey {
  readonly make: string;
  readonly model: string;
  readonly available: number;
  readonly median: number;
  readonly q10: number;
  readonly q90: number;
  /** How far the cheapest quarter lies below the middle of its own model year, in per cent; null where no year has enough. */
  readonly spread: number | null;
  readonly sold: number;
  readonly daysSupply: number | null;
  /** Spread that a month's sales could earn, in per cent of the price; null where no sale has been seen. */
  readonly score: number | null;
}

export interface SourceQuality {
  readonly source: string;
  readonly cars: number;
  readonly priced: number;
  /** In per cent. */
  readonly completeness: number;
  /** Of its prices from the middle of like cars, in per cent; null where none can be compared. */
  readonly priceDeviation: number | null;
  readonly comparedPrices: number;
  readonly relisted: number;
  readonly vinContradicted: number;
  readonly doubtfulPrices: number;
}

export interface MarketAges extends MarketKey {
  readonly ages: readonly AgePoint[];
  readonly kinds: readonly { readonly kind: CarKind; readonly n: number }[];
}

export interface Listed<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** What is counted of the market. `today` and other days are counted from 1970-01-01. */
export abstract class MarketStatistics {
  abstract supply(filter: MarketFilter, today: number, days: number): Promise<MarketSupply[]>;
  abstract trend(filter: MarketFilter, from: number, to: number, interval: Interval): Promise<MarketTrend[]>;
  abstract segments(filter: MarketFilter, today: number, page: { readonly sort: SegmentSort; readonly least: number; readonly offset: number; readonly limit: number }): Promise<Listed<ModelSegment>>;
  abstract sources(filter: MarketFilter, page: { readonly offset: number; readonly limit: number }): Promise<Listed<SourceQuality>>;
  abstract ages(filter: MarketFilter, thisYear: number): Promise<MarketAges[]>;
}
