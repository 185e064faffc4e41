import fc from 'fast-check';
import { currencyByNumericCode, currencyCodes, exponentOf, isCurrencyCode, numericCodeOf, Rational } from '../index';

describe('currencies', () => {
  it('have codes of three letters, numeric codes of three digits, and none of either twice', () => {
    expect(currencyCodes.length).toBeGreaterThan(150);
    expect(currencyCodes.every((code) => /^[A-Z]{3}$/.test(code) && /^\d{3}$/.test(numericCodeOf(code)))).toBe(true);
    expect(new Set(currencyCodes.map(numericCodeOf)).size).toBe(currencyCodes.length);
    expect(currencyCodes.every((code) => currencyByNumericCode(numericCodeOf(code)) === code)).toBe(true);
  });

  it('have the decimals of ISO 4217, where CLDR trims some', () => {
    const of = (exponent: number): string[] => currencyCodes.filter((code) => exponentOf(code) === exponent);
    expect(of(0)).toEqual(['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']);
    expect(of(3)).toEqual(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);
    expect(of(4)).toEqual(['CLF', 'UYW']);
  });

  it('include every one that Intl knows to be in use in the trade', () => {
    const known = new Set(Intl.supportedValuesOf('currency'));
    expect(['EUR', 'USD', 'GBP', 'CHF', 'PLN', 'CZK', 'SEK', 'NOK', 'DKK', 'HUF', 'RON', 'JPY', 'TRY'].every((code) => known.has(code) && isCurrencyCode(code))).toBe(true);
    expect(['XAU', 'XXX', 'DEM', 'eur', '', 'constructor', undefined].map(isCurrencyCode)).toEqual(Array.from({ length: 7 }, () => false));
  });
});

describe('Rational', () => {
  const fraction = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 12n })).map(([top, bottom]) => Rational.of(top, bottom));

  it('is a field: what is added or multiplied comes off again', () => {
    fc.assert(fc.property(fraction, fraction, (a, b) => {
      expect(a.plus(b).minus(b).equals(a)).toBe(true);
      if (!b.equals(0)) expect(a.times(b).dividedBy(b).equals(a)).toBe(true);
      expect(a.compare(b)).toBe(b.compare(a) === 0 ? 0 : -b.compare(a));
    }));
  });

  it('reads decimals and per cent, and nothing else', () => {
    expect(['0.19', '19%', '+1.50', '-2', '007'].map((text) => Rational.parse(text).toString())).toEqual(['19/100', '19/100', '3/2', '-2', '7']);
    for (const wrong of ['', '.5', '5.', '1,5', '1e3', 'NaN', ' 1', '0x1']) expect(Rational.tryParse(wrong)).toBeUndefined();
    expect(() => Rational.of(0.1)).toThrow(RangeError);
    expect(() => Rational.of(1, 0)).toThrow(RangeError);
    expect(Rational.of(3, -6).toString()).toBe('-1/2');
  });

  it('writes decimals as told', () => {
    expect(Rational.of(2, 3).toDecimal(4, 'half-up')).toBe('0.6667');
    expect(Rational.of(-2, 3).toDecimal(0, 'down')).toBe('0');
    expect(Rational.of(-1, 8).toDecimal(2, 'half-even')).toBe('-0.12');
    expect(Rational.parse('1234.5').toDecimal(3, 'floor')).toBe('1234.500');
  });
});
