import { type CapturedFieldName } from '@autobroker/contracts';
import { has, valueOf, weight, type Draft } from './draft';
import { type HtmlPage } from './html-page';
import { contradicts, isAnother, namedIn, sameListing } from './match-drafts';
import { idInUrl, keyOfUrl } from './page/links';
import { pricesIn } from './page/money';
import { namesCar, yearIn } from './page/words';
import { type FoundVehicle } from './structured/vehicles';

export interface Layers {
  /** What each layer says of the page's own car. */
  readonly mains: readonly Draft[];
  readonly lists: readonly (readonly Draft[])[];
  /** Somebody says that these are results, even when it is one. */
  readonly saidList: boolean;
}

const pointsHere = (draft: Draft, page: HtmlPage): boolean => {
  const addresses = [page.url, page.head.canonical].filter((url) => url !== null);
  const key = draft.url === null ? null : keyOfUrl(draft.url);
  return addresses.some((url) => (key !== null && key === keyOfUrl(url) && idInUrl(url) !== null) || (draft.externalId !== null && draft.externalId.length >= 5 && url.includes(draft.externalId)) || (has(draft, 'vin') && url.toUpperCase().includes(valueOf(draft, 'vin') ?? '#')));
};

/** Results, not one car. */
const listTitle = /\b\d[\d.,']*\s+(?:used |new |gebrauchte |results|cars|vehicles|listings|fahrzeuge|angebote|treffer|annonces|annunci|resultados|coches|auto's|ogłosze|resultaten|résultats|risultati|wyników|ergebnisse|zoekresultaten|advertenties|occasions)|\b(?:search results|used cars for sale|cars for sale (?:in|near)|gebrauchtwagen (?:kaufen|in|suchen)|suchergebnis|voitures? d'occasion|annonces? (?:de )?voiture|auto usate|coches de segunda mano|tweedehands auto|samochody osobowe|inventory|all cars)\b/iu;

/** The page's headings say that it is about this one car. */
const headed = (draft: Draft, page: HtmlPage): boolean => {
  const { heading, title, ogTitle } = page.head;
  if (listTitle.test(heading) || (heading === '' && listTitle.test(title))) return false;
  const year = valueOf(draft, 'year');
  return [heading, ogTitle, title].some((text) => namedIn(draft, text) >= 0.99 && (year === null || yearIn(text) === null || yearIn(text) === year));
};

const same = (a: Draft, b: Draft): boolean => {
  if (sameListing(a, b)) return true;
  if (contradicts(a, b)) return false;
  const [one, other] = [a.prices[0]?.amount, b.prices[0]?.amount];
  return (one === undefined || other === undefined || Number(one) === Number(other)) && (valueOf(a, 'title') === valueOf(b, 'title') || valueOf(a, 'model') !== null);
};

/** It says something of a car, not only that there is one. */
const substantial = (draft: Draft) => weight(draft) >= 3 && (draft.prices.length > 0 || has(draft, 'mileage', 'vin', 'model', 'current_bid', 'lot_number') || draft.notes.has('on_request'));

/** What only a single car has. */
const ownedFields = new Set<CapturedFieldName>(['price', 'mileage', 'vin', 'first_registration', 'current_bid', 'lot_number']);
const isOwned = (draft: Draft) => draft.prices.length > 0 || draft.notes.has('on_request') || has(draft, ...ownedFields);

/** A model's page speaks of a span of prices, not of a car. */
const isOffer = (found: FoundVehicle) => !(found.draft.notes.has('range') && found.draft.prices.length === 0 && !has(found.draft, 'mileage', 'vin'));

/** Of several cars that stand by themselves in one layer: the page's own (in as many parts as it is written), and the others. */
const part = (drafts: readonly Draft[], page: HtmlPage): { readonly mains: readonly Draft[]; readonly rest: readonly Draft[] } => {
  const [first] = drafts;
  if (first === undefined) return { mains: [], rest: [] };
  if (drafts.every((draft) => draft === first || same(first, draft))) return { mains: drafts, rest: [] };
  const here = drafts.filter((draft) => pointsHere(draft, page));
  const named = here.length > 0 ? here : drafts.filter((draft) => headed(draft, page));
  const [own] = named;
  if (own === undefined || !named.every((draft) => draft === own || same(own, draft))) return { mains: [], rest: drafts };
  return { mains: named, rest: drafts.filter((draft) => !named.includes(draft)) };
};

/** A product whose name the headings share; what is sold with a car (a guarantee, a set of wheels) has another. */
const isHeading = (name: string | null, { head }: HtmlPage): boolean => {
  const wordsOf = (text: string) => text.toLowerCase().split(/[^\p{L}\d]+/u).filter((word) => word !== '');
  const own = wordsOf(name ?? '');
  const there = new Set(wordsOf(`${head.heading} ${head.ogTitle} ${head.title}`));
  return own.length === 0 || own.filter((word) => there.has(word)).length * 2 >= own.length;
};

const splitVehicles = (found: readonly FoundVehicle[], page: HtmlPage): Layers => {
  const usable = found.filter((each) => !each.aside && isOffer(each) && substantial(each.draft));
  const single = usable.filter((each) => !each.listed && (each.vehicle || namesCar(valueOf(each.draft, 'title') ?? '') || (page.pairs().length >= 4 && isHeading(valueOf(each.draft, 'title'), page))));
  const { mains, rest } = part(single.map(({ draft }) => draft), page);
  const listed = usable.filter((each) => each.listed).map(({ draft }) => draft);
  return { mains, lists: [listed, rest].filter((list) => list.length > 0), saidList: listed.length > 0 };
};

/** The one of a map of cars (the page's own, and others that it may show) that the headings name with its year. */
const headedWithYear = (drafts: readonly Draft[], page: HtmlPage): Draft | undefined => {
  const texts = [page.head.heading, page.head.ogTitle, page.head.title].filter((text) => text !== '' && !listTitle.test(text));
  const named = drafts.filter((draft) => {
    const year = valueOf(draft, 'year');
    return year !== null && texts.some((text) => namedIn(draft, text) >= 0.99 && yearIn(text) === year);
  });
  return named.length === 1 ? named[0] : undefined;
};

export const resultLike = /(?:results?|listings|inventory|tiles|items|search\w*|ads|vehicles|hits|edges|cars|offers)(?:\[\]|\.\*|\{\})?$|^@/iu;

const splitRecords = (page: HtmlPage): Layers => {
  const usable = page.records().filter((found) => !found.aside);
  const groups = new Map<string, Draft[]>();
  for (const { group, draft } of usable) if (group !== null) groups.set(group, [...(groups.get(group) ?? []), draft]);
  const alone = usable.filter(({ group }) => group === null).map(({ draft }) => draft);
  for (const [group, drafts] of groups) {
    // One car in a list that is not called results, or the only one of a map by ids, is no list of cars.
    if (drafts.length > 1 || (resultLike.test(group) && !group.endsWith('.*'))) continue;
    groups.delete(group);
    alone.push(...drafts);
  }
  const { mains, rest } = part(alone, page);
  return { mains, lists: [...groups.values(), rest].filter((list) => list.length > 0), saidList: [...groups.keys()].some((group) => resultLike.test(group)) };
};

/** A single car that the headings do not speak of is one that is shown beside the page's own. */
const withoutOthers = (layers: Layers, page: HtmlPage): Layers => {
  const { heading, title } = page.head;
  const said = heading !== '' && namesCar(heading) ? heading : title;
  if (!namesCar(said) || listTitle.test(said)) return layers;
  return { ...layers, mains: layers.mains.filter((draft) => pointsHere(draft, page) || !isAnother(draft, said)) };
};

export const layersOf = (page: HtmlPage): Layers => {
  const layers = [splitVehicles(page.jsonLd(), page), splitVehicles(page.microdata(), page), splitVehicles(page.rdfa(), page), splitRecords(page)].map((one) => withoutOthers(one, page));
  return { mains: layers.flatMap(({ mains }) => mains), lists: layers.flatMap(({ lists }) => lists), saidList: layers.some(({ saidList }) => saidList) };
};

export const distinct = (drafts: readonly Draft[]): readonly Draft[] => {
  const kept: Draft[] = [];
  const seen = new Set<string>();
  for (const draft of drafts) {
    const key = valueOf(draft, 'vin') ?? draft.externalId ?? (draft.url === null ? null : keyOfUrl(draft.url)) ?? `${valueOf(draft, 'title')}|${valueOf(draft, 'make')}|${valueOf(draft, 'model')}|${valueOf(draft, 'year')}|${draft.prices[0]?.amount}|${valueOf(draft, 'mileage')}`;
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(draft);
  }
  return kept;
};

/** The fullest of the lists that a page holds: with the most to say in all. */
export const fullest = (lists: readonly (readonly Draft[])[]): readonly Draft[] =>
  [...lists].sort((a, b) => b.reduce((sum, draft) => sum + weight(draft), 0) - a.reduce((sum, draft) => sum + weight(draft), 0))[0] ?? [];

/** An ad without a word for machines: its heading is a car, its address has a number, and it shows one price. */
const isPlainAd = (page: HtmlPage, heading: string): boolean =>
  namesCar(heading) && !listTitle.test(heading) && idInUrl(page.url ?? page.head.canonical) !== null && pricesIn(page.document, page.reading, page).amounts.size === 1;

/** `Ford Contour for sale in Washington`: results, of which there may be only one. It leads to a page of its own. */
const isOnlyResult = (draft: Draft, page: HtmlPage, heading: string): boolean => {
  const address = page.url ?? page.head.canonical;
  const id = idInUrl(draft.url);
  return address !== null && draft.url !== null && id !== null && !address.includes(id) && keyOfUrl(draft.url) !== keyOfUrl(address) && yearIn(heading) === null && /\b(?:for sale (?:in|near)|zu verkaufen in|kaufen in|à vendre à|in vendita a|te koop in)\b/iu.test(heading);
};

/** A number of its own in the address, or a fact or a price that stands apart from all cars that the page leads to. */
const showsOwn = (page: HtmlPage): boolean =>
  idInUrl(page.url ?? page.head.canonical) !== null || page.pairs().some(({ field }) => ownedFields.has(field)) || pricesIn(page.document, page.reading, page).amounts.size === 1;

export interface Verdict {
  readonly kind: 'detail' | 'search' | 'none';
  readonly mains: readonly Draft[];
}

/** One car or many: what the layers hold, and what the headings and the address say. */
export const judge = (page: HtmlPage, layers: Layers, wanted: 'detail' | 'search' | undefined): Verdict => {
  const cards = page.cards().filter((card) => !card.aside).map(({ draft }) => draft);
  const lists = [...layers.lists.map(distinct), distinct(cards)];
  const most = Math.max(0, ...lists.map((list) => list.length));
  const own = layers.mains.filter((draft) => pointsHere(draft, page) || headed(draft, page));
  const listed = lists.flat().find((draft) => pointsHere(draft, page)) ?? (cards.length < 3 ? headedWithYear(layers.lists.flatMap((list) => [...distinct(list)]), page) : undefined);
  const heading = page.head.heading === '' ? page.head.title : page.head.heading;
  const facts = new Set(page.pairs().map(({ field }) => field)).size;
  const told = facts >= 4 && !listTitle.test(heading) && namesCar(heading);
  if (wanted === 'detail') {
    const mains = own.length > 0 ? own : layers.mains.length > 0 ? layers.mains : listed === undefined ? [] : [listed];
    return mains.length > 0 || facts >= 2 || namesCar(heading) ? { kind: 'detail', mains } : { kind: 'none', mains: [] };
  }
  if (wanted === 'search') return { kind: most > 0 || layers.saidList ? 'search' : 'none', mains: [] };
  // `Used BMW i4` above twenty of them is what they are, not one of them.
  const described = most >= 3 && own.every((draft) => !pointsHere(draft, page) && !isOwned(draft)) && !showsOwn(page);
  if (own.length > 0 && !described && own.every((draft) => draft.url === null || isOnlyResult(draft, page, heading)) && own.some((draft) => draft.url !== null)) return { kind: 'search', mains: own.filter((draft) => draft.url !== null) };
  if (own.length > 0 && !described) return { kind: 'detail', mains: own };
  if (layers.mains.length > 0 && most < 2) return { kind: 'detail', mains: layers.mains };
  if (listed !== undefined && !listTitle.test(heading)) return { kind: 'detail', mains: [listed] };
  if (told && (most < 20 || idInUrl(page.url) !== null) && !layers.saidList) return { kind: 'detail', mains: layers.mains };
  if (most >= 2 || (layers.saidList && most > 0)) return { kind: 'search', mains: [] };
  return told || isPlainAd(page, heading) ? { kind: 'detail', mains: [] } : { kind: 'none', mains: [] };
};
