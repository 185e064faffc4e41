import { depreciationOf, type AgePoint } from './depreciation';
import { amountOfBucket, bucketOf, countOf, logMeanOf, meanOf, quantileOf } from './price-sketch';
import { daysToSell, marketDaysSupply, type Life } from './survival';
import { periodOf, periodsBetween, priceIndex } from './trend';

describe('prices as counts', () => {
  const prices = Array.from({ length: 999 }, (_, index) => 500_000 + index * 3_700);
  const counted = (amounts: readonly number[]) => [...Map.groupBy(amounts, bucketOf)].map(([bucket, some]) => ({ bucket, n: some.length }));

  it.each([0, 0.1, 0.25, 0.5, 0.75, 0.9, 1])('the %d quantile is right to a hundredth', (level) => {
    const exact = prices[Math.floor(level * 998)] ?? 0;
    expect(Math.abs((quantileOf(counted(prices), level) ?? 0) / exact - 1)).toBeLessThan(0.0101);
  });

  it('what is taken away was never there', () => {
    const with_ = counted([...prices, 77, 9_999_999_99]);
    const without = with_.map((bucket) => ([bucketOf(77), bucketOf(9_999_999_99)].includes(bucket.bucket) ? { ...bucket, n: 0 } : bucket));
    expect(quantileOf(without, 0)).toBe(quantileOf(counted(prices), 0));
    expect(quantileOf(without, 1)).toBe(quantileOf(counted(prices), 1));
    expect(countOf(without)).toBe(999);
  });

  it('of none there is no quantile, of one it is that one', () => {
    expect([quantileOf([], 0.5), meanOf([]), logMeanOf([])]).toEqual([null, null, null]);
    const one = counted([2_500_000]);
    expect([quantileOf(one, 0.1), quantileOf(one, 0.9)]).toEqual([amountOfBucket(bucketOf(2_500_000)), amountOfBucket(bucketOf(2_500_000))]);
    expect(Math.abs((meanOf(one) ?? 0) / 2_500_000 - 1)).toBeLessThan(0.0101);
  });

  it('no amount breaks it', () => {
    expect([bucketOf(0), bucketOf(-5), bucketOf(1)]).toEqual([0, 0, 0]);
    expect(bucketOf(9_007_199_254_740_991)).toBeLessThan(32_767);
  });
});

describe('days to sell', () => {
  const life = (days: number, sold: boolean, n = 1): Life => ({ days, sold, n });

  it('worked by hand: of five, two are withdrawn on the way', () => {
    // At risk 5, 4, 3, 2, 1: sold on day 10 → 4/5; withdrawn on 20; sold on 30 → 4/5 · 2/3; withdrawn on 40; sold on 50 → 0.
    const told = daysToSell([life(10, true), life(20, false), life(30, true), life(40, false), life(50, true)]);
    expect(told).toMatchObject({ cars: 5, sold: 3, q25: 30, median: 50, q75: 50 });
    expect(told.within30).toBeCloseTo(1 - (4 / 5) * (2 / 3));
    expect(told.within90).toBe(1);
  });

  it('what left without a sale is not sold: it slows the market down', () => {
    const sold = daysToSell([life(10, true, 10), life(30, true, 10)]);
    const withdrawn = daysToSell([life(10, true, 10), life(10, false, 10), life(30, true, 10)]);
    expect([sold.median, withdrawn.median]).toEqual([10, 30]);
  });

  it('what is still there counts for the days that it has been there', () => {
    expect(daysToSell([life(5, true, 2), life(60, false, 98)])).toMatchObject({ median: null, within30: expect.closeTo(0.02), within60: expect.closeTo(0.02), within90: null });
  });

  it('nothing sold, nothing known', () => {
    expect(daysToSell([life(5, false, 20)])).toMatchObject({ sold: 0, median: null, q25: null, within30: null });
    expect(daysToSell([])).toEqual({ cars: 0, sold: 0, median: null, q25: null, q75: null, within30: null, within60: null, within90: null });
  });

  it('supply is what is there by what is sold a day', () => {
    expect(marketDaysSupply(90, 45)).toBe(90);
    expect(marketDaysSupply(30, 90)).toBe(15);
    expect([marketDaysSupply(30, 0), marketDaysSupply(0, 9)]).toEqual([null, 0]);
  });
});

describe('depreciation', () => {
  const line = (yearly: number, cars: number): AgePoint[] => Array.from({ length: 10 }, (_, age) => ({ age, cars, median: Math.round(3_000_000 * (1 - yearly) ** age) }));

  it('is what the market shows, where it shows much', () => {
    const told = depreciationOf(line(0.15, 200), [{ kind: 'other', n: 2_000 }]);
    expect(told).toMatchObject({ cars: 2_000, ownShare: 1 });
    expect(told.yearly).toBeCloseTo(15, 0);
    expect(told.newPrice).toBeGreaterThan(2_950_000);
    expect(told.points[5]).toMatchObject({ age: 5, cars: 200, retained: expect.closeTo(44.4, 0), fitted: expect.closeTo(44.4, 0) });
  });

  it.each([
    ['electric', 58.8],
    ['hybrid', 40.7],
    ['pickup', 40.4],
    ['suv', 48.9],
    ['other', 45.6],
  ] as const)('is what is usual, where it shows nothing: %s', (kind, lost) => {
    expect(depreciationOf([], [{ kind, n: 3 }])).toMatchObject({ cars: 0, fiveYears: lost, priorFiveYears: lost, ownShare: 0, newPrice: null, points: [] });
  });

  it('one age says nothing of a year, few cars little', () => {
    expect(depreciationOf([{ age: 4, cars: 500, median: 1_000_000 }], [])).toMatchObject({ fiveYears: 45.6, ownShare: 0 });
    const few = depreciationOf(line(0.3, 1), []);
    expect(few.yearly).toBeGreaterThan(12);
    expect(few.yearly).toBeLessThan(30);
  });

  it('no car becomes dearer with age, whatever few offers say', () => {
    expect(depreciationOf([{ age: 1, cars: 100, median: 1_000_000 }, { age: 9, cars: 100, median: 5_000_000 }], []).yearly).toBe(0);
  });
});

describe('price trend', () => {
  it('does not move when only the mix does', () => {
    const cells = [
      { period: 'a', segment: 'golf', n: 90, logMean: Math.log(20_000) },
      { period: 'a', segment: 's-class', n: 10, logMean: Math.log(80_000) },
      { period: 'b', segment: 'golf', n: 10, logMean: Math.log(20_000) },
      { period: 'b', segment: 's-class', n: 90, logMean: Math.log(80_000) },
    ];
    expect([...priceIndex(['a', 'b'], cells).values()]).toEqual([100, 100]);
  });

  it('follows what each kind of car does, also over a period without it', () => {
    const cells = [
      { period: 'a', segment: 'golf', n: 10, logMean: Math.log(20_000) },
      { period: 'c', segment: 'golf', n: 10, logMean: Math.log(18_000) },
    ];
    expect([...priceIndex(['a', 'b', 'c'], cells).values()]).toEqual([100, 100, 90]);
  });

  it('periods begin on Mondays and firsts', () => {
    expect([periodOf('2026-06-07', 'week'), periodOf('2026-06-08', 'week'), periodOf('2026-06-30', 'month'), periodOf('2026-06-30', 'day')]).toEqual(['2026-06-01', '2026-06-08', '2026-06-01', '2026-06-30']);
    expect(periodsBetween('2026-01-30', '2026-02-02', 'month')).toEqual(['2026-01-01', '2026-02-01']);
  });
});
