import { Vin } from '@autobroker/kernel';
import { isWellFormedVin, vinFlags } from '../vin-flags';
import type { Doubt } from './listing-facts';

export interface VinReading {
  /** Null for what can be no VIN. */
  readonly vin: string | null;
  readonly doubts: readonly Doubt[];
  /** The model year that it says without doubt. */
  readonly year: number | null;
  readonly make: string | null;
}

/** What a source's VIN says: by itself, before it is held against the rest. */
export function readVin(text: string | null, now: Date): VinReading {
  if (text === null) return { vin: null, doubts: [], year: null, make: null };
  const vin = Vin.normalise(text);
  if (!isWellFormedVin(vin)) return { vin: null, doubts: ['vin_unusable'], year: null, make: null };
  const parsed = Vin.parse(vin);
  if (!parsed.ok) return { vin, doubts: [], year: null, make: null };
  const decoded = parsed.value.decode(now);
  return {
    vin,
    doubts: [],
    year: decoded.modelYear.certainty === 'certain' ? decoded.modelYear.year : null,
    make: decoded.make ?? null,
  };
}

/** What a VIN says against the other facts of its listing. */
export const vinDoubts = (vin: string | null, make: string, year: number): Doubt[] =>
  vinFlags({ vin, make, year }).map((flag): Doubt => `vin_${flag}`);

/** Up to here a VIN tells the model; what follows is the running number, and another one is another car. */
const runningFrom = 11;

/** Whether two VINs are of two cars: not when they are equal, nor when one is a slip of the pen of the other. */
export function vinsQuarrel(a: string | null, b: string | null): boolean {
  if (a === null || b === null || a === b) return false;
  if (a.length !== b.length) return true;
  const off = [...a].flatMap((character, index) => (character === b[index] ? [] : [index]));
  const [first = 0, second = 0] = off;
  if (off.length === 1) return first >= runningFrom;
  return !(off.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first]);
}
