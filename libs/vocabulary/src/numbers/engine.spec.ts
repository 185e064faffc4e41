import { parseDisplacementCc, parsePowerKw } from './engine';

describe('the power of an engine', () => {
  it.each([
    ['110 kW (150 PS)', 110],
    ['150 PS (110 kW)', 110],
    ['110kW', 110],
    ['150 hp', 112],
    ['150 bhp', 112],
    ['150 CV', 110],
    ['150 ch', 110],
    ['150 KM', 110],
    ['150 pk', 110],
    ['1.020 PS', 750],
    ['381 hp @ 6000 rpm', 284],
    ['2.0 TDI 190 PS quattro', 140],
  ])('«%s» is %d kW', (text, kw) => {
    expect(parsePowerKw(text)).toBe(kw);
  });

  it('a battery, a distance, a tax class and a bare number have none', () => {
    for (const text of ['77 kWh', '150 km', '150', '7 CV fiscaux', '', null]) expect(parsePowerKw(text)).toBeNull();
  });
});

describe('the displacement of an engine', () => {
  it.each([
    ['1.998 cm³', 1_998],
    ['1998 cc', 1_998],
    ['1 998 cm3', 1_998],
    ['1,968 ccm', 1_968],
    ['2.0L', 2_000],
    ['2.0L I4 Turbo', 2_000],
    ['2,0 l', 2_000],
    ['2.0 TDI', 2_000],
    ['5.7L V8 HEMI', 5_700],
    ['1.6T', 1_600],
    ['1.4', 1_400],
    ['3.0 liter V6', 3_000],
    ['1598', 1_598],
    ['6L V8', 6_000],
  ])('«%s» is %d cm³', (text, cc) => {
    expect(parseDisplacementCc(text)).toBe(cc);
  });

  it('a consumption, a year and an electric car have none', () => {
    for (const text of ['5.5 l/100 km', '4,9 l auf 100 km', 'Electric', '', '99000 km', null]) expect(parseDisplacementCc(text)).toBeNull();
  });
});
