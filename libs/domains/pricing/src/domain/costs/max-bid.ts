import { ok, type Refusal, refuse, type Result } from '@autobroker/kernel';
import { landedCost } from './landed';
import type { CostQuestion, LandedCost } from './question';
import type { CostRule } from './rules';

/** What a trade-in may take off: all of it, or what a state lets count. */
const credits = (rules: readonly CostRule[], tradeIn: number): number[] =>
  tradeIn === 0 ? [] : [tradeIn, ...rules.flatMap(({ terms }) => (terms.kind === 'sales_tax' && terms.tradeInMost !== undefined ? [Math.min(tradeIn, terms.tradeInMost)] : []))];

/** Amounts at which a fee or a rate jumps: between two of them the total only rises with the price. */
function jumps(rules: readonly CostRule[]): number[] {
  const all = rules.flatMap(({ terms }) => {
    if (terms.kind === 'auction_buyer_fee' || terms.kind === 'auction_bid_fee') return terms.steps.map(({ from }) => from);
    if (terms.kind !== 'sales_tax') return [];
    return [...[terms.above?.amount ?? 0, terms.beyond?.amount ?? 0].map((amount) => amount + 1), ...(terms.usedBelow ?? []).map(({ below }) => below)];
  });
  return [...new Set(all)].sort((a, b) => a - b);
}

export interface MaxBid {
  readonly bid: number;
  readonly landed: LandedCost;
}

/**
 * The highest price with which all of it costs no more than `limit`, in the worst case of what is a range. Totals jump where
 * fees do, so each stretch between two jumps is searched by itself, from the top.
 */
export function maxBid(question: CostQuestion, limit: number, rules: readonly CostRule[]): Result<MaxBid, Refusal<'no_rule' | 'validation_failed'>> {
  const at = (price: number): Result<LandedCost, Refusal<'no_rule' | 'validation_failed'>> => landedCost({ ...question, price }, rules);
  const nothing = at(0);
  if (!nothing.ok) return nothing;
  const costs = (price: number): number => {
    const landed = at(price);
    return landed.ok ? landed.value.total.most : Number.POSITIVE_INFINITY;
  };
  const fixed = jumps(rules);
  const edges = [0, ...fixed, ...credits(rules, question.tradeIn).flatMap((credit) => [credit, credit + 1, ...fixed.map((edge) => edge + credit)])].filter((edge) => edge <= limit);
  const starts = [...new Set(edges)].sort((a, b) => b - a);
  let end = Math.max(0, limit);
  for (const start of starts) {
    const best = highest(start, end, (price) => costs(price) <= limit);
    if (best !== null) {
      const landed = at(best);
      return landed.ok ? ok({ bid: best, landed: landed.value }) : landed;
    }
    end = start - 1;
  }
  return refuse('validation_failed', 'Even for nothing it would cost more.', { errors: [{ pointer: '/limit', code: 'too_small', detail: `at least ${costs(0)}` }] });
}

/** Of a stretch on which it holds up to some price and not beyond. */
function highest(from: number, to: number, holds: (price: number) => boolean): number | null {
  if (to < from || !holds(from)) return null;
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
