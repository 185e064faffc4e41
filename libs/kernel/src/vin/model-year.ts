/** The thirty codes of position 10; I, O, Q, U, Z and 0 are not used. The letters begin with 1980 and again with 2010. */
const CODES = 'ABCDEFGHJKLMNPRSTVWXY123456789';
const CYCLE = CODES.length;
const FIRST = 1980;

/**
 * What position 10 says about the model year.
 * - `certain`: the rules of the North American market hold
 * - `uncertain`: many makers elsewhere use the code too, but none has to; the candidates, newest first
 * - `none`: it is no year code
 */
export type ModelYear =
  | { readonly certainty: 'certain'; readonly year: number }
  | { readonly certainty: 'uncertain'; readonly candidates: readonly number[] }
  | { readonly certainty: 'none' };

export function decodeModelYear(vin: string, northAmericanRules: boolean, asOf?: Date): ModelYear {
  const index = CODES.indexOf(vin.charAt(9));
  if (index < 0) return { certainty: 'none' };
  const old = FIRST + index;
  // 49 CFR 565.15(d)(1): for cars and light trucks a digit in position 7 means the cycle that began with 1980.
  if (northAmericanRules) return { certainty: 'certain', year: /\d/u.test(vin.charAt(6)) ? old : old + CYCLE };
  // A model year may begin a calendar year early, and some makers announce still earlier.
  const latest = asOf === undefined ? Number.POSITIVE_INFINITY : asOf.getUTCFullYear() + 2;
  const candidates = [old + CYCLE, old].filter((year) => year <= latest);
  return candidates.length === 0 ? { certainty: 'none' } : { certainty: 'uncertain', candidates };
}

export function isModelYearCode(character: string): boolean {
  return character.length === 1 && CODES.includes(character);
}
