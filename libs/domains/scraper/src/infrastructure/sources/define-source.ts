import type { ScrapeFilters } from '@autobroker/contracts';
import type { CurrencyCode, MileageUnit } from '@autobroker/kernel';
import type { DetailReading, FetchedPage, FetcherName, ListReading, ListStep, PageRequest, Politeness, ReadListing, SignIn, Slice, SourceKind, SourcePlugin } from '../../application/source-plugin';
import { isOver } from '../../application/emit-listings';
import { statusOf, vitalsIn } from '../../application/listing-facts';
import type { Carries } from '../../domain/health';
import { type ExtractedListing, extractWith, type FieldMap } from '../extraction';
import { looksEmpty, says } from './page-words';

/** How a list goes on after a page. */
export type Paging =
  | { readonly by: 'page'; readonly parameter: string; readonly first?: number; readonly size?: number; readonly maxPages: number }
  | { readonly by: 'offset'; readonly parameter: string; readonly size: number; readonly maxPages: number }
  | { readonly by: 'cursor'; readonly parameter: string; /** Where the JSON says it. */ readonly at: readonly string[]; readonly maxPages: number }
  /** The page names the next one itself. */
  | { readonly by: 'link'; readonly maxPages: number }
  | { readonly by: 'none' };

/** Where the source's own search takes what is asked for. A text names the parameter; a function gives several. */
export type FilterMap = {
  readonly [K in 'keywords' | 'make' | 'model' | 'year_min' | 'year_max' | 'price_min' | 'price_max' | 'mileage_max']?: string;
};

export interface SourceDescription {
  readonly slug: string;
  readonly name: string;
  readonly kind: SourceKind;
  readonly country: string;
  readonly currency: CurrencyCode | null;
  readonly unit: MileageUnit | null;
  /** How the site writes numbers and words. */
  readonly locale: string;
  readonly home: string;
  readonly origins?: readonly string[];
  readonly fetcher?: FetcherName;
  readonly obeysRobots?: boolean;
  readonly politeness?: Partial<Politeness>;
  readonly cron?: string;
  readonly signIn?: SignIn;
  readonly conditional?: boolean;
  /** Where no map says so: what lists and pages have of the fields that matter. */
  readonly carries?: Partial<Carries>;
  readonly list: {
    readonly path: string;
    /** Of every list request. */
    readonly query?: Readonly<Record<string, string>>;
    readonly paging: Paging;
    readonly filters?: FilterMap;
    /** What a site's filters need beyond a name and a value. */
    readonly search?: (filters: ScrapeFilters) => Readonly<Record<string, string>>;
    /** The site shows `maxPages` and no more: its list is read in parts, `maxPages` each. */
    readonly parts?: { readonly divide: (slice: Slice | undefined) => readonly Slice[]; readonly query: (slice: Slice) => Readonly<Record<string, string>> };
  };
  /** How pages are read; what it leaves open is looked for in the page's own structured data. */
  readonly fields?: FieldMap;
  readonly detail:
    | { readonly from: 'list' }
    | {
        /** `{id}` stands for the listing's own; without a path the link of the list is followed. */
        readonly path?: string;
        readonly gone?: Gone;
      };
  /** Code for what words can't say. */
  readonly code?: Partial<Pick<SourcePlugin, 'firstSteps' | 'listRequest' | 'readList' | 'nextStep' | 'detailRequest' | 'readDetail'>>;
}

/** What a page looks like whose offer has ended. */
export interface Gone {
  readonly sold?: RegExp;
  readonly removed?: RegExp;
}

export const usualPoliteness: Politeness = { perMinute: 20, delayMs: { minMs: 1_500, maxMs: 4_000 }, parallel: 2, perDay: 20_000 };

const usualGone: Required<Gone> = {
  sold: /(?:this|the) (?:vehicle|car|listing|lot|item|ad) (?:has been|was|is) (?:already )?sold|(?:fahrzeug|auto) (?:ist|wurde) (?:bereits |leider )?verkauft|>\s*verkauft\s*</iu,
  removed: /no longer (?:available|listed|for sale)|(?:listing|ad|posting|lot) (?:has )?(?:been )?(?:expired|removed|deleted|ended)|nicht mehr verf[üu]gbar|wurde (?:bereits )?gel[öo]scht|n['’]est plus disponible|non (?:è )?più disponibile/iu,
};

/** Makes a source of its description. */
export function defineSource(description: SourceDescription): SourcePlugin {
  const map: FieldMap = {
    ...description.fields,
    hints: { locale: description.locale, currency: description.currency, mileageUnit: description.unit, country: description.country, ...description.fields?.hints },
  };
  const { list, detail } = description;
  const plain: SourcePlugin = {
    slug: description.slug,
    name: description.name,
    kind: description.kind,
    country: description.country,
    currency: description.currency,
    unit: description.unit,
    locale: description.locale,
    home: description.home,
    origins: description.origins ?? [],
    fetcher: description.fetcher ?? 'direct',
    obeysRobots: description.obeysRobots ?? true,
    politeness: { ...usualPoliteness, ...description.politeness },
    cron: description.cron ?? '0 */6 * * *',
    signIn: description.signIn ?? null,
    conditional: description.conditional ?? false,
    carries: {
      summary: description.carries?.summary ?? vitalsIn(Object.keys(map.list?.fields ?? {})),
      detail: description.carries?.detail ?? vitalsIn(Object.keys(map.detail?.fields ?? {})),
    },
    firstSteps: () => [{ page: 1 }],
    listRequest: (step, filters) => listRequest(description, step, filters),
    readList: (page, step) => withCursor(list.paging, page, readList(map, page, step)),
    nextStep: (step, reading) => nextStep(list.paging, step, reading),
    divide: (slice) => list.parts?.divide(slice) ?? [],
    detailRequest: ({ externalId, url }) => {
      if ('from' in detail) return null;
      if (detail.path !== undefined) return { method: 'GET', path: detail.path.replace('{id}', encodeURIComponent(externalId)) };
      return url === null ? null : { method: 'GET', path: url };
    },
    readDetail: (page, externalId) => readDetail(map, page, externalId, 'from' in detail ? {} : (detail.gone ?? {})),
  };
  return { ...plain, ...description.code };
}

function listRequest({ list, currency, unit }: SourceDescription, step: ListStep, filters: ScrapeFilters): PageRequest {
  if (step.path !== undefined) return { method: 'GET', path: step.path };
  const query = new URLSearchParams({ ...list.query, ...filterQuery(list, filters, { currency, unit }), ...(step.slice === undefined ? {} : list.parts?.query(step.slice)) });
  const { paging } = list;
  if (paging.by === 'page') query.set(paging.parameter, String(step.page - 1 + (paging.first ?? 1)));
  if (paging.by === 'offset') query.set(paging.parameter, String((step.page - 1) * paging.size));
  if (paging.by === 'cursor' && step.cursor !== undefined) query.set(paging.parameter, step.cursor);
  const text = query.toString();
  return { method: 'GET', path: text === '' ? list.path : `${list.path}${list.path.includes('?') ? '&' : '?'}${text}` };
}

/** A filter's amounts are in minor units of one money; a site in another money is not asked by price. */
export function pricesOf(filters: ScrapeFilters, currency: string | null): { readonly min: number | undefined; readonly max: number | undefined } {
  const same = filters.currency === undefined || filters.currency === currency;
  const whole = (amount: number | undefined, round: (value: number) => number): number | undefined => (amount === undefined || !same ? undefined : round(amount / 100));
  return { min: whole(filters.price_min, Math.floor), max: whole(filters.price_max, Math.ceil) };
}

const kmInMile = 1.609344;
export const distanceOf = (km: number | undefined, unit: MileageUnit | null): number | undefined => (km === undefined ? undefined : unit === 'mi' ? Math.ceil(km / kmInMile) : km);

/** What the site's search is asked; what it has no parameter for is left to whoever reads the answers. */
export function filterQuery(list: Pick<SourceDescription['list'], 'filters' | 'search'>, filters: ScrapeFilters, site: { readonly currency: string | null; readonly unit: MileageUnit | null }): Record<string, string> {
  const prices = pricesOf(filters, site.currency);
  const values: { readonly [K in keyof FilterMap]: string | number | null | undefined } = {
    keywords: filters.keywords,
    make: filters.makes?.[0],
    model: filters.models?.[0],
    year_min: filters.year_min,
    year_max: filters.year_max,
    price_min: prices.min,
    price_max: prices.max,
    mileage_max: distanceOf(filters.mileage_max_km, site.unit),
  };
  const query: Record<string, string> = {};
  for (const [name, parameter] of Object.entries(list.filters ?? {})) {
    const value = Object.entries(values).find(([key]) => key === name)?.[1];
    if (value != null && value !== '') query[parameter] = String(value);
  }
  return { ...query, ...list.search?.(filters) };
}

export const listingOf = ({ externalId, url, fields }: ExtractedListing): ReadListing[] => (externalId === null ? [] : [{ externalId, url, fields }]);

export function readList(map: FieldMap, page: FetchedPage, step: ListStep): ListReading {
  const wanted = { ...map, hints: { ...map.hints, kind: 'search' as const } };
  // Where a map says how a list is read, it alone does: what other layers add may be another thing at the next look, and
  // every listing would seem changed. They are asked when the map finds nothing.
  const mapped = extractWith(map.list === undefined ? wanted : { ...wanted, generic: false }, page);
  const found = mapped.listings.length > 0 || mapped.kind === 'block' || mapped.kind === 'consent' || map.list === undefined ? mapped : extractWith(withoutList(wanted), page);
  if (found.kind === 'block') return { kind: 'blocked', reasons: found.reasons };
  if (found.kind === 'consent') return { kind: 'consent', reasons: found.reasons };
  const listings = found.listings.flatMap((listing) => listingOf(listing));
  const next = found.links.next === undefined ? {} : { next: { path: found.links.next } };
  if (listings.length > 0) return { kind: 'list', listings, ...next };
  // A first page with neither listings nor the look of a list is not an empty list: it can't be read. Later ones may be the end.
  if (step.page === 1 && step.slice === undefined && !looksEmpty(page)) return { kind: 'unreadable', reasons: found.reasons };
  return { kind: 'list', listings: [] };
}

const withoutList = ({ list: _list, ...rest }: FieldMap): FieldMap => rest;

function withCursor(paging: Paging, page: FetchedPage, reading: ListReading): ListReading {
  if (paging.by !== 'cursor' || reading.kind !== 'list') return reading;
  const cursor = jsonAt(page.body.toString('utf8'), ...paging.at);
  return typeof cursor === 'string' && cursor !== '' ? { ...reading, next: { cursor } } : { kind: 'list', listings: reading.listings };
}

function nextStep(paging: Paging, step: ListStep, reading: ListReading): { readonly step: ListStep | null; readonly capped: boolean } {
  if (paging.by === 'none' || reading.kind !== 'list' || reading.listings.length === 0) return { step: null, capped: false };
  const { slice, list } = step;
  const same = { ...(slice === undefined ? {} : { slice }), ...(list === undefined ? {} : { list }) };
  const following = followingStep(paging, step, reading);
  if (following === null) return { step: null, capped: false };
  return step.page >= paging.maxPages ? { step: null, capped: true } : { step: { ...same, ...following }, capped: false };
}

function followingStep(paging: Exclude<Paging, { by: 'none' }>, step: ListStep, reading: Extract<ListReading, { kind: 'list' }>): ListStep | null {
  const page = step.page + 1;
  switch (paging.by) {
    case 'link':
      return reading.next?.path === undefined ? null : { page, path: reading.next.path };
    case 'cursor':
      return reading.next?.cursor === undefined || reading.next.cursor === step.cursor ? null : { page, cursor: reading.next.cursor };
    case 'offset':
      return reading.listings.length < paging.size ? null : { page };
    case 'page':
      return reading.listings.length < (paging.size ?? 1) ? null : { page };
  }
}

export function readDetail(map: FieldMap, page: FetchedPage, externalId: string, gone: Gone): DetailReading {
  const over = (): DetailReading | null => {
    if (says(page, gone.sold ?? usualGone.sold)) return { kind: 'gone', status: 'sold' };
    return says(page, gone.removed ?? usualGone.removed) ? { kind: 'gone', status: 'removed' } : null;
  };
  if (page.status === 404 || page.status === 410) return over() ?? { kind: 'gone', status: 'removed' };
  const found = extractWith({ ...map, hints: { ...map.hints, kind: 'detail', externalId } }, page);
  if (found.reasons.includes('gone:sold')) return { kind: 'gone', status: 'sold' };
  if (found.kind === 'none' && found.reasons.some((reason) => reason.startsWith('gone:'))) return { kind: 'gone', status: 'removed' };
  const listing = found.listings.find((one) => one.externalId === externalId) ?? (found.listings.length === 1 ? found.listings[0] : undefined);
  // Where the source's own map says which listing this is, another one's page (a redirect to a similar car) tells nothing of it.
  const other = map.detail?.externalId !== undefined && listing?.externalId != null && listing.externalId !== externalId;
  if (other) return over() ?? { kind: 'unreadable', reasons: ['another_listing'] };
  const priced = listing?.fields.price !== undefined || listing?.fields.current_bid !== undefined || listing?.fields.price_note !== undefined;
  // Pages of ended offers still show the car, or others like it, or little more than a banner about cookies: that it can't
  // be had is in their words. One that has a price is asked only where its source is known to say it.
  const ended = !priced || gone.sold !== undefined || gone.removed !== undefined ? over() : null;
  if (ended !== null) return ended;
  if (found.kind === 'block') return { kind: 'blocked', reasons: found.reasons };
  if (found.kind === 'consent') return { kind: 'consent', reasons: found.reasons };
  if (listing === undefined) return { kind: 'unreadable', reasons: found.reasons };
  const status = statusOf(listing.fields);
  if (isOver(status) && !priced) return { kind: 'gone', status: status === 'sold' ? 'sold' : 'removed' };
  return { kind: 'listing', listing: { externalId, url: listing.url, fields: listing.fields }, status };
}

/** The value at a path of a parsed JSON text; undefined when there is none. */
export function jsonAt(text: string, ...path: readonly (string | number)[]): unknown {
  let at: unknown;
  try {
    at = JSON.parse(text);
  } catch {
    return undefined;
  }
  for (const step of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = Reflect.get(at, step);
  }
  return at;
}
