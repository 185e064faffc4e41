import { mix } from './dice';
import type { Car } from './car';
import type { SourceSlug } from './sources';

/** A prime, so that multiplying below it never meets itself. */
const PRIME = 2_147_483_647;
const FACTOR = 48_271;
const INVERSE = 1_899_818_559;
/** Posts that one car can have over its time. */
export const MAX_POSTS = 16;

/** A number for every post there can be, no two the same, in no order that anybody sees. */
export function postNumber(carIndex: number, ordinal: number): number {
  return ((carIndex * MAX_POSTS + ordinal + 1) * FACTOR) % PRIME;
}

export function carAndOrdinal(number: number): { carIndex: number; ordinal: number } {
  const place = Number((BigInt(number) * BigInt(INVERSE)) % BigInt(PRIME)) - 1;
  return { carIndex: Math.floor(place / MAX_POSTS), ordinal: place % MAX_POSTS };
}

/** Where the numbers of a source begin. */
const bases: Readonly<Record<Exclude<SourceSlug, 'cars-com' | 'autoscout24' | 'facebook' | 'dealer-feed'>, number>> = {
  autotrader: 500_000_000,
  cargurus: 300_000_000,
  'mobile-de': 380_000_000,
  ebay: 110_000_000_000,
  gumtree: 1_400_000_000,
  craigslist: 7_500_000_000,
  copart: 40_000_000,
  iaai: 30_000_000,
  'dealer-site': 10_000,
};
const FACEBOOK = 1_200_000_000_000_000;

export function externalIdOf(source: SourceSlug, number: number, seed: number): string {
  switch (source) {
    case 'cars-com':
    case 'autoscout24':
      return uuidOf(number, seed);
    case 'ebay':
      return `v1|${bases.ebay + number}|0`;
    case 'facebook':
      return String(FACEBOOK + number * 7 + (seed % 7));
    case 'dealer-feed':
      return `AB${number.toString(36).toUpperCase().padStart(7, '0')}`;
    default:
      return String(bases[source] + number);
  }
}

/** The number behind an id of the source, if it can be one at all: the asker compares the whole. */
export function numberOf(source: SourceSlug, externalId: string): number | undefined {
  const digits = source === 'ebay' ? externalId.split('|')[1] : externalId;
  const number = source === 'cars-com' || source === 'autoscout24' ? Number.parseInt(externalId.slice(-8), 16)
    : source === 'dealer-feed' ? Number.parseInt(externalId.slice(2), 36)
    : source === 'facebook' ? Math.floor((Number(digits) - FACEBOOK) / 7)
    : Number(digits) - bases[source];
  return Number.isSafeInteger(number) && number > 0 && number < PRIME ? number : undefined;
}

/** Looks like a random UUID (version 4); the end is the number, so that it can't meet another. */
function uuidOf(number: number, seed: number): string {
  const hex = (salt: number): string => mix(seed, number, salt).toString(16).padStart(8, '0');
  const [a, b, c] = [hex(1), hex(2), hex(3)];
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${number.toString(16).padStart(8, '0')}`;
}

export function pathOf(source: SourceSlug, externalId: string, car: Car): string {
  const make = slug(car.spec.make.name);
  const model = slug(car.spec.name);
  switch (source) {
    case 'autotrader':
      return `/cars-for-sale/vehicle/${externalId}`;
    case 'cars-com':
      return `/vehicledetail/${externalId}/`;
    case 'cargurus':
      return `/Cars/detailListingJson.action?inventoryListing=${externalId}`;
    case 'autoscout24':
      return `/angebote/${make}-${model}-${externalId}`;
    case 'mobile-de':
      return `/fahrzeuge/details.html?id=${externalId}`;
    case 'ebay':
      return `/buy/browse/v1/item/${encodeURIComponent(externalId)}`;
    case 'facebook':
      return `/marketplace/item/${externalId}`;
    case 'gumtree':
      return `/p/${make}/${car.year}-${make}-${model}/${externalId}`;
    case 'craigslist':
      return `/cto/d/${slug(car.place.city)}-${car.year}-${make}-${model}/${externalId}.html`;
    case 'copart':
      return `/public/data/lotdetails/solr/${externalId}`;
    case 'iaai':
      return `/VehicleDetail/${externalId}~US`;
    case 'dealer-site':
      return `/fahrzeug/${make}-${model}-${externalId}`;
    case 'dealer-feed':
      return `/feed/inventory.${car.country === 'GB' ? 'xml' : 'csv'}#${externalId}`;
  }
}

export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-zA-Z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .toLowerCase();
}
