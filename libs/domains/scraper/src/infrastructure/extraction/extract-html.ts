import { type CapturedFields } from '@autobroker/contracts';
import { has, newDraft, valueOf, weight, type Draft } from './draft';
import { type HtmlPage } from './html-page';
import { distinct, fullest, judge, layersOf } from './main-and-lists';
import { contradicts, sameListing } from './match-drafts';
import { mergeDrafts } from './merge';
import { all, marksOf, textOf } from './html/dom';
import { carsOf, isCar } from './is-car';
import { bidsApart, isRateOnly } from './page/said-money';
import { goneOf, headsGone, saysEmpty, wallOf, type Wall } from './page/block';
import { chunksOf, sayPlace } from './page/chunks';
import { detailLinks, idInUrl, idsInUrls, nextPage } from './page/links';
import { readMeta } from './page/meta';
import { sayShownPrice } from './page/money';
import { sayPairs } from './page/pairs';
import { isAside } from './page/regions';
import { sayTitle } from './page/words';
import { say } from './reading';
import { type Extraction, type ExtractedListing, type PageLinks } from './types';
import { limits } from './limits';

const noLinks: PageLinks = { details: [] };

const linksOf = (page: HtmlPage, listings: readonly ExtractedListing[]): PageLinks => {
  const found = page.reading.url === null ? [] : detailLinks(page.document, page.reading.url).filter(({ element }) => !isAside(element)).map(({ url }) => url);
  const own = listings.map(({ url }) => url).filter((url) => url !== null);
  const seen = new Set<string>();
  const details = [...own, ...found].filter((url) => !seen.has(url) && seen.add(url) !== undefined).slice(0, limits.listings);
  const next = nextPage(page.document, page.reading.url);
  return next === null ? { details } : { next, details };
};

/** What people see on a page about one car, where no machine's words say it. */
const visibleDrafts = (page: HtmlPage): readonly Draft[] => {
  const pairs = newDraft();
  sayPairs(pairs, page.pairs(), page.reading);
  const shown = newDraft();
  sayShownPrice(shown, page.document, page.reading, page);
  for (const element of all('[class*="location" i], [class*="address" i], [data-testid*="location" i], [itemprop="address"]', page.document).slice(0, 20)) {
    if (!has(shown, 'city') && !isAside(element) && !/input|form/u.test(marksOf(element))) for (const chunk of chunksOf(element).slice(0, 8)) if (!has(shown, 'city')) sayPlace(shown, chunk);
  }
  return [pairs, shown];
};

const titleDraft = (page: HtmlPage): Draft => {
  const draft = newDraft();
  const { heading, title, ogTitle } = page.head;
  say(draft, 'title', heading, 'title', 0.6);
  say(draft, 'title', title, 'title', 0.45);
  // `2012 Honda Civic - $7,500 (Austin, TX)`
  const place = /\(([\p{L} .'-]{2,40}, [A-Z]{2})\)\s*$/u.exec(heading)?.[1];
  if (place !== undefined) sayPlace(draft, place);
  for (const text of [heading, ogTitle, title]) if (!has(draft, 'model')) sayTitle(draft, text, 'title', 0.6);
  return draft;
};

const urlDraft = (page: HtmlPage): Draft => {
  const draft = newDraft();
  const address = page.url ?? page.head.canonical;
  if (address === null) return draft;
  draft.externalId = idInUrl(address);
  try {
    const slug = decodeURIComponent(new URL(address).pathname).split('/').filter((step) => /[a-z]/iu.test(step)).slice(-3).join(' ').replace(/[-_+.]+/gu, ' ');
    const said = newDraft();
    if (slug.length < 200) sayTitle(said, slug, 'url', 0.35);
    // What stands behind a model in an address may be a place, a number, a category.
    draft.claims.push(...said.claims.filter(({ field }) => field !== 'trim'));
  } catch {
    // An address that is none says nothing.
  }
  return draft;
};

const describe = (page: HtmlPage): Draft => {
  const draft = newDraft();
  const element = all('[class*="description" i], [id*="description" i], [itemprop="description"], #postingbody, [data-testid*="description" i], [class*="beschreibung" i]', page.document).find((found) => !isAside(found) && textOf(found, 200).length > 40);
  if (element !== undefined) say(draft, 'description', textOf(element).replace(/^QR Code Link to This Post\s*/u, '').slice(0, limits.textChars), 'selector', 0.65);
  return draft;
};

/** Where no place says the make, the listing's own title may. */
const namedByTitle = (listing: ExtractedListing, page: HtmlPage): ExtractedListing => {
  const title = listing.fields.title?.value;
  if (listing.fields.make !== undefined || typeof title !== 'string') return listing;
  const said = newDraft();
  sayTitle(said, title, 'title', 0.6);
  return { ...listing, fields: { ...mergeDrafts([said], page.reading).listing.fields, ...listing.fields } };
};

/** What the page says of the amount in words has the last say. */
const priceAlone = (found: CapturedFields, text: string, reasons: string[]): CapturedFields => {
  const { price, currency: _currency, ...rest } = found;
  if (typeof price?.value === 'string' && isRateOnly(price.value, text)) {
    reasons.push('price:monthly');
    return { ...rest, price_note: { value: 'monthly', from: 'derived', confidence: 0.7 } };
  }
  const fields = bidsApart(found, text);
  if (fields !== found) reasons.push('price:bid');
  return fields;
};

const readDetail = (page: HtmlPage, mains: readonly Draft[], reasons: string[]): ExtractedListing => {
  const [first] = mains;
  // A shop's template names its own things in meta and title: nothing that is about another car counts.
  const others = [readMeta(page.head, page.reading), ...visibleDrafts(page), describe(page), titleDraft(page), urlDraft(page)];
  const weak = others.slice(-2);
  const used = first === undefined ? others : others.filter((draft) => !weak.includes(draft) || !contradicts(first, draft));
  const { listing: plain, reasons: why } = mergeDrafts([...mains, ...used], page.reading);
  reasons.push(...why);
  const listing = namedByTitle(plain, page);
  const fields = priceAlone(listing.fields, page.ownText(), reasons);
  const url = page.head.canonical !== null && page.url !== null && idInUrl(page.head.canonical) !== null ? page.head.canonical : (page.url ?? listing.url);
  return { ...listing, url, fields };
};

const nameAndPrice = (draft: Draft): string | null => {
  const title = valueOf(draft, 'title');
  return title === null ? null : `${title.toLowerCase()}|${Number(draft.prices[0]?.amount ?? 0)}`;
};

/** In a list that has neither addresses nor ids a car is known by its title and price, if no other has the same. */
const twin = (draft: Draft, list: readonly Draft[]): readonly Draft[] => {
  const name = nameAndPrice(draft);
  if (name === null || (draft.url !== null && list.every(({ url }) => url !== null))) return [];
  return list.filter((other) => nameAndPrice(other) === name);
};

const enrich = (draft: Draft, lists: readonly (readonly Draft[])[]): readonly Draft[] => [
  draft,
  ...lists.flatMap((list) => {
    const same = list.filter((other) => other !== draft && sameListing(draft, other) && !contradicts(draft, other));
    const found = same.length > 0 ? same : twin(draft, list);
    return found.length === 1 ? found : [];
  }),
];

const readSearch = (page: HtmlPage, lists: readonly (readonly Draft[])[], reasons: string[]): readonly ExtractedListing[] => {
  const base = fullest(lists);
  const notes = new Set<string>();
  const idIn = idsInUrls(lists.flat().map(({ url }) => url));
  const listings = base.slice(0, limits.listings).map((draft) => {
    const { listing, reasons: why } = mergeDrafts(enrich(draft, lists.filter((list) => list !== base)), page.reading);
    for (const reason of why) if (reason === 'price:conflict') notes.add(reason);
    return { ...namedByTitle(listing, page), externalId: listing.externalId ?? idIn(listing.url) };
  });
  reasons.push(...notes);
  return listings;
};

const walled = (wall: Wall, reasons: readonly string[]): Extraction => ({ kind: wall.kind, listings: [], links: noLinks, reasons: [...reasons, `${wall.kind}:${wall.by}`] });

/** Enough to be a listing: it says which car, and something of it. */
const says = (listing: ExtractedListing): boolean => {
  const { fields } = listing;
  // A title and a price may be anything; what has gone miles, or has a make, is a vehicle.
  const name = fields.make !== undefined || fields.vin !== undefined || (fields.title !== undefined && (fields.mileage ?? fields.lot_number ?? (fields.gearbox === undefined ? undefined : fields.fuel)) !== undefined);
  const facts = [fields.price, fields.mileage, fields.vin, fields.year ?? fields.first_registration, fields.fuel ?? fields.gearbox, fields.current_bid, fields.price_note, fields.damage].filter((field) => field !== undefined).length;
  return name && facts >= 1;
};

/** On a page of its own a car is one that somebody has: it costs something, went some way, bears a number. A model's page has none of that. */
const isOffered = (listing: ExtractedListing, heading: string): boolean => {
  const { fields } = listing;
  const own = [fields.price, fields.mileage, fields.vin, fields.current_bid, fields.buy_now_price, fields.first_registration, fields.lot_number, fields.damage];
  if (own.some((field) => field !== undefined)) return true;
  return fields.price_note !== undefined && !/\b(?:reviews?|pricing|specs|test ?drive|comparison|fahrbericht|testbericht|essai|prova su strada)\b/iu.test(heading);
};

export const extractHtml = (page: HtmlPage, status: number | null, wanted: 'detail' | 'search' | undefined): Extraction => {
  const reasons = [...page.reasons];
  const wallInput = { html: page.html, head: page.head, text: page.text(), own: page.ownText(), status, url: page.url };
  const layers = layersOf(page);
  const cards = page.cards().filter((card) => !card.aside).map(({ draft }) => draft);
  const content = [...layers.mains, ...layers.lists.flat(), ...cards].some((draft) => weight(draft) >= 4) || new Set(page.pairs().map(({ field }) => field)).size >= 3;
  const wall = wallOf(wallInput, content);
  if (wall !== null && (wall.certain || !content)) return walled(wall, reasons);
  const gone = goneOf(wallInput, content);
  if (status !== null && status >= 400) return { kind: 'none', listings: [], links: noLinks, reasons: [...reasons, gone === null ? `status_${status}` : `gone:${gone}`] };
  const verdict = judge(page, layers, wanted);
  if (verdict.kind === 'none' && gone === null && wanted !== 'detail' && saysEmpty(wallInput)) return { kind: 'search', listings: [], links: linksOf(page, []), reasons: [...reasons, 'no_results'] };
  if (verdict.kind === 'none') return { kind: 'none', listings: [], links: linksOf(page, []), reasons: gone === null ? reasons : [...reasons, `gone:${gone}`] };
  if (verdict.kind === 'search' && wanted !== 'search' && gone !== null && headsGone(wallInput)) return { kind: 'none', listings: [], links: noLinks, reasons: [...reasons, `gone:${gone}`] };
  if (verdict.kind === 'search') {
    const lists = verdict.mains.length > 0 ? [distinct(verdict.mains)] : [...layers.lists.map(distinct), distinct(cards)].filter((list) => list.length > 0);
    const found = readSearch(page, lists, reasons).filter(says);
    const listings = carsOf(found);
    if (listings.length < found.length) reasons.push(listings.length === 0 ? 'no_vehicle' : 'others_left_out');
    return { kind: listings.length > 0 || wanted === 'search' ? 'search' : 'none', listings, links: linksOf(page, listings), reasons };
  }
  const listing = readDetail(page, verdict.mains, reasons);
  if (gone !== null) reasons.push(`gone:${gone}`);
  if (says(listing) && !isCar(listing, page.ownText())) return { kind: 'none', listings: [], links: linksOf(page, []), reasons: [...reasons, 'no_vehicle'] };
  if (!says(listing) || !isOffered(listing, page.head.heading)) return { kind: 'none', listings: [], links: linksOf(page, []), reasons };
  const status0 = listing.fields.status;
  const fields = gone === null || (status0 !== undefined && valueOfStatus(status0.value) === gone) ? listing.fields : { ...listing.fields, status: { value: gone, from: 'selector' as const, confidence: 0.7 } };
  return { kind: 'detail', listings: [{ ...listing, fields }], links: linksOf(page, [{ ...listing, url: null }]), reasons };
};

const valueOfStatus = (value: string | readonly string[]) => (typeof value === 'string' ? value.toLowerCase() : '');
