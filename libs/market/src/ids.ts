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

export function externalIdOf(source: SourceSlug, number: number, seed: number): string {
  switch (source) {
    case 'autotrader':
      return String(500_000_000 + number);
    case 'cars-com':
    case 'autoscout24':
      return uuidOf(number, seed);
    case 'cargurus':
      return String(300_000_000 + number);
    case 'mobile-de':
      return String(380_000_000 + number);
    case 'ebay':
      return `v1|${110_000_000_000 + number}|0`;
    case 'facebook':
      return String(1_200_000_000_000_000 + number * 7 + (seed % 7));
    case 'gumtree':
      return String(1_400_000_000 + number);
    case 'craigslist':
      return String(7_500_000_000 + number);
    case 'copart':
      return String(40_000_000 + number);
    case 'iaai':
      return String(30_000_000 + number);
    case 'dealer-site':
      return String(10_000 + number);
    case 'dealer-feed':
      return `AB${number.toString(36).toUpperCase().padStart(7, '0')}`;
  }
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
