import { factOf, tableOfCars } from '../../application/registry/car-table';
import { carFacts, dice } from '../../domain/spec-cars';
import type { TrainingCar } from '../../application/registry/ports';
import { BoostedPrices, learner } from './learner';

const at = new Date('2026-07-01T00:00:00.000Z');
const makes = [
  ['Volkswagen', 'Golf', 0],
  ['BMW', '320', 0.4],
  ['Fiat', 'Panda', -0.7],
] as const;

/** Prices by a rule that is known, and noise. */
function market(cars: number, seed: number): TrainingCar[] {
  const { uniform, normal } = dice(seed);
  return Array.from({ length: cars }, (_value, index) => {
    const [make, model, level] = makes[index % 3] ?? makes[0];
    const age = uniform() * 12;
    const born = new Date(at.getTime() - age * 365.25 * 86_400_000);
    const mileageKm = Math.round(age * 13_000 * (0.6 + uniform() * 0.8));
    const facts = carFacts({ make, model, trim: null, year: born.getUTCFullYear(), firstRegistration: born.toISOString().slice(0, 10), mileageKm });
    const log = Math.log(3_000_000) + level - 0.1 * age - 0.25 * (mileageKm / 100_000) + normal() * 0.08;
    return { id: String(index), listedAt: at.toISOString(), facts, price: Math.round(Math.exp(log)) };
  });
}

describe('the learned model as the service speaks with it', () => {
  const learned = learner.learn(market(900, 1), at, 1);
  const model = BoostedPrices.of(learned.toBytes());
  const fresh = market(300, 2);

  it('finds the rule of the market, with quantiles that never cross', () => {
    const predicted = model.predict(fresh.map(({ facts }) => facts), at);
    const errors = fresh.map(({ price }, index) => Math.abs((predicted[index]?.q50 ?? 0) / price - 1)).sort((a, b) => a - b);
    expect(errors[150]).toBeLessThan(0.09);
    for (const { q10, q35, q50, q65, q90 } of predicted) expect(q10 <= q35 && q35 <= q50 && q50 <= q65 && q65 <= q90).toBe(true);
  });

  it('says the same after it was written down', () => {
    const asked = fresh.slice(0, 20).map(({ facts }) => facts);
    expect(model.predict(asked, at)).toEqual(learned.predict(asked, at));
  });

  it('tells in money what facts do, and nothing of what it was not told', () => {
    const car = carFacts({ make: 'Fiat', model: 'Panda', trim: null, powerKw: null, firstRegistration: '2015-07-01', year: 2015, mileageKm: 160_000 });
    const factors = model.explain(car, at, 400_000);
    expect(factors.find(({ factor }) => factor === 'age')?.effect).toBeLessThan(0);
    expect(factors.map(({ factor }) => factor)).not.toContain('power_kw');
    expect(Math.abs(factors[0]?.effect ?? 0)).toBeGreaterThanOrEqual(Math.abs(factors.at(-1)?.effect ?? 0));
  });

  it('knows what it has seen and nothing else', () => {
    expect(model.knows(carFacts({ make: 'bmw', model: '320' }))).toBe(true);
    expect(model.knows(carFacts({ make: 'Nonesuch', model: 'Nothing' }))).toBe(false);
  });
});

it('a feature of the model is told as the fact that it is made of', () => {
  expect(['mileage_km', 'pace', 'year', 'make:level', 'make+model:beyond', 'make+model+power:count', 'features=navigation', 'make+model+fuel+gearbox:level'].map(factOf)).toEqual([
    'mileage_km', 'mileage_km', 'age', 'make', 'model', 'power_kw', 'features', 'gearbox',
  ]);
  expect(tableOfCars([carFacts({ features: ['navigation', 'heated_seats'] })], at).columns.at(-1)).toEqual(['navigation,heated_seats']);
});
