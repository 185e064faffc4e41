import { ok, type Refusal, type Result } from '@autobroker/kernel';
import { exact, plus } from './amount';
import { auctionLines } from './auction';
import type { CostLine, CostQuestion, LandedCost } from './question';
import type { CostRule } from './rules';
import { brokerLine, transportLines } from './services';
import { usLines } from './us';
import { euTaxLines, insideLines } from './vat';

/** All that a car costs until it stands where its buyer wants it. What no rule speaks of is refused or named, never guessed. */
export function landedCost(question: CostQuestion, rules: readonly CostRule[]): Result<LandedCost, Refusal<'no_rule' | 'validation_failed'>> {
  const price: CostLine = { code: 'price', label: 'Price', amount: exact(question.price), rule: null, because: 'as asked or bid' };
  const lines: CostLine[] = [price];
  const auction = auctionLines(question, rules);
  if (!auction.ok) return auction;
  lines.push(...auction.value);
  const broker = brokerLine(question, rules);
  if (broker !== null) lines.push(broker);
  lines.push(...transportLines(question, rules));
  const taxes = question.destination.country === 'US' ? usLines(question, rules) : euTaxLines(question, rules);
  if (!taxes.ok) return taxes;
  lines.push(...taxes.value);
  const known = lines.flatMap(({ amount }) => (amount === null ? [] : [amount]));
  const total = known.reduce(plus, exact(0));
  const unknown = lines.filter(({ amount }) => amount === null).map(({ code }) => code);
  return ok({ lines, inside: insideLines(question, rules), currency: question.currency, total, isExact: unknown.length === 0 && total.least === total.most, unknown });
}
