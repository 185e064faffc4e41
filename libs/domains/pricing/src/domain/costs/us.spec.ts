import { costLine, costsOf, inState, noticed } from '../../testing/cost-question';
import { shippedRules } from './data';
import { landedCost } from './landed';
import { maxBid } from './max-bid';
import type { RuleTerms } from './rules';

type Expected = number | [number, number] | null | undefined;

describe('taxes with parts and steps, worked by hand', () => {
  it.each<[string, Parameters<typeof costLine>[0], string, Expected]>([
    // Tennessee: 7 % of 20,000 = 1,400.00; besides 2.75 % on 1,600 to 3,200, 44.00 at most
    ['Tennessee’s tax', inState('TN'), 'sales_tax', 140_000],
    ['and its further tax', inState('TN'), 'single_article_tax', 4_400],
    // 2.75 % of 400 = 11.00
    ['and for 2,000 dollars', inState('TN', { price: 200_000 }), 'single_article_tax', 1_100],
    ['and at the edge', inState('TN', { price: 160_000 }), 'single_article_tax', undefined],
    // 2.75 % of 18 cents is 0.495 of a cent, of 19 cents 0.5225
    ['and below half a cent', inState('TN', { price: 160_018 }), 'single_article_tax', 0],
    ['and above half a cent', inState('TN', { price: 160_019 }), 'single_article_tax', 1],
    ['Arkansas, below 4,000', inState('AR', { price: 399_999, localRate: '3' }), 'sales_tax', 0],
    ['and its places', inState('AR', { price: 399_999, localRate: '3' }), 'local_tax', 0],
    // 4,000 × 3.5 % = 140.00; the first 2,500 × 3 % = 75.00
    ['Arkansas, 4,000', inState('AR', { price: 400_000, localRate: '3' }), 'sales_tax', 14_000],
    ['and its places', inState('AR', { price: 400_000, localRate: '3' }), 'local_tax', 7_500],
    // 9,999.99 × 3.5 % = 349.99965; 10,000 × 6.5 % = 650.00
    ['Arkansas, below 10,000', inState('AR', { price: 999_999 }), 'sales_tax', 35_000],
    ['Arkansas, 10,000', inState('AR', { price: 1_000_000 }), 'sales_tax', 65_000],
    ['Arkansas, a new one', inState('AR', { price: 300_000, isNew: true }), 'sales_tax', 19_500],
    // 20 + 18,500 × 3.25 % = 621.25; besides 20,000 × 1.25 % = 250.00
    ['Oklahoma, used', inState('OK'), 'excise_tax', 62_125],
    ['Oklahoma besides', inState('OK'), 'sales_tax', 25_000],
    ['Oklahoma, used and cheap', inState('OK', { price: 150_000 }), 'excise_tax', 2_000],
    // 20 for the first 1,500, then 3.25 % on 13,500 (438.75) or on 18,500 (601.25): it depends
    ['Oklahoma with a trade-in', inState('OK', { tradeIn: 500_000 }), 'excise_tax', [45_875, 62_125]],
    // 20,000 × 3.25 % = 650.00
    ['Oklahoma, new', inState('OK', { isNew: true }), 'excise_tax', 65_000],
    // How cheap it is goes by its whole price: of 12,000, 3,000 are paid with the old one, 9,000 × 6.5 % = 585.00
    ['Arkansas, no cheaper by a trade-in', inState('AR', { price: 1_200_000, tradeIn: 300_000 }), 'sales_tax', 58_500],
    // (4,500 − 4,000) × 3.5 % = 17.50, and the place has its share of 500: 15.00
    ['Arkansas, not exempt by a trade-in', inState('AR', { price: 450_000, tradeIn: 400_000 }), 'sales_tax', 1_750],
    ['and its places', inState('AR', { price: 450_000, tradeIn: 400_000, localRate: '3' }), 'local_tax', 1_500],
    // 20,000 × 0.5 % = 100.00
    ['Oregon, new', inState('OR', { isNew: true }), 'sales_tax', 10_000],
    ['Oregon, used', inState('OR'), 'sales_tax', 0],
    // 20,000 × 6.8 % and 7 %
    ['Washington', inState('WA'), 'sales_tax', [136_000, 140_000]],
    // 20,000 × 4 % = 800.00; the city of New York adds 4.5 % = 900.00
    ['New York', inState('NY', { localRate: '4.5' }), 'sales_tax', 80_000],
    ['New York City', inState('NY', { localRate: '4.5' }), 'local_tax', 90_000],
    // 20,000 × 5.25 % = 1,050.00
    ['Delaware', inState('DE'), 'sales_tax', 105_000],
    // 33,333.33 × 6.625 % = 2,208.3331…
    ['New Jersey', inState('NJ', { price: 3_333_333 }), 'sales_tax', 220_833],
    // (20,000 − 25,000) is nothing, not less
    ['a trade-in above the price', inState('TX', { tradeIn: 2_500_000 }), 'sales_tax', 0],
  ])('%s', (_name, more, code, expected) => {
    expect(costLine(more, code)).toEqual(expected);
  });

  it('take Michigan’s cap of the year: 12,000 to the last day of 2026, 13,000 from the first of 2027, and none is known for 2028', () => {
    const michigan = (day: string) => inState('MI', { tradeIn: 1_500_000, day });
    // 8,000 × 6 % = 480.00; 7,000 × 6 % = 420.00
    expect(['2026-12-31', '2027-01-01', '2027-12-31'].map((day) => costLine(michigan(day), 'sales_tax'))).toEqual([48_000, 42_000, 42_000]);
    expect(noticed({ ...michigan('2028-01-01') })).toBe('no_rule');
  });

  it('hold on the 29th of February as on the days around it', () => {
    expect(['2028-02-28', '2028-02-29', '2028-03-01'].map((day) => costLine(inState('TX', { day }), 'sales_tax'))).toEqual([125_000, 125_000, 125_000]);
  });
});

describe('a rate that falls within what may be taxed', () => {
  it('is dearest just before it falls', () => {
    const terms: RuleTerms = { kind: 'sales_tax', percent: '10', local: null, tradeIn: 'unclear', above: { amount: 100_000, percent: '1' } };
    const rules = shippedRules.map((rule) => (rule.key === 'us-tx-sales-tax' ? { ...rule, terms } : rule));
    const landed = landedCost(costsOf.question({ price: 110_000, tradeIn: 20_000 }), rules);
    // Of 900 to 1,100: 10 % of 1,000.00 is 100.00; one cent more is taxed at 1 %, 10.00
    expect(landed.ok && landed.value.lines.find(({ code }) => code === 'sales_tax')?.amount).toEqual({ least: 1_000, most: 10_000 });
  });
});

describe('the highest bid where a tax jumps', () => {
  it('is found on both sides of the jump', () => {
    const bidFor = (limit: number): number | string => {
      const found = maxBid(costsOf.question(inState('AR', { localRate: '0' })), limit, shippedRules);
      return found.ok ? found.value.bid : found.error.code;
    };
    // 3,999.99 + title 10.00 + plates 30.00 at most = 4,039.99; at 4,000 it is 4,000 + 140 + 10 + 30 = 4,180.00
    expect([bidFor(403_999), bidFor(417_999), bidFor(418_000)]).toEqual([399_999, 399_999, 400_000]);
  });
});
