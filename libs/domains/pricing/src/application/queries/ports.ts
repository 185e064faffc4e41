import type { CurrencyCode } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { MarketCar, Price } from '../../domain/market-car';
import type { AskedFilters, NormalizedFilters } from '../../domain/queries/filters';
import type { QueryPrice } from '../../domain/queries/price-of-query';
import type { QueryStatus, ScrapeState } from '../../domain/queries/query-state';
import type { PriceBasis, RankedCar, RankedLot, RankedMatch } from '../../domain/queries/ranking';

export interface PriceQuery {
  readonly id: string;
  readonly version: number;
  readonly tenantId: string | null;
  /** Who asked first; null when that person has been forgotten. */
  readonly userId: string | null;
  readonly asked: AskedFilters;
  readonly filters: NormalizedFilters;
  readonly filtersHash: string;
  readonly price: QueryPrice;
  readonly currency: CurrencyCode | null;
  readonly status: QueryStatus;
  readonly scrape: ScrapeState;
  readonly failureReason: string | null;
  /** How many captures the scraper says that there are; 0 before it has ended. */
  readonly capturesTold: number;
  readonly dueAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly completedAt: Date | null;
}

export type QueryChange = Pick<PriceQuery, 'status' | 'scrape' | 'dueAt'> & Partial<Pick<PriceQuery, 'price' | 'currency' | 'failureReason' | 'capturesTold' | 'completedAt'>>;

export interface Capture {
  readonly queryId: string;
  readonly source: string;
  readonly externalId: string;
  readonly seq: number;
  readonly capturedAt: Date;
}

export interface KeptCar extends RankedMatch {
  readonly id: string;
}

export interface KeptLot extends RankedCar {
  readonly id: string;
  readonly platform: string;
  readonly url: string | null;
  readonly estimatedPrice: Price | null;
  readonly priceBasis: PriceBasis | null;
}

/** What has been heard of a query's captures. */
export interface Arrivals {
  readonly heard: number;
  /** Listings that they are of, and how many of those are on the market by now, or were refused. */
  readonly captured: number;
  readonly arrived: number;
  /** What they are on the market as. */
  readonly vehicleIds: readonly string[];
}

export interface QueryPage {
  readonly queries: readonly PriceQuery[];
  readonly total: number;
  readonly next: string | null;
}

export interface ListWindow {
  readonly limit: number;
  readonly offset: number;
  /** The query after which the page begins, if not an offset. */
  readonly after: string | null;
  readonly status: QueryStatus | null;
}

export abstract class PriceQueries {
  abstract find(id: string): Promise<PriceQuery | null>;
  /** The latest with the same question that has not failed, asked since then; nobody else asks it until the transaction ends. */
  abstract findSame(tx: Tx, filtersHash: string, since: Date): Promise<string | null>;
  abstract insert(tx: Tx, query: PriceQuery): Promise<void>;
  abstract lock(tx: Tx, id: string): Promise<PriceQuery | null>;
  abstract change(tx: Tx, id: string, change: QueryChange, now: Date): Promise<void>;
  /** False when that person had asked it before. */
  abstract addAsker(tx: Tx, id: string, userId: string, now: Date): Promise<boolean>;
  abstract askers(tx: Tx, id: string): Promise<string[]>;
  abstract isAsker(id: string, userId: string): Promise<boolean>;
  abstract openOf(userId: string): Promise<number>;
  abstract listOf(userId: string, window: ListWindow): Promise<QueryPage>;
  /** Of queries that are still open; the same twice is one. */
  abstract addCaptures(tx: Tx, captures: readonly Capture[]): Promise<void>;
  abstract arrivals(id: string): Promise<Arrivals>;
  /** Captures that the catalogue did not take: nobody waits for them. */
  abstract addRefusals(tx: Tx, refusals: readonly Omit<Capture, 'queryId' | 'seq'>[]): Promise<void>;
  abstract saveResults(tx: Tx, id: string, cars: readonly RankedMatch[], lots: readonly RankedLot[], now: Date): Promise<void>;
  abstract results(id: string): Promise<{ readonly cars: readonly KeptCar[]; readonly lots: readonly KeptLot[] }>;
  /** Open queries that can or must go on. */
  abstract toSettle(now: Date, limit: number): Promise<string[]>;
  /** Takes a person out of all queries: those that nobody else has asked are deleted. */
  abstract forget(tx: Tx, userId: string): Promise<{ readonly deleted: number; readonly kept: number }>;
  abstract removeBefore(createdBefore: Date, limit: number): Promise<number>;
}

/** The market, as a price query looks into it. */
export abstract class QueryMarket {
  /** For sale, of the make and model, and near in years. */
  abstract candidates(filters: NormalizedFilters, years: number, limit: number): Promise<MarketCar[]>;
}
