import { decodeModelYear, lookUpMaker, Vin, type ModelYear } from '@autobroker/kernel';
import { modelOfVin } from './vin-models';

export interface VinReading {
  readonly valid: boolean;
  /** Whether position 9 holds the check digit; outside North America a number is valid without. Null for what is no VIN. */
  readonly check_digit_ok: boolean | null;
  readonly make: string | null;
  readonly model: string | null;
  readonly year: number | null;
  readonly country: string | null;
}

const noVin: VinReading = { valid: false, check_digit_ok: null, make: null, model: null, year: null, country: null };

/** What a number says of a car, and whether it is a VIN at all. A mistyped one still tells its maker. */
export function readVin(text: string, now: Date): VinReading {
  const parsed = Vin.parse(text);
  if (parsed.ok) {
    const decoded = parsed.value.decode(now);
    return {
      valid: true,
      check_digit_ok: parsed.value.hasCheckDigit,
      make: decoded.make ?? null,
      model: modelOfVin(decoded.vin),
      year: yearOf(decoded.modelYear, now),
      country: decoded.country ?? null,
    };
  }
  if (parsed.error.code !== 'vin_check_digit') return noVin;
  const value = Vin.normalise(text);
  const maker = lookUpMaker(value);
  return {
    valid: false,
    check_digit_ok: false,
    make: maker?.make ?? null,
    model: modelOfVin(value),
    year: yearOf(decodeModelYear(value, true, now), now),
    country: maker?.country ?? null,
  };
}

/** Where the code may mean two years, the newer one that has come: most cars that are asked about are young. */
function yearOf(found: ModelYear, now: Date): number | null {
  if (found.certainty === 'certain') return found.year;
  if (found.certainty === 'none') return null;
  return found.candidates.find((year) => year <= now.getUTCFullYear() + 1) ?? null;
}
