import { capturedFieldNames, type CapturedFieldName } from '@autobroker/contracts';
import { readingOf } from './context';
import { decodeBody } from './decode';
import { newDraft, weight, type Draft } from './draft';
import { extractPage } from './extract-page';
import { HtmlPage } from './html-page';
import { absolute, all, attr, type Element } from './html/dom';
import { parseJson } from './json/lenient';
import { follow } from './json/path';
import { isArray, isObject, type Json } from './json/types';
import { limits } from './limits';
import { mergeDrafts } from './merge';
import { idInUrl } from './page/links';
import { say, sayPrice, unitOf, vinOf, type Reading } from './reading';
import { type DetailMap, type Extraction, type ExtractedListing, type FieldMap, type FieldWays, type ListMap, type PageInput } from './types';
import { findBy, type Found, type Place } from './ways';

const lists = new Set<CapturedFieldName>(['images', 'features', 'image_hashes']);

const sayFound = (draft: Draft, field: CapturedFieldName, found: Found, reading: Reading, currency: string | null): void => {
  const [first = ''] = found.values;
  if (field === 'price') sayPrice(draft, first, reading, found.from, found.confidence, { machine: found.machine, currency });
  else if (field === 'vin') say(draft, 'vin', vinOf(first), found.from, found.confidence);
  else if (field === 'mileage_unit') say(draft, 'mileage_unit', unitOf(first) ?? first, found.from, found.confidence);
  else say(draft, field, lists.has(field) ? found.values : first, found.from, found.confidence);
};

const readFields = (fields: FieldWays | undefined, place: Place, reading: Reading): Draft => {
  const draft = newDraft();
  const currency = findBy(fields?.currency, place)?.values[0] ?? null;
  for (const field of capturedFieldNames) {
    const found = fields?.[field] === undefined ? null : findBy(fields[field], place, field);
    if (found !== null && field !== 'currency') sayFound(draft, field, found, reading, currency);
  }
  return draft;
};

/** A page of either kind, as ways look at it. */
interface Source {
  readonly place: Place;
  readonly reading: Reading;
}

const open = (page: PageInput, hints: PageInput['hints']): Source | null => {
  const { text } = decodeBody(page.body, page.contentType);
  const url = absolute(page.url, null);
  if (/^\s*[[{]/u.test(text)) {
    const document = parseJson(text);
    return document === undefined ? null : { place: { documents: [document], root: null, url, api: true }, reading: readingOf(url, null, hints) };
  }
  const html = new HtmlPage(text, url, hints);
  return { place: { documents: html.embedded().map(({ value }) => value), root: html.document, url: html.reading.url, api: false }, reading: html.reading };
};

/** What the map finds of one listing. */
const mapped = (map: { readonly externalId?: DetailMap['externalId']; readonly url?: DetailMap['url']; readonly fields?: FieldWays }, place: Place, reading: Reading): Draft => {
  const draft = readFields(map.fields, place, reading);
  draft.externalId = findBy(map.externalId, place)?.values[0]?.trim().slice(0, 120) ?? null;
  draft.url = absolute(findBy(map.url, place)?.values[0], place.url);
  return draft;
};

/** The generic layers' listing fills what the map left open; the map's word stands. */
const filled = (own: Draft, reading: Reading, generic: ExtractedListing | undefined): { readonly listing: ExtractedListing; readonly reasons: readonly string[] } => {
  const { listing, reasons } = mergeDrafts([own], reading);
  const fields = { ...generic?.fields, ...listing.fields };
  // A map that looked for a price and found it is none says more than a layer that found one somewhere.
  if (own.notes.size > 0 && listing.fields.price === undefined) delete fields.price;
  if (fields.price === undefined && fields.current_bid === undefined && fields.buy_now_price === undefined) delete fields.currency;
  if (listing.fields.price !== undefined && listing.fields.currency === undefined && reading.currency === null) delete fields.currency;
  const url = listing.url ?? generic?.url ?? null;
  return { listing: { externalId: listing.externalId ?? generic?.externalId ?? idInUrl(url), url, fields }, reasons: fields.price === undefined ? reasons.filter((reason) => reason.startsWith('price:')) : [] };
};

interface Item {
  readonly place: Place;
}

const jsonOf = (element: Element, name: string): readonly Json[] => {
  const holder = attr(element, name) === undefined ? all(`[${name}]`, element)[0] : element;
  const document = holder === undefined ? undefined : parseJson(attr(holder, name) ?? '');
  return document === undefined ? [] : [document];
};

const itemsOf = (map: ListMap, source: Source): readonly Item[] => {
  const { items } = map;
  const { place } = source;
  if ('path' in items) {
    for (const document of place.documents) {
      const found = follow(document, items.path);
      const values = found.length === 1 && isArray(found[0]) ? found[0] : found;
      if (values.length > 0) return values.filter((value) => isObject(value)).slice(0, limits.listings).map((value) => ({ place: { ...place, documents: [value], root: null } }));
    }
    return [];
  }
  if (place.root === null) return [];
  return all(items.css, place.root).slice(0, limits.listings).map((element) => ({ place: { ...place, documents: items.json === undefined ? [] : jsonOf(element, items.json), root: element } }));
};

const withList = (map: FieldMap, list: ListMap, source: Source, generic: () => Extraction): Extraction => {
  const others = map.generic === false ? null : generic();
  const reasons: string[] = [];
  const listings: ExtractedListing[] = [];
  for (const { place } of itemsOf(list, source)) {
    const draft = mapped(list, place, source.reading);
    if (draft.url === null && list.urlTemplate !== undefined && draft.externalId !== null) draft.url = absolute(list.urlTemplate.replaceAll('{id}', encodeURIComponent(draft.externalId)), place.url);
    if (draft.claims.length === 0 && draft.externalId === null) continue;
    const same = others?.listings.find((other) => (draft.url !== null && other.url === draft.url) || (draft.externalId !== null && other.externalId === draft.externalId));
    listings.push(filled(draft, source.reading, same).listing);
  }
  if (listings.length === 0) return others === null ? { kind: 'none', listings: [], links: { details: [] }, reasons: ['map:no_items'] } : { ...others, reasons: [...others.reasons, 'map:no_items'] };
  const next = absolute(findBy(list.next, source.place)?.values[0], source.place.url) ?? others?.links.next ?? null;
  const details = [...new Set(listings.map(({ url }) => url).filter((url) => url !== null))];
  return { kind: 'search', listings, links: next === null ? { details } : { next, details }, reasons };
};

const withDetail = (map: FieldMap, detail: DetailMap, page: PageInput, source: Source, generic: () => Extraction): Extraction => {
  const items = detail.item === undefined ? [] : source.place.documents.flatMap((document) => follow(document, detail.item ?? '')).slice(0, limits.listings);
  const wanted = page.hints?.externalId;
  // Beside its own listing a page's state may hold those that are like it.
  const own = items.find((item) => wanted !== undefined && findBy(detail.externalId, { ...source.place, documents: [item], root: null })?.values[0]?.trim() === wanted) ?? items[0];
  const place = { ...source.place, documents: [...(own === undefined ? [] : [own]), ...source.place.documents] };
  const draft = mapped(detail, place, source.reading);
  const others = map.generic === false ? null : generic();
  const first = others?.kind === 'detail' ? others.listings[0] : undefined;
  if (weight(draft) < 2 && first === undefined) return { ...(others ?? { kind: 'none', listings: [], links: { details: [] }, reasons: [] }), reasons: [...(others?.reasons ?? []), 'map:no_fields'] };
  draft.url ??= source.place.url;
  const { listing, reasons } = filled(draft, source.reading, first);
  const kept = (others?.reasons ?? []).filter((reason) => !reason.startsWith('price:'));
  return { kind: 'detail', listings: [listing], links: { details: [] }, reasons: [...kept, ...reasons, ...(weight(draft) < 2 ? ['map:no_fields'] : [])] };
};

/**
 * Reads a page the way its source's map says, and by the generic layers where the map finds nothing. `hints.kind` says what was
 * fetched. Walls, pages of gone listings and refusals are recognised before the map is tried: a map finds something on any page.
 */
export const extractWith = (map: FieldMap, page: PageInput): Extraction => {
  const hints = { ...map.hints, ...page.hints };
  const kind = hints.kind ?? (map.detail === undefined ? 'search' : map.list === undefined ? 'detail' : undefined);
  const input: PageInput = { ...page, hints: kind === undefined ? hints : { ...hints, kind } };
  const generic = extractPage(input);
  const stopped = generic.kind === 'block' || generic.kind === 'consent' || (page.status !== null && page.status !== undefined && page.status >= 400) || (generic.kind === 'none' && generic.reasons.some((reason) => reason.startsWith('gone:')));
  if (stopped) return generic;
  try {
    const source = open(input, hints);
    if (source === null) return generic;
    const asList = kind === 'search' || (kind === undefined && generic.kind === 'search');
    if (asList && map.list !== undefined) return withList(map, map.list, source, () => generic);
    if (!asList && map.detail !== undefined) return withDetail(map, map.detail, input, source, () => generic);
    return generic;
  } catch (error) {
    return { ...generic, reasons: [...generic.reasons, `map_failed:${error instanceof Error ? error.name : 'unknown'}`] };
  }
};
