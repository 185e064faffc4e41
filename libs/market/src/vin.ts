import { Vin } from '@autobroker/kernel';
import type { ModelSpec } from './catalogue';
import { mix } from './dice';
import type { Car } from './car';

const YEARS = 'ABCDEFGHJKLMNPRSTVWXY123456789';
const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const SIGNS = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';
const PLANTS = 'ABCDEFGHJKLMNPRSTUVW1234567';
/** Makers who write Z for «not used», as Volkswagen's group does outside North America. */
const fillers = new Set(['Volkswagen', 'Audi', 'Škoda', 'SEAT', 'Cupra', 'Porsche']);

/**
 * A VIN for the car with this number in the market: by 49 CFR 565 for the United States, by ISO 3779 elsewhere.
 * The running number is the car's own, so that no two cars share a VIN and cars of one fleet have near ones.
 */
export function vinOf({ spec, country, year, index, serial }: Pick<Car, 'spec' | 'country' | 'year' | 'index' | 'serial'>): string {
  const american = country === 'US';
  const wmis = ((american ? spec.make.wmi.us : spec.make.wmi.eu) ?? spec.make.wmi.eu ?? spec.make.wmi.us ?? '').split(' ');
  const wmi = wmis[spec.hash % wmis.length] ?? '';
  const checked = american || /^[1-57]/u.test(wmi);
  const code = YEARS[(year - 1980) % YEARS.length] ?? 'A';
  const plant = PLANTS[mix(spec.hash, year >> 3) % PLANTS.length] ?? 'A';
  // After a million cars the numbers start again, with another letter before them.
  const lap = Math.floor(index / 1_000_000);
  const descriptor = checked ? american565(spec, year, lap) : european(spec, lap);
  const open = `${wmi}${descriptor}${checked ? '0' : fillers.has(spec.make.name) ? 'Z' : sign(spec.hash, 9)}${code}${plant}${String(serial).padStart(6, '0')}`;
  return checked ? `${open.slice(0, 8)}${Vin.checkDigitFor(open)}${open.slice(9)}` : open;
}

function american565(spec: ModelSpec, year: number, lap: number): string {
  // Position 7 says which thirty years the year's code is of.
  const cycle = year >= 2010 ? (LETTERS[mix(spec.hash, 7) % LETTERS.length] ?? 'A') : String(mix(spec.hash, 7) % 10);
  return `${sign(spec.hash, 4)}${sign(spec.hash, 5)}${sign(spec.hash, 6)}${cycle}${sign(spec.hash, 8 + lap)}`;
}

function european(spec: ModelSpec, lap: number): string {
  const model = `${sign(spec.hash, 7)}${sign(spec.hash, 8 + lap)}`;
  return fillers.has(spec.make.name) ? `ZZZ${model}` : `${sign(spec.hash, 4)}${sign(spec.hash, 5)}${sign(spec.hash, 6)}${model}`;
}

function sign(hash: number, position: number): string {
  return SIGNS[mix(hash, position) % SIGNS.length] ?? 'A';
}

/** As somebody reads it off a windscreen and types it: one sign wrong or two swapped, seventeen all the same. */
export function mistypeVin(vin: string, seed: number): string {
  const at = 11 + (seed % 5);
  const [left = '', right = ''] = [vin[at], vin[at + 1]];
  if (left !== right) return vin.slice(0, at) + right + left + vin.slice(at + 2);
  return vin.slice(0, at) + ((Number(left) + 3) % 10) + vin.slice(at + 1);
}
