import { readVin } from './read-vin';

const now = new Date('2026-11-20T00:00:00Z');

it.each([
  ['1HGCM82633A004352', { valid: true, check_digit_ok: true, make: 'Honda', model: 'Accord', year: 2003, country: 'US' }],
  ['5YJ3E1EA2KF317000', { valid: true, check_digit_ok: true, make: 'Tesla', model: 'Model 3', year: 2019, country: 'US' }],
  ['1HGCM82643A004352', { valid: false, check_digit_ok: false, make: 'Honda', model: 'Accord', year: 2003, country: 'US' }],
  ['WVWZZZ5KZAW000001', { valid: true, check_digit_ok: false, make: 'Volkswagen', model: 'Golf', year: 2010, country: 'DE' }],
  ['wdd2050071f123456', { valid: true, check_digit_ok: false, make: 'Mercedes-Benz', model: 'C-Class', year: 2001, country: 'DE' }],
  ['11111111111111111', { valid: false, check_digit_ok: null, make: null, model: null, year: null, country: null }],
  ['', { valid: false, check_digit_ok: null, make: null, model: null, year: null, country: null }],
  ['WVWZZZ5KZAW00000', { valid: false, check_digit_ok: null, make: null, model: null, year: null, country: null }],
])('%s', (vin, reading) => {
  expect(readVin(vin, now)).toEqual(reading);
});
