import { Vin } from '@autobroker/kernel';
import { readVin } from './read-vin';

const now = new Date('2026-11-20T00:00:00Z');

it.each([
  ['1HGCM82633A004352', { valid: true, check_digit_ok: true, make: 'Honda', model: 'Accord', year: 2003, country: 'US' }],
  ['5YJ3E1EA2KF317000', { valid: true, check_digit_ok: true, make: 'Tesla', model: 'Model 3', year: 2019, country: 'US' }],
  ['1HGCM82643A004352', { valid: false, check_digit_ok: false, make: 'Honda', model: 'Accord', year: 2003, country: 'US' }],
  ['WVWZZZ5KZAW000001', { valid: true, check_digit_ok: false, make: 'Volkswagen', model: 'Golf', year: 2010, country: 'DE' }],
  ['wdd2050071f123456', { valid: true, check_digit_ok: false, make: 'Mercedes-Benz', model: 'C-Class', year: 2001, country: 'DE' }],
  ['WVWZZZ1KZ7W123456', { valid: true, check_digit_ok: false, make: 'Volkswagen', model: 'Golf', year: 2007, country: 'DE' }],
  // Of Puebla: a Jetta or an estate.
  ['WVWZZZ1KZ7M123456', { valid: true, check_digit_ok: false, make: 'Volkswagen', model: null, year: 2007, country: 'DE' }],
  ['TMBJG7NE1E0123456', { valid: true, check_digit_ok: false, make: 'Škoda', model: 'Octavia', year: 2014, country: 'CZ' }],
  ['WBA3A5C50CF256651', { valid: true, check_digit_ok: false, make: 'BMW', model: '3 Series', year: 2012, country: 'DE' }],
  ['U5YHN516AEL012345', { valid: true, check_digit_ok: false, make: 'Kia', model: 'Ceed', year: 2014, country: 'SK' }],
  // A platform that is several models: nothing is made up.
  ['WAUZZZF20KN012345', { valid: true, check_digit_ok: false, make: 'Audi', model: null, year: 2019, country: 'DE' }],
  ['11111111111111111', { valid: false, check_digit_ok: null, make: null, model: null, year: null, country: null }],
  ['', { valid: false, check_digit_ok: null, make: null, model: null, year: null, country: null }],
  ['WVWZZZ5KZAW00000', { valid: false, check_digit_ok: null, make: null, model: null, year: null, country: null }],
])('%s', (vin, reading) => {
  expect(readVin(vin, now)).toEqual(reading);
});

/** The first eleven characters with the check digit put right, and a running number. */
const american = (eleven: string): string => {
  const value = `${eleven}000001`;
  return value.slice(0, 8) + Vin.checkDigitFor(value) + value.slice(9);
};

it.each([
  ['2C3CDXBG0KH', 'Dodge', 'Charger'],
  ['2C3CCAAG0KH', 'Chrysler', '300'],
  ['1C4RDJDG0KC', 'Dodge', 'Durango'],
  ['1C4RJFBG0KC', 'Jeep', 'Grand Cherokee'],
  ['1C6HJTAG0LL', 'Jeep', 'Gladiator'],
  ['1C6RR7FG0HS', 'Ram', '1500'],
  ['JN8AZ2NE0H9', 'Infiniti', null],
  ['5N1AL0MM0GC', 'Infiniti', null],
  ['5N1DR2MM0HC', 'Nissan', 'Pathfinder'],
  ['3MZBPACL0KM', 'Mazda', '3'],
  ['3KPC24A30KE', 'Hyundai', 'Accent'],
  ['KNMAT2MV0HP', 'Nissan', 'Rogue'],
  ['1FTBR1Y80PK', 'Ford', 'Transit'],
  ['1FTEW1EP0KF', 'Ford', 'F-150'],
  ['1FTFW3L50RF', 'Ford', null],
  ['3FMTK4SX0NM', 'Ford', 'Mustang Mach-E'],
  ['4T1BK1EB0GU', 'Toyota', 'Avalon'],
  ['JTDKARFP0H3', 'Toyota', 'Prius Prime'],
  ['WA1B4AFY0K2', 'Audi', null],
  ['WAUC4CF50LA', 'Audi', null],
])('%s is a %s %s: several brands and models share a maker’s number', (eleven, make, model) => {
  expect(readVin(american(eleven), now)).toMatchObject({ make, model });
});
