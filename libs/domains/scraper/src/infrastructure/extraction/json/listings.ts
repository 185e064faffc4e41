import { parseJson } from './lenient';
import { readRecord } from './record';
import { isArray, isObject, own, type Json, type JsonObject } from './types';
import { type CaptureOrigin } from '@autobroker/contracts';
import { has, named, valueOf, weight, type Draft } from '../draft';
import { limits } from '../limits';
import { sayTitle } from '../page/words';
import { type Reading } from '../reading';

export interface FoundRecord {
  readonly draft: Draft;
  /** Listings of one list share a group; null for one that stands by itself. */
  readonly group: string | null;
  /** It stands under a key for other cars than the page's own. */
  readonly aside: boolean;
}

const asideKey = /similar|recommend|related|suggest|alternat|recently|viewed|othercars|morefrom|moreads|otherads|promoted|sponsored|upsell|crosssell|comparable|nearby|carousel|youmayalso|featured|spotlight|history|saved|adconfig/iu;
const notCars = /facet|filter|refin|breadcrumb|aggregation|seolink|popular|navigation|footer|option|translations?|i18n|messages|locales|searchcriteria|dropdown|taxonomy|makesmodels|review|article|faq|consent|experiment|featureflag/iu;
const pathId = /^(?:\d{3,}|[0-9a-f]{8}-[0-9a-f-]{20,}|[0-9a-f]{20,}|[a-z]+[:_]\S*\d\S*)$/iu;

/** A car on offer: it has a name, and says what no filter or article says. */
const isListing = (draft: Draft): boolean => {
  if (!named(draft)) return false;
  const car = has(draft, 'make') || has(draft, 'model') || has(draft, 'vin');
  const facts = [draft.prices.length > 0 || has(draft, 'current_bid', 'buy_now_price'), has(draft, 'mileage'), has(draft, 'year', 'first_registration'), has(draft, 'vin'), draft.url !== null || draft.externalId !== null, has(draft, 'fuel', 'gearbox', 'color', 'body'), has(draft, 'images'), has(draft, 'damage', 'lot_number'), has(draft, 'city', 'postal_code')].filter(Boolean).length;
  const strong = draft.prices.length > 0 || has(draft, 'mileage', 'vin', 'current_bid') || draft.notes.has('on_request');
  return strong && facts >= (car ? 3 : 4) && (car || (draft.prices.length > 0 && (has(draft, 'mileage') || has(draft, 'year') || has(draft, 'images'))));
};

/** A listing that has a price and a title has its car in the title. */
const nameByTitle = (draft: Draft): void => {
  const title = valueOf(draft, 'title');
  if (title !== null && draft.prices.length > 0 && !has(draft, 'make', 'model')) sayTitle(draft, title, 'title', 0.6);
};

/** The same car: two objects that both name it the same way. */
const sameCar = (a: Draft, b: Draft) =>
  (['vin', 'make', 'model', 'title'] as const).every((field) => {
    const [one, other] = [valueOf(a, field), valueOf(b, field)];
    return one === null || other === null || one.toLowerCase() === other.toLowerCase();
  }) && (a.externalId === null || b.externalId === null || a.externalId === b.externalId || has(a, 'vin'));

interface Inner {
  readonly object: JsonObject;
  readonly draft: Draft;
  readonly group: string | null;
  readonly aside: boolean;
}

/** An object is read for each level that it may be one with; together that is bounded, too. */
const mostReads = 60_000;

class Finder {
  private values = 0;
  private reads = 0;
  private textsLeft: number = limits.htmlChars;

  constructor(
    private readonly reading: Reading,
    private readonly from: CaptureOrigin,
    private readonly refs: ReadonlyMap<string, JsonObject>,
  ) {}

  /** `group` is the list that a value stands in, by its path. */
  find(value: Json, path: string, group: string | null, aside: boolean, depth: number): Inner[] {
    this.values += 1;
    if (depth > 40 || this.values > limits.jsonValues || typeof value !== 'object' || value === null) return [];
    if (isArray(value)) return value.slice(0, 5_000).flatMap((item) => this.find(item, `${path}[]`, `${path}[]`, aside, depth + 1));
    if (!isObject(value)) return [];
    const inner: Inner[] = [];
    for (const key of Object.keys(value)) {
      const child = /target|track|analytic|datalayer|gtm|seo/iu.test(key) ? own(value, key) : this.opened(own(value, key));
      if (typeof child !== 'object' || child === null || notCars.test(key)) continue;
      const mapped = pathId.test(key);
      const below = mapped ? `${path}.*` : `${path}.${key.slice(0, 60)}`;
      inner.push(...this.find(child, below, mapped ? below : group, aside || asideKey.test(key), depth + 1));
    }
    return this.judge(value, inner, path, group, aside);
  }

  /** A cache of answers keeps them as the text they came in. */
  private opened(value: Json | undefined): Json | undefined {
    if (typeof value !== 'string' || value.length < 40 || this.textsLeft < value.length || !/^\s*(?:\{\s*"|\[\s*\{)/u.test(value)) return value;
    this.textsLeft -= value.length;
    return parseJson(value) ?? value;
  }

  private judge(object: JsonObject, inner: Inner[], path: string, group: string | null, aside: boolean): Inner[] {
    const nested = inner.filter((found) => found.group === group && found.aside === aside);
    if (nested.length > 1) return inner.map((found) => (nested.includes(found) ? { ...found, group: `${path}{}` } : found));
    if (Object.keys(object).length < 2 || this.reads > mostReads) return inner;
    this.reads += 1;
    const [only] = nested;
    // Lists within are cars of their own.
    const apart = new Set<Json>(inner.filter((found) => found !== only).map((found) => found.object));
    const draft = readRecord(object, this.reading, this.from, apart, this.refs);
    nameByTitle(draft);
    if (!isListing(draft)) return inner;
    if (only === undefined) return [{ object, draft, group, aside }, ...inner];
    // An object around one car that says nothing more of it is no second one.
    if (!sameCar(only.draft, draft)) {
      // It names a car itself, apart from what is within: that is then a part of it (codes of the same car, a trade-in).
      const alone = readRecord(object, this.reading, this.from, new Set<Json>([...apart, only.object]), this.refs);
      return isListing(alone) ? [{ object, draft: alone, group, aside }, ...inner.filter((found) => found !== only)] : inner;
    }
    const adds = (weight(draft) > weight(only.draft) + 1 || (draft.prices.length > 0 && only.draft.prices.length === 0) || (draft.url !== null && only.draft.url === null));
    return adds ? [{ object, draft, group, aside }, ...inner.filter((found) => found !== only)] : inner;
  }
}

const refsOf = (document: Json): ReadonlyMap<string, JsonObject> => {
  const refs = new Map<string, JsonObject>();
  const look = (value: Json, depth: number): void => {
    if (!isObject(value) || depth > 4) return;
    for (const key of Object.keys(value)) {
      const child = own(value, key);
      if (!isObject(child)) continue;
      if (/^[A-Z]\w*:/u.test(key)) refs.set(key, child);
      else if (refs.size < 50_000) look(child, depth + 1);
    }
  };
  look(document, 0);
  return refs;
};

/** Every car on offer in a JSON document, however it nests, in its order. */
export const findRecords = (document: Json, reading: Reading, from: CaptureOrigin): readonly FoundRecord[] => {
  const found = new Finder(reading, from, refsOf(document)).find(document, '$', null, false, 0);
  return found.slice(0, limits.listings).map(({ draft, group, aside }) => ({ draft, group, aside }));
};
