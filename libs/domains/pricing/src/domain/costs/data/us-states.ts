import type { Confidence, CostRule, SalesTax } from '../rules';

const from = '2026-01-01';
const source = 'Compiled from state revenue departments’ publications and two public tables, November 2026';

/** Per cent, what is added locally (per cent at most, part of the price in dollars), trade-in, title fee in dollars, cap of dealers’ document fees. */
type Row = readonly [state: string, percent: string, local: readonly [atMost: string | null, baseDollars: number | null] | null, tradeIn: SalesTax['tradeIn'], title: readonly [number, number], docCap: number | null, confidence: Confidence];

const none = null;
const some = [null, null] as const;
const sure = 'official';
const told = 'reported';
const open = 'unverified';

const rows: readonly Row[] = [
  ['AL', '2', some, 'full', [18, 18], none, told],
  ['AK', '0', some, 'none', [15, 15], none, told],
  ['AZ', '5.6', some, 'full', [4, 4], none, told],
  ['AR', '6.5', [null, 2_500], 'full', [10, 10], 129, told],
  ['CA', '7.25', some, 'none', [23, 23], 85, sure],
  ['CO', '2.9', some, 'full', [7.2, 7.2], none, told],
  ['CT', '6.35', none, 'full', [25, 25], none, open],
  ['DE', '5.25', none, 'unclear', [35, 55], none, sure],
  ['FL', '6', ['1.5', 5_000], 'full', [85.25, 85.25], none, sure],
  ['GA', '7', none, 'full', [18, 18], none, sure],
  ['HI', '4', ['0.5', null], 'none', [5, 5], none, told],
  ['ID', '6', none, 'full', [14, 14], none, told],
  ['IL', '6.25', some, 'full', [165, 165], 378, open],
  ['IN', '7', none, 'full', [15, 15], 250, open],
  ['IA', '5', none, 'full', [25, 25], 180, open],
  ['KS', '6.5', some, 'full', [10, 10], none, told],
  ['KY', '6', none, 'unclear', [9, 9], none, open],
  ['LA', '5', some, 'full', [68.5, 68.5], 425, open],
  ['ME', '5.5', none, 'full', [33, 33], none, told],
  ['MD', '6.5', none, 'none', [200, 200], 800, open],
  ['MA', '6.25', none, 'full', [75, 75], none, told],
  ['MI', '6', none, 'full', [15, 15], 280, told],
  ['MN', '6.875', none, 'full', [11, 11], 350, sure],
  ['MS', '5', none, 'full', [9, 9], none, told],
  ['MO', '4.225', some, 'full', [11, 14.5], 600, open],
  ['MT', '0', none, 'none', [12, 12], none, told],
  ['NE', '5.5', some, 'full', [10, 10], none, told],
  ['NV', '6.85', some, 'full', [28.25, 28.25], none, told],
  ['NH', '0', none, 'none', [25, 25], none, told],
  ['NJ', '6.625', none, 'full', [60, 60], none, told],
  ['NM', '4', none, 'full', [5.5, 5.5], none, told],
  ['NY', '4', some, 'full', [50, 50], 175, told],
  ['NC', '3', none, 'full', [56, 66.75], none, open],
  ['ND', '5', none, 'full', [5, 5], none, told],
  ['OH', '5.75', some, 'new_only', [15, 18], 387, open],
  ['OK', '1.25', none, 'unclear', [11, 11], none, told],
  ['OR', '0', none, 'none', [101, 192], 250, open],
  ['PA', '6', ['2', null], 'full', [72, 72], 490, open],
  ['RI', '7', none, 'full', [52.5, 52.5], 599, open],
  ['SC', '5', none, 'full', [15, 15], none, sure],
  ['SD', '4', none, 'full', [10, 10], none, told],
  ['TN', '7', ['2.75', 1_600], 'full', [14, 14], none, told],
  ['TX', '6.25', none, 'full', [28, 33], 225, open],
  ['UT', '4.85', some, 'full', [6, 6], none, told],
  ['VT', '6', none, 'unclear', [35, 42], none, open],
  ['VA', '4.15', none, 'none', [15, 15], none, told],
  ['WA', '6.5', some, 'full', [15, 15], 200, open],
  ['WV', '6', none, 'full', [15, 15], 499, open],
  ['WI', '5', ['0.5', null], 'full', [164.5, 207], none, open],
  ['WY', '4', some, 'full', [15, 15], none, told],
];

const cents = (dollars: number): number => Math.round(dollars * 100);

/** What the table has no column for. */
const more: Readonly<Record<string, Partial<SalesTax>>> = {
  AR: { usedSteps: [{ from: 0, percent: '0' }, { from: cents(4_000), percent: '3.5' }, { from: cents(10_000), percent: '6.5' }] },
  OK: { excise: { percent: '3.25', usedFirst: { amount: cents(1_500), fee: cents(20) } } },
  OR: { newPercent: '0.5' },
  TN: { between: { from: cents(1_600), to: cents(3_200), percent: '2.75' } },
  CT: { above: { amount: cents(50_000), percent: '7.75' } },
  MI: { tradeInMost: cents(12_000) },
  SC: { most: cents(500) },
  VA: { least: cents(75) },
  WA: { percentAtMost: '7', percent: '6.8', beyond: { amount: cents(102_000), percent: '8' } },
};

const notes: Readonly<Record<string, string>> = {
  AR: 'Used cars below 4,000 dollars are exempt, those below 10,000 are taxed at 3.5 per cent; local tax on the first 2,500 dollars.',
  CT: 'The higher rate is for the whole price of cars above 50,000 dollars.',
  DE: 'A document fee instead of a sales tax, since October 2025; the title costs 55 dollars with a lien.',
  FL: 'A county’s surtax is due on the first 5,000 dollars only.',
  GA: 'Title ad valorem tax, once.',
  MI: 'The part of a trade-in that is taken off rises by 1,000 dollars every January.',
  MO: 'Old tables give another cap of document fees.',
  NC: 'Highway use tax.',
  OH: 'A trade-in is taken off the price of new cars only.',
  OK: 'Beside the sales tax there is an excise: 3.25 per cent, of a used car 20 dollars for its first 1,500. Tables take a trade-in off partly.',
  OR: 'New cars only, 0.5 per cent.',
  SC: 'Infrastructure maintenance fee, at most 500 dollars.',
  TN: 'Local tax on the first 1,600 dollars; a further state tax on the part from 1,600 to 3,200.',
  VA: 'At least 75 dollars.',
  WA: 'With the motor vehicle tax, which tables give as 0.3 or 0.5; a luxury tax on what is above 102,000 dollars.',
};

/** Caps that tables contradict each other about, or that follow an index of prices: the highest that is told. */
const docNotes: Readonly<Record<string, string>> = {
  IL: 'Follows the index of prices; about 378 dollars.',
  IN: 'Follows the index of prices; about 250 dollars.',
  LA: 'Sources say 350 or 425 dollars.',
  MD: 'Older tables say 500 dollars.',
  MN: 'Or a tenth of the price, whichever is less; since July 2025.',
  MO: 'Follows the index of prices; old tables say 199 dollars.',
  OH: 'Follows the index of prices; old tables say 250 dollars.',
  OR: '150 or 250 dollars, by how the papers are filed.',
  PA: 'Follows the index of prices; about 490 dollars filed electronically, 408 on paper; 449 and 374 officially in 2023.',
  RI: 'Sources contradict each other: 200 to 599 dollars.',
  TX: 'No cap: up to 225 dollars are presumed reasonable.',
  WV: 'Sources contradict each other: 249 to 499 dollars.',
};
const docNote = (state: string): Pick<CostRule, 'note' | 'confidence'> | Record<string, never> => (docNotes[state] === undefined ? {} : { note: docNotes[state], confidence: state === 'MN' ? sure : open });

const base = (state: string, confidence: Confidence) => ({ jurisdiction: `US-${state}`, currency: 'USD' as const, validFrom: from, validTo: null, source, confidence, note: notes[state] ?? null });

/** Where a new car's title costs something else, and where counties add to it what no table tells. */
const newTitles: Readonly<Record<string, number>> = { FL: 75.25 };
const openTitles: ReadonlySet<string> = new Set(['WA']);
const titleTerms = (state: string, [least, most]: readonly [number, number]): CostRule['terms'] => ({
  kind: 'title_fee',
  code: 'title_fee',
  least: cents(least),
  most: cents(most),
  ...(newTitles[state] === undefined ? {} : { ofNew: cents(newTitles[state]) }),
  ...(openTitles.has(state) ? { isOpen: true } : {}),
});

/** Taxes whose first day is told. */
const since: Readonly<Record<string, string>> = { DE: '2025-10-01', GA: '2023-07-01', LA: '2025-01-01', MD: '2025-07-01' };
/** Where the law itself says that the tax of today ends. */
const until: Readonly<Record<string, string>> = { MI: '2027-01-01' };

const rulesOf = ([state, percent, local, tradeIn, title, docCap, confidence]: Row): CostRule[] => [
  {
    ...base(state, confidence),
    key: `us-${state.toLowerCase()}-sales-tax`,
    ...(since[state] === undefined ? {} : { validFrom: since[state] }),
    validTo: until[state] ?? null,
    terms: { kind: 'sales_tax', percent, local: local === null ? null : { atMost: local[0], base: local[1] === null ? null : cents(local[1]) }, tradeIn, ...more[state] },
  },
  { ...base(state, confidence), key: `us-${state.toLowerCase()}-title`, terms: titleTerms(state, title) },
  ...registrationRule(state, confidence),
  ...(docCap === null ? [] : [{ ...base(state, confidence), ...docNote(state), key: `us-${state.toLowerCase()}-doc-fee-cap`, terms: { kind: 'doc_fee_cap' as const, most: cents(docCap), ...(state === 'MN' ? { percent: '10' } : {}) } }]),
];

/** Plates and papers by the table: from, to, whether more comes on top; null where all of it goes by weight, value or age. */
const registration: Readonly<Record<string, readonly [least: number, most: number, rest?: 'and more' | { readonly percent: string }] | null>> = {
  AL: [23, 23, 'and more'], AK: [100, 100], AZ: [40, 40, 'and more'], AR: [17, 30], CA: [74, 74, { percent: '0.65' }], CO: null, CT: [120, 120], DE: [40, 40], DC: [72, 72],
  FL: [239.5, 257.5], GA: [20, 20], HI: null, ID: [45, 69], IL: [151, 151], IN: [21.35, 21.35], IA: null, KS: [30, 45], KY: [21, 21], LA: [20, 20, 'and more'], ME: [35, 35],
  MD: [120.5, 383], MA: [60, 60], MI: null, MN: null, MS: [14, 14], MO: [24, 24, 'and more'], MT: null, NE: [15, 15, 'and more'], NV: [33, 33, 'and more'], NH: null, NJ: [46.5, 84],
  NM: [27, 62], NY: [51, 165, 'and more'], NC: [38.75, 46.25], ND: null, OH: [31, 31], OK: [96, 96], OR: [122, 306], PA: [48, 48], RI: [30, 30, 'and more'], SC: [40, 40], SD: null, TN: [29, 29],
  TX: [50.75, 50.75, 'and more'], UT: [44, 44], VT: [76, 76, 'and more'], VA: [30.75, 30.75, 'and more'], WA: [30, 30, 'and more'], WV: [51.5, 51.5], WI: [85, 85], WY: [30, 30, 'and more'],
};

const registrationNotes: Readonly<Record<string, string>> = {
  AK: 'For two years.',
  CA: 'With the licence fee of 0.65 per cent of the car’s value, for which the price stands.',
  CT: 'For three years.',
  FL: '225 dollars for a first registration, and 14.50 to 32.50 a year by weight; without the 225 where plates are taken over.',
  MA: 'For two years.',
  MD: 'By weight: 120.50 to 191.50 dollars a year, for one year or two; since July 2025.',
  NJ: 'By weight and age; a new car is registered for four years at once.',
  NY: 'For two years, by weight, with new plates; counties and the city’s transport district add to it.',
  OR: 'For two years, by consumption.',
  SC: 'For two years.',
};

/** Four years of 59 to 84 dollars. */
const newRegistrations: Readonly<Record<string, readonly [number, number]>> = { NJ: [23_600, 33_600] };

function registrationRule(state: string, confidence: Confidence): CostRule[] {
  const known = registration[state];
  if (known === undefined) return [];
  const [least, most, rest] = known ?? [0, 0, 'and more'];
  const terms: CostRule['terms'] = { kind: 'registration_fee', code: 'registration_fee', least: cents(least), most: cents(most), ...(newRegistrations[state] === undefined ? {} : { ofNew: newRegistrations[state] }), ...(rest === undefined ? {} : rest === 'and more' ? { isOpen: true } : { percent: rest.percent }) };
  return [{ ...base(state, confidence), key: `us-${state.toLowerCase()}-registration`, terms, note: registrationNotes[state] ?? null }];
}

/** Weight and consumption decide in the District; what the first specification said of two states is kept, and no longer holds. */
const special: readonly CostRule[] = [
  { ...base('MI', told), key: 'us-mi-sales-tax', validFrom: '2027-01-01', validTo: '2028-01-01', terms: { kind: 'sales_tax', percent: '6', local: null, tradeIn: 'full', tradeInMost: cents(13_000) } },
  { ...base('DC', told), key: 'us-dc-sales-tax', note: 'By weight and consumption.', terms: { kind: 'sales_tax', percent: '0', percentAtMost: '10', local: null, tradeIn: 'none' } },
  { ...base('DC', told), key: 'us-dc-title', terms: { kind: 'title_fee', code: 'title_fee', least: cents(26), most: cents(26) } },
  ...registrationRule('DC', told),
  { ...base('FL', open), key: 'us-fl-sales-tax-first', validFrom: '2020-01-01', validTo: from, source: 'First specification', note: 'Superseded.', terms: { kind: 'sales_tax', percent: '6', local: null, tradeIn: 'none' } },
  { ...base('FL', open), key: 'us-fl-title-first', validFrom: '2020-01-01', validTo: from, source: 'First specification', note: 'Superseded.', terms: { kind: 'title_fee', code: 'title_fee', least: 7_725, most: 7_725 } },
  { ...base('FL', open), key: 'us-fl-registration-first', validFrom: '2020-01-01', validTo: from, source: 'First specification', note: 'Superseded: that is the fee of a first registration alone.', terms: { kind: 'registration_fee', code: 'registration_fee', least: cents(225), most: cents(225) } },
  { ...base('FL', open), key: 'us-fl-doc-fee-cap-first', validFrom: '2020-01-01', validTo: from, source: 'First specification', note: 'Superseded: there is no such cap.', terms: { kind: 'doc_fee_cap', most: 99_800 } },
  { ...base('GA', open), key: 'us-ga-sales-tax-first', validFrom: '2020-01-01', validTo: '2023-07-01', source: 'First specification', note: 'Superseded: wrong for vehicles.', terms: { kind: 'sales_tax', percent: '4', local: { atMost: null, base: null }, tradeIn: 'none' } },
];

export const usRules: readonly CostRule[] = [...rows.flatMap(rulesOf), ...special];
