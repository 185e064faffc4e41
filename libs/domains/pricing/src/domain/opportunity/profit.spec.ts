import fc from 'fast-check';
import { chanceAbove, spreadOf } from './price-distribution';
import { estimateProfit, holdingShare } from './profit';
import { quantilesAround } from './spec-deals';

const quantiles = quantilesAround(2_000_000);

describe('the chance that a car brings more than a price', () => {
  it('is what the published levels say, at each of them', () => {
    const { q10, q35, q50, q65, q90 } = quantiles;
    expect([q10, q35, q50, q65, q90].map((price) => Math.round(chanceAbove(quantiles, price) * 1_000) / 1_000)).toEqual([0.9, 0.65, 0.5, 0.35, 0.1]);
  });

  it('goes on beyond the outer levels as a log-normal tail does', () => {
    expect(chanceAbove(quantiles, 2_000_000 * Math.exp(-0.2))).toBeCloseTo(0.9772, 3);
    expect(chanceAbove(quantiles, 2_000_000 * Math.exp(0.3))).toBeCloseTo(0.00135, 4);
    expect(spreadOf(quantiles)).toBeCloseTo(0.1, 4);
  });

  it('of a distribution that leans follows each of its parts', () => {
    const leaning = { q10: 1_000_000, q35: 1_900_000, q50: 2_000_000, q65: 2_050_000, q90: 2_100_000 };
    expect(chanceAbove(leaning, 1_900_000)).toBeCloseTo(0.65, 6);
    expect(chanceAbove(leaning, 1_450_000)).toBeGreaterThan(0.65);
    expect(chanceAbove(leaning, 2_075_000)).toBeGreaterThan(0.1);
    expect(chanceAbove(leaning, 2_075_000)).toBeLessThan(0.35);
  });

  it('falls with the price and lies between 0 and 1, whatever the quantiles', () => {
    const sorted = fc.array(fc.integer({ min: 1, max: 50_000_000 }), { minLength: 5, maxLength: 5 }).map((list) => list.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(sorted, fc.integer({ min: 0, max: 60_000_000 }), fc.integer({ min: 0, max: 60_000_000 }), ([q10 = 1, q35 = 1, q50 = 1, q65 = 1, q90 = 1], a, b) => {
        const of = (price: number): number => chanceAbove({ q10, q35, q50, q65, q90 }, price);
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(of(low)).toBeGreaterThanOrEqual(of(high) - 1e-9);
        expect(of(low)).toBeLessThanOrEqual(1);
        expect(of(high)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the profit', () => {
  it('is the middle less what holding takes, less what the car costs landed', () => {
    const profit = estimateProfit({ quantiles, landed: { low: 1_600_000, likely: 1_650_000, high: 1_700_000 }, holding: 0.05 });
    expect(profit.expected).toBe(1_900_000 - 1_650_000);
    expect(profit.roi).toBeCloseTo(250_000 / 1_650_000, 6);
    expect(profit.low).toBe(Math.round(quantiles.q10 * 0.95) - 1_700_000);
    expect(profit.high).toBe(Math.round(quantiles.q90 * 0.95) - 1_600_000);
    // 1,650,000 / 0.95 is 14 % below the middle: 1.41 standard deviations.
    expect(profit.probability).toBeCloseTo(0.919, 2);
  });

  it('is a loss as likely as not where the car costs what it brings', () => {
    const profit = estimateProfit({ quantiles, landed: { low: 1_900_000, likely: 1_900_000, high: 1_900_000 }, holding: 0.05 });
    expect(profit.expected).toBe(0);
    expect(profit.probability).toBeCloseTo(0.5, 3);
  });

  it('is less sure where the costs are not known well', () => {
    const chance = (width: number): number => estimateProfit({ quantiles, landed: { low: 1_700_000 - width, likely: 1_700_000, high: 1_700_000 + width }, holding: 0.05 }).probability;
    expect(chance(400_000)).toBeLessThan(chance(0));
  });

  it('shrinks where such cars stand for long', () => {
    expect(holdingShare(20)).toBeLessThan(holdingShare(90));
    expect(holdingShare(null)).toBe(holdingShare(45));
    expect(holdingShare(10_000)).toBe(0.15);
  });
});
