import { costsOf, inEurope, inState } from '../../testing/cost-question';
import type { CostQuestion } from './question';

type Amount = number | [number, number] | null;

/** Every line but the price, in its order; what is not known is null. */
function linesOf(asked: Partial<CostQuestion>): Record<string, Amount> {
  const lines = costsOf(asked).lines.slice(1);
  return Object.fromEntries(lines.map(({ code, amount }) => [code, amount === null ? null : amount.least === amount.most ? amount.least : [amount.least, amount.most]]));
}
const copart = { house: 'COPART', tier: 'standard', bid: 'live', title: 'non_clean' } as const;

/** Countries and states from end to end, added up by hand. */
describe('all that a car costs', () => {
  it.each<[string, Partial<CostQuestion>, Record<string, Amount>, number | [number, number]]>([
    [
      'Texas, 12,000 at an auction 500 miles away, with the broker',
      { ...inState('TX'), price: 1_200_000, seller: 'auction', auction: copart, miles: 500, brokerFee: true },
      // From 12,000: 1,000; bidding live from 8,000: 160. 3 % are 360; 200 + 500 × 0.65 = 525; 6.25 % are 750
      { auction_buyer_fee: 100_000, auction_bid_fee: 16_000, gate_fee: 9_500, environmental_fee: 1_500, title_handling_fee: 2_000, broker_fee: 36_000, transport: 52_500, sales_tax: 75_000, title_fee: [2_800, 3_300], registration_fee: null },
      [1_495_300, 1_495_800],
    ],
    [
      'California, 20,000, county and city at 2.25 %, with the broker',
      inState('CA', { localRate: '2.25', brokerFee: true }),
      // 3 %; 7.25 %; 2.25 %; 74 + 0.65 % of 20,000
      { broker_fee: 60_000, transport: 0, sales_tax: 145_000, local_tax: 45_000, title_fee: 2_300, registration_fee: 20_400 },
      2_272_700,
    ],
    [
      'Florida, 18,000, a county at 1 %',
      inState('FL', { price: 1_800_000, localRate: '1' }),
      // 6 %; 1 % of the first 5,000; 225 and 14.50 to 32.50
      { transport: 0, sales_tax: 108_000, local_tax: 5_000, title_fee: 8_525, registration_fee: [23_950, 25_750] },
      [1_945_475, 1_947_275],
    ],
    [
      'New York, 15,999.99, the city at 4.875 %',
      inState('NY', { price: 1_599_999, localRate: '4.875' }),
      // 639.9996 and 779.99951…, each half a cent up
      { transport: 0, sales_tax: 64_000, local_tax: 78_000, title_fee: 5_000, registration_fee: null },
      1_746_999,
    ],
    [
      'Tennessee, 9,000, an old one for 2,000, the county at 2.25 %',
      inState('TN', { price: 900_000, tradeIn: 200_000, localRate: '2.25' }),
      // 7 % of 7,000; 2.75 % of 1,600 to 3,200; 2.25 % of the first 1,600
      { transport: 0, sales_tax: 49_000, single_article_tax: 4_400, local_tax: 3_600, title_fee: 1_400, registration_fee: 2_900 },
      961_300,
    ],
    [
      'Oklahoma, used, 10,000',
      inState('OK', { price: 1_000_000 }),
      // 1.25 %; 20 + 8,500 × 3.25 %
      { transport: 0, sales_tax: 12_500, excise_tax: 29_625, title_fee: 1_100, registration_fee: 9_600 },
      1_052_825,
    ],
    [
      'Connecticut, new, 60,000',
      inState('CT', { price: 6_000_000, isNew: true }),
      // 7.75 % of all of it, for it is above 50,000
      { transport: 0, sales_tax: 465_000, title_fee: 2_500, registration_fee: 12_000 },
      6_479_500,
    ],
    [
      'South Carolina, 4,999.99',
      inState('SC', { price: 499_999 }),
      // 249.9995
      { transport: 0, sales_tax: 25_000, title_fee: 1_500, registration_fee: 4_000 },
      530_499,
    ],
    [
      'Minnesota, 15,000 from a dealer',
      inState('MN', { price: 1_500_000, seller: 'dealer_vat' }),
      // 6.875 %; papers up to 350, for a tenth would be more
      { transport: 0, sales_tax: 103_125, title_fee: 1_100, registration_fee: null, doc_fee: [0, 35_000] },
      [1_604_225, 1_639_225],
    ],
    [
      'Germany, 18,990 net from a dealer at home, with the broker',
      inEurope('DE', { price: 1_899_000, seller: 'dealer_vat', brokerFee: true }),
      // 3 %; 19 %; 16.70 where plates are kept, to 34.00 and 40.00 for new ones
      { broker_fee: 56_970, transport: null, vat: 360_810, registration_fee: [1_670, 7_400] },
      [2_318_450, 2_324_180],
    ],
    [
      'Italy, 10,000 under the margin scheme, with the broker',
      inEurope('IT', { price: 1_000_000, seller: 'dealer_margin', brokerFee: true }),
      // 3 % would be 300, and are 350 at least
      { broker_fee: 35_000, transport: null, vat: 0, registration_fee: null },
      1_035_000,
    ],
    [
      'Finland, 30,000.01 from a private seller in Sweden, after 6,000 km',
      inEurope('FI', { price: 3_000_001, origin: 'SE', mileageKm: 6_000 }),
      // 25.5 % are 7,650.00255; 3.00 or 19.00, and plates for 11.00; the car tax goes by emissions
      { transport: null, vat: 765_000, registration_fee: [1_400, 3_000], registration_tax: null },
      [3_766_401, 3_768_001],
    ],
    [
      'Spain, a business with its number, 25,000 net from a dealer in France, with the broker',
      inEurope('ES', { price: 2_500_000, origin: 'FR', seller: 'dealer_vat', buyer: 'business', buyerVatId: true, brokerFee: true }),
      // 99.77 for a first registration there; 25,000 × 16.9625 % = 4,240.625 at most, half a cent up
      { broker_fee: 75_000, transport: null, vat: 0, registration_fee: 9_977, registration_tax: [0, 424_063] },
      [2_584_977, 3_009_040],
    ],
    [
      'Poland, 60,000 zloty from a private person there',
      inEurope('PL', { price: 6_000_000, currency: 'PLN', origin: 'PL' }),
      // 2 %; 66.50 to 183.50
      { transport: null, vat: 0, transfer_tax: 120_000, registration_fee: [6_650, 18_350] },
      [6_126_650, 6_138_350],
    ],
    [
      'Austria, 12,000.50 net from a dealer in Germany to a private buyer',
      inEurope('AT', { price: 1_200_050, seller: 'dealer_vat' }),
      // 20 % are 2,400.10; papers and plates 265.20; the consumption tax goes by emissions
      { transport: null, vat: 240_010, registration_fee: 26_520, registration_tax: null },
      1_466_580,
    ],
    [
      'Sweden, 149,999 crowns under the margin scheme at home',
      inEurope('SE', { price: 14_999_900, currency: 'SEK', origin: 'SE', seller: 'dealer_margin' }),
      { transport: null, vat: 0, registration_fee: 6_900 },
      15_006_800,
    ],
    [
      'New Jersey, new, 33,333.33 of a dealer, with an old one for 8,000',
      inState('NJ', { price: 3_333_333, tradeIn: 800_000, isNew: true, seller: 'dealer_vat' }),
      // 25,333.33 × 6.625 % = 1,678.3331…; four years of plates; no cap is known
      { transport: 0, sales_tax: 167_833, title_fee: 6_000, registration_fee: [23_600, 33_600], doc_fee: null },
      [3_530_766, 3_540_766],
    ],
    [
      'Oregon, a car that does not run, 600 miles in a closed trailer',
      inState('OR', { price: 500_000, miles: 600, enclosed: true, inoperable: true }),
      // 200 + 600 × 0.65 = 590.00; 40 to 60 % of it; a winch for 150 to 500; nothing for the state
      { transport: 59_000, transport_enclosed: [23_600, 35_400], transport_inoperable: [15_000, 50_000], sales_tax: 0, title_fee: [10_100, 19_200], registration_fee: [12_200, 30_600] },
      [619_900, 694_200],
    ],
    [
      'Hungary, 5,000,000 forints net from a dealer at home, with a broker whose schedule is in other money',
      inEurope('HU', { price: 500_000_000, currency: 'HUF', origin: 'HU', seller: 'dealer_vat', brokerFee: true }),
      { broker_fee: null, transport: null, vat: 135_000_000, registration_fee: null },
      635_000_000,
    ],
  ])('%s', (_name, asked, lines, total) => {
    const landed = costsOf(asked);
    expect(linesOf(asked)).toEqual(lines);
    const [least, most] = typeof total === 'number' ? [total, total] : total;
    expect(landed.total).toEqual({ least, most });
    const unknown = Object.keys(lines).filter((code) => lines[code] === null);
    expect([landed.unknown, landed.isExact]).toEqual([unknown, unknown.length === 0 && least === most]);
    // Every amount but the price has its rule, with a source, a day and how sure it is.
    for (const { amount, rule } of landed.lines.slice(1)) if (amount !== null) expect(rule).toMatchObject({ source: expect.stringMatching(/\w/u), validFrom: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/u), confidence: expect.stringMatching(/^(official|reported|unverified)$/u) });
  });
});
