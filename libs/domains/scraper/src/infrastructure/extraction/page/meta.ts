import { newDraft, type Draft } from '../draft';
import { absolute, all, attr, first, textOf, type Document } from '../html/dom';
import { currencyOf, say, sayPrice, unitOf, vinOf, type Reading } from '../reading';
import { labelMeaning } from './labels';

export interface PageHead {
  readonly title: string;
  readonly heading: string;
  readonly ogTitle: string;
  readonly ogType: string;
  readonly canonical: string | null;
  readonly lang: string;
  readonly meta: ReadonlyMap<string, readonly string[]>;
}

export const readHead = (document: Document, base: string | null): PageHead => {
  const meta = new Map<string, string[]>();
  for (const element of all('meta', document).slice(0, 500)) {
    const name = (attr(element, 'property') ?? attr(element, 'name') ?? attr(element, 'itemprop') ?? '').toLowerCase();
    const content = attr(element, 'content');
    if (name !== '' && content !== undefined && content !== '') meta.set(name, [...(meta.get(name) ?? []), content]);
  }
  const title = first('title', document);
  const heading = all('h1', document).map((element) => textOf(element, 400)).find((text) => text !== '');
  const canonical = first('link[rel~="canonical" i]', document);
  const html = first('html', document);
  return {
    title: title === null ? '' : textOf(title, 400),
    heading: heading ?? '',
    ogTitle: meta.get('og:title')?.[0] ?? meta.get('twitter:title')?.[0] ?? '',
    ogType: meta.get('og:type')?.[0] ?? '',
    canonical: absolute(canonical === null ? null : attr(canonical, 'href'), base) ?? absolute(meta.get('og:url')?.[0], base),
    lang: (html === null ? undefined : attr(html, 'lang')) ?? meta.get('og:locale')?.[0] ?? '',
    meta,
  };
};

/** A title without the site's own name at its end. */
const withoutName = (title: string, siteName: string | null, url: string | null): string => {
  const found = /^(.{4,})\s+[|–—·-]\s+([^|–—·]{2,40})$/u.exec(title);
  if (found === null) return title;
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\d]/gu, '');
  const last = bare(found[2] ?? '');
  const host = url === null ? [] : (/^https?:\/\/([^/:?#]+)/iu.exec(url)?.[1] ?? '').toLowerCase().split('.');
  return last === bare(siteName ?? '') || host.includes(last) || host.slice(-2).join('') === last ? (found[1] ?? title) : title;
};

/** What the head says for those who share the page. */
export const readMeta = (head: PageHead, reading: Reading): Draft => {
  const draft = newDraft();
  const one = (...names: readonly string[]) => names.map((name) => head.meta.get(name)?.[0]).find((found) => found !== undefined) ?? null;
  say(draft, 'title', withoutName(head.ogTitle, one('og:site_name'), reading.url), 'meta', 0.6);
  const currency = one('product:price:currency', 'og:price:currency', 'product:sale_price:currency');
  const sale = one('product:sale_price:amount');
  for (const written of sale === null ? [one('product:price:amount'), one('og:price:amount')] : [sale]) {
    if (written !== null) sayPrice(draft, written, reading, 'meta', 0.8, { machine: true, currency: currencyOf(currency) });
  }
  say(draft, 'make', one('product:brand', 'og:brand', 'vehicle:make', 'product:make'), 'meta', 0.7);
  say(draft, 'model', one('vehicle:model', 'product:model'), 'meta', 0.7);
  say(draft, 'year', one('vehicle:year', 'product:year'), 'meta', 0.7);
  say(draft, 'condition', one('product:condition', 'vehicle:condition'), 'meta', 0.6);
  const mileage = one('product:mileage:value', 'vehicle:mileage:value', 'vehicle:mileage');
  say(draft, 'mileage', mileage, 'meta', 0.7);
  say(draft, 'mileage_unit', unitOf(one('product:mileage:unit', 'vehicle:mileage:unit')), 'meta', 0.7);
  const vin = one('vehicle:vin', 'product:vin');
  if (vin !== null) say(draft, 'vin', vinOf(vin), 'meta', 0.7);
  for (const at of ['1', '2', '3', '4']) {
    const label = one(`twitter:label${at}`);
    const value = one(`twitter:data${at}`);
    const field = label === null ? null : labelMeaning(label);
    if (field === 'price' && value !== null) sayPrice(draft, value, reading, 'meta', 0.65, { machine: false });
    else if (field !== null && field !== 'vin') say(draft, field, value, 'meta', 0.6);
  }
  say(draft, 'images', (head.meta.get('og:image') ?? []).map((url) => absolute(url, reading.url)).filter((url) => url !== null), 'meta', 0.7);
  const position = /^(-?\d+\.\d+)\s*[;,]\s*(-?\d+\.\d+)$/u.exec(one('geo.position', 'icbm') ?? '');
  if (position !== null) {
    say(draft, 'latitude', position[1], 'meta', 0.7);
    say(draft, 'longitude', position[2], 'meta', 0.7);
  }
  say(draft, 'city', one('geo.placename', 'og:locality', 'business:contact_data:locality'), 'meta', 0.6);
  say(draft, 'description', one('og:description', 'description'), 'meta', 0.4);
  draft.url = head.canonical;
  return draft;
};
