import { countryNames } from '../data/places/regions';
import { fold, keyOf, tidy } from '../text/fold';
import { distanceKm } from './distance';
import { countryCodes, countryOf, type Country, type Point, type Region, type Town } from './gazetteer';
import { countryOfPostalCode, isPostalCode, placeOfPostalCode, tidyPostalCode, type PostalPlace } from './postal';

export interface PlaceWords {
  readonly city?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly postalCode?: string | null | undefined;
  readonly country?: string | null | undefined;
  readonly lat?: number | null | undefined;
  readonly lon?: number | null | undefined;
}

export interface Located {
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly precision: 'exact' | 'postal' | 'city' | 'region' | 'country' | 'none';
}

interface Words {
  readonly city: string;
  readonly region: string;
  readonly postalCode: string;
  readonly country: string | null;
}

/**
 * Where a source says a car stands. Names come out as the place calls itself; coordinates are the source's own, else the
 * postal area's, the town's, the region's or the country's, and the precision tells which.
 */
export function locate(written: PlaceWords): Located {
  const words = takeApart(written);
  const found = words.country === null ? guessCountry(words) : inCountry(words, words.country);
  const own = ownPoint(written);
  return own === null ? found : { ...found, ...own, precision: 'exact' };
}

function ownPoint({ lat, lon }: PlaceWords): Point | null {
  if (lat == null || lon == null || !Number.isFinite(lat) || !Number.isFinite(lon)) return null;
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180 || (lat === 0 && lon === 0)) return null;
  return { lat, lon };
}

const countryByName = new Map<string, string>();

function countryCode(text: string | null | undefined): string | null {
  const name = tidy(text ?? '');
  if (name === '') return null;
  if (countryByName.size === 0) {
    for (const [code, names] of Object.entries(countryNames)) for (const alias of [code, ...names.split(',')]) countryByName.set(keyOf(alias), code);
  }
  return countryByName.get(keyOf(name)) ?? (/^[A-Za-z]{2}$/u.test(name) ? name.toUpperCase() : null);
}

/** «80331 München», «Denver, CO 80202», «TX - DALLAS», «London, Greater London», «München (Bayern)», «DE-70173 Stuttgart». */
function takeApart(written: PlaceWords): Words {
  let country = countryCode(written.country);
  let city = tidy(written.city ?? '').slice(0, 120);
  let region = tidy(written.region ?? '').slice(0, 80);
  let postalCode = tidy(written.postalCode ?? '').slice(0, 16);

  const lead = /^(?:(?<land>[A-Z]{1,3})-)?(?<code>\d{2}-\d{3}|\d{4,5}(?: [A-Z]{2}(?![\p{L}]))?)\s+(?<rest>\p{L}.*)$/u.exec(city)?.groups;
  if (lead !== undefined) {
    city = lead['rest'] ?? '';
    postalCode ||= lead['code'] ?? '';
    country ??= lead['land'] === undefined ? null : countryCode(lead['land']);
  }
  const yard = /^(?<region>[A-Z]{2})\s*-\s*(?<rest>\p{L}.*)$/u.exec(city)?.groups;
  if (yard !== undefined) {
    region ||= yard['region'] ?? '';
    city = (yard['rest'] ?? '').replace(/\s+(?:north|south|east|west|central|metro)(?:\s+\w+)?$/iu, '');
    country ??= 'US';
  }
  const bracketed = /^(?<name>[^()]+?)\s*\((?<inner>[^()]*)\)$/u.exec(city)?.groups;
  const [first = '', ...parts] = (bracketed === undefined ? city : `${bracketed['name'] ?? ''}, ${bracketed['inner'] ?? ''}`).split(',').map(tidy);
  for (const part of parts) {
    const code = /(?:^|\s)(?<code>\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})$/u.exec(part)?.groups?.['code'];
    if (code !== undefined) postalCode ||= code;
    const name = tidy(code === undefined ? part : part.slice(0, part.length - code.length));
    const named = region === '' || keyOf(region) !== keyOf(name) ? countryCode(name.length > 2 ? name : null) : null;
    if (named !== null) country ??= named;
    else if (region === '' && name !== '') region = name;
  }
  city = first;
  country ??= countryOfPostalCode(postalCode);
  return { city, region, postalCode, country };
}

function inCountry({ city, region, postalCode }: Words, code: string): Located {
  const country = countryOf(code);
  const written = city === '' ? null : city;
  const postal = postalCode === '' ? null : tidyPostalCode(postalCode, code);
  if (country === null) return { city: written, region: region || null, postalCode: postal, country: code, lat: null, lon: null, precision: 'none' };
  const place = postal === null ? null : placeOfPostalCode(postal, code);
  const named = region === '' ? undefined : country.regions.get(keyOf(region));
  const town = findTown(country, city, named ?? null, place);
  const within: Region | null = named ?? town?.region ?? place?.region ?? (place === null ? null : regionNear(country, place));
  const point: [Point | null, Located['precision']] =
    place !== null && (town === null || distanceKm(place, town) < FAR_KM) ? [bestOf(place, town, code), 'postal'] : town !== null ? [town, 'city'] : within?.middle != null ? [within.middle, 'region'] : [country.middle, 'country'];
  const [at, precision] = point;
  return {
    city: town?.name ?? written,
    region: within?.name ?? (region || null),
    postalCode: postal,
    country: code,
    lat: at?.lat ?? null,
    lon: at?.lon ?? null,
    precision: at === null ? 'none' : precision,
  };
}

/** Farther apart, code and town contradict each other: the town is what people read. */
const FAR_KM = 120;
/** US codes have places of their own; an area of many towns is better told by the town. */
const bestOf = (place: PostalPlace, town: Town | null, country: string): Point => (country === 'US' || town === null || town.size > 5 ? place : town);

function findTown(country: Country, city: string, region: Region | null, place: Point | null): Town | null {
  if (city === '') return null;
  const candidates = namesOf(city).map((name) => country.towns.get(keyOf(name))).find((list) => list !== undefined);
  if (candidates === undefined) return null;
  if (place !== null) {
    const nearest = [...candidates].sort((a, b) => distanceKm(a, place) - distanceKm(b, place))[0];
    if (nearest !== undefined && distanceKm(nearest, place) < FAR_KM) return nearest;
  }
  const [largest] = region === null ? candidates : candidates.filter((town) => town.region === region);
  return largest ?? null;
}

/** «St. Louis» and «Saint Louis», «Frankfurt am Main» and «Frankfurt», «Berlin Mitte», «Greater London». */
function namesOf(city: string): string[] {
  const folded = fold(city);
  return [
    city,
    folded.replace(/^st\.? /u, 'saint '),
    folded.replace(/^saint /u, 'st '),
    folded.replace(/\s+(?:am|an der|a\.|bei|im|in der|ob der)\s.*$/u, ''),
    folded.replace(/^(?:greater|north|south|east|west|central|city of)\s+/u, ''),
    folded.replace(/[\s-]+(?:mitte|nord|sud|ost|west|altstadt|zentrum|cedex\s?\d*|\d+e?)$/u, ''),
    folded.replace(/[/-].*$/u, ''),
  ].filter((name, index, all) => name.trim() !== '' && all.indexOf(name) === index);
}

function regionNear(country: Country, place: Point): Region | null {
  let best: Town | null = null;
  let least = FAR_KM;
  for (const [town] of country.towns.values()) {
    if (town === undefined || Math.abs(town.lat - place.lat) > 1) continue;
    const distance = distanceKm(town, place);
    if (distance < least) [best, least] = [town, distance];
  }
  return best?.region ?? null;
}

/** No country is named: a region that only one has, else the largest town of that name anywhere. */
function guessCountry(words: Words): Located {
  const { city, region, postalCode } = words;
  if (region !== '') {
    for (const code of ['US', 'DE', 'CA', 'GB', 'FR', 'IT', 'ES', 'AT', 'CH', 'PL', 'NL', 'BE', 'IE']) {
      const country = countryOf(code);
      const named = country?.regions.get(keyOf(region));
      if (country != null && named !== undefined && (city === '' || findTown(country, city, named, null) !== null)) return inCountry(words, code);
    }
  }
  let best: [Town, string] | null = null;
  for (const code of city === '' ? [] : countryCodes) {
    const country = countryOf(code);
    const town = country === null ? null : findTown(country, city, null, null);
    if (town !== null && (best === null || town.size > best[0].size) && (postalCode === '' || isPostalCode(postalCode, code))) best = [town, code];
  }
  if (best !== null) return inCountry(words, best[1]);
  return { city: city || null, region: region || null, postalCode: postalCode || null, country: null, lat: null, lon: null, precision: 'none' };
}
