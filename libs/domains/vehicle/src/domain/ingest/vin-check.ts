import { Vin, type ModelYear } from '@autobroker/kernel';
import { isWellFormedVin, vinFlags } from '../vin-flags';
import { vinLikeness } from '../vin-slip';
import type { Doubt } from './listing-facts';

export interface VinReading {
  /** Null for what can be no VIN. */
  readonly vin: string | null;
  readonly doubts: readonly Doubt[];
  /** The model year that it says without doubt. */
  readonly year: number | null;
  /** Or the one that its maker's use of the code makes likely. */
  readonly likelyYear: number | null;
  readonly make: string | null;
}

/** What a source's VIN says: by itself, before it is held against the rest. */
export function readVin(text: string | null, now: Date): VinReading {
  if (text === null) return { vin: null, doubts: [], year: null, likelyYear: null, make: null };
  const vin = Vin.normalise(text);
  if (!isWellFormedVin(vin)) return { vin: null, doubts: ['vin_unusable'], year: null, likelyYear: null, make: null };
  const parsed = Vin.parse(vin);
  if (!parsed.ok) return { vin, doubts: [], year: null, likelyYear: null, make: null };
  const decoded = parsed.value.decode(now);
  return {
    vin,
    doubts: [],
    year: decoded.modelYear.certainty === 'certain' ? decoded.modelYear.year : null,
    likelyYear: likelyYear(decoded.vin, decoded.modelYear, now),
    make: decoded.make ?? null,
  };
}

/** Makers of Europe and Korea that put the model year into position 10 although they need not: Volkswagen's brands, Porsche, Volvo, Kia and Hyundai. */
const tellsYear = /^(?:WVW|WVG|WV[12]|WAU|WA1|WUA|TRU|TMB|VSS|WP[01]|YV[14]|U5Y|KN[AE]|KMH|TMA|NLH)/u;

/** Of two years thirty apart the newer one: hardly a car is as old as the other would make it. */
function likelyYear(vin: string, found: ModelYear, now: Date): number | null {
  if (found.certainty !== 'uncertain' || !tellsYear.test(vin)) return null;
  return found.candidates.find((year) => year <= now.getUTCFullYear() + 1) ?? null;
}

/** What a VIN says against the other facts of its listing. */
export const vinDoubts = (vin: string | null, make: string, year: number): Doubt[] =>
  vinFlags({ vin, make, year }).map((flag): Doubt => `vin_${flag}`);

/** Whether two VINs are of two cars, whatever else agrees. */
export const vinsQuarrel = (a: string | null, b: string | null): boolean => a !== null && b !== null && vinLikeness(a, b) === 'different';
