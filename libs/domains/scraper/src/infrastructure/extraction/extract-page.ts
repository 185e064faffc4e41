import { readingOf } from './context';
import { decodeBody } from './decode';
import { extractHtml } from './extract-html';
import { extractJson } from './extract-json';
import { parseFeedText, looksLikeFeed } from './feeds/feed';
import { HtmlPage } from './html-page';
import { parseJson } from './json/lenient';
import { isObject, own, type Json } from './json/types';
import { type Extraction, type PageInput } from './types';

const nothing = (reasons: readonly string[]): Extraction => ({ kind: 'none', listings: [], links: { details: [] }, reasons });

const isJsonBody = (text: string, contentType: string) => {
  const start = /^\s*(?:\)\]\}',?|for\s*\(;;\);|while\s*\(1\);)?\s*([[{])/u.exec(text.slice(0, 300));
  if (start === null) return /^[\w$.]{1,80}\(\s*[[{]/u.test(text.slice(0, 200).trim());
  return /json/iu.test(contentType) || !/<(?:html|body|div|head|script|p)\b/iu.test(text.slice(0, 20_000)) || /^\s*(?:\[\s*)?\{\s*"/u.test(text);
};

/** An answer whose content is a piece of HTML. */
const fragmentIn = (document: Json, depth = 0): string | null => {
  if (typeof document === 'string') return document.length > 200 && /<(?:div|li|article|table|section|a)\b/iu.test(document) ? document : null;
  if (!isObject(document) || depth > 3) return null;
  const pieces = Object.keys(document).map((key) => fragmentIn(own(document, key) ?? null, depth + 1)).filter((piece) => piece !== null);
  return pieces.sort((a, b) => b.length - a.length)[0] ?? null;
};

const withUrl = (url: string | null | undefined): string | null => {
  if (url === null || url === undefined) return null;
  try {
    const parsed = new URL(url);
    return /^https?:$/u.test(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
};

const extract = (page: PageInput): Extraction => {
  const { text, reasons } = decodeBody(page.body, page.contentType);
  const url = withUrl(page.url);
  const status = page.status ?? null;
  const wanted = page.hints?.kind;
  const also = (extraction: Extraction): Extraction => ({ ...extraction, reasons: [...reasons, ...extraction.reasons] });
  if (text.trim() === '') {
    const blocked = status === 401 || status === 403 || status === 429 || status === 503;
    return blocked ? { ...nothing([...reasons, `block:status_${status}`]), kind: 'block' } : nothing([...reasons, status === 404 || status === 410 ? 'gone:removed' : 'empty']);
  }
  const contentType = page.contentType ?? '';
  if (isJsonBody(text, contentType)) {
    const document = parseJson(text);
    if (document !== undefined) {
      const extraction = extractJson(document, readingOf(url, null, page.hints), wanted, url);
      const fragment = extraction.kind === 'none' ? fragmentIn(document) : null;
      if (fragment !== null) return also(extractHtml(new HtmlPage(fragment, url, page.hints), status, wanted));
      const bad = status !== null && status >= 400;
      return also(bad && extraction.kind !== 'block' ? { ...nothing([status === 404 || status === 410 ? 'gone:removed' : `status_${status}`]), kind: status === 403 || status === 429 || status === 503 || status === 401 ? 'block' : 'none' } : extraction);
    }
    if (/json/iu.test(contentType)) return nothing([...reasons, 'json_broken']);
  }
  if (looksLikeFeed(text, contentType)) {
    const feed = parseFeedText(text, { url, hints: page.hints, contentType });
    const details = feed.listings.map((listing) => listing.url).filter((each) => each !== null);
    return also({ kind: feed.listings.length > 0 || wanted === 'search' ? 'search' : 'none', listings: feed.listings, links: feed.next === undefined ? { details } : { next: feed.next, details }, reasons: feed.reasons });
  }
  return also(extractHtml(new HtmlPage(text, url, page.hints), status, wanted));
};

/** What a captured answer says. Whatever it is, this returns: a fault of ours becomes a reason, not an exception. */
export const extractPage = (page: PageInput): Extraction => {
  try {
    return extract(page);
  } catch (error) {
    return nothing([`failed:${error instanceof RangeError ? 'too_deep' : error instanceof Error ? error.name : 'unknown'}`]);
  }
};
