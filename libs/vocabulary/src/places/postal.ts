import { plz } from '../data/places/plz';
import { postalAreas, postalPlaces } from '../data/places/postal';
import { zips } from '../data/places/zips';
import { keyOf } from '../text/fold';
import { countryOf, unpack, type Point, type Region } from './gazetteer';

export interface PostalPlace extends Point {
  readonly region: Region | null;
}

const shapes: Readonly<Record<string, RegExp>> = {
  US: /^(\d{5})(?:-?\d{4})?$/u,
  DE: /^(?:D-?)?(\d{5})$/iu,
  FR: /^(?:F-?)?(\d{5})$/iu,
  IT: /^(?:I-?)?(\d{5})$/iu,
  ES: /^(?:E-?)?(\d{5})$/iu,
  AT: /^(?:A-?)?(\d{4})$/iu,
  CH: /^(?:CH-?)?(\d{4})$/iu,
  BE: /^(?:B-?)?(\d{4})$/iu,
  LU: /^(?:L-?)?(\d{4})$/iu,
  DK: /^(?:DK-?)?(\d{4})$/iu,
  NL: /^(?:NL-?)?(\d{4})\s?(?:[A-Z]{2})?$/iu,
  PL: /^(\d{2}-?\d{3})$/u,
  PT: /^(\d{4})(?:-?\d{3})?$/u,
  CZ: /^(\d{3}\s?\d{2})$/u,
  CA: /^([A-Z]\d[A-Z])\s?(?:\d[A-Z]\d)?$/iu,
  GB: /^([A-Z]{1,2})\d[A-Z\d]?\s?(?:\d[A-Z]{2})?$/iu,
  IE: /^([A-Z]\d[\dW])\s?(?:[A-Z\d]{4})?$/iu,
};

/** Only where the shape itself names the country. */
export function countryOfPostalCode(code: string): string | null {
  const text = code.trim();
  if (/^[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}$/iu.test(text)) return 'GB';
  if (/^[A-Z]\d[A-Z]\s?\d[A-Z]\d$/iu.test(text)) return 'CA';
  if (/^\d{4}\s?[A-Z]{2}$/iu.test(text)) return 'NL';
  if (/^\d{2}-\d{3}$/u.test(text)) return 'PL';
  if (/^\d{5}-\d{4}$/u.test(text)) return 'US';
  return null;
}

export const isPostalCode = (code: string, country: string): boolean => shapes[country]?.test(code.trim()) === true;

/** How the country writes it: «SW1A 1AA», «K1A 0B1», «80331». */
export function tidyPostalCode(code: string, country: string | null): string {
  const text = code.trim().toUpperCase().replaceAll(/\s+/gu, ' ');
  if (country === 'GB' && /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/u.test(text)) return `${text.slice(0, -3)} ${text.slice(-3)}`;
  if (country === 'CA' && /^[A-Z]\d[A-Z]\d[A-Z]\d$/u.test(text)) return `${text.slice(0, 3)} ${text.slice(3)}`;
  if (country === 'US' && /^\d{3,4}$/u.test(text)) return text.padStart(5, '0');
  return text.replace(/^(?:D|A|CH|F|I|E|B|L|NL|DK)-(?=\d)/u, '');
}

export function placeOfPostalCode(code: string, country: string): PostalPlace | null {
  const sign = shapes[country]?.exec(code.trim())?.[1]?.toUpperCase().replaceAll(/[\s-]/gu, '');
  if (sign === undefined) return null;
  if (country === 'US') return zip(sign);
  if (country === 'DE') return germanArea(sign);
  return area(sign, country);
}

let zipIndex: Map<string, string> | undefined;

function zip(code: string): PostalPlace | null {
  zipIndex ??= new Map(zips.split('\n').map((line) => [line.slice(0, 3), line]));
  const line = zipIndex.get(code.slice(0, 3));
  if (line === undefined) return null;
  const entry = 8;
  let nearest: number | null = null;
  for (let at = 3; at < line.length; at += entry) {
    if (line.startsWith(code.slice(3), at)) return { ...unpack(line, at + 2), region: null };
    if (nearest === null || Math.abs(Number(line.slice(at, at + 2)) - Number(code.slice(3))) < Math.abs(Number(line.slice(nearest, nearest + 2)) - Number(code.slice(3)))) nearest = at;
  }
  // A code of post-office boxes has no area; its neighbours are close by.
  return nearest === null ? null : { ...unpack(line, nearest + 2), region: null };
}

let plzIndex: Map<string, number> | undefined;

function germanArea(code: string): PostalPlace | null {
  if (plzIndex === undefined) {
    plzIndex = new Map();
    for (let at = 0; at < plz.length; at += 9) plzIndex.set(plz.slice(at, at + 3), at + 3);
  }
  const at = plzIndex.get(code.slice(0, 3));
  return at === undefined ? null : { ...unpack(plz, at), region: null };
}

const areaIndex = new Map<string, Map<string, string>>();

function area(sign: string, country: string): PostalPlace | null {
  const names = areasOf(country);
  for (let length = Math.min(3, sign.length); length > 0; length -= 1) {
    const prefix = sign.slice(0, length);
    const name = names.get(prefix);
    if (name === undefined) continue;
    const town = countryOf(country)?.towns.get(keyOf(name))?.[0];
    const place = postalPlaces[`${country} ${prefix}`];
    if (place !== undefined) return { lat: place[0], lon: place[1], region: town?.region ?? null };
    return town === undefined ? null : { lat: town.lat, lon: town.lon, region: town.region };
  }
  return null;
}

function areasOf(country: string): Map<string, string> {
  const known = areaIndex.get(country);
  if (known !== undefined) return known;
  const text = Object.hasOwn(postalAreas, country) ? (postalAreas[country] ?? '') : '';
  const names = new Map(text.split(',').map((row) => [row.slice(0, row.indexOf(' ')), row.slice(row.indexOf(' ') + 1)]));
  areaIndex.set(country, names);
  return names;
}
