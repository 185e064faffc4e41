import { attributesOf } from './attributes';
import { carriers, elsewhere, keyMeanings, keyRank, normalKey, secondPrice, shortAttributes, shortKeys, totalPrice, weakPlace, type KeyMeaning } from './keys';
import { isArray, isObject, own, scalar, type Json, type JsonObject } from './types';
import { type CaptureOrigin } from '@autobroker/contracts';
import { newDraft, type Draft } from '../draft';
import { absolute } from '../html/dom';
import { currencyOf, say, sayLabelled, sayPrice, unitOf, vinOf, type Reading } from '../reading';
import { labelMeaning } from '../page/labels';

interface Leaf {
  readonly meaning: KeyMeaning | 'price' | 'second_price';
  readonly key: string;
  readonly value: Json;
  readonly depth: number;
  readonly rank: number;
  /** The object it stands in, for units and currencies beside it. */
  readonly holder: JsonObject;
  /** It stands where a site repeats itself for its statistics. */
  readonly weak: boolean;
}

const maxDepth = 6;
const carsOnly = /^(?:dealer|seller|owner|account|user|agent|company|merchant|contact|store|franchise)/u;
const places = new Set<KeyMeaning | 'price' | 'second_price'>(['city', 'region', 'postal_code', 'country', 'latitude', 'longitude', 'seller_kind']);
const idLike = /^(?:\d{3,}|[0-9a-f]{8}-[0-9a-f-]{20,}|[0-9a-f]{24,})$/iu;

const meaningOf = (key: string, short: boolean): KeyMeaning | 'price' | 'second_price' | undefined => {
  if (totalPrice.has(key)) return 'price';
  if (secondPrice.has(key)) return 'second_price';
  if (shortKeys.has(key) && !short) return undefined;
  const direct = keyMeanings.get(key);
  if (direct !== undefined) return direct;
  const bare = key.replace(/^(?:vehicle|car|listing|auto|ad|item|localized|normalized|formatted|display)(?=.{3})/u, '');
  return keyMeanings.get(bare) ?? (bare.length > 8 ? keyMeanings.get(bare.replace(/(?:displayname|name|text|label|string|display|formatted|localized)$/u, '')) : undefined);
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

/** Several of one marketplace's short keys side by side. */
const usesAttributes = (object: JsonObject) => ['ml', 'ft', 'tr', 'fr', 'pw', 'cc', 'cn', 'emc', 'con'].filter((key) => Object.hasOwn(object, key)).length >= 3;

const isPrice = (meaning: Leaf['meaning'] | undefined) => meaning === 'price' || meaning === 'second_price';
const auctionMoney = new Set<Leaf['meaning'] | undefined>(['current_bid', 'buy_now_price', 'estimated_value', 'mileage']);

/** What a price's own keys may be: `public`, `gross`; whatever else stands there is another amount. */
const withinPrice = (name: string, meaning: Leaf['meaning'] | undefined): Leaf['meaning'] | undefined => {
  if (isPrice(meaning)) return meaning === 'price' ? 'price' : undefined;
  if (meaning !== undefined) return meaning;
  return /^(?:public|gross|total|grs|current|regular|main|consumer)(?:price|amount|raw)?$/u.test(name) ? 'price' : undefined;
};

interface Above {
  readonly meaning: Leaf['meaning'] | undefined;
  readonly key: string;
  readonly weak: boolean;
}

const visit = (object: JsonObject, above: Above, depth: number, walk: Walk): void => {
  const attributes = usesAttributes(object);
  for (const key of Object.keys(object)) {
    walk.budget -= 1;
    if (walk.budget < 0) return;
    if (depth > 0 && idLike.test(key)) continue;
    const name = normalKey(key.replace(/\(.*\)$/u, ''));
    const value = resolved(own(object, key) ?? null, walk.refs);
    if (value === null || walk.skip.has(value)) continue;
    let meaning = (attributes ? shortAttributes.get(name) : undefined) ?? meaningOf(name, walk.short);
    const carried = above.meaning !== undefined && carriers.has(name);
    // `title` of a make is the make.
    if (carried) meaning = above.meaning;
    else if (isPrice(above.meaning)) meaning = withinPrice(name, meaning);
    const compound = typeof value === 'object';
    if (elsewhere.test(name) && !auctionMoney.has(meaning) && (compound || meaning === undefined || isPrice(meaning))) continue;
    const inSeller = carsOnly.test(above.key);
    const weak = above.weak || weakPlace.test(name);
    if (isObject(value)) {
      if (depth < maxDepth) visit(value, { meaning, key: inSeller ? above.key : name, weak }, depth + 1, walk);
      if (meaning === 'images') add(walk, { meaning, key: name, value, depth, holder: object, weak });
    } else if (meaning !== undefined && !(inSeller && !places.has(meaning)) && !(carried && /^(?:raw|code|type)$/u.test(name) && codes.has(meaning))) {
      add(walk, { meaning, key: carried ? above.key : name, value, depth, holder: object, weak });
    }
  }
};

/** Fields whose raw value or code is a number of the site's own. */
const codes = new Set<Leaf['meaning']>(['make', 'model', 'trim', 'fuel', 'gearbox', 'body', 'color', 'drivetrain', 'condition', 'title', 'interior_color', 'engine']);

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

const besideAddress = (holder: JsonObject) => Object.keys(holder).some((key) => /^(?:city|cityname|town|zip|zipcode|postalcode|postcode|country|countrycode|county|street|address\w*)$/u.test(normalKey(key)));

const currencyBeside = (holder: JsonObject): string | null => {
  for (const key of Object.keys(holder)) {
    if (/^(?:(?:local|price)?currency(?:code|iso|isocode|id)?|isocurrency|cuc|waehrung|währung|devise|valuta|moneda)$/u.test(normalKey(key))) {
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
      if (!/\d/u.test(text)) return say(draft, 'mileage_unit', unitOf(text), from, confidence);
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
      // One letter is a site's own code.
      return typeof value === 'number' || text.length < 2 ? undefined : say(draft, meaning, text, from, confidence);
    case 'gearbox':
    case 'body':
    case 'color':
    case 'drivetrain':
    case 'condition':
      return typeof value === 'number' ? undefined : say(draft, meaning, text, from, confidence);
    case 'region':
      // A `state` that stands beside no other part of an address is a state of something else.
      return leaf.key !== 'state' || besideAddress(leaf.holder) ? say(draft, 'region', text, from, confidence) : undefined;
    case 'power':
      return say(draft, 'power', /kw/u.test(leaf.key) ? `${text} kW` : /hp|horse/u.test(leaf.key) ? `${text} hp` : text, from, confidence);
    case 'current_bid':
    case 'buy_now_price':
    case 'estimated_value':
      // Nobody bid yet; it can't be bought now.
      return Number(text) === 0 ? undefined : say(draft, meaning, text, from, confidence);
    case 'auction_ends_at':
      return say(draft, 'auction_ends_at', /^\d{12,14}$/u.test(text) ? new Date(Number(text)).toISOString() : text, from, confidence);
    case 'listed_at':
      return say(draft, 'listed_at', /^\d{9,11}$/u.test(text) ? new Date(Number(text) * 1_000).toISOString() : /^\d{12,14}$/u.test(text) ? new Date(Number(text)).toISOString() : text, from, confidence);
    default:
      return say(draft, meaning, text, from, confidence);
  }
};

/** The places that name the price most directly; weaker ones only when there are none. */
const pricesOf = (leaves: readonly Leaf[]): readonly Leaf[] => {
  for (const weak of [false, true]) {
    for (const wanted of ['price', 'second_price']) {
      const found = leaves.filter((leaf) => leaf.meaning === wanted && leaf.weak === weak && scalar(leaf.value) !== null);
      if (found.length > 0) return found;
    }
  }
  return [];
};

/** What one object of a source's JSON says of a car. `skip` are objects within that are cars of their own. */
export const readRecord = (object: JsonObject, reading: Reading, from: CaptureOrigin, skip: ReadonlySet<Json> = new Set(), refs: ReadonlyMap<string, JsonObject> = new Map()): Draft => {
  const confidence = from === 'api' || from === 'feed' ? 0.97 : 0.9;
  const draft = newDraft();
  const walk: Walk = { skip, refs, leaves: [], short: usesShortKeys(object), budget: 3_000 };
  visit(object, { meaning: undefined, key: '', weak: false }, 0, walk);
  const leaves = walk.leaves.sort((a, b) => Number(a.weak) - Number(b.weak) || a.depth - b.depth || a.rank - b.rank);
  // An id or an address deep within is somebody else's.
  for (const leaf of leaves) if (!((leaf.meaning === 'id' || leaf.meaning === 'url') && leaf.depth > 2)) sayLeaf(draft, leaf, reading, from, leaf.weak ? 0.6 : confidence);
  // The auction with the short keys writes 0 for what it does not know.
  const unread = draft.claims.findIndex(({ field, value }) => walk.short && field === 'mileage' && Number(value) === 0);
  if (unread !== -1) draft.claims.splice(unread, 1);
  // It counts miles and does not say so.
  if (walk.short && draft.claims.some(({ field }) => field === 'mileage') && !draft.claims.some(({ field }) => field === 'mileage_unit')) say(draft, 'mileage_unit', 'mi', 'derived', 0.7);
  const first = pricesOf(leaves);
  for (const leaf of first) {
    const text = typeof leaf.value === 'number' ? leaf.value : scalar(leaf.value);
    if (text !== null) sayPrice(draft, text, reading, from, leaf.weak ? 0.6 : confidence, { machine: true, currency: currencyBeside(leaf.holder) ?? currencyBeside(object) });
  }
  for (const [label, value] of attributesOf(object, skip)) {
    const field = labelMeaning(label);
    if (field === null) continue;
    if (field === 'price') sayPrice(draft, value, reading, from, confidence - 0.1, { machine: false });
    else sayLabelled(draft, field, value, from, confidence - 0.05);
  }
  return draft;
};
