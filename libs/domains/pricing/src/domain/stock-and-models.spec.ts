import { decidePromotion, type ModelMetrics } from './model-version';
import { degradedBy, distributionOfNumbers, distributionOfWords, stabilityIndex } from './drift';
import { checkPolicy, defaultPolicy } from './pricing-policy';
import { recommendPrice, type StockCar } from './recommended-price';
import { dice } from './spec-cars';
import { hasGrown, trainingSplit } from './training-split';

const quantiles = { q10: 1_700_000, q35: 1_900_000, q50: 2_000_000, q65: 2_110_000, q90: 2_330_000 };
const car = (fields: Partial<StockCar> = {}): StockCar => ({ currency: 'EUR', quantiles, asking: null, cost: null, daysOnMarket: 0, daysOfSupply: null, ...fields });
const codes = (fields: Partial<StockCar>, policy = defaultPolicy): string[] => recommendPrice(car(fields), policy).steps.map(({ code }) => code);

describe('what a tenant should ask for its own car', () => {
  it('begins in the middle of the market, as people write it', () => {
    expect(recommendPrice(car(), defaultPolicy)).toMatchObject({ amount: 1_999_000, steps: [{ code: 'market_middle' }, { code: 'rounding' }], marginPercent: null });
  });

  it('comes down with the days it stands, and no more than the step of a day', () => {
    const aged = recommendPrice(car({ daysOnMarket: 65 }), { ...defaultPolicy, rounding: 'none' });
    expect(aged.amount).toBe(1_900_000);
    const slow = recommendPrice(car({ daysOnMarket: 65, asking: 2_100_000 }), { ...defaultPolicy, rounding: 'none' });
    expect(slow.amount).toBe(2_037_000);
    expect(slow.steps.at(-1)).toMatchObject({ code: 'daily_step', before: 1_900_000, after: 2_037_000 });
  });

  it('asks more when there are few, less when there are many', () => {
    const plain = { ...defaultPolicy, rounding: 'none' as const };
    expect(recommendPrice(car({ daysOfSupply: 12 }), plain).amount).toBe(2_030_000);
    expect(recommendPrice(car({ daysOfSupply: 200 }), plain).amount).toBe(1_970_000);
    expect(codes({ daysOfSupply: 60 }, plain)).toEqual(['market_middle']);
  });

  it('asks for its margin as far as the market goes, and never less than the least one', () => {
    const plain = { ...defaultPolicy, rounding: 'none' as const };
    expect(recommendPrice(car({ cost: 1_850_000 }), plain)).toMatchObject({ amount: 2_035_000, marginPercent: 10 });
    expect(recommendPrice(car({ cost: 2_000_000 }), plain)).toMatchObject({ amount: 2_110_000, marginPercent: 5.5 });
    const dear = recommendPrice(car({ cost: 2_500_000 }), plain);
    expect(dear).toMatchObject({ amount: 2_575_000, aboveMarket: true, marginPercent: 3 });
    expect(dear.steps.at(-1)?.code).toBe('min_margin');
    expect(recommendPrice(car({ cost: 1_000_000 }), plain)).toMatchObject({ amount: 1_300_000, marginPercent: 30 });
  });

  it('rounds to what keeps the limits: up where down would cut the least margin', () => {
    const tight = recommendPrice(car({ cost: 1_941_700 }), { ...defaultPolicy, targetMarginPercent: 3 });
    expect(tight.amount).toBe(2_049_000);
    expect(recommendPrice(car({ quantiles: { q10: 100, q35: 150, q50: 200, q65: 220, q90: 300 } }), defaultPolicy).amount).toBe(200);
    expect(recommendPrice(car({ currency: 'JPY', quantiles: { q10: 1_700_000, q35: 1_900_000, q50: 2_000_000, q65: 2_110_000, q90: 2_330_000 } }), defaultPolicy).amount).toBe(1_999_990);
  });

  it('over a thousand policies and cars keeps every limit that it can keep', () => {
    const { uniform } = dice(3);
    for (let round = 0; round < 1_000; round += 1) {
      const minMarginPercent = uniform() * 10;
      const policy = { ...defaultPolicy, minMarginPercent, targetMarginPercent: minMarginPercent + uniform() * 10, maxStepPercent: 0.5 + uniform() * 5 };
      const asking = uniform() < 0.5 ? null : Math.round(1_000_000 + uniform() * 2_000_000);
      const cost = uniform() < 0.5 ? null : Math.round(1_200_000 + uniform() * 1_000_000);
      const { amount } = recommendPrice(car({ asking, cost, daysOnMarket: Math.floor(uniform() * 150), daysOfSupply: uniform() * 200 }), policy);
      expect(Number.isInteger(amount) && amount > 0).toBe(true);
      if (asking !== null) expect(Math.abs(amount - asking)).toBeLessThanOrEqual(Math.round((asking * policy.maxStepPercent) / 100));
      else if (cost !== null) expect(amount).toBeGreaterThanOrEqual(cost + Math.round((cost * minMarginPercent) / 100));
      else expect(amount).toBeLessThanOrEqual(2_000_000 * 1.125);
    }
  });

  it('rules that contradict each other are refused, each by its place', () => {
    const wrong = checkPolicy({ ...defaultPolicy, minMarginPercent: 20, floorPercent: 130, ageing: [{ afterDays: 60, percent: 5 }, { afterDays: 30, percent: 1 }] });
    expect(wrong.ok ? [] : wrong.error.errors?.map(({ pointer }) => pointer)).toEqual(['/target_margin_percent', '/floor_percent', '/ageing/1/after_days', '/ageing/1/percent']);
    expect(checkPolicy(defaultPolicy).ok).toBe(true);
  });
});

describe('which model serves', () => {
  const good: ModelMetrics = { cars: 400, mape: 10, mdape: 8, r2: 0.92, coverage80: 80 };
  it.each([
    ['the first that is sound', good, null, true, 'first'],
    ['a better one', { ...good, mdape: 7, mape: 9 }, good, true, 'better'],
    ['one that is as good and newer', good, good, true, 'better'],
    ['none that is worse', { ...good, mdape: 9 }, good, false, 'not_better'],
    ['none that is worse at the edges', { ...good, mape: 14 }, good, false, 'not_better'],
    ['none whose interval does not hold', { ...good, mdape: 5, coverage80: 61 }, good, false, 'coverage'],
    ['none that says nothing', { ...good, coverage80: 99 }, null, false, 'coverage'],
    ['none that was hardly tested', { ...good, cars: 12 }, null, false, 'too_few'],
  ] as const)('%s', (_name, candidate, inService, promote, reason) => expect(decidePromotion(candidate, inService)).toEqual({ promote, reason }));
});

it('a training is worth while with enough cars, and again with three times as many', () => {
  const last = { learned: 250, onMarket: 250 };
  expect([hasGrown(100, null, 9_000), hasGrown(250, null, 9_000), hasGrown(600, last, 9_000), hasGrown(750, last, 9_000)]).toEqual([false, true, false, true]);
  // Where half of the cars can't be learned from, or there are more than a training takes, it would be repeated every minute.
  expect([hasGrown(9_000, { learned: 2_000, onMarket: 8_000 }, 60_000), hasGrown(1_000_000, { learned: 48_000, onMarket: 80_000 }, 60_000)]).toEqual([false, false]);
  const days = Array.from({ length: 250 }, (_value, index) => new Date(Date.UTC(2026, 0, 1) + index * 3_600_000));
  expect(trainingSplit(days)).toEqual({ train: 200, from: days[0], to: days[199] });
  expect(trainingSplit(days.slice(0, 150))).toBeNull();
});

describe('a market that has moved away from its model is noticed', () => {
  const { normal } = dice(5);
  const before = Array.from({ length: 2_000 }, () => 60_000 + normal() * 20_000);
  const learned = distributionOfNumbers('mileage_km', before);
  const words = distributionOfWords('make', [...Array<string>(700).fill('BMW'), ...Array<string>(300).fill('Audi')]);

  it('and one that has not is left in peace', () => {
    expect(stabilityIndex(learned, Array.from({ length: 1_000 }, () => 60_000 + normal() * 20_000))).toBeLessThan(0.05);
    expect(stabilityIndex(learned, Array.from({ length: 1_000 }, () => 95_000 + normal() * 20_000))).toBeGreaterThan(0.25);
    expect(stabilityIndex(learned, [])).toBeNull();
    expect(stabilityIndex(words, [...Array<string>(70).fill('BMW'), ...Array<string>(30).fill('Audi')])).toBeLessThan(0.01);
    expect(stabilityIndex(words, Array<string>(100).fill('Tesla'))).toBeGreaterThan(1);
  });

  it('by its intervals, its features or its age', () => {
    const well = { coverage80: 0.8, cars: 500, stability: [0.05], ageDays: 2 };
    expect(degradedBy(well)).toEqual([]);
    expect(degradedBy({ ...well, coverage80: 0.5, stability: [0.4], ageDays: 45 })).toEqual(['coverage', 'drift', 'age']);
    expect(degradedBy({ ...well, coverage80: 0.5, cars: 20 })).toEqual([]);
  });
});
