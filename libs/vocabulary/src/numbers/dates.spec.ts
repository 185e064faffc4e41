import { parseDay, parseYear } from './dates';

describe('the day of a first registration', () => {
  it.each([
    ['EZ 03/2018', '2018-03-01'],
    ['03/2018', '2018-03-01'],
    ['3/2018', '2018-03-01'],
    ['03.2018', '2018-03-01'],
    ['2018-03', '2018-03-01'],
    ['2018-03-15', '2018-03-15'],
    ['2018-03-15T10:20:00Z', '2018-03-15'],
    ['15.03.2018', '2018-03-15'],
    ['15.3.18', '2018-03-15'],
    ['März 2018', '2018-03-01'],
    ['15. März 2018', '2018-03-15'],
    ['Mar 2018', '2018-03-01'],
    ['March 15, 2018', '2018-03-15'],
    ['15th March 2018', '2018-03-15'],
    ['mars 2018', '2018-03-01'],
    ['15 mars 2018', '2018-03-15'],
    ['marzo 2018', '2018-03-01'],
    ['15 de marzo de 2018', '2018-03-15'],
    ['août 2017', '2017-08-01'],
    ['maart 2018', '2018-03-01'],
    ['marzec 2018', '2018-03-01'],
    ['15 marca 2018', '2018-03-15'],
    ['Erstzulassung 06/2019', '2019-06-01'],
    ['Immatricolazione: 06/2019', '2019-06-01'],
    ['06/19', '2019-06-01'],
    ['31/12/2019', '2019-12-31'],
  ])('«%s» is %s', (text, day) => {
    expect(parseDay(text)).toBe(day);
  });

  it('reads day and month in the order of the place', () => {
    expect(parseDay('03/04/2018', { locale: 'en-US' })).toBe('2018-03-04');
    expect(parseDay('03/04/2018', { locale: 'en-GB' })).toBe('2018-04-03');
    expect(parseDay('03/04/2018')).toBeNull();
    expect(parseDay('03.04.2018')).toBe('2018-04-03');
  });

  it('refuses days that do not exist', () => {
    for (const text of ['31.02.2018', '2018-13', '00/2018', 'soon', '12.500', '2018', '', null]) expect(parseDay(text)).toBeNull();
  });
});

describe('the year of a car', () => {
  it.each([
    ['2016 BMW 320d', 2016],
    ['EZ 03/2018', 2018],
    ['2018 (67 reg)', 2018],
    ['18 reg', 2018],
    ['67 plate', 2017],
    ['Bj. 2015', 2015],
    ["'14 Honda Civic", 2014],
    ['Baujahr 98', 1998],
    ['BMW 320i 2016, TÜV 05/2026', 2016],
    ['März 2018', 2018],
    ['2018-03-15', 2018],
    ['1967 Ford Mustang, restored 2015', 1967],
  ])('«%s» is %d', (text, year) => {
    expect(parseYear(text)).toBe(year);
  });

  it('a price, a distance and a model number are no year', () => {
    for (const text of ['€ 1999', '$2000', '2000 km', '1999 cc', '12500', '', null]) {
      expect(parseYear(text)).toBeNull();
    }
  });
});
