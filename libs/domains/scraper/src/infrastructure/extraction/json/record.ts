import { attributesOf } from './attributes';
import { currencyBeside, sayLeaf, type Leaf } from './leaf';
import { carriers, elsewhere, keyMeanings, keyRank, normalKey, secondPrice, shortAttributes, shortKeys, totalPrice, weakPlace, type KeyMeaning } from './keys';
import { isArray, isObject, own, scalar, type Json, type JsonObject } from './types';
import { type CaptureOrigin } from '@autobroker/contracts';
import { newDraft, type Draft } from '../draft';
import { say, sayLabelled, sayPrice, type Reading } from '../reading';
import { sayChunks } from '../page/chunks';
import { labelMeaning } from '../page/labels';

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
  return /^(?:public|gross|total|grs|current|regular|main|consumer)(?:price|amount|raw)?$|^(?:cents|centamount|amount(?:in)?cents)$/u.test(name) ? 'price' : undefined;
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

/** An amount, or a list of that one. */
const amountIn = (value: Json): string | number | null => (isArray(value) ? (value.length === 1 ? amountIn(value[0] ?? null) : null) : typeof value === 'number' ? value : scalar(value));

/** How many of its last digits are behind the point, where an amount is written in the smallest money. */
const minorDigits = ({ key, holder }: Leaf): number => {
  const said = Object.keys(holder).find((name) => /^(?:minorunits?|fractiondigits)$/u.test(normalKey(name)));
  const digits = said === undefined ? null : own(holder, said);
  if (typeof digits === 'number' && Number.isInteger(digits) && digits >= 0 && digits <= 3) return digits;
  // One marketplace's graph calls its amounts of cents so.
  return /cents$|centamount$/u.test(key) || /AmountPrice$/u.test(scalar(own(holder, '__typename')) ?? '') ? 2 : 0;
};

/** `priceType: MIN_BID`: what stands beside it is where the bids begin; `MONTHLY`, a rate. */
const otherType = ({ holder }: Leaf): boolean => {
  // A listing's own type is not that of its price.
  const names = ['id', 'title', 'make', 'model', 'vin'].some((name) => Object.hasOwn(holder, name)) ? /^pricetype$/u : /^(?:price)?type$/u;
  return Object.keys(holder).some((name) => names.test(normalKey(name)) && notTotal.test(scalar(own(holder, name)) ?? ''));
};
const notTotal = /(?:^|_)(?:bid|auction|rent|rental|lease|leasing|monthly)(?:_|$)|^(?:from|starting(?:_(?:at|from))?)$/iu;

const inMajor = (amount: string | number, leaf: Leaf): string | number => {
  const digits = minorDigits(leaf);
  const text = String(amount);
  if (digits === 0 || !/^\d{1,12}$/u.test(text)) return amount;
  const padded = text.padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits).padEnd(2, '0').slice(0, 2)}`;
};

/** The places that name the price most directly; weaker ones only when there are none. */
const pricesOf = (leaves: readonly Leaf[]): readonly Leaf[] => {
  for (const weak of [false, true]) {
    for (const wanted of ['price', 'second_price']) {
      const found = leaves.filter((leaf) => leaf.meaning === wanted && leaf.weak === weak && amountIn(leaf.value) !== null);
      if (found.length > 0) return found;
    }
  }
  return [];
};

/** Short texts without a label: `98K miles` under a title. */
const subtitlesIn = (object: JsonObject, skip: ReadonlySet<Json>, depth = 0): readonly string[] => {
  if (depth > 3) return [];
  return Object.keys(object).flatMap((key) => {
    const value = own(object, key);
    if (value === undefined || value === null || skip.has(value)) return [];
    const said = /sub_?titles?|tagline|keyfacts|key_?specs|^address2|addressline2|^(?:display|vehicle)?location(?:name|label|text)?$/iu.test(key);
    if (isObject(value)) return subtitlesIn(value, skip, depth + 1);
    const items = isArray(value) ? value.slice(0, 20) : [value];
    return items.flatMap((item) => (isObject(item) ? (said ? subtitlesIn(item, skip, depth + 1) : []) : said && typeof item === 'string' && item.length < 60 ? [item] : []));
  });
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
  const first = pricesOf(leaves.filter((leaf) => !isPrice(leaf.meaning) || !otherType(leaf)));
  for (const leaf of first) {
    const text = amountIn(leaf.value);
    if (text !== null) sayPrice(draft, inMajor(text, leaf), reading, from, leaf.weak ? 0.6 : confidence, { machine: true, currency: currencyBeside(leaf.holder) ?? currencyBeside(object) });
  }
  for (const [label, value] of attributesOf(object, skip)) {
    const field = labelMeaning(label);
    if (field === null) continue;
    if (field === 'price') sayPrice(draft, value, reading, from, confidence - 0.1, { machine: false });
    else sayLabelled(draft, field, value, from, confidence - 0.05);
  }
  sayChunks(draft, subtitlesIn(object, skip), reading, from);
  return draft;
};
