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
  ['FL', '6', ['1.5', 5_000], 'full', [75.25, 85.25], none, sure],
  ['GA', '7', none, 'full', [18, 18], none, sure],
  ['HI', '4', ['0.5', null], 'none', [5, 5], none, told],
  ['ID', '6', none, 'full', [14, 14], none, told],
  ['IL', '6.25', some, 'full', [165, 165], none, open],
  ['IN', '7', none, 'full', [15, 15], none, open],
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
  ['MO', '4.225', some, 'full', [11, 14.5], none, open],
  ['MT', '0', none, 'none', [12, 12], none, told],
  ['NE', '5.5', some, 'full', [10, 10], none, told],
  ['NV', '6.85', some, 'full', [28.25, 28.25], none, told],
  ['NH', '0', none, 'none', [25, 25], none, told],
  ['NJ', '6.625', none, 'full', [60, 60], none, told],
  ['NM', '4', none, 'full', [5.5, 5.5], none, told],
  ['NY', '4', some, 'full', [50, 50], 175, told],
  ['NC', '3', none, 'full', [56, 66.75], none, open],
  ['ND', '5', none, 'full', [5, 5], none, told],
  ['OH', '5.75', some, 'unclear', [15, 18], none, open],
  ['OK', '3.25', none, 'unclear', [11, 11], none, told],
  ['OR', '0', none, 'none', [101, 192], none, open],
  ['PA', '6', ['2', null], 'full', [72, 72], none, open],
  ['RI', '7', none, 'full', [52.5, 52.5], none, open],
  ['SC', '5', none, 'full', [15, 15], none, sure],
  ['SD', '4', none, 'full', [10, 10], none, told],
  ['TN', '7', ['2.75', 1_600], 'full', [14, 14], none, told],
  ['TX', '6.25', none, 'full', [28, 33], none, open],
  ['UT', '4.85', some, 'full', [6, 6], none, told],
  ['VT', '6', none, 'unclear', [35, 42], none, open],
  ['VA', '4.15', none, 'none', [15, 15], none, told],
  ['WA', '6.5', some, 'full', [15, 15], 200, open],
  ['WV', '6', none, 'full', [15, 15], none, open],
  ['WI', '5', ['0.5', null], 'full', [164.5, 207], none, open],
  ['WY', '4', some, 'full', [15, 15], none, told],
];

const cents = (dollars: number): number => Math.round(dollars * 100);

/** What the table has no column for. */
const more: Readonly<Record<string, Partial<SalesTax>>> = {
  AR: { usedBelow: [{ below: cents(4_000), percent: '0' }, { below: cents(10_000), percent: '3.5' }] },
  CT: { above: { amount: cents(50_000), percent: '7.75' } },
  MI: { tradeInMost: cents(12_000) },
  OK: { usedFirst: { amount: cents(1_500), fee: cents(20) }, besides: { from: 0, to: null, percent: '1.25' } },
  OR: { newPercent: '0.5' },
  SC: { most: cents(500) },
  TN: { besides: { from: cents(1_600), to: cents(3_200), percent: '2.75' } },
  VA: { least: cents(75) },
  WA: { percentAtMost: '7', percent: '6.8', beyond: { amount: cents(102_000), percent: '8' } },
};

const notes: Readonly<Record<string, string>> = {
  AR: 'Used cars below 4,000 dollars are exempt, those up to 10,000 are taxed at a lower rate.',
  CT: 'The higher rate is for the whole price of cars above 50,000 dollars.',
  DE: 'A document fee instead of a sales tax, since October 2025; the title costs 55 dollars with a lien.',
  FL: 'A county’s surtax is due on the first 5,000 dollars only.',
  GA: 'Title ad valorem tax, once.',
  MI: 'The part of a trade-in that is taken off rises by 1,000 dollars every January.',
  MO: 'Old tables give another cap of document fees.',
  NC: 'Highway use tax.',
  OH: 'A trade-in is taken off the price of new cars only.',
  OK: 'Excise, 20 dollars on the first 1,500 of a used car, and a sales tax besides.',
  OR: 'New cars only.',
  SC: 'Infrastructure maintenance fee, at most 500 dollars.',
  TN: 'Local tax on the first 1,600 dollars; a further state tax on the part from 1,600 to 3,200.',
  VA: 'At least 75 dollars.',
  WA: 'With the motor vehicle tax, which tables give as 0.3 or 0.5; a luxury tax on what is above 102,000 dollars.',
};

/** Where the law itself says that the tax of today ends. */
const until: Readonly<Record<string, string>> = { MI: '2027-01-01' };

const base = (state: string, confidence: Confidence) => ({ jurisdiction: `US-${state}`, currency: 'USD' as const, validFrom: from, validTo: null, source, confidence, note: notes[state] ?? null });

const rulesOf = ([state, percent, local, tradeIn, title, docCap, confidence]: Row): CostRule[] => [
  {
    ...base(state, confidence),
    validTo: until[state] ?? null,
    key: `us-${state.toLowerCase()}-sales-tax`,
    terms: { kind: 'sales_tax', percent, local: local === null ? null : { atMost: local[0], base: local[1] === null ? null : cents(local[1]) }, tradeIn, ...more[state] },
  },
  { ...base(state, confidence), key: `us-${state.toLowerCase()}-title`, terms: { kind: 'title_fee', code: 'title_fee', least: cents(title[0]), most: cents(title[1]) } },
  ...(docCap === null ? [] : [{ ...base(state, confidence), key: `us-${state.toLowerCase()}-doc-fee-cap`, terms: { kind: 'doc_fee_cap' as const, most: cents(docCap), ...(state === 'MN' ? { percent: '10' } : {}) } }]),
];

/** Weight and consumption decide in the District; what the first specification said of two states is kept, and no longer holds. */
const special: readonly CostRule[] = [
  { ...base('DC', told), key: 'us-dc-sales-tax', note: 'By weight and consumption.', terms: { kind: 'sales_tax', percent: '0', percentAtMost: '10', local: null, tradeIn: 'none' } },
  { ...base('DC', told), key: 'us-dc-title', terms: { kind: 'title_fee', code: 'title_fee', least: cents(26), most: cents(26) } },
  { ...base('FL', sure), key: 'us-fl-registration', terms: { kind: 'registration_fee', code: 'registration_fee', least: cents(225), most: cents(225) }, note: 'For a first registration; the yearly fee of 14.50 to 32.50 dollars comes on top.' },
  { ...base('GA', sure), key: 'us-ga-registration', terms: { kind: 'registration_fee', code: 'registration_fee', least: cents(20), most: cents(20) } },
  { ...base('MI', told), key: 'us-mi-sales-tax', validFrom: '2027-01-01', validTo: '2028-01-01', terms: { kind: 'sales_tax', percent: '6', local: null, tradeIn: 'full', tradeInMost: cents(13_000) } },
  { ...base('FL', open), key: 'us-fl-sales-tax-first', validFrom: '2020-01-01', validTo: from, source: 'First specification', note: 'Superseded.', terms: { kind: 'sales_tax', percent: '6', local: null, tradeIn: 'none' } },
  { ...base('FL', open), key: 'us-fl-title-first', validFrom: '2020-01-01', validTo: from, source: 'First specification', note: 'Superseded.', terms: { kind: 'title_fee', code: 'title_fee', least: 7_725, most: 7_725 } },
  { ...base('FL', open), key: 'us-fl-doc-fee-cap-first', validFrom: '2020-01-01', validTo: from, source: 'First specification', note: 'Superseded: there is no such cap.', terms: { kind: 'doc_fee_cap', most: 99_800 } },
  { ...base('GA', open), key: 'us-ga-sales-tax-first', validFrom: '2020-01-01', validTo: from, source: 'First specification', note: 'Superseded: wrong for vehicles.', terms: { kind: 'sales_tax', percent: '4', local: { atMost: null, base: null }, tradeIn: 'none' } },
];

export const usRules: readonly CostRule[] = [...rows.flatMap(rulesOf), ...special];
