import { aggregate, type ExternalValue, headlineOf, readWeights } from './external-valuation';

const now = new Date('2026-11-20T12:00:00.000Z');
const hour = 3_600_000;
const weights = { kbb: 0.5, edmunds: 0.3, perplexity: 0.2 };
const says = (source: ExternalValue['source'], privateParty: number | null, more: Partial<ExternalValue> = {}): ExternalValue => ({
  source,
  currency: 'USD',
  privateParty,
  tradeIn: null,
  retail: null,
  low: null,
  high: null,
  fetchedAt: new Date(now.getTime() - hour),
  expiresAt: new Date(now.getTime() + 23 * hour),
  ...more,
});

describe('what others say a car is worth', () => {
  it('is their weighted mean, with full confidence where all are there and agree', () => {
    expect(aggregate([says('kbb', 2_000_000), says('edmunds', 2_000_000), says('perplexity', 2_000_000)], weights, now)).toMatchObject({ value: 2_000_000, confidence: 1, disagreement: 0, stale: [], missing: [] });
    expect(aggregate([says('kbb', 2_000_000), says('edmunds', 2_100_000), says('perplexity', 1_900_000)], weights, now)?.value).toBe(2_010_000);
  });

  it('gives the weight of who is missing to the others, and says who is missing', () => {
    const one = aggregate([says('kbb', 2_000_000), says('edmunds', 2_400_000)], weights, now);
    expect(one).toMatchObject({ value: 2_150_000, weights: { kbb: 0.625, edmunds: 0.375 }, missing: ['perplexity'] });
    expect(one?.confidence).toBeLessThan(0.8);
  });

  it('is the less sure the more they disagree', () => {
    const spread = (by: number) => aggregate([says('kbb', 2_000_000 + by), says('edmunds', 2_000_000 - by), says('perplexity', 2_000_000)], weights, now)?.confidence ?? 0;
    expect(spread(50_000)).toBeGreaterThan(spread(200_000));
    expect(spread(200_000)).toBeGreaterThan(spread(500_000));
    expect(spread(1_900_000)).toBe(0);
  });

  it('counts half what is past its time, names it, and forgets what is very old', () => {
    const old = says('kbb', 2_000_000, { fetchedAt: new Date(now.getTime() - 30 * hour), expiresAt: new Date(now.getTime() - 6 * hour) });
    expect(aggregate([old, says('edmunds', 2_000_000), says('perplexity', 2_000_000)], weights, now)).toMatchObject({ stale: ['kbb'], weights: { kbb: 0.333, edmunds: 0.4, perplexity: 0.267 }, confidence: 0.75 });
    const ancient = { ...old, fetchedAt: new Date(now.getTime() - 800 * hour), expiresAt: new Date(now.getTime() - 776 * hour) };
    expect(aggregate([ancient, says('edmunds', 2_000_000)], weights, now)).toMatchObject({ missing: ['kbb', 'perplexity'], weights: { edmunds: 1 } });
    expect(aggregate([ancient], weights, now)).toBeNull();
  });

  it('takes from each what it has: trade-in and retail where there is no private price, else its range', () => {
    expect([headlineOf(says('kbb', null, { tradeIn: 100, retail: 201 })), headlineOf(says('kbb', null, { low: 100, high: 300 })), headlineOf(says('kbb', null, { retail: 5 })), headlineOf(says('kbb', null))]).toEqual([151, 200, 5, null]);
    expect(aggregate([says('kbb', 100, { retail: 200 }), says('edmunds', 100)], weights, now)).toMatchObject({ retail: 200, tradeIn: null });
    expect(aggregate([says('kbb', 0), says('edmunds', null)], weights, now)).toBeNull();
  });

  it('has weights that can be read, or stops', () => {
    expect(readWeights(['kbb=0.45', 'perplexity=2'])).toEqual({ kbb: 0.45, perplexity: 2 });
    expect(() => readWeights(['kbb'])).toThrow(/EXTERNAL_VALUATION_WEIGHTS/u);
    expect(() => readWeights(['nada=1'])).toThrow(/not source=number/u);
  });
});
