import type { CapturedFields } from '@autobroker/contracts';
import { contradicts } from './query-filter';

const site = { locale: 'de-DE', currency: 'EUR', unit: 'km' } as const;
const car = (words: Record<string, string>): CapturedFields => Object.fromEntries(Object.entries(words).map(([name, value]) => [name, { value, from: 'json_ld', confidence: 0.9 }]));

it.each<[string, Record<string, string>, Parameters<typeof contradicts>[1], boolean]>([
  ['another make', { make: 'Opel', model: 'Astra' }, { makes: ['BMW'] }, true],
  ['the make by another name', { make: 'VW', model: 'Golf' }, { makes: ['Volkswagen'] }, false],
  ['the make in the title alone', { title: 'Opel Astra 1.6' }, { makes: ['BMW'] }, true],
  ['no make at all', { title: 'Schönes Auto' }, { makes: ['BMW'] }, false],
  ['another model of the make', { make: 'BMW', model: 'X5' }, { makes: ['BMW'], models: ['X3'] }, true],
  ['a model that nobody knows', { make: 'BMW', model: 'X5' }, { makes: ['BMW'], models: ['Zzyzx'] }, false],
  ['too old', { year: '2014' }, { year_min: 2015 }, true],
  ['too new by its registration', { first_registration: '03/2021' }, { year_max: 2020 }, true],
  ['old enough', { year: '2015' }, { year_min: 2015, year_max: 2015 }, false],
  ['too dear', { price: '20.001 €' }, { price_max: 2_000_000, currency: 'EUR' }, true],
  ['dear in another money', { price: '20.001 €' }, { price_max: 2_000_000, currency: 'USD' }, false],
  ['on request', { price: 'Preis auf Anfrage' }, { price_max: 1 }, false],
  ['driven too far', { mileage: '100.001 km' }, { mileage_max_km: 100_000 }, true],
  ['driven too far in miles', { mileage: '70000', mileage_unit: 'mi' }, { mileage_max_km: 100_000 }, true],
  ['driven as far as may be', { mileage: '100.000 km' }, { mileage_max_km: 100_000 }, false],
  ['nothing asked', { make: 'Opel' }, {}, false],
])('%s', (_name, words, filters, expected) => expect(contradicts(car(words), filters, site)).toBe(expected));
