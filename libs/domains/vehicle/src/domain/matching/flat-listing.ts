import { isCurrencyCode, Vin } from '@autobroker/kernel';
import {
  bodyOf,
  canonicalCar,
  colourOf,
  fuelOf,
  gearboxOf,
  locate,
  parseDisplacementCc,
  parseMileage,
  parseNumber,
  parsePowerKw,
  parsePrice,
  parseYear,
} from '@autobroker/vocabulary';
import { mileageKm } from '../units';
import type { MatchFacts } from './match';
import { mileageStepKm, wordsOfText } from './offer-facts';

/** A listing as somebody wrote it down: any field may be missing, a number or a text, in the site's own words. */
export type FlatListing = Readonly<Record<string, unknown>>;

/** An amount in major units of a currency, in minor units of the one that prices are compared in; null without a rate. */
export type ToReference = (amount: number, currency: string) => number | null;

const milesCountries = new Set(['US', 'GB', 'LR', 'MM']);
const milesCurrencies = new Set(['USD', 'GBP']);

/** Reads a listing's words for the match. */
export function matchFactsOfFlat(listing: FlatListing, toReference: ToReference): MatchFacts {
  const text = (...names: string[]): string | null => {
    for (const name of names) {
      const value = listing[name];
      if (typeof value === 'string' && value.trim() !== '') return value.trim();
      if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    }
    return null;
  };
  const given = <T>(value: string | null, read: (text: string) => T | null): T | null => (value === null ? null : read(value));

  const named = { make: text('make', 'brand'), model: text('model'), trim: text('trim', 'variant', 'version'), title: text('title', 'name') };
  const year = given(text('year', 'model_year', 'first_registration'), parseYear);
  const car = canonicalCar({
    ...(year === null ? {} : { year }),
    ...(named.make === null ? {} : { make: named.make }),
    ...(named.model === null ? {} : { model: named.model }),
    ...(named.trim === null ? {} : { trim: named.trim }),
    ...(named.title === null ? {} : { title: named.title }),
  });
  const place = placeOf(text);
  const currency = text('currency')?.toUpperCase() ?? null;
  const price = priceOf(text('price'), currency, toReference);
  const engine = text('engine', 'motor');
  const vin = given(text('vin'), (value) => {
    const parsed = Vin.parse(value);
    return parsed.ok ? parsed.value.value : null;
  });
  const unit = text('mileage_unit', 'odometer_unit');
  return {
    vin,
    make: car.make,
    model: car.model,
    trim: car.trim,
    year,
    ...mileageOf(text('mileage', 'odometer', 'km', 'miles'), unit, milesBy(place.country, price.currency ?? currency)),
    priceRef: price.ref,
    priceCurrency: price.currency,
    priceAsked: price.asked,
    colour: given(text('color', 'colour', 'exterior_color'), colourOf),
    fuel: given(text('fuel', 'fuel_type'), fuelOf) ?? given(engine, fuelOf),
    gearbox: given(text('gearbox', 'transmission'), gearboxOf),
    body: given(text('body', 'body_type'), bodyOf),
    powerKw: given(text('power'), parsePowerKw) ?? given(engine, parsePowerKw),
    displacementCc: given(text('displacement'), parseDisplacementCc) ?? given(engine, parseDisplacementCc),
    doors: given(text('doors'), (value) => parseNumber(value)),
    postalCode: place.postalCode,
    city: place.city,
    region: place.region,
    country: place.country,
    lat: place.lat,
    lon: place.lon,
    placed: place.precision === 'exact' || place.precision === 'postal' || place.precision === 'city',
    stockNumber: text('stock_number'),
    imageHashes: Array.isArray(listing['image_hashes']) ? listing['image_hashes'].filter((hash) => typeof hash === 'string') : [],
    words: wordsOfText(text('description')),
  };
}

type Text = (...names: string[]) => string | null;

function placeOf(text: Text): ReturnType<typeof locate> {
  const [lat, lon] = [Number(text('lat', 'latitude') ?? Number.NaN), Number(text('lon', 'lng', 'longitude') ?? Number.NaN)];
  const part = (name: string, value: string | null): Record<string, string> => (value === null ? {} : { [name]: value });
  return locate({
    ...part('city', text('city', 'location')),
    ...part('region', text('region', 'state', 'province')),
    ...part('postalCode', text('postal_code', 'zip', 'postcode')),
    ...part('country', text('country')),
    ...(Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon } : {}),
  });
}

function priceOf(text: string | null, currency: string | null, toReference: ToReference): { ref: number | null; currency: string | null; asked: number | null } {
  if (text === null) return { ref: null, currency: null, asked: null };
  // A bare decimal is a machine's: no locale has a say in it.
  const plain = /^\d+(?:\.\d{1,2})?$/u.test(text);
  const read = plain ? { kind: 'price' as const, amount: text, currency: null } : parsePrice(text, currency !== null && isCurrencyCode(currency) ? { currency } : {});
  if (read.kind !== 'price') return { ref: null, currency: null, asked: null };
  const known = read.currency ?? currency;
  const amount = Number(read.amount);
  if (!Number.isFinite(amount) || amount <= 1) return { ref: null, currency: known, asked: null };
  // Where nobody says the currency, amounts still compare with each other.
  const asked = Math.round(amount * 100);
  return { ref: known === null ? asked : toReference(amount, known), currency: known, asked };
}

const milesBy = (country: string | null, currency: string | null): boolean =>
  country === null ? currency !== null && milesCurrencies.has(currency) : milesCountries.has(country);

function mileageOf(text: string | null, unit: string | null, miles: boolean): Pick<MatchFacts, 'mileageKm' | 'mileageStepKm'> {
  if (text === null) return { mileageKm: null, mileageStepKm: null };
  const said = unit === null ? null : /^m/iu.test(unit) ? ('mi' as const) : ('km' as const);
  const read = parseMileage(text, { unit: said ?? (miles ? 'mi' : 'km') });
  if (read === null) return { mileageKm: null, mileageStepKm: null };
  return { mileageKm: mileageKm(read), mileageStepKm: mileageStepKm(read.value, read.unit) };
}
