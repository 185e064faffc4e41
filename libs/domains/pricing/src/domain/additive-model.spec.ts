import { AdditiveModel, type LearnedCar } from './additive-model';
import { carFacts, dice } from './spec-cars';

const at = new Date('2026-07-01T00:00:00.000Z');
const makes = [
  ['Volkswagen', 'Golf', 0],
  ['BMW', '320', 0.4],
  ['Fiat', 'Panda', -0.7],
] as const;

/** Prices by a rule that is known, noise, and a tenth of slips. */
function market(cars: number, seed: number): LearnedCar[] {
  const { uniform, normal } = dice(seed);
  return Array.from({ length: cars }, (_value, index) => {
    const [make, model, level] = makes[index % 3] ?? makes[0];
    const age = uniform() * 12;
    const born = new Date(at.getTime() - age * 365.25 * 86_400_000);
    const mileageKm = Math.round(age * 13_000 * (0.6 + uniform() * 0.8));
    const country = uniform() < 0.5 ? 'DE' : 'IT';
    const facts = carFacts({ make, model, trim: null, country, year: born.getUTCFullYear(), firstRegistration: born.toISOString().slice(0, 10), mileageKm, powerKw: null });
    const log = Math.log(3_000_000) + level - 0.1 * age - 0.25 * (mileageKm / 100_000) + (country === 'IT' ? 0.08 : 0) + normal() * 0.1;
    return { facts, price: Math.round(Math.exp(log) * (uniform() < 0.02 ? 5 : 1)) };
  });
}

describe('the additive model', () => {
  const model = AdditiveModel.learn(market(3_000, 1), at);

  it('finds the rule of the market through noise and slips', () => {
    const fresh = market(1_000, 2);
    const predicted = model.predict(fresh.map(({ facts }) => facts), at);
    const errors = fresh.map(({ price }, index) => Math.abs((predicted[index]?.q50 ?? 0) / price - 1)).sort((a, b) => a - b);
    expect(errors[500]).toBeLessThan(0.08);
    const within = fresh.filter(({ price }, index) => price >= (predicted[index]?.q10 ?? 0) && price <= (predicted[index]?.q90 ?? 0)).length;
    expect(within / 1_000).toBeGreaterThan(0.77);
    expect(within / 1_000).toBeLessThan(0.84);
  });

  it('never lets its quantiles cross', () => {
    for (const { q10, q35, q50, q65, q90 } of model.predict(market(300, 3).map(({ facts }) => facts), at)) expect(q10 <= q35 && q35 <= q50 && q50 <= q65 && q65 <= q90).toBe(true);
  });

  it('tells what facts do in money', () => {
    const factors = model.explain(carFacts({ make: 'Fiat', model: 'Panda', trim: null, country: 'IT', firstRegistration: '2016-07-01', year: 2016, mileageKm: 130_000 }), at);
    const effect = (name: string): number => factors.find(({ factor }) => factor === name)?.effect ?? 0;
    expect(effect('age')).toBeLessThan(0);
    expect(effect('mileage_km')).toBeLessThan(0);
    expect(effect('country')).toBeGreaterThan(0);
    expect(effect('make') + effect('model')).toBeLessThan(0);
  });

  it('knows what it has seen and nothing else, and survives being written down', () => {
    expect(model.knows(carFacts({ make: 'bmw', model: '320' }))).toBe(true);
    expect(model.knows(carFacts({ make: 'Nonesuch', model: 'Nothing' }))).toBe(false);
    const again = new AdditiveModel(JSON.parse(JSON.stringify(model.parameters)) as typeof model.parameters);
    const asked = market(20, 4).map(({ facts }) => facts);
    expect(again.predict(asked, at)).toEqual(model.predict(asked, at));
  });

  it('learns from a handful, from identical cars and from absurd ones without falling over', () => {
    for (const cars of [market(5, 1), Array.from({ length: 30 }, () => ({ facts: carFacts(), price: 1_000_000 })), market(40, 2).map((car, index) => ({ ...car, price: index % 2 === 0 ? 1 : 99_999_999_999 }))]) {
      const [worth] = AdditiveModel.learn(cars, at).predict([carFacts()], at);
      expect(Object.values(worth ?? {}).every((value) => Number.isSafeInteger(value) && value > 0)).toBe(true);
    }
  });
});
