import { isBidCount } from './said-money';
import { chunksOf, sayChunks } from './chunks';
import { labelMeaning } from './labels';
import { detailLinks, idInUrl, idsInUrls, type DetailLink } from './links';
import { sayShownPrice } from './money';
import { pairsIn, sayPairs } from './pairs';
import { isAside } from './regions';
import { namesCar, sayTitle, yearIn } from './words';
import { parsePrice } from '@autobroker/vocabulary';
import { has, named, newDraft, valueOf, type Draft } from '../draft';
import { all, attr, childrenOf, closest, isElement, marksOf, textOf, type Document, type Element } from '../html/dom';
import { attributeDocuments } from '../json/embedded';
import { readRecord } from '../json/record';
import { isObject } from '../json/types';
import { currencyOf, readPrice, say, type Reading } from '../reading';
import { readMicrodata } from '../structured/microdata';
import { readRdfa } from '../structured/rdfa';
import { findVehicles } from '../structured/vehicles';

export interface Card {
  readonly element: Element;
  readonly draft: Draft;
  readonly aside: boolean;
}

const several = Symbol('several');

/** The largest element around a link that leads to no other car, and is none of those that hold what stands for the page. */
const cardsAround = (links: readonly DetailLink[], holders: ReadonlySet<Element> = new Set()): ReadonlyMap<Element, DetailLink> => {
  const leads = new Map<Element, string | typeof several>();
  for (const { element, key } of links) {
    for (let around: Element | null = element; around !== null; around = isElement(around.parent) ? around.parent : null) {
      const known = leads.get(around);
      if (known === several || known === key) {
        if (known === several) break;
        continue;
      }
      leads.set(around, known === undefined ? key : several);
    }
  }
  // An element that leads to several makes all around it lead to several.
  const cards = new Map<Element, DetailLink>();
  for (const link of links) {
    let card = link.element;
    for (;;) {
      const { parent } = card;
      if (!isElement(parent) || parent.name === 'body' || parent.name === 'main' || leads.get(parent) !== link.key || holders.has(parent)) break;
      card = parent;
    }
    if (leads.get(card) === link.key && !cards.has(card)) cards.set(card, link);
  }
  return cards;
};

/** What sites say to everybody at a title's ends. */
const aroundTitle = /^(?:new listing|neues angebot|nouvelle annonce|nuova inserzione|nuevo anuncio|sponsored|anzeige)[\s:]+(?=\S{2})|\s*(?:opens in a new (?:window|tab)(?: or tab)?|wird in neuem (?:fenster|tab)[^.]{0,30} geöffnet)\.?$/giu;

const titleOf = (card: Element): string => {
  const headings = all('h1, h2, h3, h4, h5, [class*="title" i], [data-testid*="title" i], [class*="heading" i]', card);
  const texts = [...headings, ...all('a', card)].map((element) => textOf(element, 250).replace(aroundTitle, '')).filter((text) => text.length > 5 && /\p{L}{2}/u.test(text));
  const short = texts.filter((text) => text.length <= 160);
  return short.slice(0, 6).find(namesCar) ?? short[0] ?? attr(all('a[title]', card)[0] ?? card, 'title') ?? attr(all('img[alt]', card)[0] ?? card, 'alt') ?? '';
};

/** The facts of a row whose table says in its head what they are. */
const sayRow = (draft: Draft, row: Element, reading: Reading): void => {
  const table = closest(row, (element) => element.name === 'table');
  const head = table === null ? undefined : all('tr', table).find((element) => all('th', element).length > 1);
  if (head === undefined || head === row) return;
  const labels = all('th', head).map((cell) => textOf(cell, 60));
  const cells = childrenOf(row).filter((cell) => isElement(cell)).filter((cell) => cell.name === 'td' || cell.name === 'th');
  const pairs = cells.flatMap((cell, at) => {
    const label = labels[at] ?? '';
    const field = labelMeaning(label);
    const value = textOf(cell, 300);
    return field === null || value === '' ? [] : [{ field, label, value, element: cell }];
  });
  sayPairs(draft, pairs, reading);
};

/** Stands behind its amount, always. */
const everyMonth = /^\W*(?:(?:per|a|each|im|pro|al|par|por)\s+)?(?:month|mo|monat|mois|mese|mes|pcm|p\/?m|monthly|mtl)(?![\p{L}])/iu;

/** `£199` and `per month` may be two texts; what stands before the next amount belongs to that one. */
const withNeighbours = (chunks: readonly string[], at: number): string => {
  const wordsAt = (index: number): string => {
    const text = chunks[index] ?? '';
    return text.length < 30 && !/\d/u.test(text) ? text : '';
  };
  const ownsNext = everyMonth.test(chunks[at + 1] ?? '') || !/\d/u.test(chunks[at + 2] ?? '') || !/[$€£]/u.test(chunks[at + 2] ?? '');
  return `${wordsAt(at - 1)} ${chunks[at] ?? ''} ${ownsNext ? wordsAt(at + 1) : ''}`;
};

/** The one amount of money that a card's text names. */
const sayTextPrice = (draft: Draft, chunks: readonly string[], reading: Reading): void => {
  const amounts = new Map<string, string | null>();
  for (const [at, chunk] of chunks.entries()) {
    if (chunk.length > 60 || !/\d/u.test(chunk) || !/[$€£]|\b(?:usd|eur|gbp|chf|pln|zł)\b/iu.test(chunk)) continue;
    const auction = /^(?:buy (?:it )?now|sofort-?kaufen)/iu.test(chunk) ? 'buy_now_price' : /^(?:current |high |highest )?bid\b|gebot/iu.test(chunk) ? 'current_bid' : null;
    if (auction !== null) {
      const amount = parsePrice(chunk.replace(/^[^\d$€£]+/u, ''), { locale: reading.locale, currency: currencyOf(reading.currency) });
      if (amount.kind === 'price' && !has(draft, auction)) say(draft, auction, amount.amount, 'selector', 0.6);
      continue;
    }
    if (isBidCount(chunks[at + 1] ?? '')) {
      const bid = readPrice(chunk, reading, { machine: false });
      if (!('none' in bid) && !has(draft, 'current_bid')) say(draft, 'current_bid', bid.amount, 'selector', 0.6);
      continue;
    }
    const read = readPrice(withNeighbours(chunks, at), reading, { machine: false });
    if ('none' in read) draft.notes.add(read.none);
    else amounts.set(read.amount, read.currency);
  }
  const [only] = amounts;
  if (only !== undefined && amounts.size === 1 && !draft.notes.has('monthly')) draft.prices.push({ amount: only[0], currency: only[1], from: 'selector', confidence: 0.5 });
  else if (amounts.size > 1) draft.notes.add('several');
};

const readCard = (card: Element, link: DetailLink, reading: Reading, idIn: (url: string) => string | null): Draft => {
  const draft = newDraft();
  const data = attributeDocuments(card).map(({ value }) => value).filter(isObject).map((value) => readRecord(value, reading, 'embedded_state'));
  const structured = findVehicles([...readMicrodata(card, reading.url), ...readRdfa(card, reading.url)].map(({ node }) => node), reading);
  for (const part of [...structured.map((found) => found.draft), ...data]) {
    draft.claims.push(...part.claims);
    draft.prices.push(...part.prices);
    draft.externalId ??= part.externalId;
  }
  const title = titleOf(card);
  say(draft, 'title', title, 'selector', 0.7);
  if (title !== '' && !has(draft, 'make')) sayTitle(draft, title, 'title', 0.6);
  if (!has(draft, 'year') && yearIn(title) !== valueOf(draft, 'model')) say(draft, 'year', yearIn(title), 'title', 0.6);
  if (card.name === 'tr') sayRow(draft, card, reading);
  sayPairs(draft, pairsIn(card, { everywhere: true }), reading);
  const chunks = chunksOf(card);
  sayChunks(draft, chunks, reading);
  if (draft.prices.length === 0) sayShownPrice(draft, card, reading, 'card');
  if (draft.prices.length === 0 && !draft.notes.has('several')) sayTextPrice(draft, chunks, reading);
  draft.url = link.url.startsWith('https://page.invalid/') ? null : link.url;
  draft.externalId ??= attr(card, 'data-id') ?? attr(card, 'data-listing-id') ?? attr(card, 'data-vehicle-id') ?? idIn(link.url);
  return draft;
};

const asideOf = (card: Element) => isAside(card) || /\bad-(?:slot|banner|unit|container|wrapper|box|marker|placement)|\badvertis|sponsor|\bpromo(?:ted|tion|box|-)?(?![a-z])/u.test(marksOf(card));

/** A list as people see it: repeated boxes that each lead to one car. */
export const findCards = (document: Document, reading: Reading): readonly Card[] => {
  const links = detailLinks(document, reading.url);
  if (new Set(links.map(({ key }) => key)).size < 2) return [];
  const idIn = idsInUrls(links.map(({ url }) => url));
  const cards: Card[] = [];
  const byKey = new Map<string, Card>();
  for (const [element, link] of [...cardsAround(links)].slice(0, 600)) {
    const known = byKey.get(link.key);
    const draft = readCard(element, link, reading, idIn);
    const says = draft.prices.length > 0 || has(draft, 'mileage', 'current_bid', 'vin') || draft.notes.has('on_request');
    if (!says || !(named(draft) || valueOf(draft, 'title') !== null) || known !== undefined) continue;
    const card = { element, draft, aside: asideOf(element) };
    byKey.set(link.key, card);
    cards.push(card);
  }
  return cards;
};

const withoutSigns = (text: string) => text.toLowerCase().replace(/[^\p{L}\d]/gu, '');

/** Boxes on a car's page that lead to other cars: what they say, their prices above all, is not this car's. */
export const otherCars = (document: Document, reading: Reading, heading: string): ReadonlySet<Element> => {
  const own = reading.url;
  const links = detailLinks(document, own).filter(({ url }) => own === null || !own.includes(idInUrl(url) ?? '#'));
  const holders = new Set<Element>();
  for (const element of all('h1', document)) for (let around: Element | null = element; around !== null; around = isElement(around.parent) ? around.parent : null) holders.add(around);
  const named = [...cardsAround(links, holders)].slice(0, 600).filter(([card]) => {
    const title = titleOf(card);
    return namesCar(title) && withoutSigns(title) !== withoutSigns(heading);
  });
  return new Set(named.map(([card]) => card));
};
