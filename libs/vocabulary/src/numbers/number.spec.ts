import { parseCount, parseNumber } from './number';

describe('a number as nine countries write it', () => {
  it.each([
    ['12,500.50', 'en-US', 12_500.5],
    ['12,500', 'en-GB', 12_500],
    ['1,234,567', 'en-US', 1_234_567],
    ['12.500,50', 'de-DE', 12_500.5],
    ['12.500', 'de-DE', 12_500],
    ['12\u202f500,50', 'fr-FR', 12_500.5],
    ['12\u00a0500', 'fr-FR', 12_500],
    ['12.500,50', 'it-IT', 12_500.5],
    ['1.234.567', 'es-ES', 1_234_567],
    ['12.500', 'nl-NL', 12_500],
    ['12 500,50', 'pl-PL', 12_500.5],
    ["12'500.50", 'de-CH', 12_500.5],
    ['12’500', 'de-CH', 12_500],
  ])('%s in %s is %d', (text, locale, value) => {
    expect(parseNumber(text, { locale })).toBe(value);
  });

  it('reads one mark before three digits by the place', () => {
    expect(parseNumber('1.234', { locale: 'de-DE' })).toBe(1_234);
    expect(parseNumber('1.234', { locale: 'en-US' })).toBe(1.234);
    expect(parseNumber('1,234', { locale: 'de-DE' })).toBe(1.234);
    expect(parseNumber('1,234', { locale: 'en-US' })).toBe(1_234);
    expect(parseNumber('1.234')).toBe(1_234);
  });

  it('reads a decimal of another country, where it can be nothing else', () => {
    expect(parseNumber('1.5', { locale: 'de-DE' })).toBe(1.5);
    expect(parseNumber('1,5', { locale: 'en-US' })).toBe(1.5);
    expect(parseNumber('1,234.50', { locale: 'de-DE' })).toBe(1_234.5);
  });

  it('takes thousands written as a word', () => {
    expect(parseNumber('12.5k')).toBe(12_500);
    expect(parseNumber('15 Tsd.')).toBe(15_000);
    expect(parseNumber('120K')).toBe(120_000);
  });

  it('refuses what is no number, or more than one', () => {
    for (const text of ['', 'none', '12.34.56', '1.2.500', '12 and 13', 'C220', null, undefined]) expect(parseNumber(text)).toBeNull();
  });

  it('keeps the sign', () => {
    expect(parseNumber('-12')).toBe(-12);
    expect(parseNumber('–1.250,50 €', { locale: 'de-DE' })).toBe(-1_250.5);
  });
});

describe('how many', () => {
  it.each([
    ['4/5 Türen', 5],
    ['5 doors', 5],
    ['2-3 doors', 3],
    ['1st owner', 1],
    ['One owner', 1],
    ['2 Vorbesitzer', 2],
    ['zwei', 2],
    ['Première main: un propriétaire', 1],
    ['5', 5],
  ])('«%s» is %d', (text, count) => {
    expect(parseCount(text)).toBe(count);
  });

  it('is nothing when nothing is counted', () => {
    for (const text of ['', 'doors', '2.5', '12500', null]) expect(parseCount(text)).toBeNull();
  });
});
