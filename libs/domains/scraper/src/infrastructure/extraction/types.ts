import { type CaptureOrigin, type CapturedFieldName, type CapturedFields } from '@autobroker/contracts';

/** How a source writes numbers and words, where the page itself does not say. */
export interface ExtractionHints {
  readonly locale?: string | null;
  readonly currency?: string | null;
  readonly mileageUnit?: 'km' | 'mi' | null;
  readonly country?: string | null;
  /** What the caller fetched; without it the page decides for itself. */
  readonly kind?: 'detail' | 'search';
  /** The listing whose page was asked for: of several items of its JSON the one with this id is it. */
  readonly externalId?: string;
}

/** One answer of a source, as it came. */
export interface PageInput {
  readonly url?: string | null;
  readonly body: Buffer | string;
  readonly contentType?: string | null;
  readonly status?: number | null;
  readonly hints?: ExtractionHints;
}

/** `none`: neither a listing nor a list, or nothing that could be read. */
export type PageKind = 'detail' | 'search' | 'block' | 'consent' | 'none';

export interface ExtractedListing {
  readonly externalId: string | null;
  readonly url: string | null;
  readonly fields: CapturedFields;
}

export interface PageLinks {
  /** The next page of a list. */
  readonly next?: string;
  /** Pages of single listings, in the order of the page, each once. */
  readonly details: readonly string[];
}

export interface Extraction {
  readonly kind: PageKind;
  readonly listings: readonly ExtractedListing[];
  readonly links: PageLinks;
  /** Why it is that kind, what was cut off and what was left out, as short codes: `block:cloudflare`, `body_truncated`, `price:conflict`. */
  readonly reasons: readonly string[];
}

/**
 * One way to find a value.
 * - `path`: into the item's JSON, or any JSON document of the page (script, `window.X =`, data attribute): `props.pageProps.listing.price`,
 *   `listings[0].id`, `images[*].url`, `inventory.*`; a leading `$.` may be written.
 * - `css`: text of the first element, or an attribute of it; `all` takes every element.
 * - `label`: the value beside a label in a `dl`, a table, or a label–value pair of elements; case and a colon do not matter.
 * - `itemprop`: microdata or RDFa property by its name.
 * - `url`: a capture group of the listing's address.
 * - `text`: a fixed value that holds for the whole source (a currency, say).
 */
export type Way = (
  | { readonly path: string }
  | { readonly css: string; readonly attr?: string; readonly all?: boolean }
  | { readonly label: string | readonly string[] }
  | { readonly itemprop: string }
  | { readonly url: RegExp }
  | { readonly text: string }
) & {
  /** Takes the first capture group (or the match) of what was found; no match means not found. */
  readonly match?: RegExp;
  /** How sure, where it is not what the way of finding suggests. */
  readonly confidence?: number;
  /** Where it is said to come from, where that is not what the way of finding suggests. */
  readonly from?: CaptureOrigin;
};

export type FieldWays = { readonly [field in CapturedFieldName]?: readonly Way[] };

export interface DetailMap {
  readonly externalId?: readonly Way[];
  readonly url?: readonly Way[];
  readonly fields?: FieldWays;
  /** The part of the JSON that is the listing; paths of ways are tried in it first, then in whole documents. */
  readonly item?: string;
}

export interface ListMap {
  /** Where the items are. With `css`, `json` names an attribute of the item (or of an element in it) that holds its JSON. */
  readonly items: { readonly path: string } | { readonly css: string; readonly json?: string };
  readonly externalId?: readonly Way[];
  readonly url?: readonly Way[];
  /** The address of the detail when the item has none: `/vehicle/{id}`. */
  readonly urlTemplate?: string;
  readonly fields?: FieldWays;
  /** The next page's address. */
  readonly next?: readonly Way[];
}

/** How a source's pages are read: what a plug-in writes down. What it leaves open, the generic layers look for. */
export interface FieldMap {
  readonly list?: ListMap;
  readonly detail?: DetailMap;
  /** False: only the map counts, for a source whose pages carry misleading structured data. */
  readonly generic?: boolean;
  readonly hints?: ExtractionHints;
}

export interface SitemapEntry {
  readonly url: string;
  readonly lastModified: string | null;
}

export interface Sitemap {
  readonly kind: 'index' | 'urlset' | 'none';
  readonly entries: readonly SitemapEntry[];
  readonly reasons: readonly string[];
}

export interface FeedInput {
  readonly url?: string | null;
  readonly body: Buffer | string;
  readonly contentType?: string | null;
  readonly hints?: ExtractionHints;
}

export interface Feed {
  readonly kind: 'rss' | 'atom' | 'csv' | 'xml' | 'json' | 'none';
  readonly listings: readonly ExtractedListing[];
  readonly next?: string;
  readonly reasons: readonly string[];
}

export type ExtractPage = (page: PageInput) => Extraction;
export type ExtractWith = (map: FieldMap, page: PageInput) => Extraction;
export type ParseFeed = (feed: FeedInput) => Feed;
export type ParseSitemap = (body: Buffer | string) => Sitemap;
