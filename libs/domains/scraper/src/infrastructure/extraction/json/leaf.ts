import { normalKey, type KeyMeaning } from './keys';
import { isArray, isObject, own, scalar, type Json, type JsonObject } from './types';
import { type CaptureOrigin } from '@autobroker/contracts';
import { type Draft } from '../draft';
import { absolute } from '../html/dom';
import { currencyOf, say, unitOf, vinOf, type Reading } from '../reading';

export interface Leaf {
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

export const currencyBeside = (holder: JsonObject): string | null => {
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

/** What one value under one key says. */
export const sayLeaf = (draft: Draft, leaf: Leaf, reading: Reading, from: CaptureOrigin, confidence: number): void => {
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
    case 'first_registration':
      // `201303`
      return say(draft, meaning, text.replace(/^((?:19|20)\d\d)(0[1-9]|1[0-2])$/u, '$1-$2'), from, confidence);
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

