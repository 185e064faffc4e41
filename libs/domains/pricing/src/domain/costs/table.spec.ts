import { euCountries, standardVatRate } from '@autobroker/kernel';
import { costLine, inEurope, inState } from '../../testing/cost-question';

type Told = number | readonly [number, number] | null;

/**
 * Each state's row: a used car for 20,000, bought of a dealer, with an old one for 5,000 given in return. The tax of the state,
 * the title, the plates, and what the dealer may ask for the papers; worked out from the table of states, not from the rules.
 */
const states: readonly (readonly [state: string, tax: Told, title: Told, plates: Told, papers: Told])[] = [
  ['AL', 30_000, 1_800, null, null],
  ['AK', 0, 1_500, 10_000, null],
  ['AZ', 84_000, 400, null, null],
  ['AR', 97_500, 1_000, [1_700, 3_000], [0, 12_900]],
  ['CA', 145_000, 2_300, 20_400, [0, 8_500]],
  ['CO', 43_500, 720, null, null],
  ['CT', 95_250, 2_500, 12_000, null],
  ['DE', [78_750, 105_000], [3_500, 5_500], 4_000, null],
  ['DC', [0, 200_000], 2_600, 7_200, null],
  ['FL', 90_000, 8_525, [23_950, 25_750], null],
  ['GA', 105_000, 1_800, 2_000, null],
  ['HI', 80_000, 500, null, null],
  ['ID', 90_000, 1_400, [4_500, 6_900], null],
  ['IL', 93_750, 16_500, 15_100, [0, 37_800]],
  ['IN', 105_000, 1_500, 2_135, [0, 25_000]],
  ['IA', 75_000, 2_500, null, [0, 18_000]],
  ['KS', 97_500, 1_000, [3_000, 4_500], null],
  ['KY', [90_000, 120_000], 900, 2_100, null],
  ['LA', 75_000, 6_850, null, [0, 42_500]],
  ['ME', 82_500, 3_300, 3_500, null],
  ['MD', 130_000, 20_000, [12_050, 38_300], [0, 80_000]],
  ['MA', 93_750, 7_500, 6_000, null],
  ['MI', 90_000, 1_500, null, [0, 28_000]],
  ['MN', 103_125, 1_100, null, [0, 35_000]],
  ['MS', 75_000, 900, 1_400, null],
  ['MO', 63_375, [1_100, 1_450], null, [0, 60_000]],
  ['MT', 0, 1_200, null, null],
  ['NE', 82_500, 1_000, null, null],
  ['NV', 102_750, 2_825, null, null],
  ['NH', 0, 2_500, null, null],
  ['NJ', 99_375, 6_000, [4_650, 8_400], null],
  ['NM', 60_000, 550, [2_700, 6_200], null],
  ['NY', 60_000, 5_000, null, [0, 17_500]],
  ['NC', 45_000, [5_600, 6_675], [3_875, 4_625], null],
  ['ND', 75_000, 500, null, null],
  ['OH', 115_000, [1_500, 1_800], 3_100, [0, 38_700]],
  ['OK', [18_750, 25_000], 1_100, 9_600, null],
  ['OR', 0, [10_100, 19_200], [12_200, 30_600], [0, 25_000]],
  ['PA', 90_000, 7_200, 4_800, [0, 49_000]],
  ['RI', 105_000, 5_250, null, [0, 59_900]],
  ['SC', 50_000, 1_500, 4_000, null],
  ['SD', 60_000, 1_000, null, null],
  ['TN', 105_000, 1_400, 2_900, null],
  ['TX', 93_750, [2_800, 3_300], null, [0, 22_500]],
  ['UT', 72_750, 600, 4_400, null],
  ['VT', [90_000, 120_000], [3_500, 4_200], null, null],
  ['VA', 83_000, 1_500, null, null],
  ['WA', [102_000, 105_000], null, null, [0, 20_000]],
  ['WV', 90_000, 1_500, 5_150, [0, 49_900]],
  ['WI', 75_000, [16_450, 20_700], 8_500, null],
  ['WY', 60_000, 1_500, null, null],
];

describe('the table of states', () => {
  it.each(states)('%s', (state, ...told) => {
    const asked = inState(state, { tradeIn: 500_000, seller: 'dealer_vat' });
    expect(['sales_tax', 'title_fee', 'registration_fee', 'doc_fee'].map((code) => costLine(asked, code))).toEqual(told);
  });

  it('is whole', () => {
    expect(new Set(states.map(([state]) => state)).size).toBe(51);
  });

  it('and what states add to a row of one rate: an excise, a further part, a county', () => {
    // Oklahoma: 20.00 and 3.25 % of what is above 1,500: of 13,500 or of 18,500
    expect(costLine(inState('OK', { tradeIn: 500_000 }), 'excise_tax')).toEqual([45_875, 62_125]);
    // Pennsylvania: Philadelphia 2 %, Allegheny 1 %, elsewhere nothing
    expect(['2', '1', '0'].map((localRate) => costLine(inState('PA', { localRate }), 'local_tax'))).toEqual([40_000, 20_000, 0]);
    expect(costLine(inState('PA'), 'local_tax')).toEqual([0, 40_000]);
    // Hawaii and Wisconsin: up to 0.5 % of 20,000
    expect([costLine(inState('HI'), 'local_tax'), costLine(inState('WI'), 'local_tax')]).toEqual([[0, 10_000], [0, 10_000]]);
    // Where counties add nothing, there is no such line, whatever rate is told
    expect(costLine(inState('IN', { localRate: '1.5' }), 'local_tax')).toBeUndefined();
    // A new car’s title in Florida; four years of plates in New Jersey
    expect([costLine(inState('FL', { isNew: true }), 'title_fee'), costLine(inState('NJ', { isNew: true }), 'registration_fee')]).toEqual([7_525, [23_600, 33_600]]);
  });
});

/** Hundredths of a percent as the Commission publishes them for 2026, and the tax on 1,234.50 net, half a cent up. */
const rates: readonly (readonly [country: string, rate: number, tax: number])[] = [
  ['AT', 2_000, 24_690],
  ['BE', 2_100, 25_925],
  ['BG', 2_000, 24_690],
  ['CY', 1_900, 23_456],
  ['CZ', 2_100, 25_925],
  ['DE', 1_900, 23_456],
  ['DK', 2_500, 30_863],
  ['EE', 2_400, 29_628],
  ['ES', 2_100, 25_925],
  ['FI', 2_550, 31_480],
  ['FR', 2_000, 24_690],
  ['GR', 2_400, 29_628],
  ['HR', 2_500, 30_863],
  ['HU', 2_700, 33_332],
  ['IE', 2_300, 28_394],
  ['IT', 2_200, 27_159],
  ['LT', 2_100, 25_925],
  ['LU', 1_700, 20_987],
  ['LV', 2_100, 25_925],
  ['MT', 1_800, 22_221],
  ['NL', 2_100, 25_925],
  ['PL', 2_300, 28_394],
  ['PT', 2_300, 28_394],
  ['RO', 2_100, 25_925],
  ['SE', 2_500, 30_863],
  ['SI', 2_200, 27_159],
  ['SK', 2_300, 28_394],
];

describe('value added tax of the 27', () => {
  it.each(rates)('%s', (country, rate, tax) => {
    expect(standardVatRate(country, '2026-11-27')).toBe(rate);
    expect(costLine(inEurope(country, { origin: country, seller: 'dealer_vat', price: 123_450 }), 'vat')).toBe(tax);
  });

  it('is whole', () => {
    expect(new Set(rates.map(([country]) => country))).toEqual(euCountries);
  });

  it('changed on the day when the law says so', () => {
    const around = (country: string, day: string) => [new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10), day].map((at) => standardVatRate(country, at));
    expect([around('FI', '2024-09-01'), around('SK', '2025-01-01'), around('EE', '2025-07-01'), around('RO', '2025-08-01')]).toEqual([[2_400, 2_550], [2_000, 2_300], [2_200, 2_400], [1_900, 2_100]]);
  });
});
