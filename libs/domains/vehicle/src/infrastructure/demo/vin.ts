import { Vin } from '@autobroker/kernel';
import type { Model } from './models';
import type { Random } from './random';

const yearCodes = 'ABCDEFGHJKLMNPRSTVWXY123456789';
const wmis: Readonly<Record<string, string>> = {
  Volkswagen: 'WVW',
  BMW: 'WBA',
  'Mercedes-Benz': 'WDD',
  Audi: 'WAU',
  Toyota: 'JTD',
  Honda: 'JHM',
  Renault: 'VF1',
  Peugeot: 'VF3',
  Skoda: 'TMB',
  Volvo: 'YV1',
  Porsche: 'WP0',
  Fiat: 'ZFA',
  Kia: 'KNA',
};

/** A well-formed number: the maker's where we know it, the model year in its place, and a right check digit. */
export function generatedVin(random: Random, model: Model, year: number): string | null {
  const wmi = wmis[model.make];
  if (wmi === undefined) return null;
  const letters = 'ABCDEFGHJKLMNPRSTUVWXYZ';
  const start = `${wmi}${random.word(4, letters)}${random.digits(10, 99).slice(0, 1)}`;
  const end = `${yearCodes[(year - 1980) % yearCodes.length] ?? 'A'}${random.word(1, letters)}${random.word(6, '0123456789')}`;
  const check = Vin.checkDigitFor(`${start}0${end}`);
  return `${start}${check}${end}`;
}
