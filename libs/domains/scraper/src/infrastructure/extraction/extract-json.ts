import { has, named, newDraft, valueOf, weight, type Draft } from './draft';
import { findRecords } from './json/listings';
import { readRecord } from './json/record';
import { isArray, isObject, own, scalar, type Json } from './json/types';
import { distinct, fullest } from './main-and-lists';
import { mergeDrafts } from './merge';
import { idInUrl } from './page/links';
import { sayTitle, yearIn } from './page/words';
import { say, type Reading } from './reading';
import { carsOf, isCar } from './is-car';
import { type Extraction, type ExtractedListing } from './types';
import { absolute } from './html/dom';
import { readJsonLd } from './structured/json-ld';
import { findVehicles } from './structured/vehicles';
import { limits } from './limits';

const blockedWords = /captcha|access.?denied|forbidden|unauthori[sz]ed|rate.?limit|too many requests|blocked|bot.?detect|are you a (?:human|robot)|px-captcha|datadome/iu;

const wordsIn = (value: Json, depth = 0): string => {
  if (isObject(value)) return depth > 3 ? '' : Object.keys(value).slice(0, 30).map((key) => `${key} ${wordsIn(own(value, key) ?? null, depth + 1)}`).join(' ').slice(0, 4_000);
  if (isArray(value)) return depth > 3 ? '' : value.slice(0, 10).map((item) => wordsIn(item, depth + 1)).join(' ');
  return (scalar(value) ?? '').slice(0, 500);
};

/** An answer that says no: an error object, a challenge. */
const refusal = (document: Json): string | null => {
  if (!isObject(document) || Object.keys(document).length > 12) return null;
  if (own(document, 'url') !== undefined && /captcha-delivery/iu.test(scalar(own(document, 'url')) ?? '')) return 'datadome';
  if (own(document, 'appId') !== undefined && own(document, 'blockScript') !== undefined) return 'perimeterx';
  const text = wordsIn(document);
  const error = ['error', 'errors', 'message', 'code', 'status', 'title'].some((key) => Object.hasOwn(document, key));
  return error && text.length < 1_500 && blockedWords.test(text) ? 'api' : null;
};

const goneWords = /\b(?:listing|item|vehicle|ad|advert|lot|car|inserat|fahrzeug|annonce|anuncio)(?:[ _](?:id|details?))?[ _](?:(?:is|was|has|could|been|ist|wurde)[ _])*(?:not[ _](?:be[ _])?found|no[ _]longer|expired|removed|deleted|sold|nicht gefunden|gel[öo]scht|verkauft)/iu;

/** A short answer that names the offer and says that it is not there: the kind is none, and this is why. */
const saysGone = (document: Json): boolean => {
  if (!isObject(document) || Object.keys(document).length > 12) return false;
  const text = wordsIn(document);
  return text.length < 1_500 && goneWords.test(text);
};

const nextKeys = /^(?:next|nextcursor|nexturl|nexthref|nextpage|nextpageurl|endcursor|nextpagetoken)$/u;

const nextIn = (document: Json, base: string | null, depth = 0): string | null => {
  if (!isObject(document) || depth > 5) return null;
  for (const key of Object.keys(document)) {
    const value = own(document, key);
    if (nextKeys.test(key.toLowerCase().replace(/[^a-z]/gu, ''))) {
      const text = scalar(value) ?? (isObject(value) ? scalar(own(value, 'href')) : null);
      const url = text !== null && /^(?:https?:|\/)/u.test(text) ? absolute(text, base) : null;
      if (url !== null) return url;
    }
  }
  for (const key of Object.keys(document)) {
    const found = nextIn(own(document, key) ?? null, base, depth + 1);
    if (found !== null) return found;
  }
  return null;
};

/** Make and model from the title, where an API only has that. */
export const withTitle = (draft: Draft): Draft => {
  const title = valueOf(draft, 'title');
  if (title === null) return draft;
  const more = newDraft();
  if (!has(draft, 'make')) sayTitle(more, title, 'title', 0.6);
  else if (!has(draft, 'year', 'first_registration')) if (yearIn(title) !== valueOf(draft, 'model')) say(more, 'year', yearIn(title), 'title', 0.6);
  draft.claims.push(...more.claims);
  return draft;
};

const finish = (draft: Draft, reading: Reading): { readonly listing: ExtractedListing; readonly reasons: readonly string[] } => {
  const { listing, reasons } = mergeDrafts([withTitle(draft)], reading);
  return { listing: { ...listing, externalId: listing.externalId ?? idInUrl(listing.url) }, reasons };
};

const noVehicle: Extraction = { kind: 'none', listings: [], links: { details: [] }, reasons: ['no_vehicle'] };

/** A listing or a list out of an API's answer (or a state that was saved). */
export const extractJson = (document: Json, reading: Reading, wanted: 'detail' | 'search' | undefined, pageUrl: string | null): Extraction => {
  const refused = refusal(document);
  if (refused !== null) return { kind: 'block', listings: [], links: { details: [] }, reasons: [`block:${refused}`] };
  const linked = isLinkedData(document) ? findVehicles(readJsonLd([document]), reading) : [];
  const records = linked.length > 0 ? linked.filter(({ aside }) => !aside).map(({ draft, listed }) => ({ draft, group: listed ? 'ld' : null, aside: false })) : findRecords(document, reading, 'api').filter(({ aside }) => !aside);
  const singles = distinct(records.filter(({ group }) => group === null).map(({ draft }) => draft));
  const groups = new Map<string, Draft[]>();
  for (const { group, draft } of records) if (group !== null) groups.set(group, [...(groups.get(group) ?? []), draft]);
  const list = distinct(fullest([...groups.values()]));
  const next = nextIn(document, reading.url);
  const links = (listings: readonly ExtractedListing[]) => ({ ...(next === null ? {} : { next }), details: [...new Set(listings.map(({ url }) => url).filter((url) => url !== null))] });
  const [single] = singles;
  const main = singles.length === 1 && single !== undefined && (list.length === 0 || weight(single) >= Math.max(...list.map(weight)) || has(single, 'vin') || wanted === 'detail') && wanted !== 'search' ? single : undefined;
  if (main !== undefined) {
    const { listing, reasons } = finish(main, reading);
    if (!isCar(listing)) return noVehicle;
    return { kind: 'detail', listings: [{ ...listing, url: listing.url ?? (pageUrl !== null && /json|api|graphql|action/iu.test(pageUrl) ? null : pageUrl) }], links: { details: [] }, reasons };
  }
  const results = list.length > 0 ? list : singles;
  const [only] = results;
  if (wanted === 'detail' && results.length === 1 && only !== undefined) {
    const { listing, reasons } = finish(only, reading);
    if (!isCar(listing)) return noVehicle;
    return { kind: 'detail', listings: [listing], links: { details: [] }, reasons };
  }
  if (results.length > 0) {
    const found = results.slice(0, limits.listings).map((draft) => finish(draft, reading).listing);
    const listings = carsOf(found);
    if (listings.length === 0) return noVehicle;
    return { kind: 'search', listings, links: links(listings), reasons: listings.length < found.length ? ['others_left_out'] : [] };
  }
  // One object that names a car but little more.
  if (isObject(document) && wanted === 'detail') {
    const draft = readRecord(document, reading, 'api');
    if (named(draft) && weight(draft) >= 4) return { kind: 'detail', listings: [finish(draft, reading).listing], links: { details: [] }, reasons: finish(draft, reading).reasons };
  }
  if (saysGone(document)) return { kind: 'none', listings: [], links: links([]), reasons: ['gone:removed'] };
  return { kind: wanted === 'search' && isResults(document) ? 'search' : 'none', listings: [], links: links([]), reasons: ['no_listing'] };
};

const isLinkedData = (document: Json) => [document, ...(isArray(document) ? document.slice(0, 3) : [])].some((value) => isObject(value) && (Object.hasOwn(value, '@context') || Object.hasOwn(value, '@graph') || Object.hasOwn(value, '@type')));

/** A list that is empty is a list. */
const isResults = (document: Json): boolean => isArray(document) || (isObject(document) && Object.values(document).some((value) => isArray(value)));
