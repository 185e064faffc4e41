import { Vin } from '@autobroker/kernel';
import type { Captured } from './captured';
import { complaints, withDoubts } from './judge';
import { readCaptured } from './normalise';

const now = new Date('2026-11-20T12:00:00Z');
const german: Captured['hints'] = { locale: 'de-DE', currency: 'EUR', mileageUnit: 'km', country: 'DE', auction: false };
const american: Captured['hints'] = { locale: 'en-US', currency: 'USD', mileageUnit: 'mi', country: 'US', auction: false };

function read(words: Record<string, string | readonly string[]>, hints: Captured['hints'] = german) {
  const fields = Object.fromEntries(Object.entries(words).map(([name, value]) => [name, { value, from: 'selector', confidence: 0.8 }]));
  return readCaptured({ source: 's', externalId: '1', url: 'https://s.example/1', capturedAt: now, kind: 'detail', hints, fields }, now);
}

/** A North American one of 2013, with the check digit that belongs to it. */
const pickup = `1FTFW1ET${Vin.checkDigitFor('1FTFW1ET0DFC10312')}DFC10312`;
const golf = { make: 'VW', model: 'Golf', year: '2017' };

it('German words, numbers and units become ours', () => {
  const { facts, doubts } = read({
    ...golf,
    mileage: '48.217 km',
    price: '18.990,00 €',
    fuel: 'Diesel',
    gearbox: 'Schaltgetriebe',
    body: 'Kombi',
    color: 'Weiß',
    power: '110 kW (150 PS)',
    first_registration: '03/2017',
    postal_code: '80331',
    city: 'München',
    damage: 'unfallfrei',
  });
  expect(doubts).toEqual([]);
  expect(facts).toMatchObject({
    make: 'Volkswagen',
    model: 'Golf',
    year: 2017,
    mileage: { value: 48_217, unit: 'km' },
    price: { amount: 1_899_000, currency: 'EUR' },
    fuel: 'diesel',
    gearbox: 'manual',
    body: 'estate',
    exteriorColour: 'white',
    powerKw: 110,
    firstRegistration: '2017-03-01',
    location: { city: 'München', postalCode: '80331', country: 'DE', coordinates: { lat: expect.closeTo(48.1, 0), lon: expect.closeTo(11.6, 0) } },
  });
});

it('American ones too', () => {
  const { facts } = read({ title: '2019 Ford F-150 XLT', mileage: '61,204 mi.', price: '$31,995', color: 'Oxford White', title_status: 'Clean Title', doors: '4 doors' }, american);
  expect(facts).toMatchObject({
    make: 'Ford',
    model: 'F-150',
    year: 2019,
    mileage: { value: 61_204, unit: 'mi' },
    price: { amount: 3_199_500, currency: 'USD' },
    exteriorColour: 'white',
    titleStatus: 'clean',
    doors: 4,
  });
});

describe('a price', () => {
  it.each([
    ['on request', { price: 'Preis auf Anfrage' }, 'price_on_request'],
    ['by the month', { price: '249 € / Monat' }, 'price_monthly'],
    ['of another currency than the site’s', { price: '18.990', currency: 'USD' }, 'price_currency_differs'],
  ])('%s is marked', (_name, words, doubt) => {
    expect(read({ ...golf, ...words }).doubts).toContain(doubt);
  });

  it('that is only a placeholder beside “on request” is none', () => {
    expect(read({ ...golf, price: '1 €', price_note: 'Preis auf Anfrage' })).toMatchObject({ facts: { price: null }, doubts: ['price_on_request'] });
  });

  it('at an auction is what it can be bought for, or else what was bid', () => {
    const auction = { ...american, auction: true };
    expect(read({ ...golf, current_bid: '$2,100', buy_now_price: '$6,500' }, auction)).toMatchObject({ facts: { price: { amount: 650_000 } }, doubts: [] });
    expect(read({ ...golf, current_bid: '$2,100' }, auction)).toMatchObject({ facts: { price: { amount: 210_000 } }, doubts: ['price_is_bid'] });
  });

  it.each([
    ['€1', '1 €', null, ['price_bait']],
    ['the row of keys', '12345 €', null, ['price_bait']],
    ['ten times what it was', '189.900 €', 1_899_000, ['price_factor_ten']],
    ['a fifth of what it was', '3.800 €', 1_899_000, ['price_jump']],
    ['a little less than it was', '17.900 €', 1_899_000, []],
  ])('of %s is told apart', (_name, price, before, expected) => {
    const trusted = { price: before === null ? null : ({ amount: before, currency: 'EUR' } as const), mileage: null };
    expect(withDoubts(read({ ...golf, price }), trusted, false, now).doubts).toEqual(expected);
  });
});

describe('a VIN', () => {
  it('that names another maker, or another year, is kept and marked', () => {
    expect(read({ ...golf, vin: 'WBA3A5C58DF358058' })).toMatchObject({ facts: { vin: 'WBA3A5C58DF358058' }, doubts: ['vin_make_differs'] });
    expect(read({ make: 'Ford', model: 'F-150', year: '2021', vin: pickup }).doubts).toContain('vin_model_year_differs');
  });

  it('that can be none is not kept', () => {
    expect(read({ ...golf, vin: '1FTFW1ET5DF******' })).toMatchObject({ facts: { vin: null }, doubts: ['vin_unusable'] });
  });

  it('gives the year where nothing else does, if its maker says it there', () => {
    const silent = { make: 'VW', model: 'Golf' };
    expect(read({ ...silent, vin: 'WVWZZZ1KZ7W123456' })).toMatchObject({ facts: { year: 2007 }, doubts: ['year_from_vin'] });
    expect(read({ ...silent, title: "VW Golf '17", vin: 'WVWZZZ1KZ7W123456' })).toMatchObject({ facts: { year: 2017 }, doubts: expect.arrayContaining(['year_from_title']) });
    expect(read({ ...silent, title: 'VW Golf (67 reg)' })).toMatchObject({ facts: { year: 2017 }, doubts: ['year_from_title'] });
    // Mercedes-Benz says the side of the wheel there.
    expect(read({ make: 'Mercedes', model: 'C 220', vin: 'WDD2050071F123456' }).facts.year).toBeNull();
  });

  it('of an American car gives the year for sure', () => {
    expect(read({ make: 'Ford', model: 'F-150', vin: pickup })).toMatchObject({ facts: { year: 2013 }, doubts: ['year_from_vin'] });
  });
});

it('facts that can’t all be true lose the weaker one, and it is said', () => {
  expect(read({ ...golf, first_registration: '2009-01-01', fuel: 'Elektro', displacement: '1.998 ccm' })).toMatchObject({
    facts: { firstRegistration: null, engineDisplacementCc: null },
    doubts: ['displacement_dropped', 'registration_dropped'],
  });
});

it('personal data does not get in, wherever it still was', () => {
  const { facts, doubts } = read({ ...golf, description: 'Scheckheftgepflegt. Tel. 0171 2345678 oder max.mustermann@example.com' });
  expect(facts.description).toContain('Scheckheftgepflegt');
  expect(facts.description).not.toMatch(/2345678|example\.com/u);
  expect(doubts).toContain('personal_data_removed');
  expect(read({ ...golf, description: facts.description ?? '' }).facts.description).toBe(facts.description);
});

it('what sellers write into a name to be reached is no part of it', () => {
  const { facts, doubts } = read({ make: 'VW', model: 'Golf', trim: 'Comfortline 0171/1234567 Herr Müller', year: '2017' });
  expect(facts).toMatchObject({ model: 'Golf', trim: 'Comfortline' });
  expect(doubts).toContain('personal_data_removed');
  expect(read({ make: 'VW', model: 'Golf', trim: 'Comfortline [phone] [name]', year: '2017' }).facts.trim).toBe('Comfortline');
  expect(read({ make: 'VW', model: 'Zzyzx max@web.de', year: '2017' }).facts.model).toBe('Zzyzx');
});

it('what has no maker, no model or no year can’t be taken in, and it is said why', () => {
  const reasons = (words: Record<string, string>) => complaints(read(words).facts, now).map(({ reason }) => reason);
  expect(reasons({ make: 'Sonstige', model: 'Q', year: '2017' })).toEqual(['make_unknown']);
  expect(reasons({ title: 'schöner Zzyzx', model: 'Q', year: '2017' })).toEqual(['make_unknown']);
  expect(reasons({ make: 'VW', year: '2017' })).toEqual(['model_unknown']);
  expect(reasons({ make: 'VW', model: 'Golf' })).toEqual(['year_unknown']);
  expect(reasons(golf)).toEqual([]);
});

it('a maker that we have not heard of is believed where a field of its own names it, and marked', () => {
  expect(read({ make: 'ZZYZX', model: 'Q', year: '2017' })).toMatchObject({ facts: { make: 'Zzyzx', model: 'Q' }, doubts: expect.arrayContaining(['make_unverified']) });
});

it('garbage in every field is no reason to fail', () => {
  const names = ['title', 'make', 'model', 'year', 'price', 'mileage', 'vin', 'power', 'doors', 'latitude', 'first_registration', 'description', 'images', 'image_hashes', 'features'];
  for (const garbage of ['\u0000', '💥'.repeat(500), '-1', 'NaN', '9'.repeat(400), '<script>', ' ', '1e999', '0x12', '٣٤٥', 'null']) {
    const { facts } = read(Object.fromEntries(names.map((name) => [name, name === 'images' ? [garbage] : garbage])));
    expect(facts.images).toEqual([]);
    expect(facts.mileage === null || Number.isSafeInteger(facts.mileage.value)).toBe(true);
  }
});
