import type { MileageUnit } from '@autobroker/kernel';
import type { ReadOptions } from './number';
import { scanNumbers, styleOf, valueOf, type NumberStyle, type WrittenNumber } from './scan';

export interface MileageOptions extends ReadOptions {
  /** What a bare number is in. */
  readonly unit?: MileageUnit | null | undefined;
}

export interface MileageRead {
  readonly value: number;
  readonly unit: MileageUnit;
}

const UNIT = /^[ \u00a0\u202f.]?\s?(?:(km|kms|kil[oó]m[eèé]t\p{L}*|chilometri|tkm)|(mi|mls|mile|miles|meilen|millas|milles|miglia|mijl|mil)|m)(?![\p{L}\d/])/iu;
const SPEED_OR_CONSUMPTION = /^\s?(?:km|mi|m)\.?\s?\/\s?(?:h|l|kwh|charge)|^\s?(?:mph|mpg|kmh|l\s?\/\s?100)/iu;
/** Not how far it has gone: how far it can, how long a warranty or a service holds. */
const OTHER_DISTANCE = /(?:reichweite|range|autonom\p{L}*|bereik|zasi[eę]g|garantie|warranty|guarantee|service (?:in|due|alle|every)|away|entfern\p{L}*|radius|within|umkreis|per (?:year|annum)|next service)\W{0,4}$/iu;
const OTHER_AFTER = /^\W{0,3}(?:reichweite|range|away|entfernt|autonom\p{L}*|warranty|garantie|per (?:year|annum|100)|radius|from you|\/\s?100)/iu;
/** «l/100 km», «5 l auf 100 km». */
const PER = /(?:\/|(?:^|\s)(?:auf|aux|sur|per|pro|su|cada|op))\s*$/iu;
const BOUND = /(?:under|below|less than|up to|over|more than|unter|bis|über|ab|from|moins de|plus de|meno di|fino a|menos de|hasta|minder dan|tot|poniżej|max\.?|<|>|\+)\s*$/iu;
const RANGE_MARK = /^\s*(?:km|mi|miles)?\s*(?:-|–|—|to|bis|à|a)\s*$/iu;
const NOTHING = /^\s*(?:n\/?a|nil|unknown|k\.\s?a\.?|keine angabe|tmu|not (?:actual|specified|listed)|exempt|-+|–|—)?\s*$/iu;
const PER_THOUSAND = /^\s?tkm/iu;
const MOST = 2_000_000;

/**
 * How far a car has gone. A bound or a span («under 10k», «10,000–19,999») is not a reading of the odometer, so it is
 * null, and so is a range or a consumption. Where several distances stand, the one with the mileage's own unit wins.
 */
export function parseMileage(text: string | null | undefined, options: MileageOptions = {}): MileageRead | null {
  if (text == null || NOTHING.test(text.slice(0, 60))) return null;
  const short = text.slice(0, 600);
  const style = styleOf(options.locale);
  const numbers = scanNumbers(short);
  const readings: MileageRead[] = [];
  let spans = 0;
  numbers.forEach((number, index) => {
    const previous = numbers[index - 1];
    const before = short.slice(Math.max(previous?.end ?? 0, number.start - 24), number.start);
    if (previous !== undefined && RANGE_MARK.test(short.slice(previous.end, number.start))) spans += 1;
    if (BOUND.test(before)) {
      spans += 1;
      return;
    }
    const reading = readOne(short, number, before, style, options.unit ?? null, numbers.length === 1);
    if (reading !== null) readings.push(reading);
  });
  if (spans > 0) return null;
  const [first] = readings;
  // «77,249 km (48,000 mi)»: the first is the one that was measured.
  return first ?? null;
}

function readOne(text: string, number: WrittenNumber, before: string, style: NumberStyle, unit: MileageUnit | null, alone: boolean): MileageRead | null {
  const bare = text.slice(number.end, number.end + 24);
  const thousandKm = number.scale === 1 && PER_THOUSAND.test(bare);
  const after = thousandKm ? bare.replace(PER_THOUSAND, ' km') : bare;
  if (SPEED_OR_CONSUMPTION.test(after) || PER.test(before) || /(?:^|\s)[-−]$/u.test(before) || OTHER_DISTANCE.test(before)) return null;
  const marked = UNIT.exec(after);
  if (marked !== null && OTHER_AFTER.test(after.slice(marked[0].length))) return null;
  const named = marked === null ? null : marked[1] !== undefined ? 'km' : 'mi';
  const resolved = named ?? (alone ? bareUnit(text, number, unit) : labelled(before, unit));
  if (resolved === null) return null;
  const value = valueOf(number, style, number.scale === 1 && !thousandKm ? 'thousands' : 'style');
  if (value === null) return null;
  const distance = Math.round(value * (thousandKm ? 1_000 : 1));
  return distance >= 0 && distance <= MOST ? { value: distance, unit: resolved } : null;
}

const LABEL = /(?:mileage|odometer|kilometerstand|km-stand|laufleistung|kilométrage|chilometraggio|kilometraje|kilometros|kilómetros|tellerstand|kilometerstand|przebieg|km|miles)\W{0,4}$/iu;
const AROUND = /^[^\p{L}]*(?:k\b|tsd\.?|approx\.?|ca\.?|circa|about|only|nur|mileage|odometer|odo|kilometerstand|km-stand|laufleistung|kilométrage|chilometraggio|kilometraje|tellerstand|przebieg|actual|exact)?[^\p{L}]*$/iu;

/** A field that holds one number and nothing that says otherwise. */
function bareUnit(text: string, number: WrittenNumber, unit: MileageUnit | null): MileageUnit | null {
  const rest = `${text.slice(0, number.start)} ${text.slice(number.end)}`;
  const label = /km|kilom|chilom/iu.test(rest) ? 'km' : /\bmiles?\b/iu.test(rest) ? 'mi' : unit;
  const words = rest.replaceAll(/\b(?:km|miles?|mi)\b/giu, ' ').replaceAll(/[()]/gu, ' ');
  return label !== null && words.split(/\s+/u).every((word) => AROUND.test(word)) ? label : null;
}

function labelled(before: string, unit: MileageUnit | null): MileageUnit | null {
  if (!LABEL.test(before)) return null;
  return /km|kilom|chilom/iu.test(before) ? 'km' : /miles/iu.test(before) ? 'mi' : unit;
}
