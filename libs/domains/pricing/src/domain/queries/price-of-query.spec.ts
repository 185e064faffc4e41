import { noPrice, priceOf, type PricedCar } from './price-of-query';

const at = (amount: number, more: Partial<PricedCar> = {}): PricedCar => ({ vehicleId: String(amount), amount, yearsApart: 0, milesApart: null, ...more });
const cars = (amounts: readonly number[], more: Partial<PricedCar> = {}): PricedCar[] => amounts.map((amount) => at(amount, more));

describe('the price of a query', () => {
  it('is the mean and the median of cars of its year', () => expect(priceOf(cars([100, 110, 120, 130, 160]))).toMatchObject({ median: 120, average: 124, comparables: 5 }));

  it('leaves out what stands out: a bait and a slip of a figure', () => {
    expect(priceOf(cars([1, 10_000, 10_200, 10_400, 9_900, 10_100, 101_000]))).toMatchObject({ median: 10_100, average: 10_120, comparables: 5 });
  });

  it('takes years and mileages further away only while there are too few', () => {
    const own = cars([100, 101, 102, 103]);
    expect(priceOf([...own, ...cars([500, 500, 500], { yearsApart: 1 })])).toMatchObject({ comparables: 4, median: 102, average: 102 });
    expect(priceOf([...cars([100]), ...cars([104, 106, 108], { yearsApart: 2 })]).comparables).toBe(4);
    expect(priceOf(cars([100, 102, 104, 106], { milesApart: 0.9 })).comparables).toBe(4);
  });

  it('is the surer the more there are, the more alike and the nearer', () => {
    const one = priceOf(cars([100])).confidence;
    const few = priceOf(cars([100, 101, 102])).confidence;
    const many = priceOf(cars([100, 101, 102, 99, 98, 100, 101, 102, 99, 98, 100, 101, 102])).confidence;
    expect([one < few, few < many, many > 0.9, one > 0 && one < 0.2]).toEqual([true, true, true, true]);
    expect(priceOf(cars([50, 80, 100, 140, 190, 60])).confidence).toBeLessThan(priceOf(cars([95, 98, 100, 102, 104, 101])).confidence);
    expect(priceOf(cars([100, 101, 102, 99], { yearsApart: 2 })).confidence).toBeLessThan(priceOf(cars([100, 101, 102, 99])).confidence);
  });

  it('of cars that all cost the same is that, and of none is none', () => {
    expect(priceOf(cars([7, 7, 7, 7]))).toMatchObject({ average: 7, median: 7, comparables: 4 });
    expect(priceOf([])).toEqual(noPrice);
    // Nothing within two years is nothing.
    expect(priceOf(cars([100, 100], { yearsApart: 3 }))).toEqual(noPrice);
  });
});
