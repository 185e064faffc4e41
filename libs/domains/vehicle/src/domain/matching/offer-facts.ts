import type { MileageUnit } from '@autobroker/kernel';
import type { VehicleFacts } from '../facts';
import { kmPerMile, mileageKm } from '../units';
import type { MatchFacts } from './match';

/** How coarsely a reading was written, by its zeros. */
export function mileageStepKm(value: number, unit: MileageUnit): number {
  const step = value === 0 ? 1 : value % 10_000 === 0 ? 10_000 : value % 1_000 === 0 ? 1_000 : value % 500 === 0 ? 500 : value % 100 === 0 ? 100 : value % 10 === 0 ? 10 : 1;
  return unit === 'mi' ? step * kmPerMile : step;
}

const mostWords = 400;

/** What of a text can be compared: its longer words and its numbers, each once. */
export function wordsOfText(text: string | null): string[] {
  if (text === null) return [];
  const words = text
    .slice(0, 20_000)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 4 || /^\d{2,}$/u.test(word));
  return [...new Set(words)].slice(0, mostWords);
}

export interface OfferTraces {
  readonly referencePrice: { readonly amount: number } | null;
  readonly stockNumber: string | null;
  readonly imageHashes: readonly string[];
  /** Whether the coordinates are of a town or finer. */
  readonly placed: boolean;
}

/** What of a car is compared; of which year it is may not be known. */
export type OfferFacts = Omit<VehicleFacts, 'year' | 'damageType' | 'titleStatus' | 'condition'> & { readonly year: number | null };

/** The same of an offer whose words have been made sense of already. */
export function matchFactsOf(facts: OfferFacts, traces: OfferTraces): MatchFacts {
  const { mileage, location } = facts;
  return {
    vin: facts.vin,
    make: facts.make,
    model: facts.model,
    trim: facts.trim,
    year: facts.year,
    mileageKm: mileage === null ? null : mileageKm(mileage),
    mileageStepKm: mileage === null ? null : mileageStepKm(mileage.value, mileage.unit),
    priceRef: traces.referencePrice?.amount ?? null,
    priceCurrency: facts.price?.currency ?? null,
    priceAsked: facts.price?.amount ?? null,
    colour: facts.exteriorColour,
    fuel: facts.fuel,
    gearbox: facts.gearbox,
    body: facts.body,
    powerKw: facts.powerKw,
    displacementCc: facts.engineDisplacementCc,
    doors: facts.doors,
    postalCode: location.postalCode,
    city: location.city,
    region: location.region,
    country: location.country,
    lat: location.coordinates?.lat ?? null,
    lon: location.coordinates?.lon ?? null,
    placed: traces.placed,
    stockNumber: traces.stockNumber,
    imageHashes: traces.imageHashes,
    words: wordsOfText(facts.description),
  };
}
