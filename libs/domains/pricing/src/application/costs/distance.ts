import { distanceKm, locate } from '@autobroker/vocabulary';
import type { Coordinates, MarketCar } from '../../domain/market-car';

export interface Place {
  readonly country: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
}

const kmOfMile = 1.609344;
/** A mile that has begun counts. */
export const milesOf = (km: number): number => Math.ceil(km / kmOfMile);

/** As the crow flies, a fifth more for roads; null where one of the places is not found. */
export function milesBetween({ origin, destination }: { readonly origin: Place; readonly destination: Place }, car: MarketCar | null): number | null {
  const from = origin.postalCode === null && origin.region === null ? (car?.facts.coordinates ?? placeOf({ country: car?.facts.country ?? origin.country, region: car?.facts.region ?? null, postalCode: null })) : placeOf(origin);
  const to = destination.postalCode === null ? null : placeOf(destination);
  if (from === null || to === null) return null;
  return Math.round((distanceKm(from, to) * 1.2) / kmOfMile);
}

/** The middle of a region is nowhere in particular: the way from there would be a guess. */
function placeOf(words: Place): Coordinates | null {
  const { lat, lon, precision } = locate(words);
  return lat === null || lon === null || (precision !== 'postal' && precision !== 'city' && precision !== 'exact') ? null : { lat, lon };
}
