import type { CapturedFields, ScrapeFilters } from '@autobroker/contracts';
import type { CurrencyCode, ListingStatus, MileageUnit } from '@autobroker/kernel';
import type { Carries } from '../domain/health';

export type SourceKind = 'marketplace' | 'auction' | 'dealer';
export const fetcherNames = ['direct', 'firecrawl'] as const;
export type FetcherName = (typeof fetcherNames)[number];

/** How a source is treated so that it hardly notices us. */
export interface Politeness {
  /** Requests that all workers together may make within a minute. */
  readonly perMinute: number;
  /** The pause between two requests is drawn from here; a crawl delay of robots.txt is never undercut. */
  readonly delayMs: { readonly minMs: number; readonly maxMs: number };
  /** Requests of one run at the same time. */
  readonly parallel: number;
  /** Requests in a day. */
  readonly perDay: number;
}

/** One request to a source. The path begins at the source's address. */
export interface PageRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A sitemap or a whole stock in one file, which may be larger than a page. */
  readonly isFeed?: boolean;
}

/** Where in its list a run stands; plain JSON, so that it survives the process. */
export interface ListStep {
  /** From 1. */
  readonly page: number;
  readonly cursor?: string;
  /** A page that the site itself has named, below the source's address. */
  readonly path?: string;
  /** A part of the list, for sites that show only so many pages of the whole. */
  readonly slice?: Slice;
  /** A list that a source keeps beside others: the second feed, a file of a sitemap. */
  readonly list?: string;
  /** Pages in a row that held nothing this run had not met. */
  readonly stale?: number;
}

export interface Slice {
  readonly yearMin?: number;
  readonly yearMax?: number;
  readonly priceMin?: number;
  readonly priceMax?: number;
  readonly make?: string;
}

/** What a source answered, as it came over the wire. */
export interface FetchedPage {
  readonly url: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly body: Buffer;
}

export interface ReadListing {
  readonly externalId: string;
  /** Absolute, or below the source's address. */
  readonly url: string | null;
  readonly fields: CapturedFields;
  /** Where a listing is written otherwise than its source in general: another country's words, numbers and money. */
  readonly hints?: ListingHints;
}

export interface ListingHints {
  readonly locale?: string;
  readonly currency?: CurrencyCode;
  readonly unit?: MileageUnit;
  readonly country?: string;
}

export type ListReading =
  | {
      readonly kind: 'list';
      readonly listings: readonly ReadListing[];
      /** Pages of listings of which the list tells no more than the address, with when they last changed. */
      readonly links?: readonly { readonly externalId: string; readonly url: string; readonly changed: string | null }[];
      /** Further lists that the page names (a sitemap's files, a feed's next page). */
      readonly lists?: readonly ListStep[];
      /** What the page calls the next one: its address or its cursor. */
      readonly next?: { readonly path?: string; readonly cursor?: string };
    }
  | { readonly kind: 'blocked' | 'consent' | 'unreadable'; readonly reasons: readonly string[] };

export type DetailReading =
  | { readonly kind: 'listing'; readonly listing: ReadListing; readonly status: ListingStatus }
  | { readonly kind: 'gone'; readonly status: 'sold' | 'removed' }
  | { readonly kind: 'blocked' | 'consent' | 'unreadable'; readonly reasons: readonly string[] };

/** How a source lets programs in: a request that gives the headers of all others. */
export interface SignIn {
  request(credentials: Readonly<Record<string, string>>): PageRequest;
  read(page: FetchedPage): { readonly headers: Readonly<Record<string, string>>; readonly expiresInS: number } | null;
  /** Names of what it needs; they are configuration. */
  readonly credentials: readonly string[];
}

/** A source, as the runs see it. Plug-ins make one with `defineSource`. */
export interface SourcePlugin {
  readonly slug: string;
  readonly name: string;
  readonly kind: SourceKind;
  readonly country: string;
  readonly currency: CurrencyCode | null;
  readonly unit: MileageUnit | null;
  readonly locale: string;
  /** Where the real one is. */
  readonly home: string;
  /** Further origins that its links and pictures may lead to; those are always public. */
  readonly origins: readonly string[];
  readonly fetcher: FetcherName;
  /** An official interface has terms of its own; robots.txt is for everything else. */
  readonly obeysRobots: boolean;
  readonly politeness: Politeness;
  readonly cron: string;
  readonly signIn: SignIn | null;
  /** Unchanged answers can be asked for with ETag or Last-Modified. */
  readonly conditional: boolean;
  /** What its lists and its pages are known to say of a listing: a page without it can't be read any more. */
  readonly carries: Carries;

  firstSteps(filters: ScrapeFilters): readonly ListStep[];
  listRequest(step: ListStep, filters: ScrapeFilters): PageRequest;
  readList(page: FetchedPage, step: ListStep): ListReading;
  /** The step after a page; null at the end. `capped` when the site shows no more of this part of its list. */
  nextStep(step: ListStep, reading: ListReading): { readonly step: ListStep | null; readonly capped: boolean };
  /** Parts that together show what one part could not; nothing when it can't be divided any further. */
  divide(slice: Slice | undefined): readonly Slice[];
  /** Null where the list says everything. */
  detailRequest(listing: { readonly externalId: string; readonly url: string | null }): PageRequest | null;
  readDetail(page: FetchedPage, externalId: string): DetailReading;
}

/** Every source that this build knows. */
export abstract class SourceRegistry {
  abstract all(): readonly SourcePlugin[];
  abstract find(slug: string): SourcePlugin | undefined;
}
