import { learnedSimilarity, learnSensitivity, type PricedFacts } from './learned-similarity';
import { someFacts } from './market/a-car';

/** A market whose rule is known: 10 % a year, 4 % each 10,000 km, an automatic adds 12 %, colours cost nothing. */
function market(size: number): PricedFacts[] {
  return Array.from({ length: size }, (_, index) => {
    const year = 2015 + (index % 9);
    const mileageKm = 20_000 + ((index * 7_919) % 130) * 1_000;
    const gearbox = index % 2 === 0 ? 'automatic' : 'manual';
    const colour = (['white', 'black', 'red'] as const)[index % 3] ?? 'white';
    const noise = ((index * 37) % 11) / 500 - 0.01;
    const log = Math.log(3_000_000) - 0.1 * (2023 - year) - 0.04 * (mileageKm / 10_000) + (gearbox === 'automatic' ? 0.12 : 0) + noise;
    return { facts: someFacts({ year, mileageKm, gearbox, colour }), price: Math.round(Math.exp(log)) };
  });
}

describe('what the market pays for', () => {
  const learned = learnSensitivity(market(400));

  it('is found in its prices', () => {
    expect(learned.slopes.age).toBeCloseTo(-0.1, 2);
    expect(learned.slopes.mileage).toBeCloseTo(-0.04, 2);
    expect((learned.levels.get('gearbox/automatic') ?? 0) - (learned.levels.get('gearbox/manual') ?? 0)).toBeCloseTo(0.12, 1);
    expect(Math.abs(learned.levels.get('colour/red') ?? 1)).toBeLessThan(0.01);
  });

  it('is not bent by a few prices that nobody means', () => {
    const spoilt = learnSensitivity([...market(400), ...market(8).map(({ facts }) => ({ facts, price: 100 }))]);
    expect(spoilt.slopes.age).toBeCloseTo(-0.1, 1);
    expect(spoilt.slopes.mileage).toBeCloseTo(-0.04, 1);
  });

  it('is common depreciation where there is no market', () => {
    expect(learnSensitivity([])).toMatchObject({ cars: 0, slopes: { age: -0.075, mileage: -0.03, power: 0.5 } });
  });
});

describe('how near a car is to another', () => {
  const learned = learnSensitivity(market(400));
  const car = someFacts();

  it('the same car is as near as can be', () => {
    expect(learnedSimilarity(car, car, learned)).toEqual({ score: 100, gaps: [] });
  });

  it('a difference that costs nothing does not count, one that costs much does', () => {
    const red = learnedSimilarity(car, someFacts({ colour: 'red' }), learned);
    const manual = learnedSimilarity(car, someFacts({ gearbox: 'manual' }), learned);
    const old = learnedSimilarity(car, someFacts({ year: 2016, mileageKm: 140_000 }), learned);
    expect(red.score).toBeGreaterThan(95);
    expect(manual.score).toBeLessThan(70);
    expect(old.score).toBeLessThan(10);
    expect(manual.gaps).toEqual([expect.objectContaining({ fact: 'gearbox' })]);
    expect(old.gaps.map(({ fact }) => fact)).toEqual(['age', 'mileage']);
  });

  it('says which way: an older car is worth less', () => {
    expect(learnedSimilarity(car, someFacts({ year: 2020 }), learned).gaps[0]?.effect).toBeCloseTo(-0.1, 2);
  });

  it('what nobody told is no difference', () => {
    expect(learnedSimilarity(car, someFacts({ gearbox: null, mileageKm: null }), learned).score).toBe(100);
  });
});
