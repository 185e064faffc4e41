import { aCar } from './a-car';
import { contradictions, tidyFacts, type VehicleFacts } from './facts';
import { changedFields } from './changed-fields';
import { hpOfKw, kwOfHp, mileageKm } from './units';
import { vinFlags } from './vin-flags';
import { sightingChange } from './sighting';
import { mayWrite, ownerOfNew } from './visibility';

const now = new Date('2026-11-20T12:00:00Z');
const places = (facts: Partial<VehicleFacts>): string[] => contradictions(aCar(facts), now).map(({ pointer }) => pointer);

describe('facts that can not all be true', () => {
  it.each<[string, Partial<VehicleFacts>, string[]]>([
    ['a plain car', {}, []],
    ['next year’s model', { year: 2027, productionYear: 2026, firstRegistration: null }, []],
    ['a model year from the far future', { year: 2028, productionYear: null, firstRegistration: null }, ['/year']],
    ['built long before its model year', { productionYear: 2015 }, ['/production_year']],
    ['registered before it was built', { productionYear: 2021, firstRegistration: '2020-12-31' }, ['/first_registration']],
    ['registered tomorrow', { firstRegistration: '2026-11-21' }, ['/first_registration']],
    ['registered today', { firstRegistration: '2026-11-20' }, []],
    ['an electric car with a displacement', { fuel: 'electric' }, ['/engine_displacement_cc']],
    ['a new car with an owner', { condition: 'new' }, ['/owners_count']],
  ])('%s', (_name, facts, expected) => expect(places(facts)).toEqual(expected));
});

describe('the same said differently', () => {
  const messy = aCar({ make: '  Alfa   Romeo ', trim: '  ', vin: 'wvwzzzcdzmw012345', features: ['navigation', 'heated_seats', 'navigation'] });

  it('has one spelling', () => {
    expect(tidyFacts(messy)).toMatchObject({ make: 'Alfa Romeo', trim: null, vin: 'WVWZZZCDZMW012345', features: ['heated_seats', 'navigation'] });
  });

  it('tidying twice is tidying once', () => expect(tidyFacts(tidyFacts(messy))).toEqual(tidyFacts(messy)));
});

describe('what changed', () => {
  it('is named by the fields of the resource, colours and places as one', () => {
    const after = aCar({ exteriorColour: 'red', interiorColour: 'beige', powerKw: 181, location: { ...aCar().location, city: 'Berlin' } });
    expect(changedFields(aCar(), after)).toEqual(['power', 'colour', 'location']);
    expect(changedFields(aCar(), aCar())).toEqual([]);
  });

  it('in a price is its amount as much as its currency', () => {
    expect(changedFields(aCar(), aCar({ price: { amount: 2_899_000, currency: 'USD' } }))).toEqual(['price']);
    expect(changedFields(aCar(), aCar({ price: null }))).toEqual(['price']);
  });
});

describe('units', () => {
  it('miles become kilometres, horses become kilowatts', () => {
    expect(mileageKm({ value: 100, unit: 'mi' })).toBe(161);
    expect(mileageKm({ value: 100, unit: 'km' })).toBe(100);
    expect([hpOfKw(180), kwOfHp(245)]).toEqual([245, 180]);
  });
});

describe('a VIN against the other facts', () => {
  it.each([
    ['right', { vin: '1HGCM82633A004352', make: 'Honda', year: 2003 }, []],
    ['with a wrong check digit', { vin: '1HGCM82634A004352', make: 'Honda', year: 2003 }, ['check_digit_wrong']],
    ['of another year', { vin: '1HGCM82633A004352', make: 'Honda', year: 2012 }, ['model_year_differs']],
    ['of another maker', { vin: '1HGCM82633A004352', make: 'Toyota', year: 2003 }, ['make_differs']],
    ['of a European car, whose ninth place is free', { vin: 'WVWZZZCDZMW012345', make: 'VW', year: 2021 }, []],
    ['that is not known', { vin: null, make: 'Honda', year: 2003 }, []],
  ])('%s', (_name, facts, expected) => expect(vinFlags(facts)).toEqual(expected));
});

describe('the price history', () => {
  const seen = { price: { amount: 100, currency: 'EUR' as const }, status: 'active' };
  it.each([
    [null, seen, 'first_seen'],
    [seen, seen, null],
    [seen, { ...seen, price: { amount: 99, currency: 'EUR' as const } }, 'price'],
    [seen, { ...seen, price: null }, 'price'],
    [seen, { ...seen, status: 'sold' }, 'status'],
    [seen, { price: null, status: 'sold' }, 'price_and_status'],
  ])('of %j, then %j: %s', (before, after, change) => expect(sightingChange(before, after)).toBe(change));
});

describe('whose car it is', () => {
  const agent = { tenantId: 'a', writesOwn: true, writesShared: false };
  const operator = { tenantId: null, writesOwn: true, writesShared: true };
  const buyer = { tenantId: 'a', writesOwn: false, writesShared: false };
  const codeOf = (result: ReturnType<typeof mayWrite>): string => (result.ok ? 'ok' : result.error.code);

  it('decides who may change it', () => {
    expect(codeOf(mayWrite(agent, 'a'))).toBe('ok');
    expect(codeOf(mayWrite(agent, 'b'))).toBe('not_found');
    expect(codeOf(mayWrite(agent, null))).toBe('permission_denied');
    expect(codeOf(mayWrite(operator, null))).toBe('ok');
    expect(codeOf(mayWrite(buyer, 'a'))).toBe('permission_denied');
  });

  it('decides whose a new one is', () => {
    expect(ownerOfNew(agent, undefined)).toEqual({ ok: true, value: 'a' });
    expect(ownerOfNew(operator, undefined)).toEqual({ ok: true, value: null });
    expect(ownerOfNew(agent, 'shared').ok).toBe(false);
    expect(ownerOfNew(operator, 'private').ok).toBe(false);
  });
});
