import { currencyCodes, exponentOf, isCurrencyCode, Money, Rational, type CurrencyCode } from '@autobroker/kernel';
import fc from 'fast-check';
import { convertWith } from './convert';
import { RateTable } from './rate-table';

const rate = (currency: CurrencyCode, day: string, text: string) => ({ currency, day, rate: Rational.parse(text) });
const table = new RateTable([
  rate('USD', '2026-11-18', '1.25'),
  rate('USD', '2026-11-13', '1.20'),
  rate('JPY', '2026-11-18', '160'),
  rate('KWD', '2026-11-18', '0.35'),
  rate('CHF', '2026-10-01', '0.93'),
]);
const at = (day: string): Date => new Date(`${day}T23:59:59.999Z`);
const strict = { maxAgeDays: 10, allowBuiltin: false };
const convert = (money: Money, to: CurrencyCode, day: string, options = strict) => {
  const result = convertWith(table, money, to, at(day), options);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

describe('a conversion', () => {
  it('takes the rate of the day, or the last one before it', () => {
    expect(convert(Money.of(10_000, 'EUR'), 'USD', '2026-11-18')).toMatchObject({ money: Money.of(12_500, 'USD'), day: '2026-11-18', source: 'ecb', rate: '1.2500000000' });
    expect(convert(Money.of(10_000, 'EUR'), 'USD', '2026-11-17')).toMatchObject({ money: Money.of(12_000, 'USD'), day: '2026-11-13' });
    expect(convert(Money.of(10_000, 'EUR'), 'USD', '2026-11-25')).toMatchObject({ money: Money.of(12_500, 'USD'), day: '2026-11-18' });
  });

  it('goes by way of the euro and by the decimals of both currencies', () => {
    expect(convert(Money.of(12_500, 'USD'), 'JPY', '2026-11-18').money).toEqual(Money.of(16_000, 'JPY'));
    expect(convert(Money.of(16_000, 'JPY'), 'USD', '2026-11-18').money).toEqual(Money.of(12_500, 'USD'));
    expect(convert(Money.of(10_000, 'EUR'), 'KWD', '2026-11-18').money).toEqual(Money.of(35_000, 'KWD'));
  });

  it('rounds once, half to even', () => {
    // 0.02 USD are 0.016 EUR; 1, 3 and 5 cents EUR are 1.25, 3.75 and 6.25 cents USD.
    expect([1, 3, 5, -1, -3].map((amount) => convert(Money.of(amount, 'EUR'), 'USD', '2026-11-18').money.amount)).toEqual([1, 4, 6, -1, -4]);
    // 2 and 6 cents EUR are exactly 2.5 and 7.5 cents USD.
    expect([2, 6].map((amount) => convert(Money.of(amount, 'EUR'), 'USD', '2026-11-18').money.amount)).toEqual([2, 8]);
  });

  it('leaves an amount in the same currency alone, even one without any rate', () => {
    expect(convert(Money.of(5, 'XAF'), 'XAF', '1999-01-01')).toMatchObject({ money: Money.of(5, 'XAF'), source: 'same', rate: '1' });
  });

  it('refuses a rate that is too old, of the future, or missing', () => {
    const refused = (from: CurrencyCode, to: CurrencyCode, day: string) => convertWith(table, Money.of(1, from), to, at(day), strict);
    for (const [from, to, day] of [['CHF', 'USD', '2026-11-18'], ['USD', 'EUR', '2026-11-29'], ['USD', 'EUR', '2026-11-12'], ['EUR', 'XAF', '2026-11-18']] as const) {
      expect(refused(from, to, day)).toMatchObject({ ok: false, error: { code: 'currency_unsupported' } });
    }
    expect(convert(Money.of(1, 'USD'), 'EUR', '2026-11-28').day).toBe('2026-11-18');
  });

  it('falls back on the built-in rates only where that is allowed, and says so', () => {
    const lenient = { maxAgeDays: 10, allowBuiltin: true };
    expect(convert(Money.of(100, 'CHF'), 'EUR', '2026-11-18', lenient)).toMatchObject({ source: 'builtin', day: '2026-11-16' });
    expect(convert(Money.of(100, 'USD'), 'EUR', '2020-01-01', lenient)).toMatchObject({ source: 'builtin' });
    expect(convert(Money.of(100, 'USD'), 'EUR', '2026-11-18', lenient)).toMatchObject({ source: 'ecb' });
    expect(convertWith(table, Money.of(1, 'XAF'), 'EUR', at('2026-11-18'), lenient).ok).toBe(false);
  });

  it('is off by at most half a minor unit, whatever the rates', () => {
    const codes = fc.constantFrom(...currencyCodes.filter((code) => code !== 'EUR'));
    const rates = fc.tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 6 })).map(([n, places]) => Rational.of(n, 10 ** places));
    fc.assert(
      fc.property(codes, codes, rates, rates, fc.integer({ min: -1_000_000_00, max: 1_000_000_00 }), (from, to, a, b, amount) => {
        fc.pre(from !== to);
        const random = new RateTable([{ currency: from, day: '2026-11-18', rate: a }, { currency: to, day: '2026-11-18', rate: b }]);
        const exact = b.dividedBy(a).times(amount).times(10n ** BigInt(exponentOf(to))).dividedBy(10n ** BigInt(exponentOf(from)));
        fc.pre(exact.compare(Number.MAX_SAFE_INTEGER) < 0 && exact.compare(-Number.MAX_SAFE_INTEGER) > 0);
        const result = convertWith(random, Money.of(amount, from), to, at('2026-11-18'), strict);
        if (!result.ok) throw new Error(result.error.detail);
        const off = exact.minus(result.value.money.amount);
        expect(off.compare(Rational.of(1, 2)) <= 0 && off.compare(Rational.of(-1, 2)) >= 0).toBe(true);
        expect(result.value.money.currency).toBe(to);
      }),
    );
  });
});

describe('a table of rates', () => {
  it('finds the latest rate on or before a day, in any order of arrival', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1 });
    const text = (day: number): string => `2026-02-${String(day).padStart(2, '0')}`;
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 28 }), (known, asked) => {
        const found = new RateTable(known.map((day) => rate('USD', text(day), `${day}`))).on('USD', text(asked));
        const expected = Math.max(...known.filter((day) => day <= asked));
        expect(found?.day).toBe(Number.isFinite(expected) ? text(expected) : undefined);
      }),
    );
  });

  it('knows the euro itself and its latest day', () => {
    expect(table.on('EUR', '2026-01-01')?.rate.equals(1)).toBe(true);
    expect(table.latestDay).toBe('2026-11-18');
    expect(new RateTable([]).latestDay).toBeNull();
    expect(table.currencies().every((code) => isCurrencyCode(code))).toBe(true);
  });
});
