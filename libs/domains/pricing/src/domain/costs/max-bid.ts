import { ok, type Refusal, refuse, type Result } from '@autobroker/kernel';
import { landedCost } from './landed';
import type { CostQuestion, LandedCost } from './question';
import type { CostRule } from './rules';

/** Amounts at which a fee or a rate jumps: between two of them the total only rises with the price. */
function jumps(rules: readonly CostRule[]): number[] {
  const all = rules.flatMap(({ terms }) => {
    if (terms.kind === 'auction_buyer_fee' || terms.kind === 'auction_bid_fee') return terms.steps.map(({ from }) => from);
    if (terms.kind === 'transfer_tax') return terms.freeUpTo === undefined ? [] : [terms.freeUpTo + 1];
    if (terms.kind !== 'sales_tax') return [];
    return [terms.above, terms.beyond].flatMap((edge) => (edge === undefined ? [] : [edge.amount + 1])).concat((terms.usedSteps ?? []).map(({ from }) => from));
  });
  return [...new Set(all)].sort((a, b) => a - b);
}

const concerns = (jurisdiction: string, { destination, auction }: CostQuestion): boolean => [auction?.house, destination.country, `US-${destination.region ?? ''}`].includes(jurisdiction);

/** What may be taken off a price: a jump of the tax then lies that much higher. */
function creditsOf(tradeIn: number, rules: readonly CostRule[]): number[] {
  if (tradeIn === 0) return [];
  return [...new Set([tradeIn, ...rules.flatMap(({ terms }) => (terms.kind === 'sales_tax' && terms.tradeInMost !== undefined ? [Math.min(tradeIn, terms.tradeInMost)] : []))])];
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
  const credits = creditsOf(question.tradeIn, rules);
  const edgesHere = jumps(rules.filter(({ jurisdiction }) => concerns(jurisdiction, question)));
  const edges = [0, ...edgesHere, ...credits.flatMap((credit) => [credit, credit + 1, ...edgesHere.map((edge) => edge + credit)])].filter((edge) => edge <= limit);
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
