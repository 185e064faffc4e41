import fc from 'fast-check';
import { costsOf, inState } from '../../testing/cost-question';
import { landedCost } from './landed';
import { maxBid } from './max-bid';
import type { CostRule, FeeStep, RuleTerms } from './rules';

const row = (key: string, jurisdiction: string, terms: RuleTerms): CostRule => ({ key, jurisdiction, terms, currency: 'USD', validFrom: '2020-01-01', validTo: null, source: 'made up', confidence: 'unverified', note: null });

/** Fees of a few cents that rise and fall as no house would have them: whatever an installation may add. */
const steps = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 1_500 }), { maxLength: 6 }), fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 40 }).map(String)), { minLength: 7, maxLength: 7 }))
  .map(([edges, fees]): FeeStep[] => [0, ...edges.sort((a, b) => a - b)].map((from, index) => {
    const fee = fees[index] ?? 0;
    return typeof fee === 'string' ? { from, percent: fee } : { from, fee };
  }));
const amount = fc.integer({ min: 1, max: 1_200 });
const percent = fc.integer({ min: 0, max: 6_000 }).map((basisPoints) => (basisPoints / 100).toFixed(2));
const salesTax = fc.record(
  {
    kind: fc.constant('sales_tax' as const),
    percent,
    local: fc.constant({ atMost: '2', base: 500 }),
    tradeIn: fc.constantFrom('full' as const, 'none' as const, 'new_only' as const, 'unclear' as const),
    above: fc.record({ amount, percent }),
    beyond: fc.record({ amount, percent }),
    between: fc.record({ from: fc.integer({ min: 0, max: 600 }), to: fc.constant(900), percent }),
    usedSteps: fc.tuple(fc.constantFrom(0, 1, 200), amount, fc.constantFrom('0', '1.5'), percent).map(([from, more, low, high]) => [{ from, percent: low }, { from: from + more, percent: high }]),
    newPercent: percent,
    excise: fc.record({ percent, usedFirst: fc.record({ amount: fc.integer({ min: 0, max: 300 }), fee: fc.integer({ min: 0, max: 50 }) }) }),
    most: fc.integer({ min: 60, max: 200 }),
    least: fc.integer({ min: 0, max: 60 }),
    tradeInMost: amount,
  },
  { requiredKeys: ['kind', 'percent', 'local', 'tradeIn'] },
);

describe('the highest bid', () => {
  it('is the one that trying every cent finds, whatever jumps up or down', () => {
    const cases = fc.record({ buyer: steps, bid: steps, tax: salesTax, tradeIn: fc.oneof(fc.constant(0), amount), isNew: fc.boolean(), near: fc.nat({ max: 20 }), spare: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(cases, ({ buyer, bid, tax, tradeIn, isNew, near, spare }) => {
        const rules = [
          row('buyer', 'COPART', { kind: 'auction_buyer_fee', variant: 'standard', steps: buyer }),
          row('bid', 'COPART', { kind: 'auction_bid_fee', variant: 'live', steps: bid }),
          row('tax', 'US-TX', tax),
          row('title', 'US-TX', { kind: 'title_fee', code: 'title_fee', least: 0, most: 3 }),
        ];
        const question = costsOf.question(inState('TX', { tradeIn, isNew, seller: 'auction', auction: { house: 'COPART', tier: 'standard', bid: 'live', title: null } }));
        const costs = (price: number): number => {
          const landed = landedCost({ ...question, price }, rules);
          if (landed.ok && landed.value.lines.some((line) => line.amount !== null && line.amount.least > line.amount.most)) throw new Error('a range the wrong way round');
          return landed.ok ? landed.value.total.most : Infinity;
        };
        // Limits that just allow a price at which something jumps: there a search goes wrong if it does anywhere.
        const credit = Math.min(tradeIn, tax.tradeInMost ?? tradeIn);
        const edges = [tax.above?.amount ?? 0, tax.beyond?.amount ?? 0, (tax.usedSteps?.[1]?.from ?? 1) - 1, ...buyer.map(({ from }) => from - 1)].flatMap((edge) => [edge + 1, edge + 1 + credit]);
        const limit = costs(edges[near % edges.length] ?? 0) + spare;
        const fits = (price: number): boolean => costs(price) <= limit;
        let best: number | null = null;
        for (let price = limit; price >= 0 && best === null; price -= 1) if (fits(price)) best = price;
        const found = maxBid(question, limit, rules);
        expect(found.ok ? found.value.bid : null).toBe(best);
      }),
      { numRuns: 300 },
    );
  });

  it('sees a tax that falls where only a part of the trade-in counts', () => {
    const rules = [
      row('tax', 'US-TX', { kind: 'sales_tax', percent: '10', local: null, tradeIn: 'full', tradeInMost: 300, above: { amount: 1_000, percent: '1' } }),
      row('title', 'US-TX', { kind: 'title_fee', code: 'title_fee', least: 0, most: 3 }),
    ];
    // 13.01 less 3.00 is one cent above 10.00: 1 % of 10.01 is 10 cents, where 13.00 has a whole dollar to pay.
    expect(maxBid(costsOf.question({ tradeIn: 800 }), 1_301 + 10 + 3, rules)).toMatchObject({ ok: true, value: { bid: 1_301 } });
  });
});
