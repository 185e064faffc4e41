import type { Price } from '../facts';
import { matchFactsOf, type MatchFacts } from '../matching';
import { mileageKm } from '../units';
import type { IdentifiedListing } from './listing-facts';

const key = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** By what a listing finds the listings that may be of the same car, and by what they find it. Each is selective. */
export interface MatchKeys {
  readonly makeKey: string;
  readonly modelKey: string;
  /** Null where nobody says it: then any year will do. */
  readonly year: number | null;
  readonly mileageKm: number | null;
  readonly vin: string | null;
  readonly stockKey: string | null;
  readonly placeKey: string | null;
  readonly imageHashes: readonly string[];
}

const mostHashes = 8;

export function matchKeysOf(facts: IdentifiedListing): MatchKeys {
  const { location, stockNumber } = facts;
  const place = location.city ?? location.postalCode;
  return {
    makeKey: key(facts.make),
    modelKey: key(facts.model),
    year: facts.year,
    mileageKm: facts.mileage === null ? null : mileageKm(facts.mileage),
    vin: facts.vin,
    // A short number is every other dealer's.
    stockKey: stockNumber !== null && key(stockNumber).length >= 4 ? key(stockNumber) : null,
    placeKey: place === null || location.country === null ? null : `${location.country.toLowerCase()}|${key(place)}`,
    imageHashes: facts.imageHashes.slice(0, mostHashes),
  };
}

/** So many words of a description tell cars apart; more would only take room. */
const mostWords = 150;

export function tracesOf(facts: IdentifiedListing, referencePrice: Price | null): MatchFacts {
  const match = matchFactsOf(facts, {
    referencePrice,
    stockNumber: facts.stockNumber,
    imageHashes: facts.imageHashes.slice(0, mostHashes),
    placed: facts.location.coordinates !== null && (facts.location.city !== null || facts.location.postalCode !== null),
  });
  return { ...match, words: match.words.slice(0, mostWords) };
}
