import { hedonic, type HedonicSample } from './hedonic';
import { plausibleCar } from './plausible';
import { carFacts, dice } from './spec-cars';
import { normalQuantile, studentQuantile } from './student';

const at = new Date('2026-07-01T00:00:00.000Z');

/** A market whose prices follow a rule that is known: 8 % a year, 3 % each 10,000 km, and noise. */
function market(cars: number, sigma: number, seed: number): HedonicSample[] {
  const { uniform, normal } = dice(seed);
  return Array.from({ length: cars }, (_value, index) => {
    const age = 2 + uniform() * 6;
    const mileageKm = Math.round(age * 12_000 + uniform() * 30_000);
    const bornAt = new Date(at.getTime() - age * 365.25 * 86_400_000);
    const facts = carFacts({ year: bornAt.getUTCFullYear(), firstRegistration: bornAt.toISOString().slice(0, 10), mileageKm });
    return { id: `car-${index}`, facts, weight: 1, price: Math.round(truth(age, mileageKm) * Math.exp(normal() * sigma)) };
  });
}
const truth = (age: number, km: number): number => 3_600_000 * Math.exp(-0.08 * age - 0.03 * (km / 10_000));
const subject = carFacts({ firstRegistration: '2021-07-01', mileageKm: 80_000 });
const estimateOf = (samples: readonly HedonicSample[], car = subject) => {
  const result = hedonic(car, samples, at);
  if (!result.ok) throw new Error(result.reason);
  return result.estimate;
};

describe('a car is valued by its comparables alone', () => {
  it('close to what the rule of the market says', () => {
    const { quantiles } = estimateOf(market(60, 0.1, 1));
    expect(Math.abs(quantiles.q50 / truth(5, 80_000) - 1)).toBeLessThan(0.05);
    expect(quantiles.q10 < quantiles.q35 && quantiles.q35 < quantiles.q50 && quantiles.q50 < quantiles.q65 && quantiles.q65 < quantiles.q90).toBe(true);
  });

  it.each([9, 14, 40])('with an interval that holds about 80 %% of prices, from %d comparables', (size) => {
    let within = 0;
    const rounds = 600;
    for (let round = 0; round < rounds; round += 1) {
      const result = hedonic(subject, market(size, 0.1, 1_000 + round), at);
      if (!result.ok) continue;
      const price = truth(5, 80_000) * Math.exp(dice(90_000 + round).normal() * 0.1);
      if (price >= result.estimate.quantiles.q10 && price <= result.estimate.quantiles.q90) within += 1;
    }
    expect(within / rounds).toBeGreaterThan(0.75);
    expect(within / rounds).toBeLessThan(0.88);
  });

  it('with wider intervals the fewer there are', () => {
    const width = (size: number): number => {
      const widths = Array.from({ length: 40 }, (_value, seed) => estimateOf(market(size, 0.1, seed)).quantiles).map(({ q10, q90 }) => Math.log(q90 / q10));
      return widths.reduce((sum, one) => sum + one, 0) / widths.length;
    };
    expect(width(9)).toBeGreaterThan(width(60) * 1.05);
  });

  it('and a tenth of nonsense among them does not move it', () => {
    const clean = market(50, 0.08, 3);
    const dirty = clean.map((sample, index) => (index % 10 === 0 ? { ...sample, price: sample.price * 9 } : sample));
    expect(Math.abs(estimateOf(dirty).quantiles.q50 / estimateOf(clean).quantiles.q50 - 1)).toBeLessThan(0.03);
    expect(estimateOf(dirty).used).not.toContain('car-0');
  });

  it('says what age and mileage do in money, against the comparables', () => {
    const older = estimateOf(market(80, 0.05, 4), carFacts({ firstRegistration: '2018-07-01', year: 2018, mileageKm: 130_000 }));
    const age = older.factors.find(({ factor }) => factor === 'age');
    expect(age?.effect).toBeLessThan(0);
    expect(older.factors.find(({ factor }) => factor === 'mileage_km')?.effect).toBeLessThan(0);
  });
});

describe('an honest answer to thin or absurd data', () => {
  it('one comparable is no market, nor are seven', () => {
    expect(hedonic(subject, market(1, 0.1, 1), at)).toMatchObject({ ok: false, reason: 'too_few', effectiveComparables: 1 });
    expect(hedonic(subject, market(7, 0.1, 1), at)).toMatchObject({ ok: false, reason: 'too_few' });
    expect(hedonic(subject, [], at)).toMatchObject({ ok: false, reason: 'too_few', effectiveComparables: 0 });
  });

  it('twenty that hardly count are not eight', () => {
    const samples = market(20, 0.1, 1).map((sample, index) => ({ ...sample, weight: index < 3 ? 1 : 0.01 }));
    expect(hedonic(subject, samples, at)).toMatchObject({ ok: false, reason: 'too_few' });
  });

  it('identical comparables give their price, and still no certainty', () => {
    const facts = carFacts({ mileageKm: 80_000 });
    const samples = Array.from({ length: 12 }, (_value, index) => ({ id: String(index), facts, weight: 1, price: 2_000_000 }));
    const { q10, q50, q90 } = estimateOf(samples).quantiles;
    expect(q50).toBe(2_000_000);
    expect(q10).toBeLessThan(1_920_000);
    expect(q90).toBeGreaterThan(2_080_000);
  });

  it('prices that contradict each other give none', () => {
    const samples = market(12, 0.9, 5);
    expect(hedonic(subject, samples, at)).toMatchObject({ ok: false, reason: 'too_wide' });
  });

  it('a car far outside of its comparables is not guessed at', () => {
    expect(hedonic(carFacts({ year: 1960, firstRegistration: '1960-01-01' }), market(40, 0.1, 6), at).ok).toBe(false);
  });

  it('negative and missing prices are no comparables', () => {
    const samples = market(20, 0.1, 1).map((sample, index) => ({ ...sample, price: index < 14 ? -sample.price : sample.price }));
    expect(hedonic(subject, samples, at)).toMatchObject({ ok: false, reason: 'too_few', effectiveComparables: 6 });
  });

  it('a mileage or trim that nobody tells is left out', () => {
    const { factors } = estimateOf(market(40, 0.1, 8), carFacts({ mileageKm: null, trim: null, powerKw: null }));
    expect(factors.map(({ factor }) => factor)).toEqual(['age']);
  });
});

describe('what no car can be is not valued', () => {
  it.each([
    [{ year: 1899 }, 'year'],
    [{ year: 2040 }, 'year'],
    [{ mileageKm: 10_000_000 }, 'mileage'],
    [{ mileageKm: -5 }, 'mileage'],
    [{ make: ' ' }, 'make'],
  ] as const)('%j', (facts, implausible) => expect(plausibleCar(carFacts(facts), at)).toEqual({ ok: false, implausible }));

  it('an old car with no kilometres is valued without its mileage, a new one with it', () => {
    expect(plausibleCar(carFacts({ mileageKm: 0 }), at)).toMatchObject({ ok: true, car: { ignored: ['mileage_km'], facts: { mileageKm: null } } });
    expect(plausibleCar(carFacts({ mileageKm: 0, year: 2026, condition: 'new' }), at)).toMatchObject({ ok: true, car: { ignored: [] } });
  });
});

it('quantiles of the distributions are those of the tables', () => {
  expect(normalQuantile(0.9)).toBeCloseTo(1.281552, 5);
  expect(normalQuantile(0.01)).toBeCloseTo(-2.326348, 5);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 9);
  expect(studentQuantile(0.9, 5)).toBeCloseTo(1.4759, 2);
  expect(studentQuantile(0.65, 10)).toBeCloseTo(0.3966, 3);
});
