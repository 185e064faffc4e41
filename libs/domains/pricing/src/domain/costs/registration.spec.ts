import { costLine, costsOf, inEurope } from '../../testing/cost-question';
import { shippedRules } from './data';
import { landedCost } from './landed';
import { maxBid } from './max-bid';
import type { CostRule } from './rules';

type Asked = Parameters<typeof costLine>[0];
type Expected = number | [number, number] | null | undefined;
const at = (country: string, more: Asked = {}): Asked => inEurope(country, { origin: country, ...more });

describe('papers and plates in the union, worked by hand', () => {
  it.each<[string, Asked, Expected]>([
    // 16.70 where the plates are kept, to 34.00 and a pair for 40.00
    ['Germany, a new owner', at('DE'), [1_670, 7_400]],
    ['Germany, from Austria', inEurope('DE', { origin: 'AT' }), [5_200, 7_400]],
    ['Germany, from nobody knows where', inEurope('DE', { origin: null }), [1_670, 7_400]],
    // 178.00 + 60.80 + 1.10 + 2.30; with plates for 23.00
    ['Austria', at('AT'), 24_220],
    ['Austria, a new car', at('AT', { isNew: true }), 26_520],
    ['Austria, from Germany', inEurope('AT'), 26_520],
    ['Austria, from nobody knows where', inEurope('AT', { origin: null }), [24_220, 26_520]],
    ['Belgium', at('BE'), [2_600, 3_000]],
    ['Belgium, from Germany', inEurope('BE'), 3_000],
    ['Spain', at('ES'), 5_570],
    ['Spain, from Germany', inEurope('ES'), 9_977],
    // 3.00 online; 8.50 at a desk
    ['Finland', at('FI'), [300, 850]],
    // 11.00 and 2.76, and the region’s horsepower on top; 236.01, and more by kilowatt: no amount is told
    ['France goes by horsepower', at('FR'), null],
    ['Italy goes by kilowatt', at('IT'), null],
    ['Portugal', at('PT'), [6_500, 8_500]],
    ['the Netherlands', at('NL'), 1_140],
    ['the Netherlands, from Germany, where it is inspected', inEurope('NL'), null],
    ['the Netherlands, from nobody knows where', inEurope('NL', { origin: null }), null],
    ['Hungary, where nobody tells', at('HU'), null],
    ['Sweden, in crowns', at('SE', { currency: 'SEK' }), 6_900],
    // 69 and one plate or two for 62 each; from abroad 1,100 more
    ['Sweden, a new car', at('SE', { currency: 'SEK', isNew: true }), [13_100, 19_300]],
    ['Sweden, from Denmark', inEurope('SE', { currency: 'SEK', origin: 'DK' }), [123_100, 129_300]],
    ['Sweden, asked in euros: its crowns are no euros', at('SE'), null],
    ['Denmark', at('DK', { currency: 'DKK' }), 38_000],
    ['Denmark, from Germany', inEurope('DK', { currency: 'DKK' }), 118_000],
    ['the Czech Republic', at('CZ', { currency: 'CZK' }), 80_000],
    ['Poland', at('PL', { currency: 'PLN' }), [6_650, 18_350]],
  ])('%s', (_name, asked, expected) => {
    expect(costLine(asked, 'registration_fee')).toEqual(expected);
  });

  it('are told with their source, and as unknown where no amount is', () => {
    const { lines, unknown } = costsOf(at('FR'));
    const line = lines.find(({ code }) => code === 'registration_fee');
    expect([line?.because, line?.rule?.key]).toEqual(['at least 13.76, and more by power, emissions or place', 'eu-fr-registration']);
    expect(unknown).toEqual(['transport', 'registration_fee']);
  });
});

describe('taxes of a car that comes to a country', () => {
  it.each<[string, Asked, Expected]>([
    // 0 to 14.75 %, and regions up to 15 % of that more: 20,000 × 16.9625 % = 3,392.50
    ['Spain', inEurope('ES'), [0, 339_250]],
    // 12,345.67 × 16.9625 % = 2,094.1342…
    ['Spain, to the cent', inEurope('ES', { price: 1_234_567 }), [0, 209_413]],
    // 20,000 × 18.6 % = 3,720.00 above two litres
    ['Poland', inEurope('PL'), [0, 372_000]],
    ['Spain, one that is there already', at('ES'), undefined],
    ['Spain, a new one of a dealer there, in whose price it is', at('ES', { isNew: true, seller: 'dealer_vat' }), undefined],
    ['the Netherlands: there is one, and no rule says how much', inEurope('NL'), null],
    ['Austria', inEurope('AT'), null],
    ['Belgium, with each new owner', at('BE'), null],
    ['Germany has none', inEurope('DE', { origin: 'FR' }), undefined],
    ['Sweden has none', inEurope('SE'), undefined],
    ['from nobody knows where: it may be due', inEurope('ES', { origin: null }), [0, 339_250]],
  ])('%s', (_name, asked, expected) => {
    expect(costLine(asked, 'registration_tax')).toEqual(expected);
  });
});

describe('taxes of whoever buys of a private person', () => {
  it.each<[string, Asked, Expected]>([
    // 2 % of 40,000 zloty = 800.00; up to 1,000 nothing; of 1,000.01 = 20.0002
    ['Poland', at('PL', { currency: 'PLN', price: 4_000_000 }), 80_000],
    ['Poland at its edge', at('PL', { currency: 'PLN', price: 100_000 }), 0],
    ['Poland one grosz above it', at('PL', { currency: 'PLN', price: 100_001 }), 2_000],
    // 2 % of 1,234.75 = 24.695, half a grosz up
    ['Poland, half a grosz', at('PL', { currency: 'PLN', price: 123_475 }), 2_470],
    // 4 % of 20,000 = 800.00, 8 % = 1,600.00
    ['Spain', at('ES'), [80_000, 160_000]],
    ['Spain, a trader', at('ES', { buyer: 'business' }), undefined],
    ['Spain, of a dealer', at('ES', { seller: 'dealer_margin' }), undefined],
    ['Spain, from abroad', inEurope('ES'), undefined],
    ['Spain, from nobody knows where', inEurope('ES', { origin: null }), [0, 160_000]],
    ['Germany has none', at('DE'), undefined],
  ])('%s', (_name, asked, expected) => {
    expect(costLine(asked, 'transfer_tax')).toEqual(expected);
  });

  it('make a jump that the highest bid knows of', () => {
    const question = costsOf.question(at('PL', { currency: 'PLN' }));
    const bidFor = (limit: number) => maxBid(question, limit, shippedRules);
    // 1,000.00 and 183.50 for plates; one grosz more costs 20.00 besides
    expect(bidFor(118_350)).toMatchObject({ ok: true, value: { bid: 100_000 } });
    expect(bidFor(120_350)).toMatchObject({ ok: true, value: { bid: 100_000 } });
    expect(bidFor(120_351)).toMatchObject({ ok: true, value: { bid: 100_001 } });
  });
});

describe('a rule that an installation adds', () => {
  it('in the money that is asked in goes before one in another', () => {
    const own: CostRule = { key: 'eu-se-registration-eur', jurisdiction: 'SE', terms: { kind: 'registration_fee', code: 'registration_fee', least: 700, most: 700 }, currency: 'EUR', validFrom: '2026-01-01', validTo: null, source: 'Our agent in Malmö', confidence: 'reported', note: null };
    const landed = landedCost(costsOf.question(at('SE')), [...shippedRules, own]);
    expect(landed.ok && landed.value.lines.find(({ code }) => code === 'registration_fee')?.amount).toEqual({ least: 700, most: 700 });
  });

  it('with a share of the price takes it, and not where an amount stands instead', () => {
    const own: CostRule = { key: 'eu-hu-registration', jurisdiction: 'HU', terms: { kind: 'registration_fee', code: 'registration_fee', least: 5_000, most: 6_000, percent: '1.5', ofNew: 4_000 }, currency: 'EUR', validFrom: '2026-01-01', validTo: null, source: 'Our agent in Győr', confidence: 'reported', note: null };
    const fee = (asked: Asked) => {
      const landed = landedCost(costsOf.question(at('HU', asked)), [...shippedRules, own]);
      return landed.ok && landed.value.lines.find(({ code }) => code === 'registration_fee')?.amount;
    };
    // 50.00 to 60.00, and 1.5 % of 20,000 = 300.00
    expect([fee({}), fee({ isNew: true })]).toEqual([{ least: 35_000, most: 36_000 }, { least: 4_000, most: 4_000 }]);
  });
});
