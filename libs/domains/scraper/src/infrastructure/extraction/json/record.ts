import { attributesOf } from './attributes';
import { carriers, elsewhere, keyMeanings, keyRank, normalKey, secondPrice, shortKeys, totalPrice, type KeyMeaning } from './keys';
import { isArray, isObject, own, scalar, type Json, type JsonObject } from './types';
import { type CaptureOrigin } from '@autobroker/contracts';
import { newDraft, type Draft } from '../draft';
import { absolute } from '../html/dom';
import { currencyOf, say, sayPrice, unitOf, vinOf, type Reading } from '../reading';
import { labelMeaning } from '../page/labels';

interface Leaf {
  readonly meaning: KeyMeaning | 'price' | 'second_price';
  readonly key: string;
  readonly value: Json;
  readonly depth: number;
  readonly rank: number;
  /** The object it stands in, for units and currencies beside it. */
  readonly holder: JsonObject;
}

const maxDepth = 6;
const carsOnly = /^(?:dealer|seller|owner|account|user|agent|company|merchant|contact|store|franchise)/u;
const places = new Set<KeyMeaning | 'price' | 'second_price'>(['city', 'region', 'postal_code', 'country', 'latitude', 'longitude', 'seller_kind']);
const idLike = /^(?:\d{3,}|[0-9a-f]{8}-[0-9a-f-]{20,}|[0-9a-f]{24,})$/iu;

const meaningOf = (key: string, short: boolean): KeyMeaning | 'price' | 'second_price' | undefined => {
  if (totalPrice.has(key)) return 'price';
  if (secondPrice.has(key)) return 'second_price';
  if (shortKeys.has(key) && !short) return undefined;
  return keyMeanings.get(key) ?? keyMeanings.get(key.replace(/^(?:vehicle|car|listing|auto|ad|item)(?=.{3})/u, ''));
};

/** Does an object use the short keys of the auction that has them? */
const usesShortKeys = (object: JsonObject) => ['ln', 'mkn', 'lcy', 'orr', 'lmg', 'lm', 'dd', 'ld'].filter((key) => Object.hasOwn(object, key)).length >= 3;

interface Walk {
  readonly skip: ReadonlySet<Json>;
  readonly refs: ReadonlyMap<string, JsonObject>;
  readonly leaves: Leaf[];
  readonly short: boolean;
  budget: number;
}

const resolved = (value: Json, refs: ReadonlyMap<string, JsonObject>): Json => {
  if (!isObject(value)) return value;
  const ref = own(value, '__ref');
  return typeof ref === 'string' ? (refs.get(ref) ?? null) : value;
};

const visit = (object: JsonObject, above: KeyMeaning | 'price' | 'second_price' | undefined, aboveKey: string, depth: number, walk: Walk): void => {
  for (const key of Object.keys(object)) {
    walk.budget -= 1;
    if (walk.budget < 0) return;
    if (depth > 0 && idLike.test(key)) continue;
    const name = normalKey(key.replace(/\(.*\)$/u, ''));
    const value = resolved(own(object, key) ?? null, walk.refs);
    if (value === null || walk.skip.has(value)) continue;
    let meaning = meaningOf(name, walk.short);
    const carried = above !== undefined && carriers.has(name);
    // What a price holds is a price only under a key that says so; `title` of a make is the make.
    if (carried) meaning = above;
    else if ((above === 'price' || above === 'second_price') && (meaning === undefined || meaning === 'price' || meaning === 'second_price')) meaning = /^(?:price|total|public|gross|consumer|main|current|regular|grs|min)/u.test(name) && !elsewhere.test(name) ? (totalPrice.has(name) || name === 'public' || name === 'gross' || name === 'total' || name === 'grs' ? 'price' : undefined) : meaning === 'price' ? 'price' : undefined;
    if (elsewhere.test(name) && meaning !== 'current_bid' && meaning !== 'buy_now_price' && meaning !== 'estimated_value' && meaning !== 'mileage') {
      if (isObject(value) || isArray(value) || meaning === undefined || meaning === 'price' || meaning === 'second_price') continue;
    }
    const inSeller = carsOnly.test(aboveKey);
    if (isObject(value)) {
      if (depth < maxDepth) visit(value, meaning, inSeller ? aboveKey : name, depth + 1, walk);
      // An image that is an object, a bare place.
      if (meaning === 'images') add(walk, { meaning, key: name, value, depth, holder: object });
    } else if (meaning !== undefined && !(inSeller && !places.has(meaning))) add(walk, { meaning, key: carried ? aboveKey : name, value, depth, holder: object });
  }
};

const add = (walk: Walk, leaf: Omit<Leaf, 'rank'>): void => {
  walk.leaves.push({ ...leaf, rank: keyRank.get(leaf.key) ?? 50 });
};

const unitBeside = (leaf: Leaf): 'km' | 'mi' | null => {
  for (const key of Object.keys(leaf.holder)) {
    const name = normalKey(key);
    if (/^(?:unit|unitcode|units|unittext|mileageunit|odometerunit|unitofmeasure|uom|odometertype|mileageunitofmeasure)$/u.test(name)) {
      const unit = unitOf(scalar(own(leaf.holder, key)));
      if (unit !== null) return unit;
    }
  }
  if (/km|kilom|chilom/u.test(leaf.key)) return 'km';
  return /miles/u.test(leaf.key) ? 'mi' : null;
};

const currencyBeside = (holder: JsonObject): string | null => {
  for (const key of Object.keys(holder)) {
    if (/^(?:currency|currencycode|pricecurrency|currencyiso|isocurrency|cuc)$/u.test(normalKey(key))) {
      const value = own(holder, key);
      const code = currencyOf(scalar(value) ?? (isObject(value) ? (scalar(own(value, 'code')) ?? scalar(own(value, 'id'))) : null));
      if (code !== null) return code;
    }
  }
  return null;
};

/** Addresses of pictures in whatever holds them; `{size}`-like templates are none. */
export const imagesIn = (value: Json, base: string | null, depth = 0): readonly string[] => {
  if (depth > 4) return [];
  if (typeof value === 'string') {
    if (!/^(?:https?:)?\/\/|^\/[^/]/u.test(value) || /[{}\s]/u.test(value)) return [];
    const url = absolute(value, base);
    return url === null ? [] : [url];
  }
  if (isArray(value)) return value.slice(0, 200).flatMap((item) => imagesIn(item, base, depth + 1));
  if (!isObject(value)) return [];
  for (const key of ['url', 'src', 'uri', 'href', 'imageUrl', 'contentUrl', 'large', 'full', 'original', 'xl', 'hdUrl', 'thumbnail', 'images', 'photos', 'image', 'sources', 'picture', 'edges', 'node']) {
    const found = imagesIn(own(value, key) ?? null, base, depth + 1);
    if (found.length > 0) return found;
  }
  return [];
};

const sayLeaf = (draft: Draft, leaf: Leaf, reading: Reading, from: CaptureOrigin, confidence: number): void => {
  const { meaning, value } = leaf;
  const text = scalar(value);
  if (meaning === 'images') return say(draft, 'images', imagesIn(value, reading.url), from, confidence);
  if (meaning === 'features') {
    if (isArray(value)) say(draft, 'features', value.map((item) => scalar(item) ?? (isObject(item) ? scalar(own(item, 'name') ?? own(item, 'label') ?? own(item, 'id')) : null) ?? ''), from, confidence);
    return;
  }
  if (meaning === 'status') {
    if (typeof value === 'boolean') {
      if (value) say(draft, 'status', /pending/u.test(leaf.key) ? 'pending' : 'sold', from, confidence);
    } else say(draft, 'status', text, from, confidence);
    return;
  }
  if (meaning === 'keys' || meaning === 'seller_kind') {
    const said = typeof value === 'boolean' ? (meaning === 'keys' ? (value ? 'yes' : 'no') : value === /private/u.test(leaf.key) ? 'private' : 'dealer') : text;
    return say(draft, meaning, said, from, confidence);
  }
  if (text === null) return;
  switch (meaning) {
    case 'id':
      if (draft.externalId === null && /^[\w.|:~-]{1,120}$/u.test(text)) draft.externalId = text;
      return;
    case 'url': {
      const url = /^[\s]*(?:https?:)?\/|^[\w-]+\/[\w-]/u.test(text) ? absolute(text, reading.url) : null;
      if (draft.url === null && url !== null && !/\.(?:jpe?g|png|webp|gif|svg|avif)(?:$|\?)/iu.test(url)) draft.url = url;
      return;
    }
    case 'price':
    case 'second_price':
      return;
    case 'vin':
      return say(draft, 'vin', vinOf(text), from, confidence);
    case 'mileage': {
      say(draft, 'mileage', text, from, confidence);
      const unit = unitBeside(leaf);
      if (unit !== null) say(draft, 'mileage_unit', unit, from, confidence);
      return;
    }
    case 'mileage_unit':
      return say(draft, 'mileage_unit', unitOf(text), from, confidence);
    case 'make':
    case 'model':
      // A number is somebody's id of a make, not its name. Models may be numbers, but short ones.
      if (typeof value === 'number' && (meaning === 'make' || value > 9_999 || value < 10)) return;
      return say(draft, meaning, text, from, confidence);
    case 'trim':
      return /^\d+(?:\.\d+)?$|^v\d/iu.test(text) || text.length > 120 ? undefined : say(draft, 'trim', text, from, confidence);
    case 'year':
      return /^(?:19|20)\d\d(?!\d)/u.test(text) ? say(draft, 'year', text.slice(0, 4), from, confidence) : undefined;
    case 'fuel':
    case 'gearbox':
    case 'body':
    case 'color':
    case 'drivetrain':
    case 'condition':
      return typeof value === 'number' ? undefined : say(draft, meaning, text, from, confidence);
    case 'power':
      return say(draft, 'power', /kw/u.test(leaf.key) ? `${text} kW` : /hp|horse/u.test(leaf.key) ? `${text} hp` : text, from, confidence);
    case 'auction_ends_at':
      return say(draft, 'auction_ends_at', /^\d{12,14}$/u.test(text) ? new Date(Number(text)).toISOString() : text, from, confidence);
    case 'listed_at':
      return say(draft, 'listed_at', /^\d{9,11}$/u.test(text) ? new Date(Number(text) * 1_000).toISOString() : /^\d{12,14}$/u.test(text) ? new Date(Number(text)).toISOString() : text, from, confidence);
    default:
      return say(draft, meaning, text, from, confidence);
  }
};

/** What one object of a source's JSON says of a car. `skip` are objects within that are cars of their own. */
export const readRecord = (object: JsonObject, reading: Reading, from: CaptureOrigin, skip: ReadonlySet<Json> = new Set(), refs: ReadonlyMap<string, JsonObject> = new Map()): Draft => {
  const confidence = from === 'api' || from === 'feed' ? 0.97 : 0.9;
  const draft = newDraft();
  const walk: Walk = { skip, refs, leaves: [], short: usesShortKeys(object), budget: 3_000 };
  visit(object, undefined, '', 0, walk);
  const leaves = walk.leaves.sort((a, b) => a.depth - b.depth || a.rank - b.rank);
  // An id or an address deep within is somebody else's.
  for (const leaf of leaves) if (!((leaf.meaning === 'id' || leaf.meaning === 'url') && leaf.depth > 2)) sayLeaf(draft, leaf, reading, from, confidence);
  const first = leaves.filter(({ meaning }) => meaning === 'price');
  for (const leaf of first.length > 0 ? first : leaves.filter(({ meaning }) => meaning === 'second_price')) {
    const text = typeof leaf.value === 'number' ? leaf.value : scalar(leaf.value);
    if (text !== null) sayPrice(draft, text, reading, from, confidence, { machine: true, currency: currencyBeside(leaf.holder) ?? currencyBeside(object) });
  }
  for (const [label, value] of attributesOf(object, skip)) {
    const field = labelMeaning(label);
    if (field === null) continue;
    if (field === 'price') sayPrice(draft, value, reading, from, confidence - 0.1, { machine: false });
    else if (field === 'vin') say(draft, 'vin', vinOf(value), from, confidence - 0.05);
    else say(draft, field, value, from, confidence - 0.05);
  }
  return draft;
};
