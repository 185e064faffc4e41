import { listIn, textIn } from './xml';
import { has, newDraft, type Draft } from '../draft';
import { absolute } from '../html/dom';
import { parseTree } from '../html/tree';
import { isObject, own, type Json, type JsonObject } from '../json/types';
import { idInUrl } from '../page/links';
import { pairsIn, sayPairs } from '../page/pairs';
import { sayTitle } from '../page/words';
import { plain, say, sayLabelled, sayPrice, type Reading } from '../reading';
import { labelMeaning } from '../page/labels';

export interface Syndication {
  readonly kind: 'rss' | 'atom';
  readonly items: readonly JsonObject[];
  readonly next: string | null;
}

/** RSS 0.9x, 1.0 (items beside the channel) and 2.0, Atom; null for other XML. */
export const syndicationOf = (document: Json): Syndication | null => {
  if (!isObject(document)) return null;
  const rss = own(document, 'rss') ?? own(document, 'RDF');
  if (isObject(rss)) {
    const channel = listIn(own(rss, 'channel')).find(isObject);
    const items = [...(channel === undefined ? [] : listIn(own(channel, 'item'))), ...listIn(own(rss, 'item'))].filter(isObject);
    return { kind: 'rss', items, next: channel === undefined ? null : linkOf(channel, 'next') };
  }
  const feed = own(document, 'feed');
  if (isObject(feed) && (Object.hasOwn(feed, 'entry') || Object.hasOwn(feed, 'updated'))) return { kind: 'atom', items: listIn(own(feed, 'entry')).filter(isObject), next: linkOf(feed, 'next') };
  return null;
};

const linkOf = (item: JsonObject, rel: string): string | null => {
  for (const link of listIn(own(item, 'link'))) {
    if (!isObject(link)) continue;
    const said = own(link, 'rel');
    const href = own(link, 'href');
    if ((said ?? 'alternate') === rel && typeof href === 'string') return href;
  }
  return null;
};

const unescape = (text: string) => text.replace(/&lt;/giu, '<').replace(/&gt;/giu, '>').replace(/&quot;/giu, '"').replace(/&amp;/giu, '&');

/** The place in brackets at the end of a title, or before its price. */
const placeIn = (title: string) => /\(([\p{L} .,'/-]{2,60})\)\s*(?:[$€£]\s?[\d.,]+)?\s*$/u.exec(title)?.[1] ?? null;

const pictures = (item: JsonObject): readonly string[] =>
  ['enclosure', 'content', 'thumbnail', 'image'].flatMap((name) =>
    listIn(own(item, name)).flatMap((value) => {
      const url = isObject(value) ? (own(value, 'url') ?? own(value, 'resource') ?? own(value, 'href')) : value;
      return typeof url === 'string' && /^https?:/u.test(url) ? [plain(url)] : [];
    }),
  );

/** A price in a title stands by itself: behind a dash, before the place. */
const sayTitlePrice = (draft: Draft, title: string, reading: Reading): void => {
  for (const part of title.split(/\s+[-–—|·]\s+|(?=\()|(?=[$€£]\s?\d)/u)) {
    if (!/[$€£]|\b(?:USD|EUR|GBP|CHF|PLN)\b|zł/u.test(part)) continue;
    sayPrice(draft, part, reading, 'title', 0.8, { machine: false });
  }
};

/** What an entry says: its own elements, its title, and the labels in its text. */
export const readEntry = (item: JsonObject, reading: Reading): Draft => {
  const draft = newDraft();
  const title = plain(plain(textIn(own(item, 'title')) ?? ''));
  const link = linkOf(item, 'alternate') ?? textIn(own(item, 'link')) ?? own(item, 'about') ?? null;
  draft.url = absolute(typeof link === 'string' ? plain(link) : null, reading.url);
  const id = textIn(own(item, 'guid')) ?? textIn(own(item, 'id'));
  draft.externalId = idInUrl(draft.url) ?? (id !== null && /^[\w.:-]{1,120}$/u.test(id) ? id : null);
  say(draft, 'title', title, 'feed', 0.9);
  const text = unescape(textIn(own(item, 'description')) ?? textIn(own(item, 'summary')) ?? textIn(own(item, 'encoded')) ?? textIn(own(item, 'content')) ?? '');
  say(draft, 'description', plain(text), 'feed', 0.85);
  say(draft, 'listed_at', textIn(own(item, 'pubDate')) ?? textIn(own(item, 'published')) ?? textIn(own(item, 'date')) ?? textIn(own(item, 'issued')), 'feed', 0.9);
  for (const key of Object.keys(item)) {
    const value = textIn(own(item, key));
    const field = /^(?:title|link|description|summary|content|id|guid|type|image|category|source)$/iu.test(key) ? null : labelMeaning(key.replace(/_/gu, ' '));
    if (field === null || value === null) continue;
    if (field === 'price') sayPrice(draft, plain(value), reading, 'feed', 0.9, { machine: true });
    else sayLabelled(draft, field, value, 'feed', 0.9);
  }
  if (/<\w/u.test(text) || /:/u.test(text)) sayPairs(draft, pairsIn(parseTree(`<div>${text.slice(0, 200_000)}</div>`).document, { everywhere: true }), reading);
  sayTitlePrice(draft, title, reading);
  const point = /(-?\d+\.\d+)[\s,]+(-?\d+\.\d+)/u.exec(textIn(own(item, 'point')) ?? '');
  say(draft, 'latitude', textIn(own(item, 'lat')) ?? point?.[1], 'feed', 0.9);
  say(draft, 'longitude', textIn(own(item, 'long')) ?? point?.[2], 'feed', 0.9);
  if (!has(draft, 'city')) say(draft, 'city', placeIn(title), 'title', 0.5);
  say(draft, 'images', pictures(item), 'feed', 0.85);
  if (!has(draft, 'make')) sayTitle(draft, title.replace(/\s*[-–]?\s*[$€£]\s?[\d.,]+.*$/u, '').replace(/\s*\([^()]{0,60}\)\s*$/u, ''), 'title', 0.6);
  return draft;
};
