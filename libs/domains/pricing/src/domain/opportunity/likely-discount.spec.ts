import fc from 'fast-check';
import { likelyDiscount, type DiscountQuestion } from './likely-discount';
import { quantilesAround, specNow } from './spec-deals';

const daysAgo = (days: number): Date => new Date(specNow.getTime() - days * 86_400_000);
const ask = (question: Partial<DiscountQuestion> = {}): DiscountQuestion => ({ asking: 1_600_000, quantiles: quantilesAround(2_000_000), secondOpinion: null, listedAt: daysAgo(20), at: specNow, ...question });
const expected = (question: Partial<DiscountQuestion> = {}): number => likelyDiscount(ask(question)).expected;

describe('what is left of a discount', () => {
  it('is by the model alone a part of what it claims, worked by hand', () => {
    // Twenty days: sellers ask what it is worth. ln 0.8 = −0.22314; its variance 2 × 0.1² + 0.0025 = 0.0225, sellers’ 0.0081:
    // 0.22314 × 0.0081 / (0.0081 + 0.0225) = 0.05907
    expect(expected()).toBeCloseTo(0.05907, 4);
    // In its own deviations: × √(1 / 0.0081 + 1 / 0.0225) = × 12.957
    expect(likelyDiscount(ask()).score).toBeCloseTo(0.7654, 3);
    expect(likelyDiscount(ask()).chance).toBeCloseTo(0.778, 3);
  });

  it('is more where like cars say the same, most where others do, and less where they don’t', () => {
    const opinion = (of: 'comparables' | 'outside', value: number) => expected({ secondOpinion: { of, value, effective: 16 } });
    expect(opinion('comparables', 2_000_000)).toBeGreaterThan(expected());
    expect(opinion('outside', 2_000_000)).toBeGreaterThan(opinion('comparables', 2_000_000));
    expect(opinion('outside', 1_600_000)).toBeLessThan(expected());
    expect(expected({ secondOpinion: { of: 'outside', value: 1_600_000, effective: 2 } })).toBeGreaterThan(opinion('outside', 1_600_000));
  });

  it('is less where the model is less sure', () => {
    expect(expected({ quantiles: quantilesAround(2_000_000, 0.25) })).toBeLessThan(expected() / 2);
    expect(expected({ quantiles: quantilesAround(2_000_000, 0.04) })).toBeGreaterThan(expected() * 1.5);
  });

  it('grows while the car stands, for some weeks', () => {
    const [fresh, month, quarter, year] = [0, 30, 90, 365].map((days) => expected({ listedAt: daysAgo(days) }));
    expect([fresh, month].toSorted((a = 0, b = 0) => a - b)).toEqual([fresh, month]);
    expect(quarter).toBeGreaterThan(month ?? 0);
    expect(year).toBe(quarter);
    // What came tomorrow is as good as new.
    expect(expected({ listedAt: daysAgo(-1) })).toBe(fresh);
  });

  it('falls with the price that is asked, and is a number, whatever is told', () => {
    const question = fc.record({
      spread: fc.double({ min: 0, max: 3, noNaN: true }),
      value: fc.integer({ min: 1, max: 1_000_000_000 }),
      opinion: fc.option(fc.record({ of: fc.constantFrom('comparables' as const, 'outside' as const), value: fc.integer({ min: 0, max: 1_000_000_000 }), effective: fc.double({ min: 0, max: 60, noNaN: true }) })),
      days: fc.integer({ min: -10, max: 4_000 }),
    });
    fc.assert(
      fc.property(question, fc.integer({ min: 1, max: 1_000_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), ({ spread, value, opinion, days }, asking, more) => {
        const told = { quantiles: quantilesAround(value, spread), secondOpinion: opinion, listedAt: daysAgo(days) };
        const [cheap, dear] = [likelyDiscount(ask({ ...told, asking })), likelyDiscount(ask({ ...told, asking: asking + more }))];
        expect(Number.isFinite(cheap.expected) && cheap.chance >= 0 && cheap.chance <= 1).toBe(true);
        expect(cheap.expected).toBeGreaterThanOrEqual(dear.expected);
      }),
    );
  });
});
