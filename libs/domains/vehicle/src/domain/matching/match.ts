import type { Body, Fuel, Gearbox } from '@autobroker/kernel';

/** What two offers are compared by, in one spelling and one unit; null where an offer is silent. */
export interface MatchFacts {
  readonly vin: string | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly trim: string | null;
  readonly year: number | null;
  readonly mileageKm: number | null;
  /** In the installation's currency, minor units: prices in different currencies compare there. */
  readonly priceRef: number | null;
  readonly colour: string | null;
  readonly fuel: Fuel | null;
  readonly gearbox: Gearbox | null;
  readonly body: Body | null;
  readonly powerKw: number | null;
  readonly displacementCc: number | null;
  readonly doors: number | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly stockNumber: string | null;
  /** Perceptual hashes of pictures, 16 hex digits each. */
  readonly imageHashes: readonly string[];
  /** Words of the description that say something of this car, lowered. */
  readonly words: readonly string[];
}

export interface MatchDecision {
  /** 0 (surely different) to 1 (surely the same car). */
  readonly score: number;
  readonly same: boolean;
  /** What spoke for and against, the weightiest first. */
  readonly why: readonly string[];
}

/** From here on two offers are taken for one car. */
export const sameFrom = 0.5;

export function decideMatch(a: MatchFacts, b: MatchFacts): MatchDecision {
  if (a.vin !== null && b.vin !== null) {
    return a.vin === b.vin ? { score: 1, same: true, why: ['same VIN'] } : { score: 0, same: false, why: ['different VINs'] };
  }
  const names = a.make !== null && a.make === b.make && a.model !== null && a.model === b.model && a.year === b.year;
  const mileage = a.mileageKm !== null && b.mileageKm !== null && Math.abs(a.mileageKm - b.mileageKm) <= Math.max(50, a.mileageKm * 0.002);
  const place = a.postalCode !== null && a.postalCode === b.postalCode;
  const score = names && mileage ? (place ? 0.9 : 0.6) : 0;
  return { score, same: score >= sameFrom, why: [names ? 'same make, model and year' : 'different names', mileage ? 'same mileage' : 'different mileage'] };
}
