import { cities } from '../data/places/cities';
import { exonyms, regions } from '../data/places/regions';
import { keyOf } from '../text/fold';

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

export interface Town extends Point {
  readonly name: string;
  readonly region: Region;
  /** 0 to 9: doubling and a half each. */
  readonly size: number;
}

export interface Region {
  readonly code: string;
  /** As it is called at home; the USA and Canada use their codes. */
  readonly name: string;
  middle: Point | null;
}

export interface Country {
  readonly code: string;
  /** By folded name, the largest first. */
  readonly towns: ReadonlyMap<string, readonly Town[]>;
  readonly regions: ReadonlyMap<string, Region>;
  readonly middle: Point | null;
}

const PLACE_DIGITS = 6;
const HALF = 3;

/** A hundredth of a degree in base 36, three digits each: see tools/gazetteer.mjs. */
export function unpack(text: string, at: number): Point {
  const part = (from: number): number => Number.parseInt(text.slice(from, from + HALF), 36);
  return { lat: (part(at) - 9_000) / 100, lon: (part(at + HALF) - 18_000) / 100 };
}

const made = new Map<string, Country>();

/** A country is read when the first place in it is asked for. */
export function countryOf(code: string): Country | null {
  const known = made.get(code);
  if (known !== undefined) return known;
  const text = Object.hasOwn(cities, code) ? cities[code] : undefined;
  if (text === undefined) return null;
  const country = readCountry(code, text);
  made.set(code, country);
  return country;
}

export const countryCodes: readonly string[] = Object.keys(cities);

function readCountry(code: string, text: string): Country {
  const byName = readRegions(code);
  const byCode = new Map([...byName.values()].map((region) => [region.code, region]));
  const homeNames = readExonyms(code);
  const towns = new Map<string, Town[]>();
  const all: Town[] = [];
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    const regionCode = line.slice(0, colon);
    const region = byCode.get(regionCode) ?? { code: regionCode, name: regionCode, middle: null };
    const here: Town[] = [];
    for (const entry of line.slice(colon + 1).split(';')) {
      const end = entry.length - PLACE_DIGITS;
      const written = entry.slice(0, end - 1);
      const name = homeNames.get(keyOf(written)) ?? written;
      const town = { name, region, size: Number(entry[end - 1]), ...unpack(entry, end) };
      here.push(town);
      add(towns, keyOf(written), town);
      if (name !== written) add(towns, keyOf(name), town);
    }
    region.middle = middleOf(here);
    all.push(...here);
  }
  for (const [alias, home] of homeNames) {
    const named = towns.get(keyOf(home));
    if (named !== undefined && !towns.has(alias)) towns.set(alias, named);
  }
  for (const list of towns.values()) if (list.length > 1) list.sort((a, b) => b.size - a.size);
  return { code, towns, regions: byName, middle: middleOf(all) };
}

function add(towns: Map<string, Town[]>, key: string, town: Town): void {
  const list = towns.get(key);
  if (list === undefined) towns.set(key, [town]);
  else list.push(town);
}

function readRegions(code: string): Map<string, Region> {
  const byName = new Map<string, Region>();
  const text = Object.hasOwn(regions, code) ? (regions[code] ?? '') : '';
  for (const line of text.split('\n')) {
    const [regionCode = '', name = '', others = ''] = line.split('|');
    const region: Region = { code: regionCode, name, middle: null };
    for (const alias of [name, ...others.split(',')]) {
      const key = keyOf(alias);
      if (key !== '') byName.set(key, region);
    }
  }
  return byName;
}

/** What others call a town → what it calls itself. */
function readExonyms(code: string): Map<string, string> {
  const names = new Map<string, string>();
  const text = Object.hasOwn(exonyms, code) ? (exonyms[code] ?? '') : '';
  for (const pair of text.split(';')) {
    const [home = '', others = ''] = pair.split('=');
    for (const other of others.split(',')) if (other !== '') names.set(keyOf(other), home);
  }
  return names;
}

/** Weighted by size: a region's middle is where its people are. */
function middleOf(towns: readonly Town[]): Point | null {
  let [lat, lon, weight] = [0, 0, 0];
  for (const town of towns) {
    const share = 2.6 ** town.size;
    lat += town.lat * share;
    lon += town.lon * share;
    weight += share;
  }
  return weight === 0 ? null : { lat: rounded(lat / weight), lon: rounded(lon / weight) };
}

const rounded = (degrees: number): number => Math.round(degrees * 100) / 100;
