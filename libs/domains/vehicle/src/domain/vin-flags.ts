import { Vin } from '@autobroker/kernel';
import type { VehicleFacts } from './facts';

/**
 * What a VIN says against the rest of the facts. A car with a doubtful VIN is kept and marked: at sources such doubts are
 * common, and they matter to whoever buys.
 */
export type VinFlag = 'check_digit_wrong' | 'serial_wrong' | 'model_year_differs' | 'make_differs';

export function vinFlags({ vin, make, year }: Pick<VehicleFacts, 'vin' | 'make' | 'year'>): VinFlag[] {
  if (vin === null) return [];
  const parsed = Vin.parse(vin);
  if (!parsed.ok) {
    if (parsed.error.code === 'vin_check_digit') return ['check_digit_wrong'];
    return parsed.error.code === 'vin_model_year' ? ['model_year_differs'] : ['serial_wrong'];
  }
  const decoded = parsed.value.decode();
  const flags: VinFlag[] = [];
  if (decoded.modelYear.certainty === 'certain' && Math.abs(decoded.modelYear.year - year) > 1) flags.push('model_year_differs');
  if (decoded.make !== undefined && !sameMaker(decoded.make, make)) flags.push('make_differs');
  return flags;
}

/** Whether seventeen characters can be a VIN at all; what only speaks against the car is a flag. */
export function isWellFormedVin(text: string): boolean {
  const parsed = Vin.parse(text);
  return parsed.ok || !['vin_length', 'vin_characters', 'vin_placeholder'].includes(parsed.error.code);
}

const key = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, '');

/** 'Mercedes-Benz' and 'Mercedes', 'VW' and 'Volkswagen' are one maker. */
function sameMaker(a: string, b: string): boolean {
  const [left, right] = [key(a), key(b)].map((name) => (name === 'vw' ? 'volkswagen' : name));
  if (left === undefined || right === undefined || left === '' || right === '') return true;
  return left.includes(right) || right.includes(left);
}
