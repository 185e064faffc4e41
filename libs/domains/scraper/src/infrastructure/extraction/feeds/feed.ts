import { looksLikeCsv, readCsv } from './csv';
import { readEntry, syndicationOf } from './syndication';
import { parseXml, translated } from './xml';
import { readingOf } from '../context';
import { decodeBody } from '../decode';
import { has, named, type Draft } from '../draft';
import { withTitle } from '../extract-json';
import { absolute } from '../html/dom';
import { findRecords } from '../json/listings';
import { parseJson } from '../json/lenient';
import { mergeDrafts } from '../merge';
import { limits } from '../limits';
import { idInUrl } from '../page/links';
import { type ExtractionHints, type ExtractedListing, type Feed, type FeedInput } from '../types';

export const looksLikeFeed = (text: string, contentType: string): boolean => {
  const head = text.slice(0, 3_000);
  if (/<(?:rss|rdf:RDF|feed)\b/u.test(head) && !/<html\b/iu.test(head)) return true;
  if (/^\s*<\?xml/u.test(head) && !/<html\b|<!doctype html/iu.test(head)) return true;
  if (/^\s*<(?!!doctype html|html|head|body|div|script|meta|p|table|span|!--)[a-z][\w:-]*/iu.test(head) && /xml/iu.test(contentType) && !/html/iu.test(contentType)) return true;
  return looksLikeCsv(text, contentType);
};

interface Context {
  readonly url: string | null;
  readonly hints?: ExtractionHints | undefined;
  readonly contentType: string;
}

const usable = (draft: Draft) => named(draft) && (draft.prices.length > 0 || has(draft, 'mileage', 'year', 'first_registration', 'vin', 'current_bid') || draft.url !== null);

export const parseFeedText = (text: string, context: Context): Feed => {
  const reading = readingOf(context.url, null, context.hints);
  const finish = (drafts: readonly Draft[]): readonly ExtractedListing[] =>
    drafts.filter(usable).map((draft) => {
      const { listing } = mergeDrafts([withTitle(draft)], reading);
      return { ...listing, externalId: listing.externalId ?? idInUrl(listing.url) ?? stockOf(listing) };
    });
  if (looksLikeCsv(text, context.contentType)) {
    const { drafts, reasons } = readCsv(text, reading);
    return { kind: 'csv', listings: finish(drafts), reasons };
  }
  if (/^\s*[[{]/u.test(text)) {
    const document = parseJson(text);
    if (document === undefined) return { kind: 'none', listings: [], reasons: ['json_broken'] };
    return { kind: 'json', listings: finish(findRecords(document, reading, 'feed').map(({ draft }) => draft)), reasons: [] };
  }
  const document = parseXml(text);
  if (document === undefined) return { kind: 'none', listings: [], reasons: ['xml_broken'] };
  const syndication = syndicationOf(document);
  if (syndication !== null) {
    const listings = finish(syndication.items.slice(0, 5_000).map((item) => readEntry(item, reading)));
    const next = absolute(syndication.next, reading.url);
    return { kind: syndication.kind, listings, ...(next === null ? {} : { next }), reasons: [] };
  }
  const listings = finish(findRecords(translated(document), reading, 'feed').map(({ draft }) => draft));
  return { kind: listings.length > 0 ? 'xml' : 'none', listings, reasons: listings.length > 0 ? [] : ['no_listing'] };
};

const stockOf = (listing: ExtractedListing): string | null => {
  const stock = listing.fields.stock_number?.value ?? listing.fields.vin?.value;
  return typeof stock === 'string' ? stock.slice(0, 120) : null;
};

/** RSS, Atom, CSV, a vehicle feed in XML or JSON; whatever it is, this returns. */
export const parseFeed = (feed: FeedInput): Feed => {
  try {
    const { text, reasons } = decodeBody(feed.body, feed.contentType, limits.feedBytes);
    const parsed = parseFeedText(text, { url: feed.url ?? null, hints: feed.hints, contentType: feed.contentType ?? '' });
    return { ...parsed, reasons: [...reasons, ...parsed.reasons] };
  } catch (error) {
    return { kind: 'none', listings: [], reasons: [`failed:${error instanceof Error ? error.name : 'unknown'}`] };
  }
};
