import fc from 'fast-check';
import { CurrencyMismatchError, type CurrencyCode, currencyCodes, exponentOf, Money, MoneyAmountError, Rational, type Rounding } from '../index';

const eur = (minor: number): Money => Money.of(minor, 'EUR');
const currency = fc.constantFrom(...currencyCodes);
const cents = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
const weights = fc.array(fc.nat(1_000), { minLength: 1, maxLength: 20 }).filter((list) => list.some((weight) => weight > 0));

describe('Money', () => {
  it('holds whole, safe numbers of minor units only', () => {
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 2n ** 60n]) {
      expect(() => Money.of(wrong, 'EUR')).toThrow(MoneyAmountError);
    }
    expect(Money.of(1_899_000n, 'EUR').amount).toBe(1_899_000);
    expect(() => Money.of(Number.MAX_SAFE_INTEGER, 'EUR').add(eur(1))).toThrow(MoneyAmountError);
  });

  it('knows no negative zero', () => {
    expect(Object.is(eur(-0).amount, 0)).toBe(true);
    expect(Object.is(eur(0).negate().amount, 0)).toBe(true);
    expect(eur(0).toDecimal()).toBe('0.00');
  });

  it('never mixes currencies', () => {
    const franc = Money.of(100, 'CHF');
    for (const wrong of [() => eur(1).add(franc), () => eur(1).subtract(franc), () => eur(1).compare(franc), () => Money.sum([franc], 'EUR'), () => Money.max(eur(1), franc)]) {
      expect(wrong).toThrow(CurrencyMismatchError);
    }
    expect(eur(100).equals(franc)).toBe(false);
  });

  it('adds and subtracts as whole numbers do', () => {
    fc.assert(fc.property(cents, cents, (a, b) => {
      expect(eur(a).add(eur(b)).amount).toBe(a + b);
      expect(eur(a).add(eur(b)).subtract(eur(b)).equals(eur(a))).toBe(true);
      expect(eur(a).compare(eur(b))).toBe(Math.sign(a - b) + 0);
    }));
  });

  it('sums nothing to zero of the currency asked for', () => {
    expect(Money.sum([], 'JPY').toString()).toBe('0 JPY');
    expect(Money.sum([eur(1), eur(2), eur(-7)], 'EUR').amount).toBe(-4);
    expect([Money.min(eur(3), eur(1), eur(2)).amount, Money.max(eur(3), eur(1), eur(4)).amount]).toEqual([1, 4]);
  });

  it('writes and reads JSON and decimals without loss, whatever the currency’s decimals', () => {
    fc.assert(fc.property(cents, currency, (amount, code) => {
      const money = Money.of(amount, code);
      const decoded: unknown = JSON.parse(JSON.stringify(money));
      expect(decoded).toEqual({ amount, currency: code });
      expect(Money.fromJSON(decoded)).toEqual({ ok: true, value: money });
      expect(Money.fromDecimal(money.toDecimal(), code)).toEqual({ ok: true, value: money });
      expect(money.toDecimal()).toMatch(exponentOf(code) === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${exponentOf(code)}}$`));
    }));
  });

  it.each([null, 12, {}, { amount: 1 }, { amount: '1', currency: 'EUR' }, { amount: 1.5, currency: 'EUR' }, { amount: 1, currency: 'EUX' }, { amount: 1, currency: 'toString' }])(
    'refuses the JSON %j',
    (json) => {
      expect(Money.fromJSON(json)).toMatchObject({ ok: false, error: { code: 'invalid_money' } });
    },
  );

  it.each([['1.234', 'EUR'], ['1.5', 'JPY'], ['1,5', 'EUR'], ['5%', 'EUR'], ['', 'EUR'], ['99999999999999999', 'EUR'], ['1e3', 'EUR']] as const)('refuses the decimal %s %s', (text, code) => {
    expect(Money.fromDecimal(text, code).ok).toBe(false);
  });
});

describe('Money.multiply', () => {
  const rows: readonly [Rounding, number, number, number, number, number, number][] = [
    // 0.5, 1.5, 2.4, -0.5, -1.5, -2.6 of a cent
    ['half-up', 1, 2, 2, -1, -2, -3],
    ['half-down', 0, 1, 2, 0, -1, -3],
    ['half-even', 0, 2, 2, 0, -2, -3],
    ['up', 1, 2, 3, -1, -2, -3],
    ['down', 0, 1, 2, 0, -1, -2],
    ['ceiling', 1, 2, 3, 0, -1, -2],
    ['floor', 0, 1, 2, -1, -2, -3],
  ];
  it.each(rows)('rounds %s', (rounding, ...expected) => {
    const tenths = [5, 15, 24, -5, -15, -26];
    expect(tenths.map((amount) => eur(amount).multiply('0.1', rounding).amount)).toEqual(expected);
  });

  it('takes VAT out of a margin exactly: 16,000 to 18,990 at 19 % is 477.39', () => {
    const margin = eur(1_899_000).subtract(eur(1_600_000));
    const rate = Rational.parse('19%');
    expect(margin.multiply(rate.dividedBy(Rational.one.plus(rate)), 'half-up').amount).toBe(47_739);
  });

  it('is exact where floats are not', () => {
    expect(eur(100_500).multiply('1.1', 'half-up').amount).toBe(110_550);
    expect(eur(9_007_199_254_740_991).multiply('1', 'half-up').amount).toBe(9_007_199_254_740_991);
    expect(() => eur(100).multiply(0.19, 'half-up')).toThrow(RangeError);
  });

  it('stays within one unit of the exact product, and within half of it where it rounds to the nearest', () => {
    const rounding = fc.constantFrom<Rounding>('half-up', 'half-even', 'half-down', 'up', 'down', 'ceiling', 'floor');
    fc.assert(fc.property(cents, fc.integer({ min: -5_000, max: 5_000 }), fc.integer({ min: 1, max: 999 }), rounding, (amount, top, bottom, how) => {
      const rate = Rational.of(top, bottom);
      const off = Rational.of(eur(amount).multiply(rate, how).amount).minus(rate.times(amount));
      const size = off.compare(0) < 0 ? off.negate() : off;
      expect(size.compare(how.startsWith('half') ? Rational.of(1, 2) : 1)).toBeLessThanOrEqual(how.startsWith('half') ? 0 : -1);
    }));
  });

  it('divides, and refuses to divide by zero', () => {
    expect(eur(1_000).divide(3, 'half-up').amount).toBe(333);
    expect(() => eur(1).divide('0.00', 'down')).toThrow(RangeError);
  });

  it('exchanges between currencies with different decimals', () => {
    expect(eur(10_000).exchange('162.35', 'JPY', 'half-up').toString()).toBe('16235 JPY');
    expect(Money.of(16_235, 'JPY').exchange(Rational.of(1).dividedBy('162.35'), 'EUR', 'half-even').toString()).toBe('100.00 EUR');
    expect(eur(100).exchange('0.3301', 'KWD', 'half-up').toString()).toBe('0.330 KWD');
  });
});

describe('Money.allocate', () => {
  it('gives what is left to the largest remainders, and among equals to the earlier one', () => {
    expect(eur(100).allocate([1, 1, 1]).map(({ amount }) => amount)).toEqual([34, 33, 33]);
    expect(eur(101).allocate([1, 1, 1]).map(({ amount }) => amount)).toEqual([34, 34, 33]);
    expect(eur(10).allocate(['0.05', '0.95']).map(({ amount }) => amount)).toEqual([1, 9]);
    expect(eur(5).allocate([30, 70]).map(({ amount }) => amount)).toEqual([2, 3]);
    expect(eur(5).allocate([0, 7, 0]).map(({ amount }) => amount)).toEqual([0, 5, 0]);
    expect(eur(100).allocate([10, 45, 45]).map(({ amount }) => amount)).toEqual([10, 45, 45]);
  });

  it('loses no cent, strays by less than one, and mirrors for negative amounts', () => {
    fc.assert(fc.property(cents, weights, (amount, list) => {
      const shares = eur(amount).allocate(list);
      expect(Money.sum(shares, 'EUR').amount).toBe(amount);
      const total = list.reduce((sum, weight) => sum + weight, 0);
      shares.forEach((share, index) => {
        const off = Rational.of(share.amount).minus(Rational.of(amount).times(Rational.of(list[index] ?? 0, total)));
        expect(off.compare(1) < 0 && off.compare(-1) > 0).toBe(true);
      });
      expect(eur(-amount).allocate(list).map((share) => share.negate().amount)).toEqual(shares.map((share) => share.amount));
    }));
  });

  it('never gives a larger weight the smaller share', () => {
    fc.assert(fc.property(fc.nat(10 ** 9), weights, (amount, list) => {
      const pairs = eur(amount).allocate(list).map((share, index) => ({ share: share.amount, weight: list[index] ?? 0 }));
      const byWeight = [...pairs].sort((a, b) => a.weight - b.weight || a.share - b.share);
      expect(byWeight.every((pair, index) => index === 0 || (byWeight[index - 1]?.share ?? 0) <= pair.share)).toBe(true);
    }));
  });

  it('splits into parts that differ by at most one', () => {
    expect(eur(10).split(4).map(({ amount }) => amount)).toEqual([3, 3, 2, 2]);
    for (const wrong of [0, -1, 1.5]) expect(() => eur(10).split(wrong)).toThrow(RangeError);
  });

  it('refuses weights that mean nothing', () => {
    for (const wrong of [[], [0, 0], [1, -1, 5]]) expect(() => eur(10).allocate(wrong)).toThrow(RangeError);
  });
});

describe('Money.format', () => {
  it.each<[string, number, CurrencyCode, string]>([
    ['en-US', 123_456_789, 'USD', '$1,234,567.89'],
    ['en-GB', -500, 'GBP', '-£5.00'],
    ['de-DE', 1_899_000, 'EUR', '18.990,00\u00a0€'],
    ['it-IT', 1_899_000, 'EUR', '18.990,00\u00a0€'],
    ['fr-FR', 1_899_000, 'EUR', '18\u202f990,00\u00a0€'],
    ['ja-JP', 1_899_000, 'JPY', '￥1,899,000'],
    ['en-US', 1_234_567, 'KWD', 'KWD\u00a01,234.567'],
    ['en-US', 1_234_567, 'IQD', 'IQD\u00a01,234.567'],
  ])('%s %d %s', (locale, amount, code, expected) => {
    expect(Money.of(amount, code).format(locale)).toBe(expected);
  });

  it('leaves out decimals only when asked and all zero', () => {
    expect(eur(1_899_000).format('de-DE', { dropZeroDecimals: true })).toBe('18.990\u00a0€');
    expect(eur(1_899_050).format('de-DE', { dropZeroDecimals: true })).toBe('18.990,50\u00a0€');
    expect(eur(1_899_050).format('de-DE', { currency: 'none' })).toBe('18.990,50');
    expect(eur(100).format('en-US', { currency: 'code' })).toBe('EUR\u00a01.00');
    expect([eur(196_679).format('it-IT'), eur(196_679).format('it-IT', { alwaysGroup: true })]).toEqual(['1966,79\u00a0€', '1.966,79\u00a0€']);
  });

  it('is exact up to the largest amount', () => {
    expect(eur(Number.MAX_SAFE_INTEGER).format('en-US', { currency: 'none' })).toBe('90,071,992,547,409.91');
  });
});
