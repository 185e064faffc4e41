import type { ReadOptions } from './number';
import { scanNumbers, styleOf, valueOf } from './scan';

const KW_PER_PS = 0.735_498_75;
const KW_PER_BHP = 0.745_699_87;
const KW_UNIT = /^\s?kw(?!h|\p{L})/iu;
/** «CV» in Italian, Spanish and French adverts, «ch», «KM» in Polish capitals, «pk» in Dutch: all the metric horse. */
const METRIC_UNIT = /^\s?(?:ps|cv|ch|pk|pferdest\p{L}+|KM)(?!\p{L})/u;
const METRIC_ANY_CASE = /^\s?(?:ps|cv|ch|chx|pk|din|pferdest\p{L}+)(?!\p{L})/iu;
const BRAKE_UNIT = /^\s?(?:b?hp|horse ?power|brake horsepower)(?!\p{L})/iu;
/** The French fiscal horse is a tax class, not a power. */
const FISCAL = /^\s?(?:cv|ch)\.?\s?fisca|^\s?cv\s?fi/iu;

/** Engine power in kW («110 kW (150 PS)», «150 hp», «150 CV», «150 ch», «150 KM»); a bare number is not read. */
export function parsePowerKw(text: string | null | undefined, options: ReadOptions = {}): number | null {
  if (text == null) return null;
  const short = text.slice(0, 600);
  let horses: number | null = null;
  for (const number of scanNumbers(short)) {
    const after = short.slice(number.end, number.end + 20);
    const value = valueOf(number, styleOf(options.locale), 'style');
    if (value === null) continue;
    if (KW_UNIT.test(after)) {
      if (plausible(value)) return Math.round(value);
    } else if (horses === null && !FISCAL.test(after)) {
      const kw = METRIC_UNIT.test(after) || METRIC_ANY_CASE.test(after) ? value * KW_PER_PS : BRAKE_UNIT.test(after) ? value * KW_PER_BHP : null;
      if (kw !== null && plausible(kw)) horses = Math.round(kw);
    }
  }
  return horses;
}

const plausible = (kw: number): boolean => kw >= 3 && kw <= 1_600;

const CC_UNIT = /^\s?(?:cc|ccm|cm3|cm³|cm\^3|cm<sup>3|cc\.|kubik\p{L}*|c\.c\.)(?!\p{L})/iu;
const LITRE_UNIT = /^\s?-?(?:l|ltr|lit(?:er|re|ers|res|ri|ros)?|litrów|litra|t|i|d)(?![\p{L}\d/])/iu;
const CONSUMPTION = /^\s?l\s?\/|^\s?l\s?(?:per|pro|aux|sur|auf)\s?100|^\s?(?:lt|l)\s?\/\s?100/iu;
const SMALLEST_CC = 300;
const LARGEST_CC = 9_000;

/** Displacement in cm³ («1.998 cm³», «2.0L», «1998 cc», «2.0 TDI»); litres come out in hundreds, as they go in. */
export function parseDisplacementCc(text: string | null | undefined, options: ReadOptions = {}): number | null {
  if (text == null) return null;
  const short = text.slice(0, 600);
  const numbers = scanNumbers(short.replaceAll(/(?<=\d[.,]\d)(?=[a-z])/giu, ' '));
  const spaced = short.replaceAll(/(?<=\d[.,]\d)(?=[a-z])/giu, ' ');
  let litres: number | null = null;
  for (const number of numbers) {
    const after = spaced.slice(number.end, number.end + 20);
    if (CC_UNIT.test(after)) {
      const cc = valueOf(number, styleOf(options.locale), 'thousands');
      if (cc !== null && cc >= SMALLEST_CC && cc <= LARGEST_CC) return Math.round(cc);
    } else if (litres === null && !CONSUMPTION.test(after)) {
      litres = inLitres(number.runs, number.separators, LITRE_UNIT.test(after), /^\s*(?:v|r|w|flat)?-?\d?\s*$/iu.test(after));
    }
  }
  if (litres !== null) return litres;
  const [only] = numbers;
  if (only === undefined || numbers.length > 1 || !/^[\s\d.,'\u00a0\u202f]+$/u.test(short)) return null;
  const bare = valueOf(only, styleOf(options.locale), 'thousands');
  return bare !== null && Number.isInteger(bare) && bare >= SMALLEST_CC && bare <= LARGEST_CC ? bare : null;
}

/** «2.0», «1,6», «5.7L», «6L» with its unit. */
function inLitres(runs: readonly string[], separators: string, hasUnit: boolean, endsHere: boolean): number | null {
  const [whole = '', tenths] = runs;
  if (runs.length > 2 || whole.length > 1 || separators.includes(' ')) return null;
  if (tenths === undefined ? !hasUnit : tenths.length !== 1 && !(hasUnit && tenths.length <= 3)) return null;
  const cc = Math.round(Number(`${whole}.${tenths ?? '0'}`) * 1_000);
  return cc >= 600 && cc <= LARGEST_CC && (hasUnit || endsHere || tenths?.length === 1) ? cc : null;
}
