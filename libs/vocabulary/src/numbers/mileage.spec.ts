import { parseMileage } from './mileage';

describe('how far a car has gone', () => {
  it.each([
    ['48.200 km', 48_200, 'km'],
    ['48 200 km', 48_200, 'km'],
    ['48\u202f200\u00a0km', 48_200, 'km'],
    ["48'200 km", 48_200, 'km'],
    ['48,200 km', 48_200, 'km'],
    ['48 200 kilomètres', 48_200, 'km'],
    ['48.200 kilómetros', 48_200, 'km'],
    ['120k miles', 120_000, 'mi'],
    ['120K mi.', 120_000, 'mi'],
    ['45,678 mi', 45_678, 'mi'],
    ['45,678 mi.', 45_678, 'mi'],
    ['120 Tkm', 120_000, 'km'],
    ['120tkm', 120_000, 'km'],
    ['48t km', 48_000, 'km'],
    ['48 tsd. km', 48_000, 'km'],
    ['77,249 km (48,000 mi)', 77_249, 'km'],
    ['0 km', 0, 'km'],
    ['10 km', 10, 'km'],
    ['Kilometerstand: 150.000 km', 150_000, 'km'],
    ['Mileage: 45,678 miles', 45_678, 'mi'],
    ['odometer: 123,456 miles', 123_456, 'mi'],
    ['150000 kms', 150_000, 'km'],
    ['123 456 km, pierwszy właściciel', 123_456, 'km'],
    ['11.2k miles', 11_200, 'mi'],
    ['63000 Meilen', 63_000, 'mi'],
    ['km 85.000', 85_000, 'km'],
    ['1.234 km', 1_234, 'km'],
    ['98,000m', 98_000, 'mi'],
  ] as const)('«%s»', (text, value, unit) => {
    expect(parseMileage(text)).toEqual({ value, unit });
  });

  it('takes a bare number in the unit of the place, and only then', () => {
    expect(parseMileage('48200', { unit: 'km' })).toEqual({ value: 48_200, unit: 'km' });
    expect(parseMileage('odometer 99,120', { unit: 'mi' })).toEqual({ value: 99_120, unit: 'mi' });
    expect(parseMileage('120k', { unit: 'mi' })).toEqual({ value: 120_000, unit: 'mi' });
    expect(parseMileage('48200')).toBeNull();
  });

  it('a bound or a span is no reading', () => {
    for (const text of ['Under 10k', 'under 10,000 miles', '10,000-19,999', '10,000 - 19,999 mi', 'bis 50.000 km', '<10k miles', 'über 200.000 km', '50.000 bis 60.000 km']) {
      expect(parseMileage(text, { unit: 'mi' })).toBeNull();
    }
  });

  it('nor is anything else that is measured in the same unit', () => {
    for (const text of ['N/A', '', '-', 'unknown', '180 km/h', 'Reichweite 400 km', 'range 250 miles', '25 miles away', '15 km entfernt', '5,5 l/100 km', '38 mpg', '1,248 HR Showing', '150 PS']) {
      expect(parseMileage(text, { unit: 'km' })).toBeNull();
    }
  });
});
