import { ok, type Refusal, type Result } from '@autobroker/kernel';
import { exact, percentOf } from './amount';
import { type CostLine, type CostQuestion, lineOf, noRule } from './question';
import { type AuctionFees, type CostRule, type FeeStep, rulesFor } from './rules';

/** The last step that begins at or below the hammer price. */
export function stepAt(steps: readonly FeeStep[], hammer: number): FeeStep | null {
  return steps.reduce<FeeStep | null>((found, step) => (step.from <= hammer ? step : found), null);
}

export function feeAt({ steps }: AuctionFees, hammer: number): number {
  const step = stepAt(steps, hammer);
  if (step === null) return 0;
  return step.percent === undefined ? (step.fee ?? 0) : percentOf(hammer, step.percent);
}

/** What an auction house takes from the buyer, by the table of the house, of the buyer's tier and of the way of bidding. */
export function auctionLines({ auction, price, day, currency }: CostQuestion, rules: readonly CostRule[]): Result<CostLine[], Refusal<'no_rule'>> {
  if (auction === null) return ok([]);
  const lines: CostLine[] = [];
  // A house asks more for some titles than for others: its table for this one, or nothing.
  const tier = auction.title === 'clean' && auction.house === 'COPART' ? `${auction.tier}_clean` : auction.tier;
  for (const [kind, variant, code, label] of [
    ['auction_buyer_fee', tier, 'auction_buyer_fee', 'Buyer’s fee of the auction'],
    ['auction_bid_fee', auction.bid, 'auction_bid_fee', 'Fee for bidding from afar'],
  ] as const) {
    const tables = rulesFor(rules, kind, auction.house, day).filter(({ terms }) => terms.variant === variant);
    const rule = tables.find((table) => table.currency === currency) ?? tables[0];
    if (rule === undefined) return noRule(`There is no table of ${code} (${variant}) for ${auction.house} on ${day}.`);
    if (rule.currency !== currency) return otherMoney(rule, currency);
    const step = stepAt(rule.terms.steps, price);
    lines.push(lineOf(rule, code, label, exact(feeAt(rule.terms, price)), step?.percent === undefined ? `the step from ${(step?.from ?? 0) / 100}` : `${step.percent} % of the hammer price`));
  }
  const fixed = rulesFor(rules, 'auction_fixed_fee', auction.house, day);
  const inMoney = fixed.filter((rule) => rule.currency === currency);
  if (fixed[0] !== undefined && inMoney.length === 0) return otherMoney(fixed[0], currency);
  for (const rule of inMoney) {
    lines.push(lineOf(rule, rule.terms.code, labels[rule.terms.code] ?? rule.terms.code, { least: rule.terms.least, most: rule.terms.most }, 'the same for every car'));
  }
  return ok(lines);
}

/** Amounts of a table are no amounts of other money. */
const otherMoney = ({ jurisdiction, currency }: CostRule, asked: string): Result<never, Refusal<'no_rule'>> => noRule(`${jurisdiction} takes its fees in ${currency}: ask in that currency, not in ${asked}.`);

const labels: Readonly<Record<string, string>> = { gate_fee: 'Gate fee', environmental_fee: 'Environmental fee', title_handling_fee: 'Handling of the title' };
