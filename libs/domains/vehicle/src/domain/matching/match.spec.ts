import { decideMatch, type MatchFacts } from '.';

/** A car that many of its kind resemble. */
const golf: MatchFacts = {
  vin: null,
  make: 'Volkswagen',
  model: 'Golf',
  trim: 'GTI',
  year: 2018,
  mileageKm: 64_213,
  mileageStepKm: 1,
  priceRef: 1_899_000,
  priceCurrency: 'EUR',
  colour: 'black',
  fuel: 'petrol',
  gearbox: 'automatic',
  body: 'hatchback',
  powerKw: 180,
  displacementCc: 1984,
  doors: 5,
  postalCode: '80331',
  city: 'München',
  region: 'Bayern',
  country: 'DE',
  lat: 48.137,
  lon: 11.575,
  placed: true,
  stockNumber: null,
  imageHashes: [],
  words: [],
};
const like = (changes: Partial<MatchFacts>): MatchFacts => ({ ...golf, ...changes });
const elsewhere: Partial<MatchFacts> = { postalCode: '20095', city: 'Hamburg', region: 'Hamburg', lat: 53.55, lon: 10 };
const silent: Partial<MatchFacts> = { colour: null, fuel: null, gearbox: null, body: null, powerKw: null, displacementCc: null, doors: null, trim: null };

describe('one car on two marketplaces', () => {
  it.each<[string, Partial<MatchFacts>, Partial<MatchFacts>?]>([
    ['word for word', {}],
    ['with less said about it', { ...silent, postalCode: null, city: 'Muenchen', lat: null, lon: null, placed: false }],
    ['a little cheaper, with another trim text', { priceRef: 1_849_000, trim: 'GTI Performance DSG' }],
    ['rounded to the hundred', { mileageKm: 64_200, mileageStepKm: 100 }],
    ['rounded to the thousand at the same price', { mileageKm: 64_000, mileageStepKm: 1_000 }],
    ['a few weeks and a test drive later', { mileageKm: 64_320, priceRef: 1_799_000 }],
    ['in miles', { mileageKm: 64_212, mileageStepKm: 1.609 }],
    ['registered a year after it was built', { year: 2019 }],
    ['from the dealer’s branch in the next town', { postalCode: '85221', city: 'Dachau', lat: 48.26, lon: 11.434 }],
    ['in a colour that is told otherwise', { colour: 'grey' }],
    ['at a price in another currency', { priceRef: 1_871_000, priceCurrency: 'GBP' }],
    ['without a mileage, but with its picture', { mileageKm: null, mileageStepKm: null }],
    ['a few kilometres on, at the dealer who has lent it out', { mileageKm: 64_222, trim: 'Performance', priceRef: null }],
    ['driven to the workshop and back, with no price told', { mileageKm: 64_240, colour: 'grey', priceRef: null }],
    ['called a hatchback by one and a saloon by the other', { body: 'sedan', mileageKm: 64_220, priceRef: null }],
    ['as new, where the form asked for kilometres', { mileageKm: 0, mileageStepKm: 1, trim: null }, { mileageKm: 10, mileageStepKm: 10 }],
    ['rounded down to the thousand', { mileageKm: 63_000, mileageStepKm: 1_000 }, { mileageKm: 63_900 }],
    ['with a slip in the mileage and the same text', { mileageKm: 642_130, words: words(40) }],
  ])('%s', (_name, changes, base = {}) => {
    const more = changes.mileageKm === null ? { imageHashes: ['f0e1d2c3b4a59687'] } : {};
    const words = changes.words === undefined ? {} : { words: changes.words };
    const decision = decideMatch(like({ ...more, ...words, ...base }), like({ ...base, ...changes, ...more }));
    expect(decision).toMatchObject({ same: true });
    expect(decision.why.length).toBeGreaterThan(0);
  });
});

describe('two cars', () => {
  it.each<[string, Partial<MatchFacts>, Partial<MatchFacts>?]>([
    ['of one kind and year, elsewhere, with other mileage', { mileageKm: 58_000, postalCode: '20095', city: 'Hamburg', lat: 53.55, lon: 10, region: 'Hamburg', priceRef: 1_950_000 }],
    ['of one fleet at one dealer: only the clock differs', { mileageKm: 60_900 }],
    ['of one fleet with almost the same mileage, in another colour', { mileageKm: 64_900, colour: 'white' }],
    ['of another model at the same dealer for the same money', { model: 'Passat', mileageKm: 64_000, mileageStepKm: 1_000 }],
    ['of another make', { make: 'Škoda', model: 'Octavia' }],
    ['with a round mileage that many have', { mileageKm: 100_000, mileageStepKm: 10_000, priceRef: null, postalCode: null, city: null, region: null, lat: null, lon: null, placed: false }, { mileageKm: 100_000, mileageStepKm: 10_000 }],
    ['that are new and stand in different towns', { mileageKm: 10, mileageStepKm: 1, postalCode: '20095', city: 'Hamburg', region: 'Hamburg', lat: 53.55, lon: 10 }, { mileageKm: 10 }],
    ['diesel and petrol, alike else', { fuel: 'diesel', mileageKm: 64_900 }],
    ['whose VINs say so', { vin: 'WVWZZZ1KZAW000451' }, { vin: 'WVWZZZ1KZAW000001' }],
    ['the next off the line', { vin: 'WVWZZZ1KZAW000002', mileageKm: 48_900 }, { vin: 'WVWZZZ1KZAW000001' }],
    ['about which nothing is known but the name', { mileageKm: null, priceRef: null, postalCode: null, city: null, region: null, lat: null, lon: null, placed: false, ...silent }],
    ['five years apart', { year: 2013, mileageKm: 81_050 }],
    ['lent out by one dealer, of different colours and almost the same few kilometres', { mileageKm: 4_884, mileageStepKm: 5, colour: 'red', priceRef: null }, { mileageKm: 4_892, mileageStepKm: 16, colour: 'blue', priceRef: null }],
    ['with one reading by chance, at the two ends of a country', { mileageKm: 64_214, priceRef: 2_100_000, ...elsewhere, ...silent }],
    ['one of which was cut off to more than it has', { mileageKm: 65_000, mileageStepKm: 1_000, priceRef: null, trim: null, postalCode: null, city: 'Dachau', lat: 48.26, lon: 11.434 }, { mileageKm: 64_213, priceRef: null }],
    ['new ones of one dealer, whose trims begin with one letter', { mileageKm: 12, trim: 'S', colour: null, priceRef: null }, { mileageKm: 20, trim: 'SX Prestige', colour: null, priceRef: null }],
    ['in different countries', { country: 'AT', postalCode: '1010', city: 'Wien', lat: 48.2, lon: 16.37, region: null, mileageKm: 64_000, mileageStepKm: 1_000 }],
  ])('%s', (_name, changes, base = {}) => {
    expect(decideMatch(like(base), like(changes))).toMatchObject({ same: false });
  });
});

it('the same VIN settles it, a slip in it does not', () => {
  const vin = 'WVWZZZ1KZAW000001';
  expect(decideMatch(like({ vin }), like({ vin, mileageKm: 10, colour: 'red' }))).toMatchObject({ score: 1, same: true });
  expect(decideMatch(like({ vin }), like({ vin: 'WVWZZZ1KZAW000001'.replace('1K', 'K1') })).same).toBe(true);
});

it('gives the same answer whichever offer is named first', () => {
  const other = like({ mileageKm: 64_000, mileageStepKm: 1_000, trim: 'GTI DSG', colour: null, city: 'Dachau', postalCode: null, lat: 48.26, lon: 11.434 });
  expect(decideMatch(golf, other).score).toBe(decideMatch(other, golf).score);
});

function words(count: number): string[] {
  return Array.from({ length: count }, (_none, index) => `word${index}`);
}
