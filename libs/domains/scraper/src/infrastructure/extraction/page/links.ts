import { absolute, all, attr, first, textOf, tidy, type Document, type Element } from '../html/dom';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iu;
const detailWord = /vehicle-?details?|\/vehicles?\/|\/listings?\/|\/details?[./]|detail\.|\/angebote\/|\/offerte?s?\/|\/p\/|\/ct[od]\/|\/itm\/|\/lots?\/|\/item\/|\/inventory\/.*\d|\/used[-/].*\d|\/fahrzeuge?\/|\/annonces?\/|\/oferta\/|\/d\/|car-?details?|product-?details?|\/cars?\/.*\d|\/auto\/.*\d|\/ad\/|\/advert|\/s-anzeige\/|\/marketplace\/item|\/vdp/iu;
const notDetail = /\/(?:search|lst|results?|login|signin|account|help|about|dealers?|haendler|compare|reviews?|news|research|finance|sell|favou?rites|privacy|terms|contact|blog|magazin|category|tag)(?:[/?.]|$)|[?&](?:page|pageNumber|offset|sort)=/iu;
const ids = /(?:^|[^\d])(\d{5,})(?!.*\d{5,})/u;

/** The id that an address carries: a UUID, the last long number, or what a parameter says. */
export const idInUrl = (url: string | null): string | null => {
  if (url === null) return null;
  try {
    const { pathname, searchParams } = new URL(url);
    const path = decodeURI(pathname);
    const parameter = [...searchParams].find(([name]) => /^(?:id|listingid|adid|vehicleid|inventorylisting|itemid|lot|vin)$/iu.test(name))?.[1];
    return uuid.exec(path)?.[0] ?? parameter ?? ids.exec(path)?.[1] ?? null;
  } catch {
    return null;
  }
};

/** The id in each of the addresses of a list; a number that several of them carry is their seller's. */
export const idsInUrls = (urls: readonly (string | null)[]): ((url: string | null) => string | null) => {
  const keys = new Map<string, Set<string>>();
  for (const url of urls) {
    const id = idInUrl(url);
    if (url !== null && id !== null) keys.set(id, (keys.get(id) ?? new Set()).add(keyOfUrl(url)));
  }
  return (url) => {
    const id = idInUrl(url);
    return id !== null && (keys.get(id)?.size ?? 0) > 1 ? null : id;
  };
};

/** Where an address leads, without what only counts visitors. */
export const keyOfUrl = (url: string): string => {
  try {
    const { hostname, pathname, searchParams } = new URL(url);
    const id = [...searchParams].filter(([name]) => /^(?:id|listingid|adid|vehicleid|inventorylisting|itemid|lot)$/iu.test(name)).map(([name, value]) => `${name.toLowerCase()}=${value}`);
    return `${hostname.replace(/^www\./u, '')}${pathname.replace(/\/+$/u, '').toLowerCase()}${id.length > 0 ? `?${id.join('&')}` : ''}`;
  } catch {
    return url;
  }
};

const siteOf = (url: string) => {
  try {
    return new URL(url).hostname.split('.').slice(-2).join('.');
  } catch {
    return '';
  }
};

export const looksLikeDetail = (url: string): boolean => {
  try {
    const { pathname, search } = new URL(url);
    if (pathname.length < 3 || notDetail.test(pathname + search)) return false;
    return detailWord.test(`${pathname}/`) || uuid.test(pathname) || /\d{6,}/u.test(pathname) || /\/\d{4,}\/?$/u.test(pathname) || /[?&](?:id|listingid|adid|vehicleid)=\d{4,}/iu.test(search);
  } catch {
    return false;
  }
};

export interface DetailLink {
  readonly url: string;
  readonly key: string;
  readonly element: Element;
}

/** Links to pages of single cars, as far as their addresses say. */
export const detailLinks = (document: Document, base: string | null): readonly DetailLink[] => {
  const own = base === null ? '' : siteOf(base);
  const here = base === null ? '' : keyOfUrl(base);
  const links: DetailLink[] = [];
  for (const element of all('a[href]', document).slice(0, 5_000)) {
    const href = attr(element, 'href');
    // A page whose address nobody knows still has links of its own.
    const url = absolute(href, base ?? 'https://page.invalid/');
    if (url === null || !looksLikeDetail(url) || (own !== '' && siteOf(url) !== own)) continue;
    const key = keyOfUrl(url);
    if (key !== here) links.push({ url, key, element });
  }
  return links;
};

const nextWord = /^(?:next(?: page)?|nächste(?: seite)?|weiter|suivante?|page suivante|successiv[ao]|pagina successiva|siguiente|página siguiente|volgende|następn[ay]|›|»|>|→)\s*[›»>→]?$/iu;

export const nextPage = (document: Document, base: string | null): string | null => {
  const marked = first('link[rel~="next" i][href], a[rel~="next" i][href]', document);
  const direct = absolute(marked === null ? null : attr(marked, 'href'), base);
  if (direct !== null) return direct;
  for (const element of all('a[href]', document).slice(0, 5_000)) {
    const said = [attr(element, 'aria-label'), attr(element, 'title'), textOf(element, 40)];
    if (!said.some((text) => text !== undefined && nextWord.test(tidy(text)))) continue;
    const url = absolute(attr(element, 'href'), base);
    if (url !== null && url !== base) return url;
  }
  return null;
};
