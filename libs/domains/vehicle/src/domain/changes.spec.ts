import { aVehicle } from './a-car';
import { happenings } from './changes';

const kinds = (...args: Parameters<typeof happenings>): string[] => happenings(...args).map(({ kind }) => kind);
const car = aVehicle();
const other = { ...car, version: 2 };

it('a new car is listed, unless it is off the market already', () => {
  expect(kinds(null, car)).toEqual(['listed']);
  expect(kinds(null, { ...car, status: 'sold' })).toEqual(['updated']);
});

it('a price that changes alone is told as that alone', () => {
  const cheaper = { ...other, facts: { ...car.facts, price: { amount: 1, currency: 'EUR' as const } } };
  expect(happenings(car, cheaper)).toEqual([{ kind: 'price_changed', previous: car.facts.price, previousReference: car.referencePrice }]);
  expect(kinds(car, { ...cheaper, facts: { ...cheaper.facts, year: 2020 } })).toEqual(['updated', 'price_changed']);
});

it('a car comes and goes', () => {
  expect(kinds(car, { ...other, status: 'reserved' })).toEqual(['updated']);
  expect(happenings(car, { ...other, status: 'sold' })).toEqual([{ kind: 'delisted', reason: 'sold' }]);
  expect(happenings({ ...car, status: 'reserved' }, { ...other, status: 'withdrawn' })).toEqual([{ kind: 'delisted', reason: 'withdrawn' }]);
  expect(kinds({ ...car, status: 'sold' }, other)).toEqual(['listed']);
  expect(kinds({ ...car, status: 'sold' }, { ...other, status: 'withdrawn' })).toEqual(['updated']);
  expect(happenings(car, other, true)).toEqual([{ kind: 'delisted', reason: 'deleted' }]);
});

it('what belongs to a car is named beside it', () => {
  expect(happenings(car, { ...other, imageCount: 1 }, false, ['media'])).toEqual([{ kind: 'updated', changed: ['images', 'media'] }]);
});
