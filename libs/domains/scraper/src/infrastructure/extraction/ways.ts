import { type CaptureOrigin, type CapturedFieldName } from '@autobroker/contracts';
import { absolute, all, attr, textOf, type Document, type Element } from './html/dom';
import { imagesIn } from './json/leaf';
import { follow } from './json/path';
import { isArray, isObject, own, scalar, type Json } from './json/types';
import { pairsIn } from './page/pairs';
import { type Way } from './types';
import { valueOfElement } from './structured/microdata';

/** Where the ways of a map look. */
export interface Place {
  /** The item's own JSON first, then the page's. */
  readonly documents: readonly Json[];
  readonly root: Document | Element | null;
  readonly url: string | null;
  /** JSON that is an API's answer, not a page's state. */
  readonly api: boolean;
}

export interface Found {
  readonly values: readonly string[];
  readonly from: CaptureOrigin;
  readonly confidence: number;
  /** A number of the JSON, which is written for machines. */
  readonly machine: boolean;
}

const textsOf = (value: Json, base: string | null, images: boolean): readonly string[] => {
  if (images) return imagesIn(value, base);
  if (isArray(value)) return value.flatMap((item) => textsOf(item, base, images));
  if (typeof value === 'boolean') return [String(value)];
  const text = scalar(value) ?? (isObject(value) ? (scalar(own(value, 'value')) ?? scalar(own(value, 'name')) ?? scalar(own(value, 'label')) ?? scalar(own(value, 'text'))) : null);
  return text === null || text.trim() === '' ? [] : [text];
};

const byPath = (path: string, place: Place, images: boolean): Found | null => {
  for (const document of place.documents) {
    const found = follow(document, path);
    const values = found.flatMap((value) => textsOf(value, place.url, images));
    if (values.length > 0) return { values, from: place.api ? 'api' : 'embedded_state', confidence: place.api ? 0.98 : 0.93, machine: found.every((value) => typeof value === 'number') || values.every((value) => /^\d+(?:\.\d{1,2})?$/u.test(value)) };
  }
  return null;
};

const byCss = (way: { readonly css: string; readonly attr?: string; readonly all?: boolean }, place: Place, images: boolean): Found | null => {
  if (place.root === null) return null;
  const elements = way.css === ':self' ? [place.root] : all(way.css, place.root);
  const values: string[] = [];
  for (const element of elements.slice(0, 300)) {
    const written = way.attr === undefined || !('attribs' in element) ? textOf(element) : attr(element, way.attr);
    const value = images && written !== undefined ? absolute(written, place.url) : written;
    if (value !== undefined && value !== null && value.trim() !== '') values.push(value);
    if (values.length > 0 && way.all !== true) break;
  }
  return values.length === 0 ? null : { values, from: 'selector', confidence: 0.88, machine: way.attr !== undefined && values.every((value) => /^\d+(?:\.\d{1,2})?$/u.test(value)) };
};

const sameLabel = (a: string, b: string) => a.toLowerCase().replace(/[\s:：*]+/gu, ' ').trim() === b.toLowerCase().replace(/[\s:：*]+/gu, ' ').trim();

const byLabel = (label: string | readonly string[], place: Place): Found | null => {
  if (place.root === null) return null;
  const wanted = typeof label === 'string' ? [label] : label;
  const known = pairsIn(place.root, { everywhere: true, labels: wanted });
  for (const name of wanted) {
    const pair = known.find((each) => sameLabel(each.label, name));
    if (pair !== undefined) return { values: [pair.value], from: 'selector', confidence: 0.88, machine: false };
  }
  return null;
};

const byProperty = (name: string, place: Place): Found | null => {
  if (place.root === null) return null;
  const element = all(`[itemprop~="${name.replace(/["\\]/gu, '')}"], [property~="${name.replace(/["\\]/gu, '')}"]`, place.root)[0];
  if (element === undefined) return null;
  const value = valueOfElement(element, place.url);
  return value === '' ? null : { values: [value], from: attr(element, 'itemprop') === undefined ? 'rdfa' : 'microdata', confidence: 0.92, machine: /^\d+(?:\.\d{1,2})?$/u.test(value) };
};

const lookUp = (way: Way, place: Place, images: boolean): Found | null => {
  if ('path' in way) return byPath(way.path, place, images);
  if ('css' in way) return byCss(way, place, images);
  if ('label' in way) return byLabel(way.label, place);
  if ('itemprop' in way) return byProperty(way.itemprop, place);
  if ('text' in way) return { values: [way.text], from: 'derived', confidence: 0.9, machine: false };
  const found = place.url === null ? null : way.url.exec(place.url);
  return found === null ? null : { values: [found[1] ?? found[0]], from: 'url', confidence: 0.9, machine: false };
};

/** The first of a field's ways that leads to something. */
export const findBy = (ways: readonly Way[] | undefined, place: Place, field?: CapturedFieldName): Found | null => {
  for (const way of ways ?? []) {
    const found = lookUp(way, place, field === 'images');
    if (found === null) continue;
    const { match } = way;
    const values = match === undefined ? found.values : found.values.map((value) => match.exec(value.slice(0, 20_000))).filter((hit) => hit !== null).map((hit) => hit[1] ?? hit[0]);
    if (values.length > 0) return { ...found, values, from: way.from ?? found.from, confidence: way.confidence ?? found.confidence };
  }
  return null;
};

