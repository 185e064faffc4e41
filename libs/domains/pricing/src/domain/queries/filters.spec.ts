import { type AskedFilters, canExist, canonicalText, isPlain, normalise, priceKey } from './filters';

const asks = (more: Partial<AskedFilters>): AskedFilters => ({ make: 'VW', model: 'Golf', year: 2019, mileage: null, mileageUnit: 'km', color: null, damageType: null, productionYear: null, country: null, ...more });
const now = new Date('2026-11-20T12:00:00.000Z');

describe('a price query', () => {
  it('is understood whatever the words: makes, models, colours and damage by their other names', () => {
    expect(normalise(asks({ make: 'volkswagen', model: 'golf 8', color: 'Grau', damageType: 'FRONT END', mileage: 30_000, mileageUnit: 'mi' }))).toMatchObject({
      make: 'Volkswagen',
      model: 'Golf',
      color: 'grey',
      damageType: 'front',
      mileageKm: 48_280,
      recognised: true,
      unrecognised: [],
    });
    expect(normalise(asks({ make: 'Mercedes', model: 'C-Klasse' }))).toMatchObject({ make: 'Mercedes-Benz', model: 'C-Class' });
  });

  it('is the same question in other words, and another with another car', () => {
    const text = (more: Partial<AskedFilters>) => canonicalText(normalise(asks(more)));
    expect(text({ make: 'vw', color: 'grau' })).toBe(text({ make: 'Volkswagen', color: 'Gray' }));
    expect(text({ mileage: 100_000 })).not.toBe(text({ mileage: 100_001 }));
    expect(text({ country: 'DE' })).not.toBe(text({}));
    expect(text({ make: 'BMW', model: '320d' })).not.toBe(text({ make: 'BMW', model: '318i' }));
  });

  it('keeps an unknown make as it is named, and says which words it did not understand', () => {
    expect(normalise(asks({ make: 'Qwertz', model: ' Foo  9 ', color: 'blurple', damageType: 'zzz' }))).toMatchObject({ make: 'Qwertz', model: 'Foo 9', recognised: false, color: null, damageType: null, unrecognised: ['color', 'damage_type'] });
  });

  it('of a year that had no cars, or has none yet, looks for nothing', () => {
    expect([1885, 1899, 2028, 2029, 2040].map((year) => canExist(normalise(asks({ year })), now))).toEqual([false, true, true, false, false]);
  });

  it('has its average under the key of its make, model, year, colour and damage, and only when that is all it asks', () => {
    expect(priceKey(normalise(asks({ make: 'Mercedes', model: 'C-Klasse', color: 'white', damageType: 'hail' })))).toBe('price:mercedesbenz:cclass:2019:white:hail');
    expect(priceKey(normalise(asks({})))).toBe('price:volkswagen:golf:2019::');
    expect([isPlain(normalise(asks({ color: 'red' }))), isPlain(normalise(asks({ mileage: 1 }))), isPlain(normalise(asks({ country: 'DE' })))]).toEqual([true, false, false]);
  });
});
