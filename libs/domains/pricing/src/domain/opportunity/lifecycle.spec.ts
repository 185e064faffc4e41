import { judgeDeal } from './judge';
import { nextStep, type Standing } from './lifecycle';
import { deal, usualMinimum } from './spec-deals';

const seen = (asking: number | null, valuationVersion = 2, question: Parameters<typeof deal>[1] = {}) => ({
  judgement: judgeDeal(deal(asking, question), usualMinimum),
  valuationVersion,
  asking,
  currency: 'EUR',
});
const score = seen(1_600_000).judgement.deal?.score.score ?? 0;
const open: Standing = { valuationVersion: 1, asking: 1_600_000, currency: 'EUR', score };

describe('the opportunity of a car', () => {
  it('is found with the first valuation by which it is one', () => {
    expect(nextStep(null, seen(1_600_000)).kind).toBe('found');
    expect(nextStep(null, seen(2_000_000))).toEqual({ kind: 'none' });
  });

  it('is told of again with the next valuation, and with none twice', () => {
    expect(nextStep(open, seen(1_590_000)).kind).toBe('renewed');
    expect(nextStep(open, seen(1_600_000, 1))).toEqual({ kind: 'none' });
  });

  it('is revised where something else has become known of it', () => {
    const opinion = { secondOpinion: { of: 'outside' as const, value: 1_750_000, effective: 12 } };
    expect(nextStep(open, seen(1_600_000, 1, opinion)).kind).toBe('revised');
  });

  it.each([
    ['price_rose', seen(2_000_000)],
    ['value_fell', seen(1_600_000, 2, { quantiles: { q10: 1_300_000, q35: 1_500_000, q50: 1_600_000, q65: 1_700_000, q90: 1_900_000 } })],
    ['excluded', seen(1_600_000, 2, { highestMileage: { km: 180_000, at: new Date('2026-05-01T00:00:00Z') } })],
    ['not_for_sale', seen(1_600_000, 2, { car: { status: 'reserved' } })],
    ['value_fell', seen(null)],
  ] as const)('ends: %s', (reason, what) => {
    expect(nextStep(open, what)).toEqual({ kind: 'ended', reason });
    expect(nextStep(null, what)).toEqual({ kind: 'none' });
  });

  it('does not compare prices of two currencies', () => {
    expect(nextStep({ ...open, currency: 'USD', asking: 100 }, seen(2_000_000))).toEqual({ kind: 'ended', reason: 'value_fell' });
  });
});
