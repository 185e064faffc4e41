import { similarity, type AlikeFacts } from './similarity';

const golf: AlikeFacts = { make: 'Volkswagen', model: 'Golf', year: 2019, mileageKm: 100_000, damageType: 'front', colour: 'blue' };

/** Worked by hand: make + model + year + mileage + damage + colour. */
const cases: readonly (readonly [string, Partial<AlikeFacts>, Partial<AlikeFacts>, number])[] = [
  ['the same in everything', {}, {}, 100],
  ['written another way', {}, { make: ' VOLKSWAGEN ', model: 'golf', colour: 'Blue' }, 100],
  ['another model', {}, { model: 'Polo' }, 80],
  ['another make', {}, { make: 'Audi' }, 80],
  ['nothing in common', {}, { make: 'Audi', model: 'A4', year: 2010, mileageKm: 300_000, damageType: 'rear', colour: 'red' }, 0],
  ['one year apart', {}, { year: 2020 }, 90],
  ['two years apart', {}, { year: 2017 }, 90],
  ['three years apart', {}, { year: 2016 }, 80],
  ['mileage 10 % more', {}, { mileageKm: 110_000 }, 100],
  ['mileage just over 10 % more', {}, { mileageKm: 110_001 }, 90],
  ['mileage 10 % less', {}, { mileageKm: 90_000 }, 100],
  ['mileage 25 % more', {}, { mileageKm: 125_000 }, 90],
  ['mileage just over 25 % less', {}, { mileageKm: 74_999 }, 80],
  ['mileage 50 % more', {}, { mileageKm: 150_000 }, 80],
  ['mileage 50 % less', {}, { mileageKm: 50_000 }, 80],
  ['mileage just over 50 % more', {}, { mileageKm: 150_001 }, 75],
  ['both never driven', { mileageKm: 0 }, { mileageKm: 0 }, 100],
  ['never driven against hardly', { mileageKm: 0 }, { mileageKm: 1 }, 75],
  ['another damage', {}, { damageType: 'rear' }, 90],
  ['both without a damage', { damageType: 'none' }, { damageType: 'none' }, 100],
  ['a damage that nobody knows is no match', { damageType: 'unknown' }, { damageType: 'unknown' }, 90],
  ['another colour', {}, { colour: 'red' }, 95],
  ['the other’s mileage is missing', {}, { mileageKm: null }, 75],
  ['the asked mileage is missing', { mileageKm: null }, {}, 75],
  ['both mileages are missing', { mileageKm: null }, { mileageKm: null }, 75],
  ['colour missing on both sides', { colour: null }, { colour: null }, 95],
  ['damage missing', { damageType: null }, { damageType: null }, 90],
  ['year missing', {}, { year: null }, 80],
  ['only make, model and year are told', {}, { mileageKm: null, damageType: null, colour: null }, 60],
  ['two years apart, a quarter further, another colour', {}, { year: 2021, mileageKm: 125_000, colour: 'red' }, 75],
  ['an empty name is no name', { make: '' }, { make: '' }, 80],
];

it.each(cases)('%s', (_case, asked, other, score) => {
  expect(similarity({ ...golf, ...asked }, { ...golf, ...other }).score).toBe(score);
});

it('says what each point is for', () => {
  expect(similarity(golf, { ...golf, year: 2021, mileageKm: 125_000, colour: 'red' }).points).toEqual({ make: 20, model: 20, year: 10, mileage: 15, damage: 10, colour: 0 });
});
